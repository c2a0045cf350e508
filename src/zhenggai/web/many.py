"""Parts of the page on which many findings are gone through (批量办理页的各部分)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actor import Role
from zhenggai.domain.batches import MANY_LABELS, ROW_LABELS, ManyAction, RowState
from zhenggai.domain.grants import GRANTS
from zhenggai.domain.messages import Message, message_told
from zhenggai.domain.policy import Action
from zhenggai.ledger.batch_wishes import batch_wish_of
from zhenggai.ledger.services.batching import findings_of_batch
from zhenggai.web.forms.many import MANY_FORMS
from zhenggai.web.panels import Panel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenggai.web.forms.many import ManyForm
    from zhenggai.web.requests import WebRequest

ICONS: Final[dict[ManyAction, str]] = {
    ManyAction.ASSIGN: "user-plus",
    ManyAction.CLASSIFY: "scale",
    ManyAction.DUE: "calendar-due",
    ManyAction.HAND_OVER: "arrow-right",
    ManyAction.ACCEPT: "check",
    ManyAction.MEASURE: "plus",
    ManyAction.CRITERION: "target",
    ManyAction.COMMENT: "message-report",
}

# by which action of a finding each is judged; whose posts never allow one is not offered it, nor its names
_JUDGED: Final[dict[ManyAction, tuple[Action, ...]]] = {
    ManyAction.ASSIGN: (Action.FINDING_ASSIGN,),
    ManyAction.CLASSIFY: (Action.FINDING_CLASSIFY,),
    ManyAction.DUE: (Action.FINDING_ASSIGN, Action.EXTENSION_REQUEST),
    ManyAction.HAND_OVER: (Action.FINDING_HAND_OVER,),
    ManyAction.ACCEPT: (Action.FINDING_ACCEPT,),
    ManyAction.MEASURE: (Action.MEASURE_ADD,),
    ManyAction.CRITERION: (Action.CRITERION_ADD,),
    ManyAction.COMMENT: (),
}
_NAMING: Final = frozenset({ManyAction.ASSIGN, ManyAction.HAND_OVER})


@dataclass(frozen=True, slots=True)
class ManyRow:
    """One finding among many: what would change or has changed, or why not."""

    finding: Any
    state: str
    changes: Sequence[tuple[str, str, str]]
    reason: str

    @property
    def word(self) -> str:
        """How it stands, in a word."""
        return _(ROW_LABELS[RowState(self.state)])

    @property
    def is_well(self) -> bool:
        """Whether it can be done, or is."""
        return self.state in {RowState.READY, RowState.DONE}


def many_rows(request: WebRequest, batch: Any, rows: Sequence[Any]) -> list[ManyRow]:
    """The rows in the reader's language; of a finding seen no more nothing is told but that."""
    seen = findings_of_batch(batch, [each.finding_id for each in rows], request.actor)
    return [_row(each, seen.get(each.finding_id)) for each in rows]


def _row(row: Any, finding: Any) -> ManyRow:
    if finding is None:
        return ManyRow(None, row.state, (), _("You no longer see this finding."))
    changes = [(_(label), _said(was), _said(now)) for label, was, now in row.changes]
    return ManyRow(finding, row.state, changes, _said(row.reason))


def _said(kept: Any) -> str:
    told = message_told(kept)
    return told.render(_) if isinstance(told, Message) else str(told or "")


def report_rows(rows: Iterator[ManyRow]) -> Iterator[tuple[str, ...]]:
    """The rows as a table for a file: number, finding, how it stands, what changes, why not."""
    for row in rows:
        finding = row.finding
        changes = "；".join(f"{label}: {was or '—'} → {now or '—'}" for label, was, now in row.changes)
        number, title = (finding.number, finding.title) if finding else ("", "")
        yield number, title, row.word, changes, row.reason


def many_form(batch: Any, action: ManyAction, data: Any = None) -> ManyForm:
    """The form of one action, with what was said before where it was this one."""
    initial = {"action": action.value}
    if data is None and batch.action == action.value:
        said = batch_wish_of(batch.wish)
        # a choice of three is typed as a word; a box is ticked anew, for it is somebody's word on this trial
        initial |= {name: _typed(getattr(said, name)) for name in batch.wish if name != "past_due_meant"}
    return MANY_FORMS[action](data, initial=initial, auto_id=f"{action.value}-%s")


def _typed(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def many_choices(request: WebRequest, batch: Any) -> dict[str, list[tuple[str, str]]]:
    """Leaders and units that a finding of this inspection can be given to."""
    path, on = batch.inspection.subject.path, timezone.localdate(request.at)
    leaders = accounts.people_with_role(Role.RESPONSIBLE_LEADER, path, on).select_related("organisation")
    return {
        "leader_id": [(str(each.pk), f"{each.name}（{each.organisation.label}）") for each in leaders],
        "unit_id": [(str(each.pk), each.name) for each in accounts.organisations_below(path)],
    }


def many_panels(request: WebRequest, batch: Any, refused: ManyForm | None = None) -> list[Panel]:
    """Each action that the reader's posts may do, with its form; a refused one open, with what was typed."""
    roles = {grant.role for grant in request.actor.grants}
    offered = [
        action
        for action, judged in _JUDGED.items()
        if not judged or any(role in roles for each in judged for role, _scope in GRANTS[each])
    ]
    address = reverse("many-try", args=[batch.pk])
    choices = {} if _NAMING.isdisjoint(offered) else many_choices(request, batch)
    panels = []
    for action in offered:
        label = MANY_LABELS[action]
        is_refused = refused is not None and refused.data.get("action") == action.value
        form = refused if refused is not None and is_refused else many_form(batch, action)
        form.offer(choices)
        panels.append(
            Panel(_(label), ICONS[action], address, f"many-{action.value}", form, is_open=is_refused)
        )
    return panels
