"""What every form of these pages shares (表单外观)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.days import day_read

if TYPE_CHECKING:
    from datetime import date

_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.HiddenInput, ""),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


# What is wrong, by the code of the refusal: each a whole sentence that names its field by its label.
_CHOOSE = _("Choose “{field}”; nothing is chosen yet.")
_FILL = _("Fill in “{field}”; it is empty.")
_WRONG: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.DateField, {"invalid": _("“{field}” is not a day that can be read; write it as 2026-03-31.")}),
    (forms.DecimalField, {"invalid": _("“{field}” is not a number; write it with digits, as 12600.50.")}),
    (forms.IntegerField, {"invalid": _("“{field}” is not a whole number.")}),
    (
        forms.ChoiceField,
        {
            "required": _CHOOSE,
            "invalid_choice": _("What was chosen for “{field}” is not on offer any more; choose again."),
            "invalid_list": _CHOOSE,
        },
    ),
    (
        forms.Field,
        {
            "required": _FILL,
            "max_length": _(
                "“{field}” holds at most %(limit_value)d characters, and there are %(show_value)d; "
                "shorten it."
            ),
            "max_digits": _("“{field}” has more digits than can be kept."),
            "max_decimal_places": _("“{field}” has more than %(max)s places after the point."),
            "max_whole_digits": _("“{field}” has more digits than can be kept."),
            "min_value": _("“{field}” is less than %(limit_value)s; correct it."),
            "max_value": _("“{field}” is more than %(limit_value)s; correct it."),
            "null_characters_not_allowed": _("“{field}” contains a character that cannot be kept."),
        },
    ),
)


class DayInput(forms.DateInput):
    """A day as browsers pick it; the value is always written year-month-day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def format_value(self, value: Any) -> str | None:
        """The day as browsers take it, also where it was typed otherwise and comes back with a refusal."""
        day = day_read(value) if isinstance(value, str) else None
        return super().format_value(day or value)


class DayField(forms.DateField):
    """A day, also as people and input methods write it: 2026年3月1日, ２０２６－０３－０１."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        """The day itself.

        :raises ValidationError: when what was typed is no one day.
        """
        if not isinstance(value, str) or not value.strip():
            return super().to_python(None if isinstance(value, str) else value)
        day = day_read(value)
        if day is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class AmountField(forms.DecimalField):
    """An amount of money, also with full-width digits and with commas between thousands."""

    def to_python(self, value: Any) -> Any:
        """The number itself.

        :raises ValidationError: when what was typed is no number.
        """
        if isinstance(value, str):
            plain = unicodedata.normalize("NFKC", value).strip()
            value = plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain
        return super().to_python(value)


class PlainForm(forms.Form):
    """A form in the dress of the pages; it keeps text as typed, line ends aside."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.build()
        self.dress()

    def dress(self) -> None:
        """Gives every field its class and its sentences; again where fields were added later."""
        for field in self.fields.values():
            _speak(field)
            for widget, css in _CLASSES:
                if isinstance(field.widget, widget):
                    field.widget.attrs.setdefault("class", css)
                    break

    def build(self) -> None:
        """Adds fields that are no attributes of the class, before all are dressed."""


def _speak(field: forms.Field) -> None:
    for kind, sentences in reversed(_WRONG):
        if isinstance(field, kind):
            field.error_messages |= {
                code: format_lazy(sentence, field=field.label or "") for code, sentence in sentences.items()
            }
