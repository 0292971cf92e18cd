"""The audit remembers pieces of pages: what it finds is what it would find if it read each page as the only one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from standardwerk.publish.audit import figures, memory, names
from standardwerk.publish.audit.figures import Shapes
from standardwerk.publish.audit.looking import Auditor
from standardwerk.publish.audit.markup import NOTHING, facts, is_dull
from standardwerk.publish.audit.names import Names
from standardwerk.publish.audit.report import Audit, Brief
from standardwerk.render.policy import Policy, hashed
from standardwerk.site.mentions import Identity, Mentions
from standardwerk.site.places import Places
from tests.publish.plain_look import Finding, look

PEOPLE = (
    *(Identity("ann", text) for text in ("ann-e-0042", "Ann Äble", "a.aeble", "ann")),
    *(Identity("bob", text) for text in ("4711", "Bob Äble", "Bob van der Weiß", "sommer", "r2d2", "Bob 77", "b-17")),
    *(Identity("cyd", text) for text in ("J. Ö", "Иван Петров", "王伟", "Ann {x} Berg", "Anna <b Berg", "Ö")),
)
PATHS = (
    "scorecards/ann/de/2026-01/index.html",
    "scorecards/bob/de/2026-01/index.html",
    "scorecards/bob/de/index.html",
    "de/index.html",
    "de/deep/er/and/deeper/index.html",
    "scorecards/bob/2026-01.json",
    "scorecards/bob/2026-01.csv",
)
BRIEF = Brief(
    "/nowhere",
    Mentions(
        Places(("de",)),
        frozenset(),
        frozenset({"ann", "bob", "cyd"}),
        {"scorecards/ann": "ann", "scorecards/bob": "bob"},
        {},
        {},
    ),
    PEOPLE,
    Policy((hashed(b"good()"),), ()),
    (*PATHS, "assets/x.css"),
    "https://intranet.example/h/",
)
#: What pages are put together from: whole, cut anywhere, and in any order.
PARTS = (
    *(
        "<",
        ">",
        "</",
        "{",
        "}",
        "\n",
        " ",
        '"',
        "'",
        "=",
        ",",
        ";",
        "/",
        "&",
        "\\",
        "%",
        "-",
        "\0",
        "\u00ad",
        "\u0338",
        "#",
    ),
    *(
        "Ann",
        "Äble",
        "A\u0308ble",
        "ÄBLE",
        "Bob",
        "van",
        "der",
        "Weiß",
        "WEISS",
        "wei\u017f\u017f",
        "J.",
        "Ö",
        "4711",
        "0042",
    ),
    *("Иван", "ПЕТРОВ", "王", "伟", "{x}", "Berg", "Anna <b Berg", "ann-e-", "a.aeble", "sommer", "ann"),
    *("Ann Äble", "&Auml;ble", "%C3%84ble", "\\u00c4ble", "&#x410;", "&lt;", "&nbsp;", "An&shy;n", "%20", "&am", "p;"),
    *("<td>", "</td>", "<b>", "<br>", "<i\n>", "<!--", "-->", "scorecards/", '"rep": "', '"rep":"', "&lt;b>"),
    *(
        '<a href="',
        "<a href=",
        "../",
        "../../../../",
        "assets/x.css",
        "/h/de/",
        "https://x.example/",
        "javascript:",
        "#here",
    ),
    *('<img alt="', 'src="', "//x.example/a.png", '">', '<p id="here">', '<p style="', " onclick=", "<SCRIPT", "ping="),
    *("<script>", "good()", "bad()", "</script>", "<script src=x>", "<style>", "</style>", "<svg>", "title='"),
    *(">\n<", "</p>\n<p>", "<p>\n", "<script>good()</script>\n<", "<td class=", '<td scope="row">', "<th scope=row>"),
    *("0", "7", "17", "77", "r2", "d2", "b-", "1.234,5 %", '<path d="M1 2h3"/>', "\n</td><td>9</td>\n"),
)
TEXTS = st.lists(
    st.sampled_from(PARTS) | st.tuples(st.sampled_from(PARTS), st.integers(1, 4)).map(lambda cut: cut[0][: cut[1]]),
    max_size=14,
).map("".join)
FIGURES = st.sampled_from(("0", "7", "17", "4711", "77", "005", "2", "41"))
SHELLS = (
    "",
    '<!doctype html>\n<p id="here">Ann</p><main>',
    "<header>Bob <b>van</b> der <i>",
    '<html>\n<p id="here">7</p>\n<script>good()</script>\n<a href="#here">1</a>\n<p>Ann\n</p>\n',
)


@pytest.fixture(autouse=True, scope="module")
def _short_memory() -> object:
    """Memories that begin anew all the time."""
    patch = pytest.MonkeyPatch()
    patch.setattr(memory, "REMEMBERED", 40)
    patch.setattr(memory, "LONGEST", 30)
    patch.setattr(names, "_REMEMBERED", 20)
    patch.setattr(figures, "_REMEMBERED", 40)
    yield
    patch.undo()


AUDITOR: list[Auditor] = []


def found(path: str, data: bytes) -> set[Finding]:
    """What an auditor finds who has seen all pages before."""
    if not AUDITOR:
        AUDITOR.append(Auditor(BRIEF))
    done = Audit()
    AUDITOR[0].examine(done, path, data)
    return _told(done)


def _told(done: Audit) -> set[Finding]:
    return {(one.code.code, "".join(one.values.values())) for one in done.found}


@given(st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from(SHELLS), TEXTS), min_size=1, max_size=4))
@example([("de/index.html", "", '<img alt="</" src="//x.example/a.png">')])
@example([("de/index.html", "", '<img alt="<b>" src="//x.example/a.png">')])
@example([(PATHS[0], SHELLS[2], "Weiß"), (PATHS[0], SHELLS[2], "Weiss"), (PATHS[4], SHELLS[2], "Weiß")])
@example([(PATHS[6], "", 'img src="//x.example/a.png">'), ("de/index.html", "", '<img src="//x.example/a.png">')])
@example([(PATHS[1], SHELLS[1], "<td>Ann</td><td>\n</td><td>Äble</td>"), (PATHS[1], SHELLS[1], "<td>Ann x</td>Äble")])
@example([(path, "", '<a href="../../../../assets/x.css">') for path in (PATHS[0], PATHS[2], PATHS[3], PATHS[4])])
@example(
    [(path, "", '<a href="../2026-01/">') for path in (PATHS[0], "scorecards/cyd/de/2026-01/index.html", PATHS[2])]
)
@settings(max_examples=200, deadline=None)
def test_what_is_remembered_is_what_is_found_anew(pages: list[tuple[str, str, str]]) -> None:
    for path, shell, text in pages:
        data = (shell + text).encode()
        assert found(path, data) == look(BRIEF, path, data), (path, data)


@given(st.sampled_from(PATHS), st.sampled_from(SHELLS), TEXTS, st.lists(st.tuples(st.integers(0, 300), FIGURES)))
@example("de/index.html", "", '<td class="a src=//x.example/">', [(10, "1")])
@example("de/index.html", "", "</a>src=//x.example/a.png ", [(2, "1")])
@example("de/index.html", "", "<td>%ab</td><td>%b</td>", [(18, "4")])
@example("de/index.html", "", "<td>b-</td><td>r d</td>", [(6, "17")])
@example("de/index.html", "", "<td>%ommer</td>", [(5, "73")])
@example(
    "de/index.html", "", "<p>\n<script>\n<b>bad()</b>\n</script>\n<p>1</p>\n<p>", [(45, "1"), (45, "1"), (45, "1")]
)
@example("scorecards/bob/2026-01.csv", "", "a;b-;c\na;r;d", [(4, "17")])
@settings(max_examples=200, deadline=None)
def test_figures_hide_nothing(path: str, shell: str, text: str, inserted: list[tuple[int, str]]) -> None:
    page = shell + text
    for at, figure in [(0, ""), *inserted]:
        page = page[:at] + figure + page[at:]
        assert found(path, page.encode()) == look(BRIEF, path, page.encode()), (path, page)


#: Ids, logins and names with digits, some of them a part of others.
NUMBERED = (
    *("4711", "m-4711", "17", "b-17", "77", "Bob 77", "77 Bob", "2Pac Shakur", "Shakur", "r2d2", "d2", "7-of-9", "9"),
    *("ann-e-0042", "0042", "x1 y2 z3", "Y2", "1a", "Bob"),
)
CUT = st.sampled_from(NUMBERED).flatmap(lambda name: st.tuples(st.just(name), st.integers(0, 9), st.integers(1, 9)))
MARKUP = ("<b>", "</b>", "</td> <td>", "\n", " ", '{"rep": "', '"rep":"', '","', "scorecards/", "-", "&#55;", "%37")


@given(
    st.sets(st.sampled_from(NUMBERED), min_size=1),
    st.lists(
        st.lists(CUT.map(lambda cut: cut[0][cut[1] : cut[1] + cut[2]]) | st.sampled_from((*NUMBERED, *MARKUP))),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(("de/index.html", "scorecards/bob/2026-01.json", "scorecards/bob/2026-01.csv")),
)
@example({"4711", "m-4711"}, [['{"a":"', "m-4711", '"}']], "scorecards/bob/2026-01.json")
@example({"17", "b-17"}, [["<p>", "b-17", "</p>"]], "de/index.html")
@example({"77", "Bob 77"}, [["<p>Bob ", "<b>", "77", "</b>"]], "de/index.html")
@example({"77 Bob"}, [["<b>", "77", "</b>", " ", "Bob"]], "de/index.html")
@example({"2Pac Shakur"}, [["<td>2Pac", "</td> <td>", "Shakur"]], "de/index.html")
@settings(max_examples=300, deadline=None)
def test_names_with_digits_are_found_whoever_else_there_is(people: set[str], pages: list[list[str]], path: str) -> None:
    brief = replace(BRIEF, identities=tuple(Identity("cyd", one) for one in sorted(people)))
    auditor = Auditor(brief)
    # Each page comes twice: then it is known.
    for text in [*pages, *pages]:
        done, page = Audit(), "".join(text).encode()
        auditor.examine(done, path, page)
        assert _told(done) == look(brief, path, page), page


@given(TEXTS, st.lists(st.tuples(st.integers(0, 100), FIGURES), min_size=1))
@example('td class="a src=b">', [(9, "1")])
@example("/a>src=b", [(1, "1")])
@settings(max_examples=500)
def test_digits_make_no_tag_speak(text: str, inserted: list[tuple[int, str]]) -> None:
    for shape in text.encode().translate(None, b"0123456789").split(b"<"):
        if is_dull(shape):
            piece = shape
            for at, figure in inserted:
                piece = piece[:at] + figure.encode() + piece[at:]
            assert facts(piece) is NOTHING or Shapes(Names(()), b"<").worth_a_look([piece]) == [piece]


def test_plain_signs_are_read_alike_beside_each_other() -> None:
    plain = [chr(one) for one in range(0x2C00) if figures._PLAIN.fullmatch(chr(one))]
    beside = "aZ0 <Äßéſİŉǰ\u212a…−€ế"
    for one in plain:
        for other in beside:
            assert names._folded(other + one) == names._folded(other) + names._folded(one), (other, one)
            if figures._PLAIN.fullmatch(other):
                assert names._folded(one + other) == names._folded(one) + names._folded(other), (one, other)
        assert names._visible(one) == one
        assert not names.words(names._folded(one)) or not set(names._folded(one)) & set("0123456789") or one.isdigit()


@pytest.mark.parametrize(
    "texts",
    [
        # Of a sign that is no letter, and no more of than its digits.
        (b"\xc2\xa7", b"\xc2\xa74", b"\xc2\xa75", b"\xc2\xa75"),
        (b'<path d="M0 3l5 5"/>', b"l", b"l005", b"l 005"),
        # A digit inside of a sign of two bytes.
        (b"a.aeble\xc3\x9f", b"a.aeble\xc35\x9f", b"a.aeble\xc3"),
    ],
)
def test_digits_beside_other_signs(texts: tuple[bytes, ...]) -> None:
    brief = replace(BRIEF, identities=tuple(Identity("cyd", one) for one in ("\u00a75", "l005", "a.aeble")))
    for only in (brief.identities, brief.identities[1:]):
        auditor = Auditor(replace(brief, identities=only))
        for text in texts:
            done, page = Audit(), b"<td>" + text + b"</td>"
            auditor.examine(done, "de/index.html", page)
            assert _told(done) == look(auditor.brief, "de/index.html", page), page


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "text",
    ["Ann Äble", "Bob van der Weiß", "4711", "Иван Петров", '<img src="//x.example/a">', "<a href='../nowhere/'>"],
)
def test_a_leak_at_any_seam_of_a_page_is_found(path: str, text: str) -> None:
    page = "<body>\n<p>a {b}</p><script>good()</script>{<main>c</main></body>"
    for at in range(len(page) + 1):
        data = (page[:at] + text + page[at:]).encode()
        assert found(path, data) == look(BRIEF, path, data), data
        assert found(path, page.encode()) == look(BRIEF, path, page.encode())


def test_findings_of_a_page_are_told_in_the_same_order_each_time() -> None:
    hosts = [f"//{letter}.example/" for letter in "gbdhacfe"]
    done = Audit()
    Auditor(BRIEF).examine(done, "de/index.html", "".join(f'<img src="{host}">' for host in hosts).encode())
    assert [one.values["address"] for one in done.found] == sorted(hosts)


def test_the_plain_look_sees_what_is_planted() -> None:
    assert {
        code for code, *_ in look(BRIEF, "de/index.html", b'<p onclick=x>Ann \xc3\x84ble<img src="//x.example/a">')
    } == {
        "SW703",
        "SW706",
        "SW707",
    }
    assert look(BRIEF, PATHS[0], "<p>Ann Äble</p>".encode()) == set()
    assert not Path(BRIEF.root).exists()
