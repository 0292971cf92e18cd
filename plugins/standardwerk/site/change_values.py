"""What changed between two editions: values, made by ``site.changes``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standardwerk.model.handbook import Edition, Measure, Method, Named, PageRevision, Revision, Role, Standard
from standardwerk.site.wording_changes import Piece, TextChange

#: Fields of a measure that say how it is called or written; the others decide what it is or how it is judged.
WORDS_ONLY = frozenset({"title", "labels"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that is not as it was; None where it says nothing."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure that came, went, or is not as it was."""

    old: Measure | None
    new: Measure | None
    fields: tuple[FieldChange, ...]
    restart: date | None
    """The day its window starts again; None if earlier months still count (or there are none)."""
    carried: bool
    """Whether a window that reaches back goes on counting earlier months under the new rules."""

    @property
    def measure(self) -> Measure:
        """The measure as it is now, or as it was."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a revision was made."""

    edition: Edition
    text: Mapping[str, str]
    retroactive: Any
    """The revision's ``retroactive``, or None."""


@dataclass(frozen=True, slots=True)
class StandardChange:
    """A standard that is new, revised or retired."""

    standard: Standard
    kind: str
    """``new``, ``revised`` or ``retired``."""
    old: Revision | None
    new: Revision | None
    reasons: tuple[Reason, ...]
    """Of all revisions between, the oldest first."""
    title: tuple[Piece, ...]
    texts: tuple[TextChange, ...]
    """All sections in order, unchanged ones too; empty for a new or retired standard."""
    measures: tuple[MeasureChange, ...]
    rules: tuple[FieldChange, ...]
    """``weight``, ``roles``, and each export rule as ``export_rules.<name>``."""

    @property
    def scored(self) -> bool:
        """Whether more than words changed."""
        return (
            self.kind != "revised"
            or bool(self.rules)
            or any(
                one.old is None or one.new is None or one.restart or {each.field for each in one.fields} - WORDS_ONLY
                for one in self.measures
            )
        )

    @property
    def revised_texts(self) -> tuple[TextChange, ...]:
        """The sections whose words changed."""
        return tuple(one for one in self.texts if one.change not in {"same", "layout"})


@dataclass(frozen=True, slots=True)
class MethodChange:
    """A new revision of the method."""

    old: Method
    new: Method
    reasons: tuple[Reason, ...]
    title: tuple[Piece, ...]
    texts: tuple[TextChange, ...]
    rules: tuple[FieldChange, ...]
    """``minimum_group``, ``ramp``, ``index``."""


@dataclass(frozen=True, slots=True)
class PageChange:
    """A hand-written page that is new, revised or retired."""

    name: str
    kind: str
    """``new``, ``revised`` or ``retired``."""
    old: PageRevision | None
    new: PageRevision | None
    reasons: tuple[Reason, ...]
    title: tuple[Piece, ...]
    texts: tuple[TextChange, ...]
    """All sections in order, unchanged ones too; empty for a new or retired page."""


@dataclass(frozen=True, slots=True)
class NameChange:
    """A group, role or product line with another name."""

    kind: str
    old: Named | None
    new: Named | None


@dataclass(frozen=True, slots=True)
class RoleChanges:
    """What changes for the people of a role."""

    role: Role
    changes: tuple[StandardChange, ...]


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What changed from one edition to a later one."""

    old: Edition
    new: Edition
    standards: tuple[StandardChange, ...]
    method: MethodChange | None
    names: tuple[NameChange, ...]
    roles: tuple[RoleChanges, ...]
    pages: tuple[PageChange, ...] = ()
