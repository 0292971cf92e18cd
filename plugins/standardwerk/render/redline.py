"""Changes as HTML and as plain text. What changed is worked out before (``site.changes``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from markupsafe import Markup, escape

from standardwerk.render import words
from standardwerk.render.change_words import ChangeWords
from standardwerk.render.texts import Texts
from standardwerk.render.view import View
from standardwerk.site.change_values import (
    EditionChanges,
    MeasureChange,
    MethodChange,
    PageChange,
    Reason,
    StandardChange,
)
from standardwerk.site.wording_changes import DELETED, INSERTED, SAME, BlockChange, Piece, TextChange


def _(message: str) -> str:
    return message


KINDS = {"new": _("new"), "revised": _("revised"), "retired": _("retired")}
_SECTIONS = {"": _("Introduction"), "steps": _("Steps for your first months"), "anchors": _("Rating scale")}


class Redline:
    """Shows wordings with what went and what came, in one language."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.texts: Texts = view.texts
        # Read aloud, and copied along; to the eye the lines through and below the words say it.
        self._open = {
            DELETED: Markup('<del><span class="sw-aloud">[{}</span>').format(self.texts.gettext("removed: ")),
            INSERTED: Markup('<ins><span class="sw-aloud">[{}</span>').format(self.texts.gettext("added: ")),
        }
        self._close = {
            DELETED: Markup('<span class="sw-aloud">] </span></del>'),
            INSERTED: Markup('<span class="sw-aloud">] </span></ins>'),
        }

    def pieces(self, pieces: Iterable[Piece]) -> Markup:
        """A line of text with its changes."""
        return Markup("").join(
            escape(piece.text)
            if piece.change == SAME
            else self._open[piece.change] + escape(piece.text) + self._close[piece.change]
            for piece in pieces
        )

    def title(self, change: TextChange) -> Markup:
        """A section's heading."""
        if change.title:
            return self.pieces(change.title)
        return escape(self.texts.gettext(_SECTIONS.get(change.id, change.id)))

    def blocks(self, blocks: Iterable[BlockChange]) -> Markup:
        """A section's text."""
        found = []
        for is_item, run in groupby(blocks, key=lambda block: block.kind == "item"):
            if is_item:
                items = [Markup("<li{}>{}</li>").format(_state(block), self.pieces(block.pieces)) for block in run]
                found.append(Markup("<ul>{}</ul>").format(Markup("").join(items)))
            else:
                found += [self._block(block) for block in run]
        return Markup("\n").join(found)

    def _block(self, block: BlockChange) -> Markup:
        text, state = self.pieces(block.pieces), _state(block)
        kind, _, rest = block.kind.partition(":")
        if kind == "code":
            return Markup("<pre{}>{}</pre>").format(state, text)
        if kind == "quote":
            return Markup("<blockquote{}><p>{}</p></blockquote>").format(state, text)
        if kind in {"heading", "term"}:
            return Markup("<p{}><b>{}</b></p>").format(state, text)
        label = self.label(kind, rest)
        if label:
            return Markup("<p{}><b>{}:</b> {}</p>").format(state, label, text)
        return Markup("<p{}>{}</p>").format(state, text)

    def label(self, kind: str, rest: str) -> str:
        """What stands before a step or a level."""
        if kind == "step":
            when, _, paths = rest.partition(":")
            others = ", ".join(self._path(one) for one in paths.split()) if paths != "new" else ""
            return words.step_words(self.texts, when) + (f" ({others})" if others else "")
        return rest if kind == "level" else ""

    def _path(self, identity: str) -> str:
        names = {path.id: path.name for path in self.view.handbook.names.paths}
        if identity in names:
            return self.view.local(names[identity])
        return self.texts.gettext("New here") if identity == "new" else identity


def _state(block: BlockChange) -> Markup:
    return Markup(' class="sw-block--{}"').format(block.change)


# Plain text -----------------------------------------------------------------------------------------------------------


def text_of(pieces: Iterable[Piece]) -> str:
    """A line of text with its changes: ``[-what went-]{+what came+}``."""
    marks = {SAME: "{}", DELETED: "[-{}-]", INSERTED: "{{+{}+}}"}
    return "".join(marks[piece.change].format(piece.text) for piece in pieces)


def changes_text(view: View, changes: EditionChanges) -> str:
    """What changed between two editions, for a terminal or a mail."""
    return "\n".join(_Text(view).lines(changes)).rstrip() + "\n"


class _Text:
    def __init__(self, view: View) -> None:
        self.view = view
        self.told = ChangeWords(view)
        self.redline = Redline(view)
        self._ = view.texts.gettext

    def lines(self, changes: EditionChanges) -> Iterator[str]:
        yield self._(
            "From edition {old} ({old_date}) to edition {new} ({new_date})",
            old=changes.old.label,
            old_date=self.view.formats.date(changes.old.effective_from),
            new=changes.new.label,
            new_date=self.view.formats.date(changes.new.effective_from),
        )
        if not changes.standards and changes.method is None and not changes.pages:
            yield ""
            yield self._("Nothing changes.")
        for change in changes.standards:
            yield from self._standard(change)
        if changes.method is not None:
            yield from self._method(changes.method)
        for page in changes.pages:
            yield from self._page(page)

    def _standard(self, change: StandardChange) -> Iterator[str]:
        number = change.standard.identity.number
        heading = f"{number} {text_of(change.title)} ({self._(KINDS[change.kind])})"
        yield from ("", heading, "=" * len(heading))
        yield from self._reasons(change.reasons)
        if change.kind != "revised":
            yield from (f"  {line}" for line in self.told.short(change))
            return
        if not change.scored:
            yield "  " + self._("Only the wording changes; scoring stays as it is.")
        yield from self._rows("", change)
        for measure in change.measures:
            yield from self._measure(measure)
        yield from self._sections(change.texts)

    def _method(self, change: MethodChange) -> Iterator[str]:
        heading = text_of(change.title)
        yield from ("", heading, "=" * len(heading))
        yield from self._reasons(change.reasons)
        yield from self._rows("", change)
        yield from self._sections(change.texts)

    def _page(self, change: PageChange) -> Iterator[str]:
        heading = f"{text_of(change.title)} ({self._(KINDS[change.kind])})"
        yield from ("", heading, "=" * len(heading))
        yield from self._reasons(change.reasons)
        yield from self._sections(change.texts)

    def _reasons(self, reasons: Iterable[Reason]) -> Iterator[str]:
        for reason in reasons:
            yield "  " + self._("Reason ({label}):", label=reason.edition.label) + f" {self.view.local(reason.text)}"

    def _rows(self, indent: str, change: StandardChange | MethodChange) -> Iterator[str]:
        for row in self.told.rule_rows(change):
            yield f"  {indent}{row.label}: {row.old} → {row.new}. {row.meaning}"

    def _measure(self, change: MeasureChange) -> Iterator[str]:
        yield f"  {self.view.local(change.measure.title)}"
        for row in self.told.rows(change):
            yield f"    {row.label}: {row.old} → {row.new}. {row.meaning}"
        if run := self.told.run(change):
            yield f"    {run}"

    def _sections(self, texts: Iterable[TextChange]) -> Iterator[str]:
        for section in texts:
            if section.change in {"same", "layout"}:
                continue
            title = text_of(section.title) or self._(_SECTIONS.get(section.id, section.id))
            yield from ("", f"  {title}", f"  {'-' * len(title)}")
            for block in section.blocks:
                kind, _, rest = block.kind.partition(":")
                label = self.redline.label(kind, rest)
                mark = "- " if kind == "item" else f"{label}: " if label else ""
                yield f"  {mark}{text_of(block.pieces)}"
