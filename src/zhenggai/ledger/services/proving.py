"""Evidence and what it answers: filed, withdrawn, carried over; requirements met or waived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhenggai.domain.case import REQUIREMENT_LABELS, Requirement
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.file_names import file_name_safe
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action
from zhenggai.domain.proving import Described
from zhenggai.files.services import blob_store
from zhenggai.ledger.errors import InvalidFieldError, StandsOtherwiseError
from zhenggai.ledger.evidence_text import evidence_text_put, evidence_text_remove
from zhenggai.ledger.facts import stage_first_round
from zhenggai.ledger.models import Evidence, RequirementAnswer
from zhenggai.ledger.services.linking import links_carried, links_checked, links_put
from zhenggai.ledger.services.standing import begin, cleaned, piece, text_optional, text_required

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from zhenggai.domain.actor import Actor
    from zhenggai.files.services import Stream
    from zhenggai.ledger.models import Finding
    from zhenggai.ledger.services.standing import Change


def evidence_add(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    file: Stream | bytes,
    file_name: str,
    title: str,
    proves: str,
    proves_on: date,
    kind: EvidenceKind,
    amount: Decimal | None = None,
    described: Described | None = None,
) -> Finding:
    """Files a piece of evidence in the current round (提交佐证材料); ``amount`` in yuan (元).

    ``described`` says its number and issuer, which measures and criteria of the finding it proves, and who
    was dealt with; that is never changed. The file is stored first, and only for someone who may file it; a
    refusal afterwards leaves no evidence.

    :raises FileTooLargeError: when the file is larger than the setting allows.
    :raises InvalidFieldError: when the amount is not positive, or the day it proves is still to come.
    :raises DayImpossibleError: when nobody can have meant that day.
    :raises PieceNotFoundError: or StandsOtherwiseError, and the like of `links_checked`.
    """
    with transaction.atomic():
        begin(actor=actor, at=at, action=Action.EVIDENCE_ADD, finding_id=finding_id, version=version)
    blob = blob_store(file, at=at, max_bytes=settings.ZHENGGAI_MAX_STORED_BYTES)
    with transaction.atomic():
        change = begin(actor=actor, at=at, action=Action.EVIDENCE_ADD, finding_id=finding_id, version=version)
        evidence_put(
            change,
            at=at,
            blob_id=blob.pk,
            file_name=file_name,
            title=title,
            proves=proves,
            proves_on=proves_on,
            kind=kind,
            amount=amount,
            described=described,
        )
        return change.finish()


def evidence_put(
    change: Change,
    *,
    at: datetime,
    blob_id: int,
    file_name: str,
    title: str,
    proves: str,
    proves_on: date,
    kind: EvidenceKind,
    amount: Decimal | None = None,
    described: Described | None = None,
) -> Evidence:
    """Puts a piece of evidence whose file is stored into a change that may file it, and says so.

    :raises InvalidFieldError: and the others of `evidence_add`.
    """
    finding = change.finding
    if amount is not None and amount <= 0:
        raise InvalidFieldError(
            msg(
                "The amount has to be more than 0 yuan; leave it empty where there is none. Nothing was "
                "changed."
            )
        )
    day_checked(proves_on, msg("Date it proves"))
    if proves_on > timezone.localdate(at):
        raise InvalidFieldError(
            msg(
                "The date that the evidence proves, %(proves_on)s, is still to come, and nothing that "
                "has not happened can be proved. Give the day of the fact; nothing was changed."
            ),
            proves_on=proves_on.isoformat(),
        )
    described = described or Described()
    links = links_checked(finding, described)
    evidence = Evidence(
        finding=finding,
        round=finding.round,
        blob_id=blob_id,
        file_name=file_name_safe(file_name),
        title=text_required(title, msg("Title"), 300),
        proves=text_required(proves, msg("What it proves")),
        proves_on=proves_on,
        kind=EvidenceKind(kind).value,
        amount=amount,
        document_number=text_optional(described.document_number, msg("Document number"), 100),
        issuer=text_optional(described.issuer, msg("Issued by"), 200),
        uploaded_by_id=change.actor.person_id,
        uploaded_at=at,
    )
    cleaned(evidence)
    evidence.save()
    links_put(evidence, links)
    evidence_text_put(evidence, at=at)
    change.say(LedgerEvent.EVIDENCE_ADDED, round=finding.round, **links.said(), **_said(evidence))
    return evidence


@transaction.atomic
def evidence_withdraw(
    *, actor: Actor, at: datetime, finding_id: int, version: int, evidence_id: int, reason: str
) -> Finding:
    """Withdraws a piece of evidence (撤回佐证材料); it stays to be seen, and proves nothing any more.

    Refused while a closure request stands and after closing.
    """
    change = begin(
        actor=actor, at=at, action=Action.EVIDENCE_WITHDRAW, finding_id=finding_id, version=version
    )
    evidence: Evidence = piece(change.finding, "evidence", evidence_id)
    evidence_standing(change.finding, evidence)
    evidence.withdrawn_at = at
    evidence.withdrawn_by_id = actor.person_id
    evidence.withdrawn_reason = text_required(reason, msg("Reason"))
    cleaned(evidence)
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    evidence_text_remove(evidence)
    change.say(LedgerEvent.EVIDENCE_WITHDRAWN, reason=evidence.withdrawn_reason, **_said(evidence))
    return change.finish()


@transaction.atomic
def evidence_carry_over(
    *, actor: Actor, at: datetime, finding_id: int, version: int, evidence_id: int
) -> Finding:
    """Carries evidence of an earlier round over into the current one (沿用); it is judged again there.

    It goes on proving what it proved, apart from what was dropped since.

    :raises StandsOtherwiseError: when it is withdrawn, of this round, or carried over already.
    """
    change = begin(
        actor=actor, at=at, action=Action.EVIDENCE_CARRY_OVER, finding_id=finding_id, version=version
    )
    finding = change.finding
    old: Evidence = piece(finding, "evidence", evidence_id)
    carried = any(
        each.carried_from_id == old.pk and each.round == finding.round and each.withdrawn_at is None
        for each in finding.evidence.all()
    )
    if old.round == finding.round or old.withdrawn_at is not None or carried:
        raise StandsOtherwiseError(
            msg(
                "“%(title)s” cannot be carried over: it is withdrawn, belongs to this round, or was carried "
                "over "
                "already. File new evidence instead."
            ),
            title=old.title,
        )
    if stage_first_round(finding) > old.round:
        raise StandsOtherwiseError(
            msg(
                "“%(title)s” belongs to an earlier stage that is closed, and what closed that stage is "
                "carried over into no later one. File evidence of this stage instead; nothing was changed."
            ),
            title=old.title,
        )
    evidence = Evidence(
        finding=finding,
        round=finding.round,
        blob_id=old.blob_id,
        file_name=old.file_name,
        title=old.title,
        proves=old.proves,
        proves_on=old.proves_on,
        kind=old.kind,
        amount=old.amount,
        document_number=old.document_number,
        issuer=old.issuer,
        uploaded_by_id=actor.person_id,
        uploaded_at=at,
        carried_from=old,
    )
    cleaned(evidence)
    evidence.save()
    links = links_carried(finding, old)
    links_put(evidence, links)
    evidence_text_put(evidence, at=at)
    said = {"carried_from": old.pk, **links.said(), **_said(evidence)}
    change.say(LedgerEvent.EVIDENCE_CARRIED_OVER, round=finding.round, **said)
    return change.finish()


@transaction.atomic
def requirement_answer(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    requirement: Requirement,
    evidence_id: int,
) -> Finding:
    """Names the evidence that meets a requirement (落实须办事项).

    Recovered money names its amount, and people who were dealt with are told by name.

    :raises StandsOtherwiseError: when it does not apply, is answered so already, or the evidence does not
        stand.
    :raises InvalidFieldError: when money is answered with evidence without an amount, or people with
        evidence that tells of nobody.
    """
    change = begin(
        actor=actor, at=at, action=Action.REQUIREMENT_ANSWER, finding_id=finding_id, version=version
    )
    finding = change.finding
    requirement = Requirement(requirement)
    applies(finding, requirement)
    evidence: Evidence = piece(finding, "evidence", evidence_id)
    evidence_standing(finding, evidence)
    if requirement is Requirement.MONEY and evidence.amount is None:
        raise InvalidFieldError(
            msg(
                "“%(title)s” names no amount, and recovered money is shown with its amount. File evidence "
                "with "
                "the amount in yuan; nothing was changed."
            ),
            title=evidence.title,
        )
    if requirement is Requirement.PEOPLE and not any(each.person for each in evidence.links.all()):
        raise InvalidFieldError(
            msg(
                "“%(title)s” tells of nobody who was dealt with. File evidence that says who was, and how; "
                "nothing was changed."
            ),
            title=evidence.title,
        )
    if any(
        each.evidence_id == evidence.pk and each.requirement == requirement and each.round == finding.round
        for each in finding.requirement_answers.all()
    ):
        raise StandsOtherwiseError(
            msg("“%(title)s” is named for this requirement already; name other evidence."),
            title=evidence.title,
        )
    answer = RequirementAnswer(
        finding=finding,
        round=finding.round,
        requirement=requirement.value,
        evidence=evidence,
        by_id=actor.person_id,
        at=at,
    )
    cleaned(answer)
    answer.save()
    change.say(
        LedgerEvent.REQUIREMENT_ANSWERED,
        requirement=requirement.value,
        evidence_id=evidence.pk,
        title=evidence.title,
        round=finding.round,
    )
    return change.finish()


@transaction.atomic
def requirement_waive(
    *, actor: Actor, at: datetime, finding_id: int, version: int, requirement: Requirement, reason: str
) -> Finding:
    """The office signs that a requirement does not apply in this round, and why (不适用); not by who fixed.

    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    :raises StandsOtherwiseError: when it does not apply anyway.
    """
    change = begin(
        actor=actor, at=at, action=Action.REQUIREMENT_WAIVE, finding_id=finding_id, version=version
    )
    finding = change.finding
    requirement = Requirement(requirement)
    applies(finding, requirement)
    answer = RequirementAnswer(
        finding=finding,
        round=finding.round,
        requirement=requirement.value,
        reason=decision_reason(reason),
        by_id=actor.person_id,
        at=at,
    )
    cleaned(answer)
    answer.save()
    change.say(
        LedgerEvent.REQUIREMENT_WAIVED,
        requirement=requirement.value,
        reason=answer.reason,
        round=finding.round,
    )
    return change.finish()


def evidence_standing(finding: Finding, evidence: Evidence) -> None:
    """Refuses evidence that proves nothing now.

    :raises StandsOtherwiseError: when it is withdrawn or belongs to an earlier round.
    """
    if evidence.withdrawn_at is not None:
        raise StandsOtherwiseError(
            msg("“%(title)s” is withdrawn and proves nothing any more; name other evidence."),
            title=evidence.title,
        )
    if evidence.round != finding.round:
        raise StandsOtherwiseError(
            msg(
                "“%(title)s” belongs to round %(round)s, and the finding is in round %(current)s. Carry it "
                "over "
                "first, or name evidence of this round."
            ),
            title=evidence.title,
            round=evidence.round,
            current=finding.round,
        )


def applies(finding: Finding, requirement: Requirement) -> None:
    """Refuses an answer to a requirement that the office set as not applying.

    :raises StandsOtherwiseError: then.
    """
    required = {
        Requirement.MONEY: finding.money_required,
        Requirement.PEOPLE: finding.people_required,
        Requirement.SIMILAR: True,
        Requirement.CAUSE: finding.cause_required,
    }[requirement]
    if required is False:
        raise StandsOtherwiseError(
            msg("The office set that “%(requirement)s” does not apply here, so there is nothing to answer."),
            requirement=Message(REQUIREMENT_LABELS[requirement]),
        )


def _said(evidence: Evidence) -> dict[str, object]:
    return {
        "evidence_id": evidence.pk,
        "title": evidence.title,
        "file_name": evidence.file_name,
        "sha256": evidence.blob.sha256,
        "kind": evidence.kind,
        "proves": evidence.proves,
        "proves_on": evidence.proves_on.isoformat(),
        "amount": None if evidence.amount is None else str(evidence.amount),
        "document_number": evidence.document_number,
        "issuer": evidence.issuer,
    }
