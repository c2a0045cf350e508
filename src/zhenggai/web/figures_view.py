"""Figures of an inspection in words, each with the way to its list (统计表)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.domain.figures import (
    CLAIMS,
    FIGURE_LABELS,
    GAPS,
    NATURES,
    OUTCOMES,
    REBOUND_STATES,
    STATED,
    STATES,
    Figure,
)
from zhenggai.domain.lifecycle import PROGRESS_LABELS, Progress
from zhenggai.domain.messages import msg
from zhenggai.domain.outcomes import OUTCOME_LABELS, PEOPLE
from zhenggai.domain.reading import StatedProgress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.ledger.figures import Figures

_UNSAID = msg("nothing said")


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure with its word and the list of what it counts."""

    word: str
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What a document says and what stands here, side by side."""

    word: str
    stated: Shown
    claimed: Shown


@dataclass(frozen=True, slots=True)
class Sum:
    """One outcome summed up, with the findings that it comes from."""

    word: str
    quantity: Decimal
    findings: Shown


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of one inspection as of a day, as the page shows them."""

    inspection: Any
    figures: Figures

    @property
    def all(self) -> Shown:
        """Every finding that is no rebound: the denominator."""
        return self._shown(Figure.ALL)

    @property
    def states(self) -> list[Shown]:
        """Where the findings stood; they sum up to all."""
        return self._each(STATES)

    @property
    def natures(self) -> list[Shown]:
        """Findings by nature; they sum up to all."""
        return self._each(NATURES.values())

    @property
    def attention(self) -> list[Shown]:
        """What is late."""
        return self._each((Figure.OVERDUE, Figure.REBOUNDS_OVERDUE, Figure.RECHECKS_OVERDUE))

    @property
    def rebounds(self) -> list[Shown]:
        """What came back: all of it, and where it stood."""
        return self._each((Figure.REBOUNDS, *REBOUND_STATES))

    @property
    def beside(self) -> list[Beside]:
        """Progress as documents state it beside progress as units claim it."""
        pairs = [(Progress(each.value), each) for each in StatedProgress]
        rows = [
            (PROGRESS_LABELS[claimed], STATED[stated], CLAIMS[claimed]) for claimed, stated in reversed(pairs)
        ]
        rows.append((_UNSAID, Figure.STATED_NOTHING, Figure.CLAIMED_NOTHING))
        return [Beside(_(word), self._shown(stated), self._shown(claim)) for word, stated, claim in rows]

    @property
    def gaps(self) -> list[Shown]:
        """How the units' claims stand to the views of those who verify."""
        return self._each(GAPS.values())

    @property
    def gaps_all(self) -> int:
        """The denominator of the gaps: findings of which both have said how far the work is."""
        return sum(each.number for each in self.gaps)

    @property
    def outcomes(self) -> list[Sum]:
        """What came of the work, noughts too, each with the findings that it sums up."""
        return [
            Sum(_(OUTCOME_LABELS[kind]), self.figures.outcomes[kind], self._shown(figure))
            for kind, figure in OUTCOMES.items()
        ]

    @property
    def people(self) -> Decimal:
        """People held to account, in every kind."""
        return sum((self.figures.outcomes[kind] for kind in PEOPLE), Decimal(0))

    @property
    def closed(self) -> Beside:
        """Closed as documents state it, beside closed here."""
        return Beside("", self._shown(Figure.STATED_CLOSED), self._shown(Figure.CLOSED))

    def _each(self, figures: Iterable[Figure]) -> list[Shown]:
        return [self._shown(each) for each in figures]

    def _shown(self, figure: Figure) -> Shown:
        query = urlencode({"counted": figure.value, "on": self.figures.on.isoformat()})
        address = f"{reverse('inspection', args=[self.inspection.pk])}?{query}"
        return Shown(_(FIGURE_LABELS[figure]), self.figures.counted[figure], address)
