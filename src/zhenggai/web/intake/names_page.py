"""The page of people and units that a document names (原件人员单位对应)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.intake import services
from zhenggai.intake.names import names_of
from zhenggai.intake.states import NameKind
from zhenggai.web.refusals import refusal_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from zhenggai.domain.naming import Named, Proposal
    from zhenggai.intake.names import Assignable, Names, Wording
    from zhenggai.intake.services import AssignedRow
    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest

SHOWN_MOST: Final = 50
OTHERS_MOST: Final = 100
WORDINGS_SHOWN: Final = 60
_FIELD: Final = re.compile(r"wording-(\d{1,6})")
_KINDS: Final = set(NameKind)


@require_http_methods(["GET", "POST"])
def intake_names(request: WebRequest, intake_id: int) -> HttpResponse:
    """Asks whom and which units the names mean, and assigns by it."""
    if request.method != "POST":
        return _page(request, intake_id)
    posted = request.POST.dict()
    common: dict[str, Any] = {"actor": request.actor, "at": request.at, "intake_id": intake_id}
    try:
        said = services.names_say(**common, meanings=meanings_of(posted))
        if posted.get("do") != "assign":
            messages.success(request, _("%(count)s answers were kept.") % {"count": said})
            return redirect("intake-names", intake_id)
        report = services.stated_assign(**common, past_due_meant=posted.get("past_due_meant") == "yes")
    except ZhenggaiError as error:
        return _page(request, intake_id, refusal=refusal_of(error))
    return _page(request, intake_id, report=report)


def meanings_of(posted: Mapping[str, str]) -> dict[tuple[NameKind, str], int | None]:
    """What the form says of each name; what is not said, or none of its words, is left out."""
    meanings: dict[tuple[NameKind, str], int | None] = {}
    for field, value in posted.items():
        found = _FIELD.fullmatch(field)
        kind, _colon, text = value.partition(":")
        meant = posted.get(f"means-{found[1]}", "") if found is not None else ""
        if found is None or kind not in _KINDS or not text:
            continue
        if meant == "none":
            meanings[NameKind(kind), text] = None
        elif meant.isascii() and meant.isdigit() and len(meant) < 19:
            meanings[NameKind(kind), text] = int(meant)
    return meanings


def _page(
    request: WebRequest,
    intake_id: int,
    *,
    refusal: Refusal | None = None,
    report: list[AssignedRow] | None = None,
) -> HttpResponse:
    names = names_of(request.actor, intake_id, request.at)
    # what is not answered comes first
    asked = sorted(names.wordings, key=lambda each: each.is_said)
    rows = sorted(names.rows, key=lambda row: row.why is not None)
    context = {
        "names": names,
        "refusal": refusal,
        "report": report or [],
        "assigned": sum(each.refusal is None for each in report or []),
        "wordings": [_wording(each, names) for each in asked[:WORDINGS_SHOWN]],
        "more_names": max(0, len(asked) - WORDINGS_SHOWN),
        "shown": [_row(row, names) for row in rows[:SHOWN_MOST]],
        "more": max(0, len(rows) - SHOWN_MOST),
    }
    return render(request, "intake/names.html", context, status=refusal.status if refusal else 200)


def _wording(wording: Wording, names: Names) -> dict[str, Any]:
    is_leader = wording.kind is NameKind.LEADER
    there = names.people if is_leader else names.units
    proposed = {each.id for each in wording.proposals}
    others = [each for each in there.values() if each.id not in proposed]
    return {
        "wording": wording,
        "is_leader": is_leader,
        "proposals": [_proposal(each, there) for each in wording.proposals],
        "others": others[:OTHERS_MOST],
    }


def _proposal(proposal: Proposal, there: Mapping[int, Named]) -> dict[str, Any]:
    named = there[proposal.id]
    return {
        "id": named.id,
        "name": named.name,
        "beside": named.beside,
        "confidence": proposal.confidence,
    }


def _row(row: Assignable, names: Names) -> dict[str, Any]:
    return {
        "row": row,
        "leader": _name(names.people, row.leader_id),
        "unit": _name(names.units, row.unit_id),
        "supporting": "、".join(_name(names.units, each) for each in row.supporting_ids),
    }


def _name(there: Mapping[int, Named], id_: int | None) -> str:
    named = there.get(id_ or 0)
    return named.name if named is not None else ""
