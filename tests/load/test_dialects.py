"""Any table, written in any of the dialects and locales, is read back to the same exact values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.headers import Contract
from standardwerk.load.tables import read_contract
from standardwerk.model.sources import ColumnForm, Dialect, WideForm
from tests.factory import thorough

SPACES = (" ", "\u00a0", "\u202f")
#: By name: the locale to declare, decimal mark, grouping marks. By hand, not from the data the code reads.
STYLES = {
    "german": ("de", ",", (".", *SPACES, "")),
    "austrian": ("de_AT", ",", (".", *SPACES, "")),
    "swiss": ("de_CH", ".", ("’", "'", *SPACES, "")),
    "english": ("en_GB", ".", (",", *SPACES, "")),
    "american": ("en_US", ".", (",", *SPACES, "")),
}
CODECS = {"utf-8": "utf-8", "bom": "utf-8-sig", "utf-16": "utf-16", "big": "utf-16-be", "cp1252": "cp1252"}
#: Letters that are the same byte in every western code page, so that `auto` may settle cp1252.
LETTERS = "abcÄÖÜäöüßé;,|\t\"' -.0\n"
COLUMNS = {
    "name": ColumnForm(type="string", header=("Wer",)),
    "count": ColumnForm(type="integer", required=False),
    "amount": ColumnForm(type="number", required=False),
    "day": ColumnForm(type="date", required=False),
    "sure": ColumnForm(type="boolean", required=False),
}
names = st.text(LETTERS, min_size=1, max_size=8).map(str.strip).filter(lambda name: name not in {"", "-", "n/a"})
rows = st.lists(
    st.tuples(
        names,
        st.none() | st.integers(-(10**9), 10**9),
        st.none() | st.decimals(-(10**7), 10**7, places=2),
        st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1)),
        st.none() | st.booleans(),
    ),
    max_size=6,
)
choices = st.fixed_dictionaries(
    {
        "style": st.sampled_from(sorted(STYLES)),
        "delimiter": st.sampled_from([";", ",", "|", "tab"]),
        "codec": st.sampled_from(sorted(CODECS)),
        "ending": st.sampled_from(["\n", "\r\n", "\r"]),
        "quote_all": st.booleans(),
        "auto": st.booleans(),
        "preamble": st.integers(0, 3),
        "footer": st.sampled_from(["", "Summe", "/^Stand: [0-9]/"]),
        "trailing": st.integers(0, 2),
        "blank": st.booleans(),
    }
)


def number(value: Decimal | int, style: str, draw) -> str:
    _, point, marks = STYLES[style]
    mark = draw(st.sampled_from(marks))
    whole, _, rest = format(abs(value), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", mark)
    text = grouped + (point + rest if rest else "")
    currency = draw(st.sampled_from(["", "", " €", "\u00a0€", " EUR"]))
    if value < 0:
        return draw(
            st.sampled_from([f"-{text}{currency}", f"−{text}{currency}", f"({text}{currency})", f"{text}-{currency}"])
        )
    return draw(st.sampled_from([text, f"+{text}"])) + currency


def day(value: date, style: str, draw) -> str:
    forms = [f"{value:%Y-%m-%d}", f"{value:%d.%m.%Y}", f"{value.day}.{value.month}.{value.year}"]
    if style == "english":
        forms.append(f"{value:%d/%m/%Y}")
    if style == "american":
        forms.append(f"{value:%m/%d/%Y}")
    return draw(st.sampled_from(forms))


def cell(value: object, style: str, draw) -> str:
    if value is None:
        return draw(st.sampled_from(["", "-", "n/a"]))
    if isinstance(value, bool):
        return draw(st.sampled_from(["ja", "x", "WAHR", "Yes"] if value else ["nein", "0", "falsch", "NO"]))
    if isinstance(value, date):
        return day(value, style, draw)
    return number(value, style, draw) if isinstance(value, int | Decimal) else str(value)


def quoted(text: str, mark: str, always: bool) -> str:
    if always or any(char in text for char in f'{mark}"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def write(table: list[list[str]], how: dict) -> bytes:
    mark = "\t" if how["delimiter"] == "tab" else how["delimiter"]
    lines = ['Bericht "offen', "", "x;y,z|w\tv"][: how["preamble"]]
    for row in table:
        lines.append(mark.join(quoted(text, mark, how["quote_all"]) for text in row) + mark * how["trailing"])
        if how["blank"]:
            lines.append(mark * (len(row) - 1))
    if how["footer"]:
        first = "Summe" if how["footer"] == "Summe" else "Stand: 1.1."
        lines += [mark.join([first, "9"]), 'nicht "mehr gelesen']
    text = how["ending"].join([*lines, ""])
    text = "\ufeff" * (how["codec"] == "big") + text
    return text.encode(CODECS[how["codec"]], "replace" if how["codec"] == "cp1252" else "strict")


@thorough
@given(rows, choices, st.data())
def test_what_is_written_is_read(its, how, data):
    style = how["style"]
    if how["codec"] == "cp1252":
        # The real minus is in no code page.
        its = [
            tuple(abs(v) if isinstance(v, int | Decimal) and not isinstance(v, bool) else v for v in row) for row in its
        ]
    if how["auto"]:
        # What may be read in two ways is another test's.
        its = [
            (name, None if count is None else count % 1000, amount if amount is None else amount % 1000, when, sure)
            for name, count, amount, when, sure in its
        ]
    order = data.draw(st.permutations(range(5)))
    titles = ["Wer", "COUNT", " amount", "day", "Sure "]
    table = [[titles[at] for at in order]]
    for row in its:
        cells = [row[0]] + [cell(value, style, data.draw) for value in row[1:]]
        if how["codec"] == "cp1252" or how["auto"]:
            cells = [text.replace("−", "-").replace("\u202f", "\u00a0") for text in cells]
        if how["auto"]:
            # Euro and typographic apostrophe are other bytes in each code page.
            cells = [cells[0], *(text.replace("€", "EUR").replace("’", "'") for text in cells[1:])]
        table.append([cells[at] for at in order])
    locale = STYLES[style][0]
    dates = {"english": "day-first", "american": "month-first"}.get(style)
    encoding = {"bom": "utf-8", "big": "utf-16"}.get(how["codec"], how["codec"])
    dialect = Dialect(
        "auto" if how["auto"] else locale,
        "auto" if how["auto"] else how["delimiter"],
        "auto" if how["auto"] and how["codec"] != "cp1252" else encoding,
        dates,
        how["preamble"],
        how["footer"],
        frozenset({"-", "n/a"}),
    )
    raw = write(table, how)
    found = Diagnostics()
    read = read_contract(raw, "f", Contract(COLUMNS, (), dialect), found)
    assert [f"{one.code.code} {one.place}" for one in found] == []
    assert read is not None
    assert [cells for cells, _ in read.rows] == its


@thorough
@given(
    st.lists(
        st.decimals(-(10**6), 10**6, places=2).filter(lambda v: v != v.to_integral_value()), min_size=1, max_size=6
    ),
    st.lists(st.integers(1000, 10**6), max_size=4),
    st.sampled_from(["german", "english"]),
    st.data(),
)
def test_one_cell_settles_its_column(fractions, wholes, style, data):
    values = data.draw(st.permutations([*fractions, *map(Decimal, wholes)]))
    _, point, (mark, *_) = STYLES[style]
    lines = ["name;amount"]
    for value in values:
        whole, _, rest = format(abs(value), "f").partition(".")
        text = f"{int(whole):,}".replace(",", mark) + (point + rest if rest else "")
        lines.append(f'a;"{"-" if value < 0 else ""}{text}"')
    found = Diagnostics()
    columns = {"name": COLUMNS["name"], "amount": COLUMNS["amount"]}
    read = read_contract(
        "\n".join([*lines, ""]).encode(), "f", Contract(columns, (), Dialect("auto", ";", "utf-8")), found
    )
    assert list(found) == []
    assert [row[1] for row, _ in read.rows] == values


@thorough
@given(
    st.lists(
        st.integers(1, 999).flatmap(lambda a: st.integers(0, 999).map(lambda b: f"{a}.{b:03}")), min_size=1, max_size=5
    )
)
def test_only_thousands_or_thousandths_are_never_guessed(texts):
    found = Diagnostics()
    columns = {"amount": ColumnForm(type="number")}
    data = "\n".join(["amount", *texts, ""]).encode()
    read = read_contract(data, "f", Contract(columns, (), Dialect("auto", ";", "utf-8")), found)
    (fault,) = found
    assert (fault.code.code, fault.place.line, fault.place.column) == ("SW324", 2, 1)
    assert {Decimal(fault.values["first"]), Decimal(fault.values["second"])} == {
        Decimal(texts[0].replace(".", "")),
        Decimal(texts[0]),
    }
    assert read.rows == []


@thorough
@given(
    st.dictionaries(st.tuples(st.sampled_from("abc"), st.integers(2025, 2026), st.integers(1, 3)), st.integers(1, 999))
)
def test_wide_and_long_say_the_same(values):
    people = sorted({(rep, year) for rep, year, _ in values})
    head = "rep;Jahr;M01;M02;M03"
    lines = [
        ";".join([rep, str(year), *(str(values.get((rep, year, month), "-")) for month in (1, 2, 3))])
        for rep, year in people
    ]
    columns = {
        "rep": ColumnForm(type="string"),
        "quota": ColumnForm(type="number", unit_factor="1000"),
        "month": ColumnForm(type="string"),
    }
    wide = WideForm(key="month", value="quota", columns={"M01": "1", "M02": "2", "M03": "3"})
    dialect = Dialect("de", ";", "utf-8", missing=frozenset({"-"}))
    found = Diagnostics()
    read = read_contract(
        "\n".join([head, *lines, ""]).encode(), "f", Contract(columns, ("rep",), dialect, (), wide), found
    )
    assert list(found) == []
    assert dict(read.rows) == {
        (rep, value * 1000, f"{year}-{month:02}"): people.index((rep, year)) + 2
        for (rep, year, month), value in values.items()
    }
