"""``zhenggai read`` with a workbook (读取台账): its mapping, and what is wrong in its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from zhenggai.ops.language import _, translate
from zhenggai.ops.terminal import printable
from zhenggai.reading.workbook import is_workbook, open_book, read_book

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenggai.domain.reading import Reading
    from zhenggai.ops.sources import Given
    from zhenggai.reading.workbook import WorkbookReading


@dataclass(frozen=True, slots=True)
class LedgerFound:
    """A ledger that was read: ``more`` stands beside the reading where it explains itself."""

    read: WorkbookReading
    more: Mapping[str, Any]

    @property
    def reading(self) -> Reading:
        """The reading itself."""
        return self.read.reading

    def tell(self) -> None:
        """Name everything that is wrong, each on a line of standard error, and count it."""
        for issue in self.read.issues:
            click.echo(printable(_line(issue.to_dict(translate))), err=True)
        questions = sum(issue.is_question for issue in self.read.issues)
        if self.read.issues:
            counts = {"faults": len(self.read.issues) - questions, "questions": questions}
            click.echo(
                _("In the cells: faults: %(faults)s · to be asked about: %(questions)s", **counts), err=True
            )


def read_ledger(given: Given, *, explain: bool) -> LedgerFound | None:
    """The ledger that ``given`` holds; None where it is no workbook."""
    if not is_workbook(given.data, given.name):
        return None
    read = read_book(open_book(given.data, name=given.name, max_bytes=given.max_bytes), explain=explain)
    more = {}
    if explain:
        more = {
            "mapping": _spoken(read.mapping.to_dict()),
            "sources": [{"sheet": one.sheet, "rows": list(one.rows)} for one in read.sources],
            "issues": [issue.to_dict(translate) for issue in read.issues],
        }
    return LedgerFound(read, more)


def _spoken(mapping: dict[str, Any]) -> dict[str, Any]:
    """The mapping with its reasons in the language of this command."""
    for sheet in mapping["sheets"]:
        for column in sheet["columns"]:
            column["why"] = translate(column["why"])
    return mapping


def _line(issue: Mapping[str, Any]) -> str:
    where = "!".join(filter(None, (issue["sheet"], issue["cell"])))
    value = f" “{issue['value']}”" if issue["value"] else ""
    return f"{where}{value}: {issue['rule']} {issue['repair']} [{issue['code']}]"
