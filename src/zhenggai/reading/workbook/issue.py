"""What is wrong in a workbook (台账校验结果): sheet, cell, what stands there, the rule, how to repair it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.domain.messages import Message

VALUE_MOST = 60


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong or has to be asked about (校验问题).

    ``code`` is stable. ``address`` is a cell (F12), a range (B3:B6), or empty for the whole sheet.
    ``is_question``: it may be meant so; somebody has to say.
    """

    code: str
    sheet: str
    address: str
    value: str
    rule: Message
    repair: Message
    is_question: bool = False

    def to_dict(self, translate: Callable[[str], str]) -> dict[str, Any]:
        """The issue as plain JSON values, in the language of ``translate``."""
        return {
            "code": self.code,
            "sheet": self.sheet,
            "cell": self.address,
            "value": self.value,
            "rule": self.rule.render(translate),
            "repair": self.repair.render(translate),
            "question": self.is_question,
        }
