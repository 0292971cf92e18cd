"""The audit of a page as it is told, without a memory and without cutting anything: to compare the quick one with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standardwerk.publish.audit.markup import facts
from standardwerk.publish.audit.names import Names
from standardwerk.publish.audit.pieces import Site
from standardwerk.publish.audit.report import Brief
from standardwerk.render.policy import hashed

Finding = tuple[str, str]
_ELEMENT = re.compile(rb"<(script|style)((?:\s[^>]*)?)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
#: A tag as the standard of HTML ends it: at the first ``>`` outside of quotes.
_TAG = re.compile(rb"""/?[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>""")


def look(brief: Brief, path: str, data: bytes) -> set[Finding]:
    """What is wrong with a page or a file of data: code, and what of it."""
    found = set(_names(brief, path, data))
    if path.endswith(".html"):
        found |= set(_page(brief, path, data))
    return found


def _names(brief: Brief, path: str, data: bytes) -> Iterator[Finding]:
    names, whole = Names(brief.identities), path.encode() + b"\n" + data
    # Every name is a candidate, and every one is read for in the whole file.
    candidates = [one for one in names.all if not one.reps & brief.mentions.at(path)]
    yield from (("SW703", name) for name, _ in names.read(whole, candidates, in_code=False))


def _page(brief: Brief, path: str, data: bytes) -> Iterator[Finding]:
    site, folders = Site(brief.files, brief.prefix, brief.origin), path.split("/")[:-1]
    ids: set[str] = set()
    own: set[str] = set()
    # The text before the first tag is looked at like one: that is more than a browser does.
    for start in (0, *(match.end() for match in re.finditer(b"<", data))):
        piece = data[start:].split(b"<")[0]
        tag = _TAG.match(data, start)
        for its in (facts(piece), facts(tag[0] if tag and len(tag[0]) > len(piece) else b"")):
            ids |= set(its.ids)
            yield from (("SW706", run) for run in its.runs)
            for address in its.addresses:
                there = site.lead(folders, address)
                if there.finding:
                    yield there.finding, there.address
                if there.own:
                    own.add(there.own)
                if there.other is not None and there.other[0] == path:
                    own.add(there.other[1])
    yield from (("SW705", f"#{fragment}") for fragment in own - ids)
    for match in _ELEMENT.finditer(data):
        kind, attributes = match[1].lower().decode(), match[2].lower()
        is_run = b"src" not in attributes and b"json" not in attributes
        if is_run and hashed(match[3]) not in (brief.policy.scripts if kind == "script" else brief.policy.styles):
            yield "SW706", f"<{kind}> {hashed(match[3])}"
