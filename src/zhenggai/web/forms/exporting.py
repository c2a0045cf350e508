"""Choosing what stands in a workbook of the ledger (选择导出内容)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.documents.ledger_book.columns import ALWAYS, COLUMNS, FULL_COLUMNS, SHORT_COLUMNS
from zhenggai.documents.ledger_book.content import SHEET_NAMES, BookSheet
from zhenggai.ledger.export_choices import CUSTOM, FULL, SHORT, choice_of
from zhenggai.web.forms.plain import PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from zhenggai.documents.ledger_book.content import BookChoice

_HEADINGS: Final = [(each.name, each.heading) for each in COLUMNS.values() if each.name not in ALWAYS]
_PLACE_MOST: Final = 999


@dataclass(frozen=True, slots=True)
class Offered:
    """One column to be chosen, with its place in the order."""

    name: str
    heading: str
    is_chosen: bool
    place: int


class ExportForm(PlainForm):
    """Columns, sheets, merged cells or not; the place of each column stands beside it."""

    form = forms.ChoiceField(
        label=_("Form"),
        choices=[
            (SHORT, _("short: what offices pass round")),
            (FULL, _("full: every column")),
            (CUSTOM, _("the columns chosen below, in that order")),
        ],
        widget=forms.RadioSelect,
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"), choices=_HEADINGS, required=False, widget=forms.CheckboxSelectMultiple
    )
    sheets = forms.MultipleChoiceField(
        label=_("Sheets beside the ledger"),
        choices=[(each.value, SHEET_NAMES[each]) for each in BookSheet],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_merged = forms.BooleanField(
        label=_("Merge the cells of themes and groups"),
        required=False,
        help_text=_("For printing. Left out, every row has its own, and the table can be sorted."),
    )

    @classmethod
    def of(cls, choice: BookChoice) -> ExportForm:
        """The form as it was chosen before."""
        by_columns = {SHORT_COLUMNS: SHORT, FULL_COLUMNS: FULL}
        initial = {
            "form": by_columns.get(choice.columns, CUSTOM),
            "columns": list(choice.columns),
            "sheets": [each.value for each in choice.sheets],
            "is_merged": choice.is_merged,
        }
        return cls(initial=initial, auto_id="export-%s")

    def offered(self) -> Iterator[Offered]:
        """The columns to choose from, those chosen first in their order."""
        data = cast("QueryDict", self.data)
        chosen = data.getlist("columns") if self.is_bound else self.initial["columns"]
        chosen = [name for name in chosen if name in COLUMNS and name not in ALWAYS]
        if self.is_bound:
            chosen.sort(key=self._place)
        others = [name for name, _heading in _HEADINGS if name not in chosen]
        for place, name in enumerate([*chosen, *others], 1):
            yield Offered(name, COLUMNS[name].heading, name in chosen, place)

    def choice(self) -> BookChoice:
        """What was chosen; the form is valid."""
        data: dict[str, Any] = self.cleaned_data
        ordered = sorted(data["columns"], key=self._place)
        return choice_of(data["form"], (*ALWAYS, *ordered), data["sheets"], is_merged=data["is_merged"])

    def _place(self, name: str) -> int:
        said = str(self.data.get(f"place-{name}", ""))
        return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else _PLACE_MOST
