"""What the dashboard of an inspection counts as of a day (一张图): by unit and branch of the tree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, F

from zhenggai.accounts.selectors import organisations_at
from zhenggai.domain.figures import DASHBOARD, Figure
from zhenggai.ledger.burning import burning_on
from zhenggai.ledger.figure_conditions import conditions, stood
from zhenggai.ledger.figures import figures_on
from zhenggai.ledger.listing import FindingFilters, FindingOrder
from zhenggai.ledger.models import Finding
from zhenggai.ledger.narrowing import findings_listed
from zhenggai.ledger.reports_late import reports_late
from zhenggai.ledger.visibility import findings_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from zhenggai.accounts.models import Organisation
    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.burning import Burning
    from zhenggai.ledger.figures import Figures
    from zhenggai.ledger.models import Inspection

LIKELY_MOST: Final = 8
# characters of a level in a materialised path
_STEP: Final = 4


@dataclass(slots=True)
class Branch:
    """What one row of the dashboard counts (单位行).

    ``unit``: None for findings without a lead unit. ``is_whole``: with everything below the unit, or what it
    leads itself alone. ``is_divided``: units below it lead findings, so that looking into it shows more.
    """

    unit: Organisation | None
    is_whole: bool
    is_divided: bool = False
    counted: Counter[Figure] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """An inspection as of a day, as far as the actor sees it (一张图).

    ``at``: the organisation whose units the branches are; ``above``: those between the inspected organisation
    and it, the highest first. ``counted`` sums the branches up.
    """

    inspection: Inspection
    figures: Figures
    at: Organisation
    above: Sequence[Organisation]
    burning: Burning
    branches: Sequence[Branch]
    counted: Mapping[Figure, int]

    @property
    def on(self) -> date:
        """As of the end of which day."""
        return self.figures.on

    @property
    def is_part(self) -> bool:
        """Whether only the findings of one branch are counted."""
        return bool(self.above)


def dashboard_on(actor: Actor, inspection: Inspection, on: date, under: int | None = None) -> Dashboard:
    """What the actor sees of an inspection as the day ended; as many queries however many findings and units.

    ``under``: of the units at or below this one alone; an organisation that leads nothing here, with all
    below it, narrows nothing. Units are those that lead the findings now.
    """
    by_unit = _by_unit(actor, inspection, on)
    root = str(inspection.subject.path)
    places = [path for _, path in by_unit if path]
    # from the inspected organisation down to every unit
    known = {path[:end] for path in places for end in range(len(root), len(path) + 1, _STEP)}
    organisations = organisations_at({root, *known, *places})
    chosen = next((each for each in organisations.values() if each.pk == under), inspection.subject)
    at = str(chosen.path)
    branches: dict[tuple[str, bool], Branch] = {}
    for (_, path), counted in by_unit.items():
        if at != root and not path.startswith(at):
            continue
        is_below = len(path) > len(at) and path.startswith(at)
        place = path[: len(at) + _STEP] if is_below else path
        branch = branches.setdefault((place, is_below), Branch(organisations.get(place), is_whole=is_below))
        branch.is_divided |= is_below and len(path) > len(place)
        branch.counted.update(counted)
    total: Counter[Figure] = Counter()
    for each in branches.values():
        total.update(each.counted)
    under_path = at if at != root else ""
    lengths = range(len(root), len(at), _STEP) if at.startswith(root) else ()
    return Dashboard(
        inspection,
        figures_on(actor, inspection, on, under_path),
        chosen,
        [organisations[at[:end]] for end in lengths],
        burning_on(actor, inspection, on, under_path),
        [branches[key] for key in sorted(branches)],
        total,
    )


def likely_late(dashboard: Dashboard, actor: Actor) -> list[Finding]:
    """The first of those that are likely to be late, the most urgent first, each with ``due_then``.

    With lead units; one query, and one more where the dashboard is a part.
    """
    filters = FindingFilters(
        counted=Figure.LIKELY_LATE,
        counted_on=dashboard.on,
        under_id=dashboard.at.pk if dashboard.is_part else None,
    )
    rows = findings_listed(actor, dashboard.inspection, filters, FindingOrder.CHANGED)
    told = rows.annotate(due_then=F("then_due")).select_related("lead_unit")
    return list(told.order_by("due_then", "position")[:LIKELY_MOST])


def _by_unit(actor: Actor, inspection: Inspection, on: date) -> dict[tuple[int | None, str], Counter[Figure]]:
    """Every figure by lead unit and its path; empty for findings without one."""
    rows = Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection)
    told = conditions(on, inspection.rules.warning)
    grouped = (
        stood(rows, on, (told[each] for each in DASHBOARD))
        .order_by()
        .values("lead_unit_id", path=F("lead_unit__path"))
        .annotate(**{f"n_{each.value}": Count("pk", filter=told[each]) for each in DASHBOARD})
    )
    found: dict[tuple[int | None, str], Counter[Figure]] = {}
    rows_counted: Iterable[Mapping[str, Any]] = grouped
    for row in rows_counted:
        key = (row["lead_unit_id"], row["path"] or "")
        found[key] = Counter({each: row[f"n_{each.value}"] for each in DASHBOARD})
    by_id = {key[0]: key for key in found}
    for figure, units in reports_late(rows, on).items():
        for unit_id in units.values():
            found[by_id[unit_id]][figure] += 1
    return found
