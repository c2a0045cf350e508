"""Forms of the actions on one finding (问题的各项办理表单)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.case import HOLD_LABELS, REQUIREMENT_LABELS, HoldKind, Requirement
from zhenggai.domain.days import day_read
from zhenggai.domain.lifecycle import NATURE_LABELS, Nature
from zhenggai.web.forms.choices import DUE_KEPT, LEADERS_ONLY, NO_CHOICE, UNIT_TOLD, Choice, words
from zhenggai.web.forms.plain import AmountField, DayField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.utils.functional import _StrPromise


# an extension holds a finding by being asked for
_HOLDS = {kind: label for kind, label in HOLD_LABELS.items() if kind is not HoldKind.EXTENSION}


def long_text(
    label: _StrPromise, *, required: bool = True, help_text: _StrPromise | str = ""
) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=20_000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def whole_or_none(value: str) -> int | None:
    """The number behind a choice; none for the empty choice."""
    return int(value) if value else None


def as_yes_no(value: str) -> bool | None:
    """``yes``, ``no`` or, for the empty choice, not set."""
    return {"yes": True, "no": False}.get(value)


def yes_no(label: _StrPromise, unset: _StrPromise | None = None) -> forms.TypedChoiceField:
    """Whether something applies; the empty choice says nothing of it, in the words of ``unset``."""
    return forms.TypedChoiceField(
        label=label,
        choices=(("", unset or _("not set yet")), ("yes", _("yes")), ("no", _("no, does not apply"))),
        coerce=as_yes_no,
        empty_value=None,
        required=False,
    )


def money_amount() -> AmountField:
    """How much money a finding asks back."""
    return AmountField(
        label=_("Money to recover, in yuan"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=16,
        decimal_places=2,
        help_text=_("As the finding names it. It is never lowered, and evidence has to show as much."),
    )


class ActionForm(PlainForm):
    """A form of one action. ``version`` is the state the person saw; ``object_id`` the row it is about."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    object_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # of a form that is more than its fields one after the other
    layout = ""
    # what stands below its button
    below = ""

    def about(self, finding: Any) -> None:
        """Adds what the form asks of the finding's own rows, before choices are offered; most ask nothing."""

    def offer(self, name: str, choices: Iterable[Choice]) -> None:
        """Fills the choices of a field, where the form has it."""
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            empty = () if isinstance(field, forms.MultipleChoiceField) else NO_CHOICE
            field.choices = [*empty, *choices]


class ClassifyForm(ActionForm):
    """Nature of a finding and what must also be dealt with; set by the office."""

    nature = forms.TypedChoiceField(
        label=_("Nature"),
        choices=[*NO_CHOICE, *words(NATURE_LABELS)],
        coerce=Nature,
        help_text=_("A long-term finding has no due date of its own and is closed only stage by stage."),
    )
    money_required = yes_no(_("Must money be recovered?"))
    money_to_recover = money_amount()
    amount_follows = forms.BooleanField(
        label=_("The amount is still being found out, and is named later."),
        required=False,
        help_text=_("Before it is named the finding is not closed. Confirmed with your name in the trail."),
    )
    people_required = yes_no(_("Must people be dealt with?"))
    cause_required = yes_no(_("Must a cause be treated, or a rule made?"))


class AssignForm(ActionForm):
    """Who is responsible, who fixes, by when."""

    leader_id = forms.TypedChoiceField(
        label=_("Responsible leader"), coerce=whole_or_none, help_text=LEADERS_ONLY
    )
    unit_id = forms.TypedChoiceField(
        label=_("Responsible unit"),
        coerce=whole_or_none,
        help_text=UNIT_TOLD,
    )
    due = DayField(
        label=_("Due"),
        help_text=DUE_KEPT,
    )
    supporting_unit_ids = forms.TypedMultipleChoiceField(
        label=_("Supporting units"),
        coerce=int,
        required=False,
        help_text=_("None, one or several."),
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )
    past_due_meant = forms.BooleanField(
        label=_("The due date is past already, and I mean it: the finding is overdue from the start."),
        required=False,
        help_text=_("Confirmed with your name in the trail. Days overdue count from the due date."),
    )
    list_leader = forms.BooleanField(
        label=_("Put the leader on the list of those who see this restricted finding."), required=False
    )
    field_order = ("unit_id", "leader_id", "list_leader", "due", "past_due_meant", "supporting_unit_ids")

    def propose(self, leaders: Mapping[str, int]) -> None:
        """Has the browser choose whoever oversees the unit chosen, until a leader is chosen by hand."""
        if leaders:
            self.fields["unit_id"].widget.attrs["data-proposes"] = json.dumps(leaders)
            self.fields["leader_id"].help_text = format_lazy(
                "{} {}", _("Proposed: who oversees the unit."), LEADERS_ONLY
            )

    def ask_of_list(self, *, is_restricted: bool) -> None:
        """Asks about the list of a restricted finding, and of no other."""
        if not is_restricted:
            self.fields["list_leader"].widget = forms.HiddenInput()

    def ask_of_past(self, on: date) -> None:
        """Asks about a due date before the day, and only then."""
        due = self["due"].value()
        day = day_read(due) if isinstance(due, str) else due
        if day is None or day >= on:
            self.fields["past_due_meant"].widget = forms.HiddenInput()


class HandOverForm(PlainForm):
    """Who takes findings over."""

    to_id = forms.TypedChoiceField(label=_("Hand over to"), coerce=int)

    def offer(self, choices: Iterable[Choice]) -> None:
        """Fills the choice."""
        field = self.fields["to_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*NO_CHOICE, *choices]


class BareForm(ActionForm):
    """An action that needs nothing but the press of its button."""


class MeasureDoneForm(ActionForm):
    """What a measure has led to."""

    result = long_text(_("Result"), help_text=_("What came of it, so that another person can check it."))


class FiledForm(ActionForm):
    """A form with a file. ``kept`` names a file of a refused try that needs not be chosen again."""

    file = forms.FileField(
        label=_("File"), required=False, help_text=_("The photo, scan or document itself; one is needed.")
    )
    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A file is chosen now, or was kept."""
        values: dict[str, Any] = super().clean() or {}
        if not values.get("file") and not values.get("kept") and "file" not in self.errors:
            self.add_error("file", _("No file is chosen; choose the one that proves it."))
        return values


class ReasonForm(ActionForm):
    """A reason that stays in the trail."""

    reason = long_text(_("Reason"), help_text=_("10 characters or more; it stays in the history."))


class EffectForm(ActionForm):
    """Whether a piece of evidence shows an effect."""

    effect = forms.TypedChoiceField(
        label=_("Does it show an effect?"),
        choices=(("yes", _("shows an effect")), ("no", _("paper only"))),
        coerce=as_yes_no,
        widget=forms.RadioSelect,
        help_text=_("That a meeting was held or a paper issued shows no effect by itself."),
    )
    note = long_text(_("What was looked at"), help_text=_("So that another person comes to the same view."))


class RequirementAnswerForm(ActionForm):
    """Which evidence meets a requirement."""

    requirement = forms.TypedChoiceField(
        label=_("Requirement"), choices=[*NO_CHOICE, *words(REQUIREMENT_LABELS)], coerce=Requirement
    )
    evidence_id = forms.TypedChoiceField(label=_("Evidence"), coerce=whole_or_none)


class RequirementWaiveForm(ReasonForm):
    """Why a requirement does not apply."""

    requirement = forms.TypedChoiceField(
        label=_("Requirement"), choices=[*NO_CHOICE, *words(REQUIREMENT_LABELS)], coerce=Requirement
    )
    field_order = ("requirement", "reason")


class AnswerForm(ActionForm):
    """The answer to a new situation."""

    text = long_text(
        _("Answer"),
        help_text=_("What was decided, and what the unit does now. Whoever raised it is told."),
    )


class HoldForm(ActionForm):
    """What holds a finding open."""

    kind = forms.TypedChoiceField(label=_("Kind"), choices=[*NO_CHOICE, *words(_HOLDS)], coerce=HoldKind)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=200,
        help_text=_("By which others find it: the number of the letter, or the name of the check."),
    )


class ClosureRequestForm(ActionForm):
    """The request to close; the last two fields are for long-term work."""

    statement = long_text(
        _("What was achieved"), help_text=_("What was wrong, what was done, what is better now.")
    )
    stage_goal = long_text(
        _("Goal of this stage"), required=False, help_text=_("Only for long-term findings.")
    )
    recheck_on = DayField(
        label=_("Next re-check"),
        required=False,
        help_text=_("Only for long-term findings."),
    )
    promised = forms.BooleanField(label=_("I affirm the promise of truth."), required=False)

    def about(self, finding: Any) -> None:
        """Asks for the promise of truth in the very words of the rules, where they have one."""
        promise = finding.inspection.rules.promise
        if promise:
            self.fields["promised"].label = promise
        else:
            del self.fields["promised"]


class NoteForm(ActionForm):
    """A signature with an optional note."""

    note = long_text(_("Note"), required=False)
