"""Where a finding or a group shall stand in the tree, and what a heading is called (归类表单)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.plain import PlainForm
from zhenggai.web.tree_page import branch_of, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_ID_MOST: Final = 10**18


def _number(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0, max_value=_ID_MOST, widget=forms.HiddenInput(), **{"required": False, **options}
    )


class PlaceForm(PlainForm):
    """One finding, the version that was seen, and the heading; beside which other one, if anybody says so."""

    finding_id = _number(required=True)
    version = _number(required=True)
    target = forms.ChoiceField(
        label=_("Put it under"),
        help_text=_("Within the heading it stands as in the document; the arrows move it up and down."),
    )
    before_id = _number()
    after_id = _number()

    def offer(self, themes: Sequence[Any], groups: Sequence[Any]) -> None:
        """Fills the choice of headings: each theme, and its groups below it."""
        choices = []
        for theme in (*themes, None):
            theme_id = theme.pk if theme else None
            choices.append((key_of((theme_id, None)), theme.title if theme else _now("without a theme")))
            choices += [
                (key_of((theme_id, each.pk)), f"　{each.title}")
                for each in groups
                if each.theme_id == theme_id
            ]
        _field(self, "target").choices = choices

    def clean_target(self) -> tuple[int | None, int | None] | None:
        """Theme and group by their ids."""
        return branch_of(self.cleaned_data["target"])


class StepForm(PlainForm):
    """One finding and the version that was seen, to be moved one place up or down."""

    finding_id = _number(required=True)
    version = _number(required=True)


class RenameForm(PlainForm):
    """Another title of a theme or a group; ``was`` is the one that was seen."""

    theme_id = _number()
    group_id = _number()
    was = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput(), strip=False)
    title = forms.CharField(
        label=_("Title"),
        max_length=500,
        help_text=_("The printed title stays in the document and in the trail."),
    )


class MoveGroupForm(PlainForm):
    """The theme under which a group shall stand; ``from_theme_id`` is the one under which it was seen."""

    group_id = _number(required=True)
    from_theme_id = _number(required=True)
    theme_id = forms.ChoiceField(label=_("Put the whole group under"))

    def offer(self, themes: Sequence[Any]) -> None:
        """Fills the choice of themes."""
        _field(self, "theme_id").choices = [
            *((str(each.pk), each.title) for each in themes),
            ("0", _now("without a theme")),
        ]

    def clean_theme_id(self) -> int | None:
        """The theme's id; none for none."""
        return int(self.cleaned_data["theme_id"]) or None

    def clean_from_theme_id(self) -> int | None:
        """Likewise of the theme it stood under."""
        return self.cleaned_data["from_theme_id"] or None


def _field(form: PlainForm, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # it is declared as one
    return field
