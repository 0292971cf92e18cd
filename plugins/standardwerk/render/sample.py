"""The sample scorecard: the parts of a scorecard, each with a word of what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from standardwerk.render.scorecard import ScorecardWriter
from standardwerk.render.view import View
from standardwerk.site.contexts import ScorecardContext

#: Between these stands what search is not to look into. Its parser wants every end tag; a scorecard leaves many out,
#: and after the first the parser would no longer know where a part ends that it was told to leave out.
UNSEARCHED = ("<!--figures-->", "<!--/figures-->")
_FIGURES = re.compile(f"{UNSEARCHED[0]}.*?{UNSEARCHED[1]}", re.DOTALL)
_MARKS = re.compile("|".join(UNSEARCHED))


def searched(html: str) -> str:
    """What search is to see of a page's content."""
    return _FIGURES.sub("", html) if UNSEARCHED[0] in html else html


def shown(html: str) -> str:
    """What readers get of a page's content."""
    return _MARKS.sub("", html) if UNSEARCHED[0] in html else html


def sample_scorecard(view: View, context: ScorecardContext) -> str:
    """The content of the page. The figures are nobody's, and search does not look into them."""
    _ = view.texts.gettext
    writer = ScorecardWriter(view)
    told = _explanations(view, context)
    intro = _(
        "This is the scorecard of an invented person, made in the same way as all others: by the "
        "edition in force. The shaded notes explain it part by part; a real scorecard "
        "has none."
    )
    body = []
    for name, html in writer.parts(context, "h2").items():
        if html:
            body += [f'<p class="sw-explain">{escape(one)}</p>\n' for one in told.get(name, ())]
            body.append(f"<div>{UNSEARCHED[0]}{html}{UNSEARCHED[1]}</div>\n")
    return (
        f'<p>{escape(intro)}</p>\n<div class="sw-page sw-scorecard sw-sample">\n'
        f"{writer.sprite(context)}\n{''.join(body)}</div>\n"
    )


def _explanations(view: View, context: ScorecardContext) -> Mapping[str, tuple[str, ...]]:
    """By part of a scorecard: what it is, and what to do with it."""
    _ = view.texts.gettext
    return {
        "head": (
            _(
                "At the top stands whose figures these are, for which month, and by which edition they "
                "were judged. “Provisional” and “objections until” say that figures may still change: if "
                "one is wrong, now is the time."
            ),
        ),
        "situation": (_("A hint like this stands here when something special holds for the month."),),
        "results": (
            _(
                "Results come first: in euros, as a share of the target, and with what is missing. The "
                "bar is the value, the upright line the target."
            ),
        ),
        "agreed": (_("What was agreed in the last talk. Begin the next one here."),),
        "first": (
            _(
                "At most three standards, each with the reason and the first step to improve. If you have"
                " five minutes, read this."
            ),
        ),
        "standards": (
            _(
                "The line of counts says how many standards are in which state, and what changed on last "
                "month. What is not scored counts neither for nor against you."
            ),
            _(
                "Each row is a standard: the value, its target, the mark, the line of the last months, "
                "and the change on last month. With product lines the weakest may decide; then its name "
                "stands beside the standard’s."
            ),
            _(
                "Open a row to see its maths: the formula with the numbers put in, the product lines and "
                "the period. From there a link leads to the very text it was judged by."
            ),
        ),
        "notes": (
            _(
                "Notes by the team lead, your own reply and the actions you agree on. Your reply stays "
                "with the scorecard."
            ),
        ),
        "foot": (_("At the end: how scoring works, whom to ask, and your figures as files."),),
    }
