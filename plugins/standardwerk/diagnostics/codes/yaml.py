"""1xx: YAML files."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, Code, _

CODES = (
    Code("SW101", ERROR, _("This is not valid YAML: {problem}"), _("Correct the line, or the one before it.")),
    Code("SW102", ERROR, _("The key “{key}” appears twice."), _("Keep one of the two.")),
    Code("SW103", ERROR, _("Aliases, anchors, tags and merge keys are not used here."), _("Write the value out.")),
    Code("SW104", ERROR, _("“{key}” is missing."), _("Add “{key}:”.")),
    Code("SW105", ERROR, _("“{key}” is not a known key here.{hint}"), _("Known keys: {known}.")),
    Code("SW106", ERROR, _("{value} is not {expected}."), _("Write {expected}.")),
    Code("SW107", ERROR, _("The file is missing."), _("Write the file.")),
    Code("SW108", ERROR, _("The file is not UTF-8 text (byte {offset})."), _("Save it as UTF-8.")),
    Code(
        "SW109",
        ERROR,
        _("The text for “{language}” is missing."),
        _("Write the text in each language of the handbook."),
    ),
    Code("SW110", ERROR, _("“{language}” is not a language of the handbook."), _("Languages: {known}.")),
    Code(
        "SW111",
        ERROR,
        _("“{value}” is not a usable id."),
        _("Use a–z, 0–9 and “-”, at most 60 characters, not a name reserved by Windows."),
    ),
    Code("SW112", ERROR, _("“{value}” appears twice."), _("Give each its own id.")),
    Code("SW113", ERROR, _("“{value}” is unknown.{hint}"), _("Known: {known}.")),
    Code("SW114", ERROR, _("The file cannot be read: {problem}."), _("Put a readable file in its place.")),
    Code(
        "SW115",
        ERROR,
        _("There is no {file} here."),
        _("Run the command in the project’s folder, or name its mkdocs.yml with -f."),
    ),
)
