"""What a row of the ledger is called where it differs from the trail (核对对象名称)."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg

KIND_LABELS: Final[dict[str, str]] = {
    "finding": msg("the finding itself"),
    "claim_update": msg("what was taken of a later document at version %(id)s"),
    "placing": msg("where it was put in the tree at version %(id)s"),
    "measure": msg("measure %(id)s"),
    "fixing_unit": msg("the unit %(id)s that was given the work"),
    "arrangement": msg("the units that carry measure %(id)s out"),
    "task": msg("the part %(id)s of a measure"),
    "reader": msg("the place %(id)s on the list of a restricted finding"),
    "refusal": msg("the refusal %(id)s of an assignment"),
    "amendment": msg("amendment %(id)s of the plan"),
    "amendment_signature": msg("the signature %(id)s of an amendment"),
    "deadline_request": msg("request %(id)s about the deadline"),
    "deadline_signature": msg("the signature %(id)s of a request about the deadline"),
    "suspension": msg("suspension %(id)s"),
    "criterion": msg("acceptance criterion %(id)s"),
    "criterion_judgement": msg("the judgement %(id)s of an acceptance criterion"),
    "evidence": msg("evidence %(id)s"),
    "evidence_judgement": msg("the judgement %(id)s of evidence"),
    "requirement_answer": msg("the answer %(id)s to a requirement"),
    "progress_report": msg("progress report %(id)s"),
    "progress_view": msg("the view %(id)s of progress"),
    "situation": msg("new situation %(id)s"),
    "situation_step": msg("the step %(id)s of a new situation"),
    "hold": msg("hold %(id)s"),
    "comment": msg("comment %(id)s"),
    "closure_request": msg("closure request %(id)s"),
    "request_step": msg("the step %(id)s of a closure request"),
    "called_signer": msg("who was called to sign, %(id)s"),
    "signature_record": msg("the recorded signature %(id)s"),
    "signature": msg("the signature %(id)s"),
    "return": msg("the return of closure request %(id)s"),
    "carried_judgement": msg("the judgement that carries over, %(id)s"),
    "closure": msg("closing %(id)s"),
    "recheck": msg("the re-check %(id)s"),
    "recheck_day": msg("the day of the next re-check"),
    "stage_start": msg("the beginning of the stage in round %(id)s"),
    "rebound": msg("the rebound %(id)s"),
    "outcome": msg("the outcome %(id)s"),
    "reading": msg("the reading %(id)s of an indicator"),
}
