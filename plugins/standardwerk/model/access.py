"""Who may see what (``access.yml``), and how a login may be written."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from standardwerk.model.fields import Boolean, Form, Id, LocalText, Text, one_of

Permission = Annotated[Text, one_of("organisation", "data-quality", "teams")]
#: Business totals are for named groups, never for everyone.
GroupPermission = Annotated[Text, one_of("organisation", "totals", "data-quality", "teams")]

#: Signs that a server reads as its own: everybody and anybody (IIS), the next login (IIS), the password (Basic).
_REFUSED = frozenset("*?,:")


class Group(Form):
    """A named group of people by login."""

    id: Id
    """What it is called in rules for servers."""
    name: LocalText
    """Its name in each language."""
    logins: tuple[Text, ...]
    """Who is in it, as reps.csv writes logins; they need not be on the roster."""
    may: tuple[GroupPermission, ...]
    """What its members may read besides their own pages."""


class Logins(Form):
    """How servers write the logins of the roster. Without it a login is what stands in ``reps.csv``, nothing else."""

    domains: tuple[Text, ...] = ()
    """What may stand before a login: ``FALKENRATH`` in ``FALKENRATH\\name``."""
    suffixes: tuple[Text, ...] = ()
    """What may stand behind it: ``falkenrath.example`` in ``name@falkenrath.example``."""

    def spellings(self, login: str) -> tuple[str, ...]:
        """Every way a server may write a login, in lower case, the plainest first.

        A login that carries a domain or suffix of somebody else is that person's alone, in that one spelling.
        """
        plain = lower(login)
        domain, name, suffix = split(plain)
        domains, suffixes = [lower(one) for one in self.domains], [lower(one) for one in self.suffixes]
        if (domain and domain not in domains) or (suffix and suffix not in suffixes):
            return (plain,)
        return (name, *(f"{one}\\{name}" for one in domains), *(f"{name}@{one}" for one in suffixes))

    def windows(self, login: str) -> str:
        """A login as Windows writes it: with the first domain, if it has none."""
        domain, _, suffix = split(login)
        return login if domain or suffix or not self.domains else f"{self.domains[0]}\\{login}"


class TeamPage(Form):
    """What a team page shows of its people, besides what to talk about."""

    matrix: Boolean = True
    """The table of people × standards; false: it is not built at all."""
    standards: tuple[Id, ...] | None = None
    """The standards of the table; left out: all that are measured each month."""


class Access(Form):
    """Default deny for everything personal; this opens it."""

    default: Annotated[Text, one_of("own-and-lead", "own")] = "own-and-lead"
    """``own-and-lead``: a person reads her own pages, and a lead the team's of the months led. ``own``: nobody else."""
    logins: Logins = Logins()
    """How the server writes logins; left out: as reps.csv does."""
    groups: tuple[Group, ...] = ()
    """Groups of people who may read more."""
    everyone: tuple[Permission, ...] = ()
    """What everyone on the roster may, as if she were in a group."""
    named: tuple[Id, ...] = ()
    """People whom the handbook's own pages may name: leads as contacts, for instance."""
    team_page: TeamPage = TeamPage()
    """What a team's page shows of its people."""
    pseudonyms: Boolean | None = None
    """Whether folders of people are called by pseudonyms; left out: if there is a key."""

    def grants(self, permission: str) -> bool:
        """Whether anybody has a permission."""
        return permission in self.everyone or any(permission in group.may for group in self.groups)


def lower(login: str) -> str:
    """A login without regard to case."""
    return unicodedata.normalize("NFC", login).lower()


def split(login: str) -> tuple[str, str, str]:
    """Domain, name and suffix of a login; what it does not have is empty."""
    domain, separator, rest = login.partition("\\")
    if separator:
        return domain, rest, ""
    name, _, suffix = login.partition("@")
    return "", name, suffix


def is_login(login: str) -> bool:
    """Whether a server can be told of a login: ``name``, ``DOMAIN\\name`` or ``name@company``, in visible signs."""
    domain, name, suffix = split(login)
    separators = ("\\" in login) + ("@" in login)
    return (
        bool(name.strip())
        and login == login.strip()
        and separators == bool(domain) + bool(suffix)
        and login.count("\\") + login.count("@") == separators
        and not _REFUSED & set(login)
        and not any(unicodedata.category(sign)[0] in "CZ" and sign != " " for sign in login)
    )
