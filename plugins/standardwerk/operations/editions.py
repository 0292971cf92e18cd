"""Two editions side by side."""

from __future__ import annotations

from standardwerk.model.handbook import Edition
from standardwerk.operations import RefusedError
from standardwerk.pipeline import LoadedSite
from standardwerk.render.editions import changes_page
from standardwerk.render.redline import changes_text
from standardwerk.render.wording import blocks
from standardwerk.site.change_values import EditionChanges
from standardwerk.site.changes import compare


def _(message: str) -> str:
    return message


def changes(site: LoadedSite, one: str, other: str, language: str) -> EditionChanges:
    """What changed between two editions, called by their labels. Raises :class:`RefusedError`."""
    return compare(site.handbook, _edition(site, one), _edition(site, other), language, blocks)


def _edition(site: LoadedSite, label: str) -> Edition:
    for edition in site.handbook.editions:
        if edition.label == label:
            return edition
    known = ", ".join(edition.label for edition in site.handbook.editions)
    raise RefusedError(_("There is no edition “{label}”. Known: {known}."), label=label, known=known)


def as_text(site: LoadedSite, found: EditionChanges, language: str) -> str:
    """Changes as plain text."""
    return changes_text(site.view(language), found)


def as_page(site: LoadedSite, found: EditionChanges, language: str) -> str:
    """Changes as a page that stands by itself."""
    assets = site.options.theme_dir / "assets"
    tokens = (assets / "stylesheets" / "tokens.css").read_text("utf-8")
    style = [
        # A page by itself has no font beside it.
        tokens[tokens.index(":root") :],
        (assets / "standalone" / "diff.css").read_text("utf-8"),
        (assets / "stylesheets" / "components.css").read_text("utf-8"),
        (assets / "stylesheets" / "editions.css").read_text("utf-8"),
    ]
    return changes_page(site.view(language), found, "\n".join(style))
