"""Forms of what comes after closing (回头看、下一阶段、反弹表单)."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.outcomes import OUTCOME_LABELS, OutcomeKind
from zhenggai.domain.rechecking import GROUNDS_BY_HAND, REBOUND_GROUND_LABELS, ReboundGround
from zhenggai.web.forms.choices import NO_CHOICE, words
from zhenggai.web.forms.finding import ActionForm, ReasonForm, as_yes_no, long_text, whole_or_none
from zhenggai.web.forms.plain import AmountField, DayField


class RecheckSetForm(ReasonForm):
    """By which day a closed finding is to be re-checked."""

    on = DayField(
        label=_("Next re-check"),
        help_text=_("On that day it stands on the start page of whoever re-checks."),
    )
    field_order = ("on", "reason")


class RecheckForm(ActionForm):
    """What a re-check found; the file is for whoever has one."""

    on = DayField(label=_("Day of the re-check"))
    holds = forms.TypedChoiceField(
        label=_("Does it hold?"),
        choices=(("yes", _("it holds")), ("no", _("it does not hold: the fault came back"))),
        coerce=as_yes_no,
        widget=forms.RadioSelect,
    )
    text = long_text(
        _("What was looked at and seen"),
        help_text=_(
            "10 characters or more. It is never changed; where it does not hold, a successor is registered."
        ),
    )
    next_on = DayField(
        label=_("Next re-check"),
        required=False,
        help_text=_("Long-term work that holds needs one; leave it empty where it does not hold."),
    )
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("A picture or record, if there is one.")
    )


class StageBeginForm(ActionForm):
    """Goal and day of the next stage of long-term work."""

    goal = long_text(_("Goal of the stage"))
    due = DayField(
        label=_("Due date of the stage"),
        help_text=_("Days overdue of this stage count from it; the first due date of the finding is kept."),
    )


class OutcomeForm(ActionForm):
    """What came of the work in numbers, and what proves it."""

    kind = forms.TypedChoiceField(
        label=_("Outcome"), choices=[*NO_CHOICE, *words(OUTCOME_LABELS)], coerce=OutcomeKind
    )
    quantity = AmountField(
        label=_("How many, or how much in yuan"), min_value=Decimal("0.01"), max_digits=16, decimal_places=2
    )
    happened_on = DayField(label=_("Day of the outcome"))
    evidence_id = forms.TypedChoiceField(label=_("Proved by"), coerce=whole_or_none)


class ReboundForm(ReasonForm):
    """Why a fault is held to have come back."""

    ground = forms.TypedChoiceField(
        label=_("It came to light by"),
        choices=[*NO_CHOICE, *words({each: REBOUND_GROUND_LABELS[each] for each in GROUNDS_BY_HAND})],
        coerce=ReboundGround,
    )
    field_order = ("ground", "reason")
