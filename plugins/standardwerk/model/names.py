"""``handbook.yml``: the names of languages, groups, roles and product lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from standardwerk.model.fields import Boolean, Date, Form, Id, LocalText, Text


class Language(Form):
    """A language of the handbook."""

    name: Text
    """Its own name, like "Deutsch"."""
    locale: Text
    """The CLDR locale for figures and dates, like ``de_DE``."""


class Named(Form):
    """A group of standards: an id with a dated name."""

    id: Id
    name: LocalText
    valid_from: Date | None = None


AnyNamed = TypeVar("AnyNamed", bound=Named)


class Role(Named):
    """A role of people."""

    scorecard: Boolean = True
    """False: people in this role get no scorecard (team leads, assistants)."""


class PathName(Named):
    """A way into the work: for whom its onboarding steps are (``new``, ``transfer``, ``return`` …)."""

    roles: tuple[Id, ...] | None = None
    """The roles it is for; None: every role that has a scorecard."""


class ProductLine(Named):
    """A product line."""


class Names(Form):
    """``handbook.yml``."""

    title: LocalText
    organisation: Text
    currency: Text = "EUR"
    languages: Mapping[str, Language]
    groups: tuple[Named, ...]
    roles: tuple[Role, ...]
    product_lines: tuple[ProductLine, ...] = ()
    paths: tuple[PathName, ...] = ()
    """The paths of onboarding steps, in the order they are shown."""

    @property
    def line_ids(self) -> tuple[str, ...]:
        """The product lines in handbook order, each once."""
        return tuple(dict.fromkeys(line.id for line in self.product_lines))

    @property
    def group_ids(self) -> tuple[str, ...]:
        """The groups in handbook order, each once."""
        return tuple(dict.fromkeys(group.id for group in self.groups))


def named_at(entries: tuple[AnyNamed, ...], identity: str, day: date) -> AnyNamed | None:
    """The entry of an id that is in force on a day: the newest ``valid_from`` not after it (else the earliest)."""
    dated = sorted((entry for entry in entries if entry.id == identity), key=lambda entry: entry.valid_from or date.min)
    in_force = [entry for entry in dated if (entry.valid_from or date.min) <= day]
    return in_force[-1] if in_force else (dated[0] if dated else None)
