"""Refusals: each names the thing, says how it stands and what is possible instead."""

from __future__ import annotations

from typing import Any, ClassVar

from zhenggai.domain.messages import Message


class ZhenggaiError(Exception):
    """A refusal with a stable ``code`` and a whole sentence.

    ``template`` is an English msgid with ``%(name)s`` places; ``values`` fill them. Subclasses that carry one
    fixed sentence set ``template`` as a class attribute. ``status`` is how HTTP says it.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    template: ClassVar[str] = ""

    def __init__(self, template: str | None = None, /, **values: Any) -> None:
        self.message = Message(self.template if template is None else template, values)
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message.render()


class NotFoundError(ZhenggaiError):
    """There is no such thing, or it is not this actor's to see (HTTP 404)."""

    code = "not_found"
    status = 404


class NotPermittedError(ZhenggaiError):
    """The thing is visible, but this actor may never do this to it (HTTP 403)."""

    code = "not_permitted"
    status = 403


class NotAllowedNowError(ZhenggaiError):
    """The action exists and the actor may do it, but not as things stand (HTTP 409)."""

    code = "not_allowed_now"
    status = 409


class InvalidError(ZhenggaiError):
    """What was handed in cannot be taken as it is (HTTP 422)."""

    code = "invalid"
    status = 422
