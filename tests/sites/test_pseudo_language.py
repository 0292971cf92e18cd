"""A language that nobody wrote code for: its catalogue puts every message in ‹brackets›.

What stands outside of brackets on a page in that language was not asked of the catalogue: it must be the handbook's
own, a figure, or a word that CLDR has.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from lxml import html

from tests.render.catalogue import ROOT, extract
from tests.sites.tiny import Built, Tiny

pytestmark = pytest.mark.site

LANGUAGE = "fr"
MESSAGE = re.compile(r"‹[^‹›]*›")
WORD = re.compile(r"[^\W\d_]{2,}")
HASH = re.compile(r"\b[0-9a-f]{8}\b")
#: Attributes that are read out or shown.
SPOKEN = ("title", "aria-label", "alt", "placeholder", "data-label")


def pseudo() -> bytes:
    """A complete catalogue; placeholders stay."""
    catalogue = Catalog(locale=LANGUAGE)
    for message in extract(ROOT):
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            said = tuple(f"‹{one}›" for one in ids)
            said += (said[-1],) * (catalogue.num_plurals - len(said)) if len(said) > 1 else ()
            catalogue.add(message.id, said if len(said) > 1 else said[0], context=message.context)
    out = io.BytesIO()
    write_po(out, catalogue, width=0)
    return out.getvalue()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tiny = Tiny(languages=(LANGUAGE, "en"))
    tiny.files[f"theme/locales/{LANGUAGE}.po"] = pseudo()
    tiny.revision["onboarding"] = [{"when": "day-1", "text": tiny.local("Step")}]
    done = tiny.build(tmp_path_factory.mktemp("pseudo"), "--strict")
    assert done.returncode == 0, done.output
    return done


def own_words(files: Mapping[str, Any]) -> Iterator[str]:
    """What the handbook says in the language, and its names."""
    for path, content in files.items():
        if path.endswith(f".{LANGUAGE}.md"):
            yield content
        elif isinstance(content, Mapping):
            yield from _of_language(content)
        elif path.endswith(".csv"):
            yield from (str(cell) for row in content[1:] for cell in row)
    yield from ("Tiny Ltd", "EN", LANGUAGE.upper(), "sales")


def _of_language(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from [item] if key == LANGUAGE and isinstance(item, str) else _of_language(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _of_language(item)


def ours(page: html.HtmlElement) -> list[str]:
    """The texts of the part of a page that is not Material's."""
    parts = page.xpath("//article//*[not(self::script or self::style)]/text()")
    parts += page.xpath("//title/text()")
    for attribute in SPOKEN:
        parts += page.xpath(f"//article//@{attribute}")
    return [str(part) for part in parts]


def outside(text: str) -> str:
    """What is left without messages; they may stand in each other."""
    while MESSAGE.search(text):
        text = MESSAGE.sub("", text)
    return text


def test_every_word_comes_from_the_catalogue_the_handbook_or_cldr(built: Built) -> None:
    locale = Locale(LANGUAGE)
    known = {
        word for names in locale.months["format"].values() for name in names.values() for word in WORD.findall(name)
    }
    known |= {word for text in own_words(Tiny(languages=(LANGUAGE, "en")).files) for word in WORD.findall(text)}
    known |= {"Step", "csv"}
    pages = [
        (path, text) for path, text in built.pages() if f"/{LANGUAGE}/" in f"/{path}" and 'lang="fr"' in text[:400]
    ]
    assert len(pages) > 15
    assert any("scorecards/ann/fr/2026-02/" in path for path, _ in pages)
    found: dict[str, str] = {}
    bracketed = 0
    for path, text in pages:
        for part in ours(html.document_fromstring(text)):
            bracketed += part.count("‹")
            for word in WORD.findall(HASH.sub("", outside(part))):
                if word not in known:
                    found.setdefault(word, f"{path}: {part.strip()[:80]}")
    assert found == {}
    assert bracketed > 500


def test_no_german_on_a_site_without_german(built: Built) -> None:
    """Nothing knows that there are two languages, or which."""
    assert not [path for path in built.files() if re.search(r"(^|/)de/", path)]
    for path, text in built.pages():
        assert 'lang="de"' not in text, path
        assert 'hreflang="de"' not in text, path
