"""What other programs may do about report requests (接口下发填报通知): issue, remind, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from zhenggai.accounts.kinds import TokenReach
from zhenggai.api import taken
from zhenggai.api.acting import IDEMPOTENCY_KEY, once, reach_checked

# what is asked and what is posted at one address stand on one router, or the second is not found
from zhenggai.api.seeing import router
from zhenggai.api.shown_reports import sheet_said
from zhenggai.ledger import reporting, services

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.api.requests import ApiRequest

__all__ = ["router"]


@router.post("/inspections/{inspection_id}/report-requests", summary="issue a report request")
def report_request_issue(
    request: Any, inspection_id: int, body: taken.ReportsIn, key: str | None = IDEMPOTENCY_KEY
) -> dict[str, Any]:
    """Asks every unit with work of an inspection to report on a period (下发填报通知)."""
    asked = {"verb": "report-requests", "inspection": inspection_id, "body": body.model_dump(mode="json")}
    return _done(
        request,
        key,
        asked,
        lambda: services.reports_request(
            actor=request.actor, at=request.at, inspection_id=inspection_id, **body.dict()
        ),
    )


@router.post("/report-requests/{request_id}/remind", summary="remind who has not reported")
def report_request_remind(
    request: Any, request_id: int, body: taken.NothingIn, key: str | None = IDEMPOTENCY_KEY
) -> dict[str, Any]:
    """Reminds every unit that has not reported, once a day (催报)."""
    asked = {"verb": "report-request-remind", "request": request_id, "body": body.model_dump(mode="json")}
    return _done(
        request,
        key,
        asked,
        lambda: services.reports_remind(actor=request.actor, at=request.at, request_id=request_id),
    )


@router.post("/report-requests/{request_id}/withdraw", summary="withdraw a report request")
def report_request_withdraw(
    request: Any, request_id: int, body: taken.WhyIn, key: str | None = IDEMPOTENCY_KEY
) -> dict[str, Any]:
    """Withdraws a report request with its reason (撤回填报通知); it stays readable."""
    asked = {"verb": "report-request-withdraw", "request": request_id, "body": body.model_dump(mode="json")}
    return _done(
        request,
        key,
        asked,
        lambda: services.reports_withdraw(
            actor=request.actor, at=request.at, request_id=request_id, **body.dict()
        ),
    )


def _done(
    request: ApiRequest, key: str | None, asked: dict[str, Any], do: Callable[[], Any]
) -> dict[str, Any]:
    """Does it, and tells how the request stands, as far as the person sees what is owed."""
    # what the office decides is no report
    reach_checked(request, TokenReach.SIGN)
    on = timezone.localdate(request.at)
    said, is_repeated = once(
        request, key, asked, lambda: sheet_said(reporting.report_sheet(request.actor, do().pk, on))
    )
    return {"report_request": said, "repeated": is_repeated}
