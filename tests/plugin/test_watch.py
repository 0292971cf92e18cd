"""Changes that are made while a build is under way are seen after it."""

from __future__ import annotations

import threading
from pathlib import Path
from queue import Empty

from watchdog.observers.api import EventQueue, ObservedWatch

from standardwerk.plugin_serving import _Watch


def seen(queue: EventQueue) -> list[str]:
    """The files that were changed, as far as they were noticed."""
    found = []
    while True:
        try:
            event, _ = queue.get_nowait()
        except Empty:
            return found
        if not event.is_directory:
            found.append(Path(str(event.src_path)).name)


def test_nothing_is_looked_at_during_a_build(tmp_path: Path) -> None:
    queue, building = EventQueue(), threading.Event()
    watch = _Watch(queue, ObservedWatch(str(tmp_path), recursive=True), building=building)
    watch.on_thread_start()
    (tmp_path / "before.md").write_text("1")
    watch.queue_events(0.01)
    assert seen(queue) == ["before.md"]
    building.set()
    (tmp_path / "meanwhile.md").write_text("1")
    watch.queue_events(0.01)
    assert seen(queue) == []
    building.clear()
    watch.queue_events(0.01)
    assert seen(queue) == ["meanwhile.md"]
