"""Refusals as problem details (RFC 9457): the same sentences and codes as on the pages."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from django.http import JsonResponse
from django.utils.translation import gettext as _

from zhenggai.domain.errors import InvalidError, NotFoundError, NotPermittedError, ZhenggaiError
from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.domain.gates import GateResult

log = logging.getLogger(__name__)

PROBLEM: Final = "application/problem+json"


class TokenRefusedError(ZhenggaiError):
    """No token, or none that stands."""

    code = "token_refused"
    status = 401
    template = msg(
        "This call carries no token that stands. Make one on the page “My programs” and send it as "
        "“Authorization: Bearer …”; nothing was changed."
    )


class ReachTooShortError(NotPermittedError):
    """The token does not reach as far as the call."""

    code = "token_reach"
    template = msg(
        "This token may only %(reach)s, and the call asks for more. Its person can make another on the page "
        "“My programs”; nothing was changed."
    )


class NoSuchCallError(NotFoundError):
    """An address of the interface that is none."""

    code = "no_such_call"
    template = msg("The interface has no such address. Its description is at /api/1/openapi.json.")


class FilterUnknownError(InvalidError):
    """A ledger is asked to be narrowed by what it does not know."""

    code = "filter_unknown"
    template = msg("A ledger cannot be narrowed by “%(name)s”. What can be named: %(known)s.")


class CallUnreadableError(InvalidError):
    """The body of a call is not what the address takes."""

    code = "call_unreadable"
    template = msg("The call cannot be read as it is, and nothing was changed: %(faults)s")


class CallTooLargeError(InvalidError):
    """The body of a call is larger than what is read of one."""

    code = "call_too_large"
    status = 413
    template = msg(
        "The body of the call is larger than the %(most)s MiB that are read of one, and nothing was changed. "
        "Files go to “evidence” as form data."
    )


def problem(refusal: ZhenggaiError, **more: Any) -> JsonResponse:
    """The refusal as ``application/problem+json``; of a closing, every gate and how it stands."""
    said: dict[str, Any] = {
        "type": f"urn:zhenggai:error:{refusal.code}",
        "code": refusal.code,
        "status": refusal.status,
        "detail": refusal.message.render(_),
        **more,
    }
    gates = getattr(refusal, "gates", ())
    if gates:
        said["gates"] = [gate_said(gate) for gate in gates]
    response = _json(said)
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def fault() -> JsonResponse:
    """A fault of ours (500), of which the log has the rest."""
    said = {
        "type": "urn:zhenggai:error:fault",
        "code": "fault",
        "status": 500,
        "detail": _("The server failed at this call. Nothing was changed; send it again under the same key."),
    }
    return _json(said)


def gate_said(gate: GateResult) -> dict[str, Any]:
    """One gate (销号条件): how it stands, what is missing, which action would meet it, the evidence named."""
    return {
        "code": gate.code,
        "title": gate.title.render(_),
        "state": gate.state.value,
        "missing": [each.render(_) for each in gate.missing],
        "note": gate.note.render(_) if gate.note else None,
        "remedy": gate.remedy.value if gate.remedy else None,
        "evidence": list(gate.evidence),
    }


def unreadable(faults: Sequence[Mapping[str, Any]]) -> JsonResponse:
    """Fields that are missing, unknown or cannot be read, each named (422)."""
    fields = [{"field": _place(each["loc"]), "fault": each["msg"]} for each in faults]
    named = "; ".join(f"{each['field']}: {each['fault']}" for each in fields[:10])
    return problem(CallUnreadableError(faults=named), fields=fields)


def _place(parts: Sequence[Any]) -> str:
    # the first parts say where the field was looked for, the last which it is
    return ".".join(str(part) for part in parts[2:] or parts[-1:])


def _json(said: dict[str, Any]) -> JsonResponse:
    plain = {"ensure_ascii": False}
    return JsonResponse(said, status=said["status"], content_type=PROBLEM, json_dumps_params=plain)
