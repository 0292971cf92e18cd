"""A whole small project as files, from which each case changes something."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.files import Folder
from standardwerk.load.project import LoadedProject, load_project

_SECTIONS = "\n".join(f"\n## T {{#{name}}}\n\ntext" for name in ("expectation", "why", "good", "improve"))
WORDING = f"# T\n{_SECTIONS}\n"

BASE = {
    "standards/handbook.yml": """\
title: {de: T, en: T}
organisation: O
languages:
  de: {name: Deutsch, locale: de_DE}
  en: {name: English, locale: en_GB}
groups:
  - {id: g, name: {de: G, en: G}}
roles:
  - {id: rep, name: {de: R, en: R}}
  - {id: lead, name: {de: L, en: L}, scorecard: false}
product_lines:
  - {id: one, name: {de: Eins, en: One}}
  - {id: two, name: {de: Zwei, en: Two}}
""",
    "standards/editions.yml": """\
editions:
  - label: 2026.1
    effective_from: 2026-01-01
    published_on: 2025-12-01
    note: {de: N, en: N}
  - label: 2026.2
    effective_from: 2026-02-01
    published_on: 2026-01-15
    note: {de: N, en: N}
""",
    "standards/method/2026-01-01.yml": "reason: {de: R, en: R}\n",
    "standards/method/2026-01-01.de.md": "# M\n",
    "standards/method/2026-01-01.en.md": "# M\n",
    "standards/alpha/standard.yml": "number: 1\ngroup: g\nowner: {de: O, en: O}\n",
    "standards/alpha/2026-01-01.yml": """\
reason: {de: R, en: R}
measures:
  - id: m
    title: {de: M, en: M}
    role: main
    kind: ratio
    source: sales
    numerator: done
    denominator: due
    better: higher
    bands: {met: 80, near: 60}
""",
    "standards/alpha/2026-01-01.de.md": WORDING,
    "standards/alpha/2026-01-01.en.md": WORDING,
    "scorecards/sources.yml": """\
sources:
  sales:
    columns:
      done: {type: integer, header: [Erledigt], minimum: 0, maximum: 1000}
      due: {type: number}
""",
    "scorecards/access.yml": "default: own\n",
    "scorecards/calendar.yml": "country: DE\nregion: NW\n",
    "scorecards/teams.csv": "team;name;lead;valid_from;valid_to\nt;Team;bob;2025-01-01;\n",
    "scorecards/reps.csv": """\
rep;name;login;role;team;started_on;valid_from;valid_to
ann;Ann A;ann.a;rep;t;2025-01-01;2025-01-01;
bob;Bob B;bob.b;lead;t;2025-01-01;2025-01-01;
""",
    "scorecards/assignments.csv": """\
rep;territory;product_line;credit_share;valid_from;valid_to;ramp_from
ann;nord;one;1;2025-01-01;;
""",
    "scorecards/2026-01/sales.csv": "rep;done;due\nann;8;10\n",
}


def write(root: Path, files: dict[str, str | bytes | None]) -> None:
    """Write the small project with some files changed, added, or (None) left out."""
    made: set[Path] = set()
    for path, content in {**BASE, **files}.items():
        if content is not None:
            target = root / path
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())


#: The small project is not sealed, and says so; ``check_seals`` has its own tests.
UNSEALED = "SW605"


def load(root: Path, as_of: date = date(2026, 1, 31)) -> tuple[LoadedProject | None, Diagnostics]:
    diagnostics = Diagnostics()
    found = Diagnostics()
    folders = (Folder(root / "standards", "standards"), Folder(root / "scorecards", "scorecards"))
    project = load_project(*folders, as_of, found)
    diagnostics.extend(one for one in found if one.code.code != UNSEALED)
    return project, diagnostics
