"""The form that signs several requests at once (批量签批表单)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.finding import long_text
from zhenggai.web.forms.plain import PlainForm


class SignForm(PlainForm):
    """One confirmation for everything that is ticked, and a note that stands beside each signature."""

    note = long_text(_("Note"), required=False)
    looked_at = forms.BooleanField(
        label=_("I have looked at the conditions of each request that I ticked, and sign each of them.")
    )
