"""What changed between two editions, as values: standards, measures, rules, and the wording in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from standardwerk.model.handbook import (
    Edition,
    Handbook,
    Measure,
    Named,
    RevisedPage,
    Revision,
    Role,
    Standard,
    Wording,
    named_at,
)
from standardwerk.model.terms import without_marks
from standardwerk.site.change_values import (
    WORDS_ONLY,
    EditionChanges,
    FieldChange,
    MeasureChange,
    MethodChange,
    NameChange,
    PageChange,
    Reason,
    RoleChanges,
    StandardChange,
)
from standardwerk.site.wording_changes import Block, TextChange, compare_blocks, redline

Reader = Callable[[str], tuple[Block, ...]]
"""Takes a Markdown text apart into its blocks."""

#: The fields of a measure that are compared one by one, in the order in which they are told.
_FIELDS = (
    "title",
    "role",
    "formula",
    "labels",
    "window",
    "cadence",
    "valid_months",
    "better",
    "met",
    "near",
    "lines",
    "unit",
    "flag",
    "confident",
    "minimum_n",
    "minimum_months",
    "is_target",
    "ramp",
    "due_after_days",
)


def compare(handbook: Handbook, one: Edition, other: Edition, language: str, read: Reader) -> EditionChanges:
    """What changed between two editions, from the earlier to the later one."""
    old, new = sorted((one, other), key=lambda edition: edition.effective_from)
    before, after = old.effective_from, new.effective_from
    order = {group: index for index, group in enumerate(handbook.names.group_ids)}
    standards = []
    for standard in handbook.standards:
        found = compare_standard(handbook, standard, before, after, language, read)
        if found is not None:
            standards.append(found)
    standards.sort(key=lambda change: (order[change.standard.identity.group], change.standard.identity.number))
    return EditionChanges(
        old,
        new,
        tuple(standards),
        _compare_method(handbook, before, after, language, read),
        _compare_names(handbook, before, after),
        _by_role(handbook, standards, after),
        tuple(
            change
            for page in sorted(handbook.revised_pages, key=lambda page: (page.form.order, page.name))
            if (change := _compare_page(handbook, page, before, after, language, read)) is not None
        ),
    )


def compare_standard(
    handbook: Handbook, standard: Standard, before: date, after: date, language: str, read: Reader
) -> StandardChange | None:
    """What changed in a standard between two days; None if nothing did."""
    old, new = standard.at(before), standard.at(after)
    if old is new:
        return None
    between = [revision for revision in standard.revisions if before < revision.effective_from <= after]
    reasons = _reasons(handbook, [(one.effective_from, one.rules.reason, one.rules.retroactive) for one in between])
    if old is None or new is None:
        kind = "new" if old is None else "retired"
        title = _wording_title(new or old, language)
        return StandardChange(standard, kind, old, new, reasons, redline(title, title), (), (), ())
    return StandardChange(
        standard,
        "revised",
        old,
        new,
        reasons,
        redline(_wording_title(old, language), _wording_title(new, language)),
        (
            *compare_wording(old.wording[language], new.wording[language], read),
            *_compare_data(old, new, language),
        ),
        compare_measures(old, new, language),
        _compare_rules(old, new),
    )


def _wording_title(revision: Revision | None, language: str) -> str:
    assert revision is not None
    return revision.wording[language].title


def _reasons(handbook: Handbook, revisions: Sequence[tuple[date, Mapping[str, str], Any]]) -> tuple[Reason, ...]:
    found = []
    for day, text, retroactive in revisions:
        edition = handbook.edition_at(day)
        assert edition is not None
        found.append(Reason(edition, text, retroactive))
    return tuple(found)


# Wording --------------------------------------------------------------------------------------------------------------


def compare_wording(old: Wording, new: Wording, read: Reader) -> tuple[TextChange, ...]:
    """The sections of two wordings: in the new order, those that went after the one they followed."""
    before, after = _texts(old), _texts(new)
    order = list(after)
    previous = ""
    for identity in before:
        if identity not in after:
            order.insert(order.index(previous) + 1, identity)
        previous = identity
    found = []
    for identity in order:
        (old_title, old_text), (new_title, new_text) = before.get(identity, ("", "")), after.get(identity, ("", ""))
        if identity or old_text or new_text:
            blocks = compare_blocks(read(old_text), read(new_text))
            change = _section_change(identity in before, identity in after, old_title == new_title, blocks)
            if change == "same" and old_text != new_text:
                change = "layout"
            found.append(TextChange(identity, redline(old_title, new_title), blocks, change))
    return tuple(found)


def _texts(wording: Wording) -> dict[str, tuple[str, str]]:
    """By section (the lead has no name): its title, and what it says without marks of terms."""
    sections = {one.id: (one.title, without_marks(one.markdown)) for one in wording.sections}
    return {"": ("", without_marks(wording.lead))} | sections


def _section_change(was: bool, is_now: bool, same_title: bool, blocks: Sequence[Any]) -> str:
    if not was or not is_now:
        return "inserted" if is_now else "deleted"
    return "same" if same_title and all(block.change == "same" for block in blocks) else "revised"


def _compare_data(old: Revision, new: Revision, language: str) -> tuple[TextChange, ...]:
    """The texts that stand in the revision's data: rating anchors and onboarding steps."""
    found = []
    for identity, before, after in (
        ("anchors", _anchor_blocks(old, language), _anchor_blocks(new, language)),
        ("steps", _step_blocks(old, language), _step_blocks(new, language)),
    ):
        if before or after:
            blocks = compare_blocks(before, after)
            change = _section_change(bool(before), bool(after), True, blocks)
            found.append(TextChange(identity, (), blocks, change))
    return tuple(found)


def _anchor_blocks(revision: Revision, language: str) -> tuple[Block, ...]:
    found = []
    for anchor in revision.rules.anchors:
        found.append(Block("heading", anchor.name[language]))
        found += [Block(f"level:{level}", text[language]) for level, text in anchor.levels.items()]
    return tuple(found)


def _step_blocks(revision: Revision, language: str) -> tuple[Block, ...]:
    """Steps: the block's kind says when and for whom, so that only steps of the same day are compared."""
    return tuple(
        Block(f"step:{step.when}:{' '.join(step.paths)}", step.text[language]) for step in revision.rules.onboarding
    )


# Measures and rules ---------------------------------------------------------------------------------------------------


def compare_measures(old: Revision, new: Revision, language: str) -> tuple[MeasureChange, ...]:
    """The measures that are not as they were: in the new order, those that went at the end."""
    found = []
    for measure in new.rules.measures:
        before = old.measure(measure.id)
        fields = _compare_fields(before, measure, language) if before is not None else ()
        start = new.run_start.get(measure.id, new.effective_from)
        restart = start if before is not None and start > old.effective_from else None
        told = {each.field for each in fields} - WORDS_ONLY
        carried = before is not None and restart is None and measure.window.kind != "month" and bool(told)
        if before is None or fields or restart:
            found.append(MeasureChange(before, measure, fields, restart, carried))
    found += [
        MeasureChange(measure, None, (), None, False)
        for measure in old.rules.measures
        if new.measure(measure.id) is None
    ]
    return tuple(found)


def _compare_fields(old: Measure, new: Measure, language: str) -> tuple[FieldChange, ...]:
    pairs = ((name, _field(old, name, language), _field(new, name, language)) for name in _FIELDS)
    return tuple(FieldChange(name, before, after) for name, before, after in pairs if before != after)


def _field(measure: Measure, name: str, language: str) -> Any:
    """A field as it is compared; texts in one language."""
    if name in {"met", "near"}:
        if measure.bands is None or measure.better is None:
            return None
        return measure.bands.limits(measure.better)[0 if name == "met" else 1]
    if name == "title":
        return measure.title[language]
    if name == "labels" and measure.labels is not None:
        labels = measure.labels
        return (labels.numerator[language], labels.denominator[language] if labels.denominator else None)
    if name == "unit":
        return (measure.unit, measure.decimals, measure.unit_label[language] if measure.unit_label else None)
    if name == "flag" and measure.flag is not None:
        return (measure.flag.above, measure.flag.below, measure.flag.text[language])
    if name == "minimum_n" and measure.minimum_n is not None:
        needed = measure.minimum_n
        count = needed.count.shape if needed.count is not None else None
        return (needed.value, needed.per, needed.label[language] if needed.label else None, count)
    return getattr(measure, name)


def _compare_rules(old: Revision, new: Revision) -> tuple[FieldChange, ...]:
    pairs: list[tuple[str, Any, Any]] = [
        ("weight", old.rules.weight, new.rules.weight),
        ("roles", old.rules.roles, new.rules.roles),
    ]
    before, after = old.rules.export_rules, new.rules.export_rules
    pairs += [(f"export_rules.{name}", before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after])]
    return tuple(FieldChange(name, left, right) for name, left, right in pairs if left != right)


# Method, names, roles -------------------------------------------------------------------------------------------------


def _compare_method(handbook: Handbook, before: date, after: date, language: str, read: Reader) -> MethodChange | None:
    old, new = handbook.method_at(before), handbook.method_at(after)
    if old is None or new is None or old is new:
        return None
    between = [method for method in handbook.methods if before < method.effective_from <= after]
    fields = ((name, getattr(old.rules, name), getattr(new.rules, name)) for name in ("minimum_group", "ramp", "index"))
    return MethodChange(
        old,
        new,
        _reasons(handbook, [(one.effective_from, one.rules.reason, one.rules.retroactive) for one in between]),
        redline(old.wording[language].title, new.wording[language].title),
        compare_wording(old.wording[language], new.wording[language], read),
        tuple(FieldChange(name, left, right) for name, left, right in fields if left != right),
    )


def _compare_page(
    handbook: Handbook, page: RevisedPage, before: date, after: date, language: str, read: Reader
) -> PageChange | None:
    old, new = page.at(before), page.at(after)
    if old is new:
        return None
    between = [one for one in page.revisions if before < one.effective_from <= after]
    was, now = old or new, new or old
    assert was is not None
    assert now is not None
    return PageChange(
        page.name,
        "new" if old is None else "retired" if new is None else "revised",
        old,
        new,
        _reasons(handbook, [(one.effective_from, one.rules.reason, None) for one in between]),
        redline(was.wording[language].title, now.wording[language].title),
        () if old is None or new is None else compare_wording(old.wording[language], new.wording[language], read),
    )


def _compare_names(handbook: Handbook, before: date, after: date) -> tuple[NameChange, ...]:
    names = handbook.names
    kinds: tuple[tuple[str, tuple[Named, ...]], ...] = (
        ("group", names.groups),
        ("role", names.roles),
        ("product_line", names.product_lines),
    )
    found = []
    for kind, entries in kinds:
        for identity in dict.fromkeys(entry.id for entry in entries):
            old, new = _in_force(entries, identity, before), _in_force(entries, identity, after)
            if old is not new and new is not None:
                found.append(NameChange(kind, old, new))
    return tuple(found)


def _in_force(entries: tuple[Named, ...], identity: str, day: date) -> Named | None:
    found = named_at(entries, identity, day)
    return found if found is not None and (found.valid_from or date.min) <= day else None


def applies(revision: Revision, role: Role) -> bool:
    """Whether a standard is scored for the people of a role."""
    return role.id in revision.rules.roles if revision.rules.roles is not None else role.scorecard


def _by_role(handbook: Handbook, standards: Sequence[StandardChange], day: date) -> tuple[RoleChanges, ...]:
    found = []
    for identity in dict.fromkeys(role.id for role in handbook.names.roles):
        role = named_at(handbook.names.roles, identity, day)
        assert role is not None
        concerned = tuple(
            change
            for change in standards
            if any(revision is not None and applies(revision, role) for revision in (change.old, change.new))
        )
        found.append(RoleChanges(role, concerned))
    return tuple(found)
