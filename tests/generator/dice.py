"""Chance by key: a stream of whole numbers that depends on nothing but its key."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from random import Random
from typing import TypeVar

T = TypeVar("T")

_EXACT = 60
"""Up to this many trials a binomial count is drawn trial by trial, beyond by its bell curve."""


class Dice:
    """Draws for one purpose, named by a key such as ``Dice(seed, rep, "sales", month)``.

    Only `Random.random` is used, whose sequence Python promises to keep for a given seed. Shares are per mille.
    """

    def __init__(self, *key: object) -> None:
        self._random = Random("/".join(str(part) for part in key)).random

    def below(self, limit: int) -> int:
        """A number from 0 to limit − 1."""
        return int(self._random() * limit)

    def between(self, low: int, high: int) -> int:
        """A number from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, permille: int) -> bool:
        """True in so many of a thousand cases."""
        return int(self._random() * 1000) < permille

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[int(self._random() * len(choices))]

    def bell(self, centre: int, width: int) -> int:
        """A number around centre, at most width away, mostly near."""
        random = self._random
        return centre + (int((random() + random() + random()) * 2 * width) - 3 * width) // 3

    def successes(self, trials: int, permille: int) -> int:
        """How many of the trials succeed."""
        if trials <= 0:
            return 0
        if trials > _EXACT:
            deviation = isqrt(3 * trials * permille * (1000 - permille))  # per mille, times √3
            random = self._random
            swing = int((random() + random() + random() + random()) * 1000) - 2000
            found = (trials * permille * 1000 + deviation * swing + 500_000) // 1_000_000
            return max(0, min(trials, found))
        random = self._random
        return sum([random() * 1000 < permille for _ in range(trials)])

    def count(self, mean: int) -> int:
        """How often something happens that happens mean ÷ 1000 times on average."""
        if mean <= 0:
            return 0
        trials = 4 * (mean // 1000 + 1)
        return self.successes(trials, (mean + trials // 2) // trials)
