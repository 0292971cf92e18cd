"""Who may see what (``access.yml``)."""

from __future__ import annotations

from typing import Annotated

from standardwerk.model.fields import Form, Id, LocalText, Text, one_of


class Group(Form):
    """A named group of people by login."""

    id: Id
    name: LocalText
    logins: tuple[Text, ...]
    may: tuple[Annotated[Text, one_of("organisation", "data-quality", "teams")], ...]


class Access(Form):
    """Default deny for everything personal; this opens it."""

    default: Annotated[Text, one_of("own-and-lead", "own")] = "own-and-lead"
    groups: tuple[Group, ...] = ()
