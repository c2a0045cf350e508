"""Counts and rates (统计): every rate names its denominator, its rule and its rounding."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.reading import StatedProgress

if TYPE_CHECKING:
    from collections.abc import Mapping


class Denominator(StrEnum):
    """What a rate is a share of (分母)."""

    FINDINGS = "findings"
    MEASURES = "measures"


DENOMINATOR_LABELS: Final[dict[Denominator, str]] = {
    Denominator.FINDINGS: msg("all findings"),
    Denominator.MEASURES: msg("all measures that stand"),
}


class Rounding(StrEnum):
    """How a rate is rounded (取舍): the half up, or what is over left out."""

    HALF_UP = "half_up"
    DOWN = "down"


ROUNDING_LABELS: Final[dict[Rounding, str]] = {
    Rounding.HALF_UP: msg("half up"),
    Rounding.DOWN: msg("down"),
}


@dataclass(frozen=True, slots=True)
class CountingRule:
    """What counts as done (统计口径), printed next to every rate. ``places`` decimal places.

    Source: DOMAIN §4; published practice differs, so the rule belongs to the inspection's profile.
    """

    stage_closed_counts: bool = False
    substantially_done_counts: bool = False
    places: int = 2
    denominator: Denominator = Denominator.FINDINGS
    rounding: Rounding = Rounding.HALF_UP

    @property
    def sentence(self) -> Message:
        """The rule in sentences."""
        done = _DONE[self.stage_closed_counts, self.substantially_done_counts]
        if self.denominator is Denominator.MEASURES:
            done = _MEASURES_DONE
        rounded = Message(_ROUNDED[self.rounding], {"places": self.places})
        return Message(
            msg("%(denominator)s %(done)s %(rounded)s"),
            {
                "denominator": Message(_DENOMINATORS[self.denominator]),
                "done": Message(done),
                "rounded": rounded,
            },
        )

    @property
    def findings_sentence(self) -> Message:
        """Which findings count as done of all of them, whatever the rate is a share of."""
        done = _DONE[self.stage_closed_counts, self.substantially_done_counts]
        denominator = Message(_DENOMINATORS[Denominator.FINDINGS])
        return Message(_PAIR, {"denominator": denominator, "done": Message(done)})

    @property
    def measures_sentence(self) -> Message:
        """Which measures count as done of all that stand."""
        denominator = Message(_DENOMINATORS[Denominator.MEASURES])
        return Message(_PAIR, {"denominator": denominator, "done": Message(_MEASURES_DONE)})

    @property
    def label(self) -> str:
        """The msgid of what the rate is called (比率名称)."""
        return _NAMES[self.denominator]


_DENOMINATORS: Final = {
    Denominator.FINDINGS: msg("Denominator: findings."),
    Denominator.MEASURES: msg("Denominator: measures that stand."),
}
_NAMES: Final = {
    Denominator.FINDINGS: msg("closing rate"),
    Denominator.MEASURES: msg("rate of measures done"),
}
_DONE: Final = {
    (False, False): msg(
        "Long-term work closed for a stage and work substantially done do not count as done."
    ),
    (True, False): msg("Long-term work closed for a stage counts as done, work substantially done does not."),
    (False, True): msg("Work substantially done counts as done, long-term work closed for a stage does not."),
    (True, True): msg("Long-term work closed for a stage and work substantially done count as done."),
}
_PAIR: Final = msg("%(denominator)s %(done)s")
_MEASURES_DONE: Final = msg("A measure counts as done once its completion is reported.")
_ROUNDED: Final = {
    Rounding.HALF_UP: msg("Rounded half up to %(places)s places."),
    Rounding.DOWN: msg("Rounded down to %(places)s places."),
}
_ROUNDINGS: Final = {Rounding.HALF_UP: ROUND_HALF_UP, Rounding.DOWN: ROUND_DOWN}
DEFAULT_RULE: Final = CountingRule()


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate (比率) in percent; ``percent`` is None when nothing was counted."""

    done: int
    total: int
    percent: Decimal | None
    rule: CountingRule


@dataclass(frozen=True, slots=True)
class Rebounds:
    """What of a tally came back (反弹): successors, and origins that are closed while one is open.

    ``closed`` and ``stage_closed`` of the ``successors``; ``closed_open`` and ``stage_closed_open``: of the
    origins closed so, those whose successor is open, which count as not closed.
    """

    successors: int = 0
    closed: int = 0
    stage_closed: int = 0
    closed_open: int = 0
    stage_closed_open: int = 0


NO_REBOUNDS: Final = Rebounds()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings stand where (台账统计). The stages sum up to ``total``; so do the stated ones.

    Successors are among them, and stand outside every rate (``rebounds``).
    """

    total: int = 0
    by_stage: Mapping[Stage, int] = field(default_factory=dict)
    by_stated: Mapping[StatedProgress | None, int] = field(default_factory=dict)
    stated_closed: int = 0
    stated_long_term: int = 0
    overdue: int = 0
    unassigned: int = 0
    measures: int = 0
    measures_done: int = 0
    rebounds: Rebounds = NO_REBOUNDS

    @property
    def denominator(self) -> int:
        """The findings that rates are a share of (分母): all but successors."""
        return self.total - self.rebounds.successors

    def closing_rate(self, rule: CountingRule = DEFAULT_RULE) -> Rate:
        """The share of findings closed here (销号率), or of measures done (措施完成率), as the rule has it.

        What a unit calls substantially done is a claim and never closes; it counts among stated states only.
        A successor stands outside the denominator, and its origin is not closed while the successor is open.

        Source: DOMAIN §4 and §5 rule 7.
        """
        if rule.denominator is Denominator.MEASURES:
            return rate(self.measures_done, self.measures, rule)
        back = self.rebounds
        done = self.by_stage.get(Stage.CLOSED, 0) - back.closed - back.closed_open
        if rule.stage_closed_counts:
            done += self.by_stage.get(Stage.STAGE_CLOSED, 0) - back.stage_closed - back.stage_closed_open
        return rate(done, self.denominator, rule)

    def stated_rate(self, rule: CountingRule = DEFAULT_RULE) -> Rate:
        """The share of findings that documents say are done (原件所称完成率)."""
        done = self.by_stated.get(StatedProgress.DONE, 0)
        if rule.substantially_done_counts:
            done += self.by_stated.get(StatedProgress.SUBSTANTIALLY_DONE, 0)
        return rate(done, self.denominator, rule)


def rate(done: int, total: int, rule: CountingRule = DEFAULT_RULE) -> Rate:
    """``done`` of ``total`` in percent (比率), rounded as the rule says; no percent of nothing."""
    if total == 0:
        return Rate(done, total, None, rule)
    step = Decimal(1).scaleb(-rule.places)
    percent = (Decimal(done) * 100 / Decimal(total)).quantize(step, rounding=_ROUNDINGS[rule.rounding])
    return Rate(done, total, percent, rule)
