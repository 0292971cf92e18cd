"""Everything about one person: as pages to read, and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape

from standardwerk.model.dossier import Dossier, Table
from standardwerk.model.months import Month
from standardwerk.render.texts import Texts
from standardwerk.render.view import View
from standardwerk.site.contexts import ScorecardContext

#: Where a page of the site would lead, there is nothing here.
_LINK = re.compile(r'(<a\b[^>]*?) href="(?!#)[^"]*"(?: download)?')
_STYLE = """body{font-family:var(--sw-font);color:var(--sw-ink);background:var(--sw-page);color-scheme:light dark;
line-height:1.5;margin:0 auto;max-width:62rem;padding:1rem;font-size:1rem}html{font-size:125%}
table{border-collapse:collapse}th,td{border-bottom:1px solid var(--sw-rule);padding:.2rem .6rem .2rem 0;
text-align:start;vertical-align:top;overflow-wrap:anywhere;min-width:3em}div.own{overflow-x:auto}"""


def dossier_json(found: Dossier) -> str:
    """The tables as JSON: every cell as it stands in the project."""
    data = {
        "rep": found.rep,
        "name": found.name,
        "as_of": found.as_of.isoformat(),
        "scorecards": [f"scorecards/{month}.json" for month in found.months],
        "data": [
            {
                "kind": table.name,
                "place": table.place,
                "columns": list(table.columns),
                "rows": list(map(list, table.rows)),
            }
            for table in found.tables
            if table.rows
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


class DossierWriter:
    """Writes the pages in one language."""

    def __init__(self, view: View, languages: tuple[str, ...]) -> None:
        self.view = view
        self.languages = languages
        self._ = view.texts.gettext

    def _page(self, title: str, content: str) -> str:
        return (
            f'<!doctype html>\n<html lang="{self.view.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(title)}</title>\n"
            f'<link rel="stylesheet" href="../style.css">\n<style>{_STYLE}</style>\n</head>\n'
            f'<body>\n<main class="md-typeset">\n{content}\n</main>\n</body>\n</html>\n'
        )

    def scorecard(self, context: ScorecardContext, html: str) -> str:
        """A scorecard by itself: without the site there is nothing its links could lead to."""
        title = f"{context.card.name} – {self.view.formats.month(context.card.month)}"
        up = self._("All data")
        back = f'<p><a href="index.html">{escape(up)}</a></p>\n'
        return self._page(title, back + _LINK.sub(r"\1", html))

    def overview(self, found: Dossier) -> str:
        """What there is of the person, from everywhere."""
        names = self.view.handbook.names
        title = self._("Data about {name}", name=found.name)
        parts = [f"<h1>{escape(title)}</h1>"]
        others = [code for code in self.languages if code != self.view.language]
        if others:
            links = " · ".join(
                f'<a href="../{code}/index.html" lang="{code}">{escape(names.languages[code].name)}</a>'
                for code in others
            )
            parts.append(f"<p>{links}</p>")
        told = self._(
            "Everything that {organisation} has about {name} in this handbook’s files, as of {date}. Each table says "
            "which file it is from; data.json has the same for programs.",
            organisation=names.organisation,
            name=found.name,
            date=self.view.formats.date(found.as_of),
        )
        parts.append(f"<p>{escape(told)}</p>")
        parts.append("<h2>" + escape(self._("Scorecards")) + "</h2>")
        months = "".join(
            f'<li><a href="{month}.html">{escape(self.view.formats.month(Month.parse(month)))}</a></li>\n'
            for month in found.months
        )
        parts.append(f"<ul>\n{months}</ul>" if months else "<p>" + escape(self._("none")) + "</p>")
        parts += [self._table(table) for table in found.tables if table.rows]
        return self._page(title, "\n".join(parts))

    def _table(self, table: Table) -> str:
        heads = table_heads(self.view.texts)
        title = heads[table.name]
        if table.title:
            title = f"{title}: {self.view.local(table.title)}"
        words = column_words(self.view.texts)
        cells = []
        for column in table.columns:
            given = table.titles.get(column)
            name = self.view.local(given) if given is not None else words.get(column, column)
            cells.append(f'<th scope="col">{escape(name)}</th>')
        rows = "\n".join(f"<tr>{''.join([f'<td>{escape(cell)}</td>' for cell in row])}</tr>" for row in table.rows)
        place = f" <small><code>{escape(table.place)}</code></small>" if table.place else ""
        return (
            f"<h2>{escape(title)}{place}</h2>\n"
            f'<div class="own" role="region" aria-label="{escape(title)}" tabindex="0">\n<table>\n'
            f"<thead><tr>{''.join(cells)}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
        )


def table_heads(texts: Texts) -> dict[str, str]:
    """What the tables are called."""
    _: Callable[..., str] = texts.gettext
    return {
        "roster": _("In the roster"),
        "assignments": _("Assignments"),
        "availability": _("Share of time"),
        "exemptions": _("Exemptions"),
        "led": _("Teams led"),
        "approved": _("Exemptions approved for others"),
        "source": _("Monthly file"),
        "given": _("Given about others"),
        "notes": _("Notes, replies and agreed actions"),
        "closed": _("Closed month"),
        "corrections": _("Corrections"),
        "original": _("As imported"),
        "named": _("Named in texts of others"),
    }


def column_words(texts: Texts) -> dict[str, str]:
    """What columns are called that have no title of their own."""
    _: Callable[..., str] = texts.gettext
    return {
        "rep": _("Person"),
        "name": _("Name"),
        "login": _("Login"),
        "role": _("Role"),
        "team": _("Team"),
        "started_on": _("With the company since"),
        "valid_from": _("from"),
        "valid_to": _("to"),
        "territory": _("Territory"),
        "product_line": _("Product line"),
        "credit_share": _("Share of credit"),
        "ramp_from": _("Ramp-up from"),
        "month": _("Month"),
        "share": _("Share"),
        "standard": _("Standard"),
        "approved_by": _("Approved by"),
        "kind": _("Kind"),
        "text": _("Text"),
        "measure": _("Measure"),
        "status": _("Status"),
        "value": _("Value"),
        "numerator": _("Numerator"),
        "denominator": _("Denominator"),
        "target": _("Target"),
        "deciding_line": _("Deciding line"),
        "date": _("Date"),
        "reason": _("Reason"),
        "note": _("Note"),
        "was": _("before"),
        "is": _("after"),
        "file": _("File"),
        "line": _("Line"),
        "lines": _("Lines"),
    }
