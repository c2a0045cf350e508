"""What the pages of one part are for (收件页面). Part of `zhenggai.web.help`."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.web.help.texts import Help

HELPS: Final[dict[str, Help]] = {
    "intake-list": Help(
        msg("Intake"),
        msg("Every document that was handed in, by how far it is."),
        (msg("Go on with a draft, or import another document."),),
    ),
    "intake-upload": Help(
        msg("Import a document"),
        msg("Takes in feedback, a plan, a notice or a ledger in Excel, as a file or pasted text."),
        (
            msg("Nothing enters the ledger before you confirmed what was read."),
            msg("An upload that breaks off goes on where it stopped."),
        ),
    ),
    "intake": Help(
        msg("Draft"),
        msg("The original beside what was read from it; you correct and confirm."),
        (
            msg("Press a finding to see its place in the original; what is doubtful is marked."),
            msg("Confirm when it is right: only then is it in the ledger."),
        ),
    ),
    "intake-progress": Help(
        msg("How far the reading is"),
        msg("How far a document is that is being read."),
        (),
    ),
    "intake-mapping": Help(
        msg("Columns of the workbook"),
        msg("What each column of a workbook means to the ledger."),
        (msg("Correct a column, and the workbook is read anew; the choice can be kept for the next one."),),
    ),
    "intake-issues": Help(
        msg("Problems of the workbook"),
        msg("What is wrong or doubtful in a workbook, cell by cell."),
        (msg("Put it right in the file or here; take a copy with marks along."),),
    ),
    "intake-trial": Help(
        msg("Trial"),
        msg("What confirming would enter, what not, and what is still open."),
        (msg("Nothing is entered by looking at it."),),
    ),
    "intake-compare": Help(
        msg("Compare with the ledger"),
        msg("What a later file says otherwise than the ledger, finding by finding."),
        (msg("Choose what is taken; stages, people and deadlines are never moved by a file."),),
    ),
    "intake-compare-progress": Help(
        msg("How far the comparison is"),
        msg("How far the comparison of a large file is."),
        (),
    ),
    "intake-names": Help(
        msg("Names in the document"),
        msg("Whom and which units the names of a document mean here."),
        (msg("Choose for each name once; findings are assigned by it."),),
    ),
}
