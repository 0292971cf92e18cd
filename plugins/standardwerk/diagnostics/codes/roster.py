"""4xx: roster, calendar, access, held months."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, NOTE, WARNING, Code, _

CODES = (
    Code("SW401", ERROR, _("Team and role change on the first of a month, not on {date}."), _("Change valid_from.")),
    Code("SW402", ERROR, _("Two rows of “{rep}” cover {date}."), _("End the first before the second begins.")),
    Code("SW403", ERROR, _("valid_to {to} is before valid_from {start}."), _("Correct the dates.")),
    Code("SW404", ERROR, _("The team “{team}” is unknown on {date}.{hint}"), _("Known teams: {known}.")),
    Code("SW405", ERROR, _("The role “{role}” is unknown.{hint}"), _("Known roles: {known}.")),
    Code("SW406", ERROR, _("The lead “{lead}” is not on the roster.{hint}"), _("Use a rep id of reps.csv.")),
    Code(
        "SW407",
        ERROR,
        _("“{line}” of “{rep}” has different credit shares on the same day."),
        _("Give both rows the same share."),
    ),
    Code("SW408", ERROR, _("The standard “{standard}” is unknown.{hint}"), _("Known: {known}.")),
    Code(
        "SW409",
        ERROR,
        _("{name} and started_on differ between the rows of “{rep}”."),
        _("A person’s name, login and start date stay the same."),
    ),
    Code("SW410", ERROR, _("The region “{region}” of “{country}” is unknown."), _("Known: {known}.")),
    Code("SW411", NOTE, _("There is no access.yml: only the handbook is built."), _("Write scorecards/access.yml.")),
    Code("SW412", ERROR, _("The login “{login}” belongs to two people."), _("Give each person their own login.")),
    Code(
        "SW413",
        WARNING,
        _("{month} is held back: its files have faults ({count})."),
        _("Mend them. Until then the month and every window that includes it show no figure."),
    ),
    Code(
        "SW414",
        ERROR,
        _("No server can be told of the login “{login}”."),
        _("Write name, DOMAIN\\name or name@company, without * ? , : and invisible signs."),
        _("Signs that web servers read as their own, a domain without a name, or spaces at the ends."),
    ),
)
