"""A pipeline with a small handbook of its own, in the shape the plugin calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from standardwerk.diagnostics import Diagnostics
from standardwerk.pipeline import NoExtractError, Options
from standardwerk.render.shell import Shell, ShellKey
from standardwerk.render.texts import Texts
from standardwerk.site.extract import Extract
from standardwerk.site.plan import HandbookPage, Section, Sensitivity, relative

LANGUAGES = {"de": "Deutsch", "en": "English"}
EDITION = "2025.1"

WORDS = {
    "de": {
        "title": "Vertriebshandbuch",
        "start": "Start",
        "standards": "Standards",
        "method": "Bewertung",
        "customers": "Kunden & Partner",
        "results": "Ergebnisse",
        "home_text": "Willkommen. Hier steht, was wir voneinander erwarten.",
        "one": "Kundenzufriedenheit",
        "two": "Auftragseingang",
        "one_text": "Sie betreuen Ihre Kunden verlässlich. Angebote kommen pünktlich, Verträge auch.",
        "two_text": "Sie erreichen Ihr Vertriebsziel.",
        "why": "Warum es zählt",
    },
    "en": {
        "title": "Sales handbook",
        "start": "Home",
        "standards": "Standards",
        "method": "Scoring",
        "customers": "Customers & partners",
        "results": "Results",
        "home_text": "Welcome. This is what we expect of each other.",
        "one": "Customer satisfaction",
        "two": "Bookings",
        "one_text": "You look after your customers reliably. Quotations arrive on time.",
        "two_text": "You reach your quota.",
        "why": "Why it matters",
    },
}

EXTRA = """

| Land | Anteil |
|:-----|-------:|
| Österreich | 12,5 % |

!!! note "Wichtig"
    Siehe [die Methode](../../method/index.md) und die Fußnote.[^1]

Begriff
:   Seine Erklärung

[^1]: Mit Quelle.

![Ein Bild](pic.png)

{{ config.site_name }} {% raw %}

[[block:unknown]]

<details><summary>Mehr</summary>Text</details>

<script>alert(1)</script><iframe src="https://evil.example/"></iframe>
<img src="https://evil.example/x.png" onerror="alert(1)" alt="fern">
<p style="color: red" onclick="alert(1)" id="__config">Text</p>

[böse](javascript:alert(1))

## Titel <script>alert(2)</script> & mehr {#heading"onclick=x}
"""


@dataclass
class Loaded:
    project: Any
    diagnostics: Diagnostics
    watch: tuple[Path, ...] = ()


@dataclass
class FakePipeline:
    """Its attributes say what a test wants to be different."""

    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    extra_pages: tuple[HandbookPage, ...] = ()
    seen: dict[str, Any] = field(default_factory=dict)
    Options = Options
    NoExtractError = NoExtractError

    def load(self, options: Options, *, memory: Any = None) -> Loaded:
        self.seen["options"] = options
        names = SimpleNamespace(
            title={language: WORDS[language]["title"] for language in LANGUAGES},
            languages={language: SimpleNamespace(name=name) for language, name in LANGUAGES.items()},
        )
        texts = {language: Texts.load(language, (options.theme_dir / "locales",)) for language in LANGUAGES}
        project = SimpleNamespace(handbook=SimpleNamespace(names=names), texts=texts, personal=True, extract=Extract())
        if self.diagnostics.errors:
            return Loaded(None, self.diagnostics)
        return Loaded(project, self.diagnostics, (options.standards_dir,))

    def handbook_pages(self, project: Any, options: Options) -> tuple[HandbookPage, ...]:
        trees = [(language, edition) for edition in (None, EDITION) for language in LANGUAGES]
        return (*(page for tree in trees for page in pages_of(*tree)), *self.extra_pages)

    def render_blocks(self, project: Any, page: HandbookPage) -> Mapping[str, str]:
        blocks = {"measures": f'<section class="sw-measures"><h3>{page.kind}</h3><p>gemessen [[block:x]]</p></section>'}
        if page.edition:
            blocks["banner"] = "<p>superseded</p>"
        return blocks

    def assets(self, project: Any, options: Options) -> Mapping[str, Path]:
        return {"de/standards/one/pic.png": options.standards_dir / "one" / "pic.png"}

    def feeds(self, project: Any, pages: Iterable[HandbookPage], base: str) -> Mapping[str, str]:
        return {}

    def root_page(self, project: Any) -> str:
        links = "".join(f'<li><a href="{code}/" lang="{code}">{name}</a></li>' for code, name in LANGUAGES.items())
        return f"<!doctype html><html lang=de><title>x</title><main><ul>{links}</ul></main></html>"

    def shell_keys(self, project: Any) -> tuple[ShellKey, ...]:
        return tuple(ShellKey(language, "scorecard", 4, Sensitivity.PERSON) for language in LANGUAGES)

    def start_personal(
        self, project: Any, options: Options, shells: Mapping[ShellKey, Shell], site_dir: Path
    ) -> FakePersonalPages:
        return FakePersonalPages(lambda: self.publish_personal(project, options, shells, site_dir))

    def publish_personal(
        self, project: Any, options: Options, shells: Mapping[ShellKey, Shell], site_dir: Path
    ) -> None:
        self.seen["shells"] = shells
        for key, shell in shells.items():
            here = f"scorecards/kranich-j/{key.language}/2026-03/"
            other = "en" if key.language == "de" else "de"
            html = shell.fill(
                title="Jana Kranich <März>",
                content="<h1>Jana Kranich</h1><p>12 erfüllt</p>",
                alternates={other: relative(f"scorecards/kranich-j/{other}/2026-03/", here)},
            )
            file = site_dir / here / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(html, "utf-8")


def pages_of(language: str, edition: str | None) -> list[HandbookPage]:
    words = WORDS[language]
    up = "" if edition is None else f"editions/{edition}/"
    german = language == "de" and edition is None

    def page(path: str, kind: str, title: str, text: str, titles: tuple[str, ...], *order: int) -> HandbookPage:
        return HandbookPage(
            path=f"{language}/{up}{path}",
            kind=kind,
            language=language,
            edition=edition,
            title=title,
            markdown=f"# {title}\n\n{text}\n",
            alternates={other: f"{other}/{up}{path}" for other in LANGUAGES},
            section=Section(titles, order),
        )

    tabs = words["standards"]
    first = f"{words['one_text']}\n\n## {words['why']} {{#why}}\n\nText.\n\n[[block:measures]]" + EXTRA * german
    return [
        page(
            "standards/two/index.md",
            "standard",
            words["two"],
            words["two_text"] + "\n\n[[block:measures]]",
            (tabs, words["results"]),
            1,
            1,
            1,
        ),
        page("index.md", "home", words["start"], words["home_text"], (), 0),
        page("standards/one/index.md", "standard", words["one"], first, (tabs, words["customers"]), 1, 0, 0),
        page("method/index.md", "method", words["method"], f"## {words['why']} {{#why}}\n\nText.", (), 2),
    ]


class FakePersonalPages:
    def __init__(self, publish: Any) -> None:
        self.publish = publish

    def write_people(self, told: Any) -> None:
        """Write everything."""
        self.publish()
        told(2, 2)

    def write_groups(self) -> None:
        """There are no groups."""

    def cancel(self) -> None:
        """Nothing is under way."""
