"""5xx: pages and their texts."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, WARNING, Code, _

CODES = (
    Code(
        "SW501",
        ERROR,
        _("Two pages would be written to “{path}”."),
        _("Rename one of the two."),
        _("A hand-written page has the name of a page that the tool makes, or exists twice, once with revisions."),
    ),
    Code(
        "SW502",
        ERROR,
        _("The language “{language}” has no catalogue of interface texts."),
        _("Run “standardwerk catalogue {language}”, and translate the file it writes."),
        _("A language was added to handbook.yml that the tool has no words for."),
    ),
    Code(
        "SW503",
        WARNING,
        _("“{message}” is not translated into “{language}”."),
        _("Run “standardwerk catalogue {language}”, and translate what is empty."),
        _("The catalogue of a language of your own is older than the tool."),
    ),
)
