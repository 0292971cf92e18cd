"""YAML to plain values, with the place of each.

Every scalar stays text, and the field it is for decides what it means. That makes the surprises of YAML 1.1
impossible: ``no`` is no truth value, ``1:30`` no number, ``2025.10`` keeps its zero. Keys that stand twice, aliases,
tags and merge keys are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

import yaml

from standardwerk.diagnostics import Diagnostics, Place

Path = tuple[str | int, ...]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null"})
_STANDARD_TAG = "tag:yaml.org,2002:"
#: What YAML itself takes a value without tag for; any other tag was written.
_UNWRITTEN_TAGS = frozenset(
    _STANDARD_TAG + name
    for name in ("str", "null", "bool", "int", "float", "timestamp", "value", "merge", "seq", "map")
)
_MAX_DEPTH = 40
#: The last part of the path of a key itself.
_KEY = "[key]"
#: What nests in YAML without line breaks. The parser in C has no limit of its own and would overflow its stack.
_OPENERS = ("[", "{", "- ", "-\t", "? ", "?\t")
_MANY_OPENERS = 500


@dataclass(frozen=True)
class Document:
    """A YAML file: plain dicts, lists, texts and None, and where each of them stands."""

    file: str
    data: Any
    places: Mapping[Path, tuple[int, int]]

    def known(self, path: Path) -> Path:
        """The part of a path that is in the file: what is not is passed over."""
        known: Path = ()
        for part in path:
            if part != _KEY and (*known, part) in self.places:
                known = (*known, part)
        return known

    def without(self, paths: Set[Path]) -> Document:
        """The document without the values at some paths; what follows in a list moves up."""
        places: dict[Path, tuple[int, int]] = {}

        def copy(value: Any, old: Path, new: Path) -> Any:
            for key in ((), (_KEY,)):
                if (*old, *key) in self.places:
                    places[*new, *key] = self.places[*old, *key]
            if isinstance(value, dict):
                return {
                    key: copy(inner, (*old, key), (*new, key))
                    for key, inner in value.items()
                    if (*old, key) not in paths
                }
            if isinstance(value, list):
                kept = [index for index in range(len(value)) if (*old, index) not in paths]
                return [copy(value[index], (*old, index), (*new, at)) for at, index in enumerate(kept)]
            return value

        return Document(self.file, None if () in paths else copy(self.data, (), ()), places)

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """Where a value stands (or its key). Parts of the path that are not in the file are passed over."""
        known = self.known(path)
        if key and (*known, _KEY) in self.places:
            known = (*known, _KEY)
        line, column = self.places.get(known, (0, 0))
        return Place(self.file, line, column)


def read(text: str, file: str, diagnostics: Diagnostics) -> Document | None:
    """Parse a YAML text. Faults go to ``diagnostics``; None if there is no usable document."""
    before = len(diagnostics)
    try:
        if place := _overdeep(text, file):
            diagnostics.add("SW101", place, problem="nesting")
            return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        diagnostics.add("SW101", place, problem=error.problem or "?")
        return None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        diagnostics.add("SW101", Place(file), problem=type(error).__name__)
        return None
    builder = _Builder(file, diagnostics)
    data = builder.build(node, (), 0) if node is not None else {}
    return Document(file, data, builder.places) if len(diagnostics) == before else None


def _overdeep(text: str, file: str) -> Place | None:
    """Where a text nests too deeply to be composed; looked for only where there is enough to nest."""
    if sum(map(text.count, _OPENERS)) < _MANY_OPENERS:
        return None
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MANY_OPENERS:
                mark = event.start_mark
                return Place(file, mark.line + 1, mark.column + 1) if mark is not None else Place(file)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


class _Builder:
    def __init__(self, file: str, diagnostics: Diagnostics) -> None:
        self.file = file
        self.diagnostics = diagnostics
        self.places: dict[Path, tuple[int, int]] = {}
        self.seen: set[int] = set()

    def fault(self, code: str, node: yaml.Node, **values: object) -> None:
        mark = node.start_mark
        self.diagnostics.add(code, Place(self.file, mark.line + 1, mark.column + 1), **values)

    def build(self, node: yaml.Node, path: Path, depth: int) -> Any:
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in self.seen or node.tag not in _UNWRITTEN_TAGS:
            self.fault("SW103", node)
            return None
        if depth > _MAX_DEPTH:
            self.fault("SW101", node, problem="nesting")
            return None
        # An alias yields the very same node again; the tree keeps all nodes, so that each id stays its own.
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            if "\0" in node.value:
                self.fault("SW101", node, problem="\\0")
                return None
            return None if not node.style and node.value in _NOTHING else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index), depth + 1) for index, child in enumerate(node.value)]
        return self.mapping(node, path, depth)

    def mapping(self, node: yaml.Node, path: Path, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            plain = isinstance(key_node, yaml.ScalarNode) and key_node.tag in _UNWRITTEN_TAGS
            if not plain or key_node.tag == _STANDARD_TAG + "merge" or id(key_node) in self.seen:
                self.fault("SW103", key_node)
                continue
            self.seen.add(id(key_node))
            key = key_node.value
            if key in result:
                self.fault("SW102", key_node, key=key)
                continue
            self.places[(*path, key, _KEY)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            result[key] = self.build(value_node, (*path, key), depth + 1)
        return result
