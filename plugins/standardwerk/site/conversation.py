"""The sheet for the talk about a scorecard: one page to print, for lead and rep."""

from __future__ import annotations

from standardwerk.site import urls
from standardwerk.site.contexts import ScorecardContext
from standardwerk.site.group_contexts import ConversationContext, TalkChange, TalkSignal
from standardwerk.site.team import OPEN_STATES, changes, signals


def conversation_context(context: ScorecardContext, folder: str, language: str) -> ConversationContext | None:
    """The sheet of a scorecard in a person's folder; None if its month is closed: the talk has been held."""
    if context.state.kind not in OPEN_STATES:
        return None
    card, before = context.card, context.before
    by_id = {score.standard.id: score for score in card.standards}
    earlier = {score.standard.id: score for score in before.standards} if before is not None else {}
    return ConversationContext(
        scorecard=context,
        changes=tuple(TalkChange(by_id[one.standard], earlier[one.standard]) for one in changes(card, before)),
        signals=tuple(
            TalkSignal(
                by_id[one.standard],
                next(each for each in by_id[one.standard].measures if each.measure.id == one.measure),
            )
            for one in signals(card)
        ),
        url=urls.conversation(folder, language, card.month),
    )
