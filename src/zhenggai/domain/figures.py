"""Figures of a ledger as of a day (时点统计): what each counts, by a name that a list can be opened with."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.ageing import AgeClass
from zhenggai.domain.counting import Rebounds, Tally
from zhenggai.domain.deadlines import Light
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature, Progress, Stage
from zhenggai.domain.messages import msg
from zhenggai.domain.outcomes import OUTCOME_LABELS, OutcomeKind
from zhenggai.domain.progress import GAP_LABELS, Gap
from zhenggai.domain.reading import StatedProgress

if TYPE_CHECKING:
    from collections.abc import Mapping


class Figure(StrEnum):
    """One figure (统计项): findings counted as of a day.

    Successors are counted by figures of their own alone, but for re-checks that are overdue, outcomes, and
    what the dashboard says of open work and of what became of it.
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
    OPEN = "open"
    CLOSED_EITHER = "closed_either"
    LIGHT_OVERDUE = "light_overdue"
    LIGHT_VERY_NEAR = "light_very_near"
    LIGHT_NEAR = "light_near"
    LIGHT_FAR = "light_far"
    LIGHT_NONE = "light_none"
    OPEN_WEEK = "open_week"
    OPEN_MONTH = "open_month"
    OPEN_QUARTER = "open_quarter"
    OPEN_LONGER = "open_longer"
    OVERDUE_WEEK = "overdue_week"
    OVERDUE_MONTH = "overdue_month"
    OVERDUE_QUARTER = "overdue_quarter"
    OVERDUE_LONGER = "overdue_longer"
    LATE_WEEK = "late_week"
    LATE_MONTH = "late_month"
    LATE_QUARTER = "late_quarter"
    LATE_LONGER = "late_longer"
    ASKED_TO_CLOSE = "asked_to_close"
    SENT_BACK = "sent_back"
    REPORTS_DUE = "reports_due"
    REPORTS_LATE = "reports_late"
    LIKELY_LATE = "likely_late"
    LIKELY_LATE_BEHIND = "likely_late_behind"
    LIKELY_LATE_SILENT = "likely_late_silent"


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
    Figure.OPEN: msg("open, rebounds among them"),
    Figure.CLOSED_EITHER: msg("closed, for good or for their stage"),
    Figure.LIGHT_OVERDUE: msg("open and overdue"),
    Figure.LIGHT_VERY_NEAR: msg("open and due very soon"),
    Figure.LIGHT_NEAR: msg("open and due soon"),
    Figure.LIGHT_FAR: msg("open and in time"),
    Figure.LIGHT_NONE: msg("open without a deadline"),
    Figure.OPEN_WEEK: msg("open for up to 7 days"),
    Figure.OPEN_MONTH: msg("open for 8 to 30 days"),
    Figure.OPEN_QUARTER: msg("open for 31 to 90 days"),
    Figure.OPEN_LONGER: msg("open for more than 90 days"),
    Figure.OVERDUE_WEEK: msg("overdue for up to 7 days"),
    Figure.OVERDUE_MONTH: msg("overdue for 8 to 30 days"),
    Figure.OVERDUE_QUARTER: msg("overdue for 31 to 90 days"),
    Figure.OVERDUE_LONGER: msg("overdue for more than 90 days"),
    Figure.LATE_WEEK: msg("finished up to 7 days late"),
    Figure.LATE_MONTH: msg("finished 8 to 30 days late"),
    Figure.LATE_QUARTER: msg("finished 31 to 90 days late"),
    Figure.LATE_LONGER: msg("finished more than 90 days late"),
    Figure.ASKED_TO_CLOSE: msg("whose closing was ever asked for"),
    Figure.SENT_BACK: msg("whose closing was ever sent back"),
    Figure.REPORTS_DUE: msg("on which a report of the lead unit fell due"),
    Figure.REPORTS_LATE: msg("on which a report of the lead unit came late or is owed"),
    Figure.LIKELY_LATE: msg("likely to be late"),
    Figure.LIKELY_LATE_BEHIND: msg("likely to be late: behind with its measures"),
    Figure.LIKELY_LATE_SILENT: msg("likely to be late: no report lately"),
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
LIGHTS: Final[dict[Light, Figure]] = {
    light: Figure(f"light_{light.value}")
    for light in (Light.OVERDUE, Light.VERY_NEAR, Light.NEAR, Light.FAR, Light.NONE)
}
"""Open findings by their light, the most urgent first: they sum up to `Figure.OPEN`."""
OPEN_AGES: Final[dict[AgeClass, Figure]] = {each: Figure(f"open_{each.value}") for each in AgeClass}
"""Open findings by how long they are open: they sum up to `Figure.OPEN`."""
OVERDUE_AGES: Final[dict[AgeClass, Figure]] = {each: Figure(f"overdue_{each.value}") for each in AgeClass}
"""They sum up to `Figure.LIGHT_OVERDUE`."""
LATE_AGES: Final[dict[AgeClass, Figure]] = {each: Figure(f"late_{each.value}") for each in AgeClass}
"""Findings that are closed, by how late the request was that closed them."""
DASHBOARD: Final = (
    Figure.OPEN,
    Figure.ALL,
    Figure.CLOSED_EITHER,
    Figure.CLOSED,
    *LIGHTS.values(),
    *OPEN_AGES.values(),
    *OVERDUE_AGES.values(),
    *LATE_AGES.values(),
    Figure.ASKED_TO_CLOSE,
    Figure.SENT_BACK,
    Figure.LIKELY_LATE,
    Figure.LIKELY_LATE_BEHIND,
    Figure.LIKELY_LATE_SILENT,
)
"""What the dashboard counts for each unit; reports are counted apart."""
SHEET: Final = tuple(
    each
    for each in Figure
    if each not in {*DASHBOARD, Figure.REPORTS_DUE, Figure.REPORTS_LATE}
    or each in {Figure.ALL, Figure.CLOSED}
)
"""The figures of the page of figures."""


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
