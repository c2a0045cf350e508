"""Criteria and the judgements of others: whether they are met, and whether evidence shows an effect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.planning import Direction
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import InvalidFieldError, StandsOtherwiseError
from zhenggai.ledger.models import Criterion, CriterionJudgement, EvidenceJudgement
from zhenggai.ledger.services.measuring import piece_drop
from zhenggai.ledger.services.proving import evidence_standing
from zhenggai.ledger.services.standing import begin, cleaned, piece, pieces, text_required

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.amending import Indicator
    from zhenggai.ledger.models import Evidence, Finding, PlanAmendment
    from zhenggai.ledger.services.standing import Change


@transaction.atomic
def criterion_add(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    text: str,
    indicator: Indicator | None = None,
) -> Finding:
    """Adds an acceptance criterion (增加验收标准): a sentence that can be checked, or an indicator.

    Refused once a plan fixes the criteria, while a request stands and after closing.
    """
    change = begin(actor=actor, at=at, action=Action.CRITERION_ADD, finding_id=finding_id, version=version)
    criterion_put(change, text, indicator)
    return change.finish()


def criterion_put(
    change: Change,
    text: str,
    indicator: Indicator | None = None,
    amendment: PlanAmendment | None = None,
) -> Criterion:
    """Writes a criterion of the finding under change, by hand or by an approved amendment."""
    finding = change.finding
    indicator = indicator_checked(indicator)
    measured: dict[str, Any] = {}
    if indicator is not None:
        measured = {
            "indicator_unit": indicator.unit,
            "target": indicator.target,
            "direction": indicator.direction.value,
            "baseline": indicator.baseline,
        }
    criterion = Criterion(
        finding=finding,
        position=1 + max((each.position for each in finding.criteria.all()), default=0),
        text=text_required(text, msg("Acceptance criterion")),
        added_by_id=change.actor.person_id,
        added_at=change.at,
        amendment=amendment,
        **measured,
    )
    cleaned(criterion)
    criterion.save()
    change.renew("criteria")
    told = {name: str(value) for name, value in measured.items() if value is not None}
    change.say(LedgerEvent.CRITERION_ADDED, criterion_id=criterion.pk, text=criterion.text, **told)
    return criterion


def indicator_checked(indicator: Indicator | None) -> Indicator | None:
    """The indicator as it is taken.

    :raises MissingTextError: when it is measured in nothing.
    """
    if indicator is None:
        return None
    unit = text_required(indicator.unit, msg("Unit"), 50)
    return replace(indicator, unit=unit, direction=Direction(indicator.direction))


@transaction.atomic
def criterion_drop(
    *, actor: Actor, at: datetime, finding_id: int, version: int, criterion_id: int, reason: str
) -> Finding:
    """Drops a criterion before the plan is submitted (删减验收标准); it stays visible with its reason.

    :raises StandsOtherwiseError: when it is dropped already.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    change = begin(
        actor=actor,
        at=at,
        action=Action.CRITERION_DROP,
        finding_id=finding_id,
        version=version,
        author_of=("criteria", criterion_id),
    )
    piece_drop(change, criterion_standing(change.finding, criterion_id), decision_reason(reason))
    return change.finish()


def criterion_standing(finding: Finding, criterion_id: int) -> Criterion:
    """A criterion of the finding that was not dropped.

    :raises StandsOtherwiseError: when it was.
    """
    criterion: Criterion = piece(finding, "criteria", criterion_id)
    if criterion.dropped_at is not None:
        raise StandsOtherwiseError(
            msg("The criterion “%(text)s” was dropped; it stays for the record only."), text=criterion.text
        )
    return criterion


@transaction.atomic
def criterion_judge(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    criterion_id: int,
    met: bool,
    note: str,
    evidence_ids: Sequence[int] = (),
) -> Finding:
    """Judges a criterion in the current round (验收), met only on evidence that stands; not by who fixed.

    What the inspecting body judged in this round only that body judges again.

    :raises InvalidFieldError: when it is judged met without evidence.
    :raises StandsOtherwiseError: when the evidence is withdrawn or of an earlier round.
    """
    change = begin(
        actor=actor,
        at=at,
        action=Action.CRITERION_JUDGE,
        finding_id=finding_id,
        version=version,
        author_of=("criteria", criterion_id),
    )
    finding = change.finding
    criterion = criterion_standing(finding, criterion_id)
    named: list[Evidence] = pieces(finding, "evidence", evidence_ids)
    for each in named:
        evidence_standing(finding, each)
    if met and not named:
        raise InvalidFieldError(
            msg(
                "A criterion is judged met only with the evidence that shows it. Name at least one piece; "
                "nothing was changed."
            )
        )
    judgement = CriterionJudgement(
        criterion=criterion,
        round=finding.round,
        met=met,
        by_id=actor.person_id,
        at=at,
        note=text_required(note, msg("What was looked at")),
    )
    cleaned(judgement)
    judgement.save()
    judgement.evidence.set(named)
    change.say(
        LedgerEvent.CRITERION_JUDGED,
        criterion_id=criterion.pk,
        text=criterion.text,
        met=met,
        note=judgement.note,
        round=finding.round,
        evidence=[{"id": each.pk, "title": each.title, "sha256": each.blob.sha256} for each in named],
    )
    return change.finish()


@transaction.atomic
def evidence_judge(
    *, actor: Actor, at: datetime, finding_id: int, version: int, evidence_id: int, effect: bool, note: str
) -> Finding:
    """Judges whether a piece of evidence shows an effect (成效认定); not by who filed it or fixed.

    What the inspecting body judged in this round only that body judges again, filed anew as well.

    :raises StandsOtherwiseError: when the evidence is withdrawn or of an earlier round.
    """
    change = begin(
        actor=actor,
        at=at,
        action=Action.EVIDENCE_JUDGE,
        finding_id=finding_id,
        version=version,
        author_of=("evidence", evidence_id),
    )
    evidence: Evidence = piece(change.finding, "evidence", evidence_id)
    evidence_standing(change.finding, evidence)
    judgement = EvidenceJudgement(
        evidence=evidence,
        effect=effect,
        by_id=actor.person_id,
        at=at,
        note=text_required(note, msg("What was looked at")),
    )
    cleaned(judgement)
    judgement.save()
    change.say(
        LedgerEvent.EVIDENCE_JUDGED,
        evidence_id=evidence.pk,
        title=evidence.title,
        sha256=evidence.blob.sha256,
        effect=effect,
        note=judgement.note,
    )
    return change.finish()
