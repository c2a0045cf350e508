"""Evaluations in words (整改评估展示): each with its figures and their rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from zhenggai.domain.figures import FIGURE_LABELS, Figure
from zhenggai.ledger.evaluating import evaluations_of, figures_said, figures_seen, rate_said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.domain.actor import Actor
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
    """One evaluation; ``basis`` is None for a reader who does not see every finding of the inspection."""

    row: Any
    is_standing: bool
    basis: Basis | None


def evaluated_lines(actor: Actor, inspection: Any) -> list[Evaluated]:
    """The evaluations of an inspection in words, the one that stands first."""
    rows = evaluations_of(inspection)
    is_whole_seen = bool(rows) and figures_seen(actor, inspection)
    return [
        Evaluated(row, place == 0, basis_of(row.figures) if is_whole_seen else None)
        for place, row in enumerate(rows)
    ]


def basis_of(said: Mapping[str, Any]) -> Basis:
    """The figures that an evaluation keeps, in words."""
    rate = rate_said(said)
    # what is kept is said, and no more: an older evaluation may keep fewer figures than one of today
    counted = [
        Counted(_(FIGURE_LABELS[each]), said["counted"][each.value], is_late=_is_late(each, said))
        for each in Figure
        if each.value in said["counted"]
    ]
    return Basis(counted, rate, rate.rule.label, rate.rule.sentence.render(_))


def _is_late(figure: Figure, said: Mapping[str, Any]) -> bool:
    return figure in _LATE and said["counted"][figure.value] > 0


def basis_now(figures: Figures) -> Basis:
    """The figures of a day as an evaluation would keep them, in words."""
    return basis_of(figures_said(figures))
