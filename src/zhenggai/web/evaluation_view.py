"""Evaluations in words (整改评估展示): each with its figures and their rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from zhenggai.domain.figures import FIGURE_LABELS, Figure
from zhenggai.ledger.evaluating import KEPT, figures_said, rate_said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.domain.counting import Rate
    from zhenggai.ledger.figures import Figures

_LATE: Final = frozenset({Figure.OVERDUE, Figure.REBOUNDS, Figure.REBOUNDS_OPEN})


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure with its word; ``is_late``: one that tells of trouble and is not nought."""

    word: str
    number: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """The figures of a day in words, with the rate and the sentence of its rule."""

    counted: Sequence[Counted]
    rate: Rate
    rate_name: Any
    rule: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One evaluation; ``basis`` is None for a reader who does not see the whole inspection."""

    row: Any
    is_standing: bool
    basis: Basis | None


def evaluated_lines(rows: Sequence[Any], *, is_whole_seen: bool) -> list[Evaluated]:
    """The evaluations in words, the one that stands first."""
    return [
        Evaluated(row, place == 0, basis_of(row.figures) if is_whole_seen else None)
        for place, row in enumerate(rows)
    ]


def basis_of(said: Mapping[str, Any]) -> Basis:
    """The figures that an evaluation keeps, in words."""
    rate = rate_said(said)
    counted = [
        Counted(_(FIGURE_LABELS[each]), number, is_late=each in _LATE and number > 0)
        for each in KEPT
        for number in (said["counted"][each.value],)
    ]
    return Basis(counted, rate, rate.rule.label, rate.rule.sentence.render(_))


def basis_now(figures: Figures) -> Basis:
    """The figures of a day as an evaluation would keep them, in words."""
    return basis_of(figures_said(figures))
