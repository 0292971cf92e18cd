"""What an organisation says of its scorecards to the people concerned (``privacy.yml``)."""

from __future__ import annotations

from typing import Annotated

from standardwerk.model.fields import Form, LocalText, Text, one_of


class Privacy(Form):
    """``privacy.yml``. The annex shows what is missing as a line to fill in."""

    controller: Text | None = None
    """Who is responsible: the company with its address."""
    contact: LocalText | None = None
    """Whom to ask about data protection."""
    purposes: tuple[LocalText, ...] = ()
    """What the figures are used for; nothing else is agreed."""
    legal_basis: LocalText | None = None
    pay_relevant: Annotated[Text, one_of("yes", "no")] | None = None
    """Whether scorecards have a bearing on pay; ``no`` is printed on each of them."""
    technical: tuple[LocalText, ...] = ()
    """Technical and organisational measures of the place itself: host, backups, who administers it."""
