"""What an inspection did not say when it was opened (补录表单)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.inspecting_bodies import inspecting_body, inspector_printed
from zhenggai.web.forms.plain import DayField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable


class CompleteForm(PlainForm):
    """Feedback day and inspecting body, as far as they are missing; each is entered once."""

    feedback_on = DayField(
        label=_("Feedback on"), required=False, help_text=_("Due days follow from it; it is entered once.")
    )
    inspector = inspector_printed()
    inspector_organisation_id = inspecting_body()

    def ask(self, missing: Iterable[str], bodies: Iterable[tuple[int, str]]) -> None:
        """Leaves the fields that are missing, and fills the choice of bodies."""
        wanted = set(missing)
        for name in set(self.fields) - wanted:
            del self.fields[name]
        field = self.fields.get("inspector_organisation_id")
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("none")), *((str(key), text) for key, text in bodies)]
