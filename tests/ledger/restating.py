"""A later document that tells of findings, as tests take it in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ledger.world import DOCUMENT
from zhenggai.domain.spans import Span
from zhenggai.ledger import services
from zhenggai.ledger.imports import ImportedItem, RestatedFinding

if TYPE_CHECKING:
    from ledger.world import World
    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding, SourceDocument


def restate(
    world: World,
    finding: Finding,
    *,
    actor: Actor | None = None,
    version: int | None = None,
    measures: tuple[ImportedItem, ...] = (),
    actions: tuple[ImportedItem, ...] = (),
    **values: Any,
) -> SourceDocument:
    """Takes these columns of a finding, and these pieces, from a later document."""
    finding.refresh_from_db()
    said = RestatedFinding(
        finding_id=finding.pk,
        version=finding.version if version is None else version,
        span=Span(5, 50),
        values=values,
        places=dict.fromkeys(values, (5, 20)),
        measures=measures,
        actions=actions,
    )
    source = services.ledger_import(
        actor=actor or world.clerk,
        at=world.at(),
        inspection_id=finding.inspection_id,
        document=replace(DOCUMENT, name="整改台账（二季度）.xlsx"),
        findings=(),
        restated=[said],
    )
    finding.refresh_from_db()
    return source
