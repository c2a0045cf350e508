"""Drafts of progress reports (进展草稿): kept for the person who types them, until they are sent or left."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action
from zhenggai.jobs.declaring import job_task
from zhenggai.ledger.errors import FindingNotFoundError, TextTooLongError
from zhenggai.ledger.facts import HEAD, WEIGHED, facts_of
from zhenggai.ledger.loading import pieces_load
from zhenggai.ledger.models import Finding, ProgressDraft
from zhenggai.ledger.visibility import finding_seen, permit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.jobs.running import JobContext

FIELDS: Final = ("progress", "percent", "narrative", "actions", "action_measure_id")
CHOSEN: Final = ("evidence_ids",)
TEXT_MOST: Final = 20_000
CHOSEN_MOST: Final = 200
# who has not come back to a draft for so long does not
KEPT: Final = timedelta(days=90)


def progress_draft_of(actor: Actor, finding: Finding) -> ProgressDraft | None:
    """The actor's own draft of a report on the finding; nobody else's is ever shown."""
    return ProgressDraft.objects.filter(finding=finding, person_id=actor.person_id).first()


@transaction.atomic
def progress_draft_save(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    said: Mapping[str, str | Sequence[str]],
    reports: int | None = None,
) -> ProgressDraft | None:
    """Keeps what the actor has typed of a report (保存草稿), as it was typed; an empty one is thrown away.

    It is no report: nobody else sees it, no rule looks at it, and the trail does not tell of it. ``reports``:
    how many reports of the actor the page knew of; a draft that comes late, after its report, is not kept.

    :raises FindingNotFoundError: when there is none or the actor does not see it.
    :raises ActionDeniedError: when the actor may never report on it.
    :raises TextTooLongError: when a text is longer than a report takes.
    """
    actor = actor_standing(actor, timezone.localdate(at))
    # locked as by a report: which of the two comes first is decided here
    rows = Finding.objects.select_for_update(of=("self",), no_key=True).select_related(*HEAD)
    finding = rows.filter(pk=finding_id).order_by().first()
    if finding is not None:
        pieces_load(finding, WEIGHED)
    if finding is None or not finding_seen(actor, finding):
        raise FindingNotFoundError
    permit(actor, Action.PROGRESS_REPORT, facts_of(finding))
    if reports is not None and finding.progress_reports.filter(by_id=actor.person_id).count() > reports:
        return None
    kept: dict[str, str | list[str]] = {}
    for name in FIELDS:
        text = _storable(str(said.get(name, "")))
        if len(text) > TEXT_MOST:
            raise TextTooLongError(field=Message(msg("Draft")), count=len(text), limit=TEXT_MOST)
        kept[name] = text
    for name in CHOSEN:
        kept[name] = [_storable(str(each))[:20] for each in said.get(name, ())][:CHOSEN_MOST]
    if not any(kept.values()):
        progress_draft_drop(actor=actor, finding=finding)
        return None
    draft, _made = ProgressDraft.objects.update_or_create(
        finding=finding, person_id=actor.person_id, defaults={"said": kept, "saved_at": at}
    )
    return draft


def _storable(text: str) -> str:
    """The text without what PostgreSQL keeps in no JSON: a NUL, half a character."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def progress_draft_drop(*, actor: Actor, finding: Finding) -> None:
    """Throws the actor's draft away (删除草稿): it was sent, or nothing is left in it."""
    ProgressDraft.objects.filter(finding=finding, person_id=actor.person_id).delete()


@job_task(label=msg("Clear away drafts that nobody came back to"))
def drafts_clear(context: JobContext) -> int:
    """Deletes drafts that were not changed for 90 days (清理草稿); how many."""
    return ProgressDraft.objects.filter(saved_at__lt=context.at - KEPT).delete()[0]
