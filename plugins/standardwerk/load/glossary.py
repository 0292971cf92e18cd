"""``glossary.yml``: the terms of the handbook."""

from __future__ import annotations

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.files import Folder, listing
from standardwerk.load.forms import LanguageCheck, Sound, check_ids, load_sound
from standardwerk.load.yaml import Path
from standardwerk.model.terms import Glossary, Term

GLOSSARY_FILE = "glossary.yml"


def load_glossary(folder: Folder, languages: LanguageCheck, diagnostics: Diagnostics) -> tuple[Term, ...]:
    """The terms of the glossary; none if there is no such file."""
    if not folder.exists(GLOSSARY_FILE):
        return ()
    sound = load_sound(folder, GLOSSARY_FILE, Glossary, diagnostics, {"terms": []})
    if sound.lost:
        diagnostics.doubt("term")
    languages.check(sound)
    terms, document = sound.value.terms, sound.document
    check_ids([(term.id, document.place(("terms", index, "id"))) for index, term in enumerate(terms)], diagnostics)
    if not diagnostics.doubts("language"):
        _check_languages(sound, languages.languages, diagnostics)
    _check_words(sound, diagnostics)
    return terms


def _check_languages(sound: Sound[Glossary], languages: tuple[str, ...], diagnostics: Diagnostics) -> None:
    """Synonyms are in languages of the handbook."""
    for index, term in enumerate(sound.value.terms):
        for language in term.synonyms:
            if language not in languages:
                place = sound.document.place(("terms", index, "synonyms", language), key=True)
                diagnostics.add("SW110", place, language=language, known=listing(list(languages)))


def _check_words(sound: Sound[Glossary], diagnostics: Diagnostics) -> None:
    """No word means two things in a language, whichever languages the handbook has."""
    owners: dict[tuple[str, str], str] = {}
    for index, term in enumerate(sound.value.terms):
        for language in term.term:
            places: list[tuple[str, Path]] = [(term.term.get(language) or "", ("terms", index, "term", language))]
            for number, word in enumerate(term.synonyms.get(language, ())):
                places.append((word, ("terms", index, "synonyms", language, number)))
            for word, path in places:
                other = owners.setdefault((language, word.strip().casefold()), term.id)
                if word.strip() and other != term.id:
                    diagnostics.add("SW231", sound.document.place(path), word=word, other=other)
