"""Filters of the ledger list, and opening an inspection (台账筛选、建立检查项目)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.domain.deadlines import LIGHT_LABELS, Light
from zhenggai.domain.figures import FIGURE_LABELS, Figure
from zhenggai.domain.inspections import INSPECTION_KIND_LABELS, InspectionKind
from zhenggai.domain.lifecycle import NATURE_LABELS, STAGE_LABELS, Nature, Stage
from zhenggai.domain.markings import MARKING_LABELS, Marking
from zhenggai.domain.progress import GAP_LABELS, Gap
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.ledger.listing import (
    ORDER_LABELS,
    FindingFilters,
    FindingOrder,
    order_read,
    order_said,
)
from zhenggai.web.forms.choices import MISSING_ORGANISATION, NO_CHOICE, words
from zhenggai.web.forms.finding import whole_or_none
from zhenggai.web.forms.inspecting_bodies import inspecting_body, inspector_printed
from zhenggai.web.forms.plain import DayField, PlainForm
from zhenggai.web.labels import STATED_PROGRESS_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhenggai.ledger.listing import Order
    from zhenggai.ledger.narrowing_choices import NarrowingChoices
    from zhenggai.web.forms.choices import Choice

CLOSED, LONG_TERM, UNSTATED = "closed", "long_term", "unstated"
NOBODY: Final = "none"
# the order narrows nothing, and of a figure the page says more than a chip
_FIRST: Final = ("text", "stage", "overdue", "order")
_NO_CHIP: Final = frozenset({"order", "on", "counted"})
_ID_MOST: Final = 10**18 - 1
# what the figures above the list do not tell apart themselves
_NARROWING: Final = (
    "text",
    "stated",
    "theme",
    "unit",
    "gap",
    "counted",
    "due_from",
    "due_to",
    "under",
    "lead",
    "leader",
    "nature",
    "source",
    "selection",
)


def _one_of(label: Any) -> forms.IntegerField:
    """A field for an id of which some are offered; any other narrows to nothing that is not seen."""
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=_ID_MOST, widget=forms.Select
    )


class FilterForm(PlainForm):
    """What the list is narrowed to; a value that does not exist narrows nothing."""

    text = forms.CharField(
        label=_("Words in the finding"),
        required=False,
        max_length=100,
        widget=forms.SearchInput(attrs={"placeholder": _("Search: two characters are enough")}),
    )
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    stated = forms.ChoiceField(label=_("Document says"), required=False)
    nature = forms.ChoiceField(label=_("Nature"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    overdue = forms.ChoiceField(label=_("Deadline"), required=False)
    due_from = DayField(label=_("Due from"), required=False)
    due_to = DayField(label=_("Due until"), required=False)
    gap = forms.ChoiceField(label=_("Claimed and verified"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False)
    counted = forms.ChoiceField(
        label=_("Counted as"), required=False, choices=words(FIGURE_LABELS), widget=forms.HiddenInput
    )
    on = DayField(label=_("As of"), required=False, widget=forms.HiddenInput)
    leader = _one_of(_("Responsible leader"))
    under = _one_of(_("Led at or below"))
    source = _one_of(_("Source"))
    selection = forms.IntegerField(
        label=_("Chosen together"),
        required=False,
        min_value=1,
        max_value=_ID_MOST,
        widget=forms.HiddenInput,
    )
    lead = forms.RegexField(
        rf"^(?:{NOBODY}|[1-9][0-9]{{0,17}})$", label=_("Led by"), required=False, widget=forms.HiddenInput
    )

    def offer(self, found: NarrowingChoices) -> None:
        """Fills the choices."""
        stated = [
            *words(STATED_PROGRESS_LABELS),
            (CLOSED, _("says closed")),
            (LONG_TERM, _("long-term")),
            (UNSTATED, _("says nothing")),
        ]
        self._choose("stage", _("any stage"), words(STAGE_LABELS))
        self._choose("stated", _("document: any"), stated)
        self._choose("nature", _("any nature"), words(NATURE_LABELS))
        self._choose("theme", _("any theme"), ((str(key), text) for key, text in found.themes))
        self._choose("unit", _("any unit"), ((str(key), text) for key, text in found.units))
        self._offer("leader", _("any leader"), found.leaders)
        self._offer("under", _("any level"), found.above)
        self._offer("source", _("any document"), found.documents)
        lights = {each: label for each, label in LIGHT_LABELS.items() if each is not Light.OVERDUE}
        self._choose("overdue", _("any deadline"), [("yes", _("overdue")), *reversed(words(lights))])
        self._choose("gap", _("claimed and verified: any"), words(GAP_LABELS))
        # the order without a choice needs no word in the address
        orders = {order: word for order, word in ORDER_LABELS.items() if order is not FindingOrder.POSITION}
        asked = order_read(str(self.data.get("order", "")))
        several: list[Choice] = []
        if isinstance(asked, tuple):
            # stays chosen while the list is narrowed
            several = [(order_said(asked), " → ".join(str(_(ORDER_LABELS[key])) for key in asked))]
        self._choose("order", _("order: as in the document"), [*words(orders), *several])

    def _choose(self, name: str, none: object, choices: Iterable[tuple[str, object]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", none), *choices]

    def _offer(self, name: str, none: object, choices: Iterable[tuple[int, str]]) -> None:
        """Choices of a field that takes any id; one that came by a link stays chosen, offered or not."""
        offered = [(str(key), text) for key, text in choices]
        asked = self.data.get(name, "")
        if asked and asked not in dict(offered):
            offered.append((asked, str(_("as the link says"))))
        widget = self.fields[name].widget
        if isinstance(widget, forms.Select):
            widget.choices = [("", none), *offered]

    def filters(self, on: date) -> FindingFilters:
        """The filters as values; what cannot be read narrows nothing."""
        self.is_valid()
        data = {name: value for name, value in self.cleaned_data.items() if name not in self.errors}
        stated, deadline, lead = (data.get(name, "") for name in ("stated", "overdue", "lead"))
        return FindingFilters(
            stage=Stage(data["stage"]) if data.get("stage") else None,
            stated_progress=StatedProgress(stated) if stated in set(StatedProgress) else None,
            stated_nature=StatedNature.LONG_TERM if stated == LONG_TERM else None,
            stated_closed=True if stated == CLOSED else None,
            unstated=stated == UNSTATED,
            theme_id=int(data["theme"]) if data.get("theme") else None,
            unit_id=int(data["unit"]) if data.get("unit") else None,
            leader_id=data.get("leader"),
            gap=Gap(data["gap"]) if data.get("gap") else None,
            overdue_on=on if deadline == "yes" else None,
            light=Light(deadline) if deadline in set(Light) else None,
            light_on=on,
            due_from=data.get("due_from"),
            due_to=data.get("due_to"),
            under_id=data.get("under"),
            selection_id=data.get("selection"),
            lead_id=int(lead) if lead and lead != NOBODY else None,
            lead_unset=lead == NOBODY,
            nature=Nature(data["nature"]) if data.get("nature") else None,
            document_id=data.get("source"),
            text=data.get("text", ""),
            counted=Figure(data["counted"]) if data.get("counted") else None,
            # how findings will stand on a day to come, nobody knows
            counted_on=min(data.get("on") or on, on),
        )

    @property
    def counted_word(self) -> str:
        """What figure's findings the list shows, in words; nothing where it shows others."""
        counted = self.cleaned_data.get("counted") if self.is_valid() or "counted" not in self.errors else ""
        return str(_(FIGURE_LABELS[Figure(counted)])) if counted else ""

    def order_chosen(self) -> Order:
        """The order of the list, by one key or several; as in the document, where none is chosen."""
        return order_read(str(self.data.get("order", "")))

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The filters that everybody uses."""
        return [self[name] for name in _FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The other filters with a field."""
        return [field for field in self.visible_fields() if field.name not in _FIRST]

    @property
    def narrows_more(self) -> bool:
        """Whether one of the filters that stand folded narrows the list."""
        return any(self.data.get(field.name) for field in self.more_fields)

    def said(self, names: Mapping[str, str]) -> list[tuple[str, str]]:
        """Each filter that narrows, with what it says; ``names`` has the words of those that hold an id."""
        self.is_valid()
        found: list[tuple[str, str]] = []
        for name, field in self.fields.items():
            value: Any = "" if name in self.errors else self.cleaned_data.get(name)
            if not value or name in _NO_CHIP:
                continue
            if name == "text":
                said = f"“{value}”"
            elif isinstance(field, forms.ChoiceField):
                choices: dict[str, Any] = dict(field.choices)  # type: ignore[arg-type]  # always pairs here
                said = str(choices.get(str(value), value))
            elif isinstance(field, DayField):
                said = f"{field.label} {value.isoformat()}"
            elif name == "source":
                said = f"{field.label}: {dict(field.widget.choices).get(str(value), value)}"
            else:
                said = names.get(name, "")
            if said:
                found.append((name, said))
        return found

    @property
    def narrows(self) -> bool:
        """Whether anything is filtered."""
        return any(self.data.get(name) for name in self.fields if name not in {"order", "on"})

    @property
    def narrows_counts(self) -> bool:
        """Whether the figures above the list count only a part of the ledger."""
        return any(self.data.get(name) for name in _NARROWING)


class FiguresForm(PlainForm):
    """As of which day figures are shown."""

    on = DayField(label=_("As of the end of"))


class DashboardForm(PlainForm):
    """As of which day, of which units, by what ranked, and whether on a big screen the dashboard is shown."""

    on = DayField(label=_("As of the end of"), required=False)
    under = forms.IntegerField(required=False, min_value=1, max_value=_ID_MOST, widget=forms.HiddenInput)
    by = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    units = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    screen = forms.BooleanField(required=False, widget=forms.HiddenInput)


class InspectionForm(PlainForm):
    """A new inspection."""

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        help_text=_("By which everybody finds it: year, body and organisation, as the feedback is headed."),
    )
    kind = forms.TypedChoiceField(
        label=_("Kind"),
        choices=[*NO_CHOICE, *words(INSPECTION_KIND_LABELS)],
        coerce=InspectionKind,
        help_text=_("The words on the pages and the rules that are proposed follow from it."),
    )
    subject_id = forms.TypedChoiceField(
        label=_("Inspected organisation"), coerce=int, help_text=MISSING_ORGANISATION
    )
    inspector = inspector_printed()
    inspector_organisation_id = inspecting_body()
    feedback_on = DayField(
        label=_("Feedback on"),
        required=False,
        help_text=_("The day on which the feedback was given: the days of plan and reports count from it."),
    )
    marking = forms.TypedChoiceField(
        label=_("Secrecy marking"),
        choices=words(MARKING_LABELS),
        coerce=Marking,
        initial=Marking.INTERNAL.value,
        empty_value=Marking.INTERNAL,
        required=False,
        help_text=_("As the papers carry it. State secrets do not belong here and are refused."),
    )
    profile_id = forms.TypedChoiceField(
        label=_("Profile"),
        coerce=whole_or_none,
        empty_value=None,
        required=False,
        help_text=_("Words, signatures, times, counting. The inspection keeps the version it begins with."),
    )
    plan_required = forms.BooleanField(
        label=_("Work counts only once the rectification plan is approved"),
        required=False,
        initial=True,
        help_text=_(
            "Ticked, findings are closed only under an approved plan. Leave it out where the plan was "
            "approved before, on paper."
        ),
    )

    def offer(
        self,
        organisations: Iterable[tuple[int, str]],
        bodies: Iterable[tuple[int, str]],
        profiles: Iterable[tuple[int, str]],
    ) -> None:
        """Fills the choices of organisations, inspecting bodies and profiles."""
        here = self.fields["inspector_organisation_id"]
        if isinstance(here, forms.ChoiceField):
            here.choices = [("", _("none")), *((str(key), text) for key, text in bodies)]
        rules = self.fields["profile_id"]
        if isinstance(rules, forms.ChoiceField):
            rules.choices = [
                ("", _("the default for the kind and the organisation")),
                *((str(key), text) for key, text in profiles),
            ]
        field = self.fields["subject_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*NO_CHOICE, *((str(key), text) for key, text in organisations)]
