"""The tree of an inspection, and arranging it before its plan is submitted (整改树)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhenggai.domain.errors import NotFoundError, ZhenggaiError
from zhenggai.domain.messages import msg
from zhenggai.ledger import selectors, services
from zhenggai.ledger.errors import StandsOtherwiseError
from zhenggai.ledger.tree import Narrowing, finding_beside, headings_of, may_place
from zhenggai.web.forms.placing import MoveGroupForm, PlaceForm, RenameForm, StepForm
from zhenggai.web.labels import LABELS
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.tree_page import LEVELS, branch_of, branch_shown, key_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, QueryDict

    from zhenggai.web.requests import WebRequest

_TEXT_MOST: Final = 200
_FORMS: Final = frozenset({"place", "rename", "move-group"})


@require_safe
def inspection_tree(request: WebRequest, inspection_id: int) -> HttpResponse:
    """The tree; with ``part`` one page of a branch of it, with ``move`` or ``heading`` a form besides."""
    inspection = selectors.inspection_get(request.actor, inspection_id)
    part = branch_of(request.GET.get("part", ""))
    if part is None:
        return _page(request, inspection)
    today = timezone.localdate(request.at)
    branch = branch_shown(
        request.actor, inspection, _narrowing(request), today, part, _whole(request.GET.get("page")) or 1
    )
    context = {
        "inspection": inspection,
        "branch": branch,
        "may_edit": may_place(request.actor, inspection).allowed,
    }
    return render(request, "inspection/tree_branch.html", context | _plain(request))


@require_POST
def inspection_tree_act(request: WebRequest, inspection_id: int, verb: str) -> HttpResponse:
    """Arranges the tree; a script gets the tree as it stands then, a form is sent back to it."""
    inspection = selectors.inspection_get(request.actor, inspection_id)
    if verb not in _ACTS:
        raise Http404
    refusal: Refusal | None = None
    said = shown = ""
    try:
        said, shown = _ACTS[verb](request, inspection)
    except NotFoundError:
        raise
    except _FormError:
        refusal = refusal_of_form()
    except ZhenggaiError as error:
        refusal = refusal_of(error)
    if request.htmx:
        fresh = selectors.inspection_get(request.actor, inspection_id)
        return _page(request, fresh, refusal=refusal, said=said, shown=shown, tried=_tried(request, verb))
    if refusal is not None:
        return _page(request, inspection, refusal=refusal, tried=verb)
    messages.success(request, said)
    address = reverse("inspection-tree", args=[inspection.pk])
    return redirect(
        f"{address}?branch={shown}#{request.POST.get('finding_id', '') and 'finding-'}"
        f"{request.POST.get('finding_id', '')}"
        if shown
        else address
    )


class _FormError(Exception):
    """A form that cannot be read."""


def _read(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        raise _FormError
    values: dict[str, Any] = form.cleaned_data
    return values


def _place(request: WebRequest, inspection: Any) -> tuple[str, str]:
    form = PlaceForm(request.POST)
    form.offer(*headings_of(inspection))
    values = _read(form)
    theme_id, group_id = branch = values.pop("target")
    finding = services.finding_place(
        actor=request.actor, at=request.at, theme_id=theme_id, group_id=group_id, **values
    )
    said = _("“%(finding)s” stands under “%(heading)s” now. Move it back in the same way.")
    heading = finding.group or finding.theme
    return said % {
        "finding": finding,
        "heading": heading.title if heading else _("without a theme"),
    }, key_of(branch)


def _step(*, is_down: bool) -> Callable[[WebRequest, Any], tuple[str, str]]:
    def step(request: WebRequest, inspection: Any) -> tuple[str, str]:
        values = _read(StepForm(request.POST))
        finding = selectors.finding_get(request.actor, values["finding_id"])
        other = finding_beside(request.actor, inspection, finding, is_down=is_down)
        if other is None:
            raise StandsOtherwiseError(
                msg("It is the last one there already; nothing was changed.")
                if is_down
                else msg("It is the first one there already; nothing was changed.")
            )
        services.finding_place(
            actor=request.actor,
            at=request.at,
            theme_id=finding.theme_id,
            group_id=finding.group_id,
            **{"after_id" if is_down else "before_id": other.pk},
            **values,
        )
        said = (
            _("“%(finding)s” stands after “%(other)s” now.")
            if is_down
            else _("“%(finding)s” stands before “%(other)s” now.")
        )
        return said % {"finding": finding, "other": other}, key_of((finding.theme_id, finding.group_id))

    return step


def _rename(request: WebRequest, inspection: Any) -> tuple[str, str]:
    values = _read(RenameForm(request.POST))
    row = services.heading_rename(actor=request.actor, at=request.at, inspection_id=inspection.pk, **values)
    return _("It is called “%(title)s” now.") % {"title": row.title}, ""


def _move_group(request: WebRequest, inspection: Any) -> tuple[str, str]:
    form = MoveGroupForm(request.POST)
    form.offer(headings_of(inspection)[0])
    group = services.group_move(
        actor=request.actor, at=request.at, inspection_id=inspection.pk, **_read(form)
    )
    said = _("The group “%(group)s” stands under “%(theme)s” now. Move it back in the same way.")
    theme = group.theme.title if group.theme else _("without a theme")
    return said % {"group": group.title, "theme": theme}, key_of((group.theme_id, group.pk))


_ACTS: Final[dict[str, Callable[[WebRequest, Any], tuple[str, str]]]] = {
    "place": _place,
    "up": _step(is_down=False),
    "down": _step(is_down=True),
    "rename": _rename,
    "move-group": _move_group,
}


def _page(
    request: WebRequest,
    inspection: Any,
    *,
    refusal: Refusal | None = None,
    said: str = "",
    shown: str = "",
    tried: str = "",
) -> HttpResponse:
    today = timezone.localdate(request.at)
    narrowing = _narrowing(request)
    wanted = branch_of(shown or request.GET.get("branch", ""))
    number = _whole(request.GET.get("page")) or 1
    tree = tree_of(request.actor, inspection, narrowing, today, wanted, number)
    level = _whole(request.GET.get("level"))
    if level not in LEVELS:
        level = 3 if tree.is_whole else 2
    context = {
        "inspection": inspection,
        "tree": tree,
        "level": min(level, 2) if not tree.is_whole else level,
        "levels": LEVELS if tree.is_whole else LEVELS[:2],
        "opened": key_of(wanted) if wanted else "",
        "narrowing": narrowing,
        "rule": inspection.rules.counting,
        "form": _form(request, inspection, tried) if tree.may_edit and not said else None,
        "refusal": refusal,
        "said": said,
        "may_edit": tree.may_edit,
        "is_answer": bool(request.htmx) and request.method == "POST",
    }
    name = "inspection/tree_body.html" if context["is_answer"] else "inspection/tree.html"
    status = refusal.status if refusal else 200
    return render(request, name, context | _plain(request), status=status)


def _tried(request: WebRequest, verb: str) -> str:
    """The verb, where its form is on the page; a finding or a group may be dragged past another's form."""
    if verb == "place":
        return verb if request.GET.get("move") == request.POST.get("finding_id") else ""
    return verb if request.GET.get("heading") else ""


def _form(request: WebRequest, inspection: Any, tried: str = "") -> dict[str, Any] | None:
    """The form that the address asks for: where a finding goes, or what becomes of a heading.

    Of a refused form, which was ``tried``, what was said in it; sent again, it is of things as they stand.
    """
    themes, groups = headings_of(inspection)
    said = request.POST if tried in _FORMS else {}
    if moved := _whole(said.get("finding_id") if tried == "place" else request.GET.get("move")):
        finding = selectors.findings_visible(request.actor, inspection.pk).filter(pk=moved).first()
        if finding is None and tried:
            return None
        if finding is None:
            raise Http404
        target = key_of((finding.theme_id, finding.group_id))
        form = PlaceForm(
            _again(request, version=finding.version) if tried == "place" else None,
            initial={"finding_id": finding.pk, "version": finding.version, "target": target},
            auto_id="move-%s",
        )
        form.offer(themes, groups)
        return {"title": str(finding), "place": form}
    asked = request.GET.get("heading", "")
    kind, id_ = asked[:1], _whole(asked[1:])
    if tried in {"rename", "move-group"}:
        kind = "g" if _whole(said.get("group_id")) else "t"
        id_ = _whole(said.get("group_id" if kind == "g" else "theme_id"))
    headings: list[Any] = [*themes] if kind == "t" else [*groups] if kind == "g" else []
    row = next((each for each in headings if each.pk == id_), None)
    if row is None:
        return None
    named = {"theme_id" if kind == "t" else "group_id": row.pk, "was": row.title, "title": row.title}
    again = _again(request, was=row.title) if tried == "rename" else None
    found: dict[str, Any] = {
        "title": row.title,
        "rename": RenameForm(again, initial=named, auto_id="rename-%s"),
    }
    if kind == "g":
        move = MoveGroupForm(
            _again(request, from_theme_id=row.theme_id or 0) if tried == "move-group" else None,
            initial={"group_id": row.pk, "from_theme_id": row.theme_id or 0, "theme_id": row.theme_id or 0},
            auto_id="group-%s",
        )
        move.offer(themes)
        found["move_group"] = move
    return found


def _again(request: WebRequest, **now: Any) -> QueryDict:
    data = request.POST.copy()
    for name, value in now.items():
        data[name] = str(value)
    return data


def _narrowing(request: WebRequest) -> Narrowing:
    said = request.GET
    return Narrowing(
        is_open=said.get("open") == "yes",
        is_overdue=said.get("overdue") == "yes",
        text=said.get("q", "")[:_TEXT_MOST],
    )


def _plain(request: WebRequest) -> dict[str, Any]:
    """What every part of the tree needs: words, and the address without its part."""
    query = request.GET.copy()
    for name in ("part", "page", "branch", "move", "heading", "level"):
        query.pop(name, None)
    return {"labels": LABELS, "query": query.urlencode()}


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else 0
