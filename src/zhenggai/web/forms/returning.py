"""The form that sends a closure request back (退回表单)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.returning import RETURN_GROUND_LABELS, ReturnGround
from zhenggai.web.forms.choices import words
from zhenggai.web.forms.finding import ReasonForm
from zhenggai.web.forms.plain import DayField


class ReturnForm(ReasonForm):
    """Why a request is sent back, which criteria failed, and until when to work again."""

    ground = forms.TypedChoiceField(
        label=_("What the return is about"),
        choices=words(RETURN_GROUND_LABELS),
        coerce=ReturnGround,
        initial=ReturnGround.OTHER,
        empty_value=ReturnGround.OTHER,
        required=False,
    )
    criterion_ids = forms.TypedMultipleChoiceField(
        label=_("Criteria to be judged again"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The others keep their judgement and its judge. What was judged not met is judged again."
        ),
    )
    redo_by = DayField(
        label=_("Work again until"),
        required=False,
        help_text=_("A proposal. The due date stays: only an approved extension moves it."),
    )
    field_order = ("ground", "reason", "criterion_ids", "redo_by")

    def about(self, finding: Any) -> None:
        """Offers the finding's criteria."""
        standing = [each for each in finding.criteria.all() if each.dropped_at is None]
        self.offer("criterion_ids", [(str(each.pk), each.text[:120]) for each in standing])
