"""1xx: YAML files."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, Code, _

CODES = (
    Code(
        "SW101",
        ERROR,
        _("This is not valid YAML: {problem}"),
        _("Correct the line, or the one before it."),
        _(
            "An indentation is off, a bracket or a quotation mark is not closed, or a tab stands where spaces "
            "belong. A text with a colon or a “#” in it needs quotation marks."
        ),
    ),
    Code(
        "SW102",
        ERROR,
        _("The key “{key}” appears twice."),
        _("Keep one of the two."),
        _("An entry was copied and only one of the two was changed. YAML itself would silently take the last one."),
    ),
    Code(
        "SW103",
        ERROR,
        _("Aliases, anchors, tags and merge keys are not used here."),
        _("Write the value out."),
        _(
            "“&name”, “*name”, “<<:” or “!tag” was written, or a text begins with one of these characters. What a "
            "file says must stand in it, so that a reader sees it and a seal covers it."
        ),
    ),
    Code(
        "SW104",
        ERROR,
        _("“{key}” is missing."),
        _("Add “{key}:”."),
        _("A required entry was left out, or it is indented so that it belongs to something else."),
    ),
    Code(
        "SW105",
        ERROR,
        _("“{key}” is not a known key here.{hint}"),
        _("Known keys: {known}."),
        _("A key is misspelt, stands one level too high or too low, or belongs to another file."),
    ),
    Code(
        "SW106",
        ERROR,
        _("{value} is not {expected}."),
        _("Write {expected}."),
        _(
            "A value has another type than the field: a text for a number, a single value for a list, a date in "
            "German order. YAML files always take a decimal point and dates like 2026-03-31."
        ),
    ),
    Code(
        "SW107",
        ERROR,
        _("The file is missing."),
        _("Write the file."),
        _("A file that the project cannot do without was not written yet, was renamed, or lies in another folder."),
    ),
    Code(
        "SW108",
        ERROR,
        _("The file is not UTF-8 text (byte {offset})."),
        _("Save it as UTF-8."),
        _("An editor saved the file in another encoding (often “ANSI”), or it is no text at all."),
    ),
    Code(
        "SW109",
        ERROR,
        _("The text for “{language}” is missing."),
        _("Write the text in each language of the handbook."),
        _("A language was added to the handbook and this text was not translated, or a translation was left empty."),
    ),
    Code(
        "SW110",
        ERROR,
        _("“{language}” is not a language of the handbook."),
        _("Languages: {known}."),
        _("A language code is misspelt, or the language is not listed in handbook.yml."),
    ),
    Code(
        "SW111",
        ERROR,
        _("“{value}” is not a usable id."),
        _("Use a–z, 0–9 and “-”, at most 60 characters, not a name reserved by Windows."),
        _(
            "Ids become folders and addresses of pages: capital letters, spaces, umlauts and names such as “con” "
            "or “nul” do not work everywhere."
        ),
    ),
    Code(
        "SW112",
        ERROR,
        _("“{value}” appears twice."),
        _("Give each its own id."),
        _("An entry was copied without a new id, or two ids differ only in upper and lower case."),
    ),
    Code(
        "SW113",
        ERROR,
        _("“{value}” is unknown.{hint}"),
        _("Known: {known}."),
        _("A name refers to an entry that is not there: misspelt, renamed, or never written."),
    ),
    Code(
        "SW114",
        ERROR,
        _("The file cannot be read: {problem}."),
        _("Put a readable file in its place."),
        _(
            "A folder has the name of a file, the permission to read is missing, a symbolic link leads nowhere, "
            "or the file is far too large to be an export."
        ),
    ),
    Code(
        "SW115",
        ERROR,
        _("There is no {file} here."),
        _("Run the command in the project’s folder, or name its mkdocs.yml with -f."),
        _("The command was typed in another folder than that of the project."),
    ),
)
