"""Closing a month, and correcting a closed one."""

from __future__ import annotations

import decimal
from collections.abc import Iterable
from pathlib import Path

from standardwerk.evaluate.closable import Obstacle, obstacle
from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.published import Difference, canonical, figures_of, seal
from standardwerk.load.closing import CORRECTIONS_FILE, closed_path, input_hashes
from standardwerk.load.files import Folder
from standardwerk.load.remainder import remainder_seal
from standardwerk.model.closing import FORMAT, ClosedHead, Correction
from standardwerk.model.months import Month
from standardwerk.model.project import Scoring
from standardwerk.operations import RefusedError
from standardwerk.pipeline import LoadedSite, scorecards_of
from standardwerk.publish.records import CORRECTIONS_HEAD, closed_text, correction_text, write_record


def _(message: str) -> str:
    return message


_OBSTACLES = {
    "not_ended": _("{month} has not ended, or has no edition."),
    "closed": _("{month} is closed already."),
    "held": _("{month} is held back. Mend the faults that “standardwerk check” lists, or end that in calendar.yml."),
    "held_source": _(
        "“{source}” of {month} is held back. End that in calendar.yml, or seal it as it is with --with-held."
    ),
    "objections": _("{month} is open for objections until {date}."),
    "earlier": _("{month} is not closed yet. Close the months in order."),
}


def _scoring(site: LoadedSite) -> tuple[Scoring, Path]:
    folder = site.options.scorecards_dir
    if site.project.scoring is None or folder is None:
        raise RefusedError(_("There are no scorecards in this project."))
    return site.project.scoring, folder


def close(site: LoadedSite, month: Month, *, with_held: bool = False) -> Path:
    """Seal a month: its inputs and every published figure. Gives back the file."""
    scoring, folder = _scoring(site)
    path = folder / closed_path(month)
    found = obstacle(scoring, site.project.ledger, month, site.options.as_of, with_held=with_held)
    if found is None and path.exists():
        # Closed on a later day than the one that is taken for today.
        found = Obstacle("closed", month)
    if found is not None:
        raise RefusedError(_OBSTACLES[found.kind], month=found.month, source=found.source, date=found.until)
    head, figures = _sealed(site, scoring, month)
    write_record(path, closed_text(head, figures))
    return path


def _sealed(site: LoadedSite, scoring: Scoring, month: Month) -> tuple[ClosedHead, dict[str, str]]:
    roster = site.project.roster
    assert roster is not None
    figures: dict[str, str] = {}
    with decimal.localcontext(exact_context()):
        for person in roster.people.values():
            for card in scorecards_of(site, person):
                if card.month == month:
                    figures[person.id] = canonical(figures_of(card))
    judgement = scoring.judgement(month)
    assert site.options.scorecards_dir is not None
    head = ClosedHead(
        format=FORMAT,
        month=month,
        closed_on=site.options.as_of,
        edition=judgement.edition,
        method=judgement.method.effective_from,
        revisions={standard.id: revision.effective_from for standard, revision in judgement.standards},
        runs={standard.id: dict(revision.runs) for standard, revision in judgement.standards if revision.runs},
        inputs=input_hashes(
            Folder(site.options.scorecards_dir, ""), month, scoring.sources, roster, site.loaded.rows.by_rep
        ),
        people={rep: seal(text) for rep, text in figures.items()},
        remainder=remainder_seal(site.project.remainder, month),
    )
    return head, figures


def correct(site: LoadedSite, month: Month, reason: str, note: str, also: Iterable[Month] = ()) -> Correction:
    """Record why published figures change, and each of them: of this month, and what follows from it in later ones.

    ``site`` is loaded with ``correcting``. ``also``: further months whose inputs changed for the same reason.
    """
    _scoring_found, folder = _scoring(site)
    ledger, today = site.project.ledger, site.options.as_of
    if not note.strip():
        raise RefusedError(_("Say in the note what was wrong."))
    if month not in ledger.closed:
        raise RefusedError(_("{month} is not closed: its figures may still change."), month=month)
    if not site.differences:
        raise RefusedError(_("No published figure differs: there is nothing to correct."))
    changed = site.loaded.changed_inputs
    _check_cause(site.differences, set(changed), month, set(also))
    newest = max((one.date for one in ledger.corrections), default=ledger.closed[month].head.closed_on)
    if today < newest:
        raise RefusedError(_("There is a correction of {date} already; a new one is not dated before it."), date=newest)
    correction = Correction(
        month=month,
        date=today,
        reason=reason,
        note=note.strip(),
        inputs={str(one): dict(files) for one, files in changed.items()},
        changes=tuple(one.change for one in site.differences),
    )
    path = folder / CORRECTIONS_FILE
    before = path.read_text(encoding="utf-8").rstrip("\n") + "\n" if path.exists() else CORRECTIONS_HEAD
    write_record(path, before + correction_text(correction))
    return correction


def _check_cause(differences: Iterable[Difference], changed: set[Month], month: Month, also: set[Month]) -> None:
    """The month named is where the change begins, and no other change hides behind it."""
    first = min((one.month for one in differences), default=month)
    begin = min(changed, default=first)
    if month != begin or first < month:
        raise RefusedError(_("The change begins in {month}: name that month."), month=min(begin, first))
    others = sorted(changed - {month} - also)
    if others:
        raise RefusedError(
            _("Files of {months} have changed as well. Correct one thing after the other, or name them with --also."),
            months=", ".join(map(str, others)),
        )
