"""Changes of measures and rules in words: what was, what is, and what that means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from standardwerk.model.handbook import Measure, Revision, Standard, named_at
from standardwerk.model.months import Month
from standardwerk.model.scores import State
from standardwerk.render import words
from standardwerk.render.view import View
from standardwerk.site.change_values import FieldChange, MeasureChange, MethodChange, StandardChange


def _(message: str) -> str:
    return message


_LABELS = {
    "title": _("Name"),
    "role": _("Part in the verdict"),
    "formula": _("Formula"),
    "labels": _("Words of the formula"),
    "window": _("Period"),
    "cadence": _("Rounds"),
    "valid_months": _("Shown for"),
    "better": _("Direction"),
    "lines": _("Product lines"),
    "unit": _("Unit"),
    "flag": _("Mark beside the figure"),
    "confident": _("Chance"),
    "minimum_n": _("Needed for a score"),
    "minimum_months": _("Months needed"),
    "is_target": _("Ramp-up and availability"),
    "ramp": _("Ramp-up"),
    "due_after_days": _("Due"),
    "weight": _("Weight"),
    "roles": _("Applies to"),
    "minimum_group": _("Smallest group shown"),
    "index": _("Index"),
}
_LINES = {"worst": _("the weakest line decides"), "total": _("all product lines added up")}
_MET = {
    ("higher", True): _("needs {new} instead of {old} (harder to reach)"),
    ("higher", False): _("needs {new} instead of {old} (easier to reach)"),
    ("lower", True): _("may be {new} at most instead of {old} (harder to keep)"),
    ("lower", False): _("may be {new} at most instead of {old} (easier to keep)"),
}
_NEAR = {
    "higher": _("counts as near from {new} on instead of {old}"),
    "lower": _("counts as near up to {new} instead of {old}"),
    "range": _("counts as near within {new} instead of {old}"),
}
_WITHIN = _("has to lie within {new} instead of {old}")
_ROLES = {
    "main": _("This measure now decides on the standard."),
    "second": _("This measure now has a verdict of its own beside the main measure."),
    "guard": _("This measure is now shown without a verdict."),
    "info": _("This measure is now shown without a verdict."),
}
_SWITCHED = {
    ("confident", True): _("A status beyond the limit needs the whole confidence interval (95%) beyond it."),
    ("confident", False): _("The range of uncertainty no longer matters to the verdict."),
    ("is_target", True): _("The target is lower during ramp-up and according to availability."),
    ("is_target", False): _("The target is no longer lowered in ramp-up and by absence."),
    ("ramp", True): _("Is shown in ramp-up, not scored."),
    ("ramp", False): _("Counts from the first full month."),
}
_MEANINGS = {
    "title": _("Only the name changes."),
    "formula": _("The figure is made in another way. Values from before and after cannot be compared."),
    "window": _("Covers another period than before."),
    "cadence": _("Is collected in another rhythm."),
    "valid_months": _("A round is shown for another time."),
    "better": _("Another direction is good now."),
    "lines": _("Product lines are put together in another way."),
    "unit": _("Is written in another way."),
    "flag": _("Another mark beside the figure. It is never a verdict."),
    "minimum_n": _("A verdict needs another number of cases."),
    "minimum_months": _("A verdict needs another number of months with data."),
    "due_after_days": _("Is due at another time."),
    "weight": _("Counts with another weight in the index."),
    "roles": _("Other people are scored by it."),
    "minimum_group": _("Figures of smaller groups are hidden."),
    "index": _("The index comes about in another way."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of changes."""

    label: str
    old: str
    new: str
    meaning: str


class ChangeWords:
    """Tells changes in one language."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._ = view.texts.gettext

    # Measures ---------------------------------------------------------------------------------------------------------

    def rows(self, change: MeasureChange) -> list[Row]:
        """The lines of a measure."""
        measure = change.measure
        if change.old is None or change.new is None:
            target = self.view.target_words(measure) or words.measure_role_word(self.view.texts, measure.role)
            if change.old is None:
                return [Row(self._("New measure"), "–", target, self._new_words(measure))]
            return [Row(self._("Dropped measure"), target, "–", self._("Is no longer measured."))]
        return [self._row(change, field, change.old, change.new) for field in change.fields]

    def _new_words(self, measure: Measure) -> str:
        return self._("Is measured from now on: {formula}.", formula=self.formula(measure))

    def _row(self, change: MeasureChange, field: FieldChange, old: Measure, new: Measure) -> Row:
        name = field.field
        if name in {"met", "near"}:
            label = words.state_word(self.view.texts, State.MET if name == "met" else State.NEAR)
            before, after = self._limits(old, field.old), self._limits(new, field.new)
            return Row(label, before or "–", after or "–", self._limit_words(field, old, new))
        if name in {"formula", "labels"}:
            before, after = self.formula(old), self.formula(new)
            if before == after:
                before, after = self._expressions(old), self._expressions(new)
        else:
            before, after = self._shown(name, old, field.old), self._shown(name, new, field.new)
        return Row(self._(_LABELS[name]), before or "–", after or "–", self._meaning(change, field))

    def _meaning(self, change: MeasureChange, field: FieldChange) -> str:
        if field.field == "labels":
            if change.restart or any(each.field == "formula" for each in change.fields):
                return self._("Says what is counted from now on.")
            return self._("Only the words change, not what is counted.")
        if field.field == "role":
            return self._(_ROLES[str(field.new)])
        switched = _SWITCHED.get((field.field, bool(field.new)))
        return self._(switched if switched is not None else _MEANINGS[field.field])

    def _limits(self, measure: Measure, limits: Any) -> str:
        if limits is None:
            return ""
        return words.limit_words(
            self.view.texts, self.view.formats, limits, measure.unit, self.view.unit_label(measure)
        )

    def _limit_words(self, field: FieldChange, old: Measure, new: Measure) -> str:
        """What a limit means: „needs 3.0 instead of 2.5“."""
        if field.old is None or field.new is None or old.better != new.better or new.better is None:
            return self._("has a target now") if field.old is None else self._("the target is another one now")
        before, after = self._bare(old, field.old), self._bare(new, field.new)
        if new.better == "range":
            message = _NEAR["range"] if field.field == "near" else _WITHIN
        elif field.field == "near":
            message = _NEAR[new.better]
        else:
            index = 0 if new.better == "higher" else 1
            harder = (field.new[index] > field.old[index]) == (new.better == "higher")
            message = _MET[new.better, harder]
        return self._(message, new=after, old=before)

    def _bare(self, measure: Measure, limits: tuple[Decimal | None, Decimal | None]) -> str:
        """Limits without „at least“."""
        low, high = limits
        if low is not None and high is not None:
            return self._limits(measure, limits)
        limit = low if low is not None else high
        assert limit is not None
        return self.view.formats.value(measure.unit, limit, words.places(limit), self.view.unit_label(measure))

    def formula(self, measure: Measure) -> str:
        """A measure's formula in its own words."""
        if measure.kind == "mean":
            return self._("mean of the ratings")
        if measure.kind == "check":
            return self._("condition: met or missed")
        labels = measure.labels
        if labels is None:
            return self._expressions(measure)
        below = f" ÷ {self.view.local(labels.denominator)}" if labels.denominator is not None else ""
        return f"{self.view.local(labels.numerator)}{below}"

    def _expressions(self, measure: Measure) -> str:
        return "; ".join(f"{name}: {expression.source}" for name, expression in measure.expressions)

    def _shown(self, name: str, measure: Measure, value: Any) -> str:
        texts, formats = self.view.texts, self.view.formats
        if value is None:
            return ""
        if name == "window":
            return words.window_words(texts, value)
        if name == "role":
            return words.measure_role_word(texts, value)
        if name == "cadence":
            return words.cadence_word(texts, value)
        if name == "better":
            return words.better_words(texts, value)
        if name == "lines":
            return self._(_LINES[value])
        if name == "unit":
            return words.unit_word(texts, value[0]) + (f" ({value[2]})" if value[2] else "")
        if name == "flag":
            limit = value[0] if value[0] is not None else value[1]
            sign = ">" if value[0] is not None else "<"
            return f"{sign} {formats.value(measure.unit, limit, words.places(limit))}: {value[2]}"
        if name == "minimum_n":
            return " ".join([self._("at least {count}", count=value[0]), *([value[2]] if value[2] else [])])
        if name in {"minimum_months", "valid_months"}:
            return texts.ngettext("{count} month", "{count} months", value)
        if name == "due_after_days":
            return texts.ngettext(
                "from the first full month after day {count}", "from the first full month after day {count}", value
            )
        if isinstance(value, bool):
            return texts.pgettext("check", "yes") if value else texts.pgettext("check", "no")
        return str(value)

    def run(self, change: MeasureChange) -> str:
        """What becomes of the months counted so far; empty if that is no question."""
        if change.restart is not None:
            return self.restart_words(change.measure, Month.of(change.restart))
        return self._("Earlier months of the period still count, under the new rules.") if change.carried else ""

    def restart_words(self, measure: Measure, month: Month) -> str:
        """That the counting starts again with a month."""
        shown = self.view.formats.month(month)
        if measure.window.kind == "month":
            return self._("Counted afresh from {month}: earlier months are no longer compared with it.", month=shown)
        return self._("The window starts again with {month}: earlier months no longer count.", month=shown)

    def since(self, standard: Standard, revision: Revision, measure: Measure) -> str:
        """On a standard's page: what became of the months before its revision."""
        return self.restarted(standard, revision, measure) or self.carried(standard, revision, measure)

    def restarted(self, standard: Standard, revision: Revision, measure: Measure) -> str:
        """That the counting began anew with a revision, and when; empty if it goes back to the first."""
        start = revision.run_start.get(measure.id)
        if start is None:
            return ""
        earlier = any(one.effective_from < start and one.measure(measure.id) is not None for one in standard.revisions)
        return self.restart_words(measure, Month.of(start)) if earlier else ""

    def carried(self, standard: Standard, revision: Revision, measure: Measure) -> str:
        """That months from before a revision count under its limits; empty where it changed none."""
        day = revision.effective_from
        if measure.window.kind == "month" or revision.run_start.get(measure.id, day) == day:
            return ""
        old = [one for one in standard.revisions if one.effective_from < day][-1].measure(measure.id)
        if old is None or (old.better, old.bands, old.window) == (measure.better, measure.bands, measure.window):
            return ""
        return self._(
            "Months before {date} still count, under the rules in force now.", date=self.view.formats.date(day)
        )

    # Rules ------------------------------------------------------------------------------------------------------------

    def rule_rows(self, change: StandardChange | MethodChange) -> list[Row]:
        """The lines of what is not a measure."""
        return [self._rule(change, field) for field in change.rules]

    def _rule(self, change: StandardChange | MethodChange, field: FieldChange) -> Row:
        name = field.field
        if name.startswith("export_rules."):
            rule = name.partition(".")[2]
            old, new = (self.rule_value(rule, value) if value else "–" for value in (field.old, field.new))
            return Row(self.rule_name(rule), old, new, self._("By this the source system decides what counts."))
        if name == "ramp":
            return Row(self._("Ramp-up"), "–", "–", self._("The steps of ramp-up are others now."))
        before, after = self._rule_value(change, name, field.old), self._rule_value(change, name, field.new)
        return Row(self._(_LABELS[name]), before, after, self._(_MEANINGS[name]))

    def _rule_value(self, change: StandardChange | MethodChange, name: str, value: Any) -> str:
        if name == "roles":
            day = change.new.effective_from if change.new is not None else self.view.site.as_of
            ids = value if value is not None else [one.id for one in self.view.handbook.names.roles if one.scorecard]
            found = [named_at(self.view.handbook.names.roles, identity, day) for identity in dict.fromkeys(ids)]
            return ", ".join(one.name[self.view.language] for one in found if one is not None)
        if name == "index":
            return self._("at least {count}", count=value.minimum_coverage_percent) if value is not None else "–"
        return self.view.formats.exact(value)

    def export_rules(self, revision: Revision) -> str:
        """What the source system decides, in a line: „Kontaktfrist in Stunden 24“; empty if it decides nothing."""
        rules = revision.rules.export_rules.items()
        return "; ".join(f"{self.rule_name(name)}: {self.rule_value(name, value)}" for name, value in rules)

    def rule_name(self, column: str) -> str:
        """What an export rule is called: as its column."""
        words = self.view.site.columns.get(column)
        return words.title[self.view.language] if words is not None and words.title else column

    def rule_value(self, column: str, value: str) -> str:
        """An export rule's value, in words where its column has them."""
        words = self.view.site.columns.get(column)
        label = words.values.get(value) if words is not None else None
        return label[self.view.language] if label else value

    # In short ---------------------------------------------------------------------------------------------------------

    def short(self, change: StandardChange) -> Iterator[str]:
        """A standard's changes in a few sentences, what matters most first."""
        if change.kind == "retired":
            yield self._("Is no longer in force.")
            return
        if change.kind == "new":
            assert change.new is not None
            for measure in change.new.rules.measures:
                target = self.view.target_words(measure)
                if measure.judged and target:
                    yield self._("{measure}: {target}.", measure=self.view.local(measure.title), target=target)
            return
        for row in self.rule_rows(change):
            yield self._("{what}: {new} instead of {old}.", what=row.label, new=row.new, old=row.old)
        for one in change.measures:
            for row, name in zip(self.rows(one), [each.field for each in one.fields] or [""], strict=False):
                if name not in {"labels", "near", "title"}:
                    yield f"{self.view.local(one.measure.title)}: {row.meaning}"
        restarts = {one.restart for one in change.measures if one.restart is not None}
        for day in sorted(restarts):
            month = self.view.formats.month(Month.of(day))
            yield self._("Is counted afresh from {month}.", month=month)
        if not change.scored:
            yield self._("Only the wording changes; scoring stays as it is.")
