"""Forms about report requests (填报通知表单)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.finding import long_text
from zhenggai.web.forms.plain import DayField, PlainForm


class ReportRequestForm(PlainForm):
    """A period on which the units report, and by when."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("As the units read it, for example “Third quarter”.")
    )
    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"))
    due_on = DayField(label=_("Report by"), help_text=_("In time until the end of this day."))


class ReportWithdrawForm(PlainForm):
    """Why a request is withdrawn."""

    reason = long_text(_("Reason"), help_text=_("10 characters or more."))


class ReportRemindForm(PlainForm):
    """Nothing to fill in: pressing the button reminds."""
