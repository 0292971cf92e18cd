"""The status as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from standardwerk.model.project import Project
from standardwerk.render.formats import Formats
from standardwerk.render.intake_words import IntakeWords
from standardwerk.render.report import aligned, printable
from standardwerk.render.texts import Texts
from standardwerk.site.intake import SourceIntake
from standardwerk.site.status import MonthStatus, Standing, Status, Step

#: People named by a line of the text; JSON has all.
_MOST = 8
#: Sources that nothing is expected of are named together, at the end.
_QUIET = ("not_needed", "not_collected")


def status_text(status: Status, project: Project | None, texts: Texts) -> str:
    """The status in the reader's language. Without a handbook that can be read there is no project."""
    return "\n".join(map(printable, _Writer(status, project, texts).lines())) + "\n"


class _Writer:
    def __init__(self, status: Status, project: Project | None, texts: Texts) -> None:
        self.status = status
        self.people = project.roster.people if project is not None and project.roster is not None else {}
        self.texts = texts
        names = project.handbook.names if project is not None else None
        languages = names.languages if names is not None else {}
        locale = languages[texts.language].locale if texts.language in languages else texts.language
        self.formats = Formats(locale, names.currency if names is not None else "EUR", texts)
        self.words = IntakeWords(texts, self.formats, tuple(languages))
        self._ = texts.gettext

    def lines(self) -> Iterator[str]:
        status = self.status
        if status.month is not None:
            month = self.formats.month(status.month.month)
            yield f"{month}: {self.words.standing(status.month.standing)}"
        elif status.errors:
            count = status.errors
            yield self.texts.ngettext(
                "{count} error: the month cannot be read.", "{count} errors: the month cannot be read.", count
            )
        else:
            yield self._("There are no scorecards in this project.")
        yield self._("As of {date}", date=self.formats.date(status.as_of))
        if status.month is not None:
            yield from self._sources(status.month)
            yield from self._missing(status.month)
            yield from self._deadlines(status.month)
            yield from self._months()
            yield from self._beside(status.month)
        yield from self._editions()
        yield from self._elsewhere()
        yield from self._steps()

    def _sources(self, month: MonthStatus) -> Iterator[str]:
        shown = [one for one in month.sources if one.state not in _QUIET]
        if shown:
            yield from self._heading(self._("Files"))
            rows = [(self.words.title(one.source), one.path.rpartition("/")[2], self._what(one)) for one in shown]
            yield from _indented(rows)
        for state in _QUIET:
            its = [one for one in month.sources if one.state == state]
            if its:
                names = ", ".join(self.words.title(one.source) for one in its)
                yield f"  {self.words.state(its[0])}: {names}"

    def _what(self, one: SourceIntake) -> str:
        parts = [self.words.state(one)]
        if one.state == "faulty":
            parts = [self.words.errors(one)]
        if one.arrival is not None:
            parts.append(self.words.rows(one.arrival.rows))
            if one.arrival.missing:
                count = len(one.arrival.missing)
                parts.append(self.texts.ngettext("{count} row missing", "{count} rows missing", count))
        if one.state == "not_due" and one.next_due is not None:
            parts.append(self.words.next_due(one))
        if one.held:
            parts.append(self._("held back"))
        return ", ".join(parts)

    def _missing(self, month: MonthStatus) -> Iterator[str]:
        if not month.missing:
            return
        yield from self._heading(self._("People without a row, or with too few"))
        entries = [
            (self.people[rep].name if rep in self.people else rep, ", ".join(path.rpartition("/")[2] for path in paths))
            for rep, paths in month.missing.items()
        ]
        yield from _indented(sorted(entries)[:_MOST])
        if len(entries) > _MOST:
            more = len(entries) - _MOST
            yield "  " + self.texts.ngettext("and {count} more person", "and {count} more people", more)

    def _deadlines(self, month: MonthStatus) -> Iterator[str]:
        yield from self._heading(self._("Days of the month"))
        rows = [
            (
                self.words.deadline(one),
                self.formats.date(one.day),
                self.words.day_state(one),
            )
            for one in month.deadlines
        ]
        yield from _indented(rows)

    def _months(self) -> Iterator[str]:
        yield from self._heading(self._("Months"))
        groups: dict[tuple[str, str], list[Standing]] = {}
        for one in self.status.months:
            kind = "closed" if one.kind == "corrected" else one.kind
            groups.setdefault((kind, str(one.day) if kind not in {"closed", "closable"} else ""), []).append(one)
        for (kind, _day), its in groups.items():
            which = self.words.months(one.month for one in its)
            words = self.texts.pgettext("month", "closed") if kind == "closed" else self.words.standing(its[0])
            yield f"  {which}: {words}"
            corrected = [one.month for one in its if one.kind == "corrected"]
            if corrected:
                yield "    " + self._("Corrected: {months}", months=self.words.months(corrected))

    def _beside(self, month: MonthStatus) -> Iterator[str]:
        if not (month.notes or month.replies or month.actions):
            return
        npgettext, ngettext = self.texts.npgettext, self.texts.ngettext
        yield from self._heading(self._("Beside the scorecards"))
        parts = (
            npgettext("by the lead", "{count} note", "{count} notes", month.notes),
            ngettext("{count} reply", "{count} replies", month.replies),
            ngettext("{count} agreed action", "{count} agreed actions", month.actions),
        )
        still = self._("{count} open", count=month.open_actions)
        yield "  " + ", ".join(parts) + (f" ({still})" if month.actions else "")

    def _editions(self) -> Iterator[str]:
        if self.status.unsealed:
            yield from self._heading(self._("Editions in force and not sealed"))
            yield "  " + ", ".join(edition.label for edition in self.status.unsealed)

    def _elsewhere(self) -> Iterator[str]:
        if self.status.elsewhere:
            yield from self._heading(self._("Other files with errors"))
            for file in self.status.elsewhere[:_MOST]:
                yield f"  {file}"

    def _steps(self) -> Iterator[str]:
        if not self.status.steps:
            return
        first, *others = self.status.steps
        yield from self._heading(self._("Next step"))
        yield from self._step(first)
        if others:
            yield from self._heading(self._("After that"))
            for one in others:
                yield from self._step(one)

    def _step(self, step: Step) -> Iterator[str]:
        yield f"  {step.command}"
        yield f"    {self._why(step)}"

    def _why(self, step: Step) -> str:
        _, formats = self._, self.formats
        month = formats.month(step.month) if step.month is not None else ""
        files = ", ".join(step.files[:_MOST]) + (" …" if len(step.files) > _MOST else "")
        until = formats.date(step.until) if step.until is not None else ""
        since = formats.date(step.since) if step.since is not None else ""
        if step.kind == "check":
            if step.month is not None:
                return _("{month} is held back for errors: mend {files}.", month=month, files=files)
            return _("Nothing is built before the errors are mended: {files}.", files=files)
        if step.kind == "release":
            return _("{month} is held back. When its data are right, end that in calendar.yml.", month=month)
        if step.kind == "import":
            if step.until is not None and step.until < self.status.as_of:
                return _("Was due by {date}: {files}.", date=until, files=files)
            return _("Due by {date}: {files}.", date=until, files=files)
        if step.kind == "sheet":
            return _("Ratings are due by {date}: sheets for the leads to fill in, then to be imported.", date=until)
        if step.kind == "seal":
            labels = ", ".join(edition.label for edition in self.status.unsealed)
            return _("In force and not sealed: {editions}.", editions=labels)
        if step.kind == "close":
            if step.since is not None:
                return _("From {date}, when the time for objections to {month} has ended.", date=since, month=month)
            if files:
                return _("“{source}” is held back: end that in calendar.yml, or seal it as it is.", source=files)
            return _("The time for objections to {month} is over.", month=month)
        if step.kind == "build":
            return _("Publish {month}; again after each change, until {date}.", month=month, date=until)
        if step.since is not None:
            return _("Nothing to do until {date}, when {month} has ended.", month=month, date=since)
        if step.month is None:
            return _("Nothing is left to do here. This shows where the newest month stands.")
        return _("{month} comes first: see what stands in its way.", month=month)

    def _heading(self, text: str) -> Iterator[str]:
        yield ""
        yield text


def _indented(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield from (f"  {row}" for row in aligned(rows))


def status_json(status: Status) -> dict[str, Any]:
    """The status as JSON values; no words, so it is the same in every language."""
    return {
        "as_of": str(status.as_of),
        "errors": status.errors,
        "files_with_errors_elsewhere": list(status.elsewhere),
        "unsealed_editions": [edition.label for edition in status.unsealed],
        "months": [_standing(one) for one in status.months],
        "month": None if status.month is None else _month(status.month),
        "steps": [
            {
                "kind": one.kind,
                "command": one.command,
                "month": _text(one.month),
                "until": _text(one.until),
                "since": _text(one.since),
                "files": list(one.files),
            }
            for one in status.steps
        ],
    }


def _standing(one: Standing) -> dict[str, Any]:
    return {"month": str(one.month), "state": one.kind, "day": _text(one.day)}


def _month(month: MonthStatus) -> dict[str, Any]:
    return {
        **_standing(month.standing),
        "sources": [_source(one) for one in month.sources],
        "deadlines": {one.kind: {"day": str(one.day), "state": one.state} for one in month.deadlines},
        "people_with_missing_rows": {rep: list(files) for rep, files in month.missing.items()},
        "notes": month.notes,
        "replies": month.replies,
        "actions": month.actions,
        "open_actions": month.open_actions,
    }


def _source(one: SourceIntake) -> dict[str, Any]:
    return {
        "source": one.source.name,
        "file": one.path,
        "state": one.state,
        "held": one.held,
        "rows": one.arrival.rows if one.arrival is not None else None,
        "expected_rows": one.arrival.expected if one.arrival is not None else None,
        "missing_rows": [list(key) for key in one.arrival.missing] if one.arrival is not None else [],
        "errors": len(one.errors),
        "rejected_lines": one.rejected,
        "next_due": _text(one.next_due),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
