"""Who works on whole people, chunk by chunk: processes of this machine, or a cluster (``cluster.py``)."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import forkserver, get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Any, Generic, Protocol, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

#: Fewer scorecard pages than this are not worth other processes.
SMALL = 400
#: People in a chunk at most: enough to pay for its way to a worker, few enough to keep memory flat.
CHUNK = 25


def worker_count(wanted: int | None, pages: int) -> int:
    """How many processes a number of scorecard pages is worth."""
    if wanted is not None:
        return max(1, wanted)
    return 1 if pages < SMALL else (os.cpu_count() or 1)


def chunked(items: Sequence[Item], count: int) -> list[Sequence[Item]]:
    """Items in chunks for so many workers, the same each time."""
    size = max(1, min(CHUNK, -(-len(items) // (2 * count))))
    return [items[start : start + size] for start in range(0, len(items), size)]


def _context() -> BaseContext:
    """Processes never fork the host, which may have threads (a forked child could hang in them).

    Where the system has it, they fork a server that has done nothing but read the modules: once for all of them.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["standardwerk.pipeline"])
    return context


def get_ready() -> None:
    """Let the server read the modules while the project is read."""
    if "forkserver" in get_all_start_methods():
        _context()
        forkserver.ensure_running()


Known = TypeVar("Known")


class PerThread(Generic[Known]):
    """What a worker was told at its start. A worker of a cluster may be several threads, each with its own."""

    def __init__(self) -> None:
        self._known: dict[int, Known] = {}
        _EVERYTHING.append(self)

    def get(self) -> Known | None:
        """What this thread was told."""
        return self._known.get(threading.get_ident())

    def set(self, known: Known) -> None:
        """Tell this thread."""
        self._known[threading.get_ident()] = known

    def clear(self) -> None:
        """Forget everything, in all threads."""
        self._known.clear()


_EVERYTHING: list[PerThread[Any]] = []


def forget() -> None:
    """Forget everything that this process was told as a worker."""
    for one in _EVERYTHING:
        one.clear()


class Workers(Protocol):
    """Take chunks and give back outcomes, in the order of the chunks: who works on which shows in nothing."""

    count: int
    """How many chunks are worked on at a time."""
    remember: bool
    """Whether a chunk that comes again comes to the same worker, which may remember its people."""

    def start(self, function: Callable[..., None], *arguments: Any) -> None:
        """Have a function called once in every worker, before what is given to it later. A failure shows in `map`."""

    def map(self, function: Callable[[Sequence[Item]], Outcome], chunks: Sequence[Sequence[Item]]) -> Iterator[Outcome]:
        """Give out all chunks at once. Yields their outcomes in order."""

    def close(self) -> None:
        """Let go of the workers."""


def _begin(function: Callable[..., None], *arguments: Any) -> None:
    """Start a worker; what it knows then lasts as long as itself, so the collector need not look at it again."""
    function(*arguments)
    gc.freeze()


class Processes:
    """So many processes of this machine; chunk by chunk in turn. A person always comes to the same process."""

    remember = True

    def __init__(self, count: int) -> None:
        self.count = count
        self._executors = [ProcessPoolExecutor(1, mp_context=_context()) for _ in range(count)]
        self._started: list[Future[None]] = []

    def start(self, function: Callable[..., None], *arguments: Any) -> None:
        """Call a function once in every process, before what is given to it later. A failure shows in :meth:`map`."""
        self._started += [executor.submit(_begin, function, *arguments) for executor in self._executors]

    def map(self, function: Callable[[Sequence[Item]], Outcome], chunks: Sequence[Sequence[Item]]) -> Iterator[Outcome]:
        """Give out all chunks at once. Yields their outcomes in order."""
        given = [self._executors[index % self.count].submit(function, chunk) for index, chunk in enumerate(chunks)]

        def outcomes() -> Iterator[Outcome]:
            for one in self._started:
                one.result()
            for waiting in given:
                yield waiting.result()

        return outcomes()

    def close(self) -> None:
        """End the processes."""
        for executor in self._executors:
            executor.shutdown(cancel_futures=True)
