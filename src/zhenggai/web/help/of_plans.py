"""What the pages of one part are for (方案与填报页面). Part of `zhenggai.web.help`."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.web.help.texts import Help

HELPS: Final[dict[str, Help]] = {
    "inspection-plan": Help(
        msg("Plan"),
        msg(
            "How the plan stands: what each finding lacks, what waits for approval, what amendments "
            "there are."
        ),
        (msg("Set the same for many findings at once; submit when nothing is missing."),),
    ),
    "plan": Help(
        msg("Submitted plan"),
        msg("One plan as it was submitted, finding by finding, with its signatures."),
        (msg("Whose step it is signs or sends back with a reason; the office may withdraw it."),),
    ),
    "inspection-reports": Help(
        msg("Report requests"),
        msg("Who is asked to report for which period, and how many have."),
        (msg("Ask for a period with its last day; open one to see who has not reported."),),
    ),
    "report-request": Help(
        msg("Report request"),
        msg("One period by unit, those first that have not reported."),
        (msg("Remind those who are missing, or take the list of them away."),),
    ),
}
