"""Lists beside the ledger (任务清单、责任清单) join its findings by their numbers (三清单合并)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai.domain.reading import Item
from zhenggai.reading.workbook import rows as row_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from zhenggai.domain.reading import ReadFinding
    from zhenggai.reading.workbook.entries import Entry, Rows


class Joiner:
    """The findings of the ledgers of a workbook by number, and what its lists add to them."""

    def __init__(self, findings: list[ReadFinding]) -> None:
        self.findings = findings
        self.by_number: dict[str, list[int]] = defaultdict(list)
        for index, finding in enumerate(findings):
            if finding.number:
                self.by_number[finding.number].append(index)

    def join(self, read: Rows, tell: Callable[[Entry], ReadFinding]) -> tuple[list[int], list[Entry]]:
        """Add what the rows of a list say; what each row is then, and the entries whose number is unknown."""
        where: dict[int, int] = {}
        unknown: list[Entry] = []
        tasks: dict[int, set[tuple[str, date | None]]] = defaultdict(set)
        for number, entry in enumerate(read.entries):
            index = self._match(entry)
            if index is None:
                unknown.append(entry)
                continue
            where[number] = index
            more = tell(entry)
            if more.measures and more.due_text:
                tasks[index].add((more.due_text, more.due_on))
                more = replace(more, due_text=None, due_on=None, measures=_with_due(more))
            self.findings[index] = joined(self.findings[index], more)
        for index, dues in tasks.items():
            # of several tasks each has its own day; one that holds for all is the finding's
            if len(dues) == 1 and self.findings[index].due_text is None:
                due_text, due_on = next(iter(dues))
                self.findings[index] = replace(self.findings[index], due_text=due_text, due_on=due_on)
        uses = [use if use < 0 else where.get(use, row_kinds.STRAY) for use in read.uses]
        return uses, unknown

    def _match(self, entry: Entry) -> int | None:
        known: Sequence[int] = self.by_number.get(entry.number or "", ())
        if len(known) > 1 and entry.title:
            known = [index for index in known if self.findings[index].title == entry.title]
        return known[0] if len(known) == 1 else None


def _with_due(more: ReadFinding) -> tuple[Item, ...]:
    """The tasks of one row with the row's leader, unit and day."""
    return tuple(
        Item(
            one.text,
            one.span,
            one.leader or more.responsible_leader,
            one.unit or more.lead_unit,
            one.due_text or more.due_text,
            one.due_on if one.due_text else more.due_on,
        )
        for one in more.measures
    )


def joined(finding: ReadFinding, more: ReadFinding) -> ReadFinding:
    """``finding`` with what ``more`` says and it does not; measures and actions one after the other."""
    return replace(
        finding,
        problem=finding.problem or more.problem,
        theme=finding.theme or more.theme,
        group=finding.group or more.group,
        organisation=finding.organisation or more.organisation,
        measures=finding.measures + more.measures,
        actions=finding.actions + more.actions,
        result="\n".join(filter(None, (finding.result, more.result))) or None,
        status_text=finding.status_text or more.status_text,
        stated_progress=finding.stated_progress or more.stated_progress,
        stated_nature=finding.stated_nature or more.stated_nature,
        stated_closed=more.stated_closed if finding.stated_closed is None else finding.stated_closed,
        responsible_leader=finding.responsible_leader or more.responsible_leader,
        lead_unit=finding.lead_unit or more.lead_unit,
        supporting_units=tuple(dict.fromkeys(finding.supporting_units + more.supporting_units)),
        due_text=finding.due_text or more.due_text,
        due_on=finding.due_on if finding.due_text else more.due_on,
    )
