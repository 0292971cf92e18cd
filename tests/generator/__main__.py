"""The command line: ``python -m tests.generator``."""

from __future__ import annotations

import argparse
from pathlib import Path

from .building import build
from .demo import demo
from .months import Month, span
from .synthetic import synthetic


def main(arguments: list[str] | None = None) -> None:
    """Write the demo or an invented organisation into a folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator", description=main.__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="the scorecards folder to write")
    parser.add_argument("--demo", action="store_true", help="the demo organisation; the other options do not count")
    parser.add_argument("--reps", type=int, default=200, help="people with a scorecard, leavers included")
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--end", type=Month.parse, default=Month(2026, 10), metavar="YYYY-MM")
    parser.add_argument("--seed", default="1")
    options = parser.parse_args(arguments)
    if options.reps < 1 or options.months < 1:
        parser.error("--reps and --months are at least 1")
    if options.demo:
        build(demo(), options.folder)
    else:
        build(synthetic(options.seed, options.reps, span(options.end, options.months)), options.folder)


if __name__ == "__main__":
    main()
