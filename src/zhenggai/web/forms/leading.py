"""Forms about leading groups and oversight (领导小组、分管)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.accounts.kinds import GROUP_PLACE_LABELS
from zhenggai.web.forms.choices import LEADERS_ONLY, NO_CHOICE, words
from zhenggai.web.forms.finding import whole_or_none
from zhenggai.web.forms.plain import DayField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable


class ChoosingForm(PlainForm):
    """A form whose choices are rows the reader sees."""

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Fills the choices of a field, where the form has it."""
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = [*NO_CHOICE, *((str(key), label) for key, label in choices)]


class GroupEditForm(ChoosingForm):
    """Name, basis and office of a leading group."""

    name = forms.CharField(
        label=_("Name of the leading group"),
        max_length=200,
        help_text=_("As the document that set it up names it."),
    )
    basis = forms.CharField(
        label=_("Set up by"),
        max_length=200,
        required=False,
        help_text=_("The document, with its number."),
    )
    office_unit_id = forms.TypedChoiceField(
        label=_("Office seated in"),
        coerce=whole_or_none,
        empty_value=None,
        required=False,
        help_text=_("The unit whose room and people the office of the group has."),
    )


class GroupForm(GroupEditForm):
    """A new leading group."""

    organisation_id = forms.TypedChoiceField(
        label=_("Organisation"),
        coerce=int,
        help_text=_("The inspected one. The group leads the work of everything below it, too."),
    )
    started_on = DayField(label=_("From"), required=False, help_text=_("Empty: from today."))
    field_order = ("organisation_id", "name", "basis", "office_unit_id", "started_on")


class SeatForm(ChoosingForm):
    """A person's place in a leading group."""

    person_id = forms.TypedChoiceField(label=_("Person"), coerce=int)
    place = forms.ChoiceField(
        label=_("Place in the group"),
        choices=[*NO_CHOICE, *words(GROUP_PLACE_LABELS)],
        help_text=_(
            "The head first needs the confirmed post “leading group” there, given under “People and posts”; "
            "then the security administrator confirms the head."
        ),
    )
    started_on = DayField(label=_("From"), required=False, help_text=_("Empty: from today."))


class OversightForm(ChoosingForm):
    """Who oversees a unit."""

    unit_id = forms.TypedChoiceField(
        label=_("Unit"), coerce=int, help_text=_("With everything below it that nobody else oversees.")
    )
    leader_id = forms.TypedChoiceField(label=_("Leader"), coerce=int, help_text=LEADERS_ONLY)
    started_on = DayField(label=_("From"), required=False, help_text=_("Empty: from today."))
