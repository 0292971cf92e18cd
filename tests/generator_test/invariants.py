"""What no figures can be: more successes than trials, rows for people who are not there."""

from __future__ import annotations

from collections.abc import Iterator

from tests.generator.contract import SOURCES, Source
from tests.generator.months import Month
from tests.generator.organisation import REP, Organisation

from .reading import Figures

AT_MOST = {
    "surveys": (
        ("responses", "surveys_sent"),
        ("satisfied", "responses"),
        ("low_called_back", "low_responses"),
        ("surveys_sent", "customers_active"),
    ),
    "leads": (
        ("leads_qualified", "leads_decided"),
        ("quotes_won", "quotes_decided"),
        ("quotes_open_180d", "quotes_open"),
        ("contacted_in_sla", "leads_sla_due"),
        ("disposed_30d", "leads_30d_due"),
    ),
    "territory": (
        ("accounts_in_rhythm", "target_accounts"),
        ("accounts_three_roles", "target_accounts"),
        ("opportunities_rejected", "opportunities_qualified"),
        ("contacts_active_180d", "contacts_agreed"),
    ),
    "crm": (("records_violating", "open_records"), ("contacts_complete", "contacts_active")),
    "pipeline": (("pipeline_stale", "pipeline_open"), ("pipeline_next", "pipeline_open")),
    "demos": (("cancelled_by_customer", "planned"),),
    "training": (("modules_valid", "modules_required"),),
    "certificates": (("certificates_valid", "certificates_required"),),
    "events": (("excused", "invited"),),
    "resources": (("deals_with_support", "deals_above_threshold"),),
    "sales": (("bookings", "list_value"),),
}


def problems(organisation: Organisation, figures: Figures) -> Iterator[object]:
    """Rows that cannot be, rows too many and rows too few."""
    for name, pairs in AT_MOST.items():
        for month, row in figures.each(name):
            yield from ((name, month, row, pair) for pair in pairs if row[pair[0]] > row[pair[1]])  # type: ignore[operator]
    for month, row in figures.each("events"):
        if row["attended"] + row["excused"] > row["invited"]:  # type: ignore[operator]
            yield month, row
    for month, row in figures.each("surveys"):
        if row["satisfied"] + row["low_responses"] > row["responses"]:  # type: ignore[operator]
            yield month, row
    for month, row in figures.each("sales"):
        if bool(row["orders"]) != bool(row["bookings"]) or (row["quota"] is None) != (row["quota_agreed_on"] is None):
            yield month, row
    for source in SOURCES:
        months = (month for month in organisation.months if source.cadence == "monthly" or month.month % 3 == 0)
        for month in months if source.collected else ():
            if (str(month), source.name) not in organisation.gaps.files:
                yield from _misplaced(organisation, figures, source, month)


def _misplaced(organisation: Organisation, figures: Figures, source: Source, month: Month) -> Iterator[object]:
    name = source.name
    found = [tuple(row[key] for key in source.keys) for rows in figures.rows[name][month].values() for row in rows]
    if len(found) != len(set(found)):
        yield name, month, "a key stands twice"
    due: set[tuple[str, ...]] = set()
    for one in organisation.people:
        stint = one.stint(month)
        if stint is not None and stint.role == REP and (str(month), name, one.rep) not in organisation.gaps.rows:
            lines = {assignment.line for assignment in one.assigned(month)}
            due |= {(one.rep, line) for line in lines} if source.by_line else {(one.rep,)}
    keys = {key[: 2 if source.by_line else 1] for key in found}
    yield from (("too many", name, month, key) for key in keys - due)
    if source.rows == "complete":
        yield from (("too few", name, month, key) for key in due - keys)
