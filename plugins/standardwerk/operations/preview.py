"""A draft target, tried on past months."""

from __future__ import annotations

from pydantic import ValidationError

from standardwerk.evaluate.people import PlanBook
from standardwerk.evaluate.preview import Preview
from standardwerk.model.handbook import Bands, Measure, Revision, Standard
from standardwerk.operations import RefusedError
from standardwerk.pipeline import LoadedSite
from standardwerk.pipeline.preview import preview


def _(message: str) -> str:
    return message


def preview_targets(site: LoadedSite, identity: str, measure: str | None, target: str, near: str | None) -> Preview:
    """What a target would have meant in a standard's past months. Raises :class:`RefusedError`.

    ``measure``: its id; None is the main one. Limits are written as in a revision, those of a range as ``90..110``;
    without ``near`` that limit stays as it is.
    """
    scoring = site.project.scoring
    if scoring is None or site.project.roster is None:
        raise RefusedError(_("There are no scorecards in this project."))
    standard, revision = _standard(site, identity)
    found = _measure(revision, measure)
    if not PlanBook(scoring).plan(found).adds_up:
        raise RefusedError(
            _("“{measure}” has no figure of several people: ratings, conditions and distinct counts do not add up."),
            measure=found.id,
        )
    return preview(site, standard, revision, found, _bands(found, target, near))


def _standard(site: LoadedSite, identity: str) -> tuple[Standard, Revision]:
    for standard in site.handbook.standards:
        revision = standard.at(site.site.as_of)
        if standard.id == identity and revision is not None:
            return standard, revision
    known = ", ".join(one.id for one in site.handbook.standards if one.at(site.site.as_of) is not None)
    raise RefusedError(_("There is no standard “{standard}” in force. Known: {known}."), standard=identity, known=known)


def _measure(revision: Revision, identity: str | None) -> Measure:
    known = [one for one in revision.rules.measures if one.judged and one.bands is not None]
    for one in known:
        if one.id == identity or (identity is None and one.role == "main"):
            return one
    names = ", ".join(one.id for one in known) or "–"
    raise RefusedError(_("There is no such measure with a target. Known: {known}."), known=names)


def _bands(measure: Measure, target: str, near: str | None) -> Bands:
    """The limits of the draft."""
    assert measure.bands is not None
    try:
        wanted = {"met": _limit(target), "near": measure.bands.near if near is None else _limit(near)}
        bands = Bands.model_validate(wanted)
    except ValidationError:
        raise RefusedError(
            _("“{value}” is not a limit. Write a number like 3.2, with a point; a range like 90..110."),
            value=target if near is None else f"{target}, {near}",
        ) from None
    try:
        Measure.model_validate(_fields(measure) | {"bands": bands})
    except ValidationError:
        raise RefusedError(
            _(
                "The limit of “near” has to be easier to reach than the target. Give it with --near; "
                "for a range both limits."
            )
        ) from None
    return bands


def _limit(text: str) -> str | list[str]:
    parts = text.split("..")
    return [part.strip() for part in parts] if len(parts) == 2 else text.strip()


def _fields(measure: Measure) -> dict[str, object]:
    return {name: getattr(measure, name) for name in type(measure).model_fields}
