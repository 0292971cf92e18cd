"""``python -m tests.benchmarks.writing FROM TO``: a site's bytes written to another folder, read from tmpfs."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Read and write file by file: reading from tmpfs costs little beside writing."""
    source, target = map(Path, sys.argv[1:])
    for file in sorted(source.rglob("*")):
        copy = target / file.relative_to(source)
        if file.is_dir():
            copy.mkdir(parents=True, exist_ok=True)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())


if __name__ == "__main__":
    main()
