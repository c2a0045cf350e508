"""What a closure request asks of those who sign (应签事项), written with it: its steps, and who is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from zhenggai.ledger.facts import ladder_for
from zhenggai.ledger.models import CalledSigner, RequestStep
from zhenggai.ledger.services.standing import cleaned
from zhenggai.ledger.signers import called_for

if TYPE_CHECKING:
    from zhenggai.ledger.models import ClosureRequest
    from zhenggai.ledger.services.standing import Change


def request_call(change: Change, request: ClosureRequest) -> list[dict[str, Any]]:
    """Writes the steps of a request just made, and who is called to those of several; for the trail."""
    finding, said = change.finding, []
    for position, step in enumerate(ladder_for(finding.inspection)):
        asked = RequestStep(
            request=request,
            position=position,
            step=step.name,
            kind=step.kind.value,
            needed=step.needed,
        )
        cleaned(asked)
        asked.save()
        people = called_for(finding, step, request.by_id, timezone.localdate(change.at)) if step.calls else []
        CalledSigner.objects.bulk_create(
            CalledSigner(request=request, step=step.name, person_id=each) for each in people
        )
        said.append({"step": step.name, "kind": asked.kind, "needed": asked.needed, "called": people})
    return said
