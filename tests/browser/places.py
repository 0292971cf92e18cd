"""The pages that are looked at: one of each kind."""

from __future__ import annotations

LANGUAGES = ("de", "en")
REP, REP_NAME, MONTH = "kranichfeld-j", "Kranichfeld", "2026-03"

#: Addresses below a language.
HANDBOOK = {
    "home": "",
    "standards": "standards/",
    "standard, rated": "standards/professional-conduct/",
    "standard, by product line": "standards/pipeline-coverage/",
    "standard, several measures": "standards/customer-satisfaction/",
    "method": "method/",
    "onboarding": "onboarding/rep/",
    "onboarding, lead": "onboarding/lead/",
    "hand-written": "reading-a-scorecard/",
    "editions": "editions/",
    "edition, home": "editions/2027.1/",
    "edition, standard": "editions/2025.1/standards/pipeline-coverage/",
    "edition, what changed": "editions/2026.1/changes/",
    "edition, what changes": "editions/2027.1/changes/",
    "edition, complete": "editions/2026.1/complete/",
    "my scorecard": "my-scorecard/",
    "glossary": "glossary/",
    "sample scorecard": "sample-scorecard/",
}
#: Addresses with a place for the language.
PERSONAL = {
    "scorecard": f"scorecards/{REP}/{{}}/{MONTH}/",
    "rep": f"scorecards/{REP}/{{}}/",
    "conversation": "scorecards/strohbeck-r/{}/2026-10/conversation/",
    "team": "teams/west/{}/2026-10/",
    "organisation": "months/{}/2026-10/",
    "organisation, newest": "months/{}/",
    "trend": "months/{}/standards/company-leads/",
    "totals": "totals/{}/2026-10/",
    "data quality": "data-quality/{}/2026-05/",
    "data quality, a file missing": "data-quality/{}/2025-08/",
}
COMMON = {"root": "", "401": "401.html", "403": "403.html", "404": "404.html", "me": "me/"}


def address(kind: str, language: str) -> str:
    """A page's address below the site's root."""
    if kind in HANDBOOK:
        return f"{language}/{HANDBOOK[kind]}"
    return PERSONAL[kind].format(language) if kind in PERSONAL else COMMON[kind]


#: Pages in a language.
TRANSLATED = (*HANDBOOK, *PERSONAL)
#: (kind, language) of all.
ALL = [(kind, language) for kind in TRANSLATED for language in LANGUAGES] + [(kind, "") for kind in COMMON]
