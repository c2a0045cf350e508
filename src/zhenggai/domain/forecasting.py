"""Which findings will be late, as far as plain facts tell (逾期预判): a rule that is printed, no guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zhenggai.domain.messages import Message, msg


@dataclass(frozen=True, slots=True)
class ForecastRule:
    """When an open finding that is not overdue counts as likely to be late (预判规则), in days.

    It is due within ``near_days``, nobody has asked to close it, and it is *behind* (fewer than half of its
    measures are done, or, within ``last_days``, not all of them; without measures it is behind) or *silent*
    (open for longer than ``silent_days``, in which nobody reported progress on it).
    """

    near_days: int = 14
    last_days: int = 7
    silent_days: int = 14

    @property
    def sentence(self) -> Message:
        """The rule in sentences."""
        return Message(
            msg(
                "Due within %(near)s days, no closing asked for, and behind or silent. Behind: fewer than "
                "half of the measures that stand are done or, within %(last)s days, not all of them; with "
                "no measure, too. Silent: open for longer than %(silent)s days, and no progress report in "
                "that time."
            ),
            {"near": self.near_days, "last": self.last_days, "silent": self.silent_days},
        )

    def is_behind(self, days_left: int, done: int, measures: int) -> bool:
        """Whether the measures are behind the days that are left (措施滞后)."""
        if not measures:
            return True
        return 2 * done < measures or (days_left <= self.last_days and done < measures)


FORECAST_RULE: Final = ForecastRule()
