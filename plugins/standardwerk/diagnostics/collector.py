"""Where faults were found, and the collection of a run's faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from standardwerk.diagnostics.code import Code, Severity
from standardwerk.diagnostics.codes import CODES


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault is. ``line`` and ``column`` count from 1; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault at one place."""

    code: Code
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Files in order, and lines within a file."""
        return (self.place.file, self.place.line, self.place.column, self.code.code)


class Diagnostics:
    """The faults of one run, in the order of their places. Equal faults are kept once.

    Beside them stands what a fault leaves open (:meth:`doubt`): who is listed in a row that cannot be read is not
    unknown. A check that something is missing asks :meth:`doubts` first, so that one fault does not cause ten.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], Diagnostic] = {}
        self._doubts: dict[str, set[str | None]] = {}

    def doubt(self, kind: str, name: str | None = None) -> None:
        """Something of a kind (like ``rep``) may be there, but what gives it has a fault; None: any of its kind."""
        self._doubts.setdefault(kind, set()).add(name)

    def doubts(self, kind: str, name: str | None = None) -> bool:
        """Whether it is open if there is such a thing; without a name: whether the list of its kind is not whole."""
        found = self._doubts.get(kind)
        if not found:
            return False
        return name is None or name in found or None in found

    @property
    def has_doubts(self) -> bool:
        """Whether anything is left open."""
        return bool(self._doubts)

    def add(self, code: str, place: Place, /, **values: object) -> None:
        """Record a fault. ``values`` fill the code's texts."""
        texts = {name: str(value) for name, value in values.items()}
        self._keep(Diagnostic(CODES[code], place, texts))

    def _keep(self, diagnostic: Diagnostic) -> None:
        key = (diagnostic.code.code, diagnostic.place, tuple(sorted(diagnostic.values.items())))
        self._found.setdefault(key, diagnostic)

    def extend(self, others: Iterable[Diagnostic]) -> None:
        """Take over the diagnostics of a part of the run."""
        for other in others:
            self._keep(other)

    def drop(self, code: str) -> None:
        """Forget the faults of a code: to whoever asks they are none."""
        self._found = {key: one for key, one in self._found.items() if one.code.code != code}

    def soften(self, prefix: str, /, **values: object) -> int:
        """Make warnings of the errors in files whose names begin with a prefix, with further values; how many."""
        bad = {
            key: one
            for key, one in self._found.items()
            if one.code.severity is Severity.ERROR and one.place.file.startswith(prefix)
        }
        texts = {name: str(value) for name, value in values.items()}
        for key, one in bad.items():
            del self._found[key]
            self._keep(Diagnostic(replace(one.code, severity=Severity.WARNING), one.place, {**one.values, **texts}))
        return len(bad)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._found.values(), key=lambda diagnostic: diagnostic.sort_key))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> list[Diagnostic]:
        """The faults that stop a build."""
        return [diagnostic for diagnostic in self if diagnostic.code.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Diagnostic]:
        """The faults that do not."""
        return [diagnostic for diagnostic in self if diagnostic.code.severity is Severity.WARNING]
