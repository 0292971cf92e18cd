"""By what people are known in a project's files, and where to look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from standardwerk.load.headers import plain
from standardwerk.load.sources import SHARED_HEADERS
from standardwerk.model.sources import ColumnForm, Sources
from standardwerk.operations.cutting import Columns, Traces
from standardwerk.pipeline import LoadedSite, Options


def traces_of(site: LoadedSite, reps: Sequence[str]) -> Traces:
    """By what the people are known: in the roster, by their logins in each spelling, and in lookup tables."""
    roster, access, scoring = site.project.roster, site.project.access, site.project.scoring
    assert roster is not None
    assert scoring is not None
    names, keys = set(reps), set[str]()
    for rep in reps:
        for row in roster.people[rep].rows:
            names.add(row.name)
            if row.login:
                names.add(row.login)
                names |= set(access.logins.spellings(row.login)) if access is not None else set()
    for source in scoring.sources.sources.values():
        for lookup in source.lookups.values():
            keys |= {text for text, meaning in lookup.values.items() if meaning in reps}
    return Traces(frozenset(names), frozenset(keys))


def columns_of(sources: Sources) -> Columns:
    """How the columns are called that are about people."""
    rep, keyed = {"rep", *SHARED_HEADERS["rep"]}, set[str]()
    for source in sources.sources.values():
        for columns in (source.form.columns, source.form.in_file):
            rep |= _titles(columns.get("rep"))
            for name in source.lookups:
                keyed |= {name, *_titles(columns.get(name))}
                if name == "rep":
                    keyed |= {*SHARED_HEADERS["rep"]}
    return Columns(frozenset(map(plain, rep)), frozenset(map(plain, keyed)))


def _titles(form: ColumnForm | None) -> set[str]:
    return set() if form is None else set(form.header)


def looked_at(options: Options, scorecards: Path) -> Iterator[tuple[str, Path]]:
    """All files that may name somebody, with the names they have in messages. ``scorecards``: where these lie."""
    assert options.scorecards_dir is not None
    for shown, folder in (
        (options.shown(options.scorecards_dir), scorecards),
        (options.shown(options.standards_dir), options.standards_dir),
    ):
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            name = path.relative_to(folder).as_posix()
            if not any(part.startswith(".") for part in name.split("/")):
                yield f"{shown}/{name}", path
