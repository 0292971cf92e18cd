"""Logins: such as a server can be told of, and each of one person alone."""

from __future__ import annotations

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import Folder, suggest
from standardwerk.load.yaml import Document
from standardwerk.model.access import Access, is_login
from standardwerk.model.roster import Roster


def check_written_logins(access: Access, document: Document, diagnostics: Diagnostics) -> None:
    """Check the logins, domains and suffixes of ``access.yml``."""
    for index, group in enumerate(access.groups):
        for number, login in enumerate(group.logins):
            if not is_login(login):
                diagnostics.add("SW414", document.place(("groups", index, "logins", number)), login=login)
    for name, parts, whole in (
        ("domains", access.logins.domains, "{}\\name"),
        ("suffixes", access.logins.suffixes, "name@{}"),
    ):
        for index, part in enumerate(parts):
            if not is_login(whole.format(part)):
                diagnostics.add("SW414", document.place(("logins", name, index)), login=whole.format(part))


def check_logins(folder: Folder, roster: Roster, access: Access, diagnostics: Diagnostics) -> None:
    """Check the logins of the roster, however a server may write them, and the people whom ``access.yml`` names."""
    owners: dict[str, str] = {}
    for row in sorted((row for person in roster.people.values() for row in person.rows), key=lambda row: row.line):
        if not row.login:
            continue
        place = Place(folder.name("reps.csv"), row.line)
        if not is_login(row.login):
            diagnostics.add("SW414", place, login=row.login)
        elif any(owners.setdefault(one, row.id) != row.id for one in access.logins.spellings(row.login)):
            diagnostics.add("SW412", place, login=row.login)
    for rep in access.named:
        if rep not in roster.people and not diagnostics.doubts("rep", rep):
            known = sorted(roster.people)
            diagnostics.add("SW312", Place(folder.name("access.yml")), rep=rep, **suggest(rep, known))
