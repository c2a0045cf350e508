"""Under which heading a finding stands, and after which other one (归类与排序): what may still be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.messages import msg
from zhenggai.domain.restating import BAR_SENTENCES, Bar

if TYPE_CHECKING:
    from zhenggai.domain.planning import Planning

PLACE_STEP: Final = 1 << 20
"""The distance between the places of two findings that follow each other in their document."""
PLACING_SENTENCES: Final[dict[Bar, str]] = {
    **BAR_SENTENCES,
    Bar.REBOUND: msg("A fault that came back stands beside the finding it came from."),
    Bar.PLANNED: msg(
        "A plan has it that waits for approval or is approved: from then on what it says changes through an "
        "amendment of the plan, and where it stands in the tree stays."
    ),
}
"""Why a finding is not moved any more (不可移动的原因), for each bar that `placing_bar` gives."""
_FINAL: Final = frozenset({Stage.CLOSED, Stage.STAGE_CLOSED})


def placing_bar(*, stage: Stage, planning: Planning, is_rebound: bool) -> Bar | None:
    """Why a finding stays where it stands in the tree (能否移动), or nothing where it may be moved.

    Headings are the office's order: that a unit has taken the finding on does not fix them, a plan does.

    Source: DOMAIN §5 (a closure is never edited; after approval a plan changes through an amendment).
    """
    if stage in _FINAL:
        return Bar.CLOSED
    if stage is Stage.CLOSURE_REQUESTED:
        return Bar.SIGNING
    if is_rebound:
        return Bar.REBOUND
    if planning.is_fixed or planning.is_amended:
        return Bar.PLANNED
    return None


def place_between(before: int | None, after: int | None) -> int | None:
    """A place after ``before`` and before ``after`` (插入位次); None where no room is left between the two.

    Either may be missing: then it is the first or the last place.
    """
    if before is None:
        return PLACE_STEP if after is None else _half(max(after - 2 * PLACE_STEP, 0), after)
    if after is None:
        return before + PLACE_STEP
    return _half(before, after)


def _half(low: int, high: int) -> int | None:
    middle = (low + high) // 2
    return middle if low < middle < high else None
