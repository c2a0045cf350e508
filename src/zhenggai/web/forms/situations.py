"""Forms about new situations (新情况表单)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.choices import NO_CHOICE
from zhenggai.web.forms.finding import ActionForm, long_text, whole_or_none


class SituationForm(ActionForm):
    """A new situation, and the answered one that it takes up again, if any."""

    text = long_text(
        _("New situation"),
        help_text=_(
            "What has come up that the unit cannot settle by itself, and what it needs. It is answered or "
            "passed up, and stays open until then."
        ),
    )
    follows_id = forms.TypedChoiceField(
        label=_("Takes up again"), coerce=whole_or_none, empty_value=None, required=False
    )

    def about(self, finding: Any) -> None:
        """Offers the answered situations of the finding, where it has any."""
        super().about(finding)
        answered = [each for each in finding.situations.all() if each.answered_at is not None]
        field = self.fields["follows_id"]
        if answered and isinstance(field, forms.ChoiceField):
            field.choices = [*NO_CHOICE, *((str(each.pk), each.text[:40]) for each in answered)]
        else:
            del self.fields["follows_id"]


class PassUpForm(ActionForm):
    """What whoever it waits with makes of a situation, for those above."""

    analysis = long_text(
        _("Analysis"), help_text=_("What it is about, what you propose and why; at least 10 characters.")
    )
