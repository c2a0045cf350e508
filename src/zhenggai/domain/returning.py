"""Sending a closure request back (退回): over what, which criteria failed, until when to work again."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


class ReturnGround(StrEnum):
    """What a return is about (退回事由)."""

    CRITERIA = "criteria"
    EVIDENCE = "evidence"
    PROCEDURE = "procedure"
    OTHER = "other"


RETURN_GROUND_LABELS: Final[dict[ReturnGround, str]] = {
    ReturnGround.CRITERIA: msg("acceptance criteria not met"),
    ReturnGround.EVIDENCE: msg("evidence does not suffice"),
    ReturnGround.PROCEDURE: msg("a step of the procedure is missing"),
    ReturnGround.OTHER: msg("another ground"),
}


class ReturnUnfoundedError(InvalidError):
    """A return over criteria that names none (退回未列明标准)."""

    code = "return_unfounded"
    template: ClassVar[str] = msg(
        "The return is about acceptance criteria and names none. Tick those that are not met, so that they "
        "are judged again; the others keep their judgement. Nothing was changed."
    )


class RedoDayError(InvalidError):
    """A day until which to work again that is not to come (再次整改期限无效)."""

    code = "redo_day"
    template: ClassVar[str] = msg(
        "The day until which to work again, %(redo_by)s, is not to come. Name a later day, or none; the due "
        "date stays as it is either way. Nothing was changed."
    )


def check_return(ground: ReturnGround, named: Collection[int], redo_by: date | None, on: date) -> None:
    """Refuses a return that says too little (退回要求): ``named`` are the criteria to be judged again.

    ``redo_by`` is a proposal of the reviewer and moves no due date.

    :raises ReturnUnfoundedError: when it is about criteria and names none.
    :raises RedoDayError: when the day is not after ``on``.

    Source: DOMAIN §5 (a return names its reason; the criteria named in it are judged again).
    """
    if ground is ReturnGround.CRITERIA and not named:
        raise ReturnUnfoundedError
    if redo_by is not None and redo_by <= on:
        raise RedoDayError(redo_by=redo_by.isoformat())
