"""The annex for works council and data protection: one document, complete by itself."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from standardwerk.render.anchors import anchor_scale
from standardwerk.render.change_words import ChangeWords
from standardwerk.render.texts import Texts
from standardwerk.render.theme import stylesheet
from standardwerk.render.view import View
from standardwerk.site.annex import AnnexContext
from standardwerk.site.places import Audience, Kind

_LINK = re.compile(r'(<a\b[^>]*?) href="[^"]*"(?: download)?')
_RELATION = re.compile(r'(<a\b[^>]*?) rel="[^"]*"')
_ID = re.compile(r'(<(?!symbol)[a-z0-9]+\b[^>]*?) (?:id|aria-labelledby|aria-describedby)="[^"]*"')
#: Landmarks of a page are none of the document's.
_LANDMARK = re.compile(r'(<section\b[^>]*?) aria-label="[^"]*"')
_NAVIGATION = re.compile(r"<nav\b[^>]*>|</nav>")
_REGION = re.compile(r'(<div\b[^>]*?) role="region"')
_HEADING = re.compile(r"(</?h)([1-4])\b")
_SYMBOL = re.compile(r'<symbol id="([^"]*)".*?</symbol>', re.DOTALL)
_FONT = re.compile(r'url\("\.\./fonts/([^"]+)"\)')


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A page about people, made of an invented person."""

    kind: str
    html: str


def annex(view: View, context: AnnexContext, samples: Sequence[SamplePage], theme: Path) -> str:
    """The document."""
    heads = page_names(view.texts)
    seen: set[str] = set()
    shown = [(heads[one.kind], _inner(one.html, seen)) for one in samples]
    return view.render(
        "annex.html",
        context,
        # The theme's own files, which cannot end the element.
        style=Markup(_style(theme)),
        samples=shown,
        all_roles=view.handbook.names.roles,
        export_rules=ChangeWords(view).export_rules,
        anchor_scale=lambda anchors, heading: anchor_scale(view, anchors, heading),
        page_name=lambda kind: heads[kind.name],
        readers=lambda kind: _readers(view, context, kind),
        type_word=lambda form: _type_word(view.texts, form.type if form is not None else "string"),
    )


def _style(theme: Path) -> str:
    """The theme's styles with the font in them, so that the document can be sent as one file."""
    text = stylesheet(theme)[1]

    def inline(found: re.Match[str]) -> str:
        data = base64.b64encode((theme / "assets" / "fonts" / found[1]).read_bytes()).decode()
        return f'url("data:font/woff2;base64,{data}")'

    return _FONT.sub(inline, text).replace("</", "<\\/")


def _inner(html: str, seen: set[str]) -> Markup:
    """A page as a part of the document: nothing to follow, headings two steps lower, each mark's drawing once."""

    def once(found: re.Match[str]) -> str:
        if found[1] in seen:
            return ""
        seen.add(found[1])
        return found[0]

    text = _SYMBOL.sub(once, _NAVIGATION.sub("", html))
    while _ID.search(text):
        text = _ID.sub(r"\1", text)
    text = _REGION.sub(r'\1 role="group"', _LANDMARK.sub(r"\1", _RELATION.sub(r"\1", _LINK.sub(r"\1", text))))
    text = _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 2}", text)
    # Written by the page's own writer, which escapes.
    return Markup(text)


def page_names(texts: Texts) -> dict[str, str]:
    """What the kinds of pages about people are called."""
    _ = texts.gettext
    return {
        "scorecard": _("Scorecard of a month"),
        "conversation": _("Sheet for the talk"),
        "rep": _("A person’s overview"),
        "team": _("The team’s month, for its lead"),
        "scorecard-json": _("Figures of a scorecard as JSON"),
        "scorecard-csv": _("Figures of a scorecard as CSV"),
        "organisation": _("The organisation’s month"),
        "organisation-newest": _("The organisation’s newest month"),
        "totals": _("The organisation’s month with business totals"),
        "trend": _("Trend of a standard"),
        "data-quality": _("Quality of the data"),
    }


def _readers(view: View, context: AnnexContext, kind: Kind) -> str:
    """Who reads a kind of page, in words."""
    _ = view.texts.gettext
    with_lead = context.access.default == "own-and-lead"
    found = {
        Audience.PERSON: [_("the person alone")],
        Audience.PERSON_AND_LEAD: [_("the person")],
        Audience.LEAD: [],
        Audience.GROUP: [],
    }[kind.audience]
    if with_lead and kind.audience in {Audience.PERSON_AND_LEAD, Audience.LEAD}:
        found.append(_("whoever led the team in that month"))
    if kind.permission:
        if kind.permission in context.access.everyone:
            found.append(_("everybody on the roster"))
        found += [view.local(group.name) for group in context.groups if kind.permission in group.may]
    return ", ".join(found) or _("nobody")


def _type_word(texts: Texts, kind: str) -> str:
    _ = texts.gettext
    return {
        "integer": _("whole number"),
        "number": _("number"),
        "date": _("date"),
        "boolean": _("yes or no"),
        "month": _("month"),
    }.get(kind, _("text"))
