"""Messages of the code and templates, and the upkeep of the catalogues.

``python -m tests.render.catalogue`` (from the repository's root) brings each ``theme/locales/*.po`` up to date: new
messages are added without a translation, messages no longer used are removed. Then fill in what is empty.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from standardwerk.operations.catalogues import catalogue_text

ROOT = Path(__file__).resolve().parents[2]
LOCALES = Path("theme/locales")

METHODS = [("plugins/standardwerk/**.py", "python"), ("theme/**.html", "jinja2"), ("theme/**.xml", "jinja2")]
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_h": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def extract(root: Path) -> Catalog:
    """All messages of the code under ``plugins/standardwerk`` and of the templates under ``theme``."""
    catalog = Catalog(project="Standardwerk", charset="utf-8")
    found = extract_from_dir(
        root,
        METHODS,
        {"theme/**.html": {"trimmed": "true"}, "theme/**.xml": {"trimmed": "true"}},
        keywords=KEYWORDS,
        directory_filter=lambda path: (
            Path(path).name not in {"__pycache__", "node_modules", "build", "tests"}
            and Path(path) != root / "site"
            and not Path(path).name.startswith(".")
        ),
    )
    for file, _line, message, _comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalog.add(message, locations=[(file, 0)], context=context)
    return catalog


def update(root: Path) -> None:
    """Bring all catalogues up to date."""
    messages = extract(root)
    for file in sorted((root / LOCALES).glob("*.po")):
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=file.stem)
        catalogue.update(messages, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        save(catalogue, file)


def save(catalogue: Catalog, file: Path) -> None:
    """Write a catalogue in the repository's form: by file, without line numbers and dates."""
    catalogue.header_comment = "# Texts of Standardwerk's pages and messages. The message ids are the English texts."
    file.write_text(catalogue_text(catalogue, sort_by_file=True), "utf-8", newline="\n")


if __name__ == "__main__":
    update(ROOT)
