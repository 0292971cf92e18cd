"""What is said of a long build, and that nothing is said of a short one."""

from __future__ import annotations

import io

from standardwerk.progress import Progress, Stages


class Clock:
    """Moves by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def told(seconds: list[float], terminal: io.StringIO | None = None) -> list[str]:
    """The lines of a build whose chunks of 50 pages come after so many seconds each, of 200 pages at most."""
    clock, lines = Clock(), list[str]()
    progress = Progress(clock, lines.append, terminal)
    for passed in seconds:
        clock.now += passed
        progress(50, 200)
    progress.end()
    return lines


def test_a_short_build_says_nothing() -> None:
    terminal = io.StringIO()
    assert told([0.4, 0.4, 0.4], terminal) == []
    assert terminal.getvalue() == ""


def test_a_log_gets_a_line_now_and_then() -> None:
    assert told([2.5, 2.5, 2.5, 12.5]) == [
        "Scorecards: 50 of at most 200 pages, 20 pages a second, about 8 s left",
        "Scorecards: 200 of at most 200 pages, 10 pages a second, about 0 s left",
        "Scorecards: 200 pages in 20.0 s, 10 pages a second",
    ]


def test_a_terminal_gets_a_bar_that_goes_away() -> None:
    terminal = io.StringIO()
    assert told([2.5, 2.5], terminal) == ["Scorecards: 100 pages in 5.0 s, 20 pages a second"]
    drawn = terminal.getvalue().split("\r")
    assert "[###############               ] Scorecards: 100 of at most 200 pages" in drawn[2]
    assert drawn[-1] == "\x1b[K"
    assert "\n" not in terminal.getvalue()


def test_stages_are_told_one_after_the_other() -> None:
    clock, lines = Clock(), list[str]()
    stages = Stages(clock, lines.append)
    clock.now += 1.5
    stages.ended("read and check")
    clock.now += 0.25
    stages.ended("handbook")
    assert lines == ["   1.50 s  read and check", "   0.25 s  handbook"]
