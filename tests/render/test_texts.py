from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from markupsafe import Markup

from standardwerk.render.texts import CatalogueInvalid, CatalogueMissing, Texts, fill

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural};\\n"\n\n'
TWO_FORMS = "nplurals=2; plural=(n != 1)"
POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"


def write(folder: Path, language: str, messages: str, plural: str = TWO_FORMS) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{language}.po").write_text(HEADER.replace("{plural}", plural) + messages, encoding="utf-8")
    return folder


def load(tmp_path: Path, messages: str, language: str = "de", plural: str = TWO_FORMS) -> Texts:
    return Texts.load(language, [write(tmp_path / "locales", language, messages, plural)])


def test_english_needs_no_catalogue() -> None:
    texts = Texts.load("en", [])
    assert texts.gettext("Value") == "Value"
    assert texts.ngettext("{count} month", "{count} months", 1) == "1 month"
    assert texts.ngettext("{count} month", "{count} months", 3) == "3 months"
    assert texts.missing() == ()


def test_a_language_without_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueMissing) as caught:
        Texts.load("en_GB", [tmp_path])
    assert caught.value.language == "en_GB"
    assert caught.value.folders == (tmp_path,)


def test_contexts_tell_equal_words_apart(tmp_path: Path) -> None:
    texts = load(
        tmp_path,
        'msgid "closed"\nmsgstr "geschlossen"\n\nmsgctxt "month"\nmsgid "closed"\nmsgstr "abgeschlossen"\n',
    )
    assert texts.gettext("closed") == "geschlossen"
    assert texts.pgettext("month", "closed") == "abgeschlossen"


def test_plural_forms_follow_the_catalogue(tmp_path: Path) -> None:
    texts = load(
        tmp_path,
        'msgid "{count} file"\nmsgid_plural "{count} files"\n'
        'msgstr[0] "{count} plik"\nmsgstr[1] "{count} pliki"\nmsgstr[2] "{count} plików"\n',
        "pl",
        POLISH,
    )
    shown = [texts.ngettext("{count} file", "{count} files", count) for count in (1, 2, 5, 22)]
    assert shown == ["1 plik", "2 pliki", "5 plików", "22 pliki"]
    assert texts.ngettext("{count} file", "{count} files", 1200, count="1.200") == "1.200 plików"


def test_a_later_folder_adds_and_replaces(tmp_path: Path) -> None:
    first = write(tmp_path / "theme", "de", 'msgid "Value"\nmsgstr "Wert"\n\nmsgid "Month"\nmsgstr "Monat"\n')
    second = write(tmp_path / "own", "de", 'msgid "Value"\nmsgstr "Zahl"\n\nmsgid "Branch"\nmsgstr "Filiale"\n')
    texts = Texts.load("de", [first, second, tmp_path / "none"])
    assert [texts.gettext(message) for message in ("Value", "Month", "Branch")] == ["Zahl", "Monat", "Filiale"]
    assert texts.missing() == ()


def test_what_is_not_translated_is_listed_and_shown_in_english(tmp_path: Path) -> None:
    texts = load(
        tmp_path,
        'msgid "Empty"\nmsgstr ""\n\n#, fuzzy\nmsgid "Fuzzy"\nmsgstr "Ungefähr"\n\n'
        'msgid "Hello {name}"\nmsgstr "Hallo {nmae}"\n',
    )
    assert texts.missing() == (("", "Empty"), ("", "Fuzzy"), ("", "Hello {name}"))
    assert texts.gettext("Fuzzy") == "Fuzzy"
    assert texts.gettext("Hello {name}", name="x") == "Hello x"
    assert texts.pgettext("place", "Unheard") == "Unheard"
    assert texts.find("Unseen") is None
    assert texts.missing()[-1] == ("place", "Unheard")


def test_values_are_never_read_as_templates() -> None:
    texts = Texts("en")
    assert texts.gettext("{a} and {b}", a="{b}", b="{a.__class__}") == "{b} and {a.__class__}"
    assert texts.gettext("{a.__class__} {0} {{a}} {a}", a=1) == "{a.__class__} {0} {a} 1"


def test_a_field_without_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        Texts("en").gettext("{a} {b}", a=1)


def test_html_values_make_html() -> None:
    found = fill("<{name}> & {link}", {"name": "A&B", "link": Markup("<a>x</a>")})
    assert isinstance(found, Markup)
    assert found == "&lt;A&amp;B&gt; &amp; <a>x</a>"


@pytest.mark.parametrize(
    ("messages", "plural"),
    [
        ('msgid "a"\nmsgid "b"\nnonsense\n', TWO_FORMS),
        ('msgid "a"\nmsgstr "b"\n', "nplurals=2; plural=(__import__('os'))"),
    ],
)
def test_a_broken_catalogue_is_named(tmp_path: Path, messages: str, plural: str) -> None:
    with pytest.raises(CatalogueInvalid) as caught:
        load(tmp_path, messages, plural=plural)
    assert caught.value.file.name == "de.po"


def test_texts_go_to_other_processes(tmp_path: Path) -> None:
    texts = load(tmp_path, 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} Tag"\nmsgstr[1] "{n} Tage"\n')
    again = pickle.loads(pickle.dumps(texts))
    assert again.ngettext("{n} day", "{n} days", 2, n=2) == "2 Tage"
    assert again.language == "de"
