"""A refusal shown above the form it concerns (被拒绝的提交), with what was typed kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from zhenggai.domain.errors import ZhenggaiError
    from zhenggai.domain.gates import GateResult


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the page says on top: the sentence, the gates that are not met, a way on.

    ``fresh_url`` leads to the page as it stands now, where the form was written on an older one.
    """

    sentence: str
    status: int
    gates: tuple[GateResult, ...] = ()
    extras: tuple[str, ...] = ()
    fresh_url: str = ""

    def with_extra(self, sentence: str) -> Refusal:
        """The same with one more sentence."""
        return replace(self, extras=(*self.extras, sentence))

    def with_fresh(self, address: str) -> Refusal:
        """The same with the way to the page as it stands now."""
        return replace(self, fresh_url=address)


def refusal_of(error: ZhenggaiError) -> Refusal:
    """The refusal in the reader's language."""
    gates = tuple(gate for gate in getattr(error, "gates", ()) if gate.state == "not_met")
    return Refusal(error.message.render(_), error.status, gates)


def refusal_of_form() -> Refusal:
    """The refusal of a form with missing or unreadable fields (422); each field says its own."""
    return Refusal(
        _("Nothing was stored yet: some fields below are empty or cannot be read. What you typed is kept."),
        422,
    )
