"""5xx: pages and their texts."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, WARNING, Code, _

CODES = (
    Code("SW501", ERROR, _("Two pages would be written to “{path}”."), _("Rename one of the two.")),
    Code(
        "SW502",
        ERROR,
        _("The language “{language}” has no catalogue of interface texts."),
        _("Add {language}.po to the theme’s locales."),
    ),
    Code("SW503", WARNING, _("“{message}” is not translated into “{language}”."), _("Complete the catalogue.")),
)
