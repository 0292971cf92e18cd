"""The protocol of an erasure, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from standardwerk.model.erasure import Erasure
from standardwerk.render.formats import Formats
from standardwerk.render.report import printable
from standardwerk.render.texts import Texts


def _(message: str) -> str:
    return message


#: What no command can reach: by the names they have in JSON.
_BEYOND = {
    "history": _(
        "The history of version control: earlier states of the files stay in it until it is rewritten, in every copy."
    ),
    "backups": _("Backups: delete there as well, or see that a restored state is erased again."),
    "exports": _("Files that were sent or saved: exports, entry sheets, mails, prints, downloads."),
    "sites": _(
        "Sites that are published: publish anew, and delete earlier releases (kept for --rollback) and other copies."
    ),
    "sources": _("The systems the figures come from: their next export may have the person again."),
}


def erasure_json(found: Erasure) -> str:
    """The protocol as JSON."""
    data = {
        "reps": list(found.reps),
        "on": found.on.isoformat(),
        "done": found.done,
        "minimum_group": found.minimum_group,
        "removed": [{"path": one.path, "kind": one.kind, "count": one.count} for one in found.removed],
        "sums_kept": found.kept,
        "sums_withdrawn": {str(month): count for month, count in found.withdrawn.items()},
        "still_named": [
            {"path": one.path, "lines": list(one.lines)} | ({"cannot_be_read": True} if one.is_broken else {})
            for one in found.mentions
        ],
        "cache_entries": found.cached,
        "not_reached": list(_BEYOND),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def erasure_markdown(found: Erasure, texts: Texts) -> str:
    """The protocol in a language."""
    return "\n".join(map(printable, _Writer(found, texts).lines())) + "\n"


class _Writer:
    def __init__(self, found: Erasure, texts: Texts) -> None:
        self.found = found
        self.texts = texts
        self._ = texts.gettext
        self.formats = Formats(texts.language, "EUR", texts)

    def lines(self) -> Iterator[str]:
        found = self.found
        yield "# " + self._("Protocol of an erasure")
        yield ""
        people = ", ".join(f"`{rep}`" for rep in found.reps) or self._("nobody as a whole")
        yield self._("{people}, on {date}", people=people, date=self.formats.date(found.on))
        if not found.done:
            yield ""
            yield "**" + self._("Trial run: nothing was changed. Carry it out with --yes.") + "**"
        yield from self._removed()
        yield from self._sums()
        yield from self._mentions()
        yield from self._section(self._("Not reached by this command"))
        for message in _BEYOND.values():
            yield f"- {self._(message)}"

    def _section(self, title: str) -> Iterator[str]:
        yield ""
        yield f"## {title}"
        yield ""

    def _removed(self) -> Iterator[str]:
        yield from self._section(self._("Removed"))
        for one in self.found.removed:
            yield f"- `{one.path}`: {self._what(one.kind, one.count)}"
        if not self.found.removed:
            yield self._("nothing")
        if self.found.done:
            yield "- " + self._("the cache, as a whole")

    def _what(self, kind: str, count: int) -> str:
        ngettext = self.texts.ngettext
        if kind == "file":
            return self._("the file")
        if kind == "rows":
            return ngettext("{count} row", "{count} rows", count)
        if kind == "names":
            return ngettext("{count} name in rows of others", "{count} names in rows of others", count)
        return ngettext("published figures, {count} entry", "published figures, {count} entries", count)

    def _sums(self) -> Iterator[str]:
        found = self.found
        if not found.kept and not found.withdrawn:
            return
        yield from self._section(self._("Figures of the organisation"))
        if found.kept:
            yield "- " + self.texts.ngettext(
                "{count} figure stays right: of those who were erased a sum over at least {least} people is kept.",
                "{count} figures stay right: of those who were erased sums over at least {least} people are kept.",
                found.kept,
                least=found.minimum_group,
            )
        if found.withdrawn:
            count, months = sum(found.withdrawn.values()), list(found.withdrawn)
            yield "- " + self.texts.ngettext(
                "{count} figure is withdrawn, of {first} to {last}: fewer than {least} people were erased at once, or "
                "all of them had the same.",
                "{count} figures are withdrawn, of {first} to {last}: fewer than {least} people were erased at once, "
                "or all of them had the same.",
                count,
                first=self.formats.month(months[0]),
                last=self.formats.month(months[-1]),
                least=found.minimum_group,
            )

    def _mentions(self) -> Iterator[str]:
        if not self.found.mentions:
            return
        yield from self._section(self._("Still named"))
        yield self._("What others wrote was left as it is. Look at these places, and change them by hand:")
        yield ""
        for one in self.found.mentions:
            lines = [line for line in one.lines if line]
            where = self.formats.lines(lines) if lines else ""
            if one.is_broken:
                where = self._("cannot be read")
            yield f"- `{one.path}`" + (f" ({where})" if where else "")
