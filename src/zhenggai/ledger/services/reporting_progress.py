"""Reports of progress by the units, and how far those who verify see the work (进展反馈、核查认定)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action
from zhenggai.domain.progress import percent_checked, progress_gap
from zhenggai.files.services import blob_store
from zhenggai.ledger.drafts import progress_draft_drop
from zhenggai.ledger.errors import InvalidFieldError
from zhenggai.ledger.models import ActionTaken, ProgressReport, ProgressView
from zhenggai.ledger.reporting import UNIT_ROLES
from zhenggai.ledger.search_text import finding_text_put
from zhenggai.ledger.services.proving import evidence_put, evidence_standing
from zhenggai.ledger.services.standing import begin, cleaned, piece, pieces, text_required

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.files.services import Stream
    from zhenggai.ledger.models import Evidence, Finding

ACTIONS_MOST: Final = 50


class Said(TypedDict):
    """One action of a report (一是二是): what was done, and for which measure, if for one of them."""

    text: str
    measure_id: int | None


@transaction.atomic
def progress_report(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    progress: Progress,
    narrative: str,
    percent: int | None = None,
    actions: Sequence[Said] = (),
    evidence_ids: Sequence[int] = (),
) -> Finding:
    """Reports progress (进展反馈): the unit's claim, which never closes anything.

    ``percent`` is the share of the work that the unit claims; ``actions`` what it did, each on its own;
    ``evidence_ids`` the pieces of this round that show it.

    :raises PercentError: outside 0 to 100, or where it does not go with the progress claimed.
    :raises StandsOtherwiseError: when evidence is withdrawn or of an earlier round.
    :raises PieceNotFoundError: when a measure or a piece of evidence is none of the finding's.
    :raises InvalidFieldError: for more than 50 actions.
    """
    change = begin(actor=actor, at=at, action=Action.PROGRESS_REPORT, finding_id=finding_id, version=version)
    finding = change.finding
    named: list[Evidence] = pieces(finding, "evidence", evidence_ids)
    for each in named:
        evidence_standing(finding, each)
    report = ProgressReport(
        finding=finding,
        round=finding.round,
        progress=Progress(progress).value,
        percent=percent_checked(percent, Progress(progress)),
        narrative=text_required(narrative, msg("What was done")),
        unit_ids=_units_of(change.actor, finding),
        by_id=actor.person_id,
        at=at,
    )
    cleaned(report)
    done = _actions(finding, actions)
    report.save()
    report.evidence.set(named)
    for row in done:
        row.report = report
        cleaned(row)
        row.save()
    if done:
        finding_text_put(finding)
    progress_draft_drop(actor=actor, finding=finding)
    finding.progress = report.progress
    change.say(
        LedgerEvent.PROGRESS_REPORTED,
        progress=report.progress,
        percent=report.percent,
        narrative=report.narrative,
        actions=[each.text for each in done],
        action_measures=[each.measure_id for each in done],
        evidence_ids=sorted(each.pk for each in named),
        unit_ids=report.unit_ids,
    )
    return change.finish()


def progress_report_with_photo(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    progress: Progress,
    narrative: str,
    file: Stream | bytes,
    file_name: str,
    title: str,
    percent: int | None = None,
    actions: Sequence[Said] = (),
    evidence_ids: Sequence[int] = (),
) -> Finding:
    """Reports progress with a photo taken today that shows it (带照片填报): both are kept, or neither.

    The photo is filed as evidence of this round under ``title``; what it proves is what was done. The file is
    stored first, and only for someone who may file it.

    :raises FileTooLargeError: when the photo is larger than the setting allows.
    :raises PercentError: and the others of `progress_report` and `evidence_add`.
    """
    with transaction.atomic():
        begin(actor=actor, at=at, action=Action.EVIDENCE_ADD, finding_id=finding_id, version=version)
    blob = blob_store(file, at=at, max_bytes=settings.ZHENGGAI_MAX_STORED_BYTES)
    with transaction.atomic():
        change = begin(actor=actor, at=at, action=Action.EVIDENCE_ADD, finding_id=finding_id, version=version)
        evidence = evidence_put(
            change,
            at=at,
            blob_id=blob.pk,
            file_name=file_name,
            title=title,
            proves=text_required(narrative, msg("What was done")),
            proves_on=timezone.localdate(at),
            kind=EvidenceKind.PHOTO,
        )
        filed = change.finish()
        return progress_report(
            actor=actor,
            at=at,
            finding_id=finding_id,
            version=filed.version,
            progress=progress,
            narrative=narrative,
            percent=percent,
            actions=actions,
            evidence_ids=[*evidence_ids, evidence.pk],
        )


@transaction.atomic
def progress_judge(
    *, actor: Actor, at: datetime, finding_id: int, version: int, progress: Progress, reason: str
) -> Finding:
    """Says how far the work is in the view of who verifies (核查认定), beside the unit's claim.

    It moves nothing and closes nothing; the gap is shown and counted.

    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(actor=actor, at=at, action=Action.PROGRESS_JUDGE, finding_id=finding_id, version=version)
    finding = change.finding
    view = ProgressView(
        finding=finding,
        round=finding.round,
        progress=Progress(progress).value,
        reason=decision_reason(reason),
        by_id=actor.person_id,
        at=at,
    )
    cleaned(view)
    view.save()
    gap = progress_gap(Progress(finding.progress) if finding.progress else None, Progress(progress))
    change.say(
        LedgerEvent.PROGRESS_JUDGED,
        progress=view.progress,
        reason=view.reason,
        claimed=finding.progress or None,
        gap=gap.value if gap else None,
    )
    return change.finish()


def _actions(finding: Finding, said: Sequence[Said]) -> list[ActionTaken]:
    """The actions of a report as rows, after those that there are."""
    if len(said) > ACTIONS_MOST:
        raise InvalidFieldError(
            msg("A report names at most %(most)s actions, these are %(count)s. Report the rest in another."),
            most=ACTIONS_MOST,
            count=len(said),
        )
    last = ActionTaken.objects.filter(finding=finding).aggregate(last=Max("position"))["last"] or 0
    rows = []
    for place, each in enumerate(said, start=last + 1):
        measure_id = each.get("measure_id")
        measure = None if measure_id is None else piece(finding, "measures", measure_id)
        text = text_required(each["text"], msg("Action taken"), 2_000)
        rows.append(ActionTaken(finding=finding, position=place, text=text, measure=measure))
    return rows


def _units_of(actor: Actor, finding: Finding) -> list[int]:
    """For which of the finding's units the actor reports: those over which a post of theirs is held."""
    helping = [each.unit for each in finding.supporting.all()]
    units = [*([finding.lead_unit] if finding.lead_unit else []), *helping]
    return [each.pk for each in units if any(actor.has(role, each.path) for role in UNIT_ROLES)]
