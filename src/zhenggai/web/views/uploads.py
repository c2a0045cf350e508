"""Uploads that resume (断点续传), as a script speaks with them: JSON, and raw bytes for a piece.

What is finished is named by the mark of a kept file, which the ordinary forms take in place of the file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhenggai.domain.errors import InvalidError, ZhenggaiError
from zhenggai.domain.messages import msg
from zhenggai.files import uploading
from zhenggai.files.errors import PieceTooLargeError, UploadOffsetError
from zhenggai.files.storage import PIECE_BYTES
from zhenggai.web.kept_files import mark_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.web.requests import WebRequest

_SAID_MOST = 4096


@require_POST
def upload_begin(request: WebRequest) -> JsonResponse:
    """Begins: ``{"name", "size", "sha256"?}`` → 201 ``{"id", "offset", "piece"}``."""

    def begun() -> JsonResponse:
        said = _said(request)
        upload = uploading.upload_begin(
            actor=request.actor,
            at=request.at,
            name=str(said.get("name", "")),
            size_bytes=_whole(said.get("size")),
            sha256=str(said.get("sha256") or ""),
        )
        return JsonResponse({**_stands(upload), "piece": PIECE_BYTES}, status=201)

    return _answered(begun)


@require_http_methods(["GET", "HEAD", "PUT", "DELETE"])
def upload(request: WebRequest, token: str) -> JsonResponse:
    """How it stands (GET), a piece at ``?offset=`` (PUT), or giving it up (DELETE)."""

    def done() -> JsonResponse:
        if request.method == "PUT":
            offset = _whole(request.GET.get("offset"))
            piece = _piece(request)
            row = uploading.upload_append(
                actor=request.actor, at=request.at, token=token, offset=offset, piece=piece
            )
        elif request.method == "DELETE":
            uploading.upload_cancel(actor=request.actor, token=token)
            return JsonResponse({})
        else:
            row = uploading.upload_get(actor=request.actor, token=token)
        return JsonResponse(_stands(row))

    return _answered(done)


@require_POST
def upload_finish(request: WebRequest, token: str) -> JsonResponse:
    """Ends: 200 ``{"kept", "name"}``, the mark that a form takes in place of the file."""

    def finished() -> JsonResponse:
        row = uploading.upload_finish(actor=request.actor, at=request.at, token=token)
        return JsonResponse({"kept": mark_of(request, row.stored_sha256, row.name), "name": row.name})

    return _answered(finished)


def _answered(answer: Callable[[], JsonResponse]) -> JsonResponse:
    """The answer, or the refusal with its code, its sentence and, where it tells one, the offset."""
    try:
        return answer()
    except ZhenggaiError as refused:
        told: dict[str, Any] = {"code": refused.code, "sentence": refused.message.render(_)}
        if isinstance(refused, UploadOffsetError):
            told["offset"] = refused.offset
        return JsonResponse(told, status=refused.status)


def _stands(row: Any) -> dict[str, Any]:
    return {
        "id": row.token,
        "name": row.name,
        "size": row.size_bytes,
        "offset": row.offset_bytes,
        "finished": row.finished_at is not None,
    }


def _piece(request: WebRequest) -> bytes:
    """The body, read no further than a piece may be.

    :raises PieceTooLargeError: when there is more; nothing of it is written.
    :raises InvalidError: when the line broke before its end.
    """
    most = uploading.PIECE_MOST_BYTES
    said = request.META.get("CONTENT_LENGTH") or "0"
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
    if count > most:
        raise PieceTooLargeError(count=count, most=most, offset=request.GET.get("offset", "0")[:20])
    try:
        piece = request.read(most + 1)
    except UnreadablePostError:
        raise InvalidError(msg("The line broke within this piece, so nothing of it was kept.")) from None
    if len(piece) < count:
        raise InvalidError(msg("The line broke within this piece, so nothing of it was kept."))
    return piece


def _said(request: WebRequest) -> dict[str, Any]:
    try:
        said = json.loads(request.read(_SAID_MOST))
    except (ValueError, UnreadablePostError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise InvalidError(msg("An upload begins with its name and size, as JSON."))
    return said


def _whole(value: Any) -> int:
    """The number said; -1, which nothing takes, where it is none."""
    if isinstance(value, bool):
        return -1
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return value if isinstance(value, int) and 0 <= value < 10**18 else -1
