"""Forms of intake (收件表单); the draft itself is read field by field in `zhenggai.web.intake.posted`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.web.forms.choices import MISSING_ORGANISATION
from zhenggai.web.forms.plain import PlainForm

if TYPE_CHECKING:
    from collections.abc import Sequence


class UploadForm(PlainForm):
    """A file or pasted text, and the organisation it is about.

    ``kept`` names the file of a refused try; ``is_about_both`` is said by the button beside that refusal.
    """

    organisation_id = forms.TypedChoiceField(
        label=_("Organisation it is about"), coerce=int, help_text=MISSING_ORGANISATION
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "A Word document (.docx), a ledger kept in Excel or WPS (.xlsx, .xls, .et, .ods, .csv), a PDF, a "
            "text file, or a web page saved as HTML. Choose it, or drop it here."
        ),
        widget=forms.FileInput(
            attrs={
                "class": "form-control drop-input",
                "accept": ".docx,.docm,.xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv,.pdf,.txt,.htm,.html,"
                "text/*,application/pdf",
            }
        ),
    )
    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    is_about_both = forms.BooleanField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Text of the document"),
        required=False,
        strip=False,
        help_text=_("Where there is no file: copy the whole text, with its title, and paste it here."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=200,
        help_text=_("Only for pasted text."),
    )

    def offer(self, organisations: Sequence[Any]) -> None:
        """Fills the choices; the only one is chosen already."""
        field = self.fields["organisation_id"]
        if isinstance(field, forms.ChoiceField):
            rows = [(one.pk, "\u3000" * (one.depth - 1) + one.name) for one in organisations]
            field.choices = rows if len(rows) == 1 else [("", _("— choose —")), *rows]
