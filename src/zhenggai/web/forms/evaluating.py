"""The form of an evaluation (评估表单)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.finding import long_text
from zhenggai.web.forms.leading import ChoosingForm
from zhenggai.web.forms.plain import DayField

if TYPE_CHECKING:
    from collections.abc import Sequence


class EvaluationForm(ChoosingForm):
    """A grade, the day it is of, and its ground."""

    seen_number = forms.IntegerField(min_value=0, widget=forms.HiddenInput())
    grade = forms.ChoiceField(label=_("Grade"), widget=forms.RadioSelect)
    evaluated_on = DayField(
        label=_("Evaluated as of"),
        required=False,
        help_text=_("The figures are counted as this day ended and kept with the grade. Empty: today."),
    )
    ground = long_text(
        _("Ground"),
        help_text=_(
            "On what the grade rests, in at least 10 characters: what was seen, checked and counted."
        ),
    )

    def grades(self, grades: Sequence[str]) -> None:
        """Offers the grades of the inspection's rules."""
        self.fields["grade"].choices = [(each, each) for each in grades]  # type: ignore[attr-defined]
