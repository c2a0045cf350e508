"""Under which words a finding is found (检索文字)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.search.services import entry_put

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.ledger.models import Finding

KIND: Final = "finding"


def finding_text(finding: Finding, pieces: Iterable[str]) -> str:
    """Everything a person may remember of a finding, one line each.

    ``pieces``: the texts of its measures, actions and comments.
    """
    lines = [
        finding.number,
        finding.title,
        finding.problem,
        finding.theme.title if finding.theme else "",
        finding.group.title if finding.group else "",
        finding.organisation_label,
        finding.status_text,
        finding.stated_leader,
        finding.stated_unit,
        finding.stated_supporting,
        finding.stated_due_text,
        finding.stated_result,
        *pieces,
    ]
    return "\n".join(line for line in lines if line)


def finding_text_put(finding: Finding) -> None:
    """Makes a loaded finding findable under its words of now."""
    kinds = (finding.measures, finding.actions_taken, finding.comments)
    text = finding_text(finding, [each.text for kind in kinds for each in kind.all()])
    entry_put(kind=KIND, object_id=finding.pk, scope=finding.inspection_id, text=text)
