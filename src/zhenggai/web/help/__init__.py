"""What every page is for (页面帮助), by the name of its address; it comes with the program."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.web.help import (
    of_accounts,
    of_closing,
    of_intake,
    of_people,
    of_plans,
    of_rules,
    of_the_day,
    of_the_ledger,
)
from zhenggai.web.help.texts import Help

__all__ = ["HELP", "PARTS", "Help"]

PARTS: Final[tuple[tuple[str, dict[str, Help]], ...]] = (
    (msg("Day's work"), of_the_day.HELPS),
    (msg("Ledger"), of_the_ledger.HELPS),
    (msg("Plan and reports"), of_plans.HELPS),
    (msg("Signing and proofs"), of_closing.HELPS),
    (msg("Taking documents in"), of_intake.HELPS),
    (msg("Rules and rounds"), of_rules.HELPS),
    (msg("People and organisations"), of_people.HELPS),
    (msg("One's own account"), of_accounts.HELPS),
)
"""The pages by what they belong to, in the order of the list of help."""
HELP: Final[dict[str, Help]] = {name: each for _part, helps in PARTS for name, each in helps.items()}
