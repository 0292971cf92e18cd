"""A process that publishes sites of many small files, one after another, until it is killed.

usage: publishing_process.py TARGET link|index FIRST_VERSION
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from standardwerk.publish.releases import Releases, keep_unchanged

FILES = 30


def main(target: str, way: str, first: int) -> None:
    releases = Releases(Path(target), by_index=way == "index")
    version = first
    while True:
        with releases.locked():
            part = releases.begin(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=version))
            for number in range(FILES):
                file = part / f"folder-{number % 5}" / f"{number}.txt"
                file.parent.mkdir(exist_ok=True)
                # Every third file is the same in all versions.
                file.write_text(f"{number if number % 3 == 0 else version}\n")
            (part / "index.html").write_text(f"{version}\n")
            current = releases.current()
            if current is not None:
                keep_unchanged(releases.path(current), part)
            releases.switch(releases.finish(part))
            releases.prune(3)
        version += 1


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
