"""A button that unfolds its form in the page (页内表单), without JavaScript, open again when refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django import forms
    from django.utils.functional import Promise


@dataclass(slots=True)
class Panel:
    """One action on a page: its button, and its form if it needs one.

    ``name`` says it away from its row; ``reason`` is the whole sentence of a greyed button; ``kept_name``
    names a file kept from a refused try. ``swaps``: the page answers the form in place, where scripts run.
    """

    button: str | Promise
    icon: str
    address: str
    anchor: str
    form: forms.Form
    is_open: bool = False
    is_grave: bool = False
    is_allowed: bool = True
    reason: str = ""
    kept_name: str = ""
    name: str | Promise = ""
    swaps: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether pressing the button is all there is to it."""
        return not self.form.visible_fields()

    @property
    def look(self) -> str:
        """The button's class: grave acts stand out in red."""
        return "btn-grave" if self.is_grave else "btn-plain"
