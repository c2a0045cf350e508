"""What other programs may do on a finding (接口办理): reports, evidence, requests, signatures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils import timezone
from ninja import File, Form, Router, Schema
from ninja.errors import ValidationError
from ninja.files import UploadedFile
from ninja.params.functions import Header

from zhenggai.accounts.calling import call_once
from zhenggai.accounts.kinds import TOKEN_REACH_LABELS, TokenReach
from zhenggai.api import taken
from zhenggai.api.errors import ReachTooShortError
from zhenggai.api.shown import brief_said
from zhenggai.domain.messages import Message
from zhenggai.files.errors import FileTooLargeError
from zhenggai.ledger import services

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.api.requests import ApiRequest

router = Router()
IDEMPOTENCY_KEY: Final = Header(None, alias="Idempotency-Key")
REACHES: Final = tuple(TokenReach)
MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """One address that changes something: its last word, its body, its service, the reach it needs."""

    verb: str
    body: type[Schema]
    service: Callable[..., Any]
    reach: TokenReach


CALLS: Final = (
    Call("progress", taken.ProgressIn, services.progress_report, TokenReach.REPORT),
    Call("measure-complete", taken.MeasureDoneIn, services.measure_complete, TokenReach.REPORT),
    Call("task-report", taken.TaskReportIn, services.task_report, TokenReach.REPORT),
    Call("evidence-withdraw", taken.EvidenceReasonIn, services.evidence_withdraw, TokenReach.REPORT),
    Call("evidence-carry-over", taken.EvidenceOnlyIn, services.evidence_carry_over, TokenReach.REPORT),
    Call("reading", taken.ReadingIn, services.reading_record, TokenReach.REPORT),
    Call("requirement-answer", taken.RequirementIn, services.requirement_answer, TokenReach.REPORT),
    Call("situation", taken.SituationIn, services.situation_raise, TokenReach.REPORT),
    Call("comment", taken.CommentIn, services.comment_add, TokenReach.REPORT),
    Call("comment-withdraw", taken.CommentWithdrawIn, services.comment_withdraw, TokenReach.REPORT),
    Call("situation-pass-up", taken.SituationPassUpIn, services.situation_pass_up, TokenReach.SIGN),
    Call("situation-answer", taken.SituationAnswerIn, services.situation_answer, TokenReach.SIGN),
    Call("closure-request", taken.RequestIn, services.closure_request, TokenReach.REPORT),
    Call("closure-withdraw", taken.ReasonIn, services.closure_withdraw, TokenReach.REPORT),
    Call("extension-request", taken.ExtensionIn, services.extension_request, TokenReach.REPORT),
    Call("long-term-request", taken.LongTermIn, services.long_term_request, TokenReach.REPORT),
    Call("deadline-withdraw", taken.ReasonIn, services.deadline_withdraw, TokenReach.REPORT),
    Call("deadline-sign", taken.NoteIn, services.deadline_sign, TokenReach.SIGN),
    Call("deadline-send-back", taken.ReasonIn, services.deadline_send_back, TokenReach.SIGN),
    Call("closure-sign", taken.NoteIn, services.closure_sign, TokenReach.SIGN),
    Call("closure-send-back", taken.ReturnIn, services.closure_send_back, TokenReach.SIGN),
)


def reach_checked(request: ApiRequest, needed: TokenReach) -> None:
    """Sees that the token reaches as far.

    :raises ReachTooShortError: when it does not.
    """
    if REACHES.index(request.reach) < REACHES.index(needed):
        raise ReachTooShortError(reach=Message(TOKEN_REACH_LABELS[request.reach]))


def done(
    request: ApiRequest, key: str | None, asked: dict[str, Any], do: Callable[[], Any]
) -> dict[str, Any]:
    """Does the change, once where the caller gave a key, and tells how the finding stands after it."""
    said, is_repeated = once(
        request, key, asked, lambda: dict(brief_said(do(), timezone.localdate(request.at)))
    )
    return {"finding": said, "repeated": is_repeated}


def once(
    request: ApiRequest, key: str | None, asked: dict[str, Any], answer: Callable[[], dict[str, Any]]
) -> tuple[dict[str, Any], bool]:
    """The answer to a call, and whether it was given before: under a key it is done once."""
    if key is None:
        return answer(), False
    return call_once(key=key, asked=asked, actor=request.actor, at=request.at, do=answer)


def _route(call: Call) -> None:
    def act(request: Any, finding_id: int, body: Any, key: str | None = IDEMPOTENCY_KEY) -> dict[str, Any]:
        reach_checked(request, call.reach)
        values = body.dict()
        asked = {"verb": call.verb, "finding": finding_id, "body": body.model_dump(mode="json")}
        return done(
            request,
            key,
            asked,
            lambda: call.service(actor=request.actor, at=request.at, finding_id=finding_id, **values),
        )

    act.__name__ = f"finding_{call.verb.replace('-', '_')}"
    act.__doc__ = call.body.__doc__
    act.__annotations__["body"] = call.body
    router.post(f"/findings/{{finding_id}}/{call.verb}", summary=call.verb)(act)


for _call in CALLS:
    _route(_call)


@router.post("/findings/{finding_id}/evidence", summary="evidence")
def finding_evidence(
    request: Any,
    finding_id: int,
    details: Form[taken.EvidenceIn],
    file: File[UploadedFile],
    key: str | None = IDEMPOTENCY_KEY,
) -> dict[str, Any]:
    """Files a piece of evidence (佐证材料) as ``multipart/form-data``, the file as ``file``."""
    reach_checked(request, TokenReach.REPORT)
    _named_only(request)
    # the handler of uploads leaves it on the request, and the rest of the file is thrown away
    if getattr(request, "upload_refused", ""):
        raise FileTooLargeError(most_mib=settings.ZHENGGAI_MAX_STORED_BYTES // MEBIBYTE)
    asked = {
        "verb": "evidence",
        "finding": finding_id,
        "body": details.model_dump(mode="json"),
        "file": [file.name, _digest(file)] if key is not None else [],
    }
    # a large file takes its time: what it does happens now, not when its first byte came
    request.at = timezone.now()
    return done(
        request,
        key,
        asked,
        lambda: services.evidence_add(
            actor=request.actor,
            at=request.at,
            finding_id=finding_id,
            file=file,
            file_name=file.name or "",
            **details.values(),
        ),
    )


def _named_only(request: Any) -> None:
    """Sees that a form has no field that is not taken, as of JSON the bodies themselves do.

    :raises ValidationError: naming each.
    """
    unknown = {*request.POST, *request.FILES} - {*taken.EvidenceIn.model_fields, "file"}
    if unknown:
        fault = "Extra inputs are not permitted"
        raise ValidationError([{"loc": ("form", "details", name), "msg": fault} for name in sorted(unknown)])


def _digest(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()
