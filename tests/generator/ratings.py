"""The quarterly ratings: by the lead, by oneself, and of observed deals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .dice import Dice
from .situation import Row, Situation

CONDUCT = "professional-conduct"
NEGOTIATION = "sales-negotiation"
ITEMS: Mapping[str, tuple[str, ...]] = {
    CONDUCT: ("reliability", "preparation", "respect", "integrity"),
    NEGOTIATION: ("discovery", "value", "negotiation", "closing"),
}
OBSERVED = (250, 450, 800)
"""Per mille: no observed deal in a quarter, at most one, at most two; else three."""

_LOW, _HIGH = "low", "high"
EVIDENCE: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("reliability", _LOW): (
        "Zwei zugesagte Rückrufe blieben aus; der Kunde fragte beim Innendienst nach.",
        "Angebot drei Tage nach dem zugesagten Termin, ohne Bescheid.",
        "Besuchsbericht fehlte auch nach Erinnerung.",
    ),
    ("reliability", _HIGH): (
        "Lieferverzug am selben Tag gemeldet und neuen Termin genannt, der dann stand.",
        "Alle vereinbarten Rückrufe des Quartals am zugesagten Tag.",
    ),
    ("preparation", _LOW): (
        "Kannte im Termin die offene Reklamation nicht.",
        "Fragte nach dem Maschinenpark, der im CRM steht.",
        "Kam ohne Gesprächsziel in das Jahresgespräch.",
    ),
    ("preparation", _HIGH): (
        "Auslastung und Engpass des Kunden vorab erfragt; Agenda war abgestimmt.",
        "Hatte Antworten auf alle drei Einwände mit Zahlen dabei.",
    ),
    ("respect", _LOW): (
        "Fiel im Teamtreffen mehrmals ins Wort.",
        'Sagte vor dem Kunden: "Das hat die Konstruktion verbockt."',
        "Kritik am Angebot ohne Rückfrage abgewiesen.",
    ),
    ("respect", _HIGH): (
        "Blieb in der Reklamation ruhig; der Kunde bedankte sich danach.",
        "Bat nach jedem gemeinsamen Termin um Rückmeldung.",
    ),
    ("integrity", _LOW): (
        "Liefertermin zugesagt, der mit der Fertigung nicht geklärt war.",
        "Einschränkung bei der Taktzeit erst auf Nachfrage genannt.",
    ),
    ("integrity", _HIGH): (
        "Riet von der größeren Maschine ab, weil die kleinere genügt.",
        "Eigenen Fehler im Angebot sofort gemeldet; Vorschlag lag bei.",
    ),
    ("discovery", _LOW): (
        "Stellte die Maschine vor, bevor das Werkstück bekannt war.",
        "Wer entscheidet, blieb offen.",
    ),
    ("discovery", _HIGH): (
        "Ließ den Kunden Ausschuss und Stillstand in Zahlen beschreiben.",
        "Kannte alle vier Beteiligten und ihre Gründe.",
    ),
    ("value", _LOW): (
        "Zählte Merkmale auf; Nutzen blieb offen.",
        "Keine Antwort auf die Frage nach den Kosten je Teil.",
    ),
    ("value", _HIGH): (
        "Rechnete mit den Zahlen des Kunden vor, dass sich die Anlage in 19 Monaten bezahlt macht.",
        "Der Einkauf konnte die Rechnung selbst vertreten.",
    ),
    ("negotiation", _LOW): (
        "Bot 5 % an, bevor der Kunde fragte.",
        "Gab beim Liefertermin ohne Gegenleistung nach.",
    ),
    ("negotiation", _HIGH): (
        "Nachlass nur gegen Wartungsvertrag und Anzahlung.",
        "Verhandelte Umfang, Zahlung und Service zusammen; Preis blieb stehen.",
    ),
    ("closing", _LOW): (
        "Kein nächster Schritt vereinbart.",
        "Fragte auch im dritten Termin nicht nach dem Auftrag.",
    ),
    ("closing", _HIGH): (
        "Weg bis zur Entscheidung mit Terminen vereinbart und am selben Tag bestätigt.",
        "Fragte klar nach dem Auftrag; der Vertrag kam in derselben Woche.",
    ),
}


def _rating(dice: Dice, level: int) -> int:
    return max(1, min(5, (level + dice.bell(0, 1100) + 500) // 1000))


def _evidence(dice: Dice, item: str, rating: int) -> str | None:
    """Needed for 1, 2 and 5."""
    if 3 <= rating <= 4:
        return None
    return dice.pick(EVIDENCE[item, _HIGH if rating == 5 else _LOW])


def ratings(s: Situation) -> Iterator[Row]:
    """Everyone who has worked a good part of the quarter; the deals that the lead sat in on."""
    recent = sum(s.person.presence(s.month.plus(back)) for back in (-2, -1, 0))
    if recent < 900:
        return
    dice = s.dice("ratings")
    lead = s.organisation.lead(s.stint.team, s.month)
    rep = s.person.rep
    own = dice.chance(550)
    for item in ITEMS[CONDUCT]:
        for rater, level in ((lead, 0), *(((rep, s.level("self_view")),) if own else ())):
            rating = _rating(dice, s.level("conduct") + level)
            yield rep, CONDUCT, item, None, rating, rater, _evidence(dice, item, rating)
    if not s.lines:
        return
    seen = dice.below(1000)
    first = dice.between(100, 900)
    for deal in range(sum(seen >= bound for bound in OBSERVED)):
        name = f"V-{s.month.year % 100:02d}{s.month.month:02d}-{first + 7 * deal:03d}"
        for item in ITEMS[NEGOTIATION]:
            rating = _rating(dice, s.level("negotiation"))
            yield rep, NEGOTIATION, item, name, rating, lead, _evidence(dice, item, rating)
