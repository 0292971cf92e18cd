"""A small project with something of everything, for pictures of its pages. Nothing in it may depend on the demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.sites.tiny import START, Tiny

SECOND, ANNOUNCED = "2026-07-01", "2027-01-01"
AS_OF = "2026-09-14"
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 9))
LAST = MONTHS[-1]
LEADS = {"north": ("nele", "Nele Nord"), "south": ("sven", "Sven Süd")}
#: By team: id and name. Änne's month is the one in the pictures, Emil has just begun.
TEAMS = {
    "north": {
        "anne": "Änne Ahlfeld", "bodo": "Bodo Brandt", "cem": "Cem Çelik",
        "dora": "Dora Diehl", "emil": "Emil Ernst", "fenja": "Fenja Frey",
    },
    "south": {
        "gero": "Gero Graf", "hedda": "Hedda Hahn", "ida": "Ida Iversen",
        "jens": "Jens Jost", "karla": "Karla Kunz", "lutz": "Lutz Lang",
    },
}  # fmt: skip
LINES = {"presses": ("Pressen", "Presses"), "service": ("Service", "Service")}
BEGINNER = "emil"
TEXT = {
    "de": "Sie wissen am Morgen, was heute ansteht, und am Abend, was daraus geworden ist.",
    "en": "You know in the morning what is due today, and in the evening what has become of it.",
}
SECTIONS = {
    "expectation": ("Erwartung", "Expectation"),
    "why": ("Warum es zählt", "Why it matters"),
    "good": ("Woran man es erkennt", "What good looks like"),
    "improve": ("So werden Sie besser", "How to improve"),
}
TITLES = {
    "bookings": ("Auftragseingang", "Bookings"),
    "visits": ("Besuche", "Visits"),
    "conduct": ("Auftreten", "Conduct"),
}


def both(german: str, english: str) -> dict[str, str]:
    return {"de": german, "en": english}


def _measure(name: str, german: str, english: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": both(german, english), "role": "main", "better": "higher", **more}


def _attainment(met: int) -> list[dict[str, Any]]:
    counts = {
        "kind": "ratio",
        "source": "sales",
        "numerator": "bookings",
        "denominator": "quota",
        "is_target": True,
        "unit": "percent",
        "decimals": 1,
        "labels": {
            "numerator": both("Auftragseingang", "bookings"),
            "denominator": both("Vertriebsziel", "quota"),
        },
    }
    bands = {"met": met, "near": 80}
    year = _measure("attainment", "Zielerreichung", "Attainment", **counts, window="year-to-date", by="product_line")
    month = {"id": "month", "title": both("Zielerreichung im Monat", "Attainment for the month"), "role": "info"}
    return [year | {"bands": bands}, month | counts]


def _visits(met: int) -> list[dict[str, Any]]:
    return [
        _measure(
            "kept", "Besuche im Rhythmus", "Visits in rhythm", kind="proportion", source="visits", numerator="made",
            denominator="due", unit="percent", decimals=1, window="rolling 3", confident=True,
            bands={"met": met, "near": 60}, minimum_n={"count": "due", "value": 5},
        ),
        {
            "id": "late", "title": both("Verspätete Berichte", "Late reports"), "role": "guard", "kind": "sum",
            "source": "visits", "value": "late", "better": "lower",
        },
    ]  # fmt: skip


def _conduct() -> list[dict[str, Any]]:
    return [
        _measure(
            "rating", "Beurteilung", "Rating", kind="mean", source="ratings", value="rating", group="item",
            where="standard == 'conduct' and rater != rep", cadence="quarterly", valid_months=6, unit="points",
            decimals=1, bands={"met": 3.5, "near": 2.5},
        )
    ]  # fmt: skip


ANCHORS = [
    {
        "item": item,
        "name": both(*name),
        "levels": {
            "1": both("Lässt andere darauf warten.", "Keeps others waiting for it."),
            "3": both("Meist so, wie es abgesprochen war.", "Mostly as it was agreed."),
            "5": both("Immer so, und ohne dass jemand fragt.", "Always so, and without being asked."),
        },
    }
    for item, name in {"promises": ("Zusagen", "Promises"), "listening": ("Zuhören", "Listening")}.items()
]


def project() -> Tiny:
    """Twelve people in two teams, three standards, eight months, three editions."""
    tiny = Tiny(options={"as_of": AS_OF})
    files = {path: value for path, value in tiny.files.items() if not path.startswith("standards/bookings/")}
    files = {path: value for path, value in files.items() if path.split("/")[1] not in {"2026-01", "2026-02"}}
    tiny.files = files
    tiny.names["title"] = both("Vertriebshandbuch", "Sales handbook")
    tiny.names["organisation"] = "Muster Maschinenbau"
    tiny.names["languages"] = {
        "de": {"name": "Deutsch", "locale": "de_DE"},
        "en": {"name": "English", "locale": "en_GB"},
    }
    tiny.names["groups"] = [
        {"id": "results", "name": both("Ergebnisse", "Results")},
        {"id": "customers", "name": both("Kunden", "Customers")},
    ]
    tiny.names["roles"] = [
        {"id": "rep", "name": both("Außendienst", "Sales representative")},
        {"id": "lead", "name": both("Teamleitung", "Team lead"), "scorecard": False},
    ]
    tiny.names["product_lines"] = [{"id": line, "name": both(*name)} for line, name in LINES.items()]
    _editions(files)
    _standards(files)
    _aids(files)
    _roster(files)
    for index, month in enumerate(MONTHS):
        _month(files, index, month)
    notes = f"scorecards/notes/{LAST}/anne"
    files[f"{notes}.note.md"] = (
        "Guter Monat. **Service** bleibt zurück:\n\n- zwei Angebote ohne Termin\n- ein Besuch offen\n"
    )
    files[f"{notes}.reply.md"] = "Die beiden Angebote sind terminiert.\n"
    files[f"{notes}.actions.yml"] = {
        "actions": [
            {"text": "Drei Kunden ohne Besuch anrufen", "owner": "rep", "due": "2026-09-30"},
            {"text": "Gemeinsamer Termin im Service", "owner": "lead", "due": "2026-09-18", "status": "done"},
        ]
    }
    files[f"scorecards/notes/{MONTHS[-2]}/anne.actions.yml"] = {
        "actions": [{"text": "Angebote nachfassen", "owner": "rep", "due": "2026-08-14", "status": "done"}]
    }
    return tiny


def _editions(files: dict[str, Any]) -> None:
    files["standards/editions.yml"] = {
        "editions": [
            {"label": label, "effective_from": day, "published_on": published, "note": both(german, english)}
            for label, day, published, german, english in (
                ("2026.1", START, "2025-12-01", "Erste Ausgabe.", "First edition."),
                ("2026.2", SECOND, "2026-06-01", "Der Zielwert steigt.", "The target rises."),
                ("2027.1", ANNOUNCED, "2026-09-01", "Mehr Besuche.", "More visits."),
            )
        ]
    }
    files[f"standards/method/{START}.yml"] = {
        "reason": both("Erste Fassung.", "First method."),
        "minimum_group": 5,
        "ramp": [{"from_month": 1, "scored": False}, {"from_month": 3, "factor": 0.5}, {"from_month": 5, "factor": 1}],
        "results": [
            {"standard": "bookings", "measure": "attainment"},
            {"standard": "bookings", "measure": "month"},
            {"standard": "visits", "measure": "kept"},
        ],
        "organisation": {
            "headline": [{"standard": "bookings", "measure": "attainment"}, {"standard": "visits", "measure": "kept"}],
            "totals": [{"standard": "bookings", "measure": "month"}],
        },
    }
    for at, code in enumerate(("de", "en")):
        title = ("So wird bewertet", "How scoring works")[at]
        files[f"standards/method/{START}.{code}.md"] = f"# {title}\n\n{TEXT[code]}\n"
        welcome = ("Willkommen", "Welcome")[at]
        files[f"standards/index.{code}.md"] = f"# {welcome}\n\n{TEXT[code]}\n"
        contact = ("Ansprechpartner", "Whom to ask")[at]
        files[f"standards/contact.{code}.md"] = f"# {contact}\n\n{TEXT[code]}\n\n| A | B |\n|---|--:|\n| x | 1 |\n"


def _standards(files: dict[str, Any]) -> None:
    revisions: Sequence[tuple[str, str, Mapping[str, Any], str]] = (
        ("bookings", START, {"measures": _attainment(95)}, ""),
        ("bookings", SECOND, {"measures": _attainment(100), "on_change": "carry"}, " *"),
        ("visits", START, {"measures": _visits(75)}, ""),
        ("visits", ANNOUNCED, {"measures": _visits(85)}, " *"),
        ("conduct", START, {"measures": _conduct(), "anchors": ANCHORS}, ""),
    )
    steps = [
        {"when": "day-1", "text": both("Lesen Sie den Standard.", "Read the standard.")},
        {"when": "day-30", "text": both("Sprechen Sie ihn durch.", "Talk it through.")},
    ]
    for number, name in enumerate(TITLES, 1):
        group = "results" if name == "bookings" else "customers"
        owner = both("Vertriebsleitung", "Head of sales")
        files[f"standards/{name}/standard.yml"] = {"number": number, "group": group, "owner": owner}
    for name, day, rules, mark in revisions:
        reason = both("Erste Fassung.", "First text.") if not mark else both("Neuer Zielwert.", "New target.")
        files[f"standards/{name}/{day}.yml"] = {"reason": reason, **rules, "onboarding": steps}
        for at, code in enumerate(("de", "en")):
            parts = [f"# {TITLES[name][at]}\n"]
            for section, heads in SECTIONS.items():
                text = TEXT[code]
                if section == "improve":
                    text = ("1. Fangen Sie heute an.\n2. Fragen Sie nach.", "1. Begin today.\n2. Ask.")[at]
                if mark and section == "good":
                    text = ("Sie fragen nach, bevor es jemand tut.", "You ask before anybody does.")[at]
                parts.append(f"## {heads[at]} {{#{section}}}\n\n{text}\n")
            files[f"standards/{name}/{day}.{code}.md"] = "\n".join(parts)


def _aids(files: dict[str, Any]) -> None:
    """What helps a beginner: glossary, a question, a sample scorecard."""
    files["standards/glossary.yml"] = {
        "terms": [
            {
                "id": name,
                "term": both(german, english),
                "synonyms": {"de": [], "en": []},
                "definition": both("Was im Monat bestellt wurde.", "What was ordered in the month."),
            }
            for name, german, english in (("order", "Auftrag", "order"), ("rhythm", "Rhythmus", "rhythm"))
        ]
    }
    files[f"standards/visits/{START}.yml"]["quiz"] = [
        {
            "question": both("Wann wissen Sie, was ansteht?", "When do you know what is due?"),
            "section": "expectation",
            "answers": [
                {"text": both("Am Abend.", "In the evening.")},
                {"text": both("Am Morgen.", "In the morning."), "right": True},
            ],
        }
    ]
    files["standards/sample.yml"] = {
        "name": "Kim Muster",
        "role": "rep",
        "team": "Team Muster",
        "lead": "Toni Beispiel",
        "product_lines": ["presses"],
        "rows": {
            "sales": [{"product_line": "presses", "bookings": [91000, 102000, 97000], "quota": 95000}],
            "visits": [{"made": [9, 11, 8], "due": 12, "late": 1}],
            "ratings": [{"standard": "conduct", "item": "promises", "rater": "lead", "rating": 3, "evidence": ""}],
        },
    }


def _roster(files: dict[str, Any]) -> None:
    header = files["scorecards/reps.csv"][0]
    files["scorecards/reps.csv"] = [
        header,
        *(
            [rep, name, rep, "rep", team, begun, begun if rep == BEGINNER else START, ""]
            for team, its in TEAMS.items()
            for rep, name in its.items()
            for begun in ["2026-06-15" if rep == BEGINNER else "2020-01-01"]
        ),
        *([lead, name, lead, "lead", team, "2020-01-01", START, ""] for team, (lead, name) in LEADS.items()),
    ]
    teams = files["scorecards/teams.csv"][:1]
    files["scorecards/teams.csv"] = [
        *teams,
        ["north", "Nord", "nele", START, ""],
        ["south", "Süd", "sven", START, ""],
    ]
    assigned = files["scorecards/assignments.csv"][:1]
    files["scorecards/assignments.csv"] = [
        *assigned,
        *(
            [rep, "T1", line, "1", "2026-06-15" if rep == BEGINNER else START, "", ""]
            for its in TEAMS.values()
            for rep in its
            for line in LINES
        ),
    ]
    groups = [
        {"id": "heads", "name": both("Leitung", "Management"), "logins": ["h"], "may": ["totals", "data-quality"]}
    ]
    files["scorecards/access.yml"] = {"default": "own-and-lead", "groups": groups, "everyone": ["organisation"]}
    sources = files["scorecards/sources.yml"]["sources"]
    sources["sales"]["title"] = both("Auftragseingang", "Bookings")
    whole = {"type": "integer"}
    sources["visits"] = {
        "title": both("Besuche", "Visits"),
        "key": ["rep"],
        "columns": {"made": whole, "due": whole, "late": whole},
    }
    sources["ratings"] = {
        "title": both("Beurteilungen", "Ratings"),
        "cadence": "quarterly",
        "rows": "events",
        "key": ["rep", "standard", "item", "rater"],
        "columns": {
            "standard": {"type": "string"},
            "item": {"type": "string"},
            "rater": {"type": "string"},
            "rating": {"type": "integer", "minimum": 1, "maximum": 5},
            "evidence": {"type": "string", "required": False, "title": both("Beleg", "Evidence")},
        },
    }


def _month(files: dict[str, Any], index: int, month: str) -> None:
    """Figures that go up and down a little, each person's a little different."""
    people = [(rep, team) for team, its in TEAMS.items() for rep in its if rep != BEGINNER or month >= "2026-06"]
    sales, visits, ratings = [], [], []
    for place, (rep, team) in enumerate(people):
        for at, line in enumerate(LINES):
            booked = 80_000 + 3_100 * ((place * 5 + index * 3 + at * 4) % 11) + 250.5 * place
            sales.append([rep, line, f"{booked:.2f}", "95000" if at == 0 else "88000"])
        if (rep, month) == ("cem", LAST):
            # His export is missing.
            continue
        due = 3 if rep == "dora" else 12 + place % 3
        made = max(0, due - (place + index) % 4 - (3 if rep == "bodo" else 0))
        visits.append([rep, str(min(made, due)), str(due), str((place * 2 + index) % 4)])
        if index % 3 == 2:
            for at, anchor in enumerate(ANCHORS):
                level = 1 + (place + at + index) % 5
                evidence = "War so besprochen." if level in {1, 2, 5} else ""
                ratings.append([rep, "conduct", anchor["item"], LEADS[team][0], str(level), evidence])
            ratings.append([rep, "conduct", "promises", rep, "4", ""])
    files[f"scorecards/{month}/sales.csv"] = [["rep", "product_line", "bookings", "quota"], *sales]
    files[f"scorecards/{month}/visits.csv"] = [["rep", "made", "due", "late"], *visits]
    if ratings:
        header = ["rep", "standard", "item", "rater", "rating", "evidence"]
        files[f"scorecards/{month}/ratings.csv"] = [header, *ratings]
