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
    """What other files call it; it never changes."""
    name: LocalText
    """Its name in each language."""
    valid_from: Date | None = None
    """The day from which the name holds; left out: always. The same id again with a later day renames it."""


AnyNamed = TypeVar("AnyNamed", bound=Named)


class Role(Named):
    """A role of people."""

    scorecard: Boolean = True
    """False: people in this role get no scorecard (team leads, assistants)."""


class PathName(Named):
    """A way into the work: for whom its onboarding steps are (``new``, ``transfer``, ``return`` …)."""

    roles: tuple[Id, ...] | None = None
    """The roles it is for; left out: every role that has a scorecard."""


class ProductLine(Named):
    """A product line."""


class Names(Form):
    """``handbook.yml``."""

    title: LocalText
    """The handbook's name, in each language."""
    organisation: Text
    """Whose handbook it is."""
    currency: Text = "EUR"
    """The currency of all amounts, by its code of three letters (ISO 4217)."""
    languages: Mapping[str, Language]
    """By language code: the handbook's languages. The first is the original, the others translate it."""
    groups: tuple[Named, ...]
    """The groups of standards, in the order in which pages show them."""
    roles: tuple[Role, ...]
    """The roles of people."""
    product_lines: tuple[ProductLine, ...] = ()
    """The product lines, in the order in which pages show them; left out: there are none."""
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
