"""The theme's folder, and what the host's theme and Markdown are set to: values only, the adapter sets them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any


def _(message: str) -> str:
    """Mark a message for the catalogue."""
    return message


EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "attr_list": {},
    "tables": {"use_align_attribute": True},
    "toc": {"permalink": True},
    "admonition": {},
    "def_list": {},
    "footnotes": {},
}
"""Extensions of Markdown with their settings."""

FEATURES = (
    "navigation.tabs",
    "navigation.sections",
    "navigation.prune",
    "navigation.footer",
    "navigation.top",
    "toc.follow",
    "search.highlight",
)
#: Features that load pages by script or take the first page of every section for its index (all are ``index.md``).
_UNUSABLE = re.compile(r"navigation\.(instant.*|indexes|expand)|announce\.dismiss|content\.action.*")

PALETTE = (
    {
        "media": "(prefers-color-scheme)",
        "scheme": "default",
        "toggle": {"icon": "material/brightness-auto", "name": _("Switch to light colours")},
    },
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "toggle": {"icon": "material/brightness-7", "name": _("Switch to dark colours")},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "toggle": {"icon": "material/brightness-4", "name": _("Follow the system’s colours")},
    },
)
ICONS = {"logo": "material/book"}

PLACES = ("banner", "edition", "notice", "style")
"""Blocks of a page that the theme shows outside the content."""
WAYS = {"href": "", "standards": "standards/", "my_scorecard": "my-scorecard/"}
"""Where a notice leads on: by name, the folder of a page below the language's root."""
STYLES = "assets/stylesheets"
"""The folder of the styles, in the theme and in the site."""
FIRST_STYLES = ("tokens",)
#: Attributes that their elements do not have, or do not need, and empty numbers: what stands there, and what should.
_FAULTS = (
    ('id="__drawer" autocomplete="off"', 'id="__drawer"'),
    ('id="__search" autocomplete="off"', 'id="__search"'),
    (' tabindex=""', ""),
    ('<svg xmlns="http://www.w3.org/2000/svg"', "<svg"),
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\s*\n\s*")
SKIP_TARGET = "sw-content"
"""The id of a personal page's content."""


class ThemeError(LookupError):
    """The theme is not as it has to be. The text says what to do."""


def theme_dir() -> Path:
    """The theme's folder: inside the installed package, or at the top of a checkout."""
    installed = Path(str(resources.files("standardwerk"))) / "theme"
    folder = installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "theme"
    if not (folder / "main.html").is_file():
        raise ThemeError("The theme of standardwerk is missing. Install the package again.")
    return folder


def features(own: Iterable[str]) -> list[str]:
    """The project's own features and ours, without those that do not work here."""
    return [feature for feature in dict.fromkeys([*own, *FEATURES]) if not _UNUSABLE.fullmatch(feature)]


def palette() -> list[dict[str, Any]]:
    """Colours: as the system, light, dark."""
    return [dict(option, primary="custom", accent="custom") for option in PALETTE]


def published_assets(folder: Path, pattern: str) -> list[str]:
    """Paths of files of the theme below the site's root, in order of their names."""
    return sorted(file.relative_to(folder).as_posix() for file in (folder / "assets").glob(pattern))


def stylesheet(folder: Path) -> tuple[str, str]:
    """The theme's styles as one: its path below the site's root, and its text.

    One file is one request. It is named by its content, so that no browser keeps an old one.
    """
    files = sorted((folder / STYLES).glob("*.css"), key=lambda file: (file.stem not in FIRST_STYLES, file.name))
    text = "\n".join(_BLANKS.sub("\n", _COMMENT.sub("", file.read_text("utf-8"))).strip() for file in files)
    name = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{STYLES}/standardwerk.{name}.css", text


def mended(html: str) -> str:
    """A page of the host's theme without what is not HTML in it."""
    for there, should in _FAULTS:
        html = html.replace(there, should)
    return html


def theme_language(language: str, folders: Iterable[str]) -> str:
    """The language of the host theme's own words: ``de`` for ``de-AT`` if it has no other."""
    known = [Path(folder) / "partials" / "languages" for folder in folders]
    for name in (language, language.partition("-")[0]):
        if any((folder / f"{name}.html").is_file() for folder in known):
            return name
    raise ThemeError(f"The theme “material” has no words in the language “{language}”.")
