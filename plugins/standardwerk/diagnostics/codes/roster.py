"""4xx: roster, calendar, access, held months."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, NOTE, WARNING, Code, _

CODES = (
    Code(
        "SW401",
        ERROR,
        _("Team and role change on the first of a month, not on {date}."),
        _("Change valid_from."),
        _(
            "A change in the middle of a month would leave open who counts the month. Roll-ups and leads’ access "
            "go by months."
        ),
    ),
    Code(
        "SW402",
        ERROR,
        _("Two rows of “{rep}” cover {date}."),
        _("End the first before the second begins."),
        _("A new row was added for a change, and the old one was not ended."),
    ),
    Code(
        "SW403",
        ERROR,
        _("valid_to {to} is before valid_from {start}."),
        _("Correct the dates."),
        _("Day and month or the two dates were swapped, or a year was mistyped."),
    ),
    Code(
        "SW404",
        ERROR,
        _("The team “{team}” is unknown on {date}.{hint}"),
        _("Known teams: {known}."),
        _("The team is not in teams.csv, is misspelt, or begins later than the person’s row."),
    ),
    Code(
        "SW405",
        ERROR,
        _("The role “{role}” is unknown.{hint}"),
        _("Known roles: {known}."),
        _("The role is written by its name instead of its id, or is not in handbook.yml."),
    ),
    Code(
        "SW406",
        ERROR,
        _("The lead “{lead}” is not on the roster.{hint}"),
        _("Use a rep id of reps.csv."),
        _(
            "A lead is entered by name, or has no row in reps.csv. Leads without a scorecard need a row as well, "
            "with a role “scorecard: false”."
        ),
    ),
    Code(
        "SW407",
        ERROR,
        _("“{line}” of “{rep}” has different credit shares on the same day."),
        _("Give both rows the same share."),
        _(
            "Two territories of a person have the same product line with different shares. What comes of that line "
            "could not be credited."
        ),
    ),
    Code(
        "SW408",
        ERROR,
        _("The standard “{standard}” is unknown.{hint}"),
        _("Known: {known}."),
        _("The standard’s folder was renamed, or its id has a typing error."),
    ),
    Code(
        "SW409",
        ERROR,
        _("{name} and started_on differ between the rows of “{rep}”."),
        _("A person’s name, login and start date stay the same."),
        _(
            "A new row of a person was typed instead of copied, or somebody changed the name and only one row was "
            "corrected."
        ),
    ),
    Code(
        "SW410",
        ERROR,
        _("The region “{region}” of “{country}” is unknown."),
        _("Known: {known}."),
        _("The code of a federal state is misspelt, or belongs to another country."),
    ),
    Code(
        "SW411",
        NOTE,
        _("There is no access.yml: only the handbook is built."),
        _("Write scorecards/access.yml."),
        _("The project is new, or only a handbook is wanted. Without rules for access nothing personal is built."),
    ),
    Code(
        "SW412",
        ERROR,
        _("The login “{login}” belongs to two people."),
        _("Give each person their own login."),
        _("A login was copied from another row, or two spellings of it are one account for the server."),
    ),
    Code(
        "SW413",
        WARNING,
        _("{month} is held back: its files have faults ({count})."),
        _("Mend them. Until then the month and every window that includes it show no figure."),
        _("A file of the month has errors and calendar.yml says “on_bad_month: hold”. They are listed as warnings."),
    ),
    Code(
        "SW414",
        ERROR,
        _("No server can be told of the login “{login}”."),
        _("Write name, DOMAIN\\name or name@company, without * ? , : and invisible signs."),
        _("Signs that web servers read as their own, a domain without a name, or spaces at the ends."),
    ),
    Code(
        "SW415",
        ERROR,
        _("Folders of people are to bear pseudonyms, and there is no key of at least {count} signs for them."),
        _(
            "Put the key into the file {file} beside mkdocs.yml, or into the variable {variable}. With another key all "
            "addresses change."
        ),
        _(
            "The file with the key is not part of the repository, and was not copied; or a build server does not "
            "have it."
        ),
    ),
)
