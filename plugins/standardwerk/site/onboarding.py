"""The first months in a role: the steps of its standards in order, and when which standard counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from standardwerk.evaluate.tenure import ramp_at
from standardwerk.model.handbook import Edition, Handbook, Measure, Revision, Standard, named_at
from standardwerk.model.method import MethodForm
from standardwerk.model.names import PathName, Role
from standardwerk.model.standard import STAGES
from standardwerk.site import urls
from standardwerk.site.editions import changes_url, next_edition
from standardwerk.site.plan import HandbookPage, Section

if TYPE_CHECKING:
    from standardwerk.site.handbook_pages import HandbookPages

#: The path of everybody who is new; steps that name none are for it.
NEW = "new"


@dataclass(frozen=True, slots=True)
class OnboardingStep:
    """One thing to do, and the standard it is for."""

    identity: str
    """The same in every edition and language as long as the steps stay in their order: what a browser remembers."""
    text: Mapping[str, str]
    title: str
    """The standard's."""
    url: str


@dataclass(frozen=True, slots=True)
class Stage:
    """The steps of a day, week or month."""

    when: str
    steps: tuple[OnboardingStep, ...]


@dataclass(frozen=True, slots=True)
class OnboardingPath:
    """The steps for those who come into the role in one way."""

    id: str
    name: Mapping[str, str] | None
    """None: the handbook gives it no name."""
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class RampCell:
    """How a standard counts in a tenure month."""

    scored: bool
    factor: Decimal
    """What a target is multiplied by; 1 for everything that is no target."""


@dataclass(frozen=True, slots=True)
class RampRow:
    """A standard's main measure over the tenure months."""

    title: str
    url: str
    measure: Measure
    cells: tuple[RampCell, ...]


@dataclass(frozen=True, slots=True)
class OnboardingContext:
    """What an onboarding page shows."""

    edition: Edition
    role_id: str
    role: Mapping[str, str]
    paths: tuple[OnboardingPath, ...]
    ramp_months: tuple[int, ...]
    """Tenure months from which on something changes; 1 is the first full month."""
    ramp: tuple[RampRow, ...]
    hash: str
    """Of the edition, as on the document to sign."""
    sample_url: str = ""
    """The sample scorecard, if there is one."""
    announced: Edition | None = None
    """On the page of the edition in force: the next one, if it is published."""
    announced_url: str = ""
    """Where its changes are told, by role."""


def roles_with_steps(handbook: Handbook, edition: Edition) -> list[Role]:
    """The roles an edition has an onboarding page for, each once."""
    roles = {role.id: role for role in handbook.names.roles}
    return [
        role for role in roles.values() if any(_steps(handbook, edition, role, path) for path in _paths(handbook, role))
    ]


def onboarding_pages(pages: HandbookPages, tree: Edition | None, edition: Edition) -> list[HandbookPage]:
    """A page for each role."""
    return [
        _page(pages, tree, edition, role, order)
        for order, role in enumerate(roles_with_steps(pages.handbook, edition), 1)
    ]


def _page(pages: HandbookPages, tree: Edition | None, edition: Edition, role: Role, order: int) -> HandbookPage:
    handbook, language, day = pages.handbook, pages.language, edition.effective_from
    named = named_at(handbook.names.roles, role.id, day) or role
    word = pages._("Your first months")
    title = f"{word}: {named.name[language]}"
    paths = tuple(
        OnboardingPath(path.id, path.name if path.name else None, _stages(pages, tree, edition, role, path))
        for path in _paths(handbook, role)
        if _steps(handbook, edition, role, path)
    )
    method = handbook.method_at(day)
    months = _ramp_months(method.rules) if method is not None and role.scorecard else ()
    ramp = tuple(
        _ramp_row(pages, tree, standard, revision, method.rules, months)
        for standard, revision in _of_role(handbook, edition, role)
        if method is not None and role.scorecard
    )
    announced = next_edition(pages.site) if tree is None else None
    context = OnboardingContext(
        edition,
        role.id,
        named.name,
        paths,
        months,
        ramp,
        pages.hashes.of(edition)[0],
        urls.sample(language) if pages.sample is not None else "",
        announced,
        changes_url(pages.site, language, announced) if announced is not None else "",
    )
    section = Section((pages._("New here"),), (0, order))
    url = urls.onboarding(language, tree, role.id)
    return pages.page(url, "onboarding", tree, title, f"# {title}\n\n[[block:onboarding]]", section, context=context)


def _paths(handbook: Handbook, role: Role) -> list[PathName]:
    """The paths into a role. A handbook that names none has the paths of its steps, under their ids."""
    named = {path.id: path for path in handbook.names.paths}
    if not named:
        found = {
            path
            for one in handbook.standards
            for its in one.revisions
            for step in its.rules.onboarding
            for path in step.paths
        }
        named = {
            one: PathName.model_construct(id=one, name={}, roles=None)
            for one in sorted(found, key=lambda one: (one != NEW, one))
        }
    return [path for path in named.values() if (role.id in path.roles if path.roles is not None else role.scorecard)]


def _of_role(handbook: Handbook, edition: Edition, role: Role) -> list[tuple[Standard, Revision]]:
    """The standards a role works by; one without a scorecard (a lead) works by all."""
    return [
        (standard, revision)
        for standard, revision in handbook.standards_at(edition.effective_from)
        if not role.scorecard or revision.rules.roles is None or role.id in revision.rules.roles
    ]


def _steps(
    handbook: Handbook, edition: Edition, role: Role, path: PathName
) -> list[tuple[str, Standard, Revision, int]]:
    """The steps of a path: when, of which standard, and which of its steps."""
    return [
        (step.when, standard, revision, index)
        for standard, revision in _of_role(handbook, edition, role)
        for index, step in enumerate(revision.rules.onboarding)
        if path.id in step.paths
    ]


def _stages(
    pages: HandbookPages, tree: Edition | None, edition: Edition, role: Role, path: PathName
) -> tuple[Stage, ...]:
    found: dict[str, list[OnboardingStep]] = {stage: [] for stage in STAGES}
    for when, standard, revision, index in _steps(pages.handbook, edition, role, path):
        found[when].append(
            OnboardingStep(
                f"{standard.id}-{when}-{index}",
                revision.rules.onboarding[index].text,
                revision.wording[pages.language].title,
                urls.standard(pages.language, tree, standard.id),
            )
        )
    return tuple(Stage(when, tuple(steps)) for when, steps in found.items() if steps)


def _ramp_months(method: MethodForm) -> tuple[int, ...]:
    return tuple(sorted({1, *(step.from_month for step in method.ramp)}))


def _ramp_row(
    pages: HandbookPages,
    tree: Edition | None,
    standard: Standard,
    revision: Revision,
    method: MethodForm,
    months: tuple[int, ...],
) -> RampRow:
    main = next(measure for measure in revision.rules.measures if measure.role == "main")
    cells = []
    for month in months:
        scored, factor = ramp_at(month, method, main.ramp)
        cells.append(RampCell(scored, factor if main.is_target else Decimal(1)))
    return RampRow(
        revision.wording[pages.language].title, urls.standard(pages.language, tree, standard.id), main, tuple(cells)
    )
