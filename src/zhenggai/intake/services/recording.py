"""What intake writes into the trail (留痕)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.accounts import selectors as accounts
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.intake.models import Intake
    from zhenggai.proofs.chain import Json


def intake_record(
    intake: Intake, name: str, actor: Actor, at: datetime, values: Mapping[str, Json] | None = None
) -> None:
    """One event about a document, on the chain of its organisation's root (收件留痕)."""
    record(
        chain=organisation_chain(intake),
        name=name,
        actor=actor,
        at=at,
        subject=("intake", intake.pk),
        values={"name": intake.name, **(values or {})},
    )


def organisation_chain(intake: Intake) -> ChainKey:
    """The chain on which the receipt of a document stands: that of its organisation's root."""
    return ChainKey("organisation", accounts.organisation_root_id(intake.organisation.path))
