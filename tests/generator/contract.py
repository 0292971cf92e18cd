"""The column contract of each source: what `sources.yml` says and what the CSVs are written by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a CSV. The words are header and title at once, as a CRM would have it."""

    name: str
    de: str
    en: str
    type: str = "integer"
    accumulate: str = "sum"
    required: bool = True
    unit: str = ""
    minimum: int | None = 0
    maximum: int | None = None
    also: tuple[str, ...] = ()
    """Further headers that are accepted: earlier names of the column."""
    when: str = ""
    """When it is required, if it is not always."""
    title: tuple[str, str] | None = None
    """In both languages, where the header does not say enough."""
    labels: tuple[tuple[str, str, str], ...] = ()
    """What values mean: the value, and the words in both languages."""


@dataclass(frozen=True, slots=True)
class Source:
    """One CSV per month."""

    name: str
    de: str
    en: str
    columns: tuple[Column, ...]
    by_line: bool = False
    rows: str = "complete"
    cadence: str = "monthly"
    collected: bool = True
    key: tuple[str, ...] = ()
    """Left out: rep, and product line where there is one."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The key columns."""
        return self.key or (("rep", "product_line") if self.by_line else ("rep",))


def _flow(name: str, de: str, en: str, **more: object) -> Column:
    return Column(name, de, en, **more)  # type: ignore[arg-type]


def _stock(name: str, de: str, en: str, **more: object) -> Column:
    return Column(name, de, en, accumulate="last", **more)  # type: ignore[arg-type]


def _euro(
    name: str, de: str, en: str, accumulate: str = "sum", required: bool = True, also: tuple[str, ...] = ()
) -> Column:
    return Column(name, de, en, "number", accumulate, required, "currency", also=also)


def _date(name: str, de: str, en: str) -> Column:
    return Column(name, de, en, "date", "", required=False, minimum=None)


def _text(name: str, de: str, en: str, required: bool = True, also: tuple[str, ...] = (), when: str = "") -> Column:
    return Column(name, de, en, "string", "", required, minimum=None, also=also, when=when)


SOURCES = (
    Source(
        "sales",
        "Auftragseingang und Vertriebsziel",
        "Bookings and quota",
        by_line=True,
        columns=(
            _euro("bookings", "Auftragseingang", "Bookings"),
            _flow("orders", "Aufträge", "Orders"),
            _euro("list_value", "Listenwert der Aufträge", "List value of the orders"),
            _euro("quota", "Vertriebsziel", "Quota", required=False),
            _date("quota_agreed_on", "Vertriebsziel vereinbart am", "Quota agreed on"),
        ),
    ),
    Source(
        "forecast",
        "Monatsprognose",
        "Monthly forecast",
        by_line=True,
        rows="events",
        columns=(
            _euro("forecast", "Prognose", "Forecast"),
            _date("submitted_on", "Abgegeben am", "Submitted on"),
        ),
    ),
    Source(
        "pipeline",
        "Pipeline",
        "Pipeline",
        by_line=True,
        columns=(
            _euro(
                "pipeline_next",
                "Pipeline der nächsten Monate",
                "Pipeline for the months ahead",
                "last",
                also=("Pipeline of the months ahead",),
            ),
            _euro(
                "quota_next",
                "Vertriebsziel der nächsten Monate",
                "Quota for the months ahead",
                "last",
                required=False,
                also=("Quota of the months ahead",),
            ),
            _stock("horizon_months", "Vorausschau in Monaten", "Months ahead", minimum=1, maximum=24),
            _euro("pipeline_open", "Offene Pipeline", "Open pipeline", "last"),
            _euro("pipeline_stale", "Davon ohne Bewegung", "Of which stale", "last"),
            _stock(
                "stale_days",
                "Ohne Bewegung ab Tagen",
                "Stale after days",
                title=("Verkaufschancen ohne Bewegung", "Stale opportunities"),
                labels=(
                    ("0", "mitgezählt", "counted"),
                    ("30", "ab 30 Tagen nicht mitgezählt", "left out from 30 days on"),
                ),
            ),
        ),
    ),
    Source(
        "leads",
        "Leads und Angebote",
        "Leads and quotations",
        columns=(
            _flow("leads_decided", "Leads entschieden", "Leads decided"),
            _flow("leads_qualified", "Leads qualifiziert", "Leads qualified"),
            _flow(
                "qualified_dropped", "Qualifiziert und ohne Angebot beendet", "Qualified and ended without quotation"
            ),
            _flow("quotes_issued", "Angebote abgegeben", "Quotations issued"),
            _flow("quotes_decided", "Angebote entschieden", "Quotations decided"),
            _flow("quotes_won", "Angebote gewonnen", "Quotations won"),
            _stock("quotes_open", "Angebote offen", "Quotations open"),
            _stock("quotes_open_180d", "Angebote offen über 180 Tage", "Quotations open for over 180 days"),
            _flow("leads_sla_due", "Firmenleads mit Kontaktfrist im Monat", "Company leads due for contact"),
            _flow("contacted_in_sla", "In der Frist kontaktiert", "Contacted on time", also=("Contacted in time",)),
            _flow(
                "leads_30d_due", "Firmenleads mit 30-Tage-Frist im Monat", "Company leads due for a decision in 30 days"
            ),
            _flow("disposed_30d", "In 30 Tagen entschieden", "Decided in 30 days"),
            _stock("sla_hours", "Kontaktfrist in Stunden", "Time to contact in hours", minimum=1),
        ),
    ),
    Source(
        "territory",
        "Vertriebsgebiet",
        "Territory",
        columns=(
            _stock("target_accounts", "Zielkunden", "Target accounts"),
            _stock(
                "accounts_in_rhythm",
                "Zielkunden im Besuchsrhythmus",
                "Target accounts spoken to on time",
                also=("Target accounts in rhythm",),
            ),
            _stock(
                "accounts_three_roles",
                "Zielkunden mit drei Ansprechpartnern",
                "Target accounts with three roles",
                also=("Target accounts with three contacts",),
            ),
            _flow("opportunities_qualified", "Verkaufschancen qualifiziert", "Opportunities qualified"),
            _flow("opportunities_agreed", "Verkaufschancen vereinbart", "Opportunities agreed"),
            _flow("opportunities_rejected", "Verkaufschancen zurückgewiesen", "Opportunities rejected"),
            _stock(
                "contacts_agreed",
                "Branchenkontakte vereinbart",
                "Influencers agreed",
                also=("Industry contacts agreed",),
            ),
            _stock(
                "contacts_active_180d",
                "Branchenkontakte aktiv in 180 Tagen",
                "Influencers spoken to in the last 180 days",
                also=("Industry contacts active in 180 days",),
            ),
        ),
    ),
    Source(
        "crm",
        "Datenpflege im CRM",
        "CRM hygiene",
        columns=(
            _stock("open_records", "Offene Datensätze", "Open records"),
            _stock("records_violating", "Davon mit Regelverstoß", "Of which breaking a rule"),
            _stock("contacts_active", "Aktive Kontakte", "Active contacts"),
            _stock("contacts_complete", "Davon vollständig", "Of which complete"),
        ),
    ),
    Source(
        "demos",
        "Produktvorführungen",
        "Product demonstrations",
        by_line=True,
        columns=(
            _flow("planned", "Geplant", "Planned"),
            _flow("held", "Durchgeführt", "Held"),
            _flow("cancelled_by_customer", "Vom Kunden abgesagt", "Cancelled by the customer"),
        ),
    ),
    Source(
        "surveys",
        "Kundenbefragung",
        "Customer survey",
        columns=(
            _flow("surveys_sent", "Befragungen versandt", "Surveys sent"),
            _flow("responses", "Antworten", "Responses"),
            _flow("satisfied", "Davon zufrieden", "Of which satisfied"),
            _flow("low_responses", "Davon unzufrieden", "Of which dissatisfied"),
            _flow(
                "low_called_back",
                "Unzufriedene rechtzeitig angerufen",
                "Dissatisfied customers called back on time",
                also=("Dissatisfied called back in time",),
            ),
            _stock("customers_active", "Aktive Kunden", "Active customers"),
        ),
    ),
    Source(
        "training",
        "CRM-Module",
        "CRM modules",
        columns=(
            _stock("modules_required", "Module gefordert", "Modules required"),
            _stock("modules_valid", "Module gültig", "Modules valid"),
        ),
    ),
    Source(
        "certificates",
        "Produktzertifikate",
        "Product certificates",
        by_line=True,
        columns=(
            _stock("certificates_required", "Zertifikate gefordert", "Certificates required"),
            _stock("certificates_valid", "Zertifikate gültig", "Certificates valid"),
        ),
    ),
    Source(
        "events",
        "Besprechungen und Veranstaltungen",
        "Meetings and events",
        columns=(
            _flow("invited", "Eingeladen", "Invited"),
            _flow("excused", "Entschuldigt", "Excused"),
            _flow("attended", "Teilgenommen", "Attended"),
        ),
    ),
    Source(
        "resources",
        "Unternehmensressourcen",
        "Company resources",
        columns=(
            _flow(
                "deals_above_threshold",
                "Vorgänge über der Wertgrenze",
                "Large opportunities",
                also=("Deals above the threshold",),
            ),
            _flow("deals_with_support", "Davon mit Unterstützung", "Of which with support"),
        ),
    ),
    Source(
        "ratings",
        "Beurteilungen",
        "Ratings",
        rows="events",
        cadence="quarterly",
        key=("rep", "standard", "item", "deal", "rater"),
        columns=(
            _text("standard", "Standard", "Standard"),
            _text("item", "Merkmal", "Item"),
            _text("deal", "Vorgang", "Opportunity", False, ("Deal",), "standard == 'sales-negotiation'"),
            _flow("rating", "Beurteilung", "Rating", minimum=1, maximum=5),
            _text("rater", "Beurteilt von", "Rated by"),
            _text("evidence", "Beleg", "Evidence", False, when="rating <= 2 or rating == 5"),
        ),
    ),
    # Not agreed with the works council yet: switched off, and its measure is "not collected".
    Source(
        "support_log",
        "Einsätze von Fachleuten",
        "Times support was used",
        collected=False,
        columns=(
            _flow("resources_used", "Ressourcen genutzt", "Times support was recorded", also=("Resources used",)),
        ),
    ),
    # For a standard that is announced for 2027; the CRM does not export it yet.
    Source(
        "retention",
        "Kundenbindung",
        "Customer retention",
        collected=False,
        columns=(
            _stock(
                "customers_due", "Kunden mit Bestellung im Vorjahreszeitraum", "Customers who ordered the year before"
            ),
            _stock("customers_retained", "Davon wieder bestellt", "Of which ordered again"),
        ),
    ),
)
SOURCE = {source.name: source for source in SOURCES}

KEY_HEADERS = {"rep": "Mitarbeiter", "product_line": "Produktlinie"}
"""The headers of the columns that every source has."""


def headers(source: Source) -> list[str]:
    """The header line of a source's CSV."""
    own = {column.name for column in source.columns}
    keys = [KEY_HEADERS[key] for key in source.keys if key not in own]
    return keys + [column.de for column in source.columns]
