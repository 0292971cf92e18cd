"""Takes a scorecard page apart into the values a template needs: texts escaped, numbers and drawings as they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any

from lxml import etree
from lxml import html as lxml_html

Node = Any
Values = dict[str, Any]


def dissect(page: str) -> Values:
    """The values of a page. What the benchmark's data never show (notes, corrections) is not looked for."""
    document = lxml_html.fromstring(page)
    sheet = _one(document, "sw-scorecard")
    head = _one(sheet, "sw-head")
    meta = _all(head, "sw-meta")
    edition = meta[1].find("a")
    first, foot = _one(sheet, "sw-first"), _one(sheet, "sw-foot")
    asked, ways = foot.findall("p")
    title = escape((document.findtext(".//title") or "").strip())
    return {
        "title": title,
        "topic": title.rpartition(" – ")[0],
        "states": [symbol.get("id") for symbol in _one(sheet, "sw-sprite")],
        "kicker": _text(_one(head, "sw-kicker")),
        "name": _text(head.find(".//bdi")),
        "whose": _text(meta[0]),
        "edition": _text(edition),
        "edition_href": edition.get("href"),
        "firm": _inner(edition.tail),
        "until": _text(until) if (until := meta[1].find("b")) is not None else "",
        "data": _inner(until.tail) if until is not None else "",
        "months": [
            {"rel": a.get("rel") or "", "href": a.get("href"), "text": _text(a)} for a in _one(head, "sw-months")
        ],
        "hints": [_text(p) for hint in _all(sheet, "sw-hint") for p in hint],
        "results": [_result(one) for one in _all(sheet, "sw-result")],
        "first": [_highlight(li) for li in first.iter("li")] if first is not None else [],
        "well": _text(first.find("p")) if first is not None and first.find("p") is not None else "",
        "counts": [_count(li) for li in _one(sheet, "sw-counts")],
        "went_well": _went_well(_one(sheet, "sw-well")),
        "groups": list(_groups(_one(sheet, "sw-standards"))),
        "ask": _text(asked),
        "method": ways[0].get("href"),
        "json": ways[1].get("href"),
        "csv": ways[2].get("href"),
    }


def _result(one: Node) -> Values:
    big = _one(one, "sw-big")
    period = one.find("h2/small")
    plain = [p for p in one.findall("p") if not p.get("class")]
    state = [p for p in plain if p.find("span") is not None]
    return {
        "title": _inner(one.find("h2").text),
        "period": _text(period),
        "big": _text(big) if big is not None else "",
        "lines": [_text(p) for p in plain if p not in state],
        "gap": _text(gap) if (gap := _one(one, "sw-gap")) is not None else "",
        "state": _state(state[0][0]) if state else None,
        "chart": _chart(one.find("svg")),
    }


def _highlight(li: Node) -> Values:
    anchor, state, last = li.find("a"), li[1], li[2]
    link = last if last.tag == "a" else last.find("a")
    return {
        "id": anchor.get("href")[1:],
        "title": _text(anchor),
        "state": _state(state),
        "reason": _inner(state.tail),
        "step": _inner(last.text) if last.tag == "span" else "",
        "href": link.get("href"),
        "aloud": _text(link.find("span")),
    }


def _count(li: Node) -> Values:
    number, more = li.find("b"), li.find("small")
    if number is None:
        return {"css": "sw-small", "text": _text(li), "n": "", "more": ""}
    return {
        "css": li.get("class"),
        "n": _text(number),
        "text": _inner(number.tail).strip(),
        "more": _text(more) if more is not None else "",
    }


def _went_well(paragraph: Node) -> list[Values]:
    if paragraph is None:
        return []
    return [{"href": a.get("href"), "title": _text(a), "after": _inner(a.tail)} for a in paragraph.findall("a")]


def _groups(section: Node) -> Iterator[Values]:
    for head in section.findall("h3"):
        yield {"name": _text(head), "rows": [_row(one) for one in head.getnext()]}


def _row(one: Node) -> Values:
    summary, opened = one.find("summary"), one.find("div")
    title, value = _one(summary, "sw-title"), _one(summary, "sw-value")
    bullet, line = _one(summary, "sw-bullet"), _one(summary, "sw-line")
    signal = _one(summary, "sw-signal")
    links = _one(opened, "sw-links")
    beside = links.getnext()
    ratings = next((fold for fold in opened.findall("details") if fold.find("div") is not None), None)
    level = next((fold for fold in opened.findall("details") if fold.find("dl") is not None), None)
    return {
        "id": one.get("id"),
        "title": _inner(title.text),
        "small": [_text(small) for small in title],
        "value": _text(value),
        "bare": "sw-bare" in value.get("class"),
        "target": _text(_one(summary, "sw-target")),
        "bullet": _chart(bullet),
        "state": _state(_one(summary, "sw-status")),
        "line": _chart(line),
        "change": _text(_one(summary, "sw-change")),
        "signal": _text(signal) if signal is not None else "",
        "edition": _text(links[0]),
        "href": links[0].get("href"),
        "beside": _text(beside) if beside.tag == "p" else "",
        "measures": [_measure(section) for section in opened.findall("section")],
        "ratings": _ratings(ratings) if ratings is not None else None,
        "level": _level(level) if level is not None else None,
    }


def _measure(section: Node) -> Values:
    head, told, *small = section.findall("h4") + section.findall("p")
    state, value = told.find("span"), told.find("b")
    before = state.tail if state is not None else told.text
    tables = section.findall(".//table")
    months = next((table for table in tables if table.get("class") == "sw-table"), None)
    lines = next((table for table in tables if table.get("class") != "sw-table"), None)
    return {
        "title": _inner(head.text).strip(),
        "role": _text(head.find("small")),
        "state": _state(state) if state is not None else None,
        "before": _inner(before),
        "value": _text(value) if value is not None else "",
        "after": _inner(value.tail) if value is not None else "",
        "steps": _text(small[0]),
        "months": _months(months) if months is not None else None,
        "lines": _lines(lines) if lines is not None else None,
        "source": _text(small[1]) if len(small) > 1 else "",
    }


def _months(table: Node) -> Values:
    return {
        "heads": [_text(th) for th in table.find("thead/tr")],
        "rows": [
            {"out": tr.get("class") is not None, "cells": [_text(cell) for cell in tr]} for tr in table.find("tbody")
        ],
    }


def _lines(table: Node) -> Values:
    rows = [
        {"cells": [_text(cell) for cell in tr[:-1]], "state": _state(tr[-1][0]) if len(tr[-1]) else None}
        for tr in table.find("tbody")
    ]
    return {"heads": [_text(th) for th in table.find("thead/tr")], "rows": rows}


def _ratings(fold: Node) -> Values:
    table = fold.find(".//table")
    rows = [
        [{"wrap": cell.get("class") is not None, "lang": cell.get("lang") or "", "text": _text(cell)} for cell in tr]
        for tr in table.find("tbody")
    ]
    return {"caption": _text(fold.find("summary")), "heads": [_text(th) for th in table.find("thead/tr")], "rows": rows}


def _level(fold: Node) -> Values:
    terms = fold.find("dl")
    pairs = [{"name": _text(dt), "text": _text(dt.getnext())} for dt in terms.findall("dt")]
    link = fold.find("p/a")
    return {"head": _text(fold.find("summary")), "pairs": pairs, "href": link.get("href"), "all": _text(link)}


def _state(span: Node) -> Values:
    return {"css": span.get("class").split()[-1], "word": _inner(span[0].tail).strip()}


def _chart(svg: Node) -> Values | None:
    if svg is None:
        return None
    return {
        "css": svg.get("class"),
        "box": svg.get("viewbox") or svg.get("viewBox"),
        "say": escape(svg.get("aria-label") or ""),
        "paths": [{"c": one.get("class"), "d": one.get("d")} for one in svg if one.tag == "path"],
        "dots": [{"c": one.get("class"), "x": one.get("cx"), "y": one.get("cy")} for one in svg if one.tag == "circle"],
    }


def _all(node: Node, css: str) -> list[Node]:
    return list(_of_class(css)(node))


@cache
def _of_class(css: str) -> etree.XPath:
    return etree.XPath(f'.//*[contains(concat(" ", @class, " "), " {css} ")]')


def _one(node: Node, css: str) -> Node:
    found = _all(node, css)
    return found[0] if found else None


def _text(node: Node) -> str:
    return _inner(node.text_content())


def _inner(text: str | None) -> str:
    return escape(text or "")
