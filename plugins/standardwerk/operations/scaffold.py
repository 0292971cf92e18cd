"""A small working handbook to start from: two standards, and invented people and figures if wanted."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import jinja2
import yaml

from standardwerk.load.pseudonyms import FILE
from standardwerk.model.fields import is_id
from standardwerk.model.months import Month
from standardwerk.operations import RefusedError

_HERE = Path(__file__).resolve().parent.parent / "scaffold"
#: Months with figures in the sample.
_MONTHS = 3
_IGNORED = f"/site/\n/.cache/\n/.schemas/\n/{FILE}\n"
#: Invented people: id, name, whether they lead; then what they do in each month.
_PEOPLE = (
    ("birnbaum-k", "Katrin Birnbaum", True),
    ("ahorn-m", "Marek Ahorn", False),
    ("esche-l", "Leyla Esche", False),
    ("linde-t", "Tom Linde", False),
)
#: By person and month: bookings in percent of the quota, calls to return, calls returned in time.
_FIGURES: Mapping[str, Sequence[tuple[int, int, int]]] = {
    "ahorn-m": ((104, 14, 14), (98, 11, 10), (112, 16, 15)),
    "esche-l": ((86, 12, 10), (91, 15, 12), (84, 10, 8)),
    "linde-t": ((71, 13, 9), (65, 12, 7), (78, 14, 9)),
}
_QUOTA = 60_000
_UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}


def _(message: str) -> str:
    return message


@dataclass(frozen=True)
class Wishes:
    """What a new handbook is to be."""

    company: str
    languages: tuple[str, ...]
    """The original first."""
    lines: tuple[str, ...]
    """Names of product lines; may be empty."""
    sample: bool
    """Whether to add invented people and figures."""


def known_languages() -> tuple[str, ...]:
    """The languages there are texts for."""
    return tuple(sorted(file.stem for file in _HERE.glob("*.yml")))


def scaffold(folder: Path, wishes: Wishes, author: str, today: date, key: str) -> list[str]:
    """Write a handbook into a new or empty folder; its files. Comments are in the author's language.

    ``key``: that of the pseudonyms; it is left out of the repository, and only the owner may read it.

    Raises :class:`RefusedError`.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RefusedError(_("“{name}” is not an empty folder."), name=folder.name)
    unknown = [language for language in wishes.languages if language not in known_languages()]
    if unknown or not wishes.languages:
        raise RefusedError(
            _("There are texts for {known}. Add other languages later: the file reference says how."),
            known=", ".join(known_languages()),
        )
    lines = _lines(wishes.lines)
    files = dict(_Maker(wishes, lines, author if author in known_languages() else "en", today).files())
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    secret = folder / FILE
    secret.touch(mode=0o600)
    secret.write_text(f"{key}\n", "utf-8")
    return sorted([*files, FILE])


def _lines(names: Sequence[str]) -> list[tuple[str, str]]:
    """Product lines with ids made of their names."""
    found: dict[str, str] = {}
    for name in names:
        plain = name.casefold().translate(_UMLAUTS)
        ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
        identity = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:60]
        if not is_id(identity) or identity in found:
            raise RefusedError(_("No id can be made of the product line “{name}”."), name=name)
        found[identity] = name
    return list(found.items())


class _Maker:
    """Fills the templates."""

    def __init__(self, wishes: Wishes, lines: list[tuple[str, str]], author: str, today: date) -> None:
        self.wishes = wishes
        self.lines = lines
        self.today = today
        self.texts = {
            # Texts of our own, all of them plain.
            language: yaml.safe_load((_HERE / f"{language}.yml").read_text("utf-8"))
            for language in {*wishes.languages, author}
        }
        last = Month.of(today).plus(-1)
        self.months = [last.plus(index - _MONTHS + 1) for index in range(_MONTHS)]
        self.start = self.months[0].first_day if wishes.sample else Month.of(today).first_day
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            variable_start_string="<<",
            variable_end_string=">>",
            block_start_string="<%",
            block_end_string="%>",
            comment_start_string="<#",
            comment_end_string="#>",
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=jinja2.StrictUndefined,
        )
        self.environment.globals.update(
            wishes=wishes,
            company=wishes.company,
            languages=wishes.languages,
            texts=self.texts,
            sample=wishes.sample,
            lines=lines,
            quoted=_quoted,
            same=self._same,
            local=self._local,
            headers=self._headers,
            comment=lambda key: self.texts[author]["comment-" + key],
            as_of=today.isoformat(),
            site_name=self.texts[wishes.languages[0]]["title"] + " " + wishes.company,
            label=f"{self.start.year}.1",
            start=self.start.isoformat(),
            published=(self.start - timedelta(days=1)).isoformat(),
        )

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and text of each file."""
        start = self.start.isoformat()
        yield ".gitignore", _IGNORED
        yield "mkdocs.yml", self._render("mkdocs.yml")
        for name in ("handbook.yml", "editions.yml"):
            yield f"standards/{name}", self._with_hint(name, name)
        yield f"standards/method/{start}.yml", self._with_hint("method.yml", "method", depth=2)
        for number, (name, group) in enumerate((("quota", "results"), ("callback", "contact")), 1):
            folder = f"standards/{name}"
            yield f"{folder}/standard.yml", self._with_hint("standard.yml", "standard", 2, number=number, group=group)
            yield f"{folder}/{start}.yml", self._with_hint(f"{name}.yml", "revision", 2)
            for language in self.wishes.languages:
                yield f"{folder}/{start}.{language}.md", self._markdown("wording.md", language, id=name)
        for language in self.wishes.languages:
            yield f"standards/method/{start}.{language}.md", self._markdown("method.md", language)
            yield f"standards/index.{language}.md", self._markdown("index.md", language)
        for name in ("sources.yml", "calendar.yml", "access.yml"):
            yield f"scorecards/{name}", self._with_hint(name, name)
        yield from self._roster()
        if self.wishes.sample:
            for index, month in enumerate(self.months):
                yield from self._figures(index, month)

    def _render(self, template: str, **values: object) -> str:
        return self.environment.get_template(template).render(**values)

    def _with_hint(self, template: str, kind: str, depth: int = 1, **values: object) -> str:
        schema = "../" * depth + f".schemas/{kind.removesuffix('.yml')}.schema.json"
        return f"# yaml-language-server: $schema={schema}\n" + self._render(template, **values)

    def _markdown(self, template: str, language: str, **values: object) -> str:
        texts = self.texts[language]
        return self._render(template, text=texts.__getitem__, heading=lambda key: texts["heading-" + key], **values)

    def _local(self, key: str) -> str:
        return _mapping({language: self.texts[language][key] for language in self.wishes.languages})

    def _same(self, text: str) -> str:
        return _mapping(dict.fromkeys(self.wishes.languages, text))

    def _headers(self, key: str) -> str:
        found = dict.fromkeys(self.texts[language][key] for language in self.wishes.languages)
        return "[" + ", ".join(map(_quoted, found)) + "]"

    def _roster(self) -> Iterator[tuple[str, str]]:
        people, start = _PEOPLE if self.wishes.sample else (), self._day(self.start)
        joined = self._day(date(self.start.year - 2, 1, 1))
        yield (
            "scorecards/reps.csv",
            _csv(
                "rep;name;login;role;team;started_on;valid_from;valid_to",
                *(
                    ";".join(
                        [one, name, f"{one[-1]}.{one[:-2]}", "lead" if leads else "rep", "team", joined, start, ""]
                    )
                    for one, name, leads in people
                ),
            ),
        )
        leads = [identity for identity, _name, leads in people if leads]
        yield (
            "scorecards/teams.csv",
            _csv("team;name;lead;valid_from;valid_to", *(f"team;Team;{one};{start};" for one in leads)),
        )
        if self.lines:
            yield (
                "scorecards/assignments.csv",
                _csv(
                    "rep;territory;product_line;credit_share;valid_from;valid_to;ramp_from",
                    *(f"{rep};;{line};1;{start};;" for rep in self._scored() for line, _name in self.lines),
                ),
            )

    def _figures(self, index: int, month: Month) -> Iterator[tuple[str, str]]:
        first = self.texts[self.wishes.languages[0]]
        lines = [line for line, _name in self.lines] or [""]
        keys = "rep;product_line" if self.lines else "rep"
        sales = [
            ";".join([rep, *([line] if line else []), str(_QUOTA * _FIGURES[rep][index][0] // 100), str(_QUOTA)])
            for rep in self._scored()
            for line in lines
        ]
        calls = [f"{rep};{_FIGURES[rep][index][1]};{_FIGURES[rep][index][2]}" for rep in self._scored()]
        yield (
            f"scorecards/{month}/sales.csv",
            _csv(f"{keys};{first['column-bookings']};{first['column-quota']}", *sales),
        )
        yield (
            f"scorecards/{month}/calls.csv",
            _csv(f"rep;{first['column-due']};{first['column-in-time']}", *calls),
        )

    def _scored(self) -> list[str]:
        return [identity for identity, _name, leads in _PEOPLE if not leads] if self.wishes.sample else []

    @staticmethod
    def _day(day: date) -> str:
        return day.isoformat()


def _csv(*lines: str) -> str:
    return "".join(line + "\n" for line in lines)


def _quoted(text: str) -> str:
    """A text as YAML takes it anywhere."""
    return json.dumps(text, ensure_ascii=False)


def _mapping(texts: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{language}: {_quoted(text)}" for language, text in texts.items()) + "}"
