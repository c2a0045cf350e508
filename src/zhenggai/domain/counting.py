"""Counts and rates (统计): every rate names its denominator, its rule and its rounding."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.reading import StatedProgress

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class CountingRule:
    """What counts as done (统计口径), printed next to every rate. ``places`` decimal places, rounded half up.

    Source: DOMAIN §4; published practice differs, so the rule belongs to the inspection's profile.
    """

    stage_closed_counts: bool = False
    substantially_done_counts: bool = False
    places: int = 2

    @property
    def sentence(self) -> Message:
        """The rule as a sentence."""
        return Message(
            _SENTENCES[self.stage_closed_counts, self.substantially_done_counts], {"places": self.places}
        )


_SENTENCES: Final = {
    (False, False): msg(
        "Denominator: findings. Long-term work closed for a stage and work substantially done do not count "
        "as done. Rounded half up to %(places)s places."
    ),
    (True, False): msg(
        "Denominator: findings. Long-term work closed for a stage counts as done, work substantially done "
        "does not. Rounded half up to %(places)s places."
    ),
    (False, True): msg(
        "Denominator: findings. Work substantially done counts as done, long-term work closed for a stage "
        "does not. Rounded half up to %(places)s places."
    ),
    (True, True): msg(
        "Denominator: findings. Long-term work closed for a stage and work substantially done count as done. "
        "Rounded half up to %(places)s places."
    ),
}
DEFAULT_RULE: Final = CountingRule()


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate (比率) in percent; ``percent`` is None when nothing was counted."""

    done: int
    total: int
    percent: Decimal | None
    rule: CountingRule


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings stand where (台账统计). The stages sum up to ``total``; so do the stated ones."""

    total: int = 0
    by_stage: Mapping[Stage, int] = field(default_factory=dict)
    by_stated: Mapping[StatedProgress | None, int] = field(default_factory=dict)
    stated_closed: int = 0
    stated_long_term: int = 0
    overdue: int = 0
    unassigned: int = 0

    def closing_rate(self, rule: CountingRule = DEFAULT_RULE) -> Rate:
        """The share of findings closed here (销号率)."""
        done = self.by_stage.get(Stage.CLOSED, 0)
        if rule.stage_closed_counts:
            done += self.by_stage.get(Stage.STAGE_CLOSED, 0)
        return rate(done, self.total, rule)

    def stated_rate(self, rule: CountingRule = DEFAULT_RULE) -> Rate:
        """The share of findings that documents say are done (原件所称完成率)."""
        done = self.by_stated.get(StatedProgress.DONE, 0)
        if rule.substantially_done_counts:
            done += self.by_stated.get(StatedProgress.SUBSTANTIALLY_DONE, 0)
        return rate(done, self.total, rule)


def rate(done: int, total: int, rule: CountingRule = DEFAULT_RULE) -> Rate:
    """``done`` of ``total`` in percent (比率), rounded half up; no percent of nothing."""
    if total == 0:
        return Rate(done, total, None, rule)
    step = Decimal(1).scaleb(-rule.places)
    percent = (Decimal(done) * 100 / Decimal(total)).quantize(step, rounding=ROUND_HALF_UP)
    return Rate(done, total, percent, rule)


def counting_rule(profile: Mapping[str, Any]) -> CountingRule:
    """The counting rule of an inspection's profile (统计口径); the default where it names none."""
    stated = profile.get("counting", {})
    return CountingRule(
        stage_closed_counts=bool(stated.get("stage_closed_counts", DEFAULT_RULE.stage_closed_counts)),
        substantially_done_counts=bool(
            stated.get("substantially_done_counts", DEFAULT_RULE.substantially_done_counts)
        ),
        places=int(stated.get("places", DEFAULT_RULE.places)),
    )
