"""Parts of the ledger list (台账列表): counts, heads of columns, rows with their light, paging."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zhenggai.domain.closing import RequestState
from zhenggai.domain.deadlines import Light, light
from zhenggai.domain.lifecycle import FINAL_STAGES, STAGE_LABELS, Stage
from zhenggai.ledger.deadlines import finding_days_overdue, finished_on
from zhenggai.ledger.grouping import Grouping
from zhenggai.ledger.listing import ORDERS_MOST, FindingOrder, keys_of, order_of, order_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.http import QueryDict

    from zhenggai.domain.counting import Tally
    from zhenggai.domain.profiles import Colour, Profile
    from zhenggai.ledger.evidence_text import Found
    from zhenggai.ledger.grouping import GroupTally
    from zhenggai.ledger.listing import Order
    from zhenggai.web.ledger_columns import ListColumn


@dataclass(frozen=True, slots=True)
class Count:
    """One figure that opens the list it counts."""

    name: str
    word: str
    number: int
    address: str
    is_chosen: bool
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """One column; ``sorted`` is ``ascending``, ``descending`` or empty, ``address`` sorts by it.

    ``place``: which of several keys it is, from 1, and 0 where it is the only one or none; ``more`` sorts by
    it among what is equal in the keys that are there, or turns it over where it is one of them.
    """

    name: str
    word: str
    address: str
    sorted: str = ""
    place: int = 0
    more: str = ""


@dataclass(frozen=True, slots=True)
class GroupHead:
    """The line above the first finding of a group on a page: its word, and its figures over all pages."""

    word: str
    tally: GroupTally


@dataclass(frozen=True, slots=True)
class Row:
    """One finding with its light on the day, in the colour of its profile.

    ``days_overdue`` over all due days it had; ``asked``: what a request about its deadline that waits asks
    for; ``is_suspended``: whether the work rests; ``group``: where a group begins with it.
    """

    finding: Any
    light: Light
    days_overdue: int
    days_left: int
    is_closed: bool
    colour: Colour
    found: Sequence[Found] = ()
    asked: str = ""
    is_suspended: bool = False
    group: GroupHead | None = None


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of the list is shown."""

    page: int
    pages: int
    size: int
    all: int

    @property
    def first(self) -> int:
        """Number of the first row shown."""
        return min((self.page - 1) * self.size + 1, self.all)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.page * self.size, self.all)

    @property
    def before(self) -> int:
        """The page before; 0 for none."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after; 0 for none."""
        return self.page + 1 if self.page < self.pages else 0


def heads(query: QueryDict, order: Order, columns: Sequence[ListColumn]) -> list[Head]:
    """The columns with their ways to sort: the order they begin with, and turned over when pressed again."""
    return [_head(query, keys_of(order), each) for each in columns]


def _head(query: QueryDict, keys: tuple[FindingOrder, ...], column: ListColumn) -> Head:
    first = column.up or column.down
    if first is None:
        return Head(column.name, _(column.word), "")
    mine = next((place for place, key in enumerate(keys) if key in {column.up, column.down}), None)
    is_up = mine is not None and keys[mine] is column.up
    turned = column.down if is_up and column.down else first
    if mine is not None:
        more = (*keys[:mine], turned, *keys[mine + 1 :])
    else:
        # as in the document is no key that another could stand behind; a fourth one takes the third's place
        more = (*(key for key in keys[: ORDERS_MOST - 1] if key is not FindingOrder.POSITION), first)
    return Head(
        column.name,
        _(column.word),
        with_query(query, order=(turned if len(keys) == 1 and mine is not None else first).value),
        "" if mine is None else "ascending" if is_up else "descending",
        0 if mine is None or len(keys) == 1 else mine + 1,
        with_query(query, order=order_said(order_of(more))),
    )


def order_choices(order: Order) -> list[str]:
    """What each of the fields of the form for the order holds: its key, or nothing."""
    keys = [key.value for key in keys_of(order) if key is not FindingOrder.POSITION]
    return [*keys, *[""] * (ORDERS_MOST - len(keys))]


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that the list is narrowed to, and the list without it."""

    name: str
    word: str
    address: str


def chips(query: QueryDict, said: Iterable[tuple[str, str]]) -> list[Chip]:
    """What the list is narrowed to, in words, each with the way to take it back."""
    return [Chip(name, word, with_query(query, **{name: ""})) for name, word in said]


def counts(tally: Tally, query: QueryDict) -> list[Count]:
    """All, each stage that has findings, and what is overdue; each opens its list."""
    stage, overdue = query.get("stage", ""), query.get("overdue", "")
    shown = [
        Count(
            "all",
            _("all findings"),
            tally.total,
            with_query(query, stage="", overdue=""),
            not stage and not overdue,
        )
    ]
    shown += [
        Count(
            each.value,
            _(STAGE_LABELS[each]),
            tally.by_stage.get(each, 0),
            with_query(query, stage=each.value, overdue=""),
            stage == each,
        )
        for each in Stage
    ]
    is_overdue = overdue == "yes"
    late = with_query(query, overdue="yes", stage="")
    return [
        *shown,
        Count("overdue", _("overdue"), tally.overdue, late, is_overdue, is_late=tally.overdue > 0),
    ]


def rows(findings: Any, on: date, rules: Profile, found: Mapping[int, Sequence[Found]]) -> list[Row]:
    """Findings of one inspection with their light, and the evidence in which the words searched for stand."""
    return [replace(row_of(each, on, rules), found=found.get(each.pk, ())) for each in findings]


def grouped(
    listed: Sequence[Row], grouping: Grouping, keys: Mapping[int, Any], tallies: Mapping[Any, GroupTally]
) -> list[Row]:
    """The rows of a page with the heads of their groups, also of one that goes on from the page before."""
    found: list[Row] = []
    before: list[Any] = []
    for row in listed:
        key = keys.get(row.finding.pk)
        if before != [key] and key in tallies:
            head = GroupHead(_group_word(grouping, row.finding), tallies[key])
            found.append(replace(row, group=head))
        else:
            found.append(row)
        before = [key]
    return found


def _group_word(grouping: Grouping, finding: Any) -> str:
    if grouping is Grouping.THEME:
        return finding.theme.title if finding.theme else _("without a theme")
    if grouping is Grouping.UNIT:
        return (finding.lead_unit.label if finding.lead_unit else finding.stated_unit) or _("not assigned")
    leader = finding.responsible_leader
    return (leader.name if leader else finding.stated_leader) or _("without a leader")


def row_of(finding: Any, on: date, rules: Profile) -> Row:
    """One finding with its light; of a closed one, as it stood when the granted request was made."""
    finished = finished_on(finding)
    late_days = finding_days_overdue(finding, on)
    left_days = (finding.due - on).days if finding.due else 0
    lit = light(finding.due, on, finished, rules.warning)
    is_closed = finding.stage in FINAL_STAGES
    asked = (each.kind for each in finding.deadline_requests.all() if each.state == RequestState.OPEN)
    return Row(
        finding,
        lit,
        late_days,
        left_days,
        is_closed,
        rules.colours[lit],
        asked=next(asked, ""),
        is_suspended=any(each.ended_at is None for each in finding.suspensions.all()),
    )


def with_query(query: QueryDict, **changes: str) -> str:
    """The list's address with some values changed; the first page, since another list begins there."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        if value:
            changed[name] = value
        else:
            changed.pop(name, None)
    return f"?{changed.urlencode(safe=',')}"
