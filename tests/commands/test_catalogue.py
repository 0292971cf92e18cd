"""``standardwerk catalogue``: the words of the interface in a language of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result

from standardwerk.cli import main
from standardwerk.operations import RefusedError
from standardwerk.operations.catalogues import bring_up_to_date
from standardwerk.render.texts import Texts
from tests.conftest import ROOT
from tests.render.catalogue import extract

KNOWN = ROOT / "theme/locales/de.po"


def run(folder: Path, *arguments: str) -> Result:
    (folder / "mkdocs.yml").write_text("site_name: A\nplugins: [search, standardwerk]\n")
    return CliRunner().invoke(main, ["catalogue", *arguments, "-f", str(folder / "mkdocs.yml"), "--lang", "en"])


def ids_of(file: Path) -> set[object]:
    with file.open("rb") as stream:
        return {(message.context, message.id) for message in read_po(stream) if message.id}


def test_it_has_every_message_and_no_german(tmp_path: Path) -> None:
    said = run(tmp_path, "fr")
    file = tmp_path / "theme/locales/fr.po"
    expected = {(message.context, message.id) for message in extract(ROOT) if message.id}
    assert ids_of(file) == expected
    assert said.output.endswith(f"fr.po: {len(expected)} messages, {len(expected)} without a translation\n")
    assert Texts.load("fr", [file.parent]).find("the site") is None
    assert "die Website" not in file.read_text("utf-8")


def test_what_is_translated_stays(tmp_path: Path) -> None:
    file = tmp_path / "fr.po"
    before = bring_up_to_date(file, "fr", KNOWN)
    text = file.read_text("utf-8").replace('msgid "the site"\nmsgstr ""', 'msgid "the site"\nmsgstr "le site"')
    file.write_text(text + '\nmsgid "of an older release"\nmsgstr "d’avant"\n', "utf-8")
    after = bring_up_to_date(file, "fr", KNOWN)
    assert (after.messages, after.open) == (before.messages, before.open - 1)
    assert Texts.load("fr", [tmp_path]).find("the site") == "le site"
    assert '#~ msgstr "d’avant"' in file.read_text("utf-8")
    once = file.read_bytes()
    bring_up_to_date(file, "fr", KNOWN)
    assert file.read_bytes() == once


def test_plurals_are_those_of_the_language(tmp_path: Path) -> None:
    bring_up_to_date(tmp_path / "pl.po", "pl", KNOWN)
    text = (tmp_path / "pl.po").read_text("utf-8")
    assert "nplurals=3" in text
    assert 'msgstr[2] ""' in text


@pytest.mark.parametrize("language", ["de", "en", "no/../no", "zz-zz-zz", ""])
def test_what_cannot_be_is_refused(tmp_path: Path, language: str) -> None:
    with pytest.raises(RefusedError):
        bring_up_to_date(tmp_path / "x.po", language, KNOWN)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_read_is_left(tmp_path: Path) -> None:
    (tmp_path / "theme/locales").mkdir(parents=True)
    (tmp_path / "theme/locales/fr.po").write_text('msgid "a\n')
    said = run(tmp_path, "fr")
    assert said.exit_code == 1
    assert (tmp_path / "theme/locales/fr.po").read_text() == 'msgid "a\n'
