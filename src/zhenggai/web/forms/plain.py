"""What every form of these pages shares (表单外观)."""

from __future__ import annotations

from typing import Any

from django import forms

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.HiddenInput, ""),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


class DayInput(forms.DateInput):
    """A day as browsers pick it; the value is always written year-month-day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PlainForm(forms.Form):
    """A form in the dress of the pages; it keeps text as typed, line ends aside."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            for widget, css in _CLASSES:
                if isinstance(field.widget, widget):
                    field.widget.attrs.setdefault("class", css)
                    break
