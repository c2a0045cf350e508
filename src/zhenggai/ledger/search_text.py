"""Under which words a finding is found (检索文字)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.ledger.models import ActionTaken, Comment, Finding, Measure
from zhenggai.search.services import entries_put, entry_put

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

_AT_ONCE: Final = 500
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


def findings_text_put(findings: QuerySet[Finding], inspection_id: int) -> None:
    """Makes findings of one inspection findable under their words of now, as when their headings changed."""
    last = 0
    rows = findings.select_related("theme", "group").order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        last = batch[-1].pk
        pieces = _pieces([each.pk for each in batch])
        texts = {each.pk: finding_text(each, pieces[each.pk]) for each in batch}
        entries_put(kind=KIND, scope=inspection_id, texts=texts)


def _pieces(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {id_: [] for id_ in ids}
    for model in (Measure, ActionTaken, Comment):
        rows: Iterable[tuple[int, str]] = (
            model.objects.filter(finding__in=ids).order_by("pk").values_list("finding_id", "text")
        )
        for id_, text in rows:
            found[id_].append(text)
    return found
