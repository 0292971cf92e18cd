"""The order of names and words."""

from __future__ import annotations

_UMLAUTS = {ord("ä"): "a", ord("ö"): "o", ord("ü"): "u", ord("ß"): "ss"}


def sort_name(name: str) -> str:
    """Last name first, without the finer points of collation."""
    parts = name.split()
    plain = " ".join([parts[-1], *parts[:-1]]).casefold() if parts else ""
    return plain.translate(_UMLAUTS)


def sort_words(words: str) -> str:
    """Words as they are looked up in a list: whatever their case, an umlaut as its vowel."""
    return words.casefold().translate(_UMLAUTS)
