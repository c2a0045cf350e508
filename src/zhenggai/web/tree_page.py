"""The tree of an inspection as a page shows it (整改树页面): nodes in one another, each with what is done."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from zhenggai.ledger.deadlines import finished_on
from zhenggai.ledger.tree import (
    NOTHING_DONE,
    Done,
    bar_of_place,
    branches_done,
    branches_shown,
    finding_counts_outside,
    headings_of,
    may_place,
    tree_findings,
)
from zhenggai.web.ledger_list import Paging, row_of
from zhenggai.web.profile_view import lit_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.tree import BranchKey, Narrowing
    from zhenggai.web.ledger_list import Row
    from zhenggai.web.profile_view import Lit

AT_ONCE_MOST: Final = 200
"""Up to so many findings the page holds the whole tree; beyond, each branch comes when it is opened."""
LEVELS: Final = (1, 2, 3, 4)
_BRANCH: Final = re.compile(r"t([0-9]{1,18})g([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class MeasureLeaf:
    """A measure that stands, with its light until it is done."""

    measure: Any
    lit: Lit | None
    units: Sequence[str]


@dataclass(frozen=True, slots=True)
class FindingNode:
    """A finding with its measures; ``may_move``: whether it may be put elsewhere, by whoever may do so."""

    row: Row
    leaves: Sequence[MeasureLeaf]
    measures_done: int
    is_outside: bool
    may_move: bool


@dataclass(slots=True)
class BranchNode:
    """What stands under one heading itself; ``nodes`` is None where it comes when it is opened.

    ``group``: None for findings of a theme without a group. ``shown``: of the narrowed tree.
    """

    key: str
    group: Any
    done: Done = NOTHING_DONE
    shown: int = 0
    nodes: list[FindingNode] | None = None
    paging: Paging | None = None

    @property
    def ways(self) -> list[tuple[int, str]]:
        """The pages before and after this one, in words."""
        if self.paging is None:
            return []
        said = ((self.paging.before, _("Previous page")), (self.paging.after, _("Next page")))
        return [(number, word) for number, word in said if number]


@dataclass(slots=True)
class ThemeNode:
    """A theme with its groups, and what stands in it without a group; ``theme``: None for none."""

    key: str
    theme: Any
    done: Done = NOTHING_DONE
    shown: int = 0
    groups: list[BranchNode] = field(default_factory=list)
    rest: BranchNode | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """The whole tree; ``is_whole``: every finding is in the page; ``may_edit``: the reader may arrange it."""

    themes: Sequence[ThemeNode]
    done: Done
    shown: int
    is_whole: bool
    may_edit: bool


def key_of(branch: BranchKey) -> str:
    """A branch in an address."""
    theme_id, group_id = branch
    return f"t{theme_id or 0}g{group_id or 0}"


def branch_of(text: str) -> BranchKey | None:
    """The branch of an address; None for what is none."""
    found = _BRANCH.fullmatch(text)
    return (int(found[1]) or None, int(found[2]) or None) if found else None


def tree_of(
    actor: Actor,
    inspection: Any,
    narrowing: Narrowing,
    on: date,
    wanted: BranchKey | None = None,
    number: int = 1,
) -> Tree:
    """The tree as the actor sees it; ``wanted``: the branch that is open where not all are in the page.

    As many queries however many themes, groups and findings there are.
    """
    done = branches_done(actor, inspection, on)
    shown = branches_shown(actor, inspection, narrowing, on)
    total = sum(shown.values())
    is_whole = total <= AT_ONCE_MOST
    may_edit = may_place(actor, inspection).allowed
    nodes: dict[BranchKey, list[FindingNode]] = {}
    paging = None
    if is_whole:
        for each in tree_findings(actor, inspection, narrowing, on).rows:
            branch = (each.theme_id, each.group_id)
            nodes.setdefault(branch, []).append(_node(each, on, may_edit=may_edit))
    elif wanted is not None:
        page = tree_findings(actor, inspection, narrowing, on, wanted, number=number)
        nodes[wanted] = [_node(each, on, may_edit=may_edit) for each in page.rows]
        paging = Paging(page.number, page.pages, page.size, page.total)
    themes, groups = headings_of(inspection)
    found = {each.pk: ThemeNode(f"t{each.pk}", each) for each in themes}
    found[0] = ThemeNode("t0", None)
    is_narrowed = narrowing.narrows or not may_edit

    def branch_node(group: Any, key: BranchKey) -> BranchNode | None:
        # a heading without findings is shown to who may put some there
        if key not in shown and (is_narrowed or group is None):
            return None
        node = BranchNode(key_of(key), group, done.get(key, NOTHING_DONE), shown.get(key, 0))
        node.nodes = nodes.get(key, [] if is_whole else None)
        node.paging = paging if key == wanted else None
        return node

    for group in groups:
        node = branch_node(group, (group.theme_id, group.pk))
        if node is not None:
            found[group.theme_id or 0].groups.append(node)
    for id_, theme in found.items():
        theme.rest = branch_node(None, (id_ or None, None))
        parts = [*theme.groups, *([theme.rest] if theme.rest else [])]
        theme.done = sum((each.done for each in parts), NOTHING_DONE)
        theme.shown = sum(each.shown for each in parts)
    listed = [
        each
        for each in found.values()
        if each.groups or each.rest or (each.theme is not None and not is_narrowed)
    ]
    return Tree(listed, sum(done.values(), NOTHING_DONE), total, is_whole, may_edit)


def branch_shown(
    actor: Actor, inspection: Any, narrowing: Narrowing, on: date, branch: BranchKey, number: int
) -> BranchNode:
    """One page of one branch, for whoever opens it."""
    may_edit = may_place(actor, inspection).allowed
    page = tree_findings(actor, inspection, narrowing, on, branch, number=number)
    nodes = [_node(each, on, may_edit=may_edit) for each in page.rows]
    paging = Paging(page.number, page.pages, page.size, page.total)
    return BranchNode(key_of(branch), None, shown=page.total, nodes=nodes, paging=paging)


def _node(finding: Any, on: date, *, may_edit: bool) -> FindingNode:
    rules = finding.inspection.rules
    leaves = [
        MeasureLeaf(
            each,
            None if each.done_at or not each.due or finished_on(finding) else lit_of(each.due, on, rules),
            [task.unit.label for task in each.tasks_shown],
        )
        for each in finding.measures_shown
    ]
    return FindingNode(
        row_of(finding, on, rules),
        leaves,
        sum(1 for each in finding.measures_shown if each.done_at),
        finding_counts_outside(finding),
        may_edit and bar_of_place(finding) is None,
    )
