"""Processes that work on whole people. A person always comes to the same process, which may remember her."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import forkserver, get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

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


class Workers:
    """So many processes; chunk by chunk in turn."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._executors = [ProcessPoolExecutor(1, mp_context=_context()) for _ in range(count)]
        self._started: list[Future[None]] = []

    def start(self, function: Callable[..., None], *arguments: Any) -> None:
        """Call a function once in every process, before what is given to it later. A failure shows in :meth:`map`."""
        self._started += [executor.submit(function, *arguments) for executor in self._executors]

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
