"""The order of names and words."""

from __future__ import annotations

import unicodedata

#: Letters that have a mark of their own in them, and none that could be taken off.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def sort_name(name: str) -> str:
    """Last name first, without the finer points of collation."""
    parts = name.split()
    return sort_words(" ".join([parts[-1], *parts[:-1]])) if parts else ""


def sort_words(words: str) -> str:
    """Words as they are looked up in a list: whatever their case, a letter with a mark as the letter without it."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join([letter for letter in apart if not unicodedata.combining(letter)]).translate(_LETTERS)
