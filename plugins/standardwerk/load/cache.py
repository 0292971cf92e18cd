"""Tables that were read before, so that an unchanged file is not parsed again.

An entry is found by a hash of the file's bytes, its contract and everything that reads it (the package's own code,
Python, the locale data), never by names or time stamps: what is found is what reading would give. Only tables without
any fault are kept, so that no diagnostic is lost. An entry that is not whole, or not ours, is read as if it were not
there. The folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Any

import babel

import standardwerk
from standardwerk.diagnostics import Diagnostics
from standardwerk.load.headers import Contract, Made
from standardwerk.load.tables import Table, read_contract
from standardwerk.model.arrivals import Reading

_PLAIN = {("decimal", "Decimal"), ("datetime", "date")}
_DIGEST = hashlib.sha256().digest_size
#: Entries that this run did not need are kept up to so many, for the other branch or the other date.
_SPARE = 2000


@cache
def _readers() -> bytes:
    """A hash of what turns bytes into values."""
    found = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent
    for file in sorted([*package.glob("load/*.py"), *package.glob("model/*.py")]):
        found.update(hashlib.sha256(file.read_bytes()).digest())
    for part in (standardwerk.__version__, sys.version, babel.__version__):
        found.update(part.encode() + b"\0")
    return found.digest()


def _describe(contract: Contract) -> bytes:
    dialect = contract.dialect
    parts: list[object] = [
        [(name, form.model_dump_json()) for name, form in contract.columns.items()],
        contract.key,
        contract.ignore,
        contract.wide.model_dump_json() if contract.wide is not None else None,
        _describe_made(contract.made) if contract.made is not None else None,
        [getattr(dialect, name) for name in dialect.__slots__ if name != "missing"],
        sorted(dialect.missing),
        [(name, lookup.table, sorted(lookup.values.items())) for name, lookup in sorted(contract.values.items())],
    ]
    return repr(parts).encode()


def _describe_made(made: Made) -> list[object]:
    columns = [(name, form.model_dump_json()) for name, form in made.columns.items()]
    return [made.transactions.model_dump_json(), columns, made.key]


class _Unpickler(pickle.Unpickler):
    """Reads plain data only: whatever else an entry names is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class TableCache:
    """Tables below a folder. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.hits = 0
        self._used: set[str] = set()
        self._contracts: dict[int, tuple[Contract, bytes]] = {}

    def read(self, data: bytes, file: str, contract: Contract, diagnostics: Diagnostics) -> Table | None:
        """The table of a file: a kept one, or read now."""
        if self.folder is None:
            return read_contract(data, file, contract, diagnostics)
        name = self._name(data, contract)
        self._used.add(name)
        found = self._load(self.folder / name)
        if found is not None:
            self.hits += 1
            return found
        own = Diagnostics()
        table = read_contract(data, file, contract, own)
        diagnostics.extend(own)
        if table is not None and table.reading is not None and not len(own):
            self._save(self.folder / name, table, table.reading)
        return table

    def _name(self, data: bytes, contract: Contract) -> str:
        known = self._contracts.get(id(contract))
        if known is None:
            # The contract is kept, so that its id stays its own.
            known = self._contracts[id(contract)] = (contract, hashlib.sha256(_describe(contract)).digest())
        key = hashlib.sha256(_readers() + known[1] + hashlib.sha256(data).digest())
        return key.hexdigest()

    def _load(self, path: Path) -> Table | None:
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        # The name is part of what is hashed: an entry under another's name is not taken for it.
        payload = entry[_DIGEST:]
        if hashlib.sha256(path.name.encode() + payload).digest() != entry[:_DIGEST]:
            return None
        try:
            columns, cells, lines, places, read_as = _Unpickler(io.BytesIO(payload)).load()
            if isinstance(lines, tuple):
                lines = range(*lines)
            rows = list(zip(zip(*cells, strict=True), lines, strict=True))
        except (pickle.UnpicklingError, ValueError, TypeError, EOFError, AttributeError, ImportError, IndexError):
            return None
        return Table(columns, rows, places, Reading(*read_as))

    def _save(self, path: Path, table: Table, reading: Reading) -> None:
        lines: Any = [line for _, line in table.rows]
        if lines and lines == list(range(lines[0], lines[0] + len(lines))):
            lines = (lines[0], lines[0] + len(lines))
        cells = [list(column) for column in zip(*(row for row, _ in table.rows), strict=True)]
        cells = cells or [[] for _ in table.columns]
        payload = pickle.dumps((table.columns, cells, lines, table.places, astuple(reading)), protocol=5)
        entry = hashlib.sha256(path.name.encode() + payload).digest() + payload
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(entry)
            draft.replace(path)
        except OSError:
            # A cache that cannot be written costs time, nothing else.
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what this run had no use for, if there is much of it."""
        if self.folder is None or not self.folder.is_dir():
            return
        spare = [file for file in self.folder.iterdir() if file.name not in self._used]
        if len(spare) > _SPARE:
            for file in spare:
                with suppress(OSError):
                    file.unlink(missing_ok=True)
