"""A kind of fault: what is wrong, why it happens, what to do.

The texts are message ids of the catalogue (English, translated in ``theme/locales``). ``{name}`` fields of ``what`` and
``cure`` are filled from a diagnostic's values; ``cause`` has no fields, since it is read in the list of codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the build; a warning does so only with ``--strict``; a note never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of fault."""

    code: str
    severity: Severity
    what: str
    """What is wrong; fields in braces."""
    cure: str
    """What to do; the same fields."""
    cause: str
    """How such a fault usually comes about; for the list of codes, ``plugins/docs/diagnostics.md``."""


def _(message: str) -> str:
    """Mark a message for the catalogue."""
    return message
