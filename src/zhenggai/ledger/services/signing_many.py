"""Signing several requests with one action (批量签批): each judged by itself, in a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.errors import InvalidError, ZhenggaiError
from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.domain.messages import Message, msg
from zhenggai.ledger.models import Finding, Signature
from zhenggai.ledger.services.closing import closure_sign
from zhenggai.ledger.visibility import findings_shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.gates import GateResult

SIGNED_MOST: Final = 40


class Outcome(StrEnum):
    """What became of one request among several (批量签批结果)."""

    SIGNED = "signed"
    CLOSED = "closed"
    ALREADY = "already"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SignedOne:
    """One request among several: what became of it and, refused, why (``gates`` that are not met)."""

    finding_id: int
    outcome: Outcome
    reason: Message | None = None
    gates: tuple[GateResult, ...] = ()


class NothingToSignError(InvalidError):
    """No request was chosen, or more than go at once (未选择事项)."""

    code = "nothing_to_sign"
    template: ClassVar[str] = msg(
        "No request is ticked, so nothing was signed. Tick those you have looked at, and sign again."
    )
    many_template: ClassVar[str] = msg(
        "%(count)s requests are ticked, and at most %(most)s are signed at once so that each is looked at. "
        "Nothing was signed."
    )


def closures_sign(
    *, actor: Actor, at: datetime, versions: Mapping[int, int], note: str = ""
) -> list[SignedOne]:
    """Signs the next step of each request (批量签批); a refused one says why, and the others go through.

    ``versions``: of each finding, the version that the page showed. Each goes by `closure_sign`, so by the
    same rules, gates and record as one alone. Sent twice, what the actor has signed already says so.

    :raises NothingToSignError: when none is named, or more than go at once.
    """
    if not versions:
        raise NothingToSignError
    if len(versions) > SIGNED_MOST:
        raise NothingToSignError(NothingToSignError.many_template, count=len(versions), most=SIGNED_MOST)
    return [_sign(actor, at, finding_id, version, note) for finding_id, version in versions.items()]


def _sign(actor: Actor, at: datetime, finding_id: int, version: int, note: str) -> SignedOne:
    try:
        finding = closure_sign(actor=actor, at=at, finding_id=finding_id, version=version, note=note)
    except ZhenggaiError as refusal:
        if _has_signed(actor, finding_id, version):
            return SignedOne(finding_id, Outcome.ALREADY)
        gates = tuple(gate for gate in getattr(refusal, "gates", ()) if gate.missing)
        return SignedOne(finding_id, Outcome.REFUSED, refusal.message, gates)
    is_closed = finding.stage in FINAL_STAGES
    return SignedOne(finding_id, Outcome.CLOSED if is_closed else Outcome.SIGNED)


def _has_signed(actor: Actor, finding_id: int, version: int) -> bool:
    """Whether the actor's signature of this round stands and the page was older than it: a second click."""
    rows = Finding.objects.filter(findings_shown(actor), pk=finding_id, version__gt=version)
    finding = rows.only("round").first()
    return (
        finding is not None
        and Signature.objects.filter(
            request__finding_id=finding_id, request__round=finding.round, by_id=actor.person_id
        ).exists()
    )
