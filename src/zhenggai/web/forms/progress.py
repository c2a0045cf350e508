"""Forms about progress: what the unit reports, and how far those who verify see the work (进展表单)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.lifecycle import PROGRESS_LABELS, Progress
from zhenggai.web.forms.choices import NO_CHOICE, words
from zhenggai.web.forms.finding import ActionForm, long_text, whole_or_none

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where what is typed is saved, whose it is, since when, and how many reports that person has made."""

    address: str
    person_id: int
    reports: int
    saved_at: datetime | None


class ProgressForm(ActionForm):
    """What the unit says of its progress, what it did, and what shows it."""

    below = "finding/progress_draft.html"
    # where drafts of it are kept, on the page of a finding
    place: DraftPlace | None = None

    progress = forms.TypedChoiceField(
        label=_("Progress"), choices=[*NO_CHOICE, *words(PROGRESS_LABELS)], coerce=Progress
    )
    percent = forms.IntegerField(
        label=_("Share of the work done, in per cent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("A whole number, as the unit sees it; it may be less than before. Empty: not said."),
    )
    narrative = long_text(_("What was done"), help_text=_("With numbers, dates and names of documents."))
    actions = long_text(
        _("Actions taken, one a line"),
        required=False,
        help_text=_("Each line is kept as an action of its own."),
    )
    action_measure_id = forms.TypedChoiceField(
        label=_("These actions carry out"), coerce=whole_or_none, empty_value=None, required=False
    )
    evidence_ids = forms.TypedMultipleChoiceField(
        label=_("Evidence that shows it"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pieces of this round; file others first."),
    )

    def about(self, finding: Any) -> None:
        """Offers the measures that stand, and takes away what there is nothing to choose of."""
        standing = [each for each in finding.measures.all() if each.dropped_at is None]
        field = self.fields["action_measure_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("no one measure")),
                *((str(each.pk), f"{each.position}. {each.text[:60]}") for each in standing),
            ]
        live = [each for each in finding.evidence.all() if each.withdrawn_at is None]
        if not any(each.round == finding.round for each in live):
            self.fields["evidence_ids"].widget = forms.MultipleHiddenInput()

    def clean(self) -> dict[str, Any]:
        """The lines as actions, each of the measure that was chosen for them."""
        values: dict[str, Any] = super().clean() or {}
        measure_id = values.pop("action_measure_id", None)
        lines = (line.strip() for line in (values.get("actions") or "").splitlines())
        values["actions"] = [{"text": line, "measure_id": measure_id} for line in lines if line]
        return values


class ProgressJudgeForm(ActionForm):
    """How far somebody who verifies sees the work."""

    progress = forms.TypedChoiceField(
        label=_("Progress as you see it"), choices=[*NO_CHOICE, *words(PROGRESS_LABELS)], coerce=Progress
    )
    reason = long_text(
        _("Reason"), help_text=_("What you looked at, and what is missing. 10 characters or more.")
    )
