"""Triggers of restricted findings (受限保护): none without somebody who sees it.

Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.ledger.models import Finding
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

# Who sees a finding can change after it is closed; nothing else of it does.
_OF_SIGHT: Final = ("restricted", "restricted_at", "restricted_by_id", "version", "changed_at")
ONLY_RESTRICTED: Final = "NEW.version = OLD.version + 1 AND " + " AND ".join(
    f"NEW.{field.attname} IS NOT DISTINCT FROM OLD.{field.attname}"
    for field in Finding._meta.concrete_fields  # noqa: SLF001  # the documented Meta API
    if field.attname not in _OF_SIGHT
)
_READER: Final = (
    "SELECT 1 FROM ledger_findingreader WHERE finding_id = {finding} AND withdrawn_at IS NULL{besides}"
)


def restricting_guards() -> Iterator[Guard]:
    """The triggers of the list of a restricted finding."""
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_restricted",
        f"NEW.restricted <> '' AND NOT EXISTS ({_READER.format(finding='NEW.id', besides='')})",
        "A finding is restricted only where somebody is listed to see it.",
    )
    yield Guard(
        "ledger_findingreader",
        "UPDATE",
        "update_last",
        "NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL"
        " AND EXISTS (SELECT 1 FROM ledger_finding WHERE id = NEW.finding_id AND restricted <> '')"
        f" AND NOT EXISTS ({_READER.format(finding='NEW.finding_id', besides=' AND id <> NEW.id')})",
        "The last who is listed to see a restricted finding stays on its list.",
    )
