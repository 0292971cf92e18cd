"""Chunks on a Dask cluster, for sites that have outgrown one machine: ``workers: "tcp://scheduler:8786"``.

The cluster's workers have this package in the same version, and see the project's theme and the site's folder under
the same paths (a shared file system): they write the pages themselves and give back sums only. What a lost worker had
is done again by another one: a chunk's files are written anew, with the same bytes.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar
from uuid import uuid4

from standardwerk.workers import PerThread, forget

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

#: How often the cluster may lose a worker over the same chunk, before the chunk is taken to be what kills it.
LOSSES = 5
#: Seconds until a scheduler has to answer.
PATIENCE = 20


class NoClusterError(RuntimeError):
    """There is no scheduler."""


def is_installed() -> bool:
    """Whether the extra ``standardwerk[dask]`` is there."""
    return find_spec("distributed") is not None


class Cluster:
    """The workers of a cluster's scheduler. Raises :class:`NoClusterError` if none answers at the address."""

    remember = False

    def __init__(self, address: str) -> None:
        # Takes a few hundred milliseconds, paid only by who has a cluster.
        distributed: Any = import_module("distributed")
        try:
            self._client = distributed.Client(address, set_as_default=False, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise NoClusterError(f"No Dask scheduler answers at {address}.") from error
        self._executor = self._client.get_executor(pure=False, retries=LOSSES)
        self.count = max(1, sum(self._client.nthreads().values()))
        self._starts: list[Any] = []

    def start(self, function: Callable[..., None], *arguments: Any) -> None:
        """What is told to every worker is an outcome of the cluster's own, which it makes again if it is lost."""
        told = pickle.dumps((uuid4().hex, function, arguments))
        self._starts.append(self._client.submit(pickle.loads, told, pure=False))

    def map(self, function: Callable[[Sequence[Item]], Outcome], chunks: Sequence[Sequence[Item]]) -> Iterator[Outcome]:
        """Give out all chunks at once. Yields their outcomes in order."""
        starts = tuple(self._starts)
        given = [self._executor.submit(_work, function, chunk, *starts) for chunk in chunks]
        return (waiting.result() for waiting in given)

    def close(self) -> None:
        """Let the workers forget, and leave them."""
        self._executor.shutdown(wait=False)
        self._client.run(forget, on_error="ignore")
        self._client.close()


_started: PerThread[set[str]] = PerThread()


def _work(function: Callable[[Sequence[Item]], Outcome], chunk: Sequence[Item], *starts: Any) -> Outcome:
    """A chunk's outcome, in a worker, after what this thread has not been told yet."""
    done = _started.get()
    if done is None:
        done = set()
        _started.set(done)
    for name, begin, arguments in starts:
        if name not in done:
            begin(*arguments)
            done.add(name)
    return function(chunk)
