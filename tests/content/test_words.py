"""One word per thing, and the typography of both languages, in the demo's texts and in the interface."""

from __future__ import annotations

import re

import pytest

from tests.content.texts import Text, handbook_texts, interface_texts

#: Words that have another one in the project's list of words. Matched as whole words.
FORBIDDEN = {
    "de": {
        r"Normen?": "Standard",
        r"Editionen?|Versionen?": "Ausgabe",
        r"Revisionen?": "Fassung",
        r"Quoten?": "Vertriebsziel",
        r"Soll(wert)?": "Zielwert",
        r"Erreichungsgrad": "Zielerreichung",
        r"bestanden|nicht erfüllt": "erfüllt, verfehlt",
        r"freigestellt": "ausgenommen",
        r"Anlaufphase": "Einarbeitung",
        r"Anwesenheit": "berücksichtigter Zeitanteil",
        r"rollierend\w*": "letzte 3 Monate",
        r"Rauschen": "übliche Schwankung",
        r"Schulnoten?": "Beurteilung",
        r"Kommentare?": "Stellungnahme",
        r"To-dos?": "vereinbarte Maßnahme",
        r"Schätzung(en)?": "Prognose",
        r"Buchung(en)?|Umsätze?": "Auftragseingang",
        r"Abdeckung": "Pipeline-Deckung",
        r"Gewinnrate": "Abschlussquote",
        r"Influencer\w*": "Branchenkontakt",
        r"Zeugnis(se)?": "Scorecard",
        r"Opportunit(y|ies)": "Verkaufschance",
    },
    "en": {
        r"[Vv]ersions? of (the|a) (standard|handbook)": "edition, revision",
        r"[Qq]uote (rate|book)": "win rate",
        r"[Gg]rades?": "rating",
        r"[Uu]tili[sz]e\w*|[Ll]everag\w+|[Ss]ynerg\w+": "plain words",
        # A computer's program is spelled so in British English too.
        r"organiz\w+|center\b": "British spelling",
    },
}
TYPOGRAPHY = {
    "de": {
        r"\d %|\d %(?=\w)": "no-break space before %",
        r"\d%": "no-break space before %",
        r"\d €": "no-break space before €",
        r"z\. ?B\.(?<!z\.\u00a0B\.)": "z. B. with a no-break space",
        r'(?<![=\w])"\w': "„…“",
        r"“\w": "„…“",
        r"\w - \w": "en dash",
        r"\b\d{4,}\.\d{2}\b": "decimal comma",
    },
    "en": {
        r"\d\s%": "no space before %",
        r"\d\s?€": "€ before the number",
        r'(?<![=\w])"\w': "“…”",
        r"„": "“…”",
        r"\w - \w": "en dash",
        r"\w'\w": "typographic apostrophe",
    },
}


def faults(texts: list[Text], rules: dict[str, dict[str, str]], *, words: bool) -> list[str]:
    found = []
    for place, language, text in texts:
        for pattern, instead in rules[language].items():
            whole = rf"(?<![\w-])(?:{pattern})(?![\w-])" if words else pattern
            for match in re.finditer(whole, text):
                around = text[max(0, match.start() - 25) : match.end() + 25].replace("\n", " ")
                found.append(f"{place}: …{around}… → {instead}")
    return found


@pytest.mark.parametrize("texts", [handbook_texts, interface_texts])
def test_one_word_per_thing(texts) -> None:
    found = texts()
    assert len(found) > 100
    assert faults(found, FORBIDDEN, words=True) == []


@pytest.mark.parametrize("texts", [handbook_texts, interface_texts])
def test_typography(texts) -> None:
    found = texts()
    assert faults(found, TYPOGRAPHY, words=False) == []


def test_a_forbidden_word_is_found() -> None:
    assert faults([Text("x", "de", "Ihre Quote sinkt")], FORBIDDEN, words=True)
    assert not faults([Text("x", "de", "Ihre Abschlussquote sinkt")], FORBIDDEN, words=True)
    assert faults([Text("x", "de", "um 5 % mehr")], TYPOGRAPHY, words=False)
    assert not faults([Text("x", "de", "um 5\u00a0% mehr")], TYPOGRAPHY, words=False)
