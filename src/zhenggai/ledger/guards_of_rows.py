"""Triggers of what is written once and for all in rows that change (登记内容保护).

The columns are read off the models, so that a new one is kept until it is named here as one that changes.
Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.ledger.models import ActionTaken, Finding, Inspection, SourceDocument
from zhenggai.ledger.models.findings import RESTATED, WRITTEN
from zhenggai.ledger.models.placing import PLACED
from zhenggai.trail.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

_SETTLED: Final = ", ".join(f"'{stage.value}'" for stage in sorted({Stage.CLOSURE_REQUESTED, *FINAL_STAGES}))
# What services change of a row after it is there.
CHANGING: Final[dict[type[Model], tuple[str, ...]]] = {
    Finding: (*WRITTEN, *RESTATED, "plan_id"),
    # guarded or compared with the trail
    Inspection: (
        *("plan_required", "profile_version_id", "round_id"),
        *("feedback_on", "inspector", "inspector_organisation_id"),
    ),
    SourceDocument: (),
    ActionTaken: (),
}


# the row that says of this very change what changed and by whom
_WITH: Final = (
    "EXISTS (SELECT 1 FROM {} WHERE finding_id = NEW.id AND version = NEW.version"
    " AND NEW.version = OLD.version + 1)"
)


def _differs(names: Iterable[str]) -> str:
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in names)


def row_guards() -> Iterator[Guard]:
    """For each of these tables, the trigger that keeps every other column as it was entered."""
    for model, changing in CHANGING.items():
        fields = model._meta.concrete_fields  # noqa: SLF001  # the documented Meta API
        kept = (field.attname for field in fields if field.attname not in changing)
        yield Guard(
            model._meta.db_table,  # noqa: SLF001  # likewise
            "UPDATE",
            "update_entered",
            " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in kept),
            "What was entered into the ledger with this row stays as it was entered.",
        )
    words = [name for name in RESTATED if name not in PLACED]
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_restated",
        f"({_differs(words)}) AND (OLD.stage IN ({_SETTLED}) OR NOT {_WITH.format('ledger_claimupdate')})",
        "What documents say of a finding changes only with what is taken of a later one, before closing.",
    )
    yield Guard(
        "ledger_finding",
        "UPDATE",
        "update_placed",
        f"({_differs(PLACED)}) AND (OLD.stage IN ({_SETTLED}) OR NOT ({_WITH.format('ledger_claimupdate')}"
        f" OR {_WITH.format('ledger_findingplacing')}))",
        "A finding comes under another heading only as it is put there, or as a later document says.",
    )
    yield Guard(
        "ledger_inspection",
        "UPDATE",
        "update_completed",
        "(OLD.feedback_on IS NOT NULL AND NEW.feedback_on IS DISTINCT FROM OLD.feedback_on)"
        " OR (OLD.inspector <> '' AND NEW.inspector <> OLD.inspector)"
        " OR (OLD.inspector_organisation_id IS NOT NULL"
        " AND NEW.inspector_organisation_id IS DISTINCT FROM OLD.inspector_organisation_id)",
        "The feedback day and the inspecting body of an inspection are entered once and stay.",
    )
