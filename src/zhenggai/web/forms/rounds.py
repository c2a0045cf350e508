"""Forms about rounds (轮次表单)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.inspections import INSPECTION_KIND_LABELS, InspectionKind
from zhenggai.web.forms.choices import NO_CHOICE, words
from zhenggai.web.forms.leading import ChoosingForm
from zhenggai.web.forms.plain import DayField


class RoundEditForm(ChoosingForm):
    """Name and days of a round."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("As the body calls it, for example “Second round of 2026”."),
    )
    begins_on = DayField(label=_("Begins on"))
    ends_on = DayField(label=_("Ends on"), required=False, help_text=_("Empty: it goes on."))


class RoundForm(RoundEditForm):
    """A new round."""

    body_id = forms.TypedChoiceField(
        label=_("Held by"),
        coerce=int,
        help_text=_("The inspecting body whose inspections are compared here."),
    )
    kind = forms.TypedChoiceField(
        label=_("Kind"), choices=[*NO_CHOICE, *words(INSPECTION_KIND_LABELS)], coerce=InspectionKind
    )
    field_order = ("body_id", "kind", "title", "begins_on", "ends_on")


class PutForm(ChoosingForm):
    """An inspection for a round."""

    inspection_id = forms.TypedChoiceField(
        label=_("Inspection"),
        coerce=int,
        help_text=_("Those of the same inspecting body and kind that stand in no round yet."),
    )


class TakeOutForm(ChoosingForm):
    """An inspection that leaves its round, once that is confirmed."""

    inspection_id = forms.IntegerField(widget=forms.HiddenInput())
    sure = forms.BooleanField(
        label=_("Yes, this inspection leaves the round."),
        help_text=_("The figures of the round no longer count it. It can be put in again."),
    )

    def clean(self) -> dict[str, Any]:
        """What the service takes; that it was meant is asked here alone."""
        values: dict[str, Any] = super().clean() or {}
        values.pop("sure", None)
        return values
