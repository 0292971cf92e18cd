"""An Atom feed (RFC 4287) of the editions in a language: who subscribes hears of an edition when it is published."""

from __future__ import annotations

from datetime import date
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from standardwerk.render.redline import KINDS
from standardwerk.render.view import View
from standardwerk.site.contexts import EditionsContext, ListedEdition

FEED = "feed.xml"
"""The feed's name, beside the list of editions."""
_ATOM = "http://www.w3.org/2005/Atom"


def edition_feed(view: View, context: EditionsContext, url: str, base: str) -> str:
    """The feed of the editions on the page at address ``url``.

    ``base`` is the address of the site's root; empty if it is not known: then links are relative to the feed. Ids are
    made from the handbook's names and the edition's label, so that they stay when a site moves.
    """
    _, names = view.texts.gettext, view.handbook.names
    first = next(iter(names.languages))
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": view.language})

    def text(parent: ET.Element, name: str, value: str) -> None:
        ET.SubElement(parent, name).text = value

    def link(parent: ET.Element, relation: str, target: str, kind: str) -> None:
        address = view.link(target, url)
        href = urljoin(urljoin(base, url), address) if base else address
        ET.SubElement(parent, "link", {"rel": relation, "type": kind, "href": href})

    def identity(*parts: str) -> str:
        return uuid5(NAMESPACE_URL, "\n".join((names.organisation, names.title[first], view.language, *parts))).urn

    text(feed, "id", identity())
    text(feed, "title", names.title[view.language] + ": " + _("Editions"))
    text(feed, "updated", _moment(max(one.edition.published_on for one in context.editions)))
    text(ET.SubElement(feed, "author"), "name", names.organisation)
    if base:
        link(feed, "self", f"{url}{FEED}", "application/atom+xml")
    link(feed, "alternate", url, "text/html")
    for one in context.editions:
        entry = ET.SubElement(feed, "entry")
        text(entry, "id", identity(one.edition.label))
        text(entry, "title", _("Edition {label}", label=one.edition.label))
        text(entry, "published", _moment(one.edition.published_on))
        text(entry, "updated", _moment(one.edition.published_on))
        link(entry, "alternate", one.changes_url or one.url, "text/html")
        text(entry, "summary", _summary(view, one))
    ET.indent(feed)
    return ET.tostring(feed, "unicode", xml_declaration=False) + "\n"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _summary(view: View, one: ListedEdition) -> str:
    """From when an edition holds, what it is about, and which texts it changes."""
    _, day = view.texts.gettext, view.formats.date(one.edition.effective_from)
    told = [_("In force from {date}.", date=day), one.edition.note[view.language]]
    if not one.first:
        listed = [(view.local(each.title), each.mark) for each in one.changed]
        listed += [(view.local(each.title), "retired") for each in one.retired]
        listed += [(each.title, each.mark) for each in one.texts]
        told += [f"{title} ({_(KINDS[mark])})" for title, mark in listed]
        told[2:] = ["; ".join(told[2:])] if listed else []
    return " ".join(told)
