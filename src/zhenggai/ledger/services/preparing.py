"""Preparing several findings for the plan at once (批量定方案): each whole, or refused with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from django.db import transaction

from zhenggai.domain.errors import InvalidError, ZhenggaiError
from zhenggai.domain.messages import msg
from zhenggai.ledger.errors import FindingNotFoundError
from zhenggai.ledger.models import Finding
from zhenggai.ledger.services.assigning import finding_assign, finding_classify
from zhenggai.ledger.services.judging import criterion_add
from zhenggai.ledger.services.measuring import measure_add

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.lifecycle import Nature
    from zhenggai.domain.messages import Message

PREPARED_MOST: Final = 200


class NothingToPrepareError(InvalidError):
    """No finding is chosen, or nothing to be set (未选内容)."""

    code = "nothing_to_prepare"
    template: ClassVar[str] = msg(
        "Choose at least one finding and something to set for it; nothing was changed."
    )
    many_template: ClassVar[str] = msg(
        "%(count)s findings are chosen, and at most %(limit)s go at once; nothing was changed."
    )


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is set for every chosen finding; what is None or empty stays as it is.

    Leader and unit go together. How much money is to be recovered is named of each finding by itself.
    ``measure`` and ``criterion`` are added to those that are there.
    """

    nature: Nature | None = None
    money_required: bool | None = None
    people_required: bool | None = None
    cause_required: bool | None = None
    leader_id: int | None = None
    unit_id: int | None = None
    due: date | None = None
    past_due_meant: bool = False
    measure: str = ""
    criterion: str = ""

    @property
    def classifies(self) -> bool:
        """Whether nature or a requirement is set."""
        said = (self.nature, self.money_required, self.people_required, self.cause_required)
        return any(each is not None for each in said)

    @property
    def assigns(self) -> bool:
        """Whether leader and unit are named."""
        return self.leader_id is not None and self.unit_id is not None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of one finding: prepared, or refused for a reason."""

    finding_id: int
    refusal: Message | None = None


def findings_prepare(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    chosen: Sequence[tuple[int, int]],
    preparation: Preparation,
) -> list[Prepared]:
    """Sets the same for findings of one inspection (批量设定), each under every rule and by itself.

    ``chosen``: id and the version that was shown, at most `PREPARED_MOST`.

    :raises NothingToPrepareError: when none is chosen, too many are, or nothing is to be set.
    """
    said = preparation
    if not chosen or not (said.classifies or said.assigns or said.measure or said.criterion):
        raise NothingToPrepareError
    if len(chosen) > PREPARED_MOST:
        raise NothingToPrepareError(
            NothingToPrepareError.many_template, count=len(chosen), limit=PREPARED_MOST
        )
    wanted = dict(chosen)
    theirs = Finding.objects.filter(pk__in=wanted, inspection_id=inspection_id)
    known = set(theirs.values_list("pk", flat=True))
    # one of another inspection is as little there as one that is none
    return [
        _one(actor, at, finding_id, version, said)
        if finding_id in known
        else Prepared(finding_id, FindingNotFoundError().message)
        for finding_id, version in wanted.items()
    ]


def _one(actor: Actor, at: datetime, finding_id: int, version: int, said: Preparation) -> Prepared:
    try:
        with transaction.atomic():
            _steps(actor, at, finding_id, version, said)
    except ZhenggaiError as refusal:
        return Prepared(finding_id, refusal.message)
    return Prepared(finding_id)


def _steps(actor: Actor, at: datetime, finding_id: int, version: int, said: Preparation) -> None:
    finding: Finding | None = None

    def now() -> int:
        return finding.version if finding is not None else version

    if said.classifies:
        finding = finding_classify(
            actor=actor,
            at=at,
            finding_id=finding_id,
            version=now(),
            nature=said.nature,
            money_required=said.money_required,
            people_required=said.people_required,
            cause_required=said.cause_required,
            # amounts differ: each is named on its finding, which does not close before
            amount_follows=said.money_required is True,
        )
    if said.measure:
        finding = measure_add(actor=actor, at=at, finding_id=finding_id, version=now(), text=said.measure)
    if said.criterion:
        finding = criterion_add(actor=actor, at=at, finding_id=finding_id, version=now(), text=said.criterion)
    if said.leader_id is not None and said.unit_id is not None:
        finding_assign(
            actor=actor,
            at=at,
            finding_id=finding_id,
            version=now(),
            leader_id=said.leader_id,
            unit_id=said.unit_id,
            due=said.due,
            past_due_meant=said.past_due_meant,
        )
