"""Progress: the unit's claim, the view of who verifies (单位自评与核查认定), and the gap between them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.lifecycle import PROGRESS_LABELS, Progress
from zhenggai.domain.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

_RANK: Final = {each: place for place, each in enumerate(Progress)}
_ALL: Final = 100


class Gap(StrEnum):
    """How the unit's claim of progress stands to the view of who verifies (自评与认定差距)."""

    AHEAD = "ahead"
    AGREES = "agrees"
    BEHIND = "behind"


GAP_LABELS: Final[dict[Gap, str]] = {
    Gap.AHEAD: msg("the unit claims more than is seen"),
    Gap.AGREES: msg("claim and view agree"),
    Gap.BEHIND: msg("the unit claims less than is seen"),
}


class PercentError(InvalidError):
    """A percentage that cannot be, or not beside the progress that is claimed (完成比例无效)."""

    code = "progress_percent"
    template: ClassVar[str] = msg(
        "%(percent)s is no percentage of the work: give a whole number from 0 to 100, or none. Nothing was "
        "changed."
    )
    beside_template: ClassVar[str] = msg(
        "%(percent)s %% does not go with “%(progress)s”: done is 100, not started is 0, and everything else "
        "lies between. Correct one of them; nothing was changed."
    )


def progress_gap(claimed: Progress | None, viewed: Progress | None) -> Gap | None:
    """How the unit's last claim stands to the last view of who verifies (差距); None where one is silent.

    The order is not started, in progress, substantially done, done.
    """
    if claimed is None or viewed is None:
        return None
    if _RANK[claimed] == _RANK[viewed]:
        return Gap.AGREES
    return Gap.AHEAD if _RANK[claimed] > _RANK[viewed] else Gap.BEHIND


def views_with(gap: Gap, claimed: Progress) -> Sequence[Progress]:
    """The views that stand in this relation to a claim (对应认定)."""
    return [each for each in Progress if progress_gap(claimed, each) is gap]


def percent_checked(percent: int | None, progress: Progress) -> int | None:
    """The share of the work that the unit claims (完成比例), a whole number of per cent; None where unsaid.

    It may be less than before: what was claimed then stays beside it, and the narrative says why.

    :raises PercentError: outside 0 to 100, or where it does not go with the progress claimed.
    """
    if percent is None:
        return None
    if not 0 <= percent <= _ALL:
        raise PercentError(percent=percent)
    fits = {Progress.DONE: percent == _ALL, Progress.NOT_STARTED: percent == 0}
    if not fits.get(progress, 0 < percent < _ALL):
        label = Message(PROGRESS_LABELS[progress])
        raise PercentError(PercentError.beside_template, percent=percent, progress=label)
    return percent
