"""The order of people's names."""

from __future__ import annotations

_UMLAUTS = {ord("ä"): "a", ord("ö"): "o", ord("ü"): "u", ord("ß"): "ss"}


def sort_name(name: str) -> str:
    """Last name first, without the finer points of collation."""
    parts = name.split()
    plain = " ".join([parts[-1], *parts[:-1]]).casefold() if parts else ""
    return plain.translate(_UMLAUTS)
