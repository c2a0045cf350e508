"""Forms about who sees a restricted finding (限定知悉的表单)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.restricting import RESTRICTION_LABELS, RestrictionKind
from zhenggai.web.forms.choices import NO_CHOICE, words
from zhenggai.web.forms.finding import ActionForm, ReasonForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def readers(help_text: _StrPromise) -> forms.TypedMultipleChoiceField:
    """Several people to be put on the list."""
    return forms.TypedMultipleChoiceField(
        label=_("People who see it"),
        coerce=int,
        required=False,
        help_text=help_text,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )


class RestrictForm(ReasonForm):
    """Why a finding is restricted, and who sees it from now on."""

    kind = forms.TypedChoiceField(
        label=_("Restricted because of"),
        choices=[*NO_CHOICE, *words(RESTRICTION_LABELS)],
        coerce=RestrictionKind,
    )
    reader_ids = readers(
        _("Besides yourself. Everybody else loses sight of it at once, also leader and unit if not chosen.")
    )
    field_order = ("kind", "reader_ids", "reason")


class ReaderAddForm(ActionForm):
    """Who else sees a restricted finding."""

    reader_ids = readers(_("One or several. They see everything of the finding, what was before too."))
