"""``mkdocs serve``: after each edit what is served is byte by byte what a fresh build makes, faults included."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sites.copying import copy_demo
from tests.sites.serving import Served, files_of, use_theme

pytestmark = pytest.mark.site

Edit = Callable[[Path], None]


def replaced(path: str, old: str, new: str) -> Edit:
    def edit(project: Path) -> None:
        file = project / path
        text = file.read_text("utf-8")
        assert old in text, (path, old)
        file.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def appended(path: str, text: str) -> Edit:
    def edit(project: Path) -> None:
        file = project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text("utf-8") if file.exists() else "") + text, "utf-8")

    return edit


def removed(path: str) -> Edit:
    def edit(project: Path) -> None:
        (project / path).unlink()

    return edit


CARD = "scorecards/sternhagen-t/de/2026-10/index.html"
NOTE = "scorecards/notes/2026-10/sternhagen-t.note.md"
COVERAGE = "standards/pipeline-coverage/2026-01-01"


def together(*edits: Edit) -> Edit:
    def edit(project: Path) -> None:
        for one in edits:
            one(project)

    return edit


ANNOUNCED = "standards/customer-retention/2027-01-01"
LEADS = ("aehrenfeldt-f", "koenigsried-b", "kupferschlaeger-s")
PEOPLE = (*LEADS, "brueckenau-n", "morgenroether-a", "nebelthau-k", "sternhagen-t")
MONTHS = ("2026-08", "2026-09", "2026-10")

#: Each edit is made to what the ones before it left, and built; after each group all files are compared.
GROUPS: dict[str, tuple[Edit, ...]] = {
    "wordings": (
        lambda project: None,
        appended(f"{ANNOUNCED}.de.md", "\nNoch ein Satz: **unerwartet** & wahr.\n"),
        replaced(f"{ANNOUNCED}.en.md", "# ", "# Entirely "),
        replaced(f"{COVERAGE}.de.md", "# ", "# Unerhört "),
        appended("standards/method/2025-01-01.de.md", "\nEin neuer Schlusssatz der Bewertung.\n"),
    ),
    "rules and names": (
        replaced(f"{COVERAGE}.yml", "bands: {met: 3.0, near: 2.0}", "bands: {met: 7.7, near: 6.60}"),
        replaced(f"{ANNOUNCED}.yml", "met: 85", "met: 86"),
        replaced("standards/handbook.yml", "name: {de: Automation,", "name: {de: Automatik,"),
        replaced("standards/editions.yml", "Die erste Ausgabe", "Die allererste Ausgabe"),
    ),
    "figures and notes": (
        replaced("scorecards/2026-10/sales.csv", "80.680,00", "88.888,88"),
        replaced("scorecards/availability.csv", "morgenroether-a;2026-03;0\n", "morgenroether-a;2026-10;0,5\n"),
        replaced(NOTE, "Der Auftragseingang", "Ihr Auftragseingang"),
        appended("scorecards/notes/2026-10/nebelthau-k.note.md", "Eine neue Notiz.\n"),
        removed("scorecards/2026-10/surveys.csv"),
    ),
    "files and settings": (
        together(
            appended("standards/holidays.de.md", "# Feiertage\n\nSiehe [Kontakt](page:contact).\n"),
            appended("standards/holidays.en.md", "# Holidays\n\nNone.\n"),
        ),
        appended("standards/pipeline-coverage/plan.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        together(*(removed(f"standards/reading-a-scorecard.{one}.md") for one in ("de", "en"))),
        replaced("mkdocs.yml", "as_of: 2026-11-10", "as_of: 2026-11-03"),
    ),
    "theme": (
        appended("theme/templates/scorecard.html", "<p>{{ _('Line') }} neu</p>"),
        replaced("theme/templates/blocks.html", '<p class="', '<p title="Neu" class="'),
        replaced("theme/main.html", "{% block styles %}", "{% block styles %}<!-- other -->"),
        replaced("theme/locales/de.po", 'msgstr "Produktlinien"', 'msgstr "Linien der Produkte"'),
        appended("theme/assets/stylesheets/more.css", "p { margin: 0 }"),
    ),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with few people and months, none of them closed, and no seals: everything in it may be edited."""
    project = copy_demo(tmp_path_factory.mktemp("serve") / "project")
    for folder in [*(project / "scorecards").glob("20*"), *(project / "scorecards/notes").glob("20*")]:
        if folder.name not in MONTHS:
            shutil.rmtree(folder)
    for file in (project / "scorecards").rglob("*.csv"):
        if file.name != "teams.csv":
            head, *rows = file.read_text("utf-8").splitlines(keepends=True)
            file.write_text(head + "".join(row for row in rows if row.partition(";")[0] in PEOPLE), "utf-8")
    for file in (project / "scorecards" / "notes").rglob("*.*"):
        if file.name.partition(".")[0] not in PEOPLE:
            file.unlink()
    shutil.rmtree(project / "scorecards" / "closed")
    for path in ("scorecards/corrections.yml", "standards/editions.lock"):
        (project / path).unlink()
    return project


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        use_theme(monkeypatch, project / "theme")
        served = Served(project, project.parent / "site")
        yield served
        served.stop()


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def test_nothing_personal_is_made_before_it_is_asked_for(served: Served) -> None:
    public = {path.partition("/")[0] for path in files_of(served.site)}
    assert {"index.html", "404.html", "assets", "de", "en"} <= public
    assert not public & {"scorecards", "teams", "months", "data-quality"}
    pages = served.serving.served.pages
    assert pages is not None
    assert pages.provide("scorecards/sternhagen-t/de/2026-10/")
    assert not pages.provide(CARD)
    people = {path.split("/")[1] for path in files_of(served.site) if path.startswith("scorecards/")}
    assert people == {"sternhagen-t"}
    assert not pages.provide("favicon.ico")
    assert not pages.provide("de/nothing/")
    assert pages.provide("months/de/2026-10/")
    assert (served.site / "months/de/2026-10/index.html").is_file()
    assert not pages.provide("months/de/2026-10/")
    assert not pages.provide("scorecards/nobody/de/")


@pytest.mark.parametrize("group", GROUPS)
def test_after_an_edit_every_file_is_as_a_fresh_build_makes_it(served: Served, project: Path, group: str) -> None:
    before = served.all_files()
    for edit in GROUPS[group]:
        edit(project)
        served.rebuild()
        assert served.serving.faults is None, re.sub(r"<[^>]*>", " ", served.serving.faults)
    after = served.all_files()
    assert differing(after, served.fresh(project.parent / f"fresh-{group}")) == []
    # The edits show.
    assert differing(before, after)


def test_an_edited_wording_is_all_that_is_made_again(served: Served, project: Path) -> None:
    """So that an editor waits for no more than that; and no page is rendered that nobody looks at."""
    served.rebuild()
    served.all_files()
    served.rebuild()
    every = set(served.serving.unwritten)
    assert len(every) > 200
    assert served.serving.new == set()
    appended(f"{ANNOUNCED}.en.md", "\nOne more.\n")(project)
    served.rebuild()
    assert set(served.serving.unwritten) == every
    made = served.serving.new
    standard = "en/editions/2027.1/standards/customer-retention/index.html"
    # Pages to be signed show the edition's hash, in the other language too.
    whole = {f"{language}/editions/2027.1/complete/index.html" for language in ("de", "en")}
    assert {standard, *whole} <= made
    assert {path.split("/")[2] for path in made} == {"2027.1"}
    assert len(made) < 10
    pages = served.serving.served.pages
    assert pages is not None
    assert not every & set(files_of(served.site))
    # Asked for by its address, a page is there, and looked for once.
    assert pages.provide(standard.removesuffix("index.html"))
    assert "One more." in (served.site / standard).read_text("utf-8")
    assert not pages.provide(standard)
    assert every & set(files_of(served.site)) == {standard}
