"""The fields that say who inspects (巡察机构字段), alike wherever an inspection is opened or completed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.finding import whole_or_none


def inspector_printed() -> forms.CharField:
    """The inspecting body as its feedback is signed (巡察组)."""
    return forms.CharField(
        label=_("Inspecting body"),
        max_length=200,
        required=False,
        help_text=_("As in the signature of its feedback."),
    )


def inspecting_body() -> forms.TypedChoiceField:
    """The inspecting body among the organisations that work here (巡察办); the form fills its choices."""
    return forms.TypedChoiceField(
        label=_("Inspecting body that works here"),
        coerce=whole_or_none,
        empty_value=None,
        required=False,
        help_text=_("Its people then see this inspection and can put it in a round."),
    )
