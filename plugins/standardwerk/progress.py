"""How far a long build is: a bar on a terminal, plain lines where they go to a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

#: Seconds before anything is said: who waits less needs no word.
QUIET = 2.0
#: Seconds between two lines of a log.
LINES_APART = 10.0
_WIDTH = 30


class Progress:
    """Pages that are written, their speed, the time left. Says nothing of anybody.

    ``clock`` gives seconds; ``terminal`` is where a bar can be drawn, and ``line`` takes a line where there is none.
    """

    def __init__(self, clock: Callable[[], float], line: Callable[[str], None], terminal: TextIO | None = None) -> None:
        self._clock, self._line, self._terminal = clock, line, terminal
        self._begun = self._said = clock()
        self._done = 0
        self._is_drawn = False

    def __call__(self, pages: int, expected: int) -> None:
        """So many more pages are written, of so many at most."""
        self._done += pages
        now = self._clock()
        passed = now - self._begun
        if passed < QUIET or not self._done:
            return
        if self._terminal is not None:
            share = min(self._done / expected, 1.0) if expected else 1.0
            bar = "#" * round(share * _WIDTH)
            self._terminal.write(f"\r[{bar:<{_WIDTH}}] {self._words(passed, expected)}\x1b[K")
            self._terminal.flush()
            self._is_drawn = True
        elif now - self._said >= LINES_APART or not self._is_drawn:
            self._line(self._words(passed, expected))
            self._said, self._is_drawn = now, True

    def _words(self, passed: float, expected: int) -> str:
        speed = self._done / passed
        left = max(expected - self._done, 0) / speed
        return (
            f"Scorecards: {self._done:,} of at most {expected:,} pages, {speed:,.0f} pages a second, "
            f"about {left:.0f} s left"
        )

    def end(self) -> None:
        """Take the bar away; say how many pages there are, if anything was said."""
        if not self._is_drawn:
            return
        if self._terminal is not None:
            self._terminal.write("\r\x1b[K")
            self._terminal.flush()
        passed = self._clock() - self._begun
        self._line(f"Scorecards: {self._done:,} pages in {passed:.1f} s, {self._done / passed:,.0f} pages a second")


class Stages:
    """Says how long each stage of a build took."""

    def __init__(self, clock: Callable[[], float], line: Callable[[str], None]) -> None:
        self._clock, self._line = clock, line
        self._last = clock()

    def ended(self, stage: str) -> None:
        """A stage ended, and the next one begins."""
        now = self._clock()
        self._line(f"{now - self._last:7.2f} s  {stage}")
        self._last = now
