"""What a process that serves remembers from one build to the next: outcomes, by everything they were made from.

A key is a hash of values, or values themselves; never a name or a time stamp. So there is nothing to invalidate: what
is found is what making it again would give. What the last whole build had no use for is forgotten.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from operator import attrgetter, methodcaller
from typing import Any, TypeVar

Outcome = TypeVar("Outcome")
Key = Hashable


class Memory:
    """Outcomes by kind and key."""

    def __init__(self) -> None:
        self._before: dict[tuple[str, Key], Any] = {}
        self._used: dict[tuple[str, Key], Any] = {}

    def find(self, kind: str, key: Key) -> Any:
        """An outcome that is remembered; None if there is none."""
        found = self._used.get((kind, key))
        if found is None:
            found = self._before.get((kind, key))
            if found is not None:
                self._used[kind, key] = found
        return found

    def keep(self, kind: str, key: Key, outcome: Outcome) -> Outcome:
        """Remember an outcome (not None) until a whole build has no use for it."""
        self._used[kind, key] = outcome
        return outcome

    def turn(self) -> None:
        """A build is whole: forget what it did not use."""
        self._before, self._used = self._used, {}


def recall(memory: Memory | None, kind: str, key: Callable[[], Key], make: Callable[[], Outcome]) -> Outcome:
    """What ``make`` gives, remembered if there is a memory. Without one the key is not even worked out."""
    if memory is None:
        return make()
    known = key()
    found: Outcome | None = memory.find(kind, known)
    return found if found is not None else memory.keep(kind, known, make())


def plain_print(*values: object) -> bytes:
    """A hash of values: equal ones stand for values that are equal down to their types and the order of their parts.

    They must be such as can be pickled.
    """
    return sha256(pickle.dumps(values, protocol=5)).digest()


class Prints:
    """Hashes like :func:`plain_print`, of values with parts in common.

    Values of the types ``shared`` are part of many others and hashed once, by their identity: as a whole, or what a
    function gives of them.
    """

    def __init__(self, shared: Mapping[type, Callable[[Any], object] | None]) -> None:
        self.shared = shared
        # By identity: the values are kept, so that their ids stay their own.
        self._parts = Memory()

    def turn(self) -> Prints:
        """Forget the shared values that were not met since the last time."""
        self._parts.turn()
        return self

    def of(self, *values: object) -> bytes:
        """The hash of values."""
        buffer = io.BytesIO()
        _Pickler(buffer, self).dump(values)
        return sha256(buffer.getbuffer()).digest()

    def part(self, value: object) -> bytes:
        """The hash of a shared value."""
        found: tuple[object, bytes] | None = self._parts.find("part", id(value))
        if found is None:
            covered = self.shared[type(value)]
            print_ = self.of(_reduced(value) if covered is None else covered(value))
            found = self._parts.keep("part", id(value), (value, print_))
        return found[1]


class _Pickler(pickle.Pickler):
    """Writes a hash in the place of a shared value."""

    def __init__(self, file: io.BytesIO, prints: Prints) -> None:
        super().__init__(file, protocol=5)
        self.prints = prints
        self.dispatch_table = _REDUCERS

    def persistent_id(self, obj: Any) -> Any:
        if type(obj) in self.prints.shared:
            # A number: pickle tells bytes that are the same object from bytes that are equal.
            return int.from_bytes(self.prints.part(obj))
        return None


class _Reducers(dict[type, Callable[[Any], Any]]):
    """How values of a type are taken apart to be pickled. Found without a call for each value."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, type):
            # Classes are pickled by their name.
            raise KeyError(kind)
        found = self[kind] = copyreg.dispatch_table.get(kind) or _taken_apart(kind)
        return found


_reduced = methodcaller("__reduce_ex__", 5)


def _taken_apart(kind: type) -> Callable[[Any], Any]:
    """How values of a type are taken apart. Dataclasses with slots look up their fields' names each time."""
    if not (is_dataclass(kind) and "__slots__" in kind.__dict__):
        return _reduced
    names = [field.name for field in fields(kind)]
    values = attrgetter(*names, "__class__")
    return lambda value: (kind, values(value))


_REDUCERS = _Reducers()
