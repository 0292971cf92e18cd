"""The table of codes, by area: ``SW1xx`` YAML files, ``SW2xx`` standards and editions, and so on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from standardwerk.diagnostics.code import Code
from standardwerk.diagnostics.codes import audit, imports, pages, records, roster, sources, standards, yaml


def table(codes: Iterable[Code]) -> Mapping[str, Code]:
    """Codes by their number. Raises ValueError if one stands twice."""
    found: dict[str, Code] = {}
    for one in codes:
        if one.code in found:
            raise ValueError(one.code)
        found[one.code] = one
    return found


AREAS = (yaml, standards, sources, imports, roster, pages, records, audit)
CODES = table(chain.from_iterable(area.CODES for area in AREAS))
