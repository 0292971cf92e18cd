"""Pseudonyms for folders of people: a keyed hash of the id, so that nobody without the key can tell whose a folder is.

The same key gives the same pseudonyms, months and years later. The key itself goes nowhere: into no value that is kept,
no page, no message.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import replace
from pathlib import Path

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.model.access import Access
from standardwerk.model.roster import Roster

#: The key is taken from here, else from the file of this name beside ``mkdocs.yml``.
VARIABLE = "STANDARDWERK_PSEUDONYM_KEY"
FILE = "pseudonyms.key"
#: A key has at least so many signs.
SHORTEST = 32
#: 24 signs of 5 bits: that two of a million people share a pseudonym has a chance of 1 : 10²⁴.
LENGTH = 24
_CONTEXT = b"standardwerk: folder of a person\0"


def read_key(project: Path) -> str:
    """The key of the environment, or of the project's file; empty if there is none."""
    key = os.environ.get(VARIABLE, "").strip()
    if key:
        return key
    try:
        return (project / FILE).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def pseudonym(key: str, rep: str) -> str:
    """What the folder of a person is called: small letters and digits, as every system can have them."""
    made = hmac.new(key.encode(), _CONTEXT + rep.encode(), hashlib.sha256).digest()
    return base64.b32encode(made).decode().lower()[:LENGTH]


def with_pseudonyms(roster: Roster, access: Access, key: str, place: Place, diagnostics: Diagnostics) -> Roster:
    """The roster with a pseudonym for each person, if there is a key and ``access.yml`` does not decline."""
    if access.pseudonyms is False or (access.pseudonyms is None and not key):
        return roster
    if len(key) < SHORTEST:
        diagnostics.add("SW415", place, variable=VARIABLE, file=FILE, count=SHORTEST)
        return roster
    people = {rep: replace(person, pseudonym=pseudonym(key, rep)) for rep, person in roster.people.items()}
    return Roster(people, roster.teams)
