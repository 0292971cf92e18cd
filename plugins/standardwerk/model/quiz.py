"""Questions about a standard, for readers to check themselves. They are aids: not sealed, never sent, never stored."""

from __future__ import annotations

import re

from standardwerk.model.fields import Boolean, Form, Id, LocalText
from standardwerk.model.terms import without_marks

#: The sections of a standard's page that are made from its data.
GENERATED = ("measured", "anchors", "steps")
_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"[*_`]+")


class Answer(Form):
    """An answer to choose."""

    text: LocalText
    """The answer, in each language."""
    right: Boolean = False
    """True: it is right."""


class Question(Form):
    """A question with its answers, and the passage of the standard that settles it."""

    question: LocalText
    """The question, in each language."""
    answers: tuple[Answer, ...]
    """What can be chosen: at least one right and one wrong answer; several may be right."""
    section: Id
    """The section of the page where the passage stands; ``measured``, ``anchors`` and ``steps`` are made from data."""
    passage: LocalText | None = None
    """The passage word for word; left out: the section alone is named."""
    because: LocalText | None = None
    """More than the passage says: how it leads to the answer; left out: nothing."""

    @property
    def several(self) -> bool:
        """Whether several answers are right."""
        return sum(answer.right for answer in self.answers) > 1

    @property
    def can_be_answered(self) -> bool:
        """Whether there is something to choose: a right answer, and one that is not."""
        return {answer.right for answer in self.answers} == {True, False}


def plain(markdown: str) -> str:
    """A text in Markdown as it is read: without links, emphasis and line breaks."""
    text = _LINK.sub(lambda link: link[1], without_marks(markdown))
    return " ".join(_EMPHASIS.sub("", text).split())
