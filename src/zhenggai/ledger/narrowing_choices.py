"""What the list of a ledger can be narrowed to, of what occurs in it (台账筛选的选项)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from zhenggai.accounts.selectors import organisations_at
from zhenggai.ledger.listing import FindingOrder
from zhenggai.ledger.narrowing import findings_listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Inspection

Named = tuple[int, str]


@dataclass(frozen=True, slots=True)
class NarrowingChoices:
    """Themes, lead units, units above some of them, leaders, documents: id and name, of what is seen."""

    themes: Sequence[Named] = ()
    units: Sequence[Named] = ()
    above: Sequence[Named] = ()
    leaders: Sequence[Named] = ()
    documents: Sequence[Named] = ()


def narrowing_choices(actor: Actor, inspection: Inspection) -> NarrowingChoices:
    """The choices of one ledger as the actor sees it, in five queries at most."""
    seen = findings_listed(actor, inspection, None, FindingOrder.CHANGED).order_by()
    themes = seen.filter(theme__isnull=False).values_list("theme_id", "theme__title").distinct()
    led = seen.filter(lead_unit__isnull=False)
    units = list(
        led.values_list("lead_unit_id", "lead_unit__name", "lead_unit__path")
        .distinct()
        .order_by("lead_unit__path")
    )
    leaders = seen.filter(responsible_leader__isnull=False).values_list(
        "responsible_leader_id", "responsible_leader__name"
    )
    # the first finding of a document decides, however many it has
    from_it = Exists(seen.filter(document_id=OuterRef("pk")))
    documents = inspection.documents.filter(from_it).order_by("pk")
    return NarrowingChoices(
        list(themes.order_by("theme__position", "theme_id")),
        [(key, name) for key, name, _path in units],
        _above([path for _key, _name, path in units], inspection.subject.steplen),
        list(leaders.distinct().order_by("responsible_leader__name", "responsible_leader_id")),
        [(each.pk, each.title or each.name) for each in documents],
    )


def _above(paths: Sequence[str], step: int) -> list[Named]:
    """The units that some of these, and not all, stand below."""
    below = {path[:end] for path in paths for end in range(step, len(path), step)}
    wanted = {path for path in below if not all(each.startswith(path) for each in paths)}
    found = organisations_at(wanted) if wanted else {}
    return [(each.pk, each.name) for _path, each in sorted(found.items())]
