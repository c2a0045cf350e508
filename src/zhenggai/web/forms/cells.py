"""Forms that a cell of the ledger list alone needs (单元格表单)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.finding import ActionForm


class LeaderForm(ActionForm):
    """Who leads a finding from now on, for the same work."""

    to_id = forms.TypedChoiceField(label=_("Hand over to"), coerce=int)
