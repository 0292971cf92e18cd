"""Search per language: the host's one index becomes one index for each language's current tree."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

#: The name of the index, seen from the root of a tree.
INDEX = "search/search_index.json"
#: Where words end: blanks, dashes, punctuation (a dot not before a digit), and escaped signs.
SEPARATOR = r"[\s\u200b\-‐–—_,:;!?=\[\]()\"„“”‚‘’«»/|…]+|\.(?!\d)|&(?:lt|gt|amp|quot);"
_PIPELINE = ("stemmer", "stopWordFilter", "trimmer")
_STEMMERS = "assets/javascripts/lunr/min"


def split(
    index: Mapping[str, Any], roots: Mapping[str, str], pages: Collection[str], stemmers: Collection[str] = ()
) -> dict[str, dict[str, Any]]:
    """By language: an index of the pages below its root, with addresses seen from there.

    ``roots`` are the roots of the languages (``de`` → ``de/``); ``pages`` the addresses of the pages that may be found;
    ``stemmers`` the languages besides English that the search engine knows.
    """
    found = frozenset(pages)
    indexes = {}
    for language, root in roots.items():
        known = next((name for name in (language, language.partition("-")[0]) if name in stemmers), None)
        english = language.partition("-")[0] == "en"
        config = dict(index["config"]) | {
            "lang": [known or "en"],
            "separator": SEPARATOR,
            "pipeline": list(_PIPELINE) if known or english else [],
        }
        docs = [
            dict(entry) | {"location": entry["location"].removeprefix(root)}
            for entry in index["docs"]
            if entry["location"].startswith(root) and entry["location"].partition("#")[0] in found
        ]
        indexes[language] = {"config": config, "docs": docs}
    return indexes


def publish_search(site_dir: Path, roots: Mapping[str, str], pages: Collection[str]) -> None:
    """Write an index for each language below its root, and remove the common one."""
    common = site_dir / INDEX
    if not common.is_file():
        return
    index = json.loads(common.read_text("utf-8"))
    stemmers = {file.name.split(".")[1] for file in (site_dir / _STEMMERS).glob("lunr.??.min.js")}
    for language, part in split(index, roots, pages, stemmers).items():
        file = site_dir / roots[language] / INDEX
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":")), "utf-8")
    common.unlink()
    if not any(common.parent.iterdir()):
        common.parent.rmdir()
