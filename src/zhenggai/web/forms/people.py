"""Forms about organisations, people and posts (单位、人员、职务)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.accounts.kinds import ORGANISATION_KIND_LABELS
from zhenggai.domain.actor import ROLE_LABELS
from zhenggai.web.forms.access import USERNAME_HELP
from zhenggai.web.forms.choices import NO_CHOICE, words
from zhenggai.web.forms.plain import DayField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def _short_name() -> forms.CharField:
    return forms.CharField(
        label=_("Short name"),
        max_length=50,
        required=False,
        help_text=_(
            "For narrow columns, for example “Finance”; by it a unit named in a ledger is found, too."
        ),
    )


class OfferingForm(PlainForm):
    """A form with a choice among organisations."""

    def offer(self, organisations: Iterable[tuple[int, str]]) -> None:
        """Fills the choice; ids with labels in the tree's order."""
        field = self.fields["organisation_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*NO_CHOICE, *((str(key), label) for key, label in organisations)]


class PersonForm(OfferingForm):
    """A new person."""

    name = forms.CharField(
        label=_("Full name"), max_length=100, help_text=_("As it is to stand under signatures.")
    )
    organisation_id = forms.TypedChoiceField(
        label=_("Organisation"),
        coerce=int,
        help_text=_("Where the person works. What the person may see and do follows from posts, given next."),
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        help_text=USERNAME_HELP,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        help_text=_("Seen by administrators; nothing is sent there."),
    )


class PersonEditForm(PlainForm):
    """Name and telephone of a person."""

    name = forms.CharField(label=_("Full name"), max_length=100)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class PostForm(OfferingForm):
    """A new post of a person."""

    organisation_id = forms.TypedChoiceField(
        label=_("Organisation"),
        coerce=int,
        help_text=_(
            "The post holds for it and for everything below it. Handlers and heads: their unit. "
            "Rectification "
            "office, leaders and verifiers: the inspected organisation. Inspectors: the inspecting body."
        ),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[*NO_CHOICE, *words(ROLE_LABELS)],
        help_text=_(
            "A role that signs or administers holds once the security administrator has confirmed it."
        ),
    )
    title = forms.CharField(
        label=_("Title of the post"),
        max_length=100,
        required=False,
        help_text=_("As the organisation calls it, for example “deputy director”; shown beside the role."),
    )
    started_on = DayField(label=_("From"), required=False, help_text=_("Empty: from today."))
    acting_for_id = forms.TypedChoiceField(
        label=_("Acting for"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only where the post is that of somebody who is away for a time."),
    )
    ended_on = DayField(
        label=_("It no longer holds from"),
        required=False,
        help_text=_("Needed where somebody is acted for; else empty: until it is ended."),
    )

    # what stands below its button: each role with what it does
    below = "people/roles_told.html"
    told: Sequence[tuple[str, str]] = ()

    def offer_people(self, people: Iterable[tuple[int, str]]) -> None:
        """Fills the choice of who is acted for."""
        field = self.fields["acting_for_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("nobody: a post of one's own")),
                *((str(key), label) for key, label in people),
            ]


class PostEndForm(PlainForm):
    """The end of a post."""

    ended_on = DayField(
        label=_("It no longer holds from"),
        required=False,
        help_text=_("Empty: from today."),
    )


class EmptyForm(PlainForm):
    """Nothing but a button."""


class OrganisationForm(PlainForm):
    """A new organisation below another."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("The whole name, as it stands in documents.")
    )
    short_name = _short_name()
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[*NO_CHOICE, *words(ORGANISATION_KIND_LABELS)],
        help_text=_(
            "A bureau or other body that is inspected: authority. What lies within it and puts findings "
            "right: unit of an authority. Where the inspectors belong: inspecting body."
        ),
    )


class MoveForm(PlainForm):
    """Below which organisation another one goes."""

    parent_id = forms.TypedChoiceField(
        label=_("Below"),
        coerce=int,
        help_text=_(
            "Everything below it goes along. Posts of organisations above it hold where it lies then."
        ),
    )
    target = "parent_id"

    def offer(self, organisations: Iterable[tuple[int, str]]) -> None:
        """Fills the choice; ids with labels in the tree's order."""
        field = self.fields[self.target]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*NO_CHOICE, *((str(key), label) for key, label in organisations)]


class MergeForm(MoveForm):
    """Into which organisation another one merges."""

    parent_id = None  # type: ignore[assignment] # takes the field of the other form away, as Django has it
    into_id = forms.TypedChoiceField(label=_("Successor"), coerce=int)
    meant = forms.BooleanField(label=_("I have read what the merger does, and mean it."))
    target = "into_id"

    def say(self, people: int, posts: int, below: int) -> None:
        """Says beside the choice what the merger does here."""
        self.fields["into_id"].help_text = _(
            "People who work there from now on: %(people)s; posts that end: %(posts)s; organisations that "
            "lie below the successor then: %(below)s. The organisation stays on record, closed; whoever "
            "holds a post in the successor goes on with its findings."
        ) % {"people": people, "posts": posts, "below": below}

    def clean(self) -> dict[str, Any]:
        """What the service takes: the successor alone."""
        values: dict[str, Any] = super().clean() or {}
        values.pop("meant", None)
        return values


class OrganisationEditForm(PlainForm):
    """Names of an organisation, and whether it is open."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = _short_name()
    is_active = forms.BooleanField(
        label=_("in use"),
        required=False,
        help_text=_("Taken out of use it is offered nowhere any more; what happened there stays readable."),
    )
