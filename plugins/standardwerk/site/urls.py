"""Addresses. The same segments in every language; a person's pages all lie below one folder of hers."""

from __future__ import annotations

from standardwerk.model.handbook import Edition
from standardwerk.model.months import Month


def tree(language: str, edition: Edition | None) -> str:
    """The root of a handbook tree: the current one (``None``), or an edition's permanent one."""
    return f"{language}/" if edition is None else f"{language}/editions/{edition_slug(edition)}/"


def edition_slug(edition: Edition) -> str:
    """An edition's label as a segment."""
    return edition.label.lower()


def standard(language: str, edition: Edition | None, identity: str) -> str:
    """A standard's page."""
    return f"{tree(language, edition)}standards/{identity}/"


def standards(language: str, edition: Edition | None) -> str:
    """The list of standards."""
    return f"{tree(language, edition)}standards/"


def method(language: str, edition: Edition | None) -> str:
    """The method page."""
    return f"{tree(language, edition)}method/"


def page(language: str, edition: Edition | None, name: str) -> str:
    """A hand-written page; ``index`` is the home page."""
    return tree(language, edition) if name == "index" else f"{tree(language, edition)}{name}/"


def onboarding(language: str, edition: Edition | None, role: str) -> str:
    """The first months in a role."""
    return f"{tree(language, edition)}onboarding/{role}/"


def editions(language: str) -> str:
    """The list of editions."""
    return f"{language}/editions/"


def changes(language: str, edition: Edition) -> str:
    """What an edition changes."""
    return f"{tree(language, edition)}changes/"


def complete(language: str, edition: Edition) -> str:
    """A whole edition in one document."""
    return f"{tree(language, edition)}complete/"


def sample(language: str) -> str:
    """The sample scorecard."""
    return f"{language}/sample-scorecard/"


def glossary(language: str) -> str:
    """The list of terms."""
    return f"{language}/glossary/"


def my_scorecard(language: str) -> str:
    """How to get to one's own scorecard."""
    return f"{language}/my-scorecard/"


def folder(address: str) -> str:
    """The folder of an address as the page plan knows it: without the slash at its end."""
    return address.removesuffix("/")


def person_folder(name: str) -> str:
    """The folder with everything of one person. Here and below: ``Person.folder``, her id or a pseudonym."""
    return f"scorecards/{name}/"


def rep(person: str, language: str) -> str:
    """A person's overview: newest month and history."""
    return f"{person_folder(person)}{language}/"


def scorecard(person: str, language: str, month: Month) -> str:
    """A person's month."""
    return f"{person_folder(person)}{language}/{month}/"


def conversation(person: str, language: str, month: Month) -> str:
    """The sheet for the talk about a person's month."""
    return f"{scorecard(person, language, month)}conversation/"


def scorecard_file(person: str, month: Month, kind: str) -> str:
    """A person's month as data: ``json`` or ``csv``."""
    return f"{person_folder(person)}{month}.{kind}"


def team_folder(identity: str) -> str:
    """The folder with everything of one team."""
    return f"teams/{identity}/"


def team(identity: str, language: str, month: Month) -> str:
    """A team's month, for its lead."""
    return f"{team_folder(identity)}{language}/{month}/"


ME = "me/"
"""Leads everybody to their own newest scorecard, by the server's rules."""


def organisation(language: str, month: Month) -> str:
    """The organisation's month: groups of at least k people."""
    return f"months/{language}/{month}/"


def organisation_newest(language: str) -> str:
    """The organisation's newest month, at an address that stays."""
    return f"months/{language}/"


def data_quality(language: str, month: Month) -> str:
    """What came for a month, for the people who run it."""
    return f"data-quality/{language}/{month}/"


def totals(language: str, month: Month) -> str:
    """The organisation's month with business totals, for named groups."""
    return f"totals/{language}/{month}/"


def trend(language: str, standard: str) -> str:
    """A standard's trend: groups of at least k people."""
    return f"months/{language}/standards/{standard}/"
