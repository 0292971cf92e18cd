"""A project of sixteen people in two teams, with everything that can name one of them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from standardwerk.cli import main
from tests.closing.helpers import Project
from tests.sites.tiny import MONTHS, START, Tiny

NORTH = [f"nora-{letter}" for letter in "abcdefgh"]
SOUTH = [f"sven-{letter}" for letter in "abcdefgh"]
#: Those who are erased; the last of them leads, rates and approves.
GONE = [*NORTH[:4], SOUTH[0], "lena-lead"]
RATINGS = "ratings.csv"


def tiny() -> Tiny:
    """The project: sales by line, ratings by others, notes, imports, access for one of them."""
    found = Tiny()
    files = found.files
    people = files["scorecards/reps.csv"]
    del people[1:]
    for rep in (*NORTH, *SOUTH, "lena-lead"):
        role = "lead" if rep == "lena-lead" else "rep"
        team = "south" if rep in SOUTH else "north"
        name = rep.replace("-", " ").title() + "ström"
        people.append([rep, name, f"{rep.replace('-', '.')}@tiny.example", role, team, "2020-01-01", START, ""])
    files["scorecards/teams.csv"] = [
        ["team", "name", "lead", "valid_from", "valid_to"],
        ["north", "North", "lena-lead", START, ""],
        ["south", "South", "", START, ""],
    ]
    reps = [*NORTH, *SOUTH]
    files["scorecards/assignments.csv"][1:] = [
        [rep, "T1", line, "1", START, "", ""] for rep in reps for line in found.lines
    ]
    files["scorecards/exemptions.csv"] = [
        ["rep", "standard", "from", "to", "approved_by"],
        ["sven-h", "bookings", START, "2026-01-31", "lena-lead"],
        ["nora-a", "bookings", "2026-02-01", "", "lena-lead"],
    ]
    files["scorecards/availability.csv"] = [["rep", "month", "share"], ["nora-b", "2026-02", "0.5"]]
    sources = files["scorecards/sources.yml"]["sources"]
    sources["ratings"] = {
        "rows": "events",
        "key": ["rep", "rater"],
        "columns": {"rater": {"type": "string"}, "rating": {"type": "integer", "minimum": 1}},
    }
    for index, month in enumerate(MONTHS):
        files[f"scorecards/{month}/sales.csv"] = [
            ["rep", "product_line", "bookings", "quota"],
            *(
                [rep, line, str(800 + 37 * place + 11 * index + 3 * step), "1000"]
                for place, rep in enumerate(reps)
                for step, line in enumerate(found.lines)
            ),
        ]
        files[f"scorecards/{month}/{RATINGS}"] = [
            ["rep", "rater", "rating"],
            *([rep, rater, "3"] for rep in reps for rater in (rep, "lena-lead")),
        ]
        notes = f"scorecards/notes/{month}/"
        files[f"{notes}nora-a.note.md"] = "Well done.\n"
        files[f"{notes}nora-a.reply.md"] = "I see it otherwise.\n"
        files[f"{notes}nora-a.actions.yml"] = {"actions": [{"text": "Call", "owner": "rep"}]}
        files[f"{notes}sven-h.note.md"] = "Fine.\n"
    files["scorecards/access.yml"] = {
        "everyone": ["organisation"],
        "named": ["lena-lead", "sven-h"],
        "groups": [
            {
                "id": "management",
                "name": found.local("Management"),
                "logins": ["lena.lead@tiny.example", "someone.else"],
                "may": ["totals", "organisation"],
            }
        ],
    }
    method = files[f"standards/method/{START}.yml"]
    method["organisation"] = {"totals": [{"standard": "bookings", "measure": "attainment"}]}
    return found


class People(Project):
    """The project, and what to look for in it."""

    def __init__(self, folder: Path, given: Tiny | None = None) -> None:
        super().__init__(folder, given or tiny())

    def erase(self, *reps: str, yes: bool = True, more: tuple[str, ...] = ()) -> str:
        config = ["-f", str(self.folder / "mkdocs.yml"), "--lang", "en", "--as-of", "2026-04-10"]
        arguments = ["person", "erase", *config, *reps, *(["--yes"] if yes else []), *more]
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    def files(self) -> dict[str, bytes]:
        """Everything in the project's folder."""
        return {
            one.relative_to(self.folder).as_posix(): one.read_bytes()
            for one in sorted(self.folder.rglob("*"))
            if one.is_file()
        }


def traces_of(rep: str) -> list[str]:
    """What must be found nowhere: id, login, name."""
    return [rep, rep.replace("-", "."), rep.replace("-", " ").title() + "ström"]
