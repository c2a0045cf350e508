"""Figures of a ledger as of a day (时点统计): what each counts, by a name that a list can be opened with."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.counting import Rebounds, Tally
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature, Progress, Stage
from zhenggai.domain.messages import msg
from zhenggai.domain.outcomes import OUTCOME_LABELS, OutcomeKind
from zhenggai.domain.progress import GAP_LABELS, Gap
from zhenggai.domain.reading import StatedProgress

if TYPE_CHECKING:
    from collections.abc import Mapping


class Figure(StrEnum):
    """One figure (统计项): findings counted as of a day.

    Successors are counted by figures of their own alone, but for re-checks that are overdue.
    """

    ALL = "all"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    RECTIFYING = "rectifying"
    CLOSURE_REQUESTED = "closure_requested"
    STAGE_CLOSED = "stage_closed"
    CLOSED = "closed"
    CAME_BACK = "came_back"
    OVERDUE = "overdue"
    IMMEDIATE = "immediate"
    TIME_BOUND = "time_bound"
    LONG_TERM = "long_term"
    NATURE_UNSET = "nature_unset"
    CLAIMED_NOT_STARTED = "claimed_not_started"
    CLAIMED_IN_PROGRESS = "claimed_in_progress"
    CLAIMED_SUBSTANTIALLY_DONE = "claimed_substantially_done"
    CLAIMED_DONE = "claimed_done"
    CLAIMED_NOTHING = "claimed_nothing"
    GAP_AHEAD = "gap_ahead"
    GAP_AGREES = "gap_agrees"
    GAP_BEHIND = "gap_behind"
    STATED_NOT_STARTED = "stated_not_started"
    STATED_IN_PROGRESS = "stated_in_progress"
    STATED_SUBSTANTIALLY_DONE = "stated_substantially_done"
    STATED_DONE = "stated_done"
    STATED_NOTHING = "stated_nothing"
    STATED_CLOSED = "stated_closed"
    REBOUNDS = "rebounds"
    REBOUNDS_OPEN = "rebounds_open"
    REBOUNDS_STAGE_CLOSED = "rebounds_stage_closed"
    REBOUNDS_CLOSED = "rebounds_closed"
    REBOUNDS_OVERDUE = "rebounds_overdue"
    CAME_BACK_STAGE_CLOSED = "came_back_stage_closed"
    RECHECKS_OVERDUE = "rechecks_overdue"
    WITH_CRITICISM = "with_criticism"
    WITH_REMINDER = "with_reminder"
    WITH_ADMONITION = "with_admonition"
    WITH_ORGANISATIONAL = "with_organisational"
    WITH_DISCIPLINARY = "with_disciplinary"
    WITH_TRANSFERRED = "with_transferred"
    WITH_RULES = "with_rules"
    WITH_MONEY = "with_money"
    WITH_MEETINGS = "with_meetings"


FIGURE_LABELS: Final[dict[Figure, str]] = {
    Figure.ALL: msg("all findings, without rebounds"),
    Figure.REGISTERED: msg("registered"),
    Figure.ASSIGNED: msg("assigned"),
    Figure.ACCEPTED: msg("accepted"),
    Figure.RECTIFYING: msg("rectifying"),
    Figure.CLOSURE_REQUESTED: msg("closure requested"),
    Figure.STAGE_CLOSED: msg("closed for this stage"),
    Figure.CLOSED: msg("closed"),
    Figure.CAME_BACK: msg("closed, and come back: counts as not closed"),
    Figure.OVERDUE: msg("overdue"),
    Figure.IMMEDIATE: msg("immediate"),
    Figure.TIME_BOUND: msg("by a date"),
    Figure.LONG_TERM: msg("long-term"),
    Figure.NATURE_UNSET: msg("nature not set"),
    Figure.CLAIMED_NOT_STARTED: msg("unit says: not started"),
    Figure.CLAIMED_IN_PROGRESS: msg("unit says: in progress"),
    Figure.CLAIMED_SUBSTANTIALLY_DONE: msg("unit says: substantially done"),
    Figure.CLAIMED_DONE: msg("unit says: done"),
    Figure.CLAIMED_NOTHING: msg("unit says nothing"),
    **{Figure(f"gap_{gap.value}"): label for gap, label in GAP_LABELS.items()},
    Figure.STATED_NOT_STARTED: msg("document says: not started"),
    Figure.STATED_IN_PROGRESS: msg("document says: in progress"),
    Figure.STATED_SUBSTANTIALLY_DONE: msg("document says: substantially done"),
    Figure.STATED_DONE: msg("document says: done"),
    Figure.STATED_NOTHING: msg("document says nothing"),
    Figure.STATED_CLOSED: msg("document says: closed"),
    Figure.REBOUNDS: msg("rebounds"),
    Figure.REBOUNDS_OPEN: msg("rebounds that are open"),
    Figure.REBOUNDS_STAGE_CLOSED: msg("rebounds closed for their stage"),
    Figure.REBOUNDS_CLOSED: msg("rebounds that are closed"),
    Figure.REBOUNDS_OVERDUE: msg("rebounds that are overdue"),
    Figure.CAME_BACK_STAGE_CLOSED: msg("closed for their stage, and come back"),
    Figure.RECHECKS_OVERDUE: msg("re-checks overdue"),
    **{Figure(f"with_{kind.value}"): label for kind, label in OUTCOME_LABELS.items()},
}
OUTCOMES: Final[dict[OutcomeKind, Figure]] = {kind: Figure(f"with_{kind.value}") for kind in OutcomeKind}
"""Findings, rebounds among them, that have an outcome of a kind."""
STAGE_FIGURES: Final[dict[Stage, Figure]] = {stage: Figure(stage.value) for stage in Stage}
OPEN_FIGURES: Final = tuple(each for stage, each in STAGE_FIGURES.items() if stage not in FINAL_STAGES)
STATES: Final = (*STAGE_FIGURES.values(), Figure.CAME_BACK)
"""Each finding that is no successor stands in exactly one of these: they sum up to `Figure.ALL`."""
NATURES: Final[dict[Nature | None, Figure]] = {
    **{nature: Figure(nature.value) for nature in Nature},
    None: Figure.NATURE_UNSET,
}
CLAIMS: Final[dict[Progress | None, Figure]] = {
    **{progress: Figure(f"claimed_{progress.value}") for progress in Progress},
    None: Figure.CLAIMED_NOTHING,
}
GAPS: Final[dict[Gap, Figure]] = {gap: Figure(f"gap_{gap.value}") for gap in Gap}
"""Findings on which unit and verifier have both said how far the work is; the denominator is their sum."""
STATED: Final[dict[StatedProgress | None, Figure]] = {
    **{progress: Figure(f"stated_{progress.value}") for progress in StatedProgress},
    None: Figure.STATED_NOTHING,
}
REBOUND_STATES: Final = (Figure.REBOUNDS_OPEN, Figure.REBOUNDS_STAGE_CLOSED, Figure.REBOUNDS_CLOSED)
"""Each successor stands in exactly one of these: they sum up to `Figure.REBOUNDS`."""


def tally_of(counted: Mapping[Figure, int], measures: tuple[int, int] = (0, 0)) -> Tally:
    """The tally that figures make up (统计汇总), for rates: ``measures`` that stand, and that are done."""
    back = counted[Figure.CAME_BACK_STAGE_CLOSED]
    closed_open = counted[Figure.CAME_BACK] - back
    closed, stage_closed = counted[Figure.REBOUNDS_CLOSED], counted[Figure.REBOUNDS_STAGE_CLOSED]
    by_stage = {stage: counted[figure] for stage, figure in STAGE_FIGURES.items()}
    by_stage[Stage.CLOSED] += closed_open + closed
    by_stage[Stage.STAGE_CLOSED] += back + stage_closed
    return Tally(
        total=counted[Figure.ALL] + counted[Figure.REBOUNDS],
        by_stage=by_stage,
        by_stated={progress: counted[figure] for progress, figure in STATED.items()},
        stated_closed=counted[Figure.STATED_CLOSED],
        overdue=counted[Figure.OVERDUE] + counted[Figure.REBOUNDS_OVERDUE],
        measures=measures[0],
        measures_done=measures[1],
        rebounds=Rebounds(counted[Figure.REBOUNDS], closed, stage_closed, closed_open, back),
    )
