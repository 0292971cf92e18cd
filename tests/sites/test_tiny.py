"""The smallest handbooks, and what every build has to keep to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.sites.tiny import MONTHS, START, Tiny, build

pytestmark = pytest.mark.site

#: A note that stands in every project without editions.lock.
NOT_SEALED = "SW605"
PERSONAL = re.compile(r"^(scorecards|teams|months)/")


def names(files: dict[str, bytes]) -> set[str]:
    return {path for path in files if not path.startswith("assets/")}


def test_the_tiny_handbook_is_valid(tmp_path: Path) -> None:
    assert set(Tiny().check(tmp_path)) <= {NOT_SEALED}


def test_without_access_only_the_handbook_is_built_and_the_build_says_so(tmp_path: Path) -> None:
    tiny = Tiny()
    del tiny.files["scorecards/access.yml"]
    built = tiny.build(tmp_path)
    assert built.returncode == 0, built.output
    assert "SW411 scorecards/access.yml There is no access.yml: only the handbook is built." in built.output
    files = built.files()
    assert "de/standards/bookings/index.html" in files
    assert not [path for path in files if PERSONAL.match(path)]
    for path, data in files.items():
        for name in (b"Ann Able", b"Bob Baker", b"Lea Lead"):
            assert name not in data, path
    bare = Tiny().without_scorecards().build(tmp_path / "bare")
    assert bare.returncode == 0, bare.output
    assert bare.files() == files


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("standards/handbook.yml", "title: [", "SW101"),
        (f"standards/bookings/{START}.yml", "measures: []\n", "SW104"),
        ("scorecards/2026-02/sales.csv", "rep,product_line,bookings,quota\nann,presses,12 %,5\n", "SW321"),
        ("scorecards/reps.csv", "nonsense\n", "SW303"),
    ],
)
def test_a_broken_file_leaves_the_old_site(tmp_path: Path, path: str, text: str, code: str) -> None:
    tiny = Tiny()
    before = tiny.build(tmp_path)
    assert before.returncode == 0, before.output
    old = before.files()
    tiny.files[path] = text
    after = tiny.build(tmp_path)
    assert after.returncode != 0
    assert f"{code} {path}" in after.output
    assert "Traceback" not in after.output
    assert "Cleaning site directory" not in after.output
    assert after.files() == old


def test_builds_are_equal_to_the_byte(tmp_path: Path) -> None:
    """Whatever the number of processes, the order of hashes, the time zone and the clock."""
    found = []
    for index, (workers, seed, zone) in enumerate(
        [(1, "0", "UTC"), (2, "1", "Pacific/Kiritimati"), (2, "2", "America/Adak")]
    ):
        tiny = Tiny(options={"as_of": "2026-03-20", "workers": workers})
        built = tiny.build(tmp_path / str(index), PYTHONHASHSEED=seed, TZ=zone)
        assert built.returncode == 0, built.output
        found.append(built.files())
    assert len(found[0]) > 50
    for other in found[1:]:
        assert set(other) == set(found[0])
        assert [path for path in other if other[path] != found[0][path]] == []


def test_a_second_build_over_the_first_is_equal(tmp_path: Path) -> None:
    tiny = Tiny()
    first = tiny.build(tmp_path).files()
    assert build(tmp_path / "project", tmp_path / "site").files() == first


CATALOGUE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Scorecard"
msgstr "Tableau de bord"

msgctxt "state"
msgid "met"
msgstr "atteint"

msgid "met"
msgstr "atteint"

msgid "All standards"
msgstr "Tous les standards"
"""


def test_a_third_language_comes_with_its_catalogue(tmp_path: Path) -> None:
    tiny = Tiny(languages=("de", "en", "fr"))
    assert "SW502" in tiny.check(tmp_path / "without")
    tiny.files["theme/locales/fr.po"] = CATALOGUE
    built = tiny.build(tmp_path)
    assert built.returncode == 0, built.output
    assert "Traceback" not in built.output
    card = built.read(f"scorecards/ann/fr/{MONTHS[-1]}/index.html")
    assert '<html lang="fr"' in card
    assert "Tableau de bord" in card
    assert "Tous les standards" in card
    assert "février 2026" in card
    assert 'hreflang="de"' in card
    assert 'hreflang="en"' in card
    assert 'hreflang="fr"' in built.read("index.html")
    assert 'href="../../fr/method/"' in built.read("de/method/index.html")
    assert "fr/search/search_index.json" in built.files()
    trees = {
        language: {path[3:] for path in names(built.files()) if path.startswith(f"{language}/")}
        for language in tiny.languages
    }
    assert trees["fr"] == trees["de"] == trees["en"]


def test_a_handbook_of_one_language(tmp_path: Path) -> None:
    built = Tiny(languages=("en",)).build(tmp_path)
    assert built.returncode == 0, built.output
    files = names(built.files())
    assert not [path for path in files if re.search(r"(^|/)de/", path)]
    for path, text in built.pages():
        assert "sw-languages" not in text, path
        assert "\0" not in text, path
        assert '<html lang="en"' in text, path


def test_a_handbook_without_product_lines(tmp_path: Path) -> None:
    tiny = Tiny(lines=())
    assert "product_lines" not in tiny.names
    assert "scorecards/assignments.csv" not in tiny.files
    built = tiny.build(tmp_path)
    assert built.returncode == 0, built.output
    card = built.read(f"scorecards/ann/en/{MONTHS[-1]}/index.html")
    assert "By product line" not in card
    assert "Attainment (en)" in card


def test_the_tiny_handbook_lies_in_the_tests_alone() -> None:
    assert not (ROOT / "standards" / "bookings").exists()
