"""What an organisation says of its scorecards to the people concerned (``privacy.yml``)."""

from __future__ import annotations

from typing import Annotated

from standardwerk.model.fields import Form, LocalText, Text, one_of


class Privacy(Form):
    """``privacy.yml``. The annex shows what is missing as a line to fill in."""

    controller: Text | None = None
    """Who is responsible: the company with its address; left out: a line to fill in."""
    contact: LocalText | None = None
    """Whom to ask about data protection, in each language; left out: a line to fill in."""
    purposes: tuple[LocalText, ...] = ()
    """What the figures are used for; nothing else is agreed."""
    legal_basis: LocalText | None = None
    """On which basis data are processed, in each language; left out: a line to fill in."""
    pay_relevant: Annotated[Text, one_of("yes", "no")] | None = None
    """Whether scorecards have a bearing on pay; ``no`` is printed on each of them. Left out: a line to fill in."""
    technical: tuple[LocalText, ...] = ()
    """Technical and organisational measures of the place itself: host, backups, who administers it."""
