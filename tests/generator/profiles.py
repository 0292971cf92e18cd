"""What is peculiar to a person: how good she is at what, and how it moves over the months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .dice import Dice
from .organisation import LINES, Organisation, Person

STRONG, MIDDLE, WEAK = 0, 1, 2
MIX = (590, 290)
"""Per mille of people who are strong, and middling, at something; the others are weak."""

KNOT = 4
"""Every so many months a level takes a new direction."""


@dataclass(frozen=True, slots=True)
class Trait:
    """Levels for strong, middling and weak people, each as lowest and highest, and how far a level swings."""

    strong: tuple[int, int]
    middle: tuple[int, int]
    weak: tuple[int, int]
    swing: int = 0

    def band(self, rank: int) -> tuple[int, int]:
        """The levels of a rank."""
        return (self.strong, self.middle, self.weak)[rank]

    @property
    def limits(self) -> tuple[int, int]:
        """The lowest and the highest level there is."""
        ends = [end for band in (self.strong, self.middle, self.weak) for end in band]
        return min(ends), max(ends)


def _volume(low: int, high: int) -> Trait:
    third = (high - low) // 3
    return Trait((high - third, high), (low + third, high - third), (low, low + third), third // 3)


TRAITS: Mapping[str, Trait] = {
    # Shares of successes, per mille.
    "attainment": Trait((1050, 1270), (890, 1000), (620, 800), 60),
    "satisfaction": Trait((885, 965), (720, 800), (520, 620), 20),
    "call_back": Trait((970, 1000), (850, 940), (550, 780), 30),
    "win": Trait((345, 450), (200, 260), (90, 140), 20),
    "qualify": Trait((270, 360), (170, 235), (80, 135), 20),
    "quoting": Trait((530, 700), (330, 480), (180, 280), 30),
    "old_quotes": Trait((40, 140), (140, 260), (260, 450), 40),
    "contact": Trait((930, 995), (790, 880), (540, 710), 35),
    "dispose": Trait((930, 995), (790, 880), (540, 710), 35),
    "rhythm": Trait((820, 930), (640, 770), (400, 570), 50),
    "potential": Trait((1020, 1300), (700, 950), (350, 560), 80),
    "rejected": Trait((20, 100), (100, 200), (200, 380), 30),
    "roles": Trait((620, 780), (430, 570), (220, 380), 30),
    "influencers": Trait((830, 1000), (520, 760), (200, 460), 70),
    "tidy": Trait((966, 994), (870, 938), (700, 835), 15),
    "complete": Trait((960, 992), (870, 938), (690, 835), 12),
    "modules": Trait((1000, 1120), (780, 930), (500, 690), 110),
    "certificates": Trait((1020, 1120), (880, 980), (560, 780), 50),
    "demos": Trait((940, 1050), (760, 880), (420, 660), 50),
    "attendance": Trait((955, 1000), (810, 885), (600, 740), 25),
    "support": Trait((740, 930), (480, 660), (130, 370), 60),
    "stale": Trait((40, 120), (120, 220), (220, 360), 40),
    # Months without a fault in the forecast, and how well it sees and is meant.
    "discipline": Trait((915, 985), (800, 890), (560, 760), 20),
    "foresight": Trait((280, 480), (120, 280), (0, 120), 60),
    "optimism": Trait((-120, 130), (-380, -220), (330, 720), 60),
    # Ratings by the lead, in thousandths, and how much better she sees herself.
    "conduct": Trait((3600, 4600), (2700, 3350), (1700, 2350), 200),
    "negotiation": Trait((3600, 4600), (2700, 3350), (1700, 2350), 200),
    "self_view": Trait((-300, 200), (200, 700), (700, 1400), 100),
    # Pipeline as a multiple of the quota, in thousandths: the common part and what each line adds.
    "coverage": Trait((4200, 5600), (2900, 3600), (1600, 2400), 260),
    **{f"coverage_{line.id}": Trait((200, 700), (-100, 300), (-400, 0), 240) for line in LINES},
    # How much there is to do in a month, in thousandths, or how much there is.
    "surveys": _volume(6_000, 34_000),
    "lead_volume": _volume(8_000, 24_000),
    "quotes": _volume(7_000, 26_000),
    "company_leads": _volume(4_000, 13_000),
    "agreed": _volume(3_000, 7_000),
    "large_deals": _volume(900, 3_200),
    "meetings": _volume(3_000, 6_000),
    "accounts": _volume(38_000, 96_000),
    "records": _volume(70_000, 230_000),
    "contacts": _volume(90_000, 310_000),
}


class Profile:
    """A person's level in each trait, month by month of the organisation's span."""

    def __init__(self, organisation: Organisation, person: Person) -> None:
        dice = Dice(organisation.seed, person.rep, "profile")
        talent = dice.below(1000)
        months = len(organisation.months)
        self._levels = {name: _course(dice, name, trait, talent, person, months) for name, trait in TRAITS.items()}

    def level(self, trait: str, index: int) -> int:
        """The level in the month of an index."""
        return self._levels[trait][index]


def _course(dice: Dice, name: str, trait: Trait, talent: int, person: Person, months: int) -> list[int]:
    """A level for each month: a base, straight pieces that swing around it, and a slow drift."""
    # Talent decides for a part of the traits: good people are not good at everything.
    roll = talent if dice.chance(350) else dice.below(1000)
    low, high = trait.band(STRONG if roll < MIX[0] else MIDDLE if roll < sum(MIX) else WEAK)
    base = dice.between(low, high)
    drift = dice.bell(0, trait.swing)
    knots = [dice.bell(0, trait.swing) for _ in range(months // KNOT + 2)]
    if name in person.levels:
        base, drift = person.levels[name], drift // 3
    drift = person.trends.get(name, 2 * drift) // 2
    low, high = trait.limits
    # Less of something than anyone else has swings less, too.
    calm = 1000 * base // low if 0 < base < low else 1000
    low, high, drift = min(low, base * calm // 1000), max(high, base), drift * calm // 1000
    course = []
    for index in range(months):
        knot, part = divmod(index, KNOT)
        wave = (knots[knot] * (KNOT - part) + knots[knot + 1] * part) * calm // (KNOT * 1000)
        course.append(max(low, min(high, base + wave + drift * (2 * index - months) // months)))
    return course
