"""What lead and rep write beside a scorecard: note, reply, agreed actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from standardwerk.model.fields import Date, Form, Text, one_of


class Action(Form):
    """An agreed action."""

    text: Text
    """What is to be done."""
    owner: Annotated[Text, one_of("rep", "lead")]
    """Who does it: the person (``rep``) or the lead."""
    due: Date | None = None
    """By which day; left out: none is agreed."""
    status: Annotated[Text, one_of("open", "done", "dropped")] = "open"
    """What came of it."""


class ActionsForm(Form):
    """``<rep>.actions.yml``."""

    actions: tuple[Action, ...] = ()
    """The actions agreed about the month."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Everything written beside one scorecard. Texts are Markdown, and untrusted."""

    note: str = ""
    """By the lead."""
    reply: str = ""
    """By the person."""
    actions: tuple[Action, ...] = ()
