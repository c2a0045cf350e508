"""Rows pasted from a spreadsheet (粘贴台账行页): looked at, then compared; nothing enters yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhenggai.domain.errors import NotFoundError, NotPermittedError, ZhenggaiError
from zhenggai.domain.policy import Action
from zhenggai.intake.services.pasting import PASTED_MOST, PasteError, rows_paste
from zhenggai.ledger import selectors
from zhenggai.reading.workbook.clipboard import NAMES, clipboard_rows, columns_guessed
from zhenggai.reading.workbook.roles import LABELS, Role
from zhenggai.web.ledger_columns import COLUMNS
from zhenggai.web.refusals import refusal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest

SHOWN_MOST: Final = 20
COLUMNS_MOST: Final = 60
TEXT_MOST: Final = 4_000_000
# what the columns of the list itself hold, whatever language they were copied in
_OWN: Final[dict[str, Role]] = {
    "number": Role.NUMBER,
    "title": Role.PROBLEM,
    "theme": Role.THEME,
    "group": Role.GROUP,
    "organisation": Role.ORGANISATION,
    "unit": Role.LEAD_UNIT,
    "leader": Role.LEADER,
    "due": Role.DUE,
    "nature": Role.NATURE,
    "stated": Role.STATUS,
}


@dataclass(frozen=True, slots=True)
class PastedColumn:
    """One column: what it is said to hold, and its place."""

    place: int
    role: str


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_paste(request: WebRequest, inspection_id: int) -> HttpResponse:
    """The field to paste into; what was pasted by rows and columns; then the comparison with the ledger.

    :raises NotPermittedError: when the reader hands nothing in here.
    """
    row = selectors.inspection_get(request.actor, inspection_id)
    verdict = selectors.inspection_actions(request.actor, row)[Action.INTAKE_CONFIRM]
    if not verdict.allowed and verdict.reason is not None:
        raise NotPermittedError(verdict.reason.template, **verdict.reason.values)
    text = request.POST.get("text", "")
    is_large = len(text) > TEXT_MOST
    # one more than go at once tells that there are more
    found = [] if is_large else clipboard_rows(text, PASTED_MOST + 2)
    rows = [each[:COLUMNS_MOST] for each in found]
    guessed, roles = _guessed(rows)
    has_head = guessed
    asked = request.POST.get("do", "")
    refusal: Refusal | None = None
    if is_large:
        refusal = refusal_of(PasteError(PasteError.large_template, most=f"{TEXT_MOST:,}"))
    elif asked == "compare":
        has_head = request.POST.get("has_head") == "yes"
        roles = [_role(request, place, role) for place, role in enumerate(roles)]
        try:
            pasted = rows_paste(
                actor=request.actor,
                at=request.at,
                inspection_id=row.pk,
                rows=rows,
                roles=roles,
                has_head=has_head,
            )
        except NotFoundError:
            raise
        except ZhenggaiError as error:
            refusal = refusal_of(error)
        else:
            return _on(request, pasted)
    elif asked == "look" and not rows:
        refusal = refusal_of(PasteError())
    elif len(rows) > PASTED_MOST + 1:
        refusal = refusal_of(PasteError(PasteError.more_template, most=PASTED_MOST))
    context: dict[str, Any] = {
        "inspection": row,
        "text": text,
        "rows": [_padded(each, len(roles)) for each in rows[:SHOWN_MOST]],
        "total": len(rows),
        "more": max(0, len(rows) - SHOWN_MOST),
        "columns": [PastedColumn(place, role.value if role else "") for place, role in enumerate(roles)],
        "choices": [(each.value, _(LABELS[each])) for each in NAMES],
        "has_head": has_head,
        "most": PASTED_MOST,
        "refusal": refusal,
    }
    return render(request, "inspection/paste.html", context, status=refusal.status if refusal else 200)


def _guessed(rows: Sequence[Sequence[str]]) -> tuple[bool, list[Role | None]]:
    """What the columns hold by their names, those of the list itself known in the reader's language."""
    has_head, roles = columns_guessed(rows)
    own = {_(COLUMNS[name].word): role for name, role in _OWN.items()}
    head = [own.get(cell.strip()) for cell in rows[0]] if rows else []
    if len({each for each in head if each is not None}) < 2:
        return has_head, [role if role in NAMES else None for role in roles]
    theirs = [*head, *[None] * (len(roles) - len(head))]
    return True, [mine or (role if role in NAMES else None) for mine, role in zip(theirs, roles, strict=True)]


def _role(request: WebRequest, place: int, guessed: Role | None) -> Role | None:
    said = request.POST.get(f"role-{place}")
    if said is None:
        return guessed
    return Role(said) if said in {each.value for each in NAMES} else None


def _padded(row: Sequence[str], wide: int) -> list[str]:
    return [*row, *[""] * (wide - len(row))]


def _on(request: WebRequest, pasted: Any) -> HttpResponse:
    """To the comparison, or to the draft where there is nothing to compare with or more to be said."""
    if pasted.is_compared:
        return redirect("intake-compare", pasted.intake.pk)
    if not pasted.is_read:
        messages.warning(
            request, _("The rows are kept, but none of them was understood. Say what the columns hold.")
        )
        return redirect("intake-mapping", pasted.intake.pk)
    return redirect("intake", pasted.intake.pk)
