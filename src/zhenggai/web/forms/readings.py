"""The form of a reading of an indicator (指标读数表单)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.indicators import READING_DIGITS, READING_PLACES
from zhenggai.web.forms.finding import ActionForm, whole_or_none
from zhenggai.web.forms.plain import AmountField, DayField
from zhenggai.web.readings import criterion_named


class ReadingForm(ActionForm):
    """What was measured, on which day, and where the figure comes from."""

    value = AmountField(label=_("Value"), max_digits=READING_DIGITS, decimal_places=READING_PLACES)
    measured_on = DayField(label=_("Measured on"))
    source = forms.CharField(
        label=_("Source of the figure"),
        max_length=500,
        help_text=_("Which report, system or count it is taken from, so that another person can find it."),
    )
    evidence_id = forms.TypedChoiceField(
        label=_("Evidence of it"), coerce=whole_or_none, empty_value=None, required=False
    )

    def about(self, finding: Any) -> None:
        """Says what the figure is measured in."""
        criterion = criterion_named(finding, self["object_id"].value())
        if criterion is not None:
            self.fields["value"].help_text = gettext("In %(unit)s.") % {"unit": criterion.indicator_unit}
