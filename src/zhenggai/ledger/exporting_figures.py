"""Figures for the workbook (统计表导出): of the list that is exported, and of all that the actor sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.documents.ledger_book.content import FigureRow, FigureTable
from zhenggai.documents.words import STAGE_WORDS
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
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.messages import msg
from zhenggai.domain.outcomes import OUTCOME_LABELS
from zhenggai.ledger.figures import figures_on
from zhenggai.ledger.listing import FindingFilters, FindingOrder
from zhenggai.ledger.narrowing import findings_listed, overdue_on
from zhenggai.ledger.office_words import in_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.counting import Rate
    from zhenggai.ledger.figures import Figures
    from zhenggai.ledger.models import Inspection

_STATED_RATE: Final = msg("Done as documents say")


def figure_tables(
    actor: Actor, inspection: Inspection, on: date, filters: FindingFilters | None = None
) -> tuple[FigureTable, ...]:
    """The figures of a workbook (统计表): what the file holds, then all that the actor sees, with rates."""
    figures = figures_on(actor, inspection, on)
    day = on.isoformat()
    tables = [
        _listed(actor, inspection, filters, on),
        FigureTable(f"全部可见问题（截至{day}日终，不含反弹问题）", tuple(_rates(figures))),
        _counted(f"按环节（截至{day}）", figures, STATES),
        _counted(f"按整改类型（截至{day}）", figures, NATURES.values()),
        _counted(f"按单位自报进度（截至{day}）", figures, CLAIMS.values()),
        _counted(f"按原件所称进度（截至{day}）", figures, (*STATED.values(), Figure.STATED_CLOSED)),
        _counted(f"自报与核实比对（截至{day}）", figures, GAPS.values()),
        _counted(
            f"逾期与反弹（截至{day}）",
            figures,
            (
                Figure.OVERDUE,
                Figure.REBOUNDS_OVERDUE,
                Figure.RECHECKS_OVERDUE,
                Figure.REBOUNDS,
                *REBOUND_STATES,
            ),
        ),
        FigureTable(
            f"整改成效（截至{day}，零也列出）",
            tuple(
                FigureRow(
                    in_chinese(OUTCOME_LABELS[kind]),
                    figures.outcomes[kind],
                    f"涉及 {figures.counted[figure]} 个问题；只计有佐证且未撤回的",
                )
                for kind, figure in OUTCOMES.items()
            ),
        ),
    ]
    return tuple(tables)


def _listed(actor: Actor, inspection: Inspection, filters: FindingFilters | None, on: date) -> FigureTable:
    """How many of the rows of this very file stand where; two queries."""
    rows = findings_listed(actor, inspection, filters, FindingOrder.CHANGED).order_by()
    stages = list(rows.values_list("stage", flat=True))
    late = rows.filter(overdue_on(on)).count()
    counted = [FigureRow(STAGE_WORDS[stage], stages.count(stage.value)) for stage in Stage]
    return FigureTable(
        "本次导出的问题（含反弹问题）",
        (
            FigureRow("合计", len(stages), "各环节之和等于合计"),
            *counted,
            FigureRow("已逾期", late, f"以{on.isoformat()}计，未销号且已过时限"),
        ),
    )


def _counted(heading: str, figures: Figures, wanted: Iterable[Figure]) -> FigureTable:
    rows = (FigureRow(in_chinese(FIGURE_LABELS[each]), figures.counted[each]) for each in wanted)
    return FigureTable(heading, tuple(rows))


def _rates(figures: Figures) -> Iterable[FigureRow]:
    yield FigureRow(in_chinese(FIGURE_LABELS[Figure.ALL]), figures.counted[Figure.ALL])
    yield _rate(in_chinese(figures.rule.label), figures.computed)
    yield _rate(in_chinese(_STATED_RATE), figures.stated)


def _rate(word: str, rate: Rate) -> FigureRow:
    shown = "—" if rate.percent is None else f"{rate.percent}%"
    return FigureRow(word, shown, f"{rate.done}/{rate.total}。{rate.rule.sentence.render(in_chinese)}")
