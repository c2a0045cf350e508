"""Addresses of the interface (接口路由): ``/api/1/``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError
from django.urls import path, re_path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services
from zhenggai.accounts.kinds import TokenReach
from zhenggai.api import acting, asking
from zhenggai.api.acting import MEBIBYTE, reach_checked
from zhenggai.api.errors import (
    CallTooLargeError,
    CallUnreadableError,
    NoSuchCallError,
    TokenRefusedError,
    fault,
    log,
    problem,
    unreadable,
)
from zhenggai.domain.actor import needs_factor
from zhenggai.domain.errors import ZhenggaiError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Token(HttpBearer):
    """The token of a person's program; the person's posts as they hold now decide everything else."""

    def authenticate(self, request: Any, token: str) -> Any:
        """Names the actor of the call, or refuses it."""
        row = services.token_seen(secret=token, at=request.at)
        if row is None:
            return None
        actor = accounts.actor_of(row.person, timezone.localdate(request.at))
        if (
            needs_factor(actor.roles, settings.ZHENGGAI_SECOND_FACTOR)
            and accounts.factor_of(row.person_id) is None
        ):
            return None
        request.actor = actor
        request.reach = TokenReach(row.reach)
        reach_checked(request, TokenReach.READ)
        return row


api = NinjaAPI(
    title="Zhenggai",
    version="1",
    description="Findings, evidence, progress and closing, by the same rules as the pages.",
    auth=Token(),
    # the page that shows it would load from outside; the description itself does not
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("", asking.router)
api.add_router("", acting.router)


@api.exception_handler(ZhenggaiError)
def _refused(_request: HttpRequest, refusal: ZhenggaiError) -> HttpResponse:
    return problem(refusal)


@api.exception_handler(AuthenticationError)
def _without_token(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem(TokenRefusedError())


@api.exception_handler(ValidationError)
def _unreadable(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return unreadable(error.errors)


@api.exception_handler(HttpError)
def _malformed(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(CallUnreadableError(faults=str(error)))


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(MultiPartParserError)
def _not_taken(_request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(CallUnreadableError(faults=str(error)))


@api.exception_handler(RequestDataTooBig)
def _too_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return problem(CallTooLargeError(most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEBIBYTE))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, _error: Exception) -> HttpResponse:
    log.exception("The interface failed at %s.", request.path)
    return fault()


@csrf_exempt
def nowhere(_request: HttpRequest) -> HttpResponse:
    """Says in the interface's own way that there is nothing at an address."""
    log.info("The interface was asked for an address that it does not have.")
    return problem(NoSuchCallError())


urlpatterns = [
    # the library's own answer at the root is a page
    path("", nowhere, name="api-nowhere"),
    path("", api.urls),
    re_path(r"^.*$", nowhere, name="api-nowhere"),
]
