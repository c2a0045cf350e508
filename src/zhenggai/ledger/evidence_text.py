"""Under which words evidence is found (佐证材料检索): what is said of it, and the text of its file.

The words of the ledger stand in the search with the evidence itself; the text of the file follows by a job.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from zhenggai.domain.messages import msg
from zhenggai.files.previews import thumbnail_draw
from zhenggai.files.texts import blob_text_take
from zhenggai.jobs.declaring import job_task
from zhenggai.jobs.services import job_enqueue
from zhenggai.ledger.models import Evidence
from zhenggai.search.quoting import quoted, words_of
from zhenggai.search.selectors import matching_ids
from zhenggai.search.services import entry_put, entry_remove

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.db.models import QuerySet

    from zhenggai.jobs.running import JobContext

KIND: Final = "evidence"
_SHOWN_EACH: Final = 3
_FILLED_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence in which a word stands: whose file, and the place quoted, empty where a title holds it."""

    evidence_id: int
    title: str
    file_name: str
    snippet: str


@job_task(label=msg("Take the text out of evidence, to be searched"), most_attempts=3, limit_seconds=600)
def evidence_text_take(context: JobContext, evidence_id: int) -> str:
    """Takes the text out of the file of a piece of evidence and makes it findable; why not, or nothing.

    Of a picture the small one that lists show is drawn as well.
    """
    evidence = Evidence.objects.select_related("blob").get(pk=evidence_id)
    thumbnail_draw(evidence.blob)
    taken = blob_text_take(blob_id=evidence.blob_id, at=context.at)
    with context.once() as ending:
        # withdrawn meanwhile, it is found no more
        row = (
            Evidence.objects.select_for_update(of=("self",), no_key=True)
            .select_related("finding")
            .get(pk=evidence_id)
        )
        if row.withdrawn_at is None:
            _put(row, taken.text)
        ending.result = taken.fault_code
    return taken.fault_code


@job_task(label=msg("Look for evidence that the search does not know yet"))
def evidence_texts_fill(context: JobContext) -> int:
    """Registers evidence filed before its text was searched (补登检索), 1,000 a day; how many."""
    unknown = Evidence.objects.filter(withdrawn_at__isnull=True, blob__taken_text__isnull=True)
    rows = unknown.select_related("finding").order_by("pk")[:_FILLED_MOST]
    for row in rows:
        evidence_text_put(row, at=context.at)
    return len(rows)


def evidence_text_put(evidence: Evidence, *, at: datetime) -> None:
    """Makes evidence findable under its own words now, and under those of its file soon (登记检索)."""
    _put(evidence, "")
    job_enqueue(evidence_text_take, at=at, key=str(evidence.pk), args=[evidence.pk])


def evidence_text_remove(evidence: Evidence) -> None:
    """Makes withdrawn evidence no longer findable (撤出检索)."""
    entry_remove(kind=KIND, object_id=evidence.pk)


def evidence_matching(inspection_id: int, text: str) -> QuerySet[Evidence]:
    """The standing evidence of an inspection in which every word stands; the caller keeps to what is seen."""
    return Evidence.objects.filter(withdrawn_at__isnull=True, pk__in=matching_ids(KIND, inspection_id, text))


def evidence_found(inspection_id: int, finding_ids: Collection[int], text: str) -> dict[int, list[Found]]:
    """By finding, the evidence in which the words stand, with the place quoted; one query.

    ``finding_ids`` are those of one page, which the actor sees.
    """
    found: dict[int, list[Found]] = {}
    words = words_of(text)
    if not words or not finding_ids:
        return found
    rows = evidence_matching(inspection_id, text).filter(finding_id__in=finding_ids)
    for row in rows.select_related("blob__taken_text").order_by("finding_id", "pk"):
        listed = found.setdefault(row.finding_id, [])
        if len(listed) < _SHOWN_EACH:
            taken = getattr(row.blob, "taken_text", None)
            snippet = quoted(taken.text if taken else "", words) or quoted(row.proves, words)
            listed.append(Found(row.pk, row.title, row.file_name, snippet))
    return found


@transaction.atomic
def _put(evidence: Evidence, text: str) -> None:
    # not who was dealt with: a name stands in no index that cannot forget it
    named = (evidence.title, evidence.document_number, evidence.issuer, evidence.file_name, evidence.proves)
    words = "\n".join((*named, text))
    entry_put(kind=KIND, object_id=evidence.pk, scope=evidence.finding.inspection_id, text=words)
