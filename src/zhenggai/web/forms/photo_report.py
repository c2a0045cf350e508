"""A report with a photo, as it is made on a phone in a minute (带照片填报表单)."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.progress import ProgressForm

FIRST: Final = ("narrative", "progress", "file")


class PhotoReportForm(ProgressForm):
    """What was done, how far it is, a photo; what a report may say besides is folded away.

    ``kept`` names the photo of a refused try, or one that was sent in pieces.
    """

    file = forms.FileField(
        label=_("Photo"),
        required=False,
        # a phone opens its camera; report.js offers the pictures that are there already
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=_("It is filed as evidence of today, under what you say above."),
    )
    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = FIRST

    def without_photo(self) -> None:
        """Asks for no photo, where the reader may report and file nothing."""
        del self.fields["file"]
        del self.fields["kept"]

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked first, on one screen."""
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        """What may be said besides."""
        return [each for each in self.visible_fields() if each.name not in FIRST]

    @property
    def says_more(self) -> bool:
        """Whether something of the rest is said already, or refused."""
        return any(each.errors or each.value() for each in self.more)

    def clean(self) -> dict[str, Any]:
        """The report without the photo's own fields, which are no part of it."""
        values = super().clean()
        self.photo = values.pop("file", None)
        self.mark = values.pop("kept", "")
        return values
