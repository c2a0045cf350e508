"""The form that records what was signed elsewhere (线下签批表单)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.ladder import StepKind
from zhenggai.ledger.facts import step_next
from zhenggai.web.forms.finding import FiledForm, long_text, whole_or_none
from zhenggai.web.forms.plain import DayField


class RecordForm(FiledForm):
    """A signature on paper, or the minutes of a meeting, with its scan; which of them, the next step says."""

    signer_id = forms.TypedChoiceField(
        label=_("Signed by"),
        coerce=whole_or_none,
        empty_value=None,
        required=False,
        help_text=_("Who signed the paper; the post that the step asks for holds today."),
    )
    number = forms.CharField(label=_("Number of the minutes"), max_length=100, required=False)
    held_on = DayField(label=_("Signed or decided on"), help_text=_("The day on the paper."))
    form_code = forms.CharField(
        label=_("Code on the form"),
        max_length=60,
        required=False,
        help_text=_(
            "From the last lines of a closing form printed here, as ZG-7-37-…; empty for other papers."
        ),
    )
    note = long_text(_("Note"), required=False)
    field_order = ("signer_id", "number", "held_on", "form_code", "file", "note")

    def about(self, finding: Any) -> None:
        """Asks for the signer, or for the number of the minutes."""
        step = step_next(finding)
        is_meeting = step is not None and step.kind is StepKind.COLLECTIVE
        del self.fields["signer_id" if is_meeting else "number"]
