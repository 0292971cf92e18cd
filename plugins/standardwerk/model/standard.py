"""A standard: its identity, and its revisions with rules and wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Annotated

from standardwerk.model.dated import Retroactive, newest
from standardwerk.model.fields import Boolean, Form, Id, Integer, LocalText, Number, Text, one_of, within
from standardwerk.model.measure import Measure
from standardwerk.model.quiz import Question
from standardwerk.model.wording import Erratum, Wording

STAGES = ("day-1", "week-1", "day-30", "day-60", "day-90", "month-4-6")


class Step(Form):
    """An onboarding step."""

    when: Annotated[Text, one_of(*STAGES)]
    paths: tuple[Id, ...] = ("new",)
    text: LocalText


class Anchor(Form):
    """A rated item: what each level looks like."""

    item: Id
    name: LocalText
    levels: Mapping[str, LocalText]


class RevisionForm(Form):
    """A revision's YAML file."""

    reason: LocalText
    retired: Boolean = False
    on_change: Annotated[Text, one_of("carry", "restart")] | None = None
    retroactive: Retroactive | None = None
    roles: tuple[Id, ...] | None = None
    weight: Annotated[Number, within(0, 10)] = Decimal(1)
    export_rules: Mapping[str, Text] = {}
    onboarding: tuple[Step, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    measures: tuple[Measure, ...] = ()
    errata: tuple[Erratum, ...] = ()
    quiz: tuple[Question, ...] = ()
    """Questions for readers to check themselves; not sealed."""


class StandardForm(Form):
    """``standard.yml``: the identity of a standard."""

    number: Annotated[Integer, within(1, 9999)]
    group: Id
    owner: LocalText
    source: Text | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A standard's text and rules from a day on."""

    effective_from: date
    rules: RevisionForm
    wording: Mapping[str, Wording]
    run_start: Mapping[str, date] = field(default_factory=dict)
    """By measure: the day of the revision its windows may reach back to (inclusive)."""

    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: the fields whose original has moved on since they were translated."""

    def measure(self, identity: str) -> Measure | None:
        """The measure with that id."""
        return next((measure for measure in self.rules.measures if measure.id == identity), None)

    @property
    def runs(self) -> Mapping[str, date]:
        """The measures whose windows may reach back beyond this revision, and to which day."""
        return {name: day for name, day in self.run_start.items() if day != self.effective_from}

    def with_runs(self, runs: Mapping[str, date]) -> Revision:
        """The revision with windows that begin as they did when a month was closed."""
        if runs == self.runs:
            return self
        return replace(self, run_start={name: runs.get(name, self.effective_from) for name in self.run_start})


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard with all its revisions, the oldest first."""

    id: str
    identity: StandardForm
    revisions: tuple[Revision, ...]

    def at(self, day: date) -> Revision | None:
        """The revision in force on a day; None before the first, and once retired."""
        found = newest(self.revisions, day)
        return None if found is None or found.rules.retired else found
