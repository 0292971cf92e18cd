"""What a command costs: seconds, processor seconds and memory of all its processes."""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_APART = 0.05
_MEMORY_EVERY = 4


@dataclass(frozen=True)
class Cost:
    """Of one run."""

    seconds: float
    processor: float
    """Seconds of all processors, as sampled: what a process does in its last moments is not in it."""
    memory: float
    """MB at most, of all processes at a time (what they share counts once, files on tmpfs do not)."""


class _Watch(threading.Thread):
    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = psutil.Process(root)
        self.processor: dict[int, float] = {}
        self.memory = 0.0
        self.ended = threading.Event()

    def run(self) -> None:
        turn = 0
        while not self.ended.wait(_APART):
            memory = 0
            with contextlib.suppress(psutil.Error):
                for process in (self.root, *self.root.children(recursive=True)):
                    with contextlib.suppress(psutil.Error):
                        times = process.cpu_times()
                        self.processor[process.pid] = times.user + times.system
                        if turn % _MEMORY_EVERY == 0:
                            memory += process.memory_full_info().pss
            self.memory = max(self.memory, memory / 1e6)
            turn += 1


def cost(command: Sequence[str | Path], folder: Path, environment: dict[str, str]) -> Cost:
    """Run a command to its end. Raises ``CalledProcessError``."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    watch = _Watch(process.pid)
    watch.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - begun
    watch.ended.set()
    watch.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)), said)
    return Cost(seconds, sum(watch.processor.values()), watch.memory)
