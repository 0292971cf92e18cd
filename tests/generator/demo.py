"""The demo: 22 people of Falkenrath Maschinenbau GmbH (invented), three leads, and every case that occurs in life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .months import Month, span
from .naming import login, rep_id
from .organisation import LEAD, LINES, Assignment, Exemption, Gaps, Organisation, Person, Stint, Team
from .writing import by_rep

END = Month(2026, 10)
MONTHS = 22
BEGIN = date(2025, 1, 1)
SEED = "falkenrath-2"

_LETTERS = {line.id[0].upper(): line.id for line in LINES}

WEST_IN_THE_CRM: Mapping[str, int] = {"tidy": 800, "complete": 790, "discipline": 820}
"""Team west ignores the CRM."""


def _lines(
    letters: str,
    territory: str,
    start: date = BEGIN,
    end: date | None = None,
    *,
    ramp_from: date | None = None,
    share: int = 1000,
) -> tuple[Assignment, ...]:
    """Lines by their first letters: M(achining), A(utomation), R(etrofit), S(ervice)."""
    return tuple(Assignment(territory, _LETTERS[letter], start, end, ramp_from, share) for letter in letters)


def _person(
    name: str,
    team: str,
    started_on: date,
    assignments: tuple[Assignment, ...] = (),
    *,
    left: date | None = None,
    stints: tuple[Stint, ...] = (),
    role: str = "rep",
    **more: Any,
) -> Person:
    first, last = name.split()
    rows = stints or (Stint(team, max(started_on, BEGIN), left, role),)
    if team == "west" and role != LEAD:
        more["levels"] = {**WEST_IN_THE_CRM, **more.get("levels", {})}
    return Person(rep_id(first, last), name, login(first, last), started_on, rows, assignments, **more)


def _leads() -> tuple[Person, ...]:
    return (
        _person("Friederike Ährenfeldt", "nord", date(2009, 4, 1), role=LEAD),
        _person("Balthasar Königsried", "sued", date(2012, 10, 1), role=LEAD),
        _person("Selma Kupferschläger", "west", date(2015, 1, 1), role=LEAD),
    )


def _nord() -> tuple[Person, ...]:
    return (
        # Good at nearly everything.
        _person(
            "Jördis Kranichfeld",
            "nord",
            date(2014, 4, 1),
            _lines("MARS", "Küste"),
            size=1250,
            levels={
                "attainment": 1180,
                "coverage": 4600,
                "discipline": 1000,
                "satisfaction": 940,
                "tidy": 985,
                "win": 370,
                "contact": 980,
                "conduct": 4300,
                "negotiation": 4200,
                "surveys": 20_000,
                "quotes": 14_000,
            },
        ),
        # These two share the automation business of one territory, half each.
        _person(
            "Ömer Weißbach",
            "nord",
            date(2019, 9, 1),
            _lines("MRS", "Weser-Ems") + _lines("A", "Weser-Ems und Heide", share=500),
            levels={"contact": 880, "win": 235, "quotes": 25_000},
            trends={"contact": 160},
        ),
        # Sells well and forecasts far too little.
        _person(
            "Hinnerk Distelkamp",
            "nord",
            date(2011, 1, 15),
            _lines("MRS", "Heide") + _lines("A", "Weser-Ems und Heide", share=500),
            levels={"attainment": 1160, "optimism": -380, "foresight": 350, "discipline": 985, "complete": 970},
        ),
        # Part-time: it is in her quota.
        _person(
            "Svantje Fährmann",
            "nord",
            date(2021, 2, 1),
            _lines("ARS", "Holstein"),
            size=600,
            levels={"attainment": 1060, "tidy": 975, "complete": 968, "contact": 960},
        ),
        # Forecasts far too much and sells too little.
        _person(
            "Knut Nebelthau",
            "nord",
            date(2008, 7, 1),
            _lines("MARS", "Altmark"),
            levels={
                "attainment": 660,
                "optimism": 650,
                "foresight": 60,
                "coverage": 1900,
                "satisfaction": 760,
                "conduct": 2300,
                "self_view": 1300,
                "win": 120,
                "discipline": 930,
                "surveys": 22_000,
                "quotes": 14_000,
            },
        ),
        # A hire on the first of a month: takes over the territory that was vacant.
        _person(
            "Leevke Silberdorn",
            "nord",
            date(2026, 8, 1),
            _lines("MRS", "Mecklenburg", date(2026, 8, 1)),
            levels={"attainment": 1050, "discipline": 960},
        ),
        # Left in the middle of a month.
        _person(
            "Björn Haselhoff",
            "nord",
            date(2016, 5, 1),
            _lines("MRS", "Mecklenburg", end=date(2026, 3, 13)),
            left=date(2026, 3, 13),
            levels={"attainment": 820, "coverage": 2300, "contact": 820},
        ),
        # Long absent, with a part of the month before and after.
        _person(
            "Aylin Morgenröther",
            "nord",
            date(2018, 3, 1),
            _lines("ARS", "Elbe"),
            availability={
                Month(2026, 2): 400,
                Month(2026, 3): 0,
                Month(2026, 4): 0,
                Month(2026, 5): 0,
                Month(2026, 6): 400,
            },
            levels={"attainment": 1090, "satisfaction": 930, "tidy": 972},
        ),
        # Came from team sued on the first of a month and kept his territory.
        _person(
            "Matteo Quittenbaum",
            "nord",
            date(2017, 8, 1),
            _lines("MARS", "Thüringen"),
            stints=(
                Stint("sued", BEGIN, date(2026, 3, 31)),
                Stint("nord", date(2026, 4, 1)),
            ),
            levels={"tidy": 968, "win": 320, "contact": 940},
        ),
    )


def _sued() -> tuple[Person, ...]:
    swap_end, swap = date(2026, 6, 30), date(2026, 7, 1)
    return (
        # These two swapped territories: a new ramp for both, on all lines.
        _person(
            "Ulrike Tannhöfer",
            "sued",
            date(2013, 6, 1),
            _lines("MARS", "Franken", end=swap_end) + _lines("MARS", "Bodensee", swap, ramp_from=swap),
            levels={"satisfaction": 580, "surveys": 28_000},
        ),
        _person(
            "Xaver Lerchenmüller",
            "sued",
            date(2010, 2, 1),
            _lines("MARS", "Bodensee", end=swap_end) + _lines("MARS", "Franken", swap, ramp_from=swap),
            levels={"win": 390, "tidy": 905},
        ),
        # No quota was agreed for 2026.
        _person(
            "Cäcilie Grünewitz",
            "sued",
            date(2020, 4, 1),
            _lines("MARS", "Oberpfalz"),
            quota_agreed={2026: None},
            levels={"attainment": 1100, "win": 360, "rhythm": 860},
        ),
        # Left at the end of a year; a colleague took over the service business.
        _person(
            "Emre Wolkenstrauß",
            "sued",
            date(2019, 1, 1),
            _lines("MRS", "Isar", end=date(2025, 12, 31)),
            left=date(2025, 12, 31),
            levels={"attainment": 900},
        ),
        # Few customers: too few answers to the survey.
        _person(
            "Vroni Moosbruck",
            "sued",
            date(2016, 9, 1),
            _lines("MA", "Allgäu"),
            size=1150,
            levels={"surveys": 500, "attainment": 1080, "quotes": 4_500},
        ),
        # Without a product line: looks after associations and trade fairs.
        _person("Pankraz Ziegelhüter", "sued", date(2007, 3, 1), levels={"influencers": 900, "attendance": 970}),
        # Figures at which a proportion is not certain; one row of one source is missing.
        _person(
            "Nasrin Brückenau",
            "sued",
            date(2022, 10, 1),
            _lines("ARS", "Schwaben") + _lines("S", "Isar", date(2026, 1, 1)),
            levels={"satisfaction": 790, "surveys": 6_500, "win": 260, "quotes": 6_000, "complete": 972},
        ),
    )


def _west() -> tuple[Person, ...]:
    line_from = date(2026, 5, 1)
    return (
        # Sells best of all and never opens the CRM.
        _person(
            "Thilo Sternhagen",
            "west",
            date(2012, 4, 1),
            _lines("MARS", "Ruhr"),
            size=1200,
            levels={
                "attainment": 1250,
                "tidy": 700,
                "complete": 660,
                "discipline": 600,
                "coverage": 2100,
                "contact": 650,
            },
        ),
        # A hire in the middle of a month.
        _person(
            "Dörte Eisvogel",
            "west",
            date(2025, 9, 15),
            _lines("MRS", "Münsterland", date(2025, 9, 15)),
            levels={"attainment": 1040, "modules": 1000, "certificates": 1050, "tidy": 940, "complete": 930},
        ),
        # Got a further product line, with a ramp of its own.
        _person(
            "Rüdiger Strohbeck",
            "west",
            date(2015, 11, 1),
            _lines("MRS", "Sauerland") + _lines("A", "Sauerland", line_from, ramp_from=line_from),
            levels={"attainment": 980, "discipline": 930, "satisfaction": 850},
            trends={"satisfaction": -180},
        ),
        # The quota for 2026 was agreed late.
        _person(
            "Fatma Regenbrecht",
            "west",
            date(2018, 7, 1),
            _lines("MARS", "Niederrhein"),
            quota_agreed={2026: date(2026, 3, 18)},
            levels={"attainment": 940, "tidy": 870, "win": 350},
            trends={"tidy": 200},
        ),
        # Exempt from one standard for a year.
        _person(
            "Gösta Habichtshöh",
            "west",
            date(2009, 9, 1),
            _lines("MARS", "Eifel"),
            levels={"influencers": 300, "discipline": 960, "complete": 900},
        ),
        _person(
            "Wiebke Ölbaumer",
            "west",
            date(2023, 3, 1),
            _lines("ARS", "Saar"),
            size=900,
            levels={"attainment": 760, "coverage": 2600, "tidy": 930, "win": 330},
        ),
    )


def demo() -> Organisation:
    """The organisation of this repository's handbook."""
    leads = _leads()
    names = {"nord": "Nord", "sued": "Süd", "west": "West"}
    teams = tuple(Team(team, name, lead.rep, BEGIN) for (team, name), lead in zip(names.items(), leads, strict=True))
    return Organisation(
        seed=SEED,
        months=span(END, MONTHS),
        teams=teams,
        people=by_rep((*leads, *_nord(), *_sued(), *_west())),
        exemptions=(
            Exemption("habichtshoeh-g", "industry-relations", date(2025, 7, 1), date(2026, 6, 30), leads[2].rep),
            Exemption("faehrmann-s", "meetings-events", date(2026, 1, 1), date(2026, 3, 31), leads[0].rep),
        ),
        gaps=Gaps(
            files=frozenset({("2025-08", "events")}),
            rows=frozenset({("2026-05", "crm", "brueckenau-n")}),
            undated=frozenset({("2026-04", "strohbeck-r", "retrofit"), ("2026-09", "oelbaumer-w", "service")}),
        ),
    )
