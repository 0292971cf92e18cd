"""Invented names, and the ids and logins made from them."""

from __future__ import annotations

import re

FIRST = (
    "Aylin",
    "Balthasar",
    "Björn",
    "Cäcilie",
    "Dörte",
    "Emre",
    "Fatma",
    "Friederike",
    "Gösta",
    "Hinnerk",
    "Ilse",
    "Jördis",
    "Knut",
    "Leevke",
    "Lütfiye",
    "Matteo",
    "Nasrin",
    "Ömer",
    "Pankraz",
    "Rüdiger",
    "Selma",
    "Svantje",
    "Thilo",
    "Ulrike",
    "Vroni",
    "Wiebke",
    "Xaver",
    "Yıldız",
    "Zoë",
    "Änne",
)
LAST = (
    "Ährenfeldt",
    "Birkenthau",
    "Brückenau",
    "Distelkamp",
    "Eisvogel",
    "Fährmann",
    "Grünewitz",
    "Habichtshöh",
    "Haselhoff",
    "Jakobskraut",
    "Königsried",
    "Kranichfeld",
    "Kupferschläger",
    "Lerchenmüller",
    "Moosbruck",
    "Morgenröther",
    "Nebelthau",
    "Ölbaumer",
    "Quittenbaum",
    "Regenbrecht",
    "Silberdorn",
    "Sternhagen",
    "Strohbeck",
    "Tannhöfer",
    "Uferstolz",
    "Vogelweidner",
    "Weißbach",
    "Wolkenstrauß",
    "Zaunkönig",
    "Ziegelhüter",
)

_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ë": "e"})
_INITIAL = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})


def slug(text: str) -> str:
    """A name in a–z."""
    return re.sub(r"[^a-z]+", "-", text.lower().translate(_PLAIN)).strip("-")


def initial(first: str) -> str:
    """The first letter in a–z."""
    return slug(first[:1].lower().translate(_INITIAL))


def rep_id(first: str, last: str) -> str:
    """``kranichfeld-j``."""
    return f"{slug(last)}-{initial(first)}"


def login(first: str, last: str) -> str:
    """``j.kranichfeld``."""
    return f"{initial(first)}.{slug(last)}"
