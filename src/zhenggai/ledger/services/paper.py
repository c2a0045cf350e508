"""Signatures on paper and decisions of meetings (线下签批): recorded by one person, confirmed by another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.holders import actors_of
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.days import day_checked
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.file_names import file_name_safe
from zhenggai.domain.ladder import StepKind
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.paper import RecordKind
from zhenggai.domain.policy import Action, acted_for, judge, signs_step
from zhenggai.files.services import blob_store
from zhenggai.ledger.errors import ActionDeniedError, InvalidFieldError, StandsOtherwiseError
from zhenggai.ledger.facts import facts_of, step_next
from zhenggai.ledger.models import ClosureRequest, SignatureRecord
from zhenggai.ledger.paper_codes import CODE_MOST, code_read
from zhenggai.ledger.services.closing import request_standing, signature_put
from zhenggai.ledger.services.standing import begin, cleaned, piece, text_optional, text_required

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.ladder import Step
    from zhenggai.files.services import Stream
    from zhenggai.ledger.models import Finding
    from zhenggai.ledger.services.standing import Change

_NUMBER_MOST = 100


def signature_record(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    file: Stream | bytes,
    file_name: str,
    held_on: date,
    signer_id: int | None = None,
    number: str = "",
    note: str = "",
    form_code: str = "",
) -> Finding:
    """Records a signature on paper, or the minutes of a meeting, for the step that comes next (登记线下签批).

    It counts once another person has confirmed it. ``signer_id``: who signed on paper; ``number``: of the
    minutes, where the step is a meeting's decision; ``form_code``: what is printed on the form that was
    signed, by which it is known to be of this request. The scan is stored first.

    :raises FileTooLargeError: when the file is larger than the setting allows.
    :raises ActionDeniedError: when the signer could not sign the step, or records it himself.
    :raises StandsOtherwiseError: when the same is recorded already and waits to be confirmed, the scan is
        of an earlier request, the form was printed for one, or one was still undecided on that day and
        no code tells the two apart.
    :raises InvalidFieldError: when nobody is named as signer, the day is before the request or to come, or
        no form was printed with this code.
    :raises MissingTextError: when minutes have no number.
    """
    with transaction.atomic():
        begin(actor=actor, at=at, action=Action.SIGNATURE_RECORD, finding_id=finding_id, version=version)
    blob = blob_store(file, at=at, max_bytes=settings.ZHENGGAI_MAX_STORED_BYTES)
    with transaction.atomic():
        change = begin(
            actor=actor, at=at, action=Action.SIGNATURE_RECORD, finding_id=finding_id, version=version
        )
        request, step = request_standing(change.finding), _step(change)
        is_meeting = step.kind is StepKind.COLLECTIVE
        signer = None if is_meeting else _signer(change, signer_id)
        if signer is not None:
            _check_apart(change, signer)
        kind = RecordKind.MINUTES if is_meeting else RecordKind.PAPER
        code = _code(request, form_code)
        _check_of_this_request(request, held_on, blob.pk, is_told=bool(code))
        for each in request.records.all():
            if _waits(each) and (each.step, each.signer_id) == (step.name, signer and signer.person_id):
                raise StandsOtherwiseError(_RECORDED)
        record = SignatureRecord(
            request=request,
            step=step.name,
            kind=kind.value,
            signer_id=signer.person_id if signer else None,
            number=text_required(number, msg("Number of the minutes"), _NUMBER_MOST) if is_meeting else "",
            held_on=_day(held_on, timezone.localdate(request.at), timezone.localdate(at)),
            note=text_optional(note, msg("Note")),
            form_code=code,
            blob_id=blob.pk,
            file_name=file_name_safe(file_name),
            recorded_by_id=actor.person_id,
            recorded_at=at,
        )
        cleaned(record)
        record.save()
        change.say(
            LedgerEvent.SIGNATURE_RECORDED,
            record_id=record.pk,
            request_id=request.pk,
            step=step.name,
            record_kind=record.kind,
            signer_id=record.signer_id,
            signer=signer.label if signer else None,
            number=record.number,
            held_on=held_on.isoformat(),
            note=record.note,
            form_code=code,
            file_name=record.file_name,
            sha256=blob.sha256,
        )
        return change.finish()


@transaction.atomic
def signature_confirm(
    *, actor: Actor, at: datetime, finding_id: int, version: int, record_id: int
) -> Finding:
    """Confirms a recorded signature (核对线下签批): the step is signed by whom it names; the last one closes.

    A meeting's decision is confirmed by somebody whose step it is, and signed under that name.

    :raises ActionDeniedError: when the actor recorded it or is the signer, or the signer could not sign now.
    :raises StandsOtherwiseError: when it is decided already, or another step comes next.
    :raises ClosureRefusedError: with every gate, when one is not met any more.
    """
    change = begin(
        actor=actor,
        at=at,
        action=Action.SIGNATURE_CONFIRM,
        finding_id=finding_id,
        version=version,
        author_of=("records", record_id),
    )
    record, step = _waiting(change, record_id), _step(change)
    if record.step != step.name or record.request_id != request_standing(change.finding).pk:
        raise StandsOtherwiseError(_OTHER_STEP, role=Message(step.label))
    if record.signer_id is None:
        signer = _decider(change, step, record.recorded_by_id)
    else:
        signer = _signer(change, record.signer_id)
        _check_apart(change, signer)
    record.confirmed_at = at
    record.confirmed_by_id = actor.person_id
    cleaned(record)
    record.save(update_fields=["confirmed_at", "confirmed_by"])
    change.say(LedgerEvent.SIGNATURE_CONFIRMED, record_id=record.pk, request_id=record.request_id)
    signature_put(change, signer, record.note, record)
    return change.finish()


@transaction.atomic
def signature_refuse(
    *, actor: Actor, at: datetime, finding_id: int, version: int, record_id: int, reason: str
) -> Finding:
    """Refuses a recorded signature, or takes one's own record back (退回线下签批), with a reason; it stays.

    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    :raises StandsOtherwiseError: when it is decided already.
    """
    change = begin(actor=actor, at=at, action=Action.SIGNATURE_REFUSE, finding_id=finding_id, version=version)
    record = _waiting(change, record_id)
    record.refused_at = at
    record.refused_by_id = actor.person_id
    record.refused_reason = decision_reason(reason)
    cleaned(record)
    record.save(update_fields=["refused_at", "refused_by", "refused_reason"])
    change.say(
        LedgerEvent.SIGNATURE_REFUSED,
        record_id=record.pk,
        request_id=record.request_id,
        reason=record.refused_reason,
    )
    return change.finish()


def _step(change: Change) -> Step:
    step = step_next(change.finding)
    if step is None:
        raise AssertionError(f"finding {change.finding.pk} is signed by all and not closed")
    return step


def _signer(change: Change, signer_id: int | None) -> Actor:
    """Who signed on paper, with the posts of the day; who could sign the step here could on paper."""
    if signer_id is None:
        raise InvalidFieldError(
            msg("Name the person who signed on paper; without one nothing is recorded. Nothing was changed.")
        )
    facts = facts_of(change.finding)
    for signer in actors_of([signer_id], timezone.localdate(change.at)):
        verdict = judge(signer, Action.CLOSURE_SIGN, facts)
        if verdict.allowed:
            return signer
    raise ActionDeniedError(reason=Message(_NOT_THEIRS))


def _check_apart(change: Change, signer: Actor) -> None:
    """Refuses who signed on paper, for whom that was, and who could only by a post held for one of them."""
    facts = facts_of(change.finding)
    heard = {signer.person_id, *acted_for(signer, Action.CLOSURE_SIGN, facts)}
    actor = _not_for(change.actor, heard)
    if actor.person_id in heard or not judge(actor, change.action, facts).allowed:
        raise ActionDeniedError(reason=Message(_OWN))


def _not_for(actor: Actor, people: Collection[int]) -> Actor:
    """The actor without the posts held for these people."""
    return replace(actor, grants=tuple(each for each in actor.grants if each.acting_for not in people))


def _decider(change: Change, step: Step, recorded_by_id: int) -> Actor:
    """The actor, where a meeting's decision is his to confirm: the step is, and nothing stands against it.

    Not by a post held for who recorded the minutes.
    """
    facts, actor = facts_of(change.finding), _not_for(change.actor, {recorded_by_id})
    verdict = judge(actor, Action.CLOSURE_SEND_BACK, facts)
    if not verdict.allowed:
        raise ActionDeniedError(reason=verdict.reason)
    if not signs_step(actor, step, facts):
        raise ActionDeniedError(reason=Message(_DECIDER, {"role": Message(step.label)}))
    return actor


def _waiting(change: Change, record_id: int) -> SignatureRecord:
    record: SignatureRecord = piece(change.finding, "records", record_id)
    if not _waits(record):
        raise StandsOtherwiseError(_DECIDED)
    return record


def _waits(record: SignatureRecord) -> bool:
    return record.confirmed_at is None and record.refused_at is None


def _day(held_on: date, requested_on: date, today: date) -> date:
    day_checked(held_on, msg("Signed or decided on"))
    if not requested_on <= held_on <= today:
        raise InvalidFieldError(
            msg(
                "The day %(held_on)s lies before the request of %(requested_on)s or is still to come, and "
                "nobody can have signed it then. Give the day on the paper; nothing was changed."
            ),
            held_on=held_on.isoformat(),
            requested_on=requested_on.isoformat(),
        )
    return held_on


def _code(request: ClosureRequest, typed: str) -> str:
    """The code on the form, as it is printed; empty where none is given."""
    said = text_optional(typed, msg("Code on the form"), CODE_MOST)
    if not said:
        return ""
    read = code_read(said)
    if read is None:
        raise InvalidFieldError(_NO_FORM, code=said)
    code, request_id = read
    if request_id != request.pk:
        raise StandsOtherwiseError(_OLD_FORM, code=code)
    return code


def _check_of_this_request(request: ClosureRequest, held_on: date, blob_id: int, *, is_told: bool) -> None:
    """Refuses a paper of an earlier request: the same scan, or a day on which that one still stood.

    ``is_told``: the code on the form tells which request it is of.
    """
    earlier = ClosureRequest.objects.filter(finding=request.finding_id).exclude(pk=request.pk)
    if SignatureRecord.objects.filter(request__in=earlier, blob=blob_id).exists():
        raise StandsOtherwiseError(_OLD_SCAN)
    decided = earlier.filter(decided_at__isnull=False).values_list("decided_at", flat=True)
    ended = [timezone.localdate(at) for at in decided if at is not None]
    if not is_told and ended and held_on <= max(ended):
        raise StandsOtherwiseError(_OLD_DAY, held_on=held_on.isoformat())


_OLD_SCAN = msg(
    "The same scan was recorded for an earlier request of this finding, and a signature counts for the "
    "request it was given on. Record the paper signed for this one; nothing was changed."
)
_OLD_DAY = msg(
    "On %(held_on)s an earlier request of this finding still stood, and the day on a paper does not say "
    "which of the two it signs. Print the closing form of this request and give the code on it, sign here, "
    "or sign on paper from the next day on; nothing was changed."
)
_OLD_FORM = msg(
    "The form with the code %(code)s was printed for an earlier request of this finding, or for another "
    "finding, and what is signed on it counts for that one. Print the form of this request and have that "
    "signed; nothing was changed."
)
_NO_FORM = msg(
    "No form was printed here with the code “%(code)s”. Look at the last lines of the form for it, or leave "
    "it empty where the paper is another one; nothing was changed."
)
_OWN = msg(
    "A signature on paper is recorded by one person and confirmed by another, and neither is who signed it, "
    "nor for whom it was signed. "
    "Sign here instead, or another person does it."
)
_NOT_THEIRS = msg(
    "The next step is not this person's to sign: the post it asks for does not hold today, or the person "
    "submitted, fixed or signed already. Look at whose step it is."
)
_DECIDER = msg(
    "A meeting's decision is confirmed by somebody whose step “%(role)s” it is. Such a person, who did not "
    "record it, can."
)
_RECORDED = msg(
    "The same is recorded already and waits to be confirmed. Another person confirms or refuses that; "
    "nothing was changed."
)
_DECIDED = msg("This record is confirmed or refused already, and such a decision is never changed.")
_OTHER_STEP = msg(
    "This record is of a step that does not come next any more; “%(role)s” does. Refuse it with the reason."
)
