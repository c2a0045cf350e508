"""Forms about the deadline (期限申请表单)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.finding import ReasonForm, long_text
from zhenggai.web.forms.plain import DayField


class ExtensionForm(ReasonForm):
    """Until when more time is asked for, and why."""

    new_due = DayField(
        label=_("New due date"), help_text=_("Later than the due date in force and than today.")
    )
    field_order = ("new_due", "reason")


class LongTermForm(ReasonForm):
    """What long-term work aims at first, when that is looked at, and why there is to be no due date."""

    stage_goal = long_text(
        _("Goal of the first stage"),
        help_text=_("What is reached by the first re-check, so that it can be checked."),
    )
    recheck_on = DayField(label=_("First re-check"), help_text=_("A day to come."))
    field_order = ("stage_goal", "recheck_on", "reason")
