"""The structure as the page shows it (结构视图): fields with their marks, places and hints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhenggai.domain.stated import is_known_status
from zhenggai.intake.fields import DOCUMENT_FIELDS, FINDING_FIELDS, ITEM_FIELDS, Field, Shape, fingerprint
from zhenggai.intake.reasons import reason_message
from zhenggai.intake.services import FieldState
from zhenggai.intake.states import ItemKind, Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.intake.models import DraftFinding, DraftItem, DraftUnread, Intake
    from zhenggai.intake.selectors import Choice
    from zhenggai.intake.services import Outcome
    from zhenggai.web.intake.issues_page import IssueLine


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in the original: the stretch, and the span in the restored text."""

    start: int
    end: int
    cell: str = ""
    """The cell of a workbook, as a spreadsheet names it."""

    @property
    def span(self) -> str:
        """The span as an address carries it."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of the form."""

    name: str
    label: str
    shape: str
    value: str
    began: str
    choices: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    error: str = ""
    theirs: str = ""
    was_read: str = ""
    rows: int = 1
    why: str = ""


@dataclass(slots=True)
class ItemView:
    """One measure or claimed action."""

    row: DraftItem
    text: FieldView
    is_dropped: bool
    typed_split: str = ""


@dataclass(slots=True)
class FindingView:
    """One finding with its fields by name, its measures and actions, and what a person should look at."""

    row: DraftFinding
    place_in_list: int
    fields: dict[str, FieldView]
    measures: list[ItemView] = field(default_factory=list)
    actions: list[ItemView] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    new_theme: str = ""
    new_group: str = ""
    place: Place | None = None
    show_more: bool = False
    typed_reason: str = ""
    typed_split: str = ""
    others: Sequence[Choice] = ()
    has_next: bool = False
    issues: Sequence[IssueLine] = ()

    @property
    def is_dropped(self) -> bool:
        """Whether it stays out of the ledger."""
        return self.row.dropped_at is not None

    @property
    def is_added(self) -> bool:
        """Whether a person added it."""
        return self.row.origin == Origin.ADDED


@dataclass(slots=True)
class UnreadView:
    """One stretch that was not understood."""

    row: DraftUnread
    place: Place | None
    choices: Sequence[Choice] = ()
    likely: int = 0


# How many findings before and after a stretch it can be assigned to.
NEAR = 20
CELLS_NAMED = 3
ROW_CHARACTERS = 32
ROWS_MOST = 12
_MORE = ("organisation_label", "responsible_leader", "lead_unit", "supporting_units", "due_text", "due_on")


class Views:
    """Builds the views of one page; ``outcomes`` are those of a save that was not wholly taken.

    ``typed`` is what the person typed in that save, kept in the fields that were refused. ``cells`` names the
    cells of a workbook by the place of their text, ``issues`` what is wrong in those of each finding.
    """

    def __init__(
        self,
        outcomes: Mapping[str, Outcome] | None = None,
        typed: Mapping[str, str] | None = None,
        cells: Mapping[int, str] | None = None,
        issues: Mapping[int, Sequence[IssueLine]] | None = None,
    ) -> None:
        self.issues = issues or {}
        self.cells = cells or {}
        self.outcomes = outcomes or {}
        self.typed = typed or {}
        self.began: dict[str, str] = {}

    def document(self, intake: Intake) -> list[FieldView]:
        """The facts of the document."""
        return [
            self._field(f"document-{name}", one, intake, intake.spans.get(name), intake.as_read)
            for name, one in DOCUMENT_FIELDS.items()
        ]

    def findings(
        self, rows: Sequence[DraftFinding], first: int, choices: Sequence[Choice]
    ) -> list[FindingView]:
        """The findings of one page, the first of which is number ``first`` in the list.

        ``choices`` are all that a finding can be merged with; each is offered those near it.
        """
        order = {choice.finding_id: at for at, choice in enumerate(choices)}
        views = []
        theme = group = None
        for offset, row in enumerate(rows):
            view = self._finding(row, first + offset)
            at = order.get(row.pk)
            if at is not None:
                near = choices[max(0, at - NEAR) : at + NEAR + 1]
                view.others = [choice for choice in near if choice.finding_id != row.pk]
                view.has_next = at + 1 < len(choices)
            if (row.theme, row.group) != (theme, group):
                view.new_theme = row.theme if row.theme != theme else ""
                view.new_group = row.group
                theme, group = row.theme, row.group
            views.append(view)
        return views

    def unread(self, rows: Sequence[DraftUnread], choices: Sequence[Choice]) -> list[UnreadView]:
        """Stretches that were not understood, each with the findings near it to choose from."""
        views = []
        for row in rows:
            before = [
                at for at, one in enumerate(choices) if one.start is not None and one.start <= row.span_start
            ]
            at = before[-1] if before else 0
            near = choices[max(0, at - NEAR) : at + NEAR + 1]
            likely = choices[at].finding_id if choices else 0
            views.append(UnreadView(row, self.place([row.span_start, row.span_end]), near, likely))
        return views

    def place(self, span: Sequence[int] | None) -> Place | None:
        """Where a span of the restored text stands; of a workbook in which cells."""
        if not span:
            return None
        cells = [self.cells[at] for at in span[::2] if at in self.cells]
        more = "…" if len(cells) > CELLS_NAMED else ""
        return Place(span[0], span[1], "、".join(dict.fromkeys(cells[:CELLS_NAMED])) + more)

    def _finding(self, row: DraftFinding, place_in_list: int) -> FindingView:
        fields = {}
        if row.dropped_at is None:
            fields = {
                name: self._field(f"finding-{row.pk}-{name}", one, row, row.spans.get(name), row.as_read)
                for name, one in FINDING_FIELDS.items()
            }
        view = FindingView(row, place_in_list, fields, place=self.place(_span(row)))
        items: list[DraftItem] = getattr(row, "all_items", [])
        for item in items if fields else ():
            (view.actions if item.kind == ItemKind.ACTION else view.measures).append(self._item(item))
        view.hints = _hints(row, view)
        view.issues = self.issues.get(row.pk, ())
        view.typed_reason = self.typed.get(f"reason-{row.pk}", "")
        view.typed_split = self.typed.get(f"split-{row.pk}", "")
        view.show_more = any(fields[name].value or fields[name].error for name in _MORE) if fields else False
        return view

    def _item(self, item: DraftItem) -> ItemView:
        text = self._field(f"item-{item.pk}-text", ITEM_FIELDS["text"], item, _span(item), item.as_read)
        typed = self.typed.get(f"split-item-{item.pk}", "")
        return ItemView(item, text, item.dropped_at is not None, typed)

    def _field(
        self, name: str, one: Field, row: Any, span: Sequence[int] | None, as_read: Mapping[str, str]
    ) -> FieldView:
        stored = one.show(getattr(row, one.name))
        outcome = self.outcomes.get(name)
        refused = outcome is not None and outcome.state in {FieldState.CONFLICT, FieldState.INVALID}
        read = as_read.get(one.name, "")
        began = self.began[name] = fingerprint(stored)
        return FieldView(
            name=name,
            label=_(one.label),
            shape=one.shape.value,
            value=self.typed.get(name, stored) if refused else stored,
            began=began,
            choices=tuple((value, _(word) if word else "—") for value, word in one.choices),
            place=self.place(span),
            error=outcome.message.render(_) if refused and outcome and outcome.message else "",
            theirs=stored if refused and outcome and outcome.state is FieldState.CONFLICT else "",
            was_read=read
            if one.name in row.edits and read != stored and one.shape is not Shape.CHOICE
            else "",
            rows=_rows(stored),
            why=_why(row, one.name, stored),
        )


def _span(row: DraftFinding | DraftItem) -> list[int] | None:
    if row.span_start is None or row.span_end is None:
        return None
    return [row.span_start, row.span_end]


def _why(row: Any, name: str, stored: str) -> str:
    """Who entered a field, or by which rule it was read; nothing for one that is empty and untouched."""
    entered = row.edits.get(name)
    if entered:
        return _("Entered by %(who)s.") % {"who": entered.get("by", "")}
    reason = reason_message(row.why.get(name)) if stored else None
    return reason.render(_) if reason else ""


def _rows(text: str) -> int:
    """Lines of a text field for browsers that do not fit it to its text themselves."""
    lines = sum(len(line) // ROW_CHARACTERS + 1 for line in text.split("\n"))
    return min(lines, ROWS_MOST)


def _hints(row: DraftFinding, view: FindingView) -> list[str]:
    """What the document leaves open about a finding, in words; empty for a dropped one."""
    if row.dropped_at is not None:
        return []
    said = (
        (row.truncated, _("cut off in the original")),
        (
            row.flags > 0,
            ngettext("%(count)s place cannot be known", "%(count)s places cannot be known", row.flags)
            % {"count": row.flags},
        ),
        (not row.title, _("no title")),
        (not row.number, _("no number")),
        (not row.status_text, _("no status")),
        (
            bool(row.status_text) and not is_known_status(row.status_text),
            _("status in words that are not known"),
        ),
        (not view.actions and not view.measures, _("no measures and no actions")),
        (not row.lead_unit, _("no responsible unit")),
        (not (row.due_text or row.due_on), _("no deadline")),
    )
    return [words for holds, words in said if holds]
