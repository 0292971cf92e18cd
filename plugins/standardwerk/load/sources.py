"""``sources.yml``, ``calendar.yml`` and ``access.yml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import holidays

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cells import number_form
from standardwerk.load.conditions import check_expression
from standardwerk.load.files import Folder, listing, suggest
from standardwerk.load.forms import LanguageCheck, check_ids, load_form, load_sound
from standardwerk.load.headers import MONTH, Contract, Made
from standardwerk.load.logins import check_written_logins
from standardwerk.load.lookups import LookupTables
from standardwerk.load.page_checks import check_access_choices
from standardwerk.load.transactions import check_transactions
from standardwerk.load.yaml import Document
from standardwerk.model.access import Access
from standardwerk.model.calendar import Calendar, CalendarForm
from standardwerk.model.expressions import Expression, Type
from standardwerk.model.fields import EXPECTED
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.sources import (
    ASSIGNMENTS,
    AUTO,
    TRANSACTIONS,
    ColumnForm,
    Dialect,
    Source,
    SourceForm,
    Sources,
    SourcesForm,
    assignments_source,
)

#: Headers by which the columns that every source shares are known.
SHARED_HEADERS = {
    "rep": ("Mitarbeiter", "Vertriebsmitarbeiter", "Person"),
    "product_line": ("Produktlinie", "Product line"),
    "month": ("Monat",),
}
#: The fields of ``sources.yml`` that say how files are written.
_DIALECT = ("locale", "delimiter", "encoding", "dates")
_KEYS_KNOWN = ("rep", "product_line")


def load_sources(folder: Folder, languages: LanguageCheck, diagnostics: Diagnostics, currency: str = "EUR") -> Sources:
    """Read the contract of the monthly files as far as it is sound; the rest is in doubt (``source``, ``dialect``).

    Amounts may carry the sign of the handbook's currency.
    """
    sound = load_sound(folder, "sources.yml", SourcesForm, diagnostics, {"sources": {}})
    languages.check(sound)
    form, document = sound.value, sound.document
    default = Dialect(form.locale, form.delimiter, form.encoding, form.dates, currency=currency)
    if not _check_locale(form.locale, document, ("locale",), diagnostics) or any(map(sound.lost_at, _DIALECT)):
        diagnostics.doubt("dialect")
    if sound.lost & {(), ("sources",)}:
        diagnostics.doubt("source")
        diagnostics.doubt("source file")
    check_ids(
        [(name.replace("_", "-"), document.place(("sources", name), key=True)) for name in form.sources], diagnostics
    )
    sources: dict[str, Source] = {}
    files: set[str] = set()
    tables = LookupTables(folder, default, diagnostics)
    lost = sound.lost_below("sources")
    for name in (*form.sources, *sorted(lost - form.sources.keys())):
        given = form.sources.get(name)
        source = None if given is None else _source(name, given, default, tables, document)
        if name in lost or source is None or not _check(source, files, document, diagnostics):
            diagnostics.doubt("source", name)
            diagnostics.doubt("source file", source.file if source is not None else f"{name}.csv")
        else:
            sources[name] = source
    sources[ASSIGNMENTS] = assignments_source(default)
    return Sources(default, sources)


def _source(name: str, form: SourceForm, default: Dialect, tables: LookupTables, document: Document) -> Source:
    keys = tuple(key for key in form.key if key != "rep")
    others = tuple(column for column in form.columns if column not in {"rep", "month", *keys})
    lookups = tables.of(form.in_file, document, ("sources", name, *_columns_path(form)))
    columns = ("rep", *keys, *others)
    return Source(name, form.file or f"{name}.csv", form, _dialect(form, default), keys, columns, lookups)


def _columns_path(form: SourceForm) -> tuple[str, ...]:
    """Where the columns of the file stand in a source."""
    return ("columns",) if form.transactions is None else (TRANSACTIONS, "columns")


def _check(source: Source, files: set[str], document: Document, diagnostics: Diagnostics) -> bool:
    """What the form cannot say of a source. ``files`` are those of the sources before."""
    before = len(diagnostics)
    form, path, file = source.form, ("sources", source.name), source.file
    if form.locale is not None:
        _check_locale(form.locale, document, (*path, "locale"), diagnostics)
    if source.name == ASSIGNMENTS:
        diagnostics.add("SW112", document.place(path, key=True), value=source.name)
    _check_key(form, document, path, diagnostics)
    if file.casefold() in files or "/" in file or "\\" in file or file.startswith("."):
        diagnostics.add("SW112", document.place((*path, "file")), value=file)
    files.add(file.casefold())
    check_transactions(form, source.name, document, path, diagnostics)
    if form.transactions is None:
        _check_wide(source, document, path, diagnostics)
    for column, rules in form.columns.items():
        if rules.required_when is not None:
            place = document.place((*path, "columns", column, "required_when"))
            _check_condition(rules.required_when, source, place, diagnostics)
    if len(source.lookups) < sum(one.lookup is not None or one.values is not None for one in form.in_file.values()):
        return False
    # Without the common way of writing, a file is only clear if its source says all of it.
    clear = not diagnostics.doubts("dialect") or None not in (form.locale, form.delimiter, form.encoding)
    return clear and len(diagnostics) == before


def _check_condition(condition: Expression, source: Source, place: Place, diagnostics: Diagnostics) -> None:
    types = {column: source.type_of(column) for column in source.columns}
    check_expression(condition, source.name, types, Type.BOOLEAN, place, diagnostics)


def _dialect(source: SourceForm, default: Dialect) -> Dialect:
    return Dialect(
        source.locale or default.locale,
        source.delimiter or default.delimiter,
        source.encoding or default.encoding,
        # A locale of its own brings its own order of dates.
        source.dates or (default.dates if source.locale is None else None),
        source.skip_rows,
        source.footer or "",
        frozenset(text.strip() for text in source.missing_values),
        default.currency,
        source.headers,
    )


def _check_wide(source: Source, document: Document, path: tuple[str, ...], diagnostics: Diagnostics) -> None:
    """A wide file has its keys, and one value spread over columns."""
    wide = source.form.wide
    if wide is None:
        return
    place = document.place((*path, "wide"))
    if wide.value not in source.form.columns:
        known = list(source.form.columns)
        at = document.place((*path, "wide", "value"))
        diagnostics.add("SW113", at, value=wide.value, known=listing(known), **suggest(wide.value, known))
    if wide.key == "product_line" and wide.key not in source.keys:
        diagnostics.add("SW104", document.place((*path, "key")), key=wide.key)
    for column, form in source.form.columns.items():
        if column not in {wide.value, "rep", *source.keys} or column == wide.key or form.required_when is not None:
            at = document.place((*path, "columns", column), key=True)
            diagnostics.add("SW339", at, column=column)
    if wide.key == "month":
        for header, month in wide.columns.items():
            if not _is_month(month):
                at = document.place((*path, "wide", "columns", header))
                diagnostics.add("SW106", at, value=f"“{month}”", expected=EXPECTED["month"])
    if not wide.columns:
        diagnostics.add("SW104", place, key="columns")


def _is_month(text: str) -> bool:
    if text.isascii() and text.isdigit():
        return len(text) <= 2 and 1 <= int(text) <= 12
    try:
        Month.parse(text)
    except ValueError:
        return False
    return True


def _check_locale(locale: str, document: Document, path: tuple[str, ...], diagnostics: Diagnostics) -> bool:
    if locale == AUTO:
        return True
    try:
        number_form(locale)
    except ValueError:
        known = "auto, de, de_AT, de_CH, en_GB, en_US, …"
        diagnostics.add("SW113", document.place(path), value=locale, hint="", known=known)
        return False
    return True


def _check_key(source: SourceForm, document: Document, path: tuple[str, ...], diagnostics: Diagnostics) -> None:
    if "rep" not in source.key:
        diagnostics.add("SW104", document.place((*path, "key")), key="rep")
    if source.transactions is not None:
        # The keys are columns of the list; see check_transactions.
        return
    known = sorted({*_KEYS_KNOWN, *source.columns})
    for index, key in enumerate(source.key):
        if key not in known:
            place = document.place((*path, "key", index))
            diagnostics.add("SW113", place, value=key, known=listing(known), **suggest(key, known))


def columns_of(source: Source) -> dict[str, ColumnForm]:
    """The columns of a source's file in the order of its rows; the month, which the folder says as well, comes last."""
    return _forms((*source.columns, MONTH), source.form.columns)


def _forms(names: Iterable[str], given: Mapping[str, ColumnForm]) -> dict[str, ColumnForm]:
    """Columns with the headers they share in all sources; those that nothing is said about are texts."""
    found: dict[str, ColumnForm] = {}
    for name in names:
        form = given.get(name)
        if form is None:
            form = ColumnForm(type="month", required=False) if name == MONTH else ColumnForm(type="string")
        shared = SHARED_HEADERS.get(name, ())
        if shared:
            form = form.model_copy(update={"header": (*form.header, *shared)})
        found[name] = form
    return found


def contract_of(source: Source) -> Contract:
    """What a source's file must be: the export as it comes."""
    form, key = source.form, ("rep", *source.keys)
    rest = (source.dialect, form.ignore, form.wide, source.lookups, form.sheet)
    listed = form.transactions
    if listed is None:
        return Contract(columns_of(source), key, *rest)
    columns = _forms(dict.fromkeys((*key, *listed.columns, listed.month)), listed.columns)
    # Without its month a transaction belongs nowhere.
    columns[listed.month] = columns[listed.month].model_copy(update={"required": True})
    return Contract(columns, listed.key, *rest, Made(listed, columns_of(source), key))


def load_calendar(folder: Folder, diagnostics: Diagnostics, years: tuple[int, int]) -> Calendar | None:
    """Read the calendar; public holidays are worked out for the years from and to, both included.

    None if it is not known which days are working days; other losses are errors, and no more.
    """
    if not folder.exists("calendar.yml"):
        form, document = CalendarForm(), Document("", {}, {})
    else:
        sound = load_sound(folder, "calendar.yml", CalendarForm, diagnostics, {})
        if any(map(sound.lost_at, ("country", "region", "workdays", "holidays"))):
            return None
        form, document = sound.value, sound.document
    try:
        public = holidays.country_holidays(form.country, subdiv=form.region, years=range(years[0], years[1] + 1))
    except NotImplementedError:
        # What the library raises for a country or region that it does not know.
        supported = holidays.list_supported_countries()
        known = supported.get(form.country) or sorted(supported)
        diagnostics.add(
            "SW410", document.place(("region",)), region=form.region, country=form.country, known=listing(list(known))
        )
        return None
    return Calendar(form, frozenset(public) | frozenset(form.holidays))


def load_access(
    folder: Folder, handbook: Handbook, languages: LanguageCheck, diagnostics: Diagnostics
) -> Access | None:
    """Read who may see what."""
    loaded = load_form(folder, "access.yml", Access, diagnostics, languages)
    if loaded is None:
        return None
    access, document = loaded
    check_access_choices(access, document, handbook, diagnostics)
    check_ids(
        [(group.id, document.place(("groups", index, "id"))) for index, group in enumerate(access.groups)], diagnostics
    )
    check_written_logins(access, document, diagnostics)
    return access
