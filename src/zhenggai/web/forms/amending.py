"""The form of an amendment (方案调整表单): every measure that is open, and rows for what is added."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.amending import Arrangement, NewCriterion, NewMeasure
from zhenggai.web.forms.choices import NO_CHOICE
from zhenggai.web.forms.finding import ReasonForm, long_text
from zhenggai.web.forms.planning import (
    INDICATOR_NAMES,
    criterion_text,
    indicator_baseline,
    indicator_direction,
    indicator_taken,
    indicator_target,
    indicator_unit,
    measure_due,
    measure_leader,
    measure_requirement,
    measure_units,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.forms import BoundField
    from django.utils.functional import Promise

    from zhenggai.web.forms.choices import Choice

ADDED_MOST: Final = 8
"""Measures, and criteria, that one form can add."""
_ARRANGED: Final[Mapping[str, Any]] = {
    "leader_id": measure_leader,
    "due": measure_due,
    "requirement": measure_requirement,
    "unit_ids": measure_units,
}
_INDICATED: Final[Mapping[str, Any]] = {
    "target": indicator_target,
    "direction": indicator_direction,
    "unit": indicator_unit,
    "baseline": indicator_baseline,
}


@dataclass(frozen=True, slots=True)
class Fields:
    """Some fields of the form that unfold together; ``is_open``: with what was typed or is wrong in them.

    ``seen`` is the hidden field that says how a measure stood when the form was opened.
    """

    title: str | Promise
    fields: Sequence[BoundField]
    is_open: bool
    next: Fields | None = None
    seen: BoundField | None = None


class AmendForm(ReasonForm):
    """What is to change of the approved plan, and why.

    Each open measure has its fields as it stands, so that what is left alone stays, also where somebody else
    changed it since the form was opened; rows for what is added are taken where they have a text.
    """

    layout = "finding/amend_form.html"

    drop_measure_ids = forms.TypedMultipleChoiceField(
        label=_("Measures to drop"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    drop_criterion_ids = forms.TypedMultipleChoiceField(
        label=_("Acceptance criteria to drop"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def build(self) -> None:
        """Adds the rows for new measures and criteria."""
        self.measure_titles: dict[int, str] = {}
        self._kept: dict[str, list[Choice]] = {}
        for row in range(1, ADDED_MOST + 1):
            self.fields[f"measure_{row}_text"] = long_text(_("Measure"), required=False)
            for name, made in _ARRANGED.items():
                self.fields[f"measure_{row}_{name}"] = made()
            self.fields[f"criterion_{row}_text"] = criterion_text(required=False)
            for name, made in _INDICATED.items():
                self.fields[f"criterion_{row}_{name}"] = made()

    def about(self, finding: Any) -> None:
        """Adds the fields of every measure that is neither done nor dropped, as it is arranged now."""
        for measure in finding.measures.all():
            if measure.done_at is not None or measure.dropped_at is not None:
                continue
            self.measure_titles[measure.pk] = measure.text
            tasks = [each for each in measure.tasks.all() if each.dropped_at is None]
            start = {
                "leader_id": measure.leader_id,
                "due": measure.due,
                "requirement": measure.requirement,
                "unit_ids": [each.unit_id for each in tasks],
            }
            for name, made in _ARRANGED.items():
                self.fields[f"arrange_{measure.pk}_{name}"] = made()
                self.fields[f"arrange_{measure.pk}_{name}"].initial = start[name]
            self._go_on_from(f"arrange_{measure.pk}_", start)
            # who stands there today is on offer, also where that person or unit could not be chosen anew
            leader = measure.leader
            self._kept[f"arrange_{measure.pk}_leader_id"] = [(str(leader.pk), leader.name)] if leader else []
            self._kept[f"arrange_{measure.pk}_unit_ids"] = [
                (str(each.unit_id), each.unit.label) for each in tasks
            ]
        self.dress()

    def offer(self, name: str, choices: Iterable[Choice]) -> None:
        """Fills the choices of a field, and of that field of every measure."""
        super().offer(name, choices)
        offered = list(choices)
        if name not in _ARRANGED:
            return
        for key, field in self.fields.items():
            if isinstance(field, forms.ChoiceField) and key.endswith(f"_{name}"):
                known = {value for value, _words in offered}
                kept = [each for each in self._kept.get(key, ()) if each[0] not in known]
                empty = () if isinstance(field, forms.MultipleChoiceField) else NO_CHOICE
                field.choices = [*empty, *offered, *kept]

    def clean(self) -> dict[str, Any]:
        """The values as the service takes them."""
        values: dict[str, Any] = super().clean() or {}
        arrange = {
            measure_id: self._arrangement(values, f"arrange_{measure_id}_")
            for measure_id in self.measure_titles
            # a form without this measure's fields says nothing of it
            if f"arrange_{measure_id}_requirement" in self.data
        }
        measures, criteria = [], []
        for row in range(1, ADDED_MOST + 1):
            asked = self._arrangement(values, f"measure_{row}_")
            if text := self._text(values, f"measure_{row}_", is_needed=asked != Arrangement()):
                measures.append(NewMeasure(text, asked))
            indicator = indicator_taken(self, values, f"criterion_{row}_")
            if text := self._text(values, f"criterion_{row}_", is_needed=indicator is not None):
                criteria.append(NewCriterion(text, indicator))
        return {
            "version": values.get("version"),
            "object_id": values.get("object_id"),
            "reason": values.get("reason"),
            "measures": measures,
            "arrange": arrange,
            "drop_measure_ids": values.get("drop_measure_ids", []),
            "criteria": criteria,
            "drop_criterion_ids": values.get("drop_criterion_ids", []),
        }

    @property
    def arranged(self) -> list[Fields]:
        """The fields of each open measure."""
        return [
            replace(
                self._fields(text, [f"arrange_{pk}_{name}" for name in _ARRANGED]),
                seen=self[f"arrange_{pk}_seen"],
            )
            for pk, text in self.measure_titles.items()
        ]

    @property
    def new_measures(self) -> Fields | None:
        """The rows for new measures, each within the one before, so that one at a time is in sight."""
        titles = (_("Add a measure"), _("Add one more measure"))
        return self._rows("measure", ("text", *_ARRANGED), titles)

    @property
    def new_criteria(self) -> Fields | None:
        """The rows for new criteria, likewise."""
        titles = (_("Add an acceptance criterion"), _("Add one more acceptance criterion"))
        return self._rows("criterion", ("text", *INDICATOR_NAMES), titles)

    def _go_on_from(self, prefix: str, start: Mapping[str, Any]) -> None:
        """Gives what was left alone the value of today, where the form was opened before a change."""
        today = {name: _listed(value) for name, value in start.items()}
        marks = {name: _mark(values) for name, values in today.items()}
        self.fields[f"{prefix}seen"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=urlencode(marks)
        )
        if not self.is_bound or not isinstance(self.data, MultiValueDict):
            return
        seen = dict(parse_qsl(self.data.get(f"{prefix}seen", "")))
        data = self.data.copy()
        for name, values in today.items():
            if seen.get(name) == _mark(data.getlist(f"{prefix}{name}")):
                # of boxes none is sent, of every other field an empty one
                data.setlist(f"{prefix}{name}", values or ([] if name == "unit_ids" else [""]))
        if seen:
            data[f"{prefix}seen"] = urlencode(marks)
        self.data = data

    def _rows(self, kind: str, names: Sequence[str], titles: tuple[Any, Any]) -> Fields | None:
        following: Fields | None = None
        for row in range(ADDED_MOST, 0, -1):
            title = titles[0] if row == 1 else titles[1]
            following = self._fields(title, [f"{kind}_{row}_{name}" for name in names], following)
        return following

    def _fields(self, title: Any, names: Sequence[str], following: Fields | None = None) -> Fields:
        changed = set(self.changed_data) if self.is_bound else set()
        is_open = any(name in changed or name in self.errors for name in names)
        is_open = is_open or (following is not None and following.is_open)
        return Fields(title, [self[name] for name in names], is_open, following)

    def _arrangement(self, values: dict[str, Any], prefix: str) -> Arrangement:
        said = {name: values.pop(f"{prefix}{name}", None) for name in _ARRANGED}
        return Arrangement(
            leader_id=said["leader_id"],
            due=said["due"],
            requirement=said["requirement"] or "",
            unit_ids=tuple(said["unit_ids"] or ()),
        )

    def _text(self, values: dict[str, Any], prefix: str, *, is_needed: bool) -> str:
        name = f"{prefix}text"
        text: str = values.pop(name, "") or ""
        if is_needed and not text and name not in self.errors:
            self.add_error(name, _("Say what is to be added, or leave its other fields empty as well."))
        return text


def _listed(value: Any) -> list[str]:
    """A value as a form sends it."""
    if value is None or value == "":
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _mark(values: Iterable[str]) -> str:
    """A short mark of what a field holds; the order of units, and how lines end, are nothing."""
    said = sorted(each.replace("\r\n", "\n").strip() for each in values)
    return hashlib.sha256("\0".join(each for each in said if each).encode()).hexdigest()[:16]
