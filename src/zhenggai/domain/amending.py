"""What an amendment of the plan says (方案调整内容): as values, and in the form in which it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.planning import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a criterion measures (指标): from ``baseline`` to ``target`` in ``unit``."""

    unit: str
    target: Decimal
    direction: Direction
    baseline: Decimal | None = None


class ArrangedPart(StrEnum):
    """What an arrangement says of a measure (分工事项)."""

    LEADER = "leader"
    UNITS = "units"
    DUE = "due"
    REQUIREMENT = "requirement"


ARRANGED_PART_LABELS: Final[dict[ArrangedPart, str]] = {
    ArrangedPart.LEADER: msg("Leader who answers for it"),
    ArrangedPart.UNITS: msg("Units that each report their part"),
    ArrangedPart.DUE: msg("Due"),
    ArrangedPart.REQUIREMENT: msg("What is asked of the work"),
}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Who carries a measure out, by when, and what is asked of it (措施分工).

    Without leader or day those of the finding hold, without units its lead unit alone. ``leader`` and
    ``units`` are names as of the day, for whoever reads it later; the ids say who is meant.
    """

    leader_id: int | None = None
    due: date | None = None
    requirement: str = ""
    unit_ids: tuple[int, ...] = ()
    leader: str = ""
    units: tuple[str, ...] = ()

    def says(self, part: ArrangedPart) -> str:
        """One part of it in words; empty where it says nothing."""
        return {
            ArrangedPart.LEADER: self.leader,
            ArrangedPart.UNITS: "、".join(self.units),
            ArrangedPart.DUE: self.due.isoformat() if self.due else "",
            ArrangedPart.REQUIREMENT: self.requirement,
        }[part]

    def differs(self, other: Arrangement) -> tuple[ArrangedPart, ...]:
        """The parts in which it is another than ``other`` (变动事项); the order of units is nothing."""
        pairs = {
            ArrangedPart.LEADER: (self.leader_id, other.leader_id),
            ArrangedPart.UNITS: (set(self.unit_ids), set(other.unit_ids)),
            ArrangedPart.DUE: (self.due, other.due),
            ArrangedPart.REQUIREMENT: (self.requirement, other.requirement),
        }
        return tuple(part for part, (mine, theirs) in pairs.items() if mine != theirs)


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure that an amendment adds (新增措施), with who carries it out."""

    text: str
    arrangement: Arrangement = Arrangement()


@dataclass(frozen=True, slots=True)
class NewCriterion:
    """An acceptance criterion that an amendment adds (新增验收标准)."""

    text: str
    indicator: Indicator | None = None


@dataclass(frozen=True, slots=True)
class Rearranged:
    """A measure that an amendment arranges anew (调整分工): how it stood when proposed, and how it is to."""

    measure_id: int
    before: Arrangement
    after: Arrangement


@dataclass(frozen=True, slots=True)
class Amended:
    """Everything one amendment changes of the plan of a finding (方案调整)."""

    measures: tuple[NewMeasure, ...] = ()
    rearranged: tuple[Rearranged, ...] = ()
    drop_measures: tuple[int, ...] = ()
    criteria: tuple[NewCriterion, ...] = ()
    drop_criteria: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return self == Amended()


def amended_content(amended: Amended) -> dict[str, Any]:
    """It as a JSON value (调整内容): days as ISO dates, numbers as text; `amended_from` reads it back."""
    return {
        "measures": [{"text": each.text, **_arrangement(each.arrangement)} for each in amended.measures],
        "arrange": [
            {
                "measure": each.measure_id,
                **_arrangement(each.after),
                "before": _arrangement(each.before),
            }
            for each in amended.rearranged
        ],
        "drop_measures": list(amended.drop_measures),
        "criteria": [_criterion(each) for each in amended.criteria],
        "drop_criteria": list(amended.drop_criteria),
    }


def amended_from(content: Mapping[str, Any]) -> Amended:
    """What a kept JSON value says.

    Amendments of the first days name measures and criteria by their texts alone, with one day for all.
    """
    due = content.get("due")
    measures: list[dict[str, Any]] = [
        {"text": each, "due": due} if isinstance(each, str) else each for each in content["measures"]
    ]
    criteria: list[dict[str, Any]] = [
        {"text": each} if isinstance(each, str) else each for each in content["criteria"]
    ]
    return Amended(
        measures=tuple(NewMeasure(each["text"], _arrangement_from(each)) for each in measures),
        rearranged=tuple(
            Rearranged(each["measure"], _arrangement_from(each["before"]), _arrangement_from(each))
            for each in content.get("arrange", ())
        ),
        drop_measures=tuple(content["drop_measures"]),
        criteria=tuple(NewCriterion(each["text"], _indicator_from(each)) for each in criteria),
        drop_criteria=tuple(content["drop_criteria"]),
    )


def _arrangement(arrangement: Arrangement) -> dict[str, Any]:
    return {
        "leader_id": arrangement.leader_id,
        "leader": arrangement.leader,
        "due": arrangement.due.isoformat() if arrangement.due else None,
        "requirement": arrangement.requirement,
        "unit_ids": list(arrangement.unit_ids),
        "units": list(arrangement.units),
    }


def _arrangement_from(said: Mapping[str, Any]) -> Arrangement:
    due = said["due"]
    return Arrangement(
        leader_id=said.get("leader_id"),
        due=date.fromisoformat(due) if due else None,
        requirement=said.get("requirement", ""),
        unit_ids=tuple(said.get("unit_ids", ())),
        leader=said.get("leader", ""),
        units=tuple(said.get("units", ())),
    )


def _criterion(criterion: NewCriterion) -> dict[str, Any]:
    measured = criterion.indicator
    if measured is None:
        return {"text": criterion.text}
    return {
        "text": criterion.text,
        "unit": measured.unit,
        "direction": measured.direction.value,
        "target": str(measured.target),
        "baseline": None if measured.baseline is None else str(measured.baseline),
    }


def _indicator_from(said: Mapping[str, Any]) -> Indicator | None:
    if "direction" not in said:
        return None
    baseline = said["baseline"]
    return Indicator(
        unit=said["unit"],
        target=Decimal(said["target"]),
        direction=Direction(said["direction"]),
        baseline=None if baseline is None else Decimal(baseline),
    )
