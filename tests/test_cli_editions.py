"""``standardwerk diff``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from standardwerk.cli import main
from tests.conftest import ROOT

CONFIG = ["-f", str(ROOT / "mkdocs.yml")]

pytestmark = pytest.mark.site


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["diff", *CONFIG, *arguments])
    return done.exit_code, done.output


def test_as_text() -> None:
    code, german = run("2025.2", "2026.1", "--lang", "de")
    assert code == 0
    assert german.startswith("Von Ausgabe 2025.2 (01.07.2025) zu Ausgabe 2026.1 (01.01.2026)\n")
    assert "nötig sind 100\u00a0% statt 95\u00a0% (strenger)" in german
    # The earlier edition is always the old one.
    assert run("2026.1", "2025.2", "--lang", "de") == (0, german)
    assert "needs 100% instead of 95% (harder to reach)" in run("2025.2", "2026.1", "--lang", "en")[1]
    assert run("2026.1", "2026.1", "--lang", "en")[1].endswith("\nNothing changes.\n")


def test_as_a_page(tmp_path: Path) -> None:
    for language in ("de", "en"):
        file = tmp_path / f"{language}.html"
        assert run("2025.1", "2027.1", "--lang", language, "--html", str(file)) == (0, "")
        page = html.document_fromstring(file.read_bytes())
        assert page.get("lang") == language
        assert page.xpath("//del") and page.xpath("//ins")
        # It stands by itself.
        assert not page.xpath("//script | //link | //img")
        places = {str(one) for one in page.xpath("//@id")}
        assert {str(one).removeprefix("#") for one in page.xpath("//a/@href")} <= places


def test_an_edition_that_is_not_there() -> None:
    code, said = run("2025.1", "2099.9", "--lang", "en")
    assert code == 1
    assert said == "There is no edition “2099.9”. Known: 2025.1, 2025.2, 2026.1, 2027.1.\n"
