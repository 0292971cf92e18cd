"""Contexts to HTML: one function per page kind, and the generated blocks of handbook pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from standardwerk.render.anchors import anchor_scale
from standardwerk.render.change_words import ChangeWords
from standardwerk.render.editions import (
    Keep,
    change_blocks,
    complete_blocks,
    frame_blocks,
    retroactive_words,
    templates,
)
from standardwerk.render.rows import RowWriter
from standardwerk.render.sample import sample_scorecard
from standardwerk.render.view import View
from standardwerk.site.contexts import ChangesContext, Chapter, MethodContext
from standardwerk.site.plan import HandbookPage


def _made(chapter: Chapter, make: Callable[[], Markup]) -> Markup:
    return make()


def blocks(view: View, page: HandbookPage, personal: bool, keep: Keep = _made) -> Mapping[str, str]:
    """The generated parts of a handbook page, by name. ``keep`` may give chapters of a whole edition from before."""
    told = ChangeWords(view)
    given = {
        "as_of": view.site.as_of,
        "since": told.since,
        "rule_name": told.rule_name,
        "rule_value": told.rule_value,
        "anchor_scale": lambda found, heading: anchor_scale(view, found, heading),
        "retroactive": lambda revision: retroactive_words(view, revision),
    }
    module: Any = view.environment.get_template("blocks.html").make_module(given)
    editions = templates(view, announced=isinstance(page.context, ChangesContext) and page.context.announced)
    context: Any = page.context
    url = page.url
    found = frame_blocks(view, page, editions)
    if page.kind == "standard":
        found |= {
            "standard-head": module.standard_head(context),
            "measures": module.measures(context),
            "anchors": module.anchors(context),
            "steps": module.steps(context),
            "quiz": module.quiz(context),
            "history": module.history(context.revision, context.history, url),
        }
    elif page.kind == "standards":
        found |= {"standards": module.standards(context, url)}
    elif page.kind == "home":
        frame = page.frame
        force = editions.force(context.edition, frame.state, frame.last_day).strip() if frame is not None else ""
        found |= {"home-edition": module.home_edition(context, force, url), "ways": module.ways(context, url)}
        found["text-note"] = module.home_note(context, page.revision)
    elif page.kind == "method":
        found |= {
            "example": module.example(context, _example_maths(view, context)),
            "text-head": module.text_head(context.method, retroactive_words(view, context.method)),
            "history": module.history(context.method, context.history, url),
        }
    elif page.kind == "page" and context is not None:
        found |= {
            "text-head": module.text_head(context.revision),
            "history": module.history(context.revision, context.history, url),
        }
    elif page.kind == "onboarding":
        made: Any = view.environment.get_template("onboarding.html").make_module({"as_of": view.site.as_of})
        found |= {"onboarding": made.onboarding(context, url)}
    elif page.kind == "sample":
        found |= {"sample": sample_scorecard(view, context), "marks": module.marks()}
    elif page.kind == "glossary":
        found |= {f"term-{term.id}": module.term(term) for term in context.terms}
        found["glossary"] = module.glossary(context)
    elif page.kind == "editions":
        found |= {"editions": editions.timeline(context, url)}
    elif page.kind == "changes":
        found |= change_blocks(context, url, editions)
    elif page.kind == "complete":
        found |= complete_blocks(view, page, editions, module, keep)
    elif page.kind == "my-scorecard":
        found["marks"] = module.marks()
        found |= {"my-scorecard": module.my_scorecard(context, personal, page.url)}
    if page.terms:
        found["terms"] = module.terms(page.terms)
    return {name: str(html).strip() for name, html in found.items()}


def _example_maths(view: View, context: MethodContext) -> Markup:
    """The example's maths, as a scorecard shows it."""
    if context.example is None or context.example_month is None:
        return Markup("")
    return Markup(RowWriter(view).measure(context.example.main, context.example_month, level=3))
