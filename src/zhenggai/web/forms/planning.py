"""Forms of the plan and of what it is made of (方案与措施表单)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.amending import Indicator
from zhenggai.domain.lifecycle import NATURE_LABELS, Nature
from zhenggai.domain.planning import DIRECTION_LABELS, Direction
from zhenggai.web.forms.choices import DUE_KEPT, LEADERS_ONLY, NO_CHOICE, UNIT_TOLD, words
from zhenggai.web.forms.finding import (
    ActionForm,
    ReasonForm,
    long_text,
    money_amount,
    whole_or_none,
    yes_no,
)
from zhenggai.web.forms.plain import AmountField, DayField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.web.forms.choices import Choice


_STAYS = _("leave as it is")
_MEASURE_HELP = _(
    "One thing that is done, so that somebody can say it is done: who does what, with what result."
)
CRITERION_HELP = _(
    "What another person must be able to see in the end, for example “of ten contracts drawn at random each "
    "has its minutes”."
)
INDICATOR_NAMES: Final = ("target", "direction", "unit", "baseline")


def measure_due() -> DayField:
    """The day by which a measure is to be done."""
    return DayField(label=_("Due"), required=False, help_text=_("Without one that of the finding holds."))


def measure_leader() -> forms.TypedChoiceField:
    """Who answers for a measure."""
    return forms.TypedChoiceField(
        label=_("Leader who answers for it"),
        coerce=whole_or_none,
        empty_value=None,
        required=False,
        help_text=_("Without one that of the finding holds."),
    )


def measure_units() -> forms.TypedMultipleChoiceField:
    """Which units each do a part of a measure."""
    return forms.TypedMultipleChoiceField(
        label=_("Units that each report their part"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: the lead unit alone. Only units that work on the finding are offered."),
    )


def measure_requirement() -> forms.CharField:
    """What is asked of the work on a measure."""
    return long_text(_("What is asked of the work"), required=False)


def criterion_text(*, required: bool = True) -> forms.CharField:
    """The sentence of an acceptance criterion."""
    return long_text(_("Acceptance criterion"), required=required, help_text=CRITERION_HELP)


def indicator_target() -> AmountField:
    """The number that an indicator has to come to."""
    return AmountField(
        label=_("Indicator: target"),
        required=False,
        max_digits=20,
        decimal_places=4,
        help_text=_("Only where it is measured; then with its unit and which way it has to go."),
    )


def indicator_direction() -> forms.TypedChoiceField:
    """Which way an indicator has to go."""
    return forms.TypedChoiceField(
        label=_("Which way"),
        choices=[*NO_CHOICE, *words(DIRECTION_LABELS)],
        coerce=Direction,
        empty_value=None,
        required=False,
    )


def indicator_unit() -> forms.CharField:
    """What an indicator is measured in."""
    return forms.CharField(label=_("Measured in"), max_length=50, required=False)


def indicator_baseline() -> AmountField:
    """Where an indicator stands at the beginning."""
    return AmountField(label=_("Where it stands today"), required=False, max_digits=20, decimal_places=4)


def indicator_taken(form: PlainForm, values: dict[str, Any], prefix: str = "") -> Indicator | None:
    """The indicator that is named by the fields of a prefix, taken out of the values; none where none is.

    Where it is named in part, the form gets an error at each field that lacks.
    """
    named = {name: values.pop(f"{prefix}{name}", None) for name in INDICATOR_NAMES}
    if not any(value or value == 0 for value in named.values()):
        return None
    fields = [f"{prefix}{name}" for name in INDICATOR_NAMES]
    for name in ("target", "direction", "unit"):
        if not (named[name] or named[name] == 0) and f"{prefix}{name}" not in form.errors:
            form.add_error(
                f"{prefix}{name}", _("An indicator needs its target, which way it has to go, and its unit.")
            )
    return None if any(name in form.errors for name in fields) else Indicator(**named)


class WeighForm(ActionForm):
    """What a finding weighs."""

    emphasis = forms.BooleanField(label=_("Raised strongly by the public"), required=False)
    key_area = forms.CharField(
        label=_("Key area"),
        max_length=100,
        required=False,
        help_text=_("Integrity, finance, logistics, projects or another, in your own words."),
    )
    money_to_recover = money_amount()
    people_to_deal_with = forms.IntegerField(
        label=_("People to deal with"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("As the finding names it. It is never lowered, and evidence has to tell of as many."),
    )
    systemic_cause = long_text(
        _("Systemic cause"), required=False, help_text=_("What let it happen, so that it can be treated.")
    )


class TransferForm(ReasonForm):
    """Which unit should lead instead, and why."""

    to_unit_id = forms.TypedChoiceField(label=_("Unit that should lead"), coerce=whole_or_none)
    field_order = ("to_unit_id", "reason")


class MeasureForm(ActionForm):
    """One more measure."""

    text = long_text(_("Measure"), help_text=_MEASURE_HELP)
    requirement = measure_requirement()
    due = measure_due()


class ArrangeForm(ActionForm):
    """Who carries a measure out, by when."""

    leader_id = measure_leader()
    due = measure_due()
    requirement = measure_requirement()
    unit_ids = measure_units()


class TaskForm(ActionForm):
    """What a unit says of its part."""

    report = long_text(_("What was done"), help_text=_("With numbers, dates and names of documents."))


class CriterionForm(ActionForm):
    """One more acceptance criterion: a sentence, or an indicator with its target."""

    text = criterion_text()
    target = indicator_target()
    direction = indicator_direction()
    unit = indicator_unit()
    baseline = indicator_baseline()

    def clean(self) -> dict[str, Any]:
        """The values as the service takes them: text, and the indicator where one is named whole."""
        values: dict[str, Any] = super().clean() or {}
        indicator = indicator_taken(self, values)
        if indicator is not None:
            values["indicator"] = indicator
        return values


class PlanForm(PlainForm):
    """What the office says as it submits the plan."""

    statement = long_text(
        _("Statement"), required=False, help_text=_("What those who approve should know; may stay empty.")
    )


class PlanNoteForm(PlainForm):
    """A signature on a plan, with an optional note."""

    note = long_text(_("Note"), required=False)


class PlanReasonForm(PlainForm):
    """Why a plan is sent back or withdrawn."""

    reason = long_text(_("Reason"), help_text=_("10 characters or more; it stays in the history."))


class PrepareForm(PlainForm):
    """What is set for every finding that is ticked; what stays empty is left as it is."""

    nature = forms.TypedChoiceField(
        label=_("Nature"), coerce=Nature, empty_value=None, required=False, choices=[]
    )
    money_required = yes_no(_("Must money be recovered?"), _STAYS)
    money_required.help_text = _("How much is named on each finding by itself; before that it is not closed.")
    people_required = yes_no(_("Must people be dealt with?"), _STAYS)
    cause_required = yes_no(_("Must a cause be treated, or a rule made?"), _STAYS)
    leader_id = forms.TypedChoiceField(
        label=_("Responsible leader"),
        coerce=whole_or_none,
        empty_value=None,
        required=False,
        help_text=LEADERS_ONLY,
    )
    unit_id = forms.TypedChoiceField(
        label=_("Responsible unit"),
        coerce=whole_or_none,
        empty_value=None,
        required=False,
        help_text=UNIT_TOLD,
    )
    due = DayField(
        label=_("Due"),
        required=False,
        help_text=DUE_KEPT,
    )
    past_due_meant = forms.BooleanField(
        label=_("The due date is past already, and I mean it: the finding is overdue from the start."),
        required=False,
    )
    measure = long_text(_("Measure"), required=False, help_text=_MEASURE_HELP)
    criterion = criterion_text(required=False)

    def offer(self, leaders: Iterable[Choice], units: Iterable[Choice]) -> None:
        """Fills the choices; the empty one leaves things as they are."""
        stay = [("", _STAYS)]
        for name, choices in (("nature", words(NATURE_LABELS)), ("leader_id", leaders), ("unit_id", units)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*stay, *choices]

    def clean(self) -> dict[str, Any]:
        """Leader and unit are named together."""
        values: dict[str, Any] = super().clean() or {}
        if (values.get("leader_id") is None) != (values.get("unit_id") is None):
            missing = "unit_id" if values.get("unit_id") is None else "leader_id"
            self.add_error(missing, _("Leader and unit are assigned together; choose both or neither."))
        return values
