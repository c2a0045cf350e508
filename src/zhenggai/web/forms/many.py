"""What is done to many findings at once (批量办理表单): one form an action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.batches import ManyAction
from zhenggai.domain.lifecycle import NATURE_LABELS, Nature
from zhenggai.ledger.batch_wishes import BatchWish
from zhenggai.web.forms.choices import NO_CHOICE, Choice, words
from zhenggai.web.forms.finding import long_text, whole_or_none, yes_no
from zhenggai.web.forms.plain import DayField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STAYS = _("leave as it is")


def _chosen(label: Any, *, required: bool = False) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=whole_or_none, empty_value=None, required=required)


def _past_due() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("The due date is past already, and I mean it: the finding is overdue from the start."),
        required=False,
    )


class ManyForm(PlainForm):
    """One action on many findings; ``action`` says which."""

    action = forms.CharField(widget=forms.HiddenInput)

    def offer(self, choices: Mapping[str, Iterable[Choice]]) -> None:
        """Fills the choices of leaders and units, where the form has them."""
        for name, offered in choices.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = [*(NO_CHOICE if field.required else [("", _STAYS)]), *offered]

    def wish(self) -> BatchWish:
        """What was filled in."""
        return BatchWish(**{name: value for name, value in self.cleaned_data.items() if name != "action"})


class AssignManyForm(ManyForm):
    """Who answers for the findings, and by when; what stays empty is kept of each."""

    unit_id = _chosen(_("Responsible unit"))
    leader_id = _chosen(_("Responsible leader"))
    due = DayField(
        label=_("Due"),
        required=False,
        help_text=_(
            "For findings that have none. Where another is in force the finding is left alone and says so: "
            "leave the day empty for those."
        ),
    )
    past_due_meant = _past_due()


class ClassifyManyForm(ManyForm):
    """Nature and requirements; what stays empty is kept of each."""

    nature = forms.TypedChoiceField(
        label=_("Nature"),
        choices=[("", _STAYS), *words(NATURE_LABELS)],
        coerce=Nature,
        empty_value=None,
        required=False,
    )
    money_required = yes_no(_("Must money be recovered?"), _STAYS)
    money_required.help_text = _("How much is named on each finding by itself; before that it is not closed.")
    people_required = yes_no(_("Must people be dealt with?"), _STAYS)
    cause_required = yes_no(_("Must a cause be treated, or a rule made?"), _STAYS)


class DueManyForm(ManyForm):
    """A due date: set where there is none, asked for where one is in force."""

    due = DayField(
        label=_("Due"),
        help_text=_("Set where a finding has none. Where one is in force an extension is asked for."),
    )
    reason = long_text(
        _("Reason"), required=False, help_text=_("Of the extensions: 10 characters or more; it stays.")
    )
    past_due_meant = _past_due()


class HandOverManyForm(ManyForm):
    """Who leads the findings from now on."""

    leader_id = _chosen(_("Responsible leader"), required=True)


class MeasureManyForm(ManyForm):
    """One more measure for each."""

    text = long_text(_("Measure"))


class CriterionManyForm(ManyForm):
    """One more acceptance criterion for each."""

    text = long_text(_("Acceptance criterion"))


class CommentManyForm(ManyForm):
    """The same words on each."""

    text = forms.CharField(label=_("Comment"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))


MANY_FORMS: dict[ManyAction, type[ManyForm]] = {
    ManyAction.ASSIGN: AssignManyForm,
    ManyAction.CLASSIFY: ClassifyManyForm,
    ManyAction.DUE: DueManyForm,
    ManyAction.HAND_OVER: HandOverManyForm,
    ManyAction.ACCEPT: ManyForm,
    ManyAction.MEASURE: MeasureManyForm,
    ManyAction.CRITERION: CriterionManyForm,
    ManyAction.COMMENT: CommentManyForm,
}
