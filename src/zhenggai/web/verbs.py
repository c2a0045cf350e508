"""What is done with accounts on the pages (账号类操作): a verb, its panel, and how it is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from zhenggai.domain.errors import NotFoundError, NotPermittedError, ZhenggaiError
from zhenggai.domain.policy import GRANTS, Action, Facts, judge
from zhenggai.web.panels import Panel
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import Promise

    from zhenggai.web.forms.plain import PlainForm
    from zhenggai.web.requests import WebRequest


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing done to a person, a post, an organisation or a leading group, with its form and words."""

    form: type[PlainForm]
    action: Action
    service: Callable[..., Any]
    button: str | Promise
    done: str | Promise
    icon: str
    is_grave: bool = False


def verb_named(verbs: dict[str, Verb], verb: str) -> Verb:
    """The verb of an address.

    :raises Http404: when there is none.
    """
    if verb not in verbs:
        raise Http404
    return verbs[verb]


def may(request: WebRequest, action: Action) -> bool:
    """Whether the actor has a post for it anywhere; where exactly is the services' question."""
    return any(request.actor.has(role) for role, _scope in GRANTS[action])


def only(request: WebRequest, *actions: Action) -> None:
    """Turns away whoever has a post for none of the actions anywhere.

    :raises NotPermittedError: naming who may.
    """
    if not any(may(request, action) for action in actions):
        verdict = judge(request.actor, actions[0], Facts())
        if verdict.reason is not None:
            raise NotPermittedError(verdict.reason.template, **verdict.reason.values)


def carry_out(
    request: WebRequest, act: Verb, form: PlainForm, key: dict[str, Any], *others: Action
) -> Refusal | None:
    """Calls the service; what stands in the way, if anything does. ``others`` open the same verb."""
    only(request, act.action, *others)
    if not form.is_valid():
        return refusal_of_form()
    try:
        act.service(actor=request.actor, at=request.at, **key, **form.cleaned_data)
    except NotFoundError:
        raise
    except ZhenggaiError as error:
        return refusal_of(error)
    messages.success(request, str(act.done))
    return None


def panel_of(
    act: Verb,
    verb: str,
    address: str,
    key: int,
    *,
    anchor: str = "",
    initial: dict[str, Any] | None = None,
    refused: tuple[str, PlainForm] | None = None,
) -> Panel:
    """The button and form of a verb; with what was typed where it was refused."""
    anchor = anchor or verb
    is_refused = refused is not None and refused[0] == anchor
    form = refused[1] if refused and is_refused else act.form(initial=initial, auto_id=f"{anchor}-%s")
    return Panel(
        act.button,
        act.icon,
        reverse(address, args=[key, verb]),
        anchor,
        form,
        is_open=is_refused,
        is_grave=act.is_grave,
    )


def whole(text: str) -> int | None:
    """The id in a query string; None where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
