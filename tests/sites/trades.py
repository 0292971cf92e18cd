"""Words that belong to one trade, and so to the data of its handbook."""

from __future__ import annotations

import re

#: Words of selling, in German and English; data protection has processors (Auftragsverarbeitung) and officers, too.
SELLING = re.compile(
    r"vertrieb|verkauf|verkäuf|umsatz|auftrag(?!sverarbeit)(?<!beauftrag)|pipeline|angebot|prognose|abschlussquote|\bCRM\b|"
    r"\bsales|selling|quota(?!tion)|booking|forecast|win rate|opportunit",
    re.I,
)
