"""The inbox in words (收件箱页面): each notice with what it is about, as far as its reader sees it now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhenggai.accounts import selectors as accounts
from zhenggai.inbox.kinds import NOTICE_KIND_LABELS, NoticeKind, TargetKind
from zhenggai.inbox.selectors import notice_message
from zhenggai.intake.selectors import intakes_named
from zhenggai.ledger.digesting import GROUP_LABELS
from zhenggai.ledger.export_jobs import exports_named
from zhenggai.ledger.noticed import findings_named, inspections_named, plans_named
from zhenggai.ledger.reporting import report_requests_named
from zhenggai.web.ledger_list import row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor

ICONS: Final[dict[NoticeKind, str]] = {
    NoticeKind.ASSIGNED: "user-check",
    NoticeKind.DECLINED: "arrow-back-up",
    NoticeKind.TO_SIGN: "signature",
    NoticeKind.SENT_BACK: "rotate-clockwise",
    NoticeKind.CLOSED: "rubber-stamp",
    NoticeKind.PLAN: "checklist",
    NoticeKind.DEADLINE: "calendar-due",
    NoticeKind.SUSPENSION: "clock",
    NoticeKind.SITUATION: "alert-circle",
    NoticeKind.EVIDENCE: "paperclip",
    NoticeKind.HANDED_OVER: "send",
    NoticeKind.POST: "id-badge-2",
    NoticeKind.WARNING: "calendar-due",
    NoticeKind.REPORT: "clipboard-list",
    NoticeKind.COMMENT: "message-report",
    NoticeKind.INTAKE: "file-import",
    NoticeKind.EXPORT: "download",
    NoticeKind.EVALUATION: "report-search",
    NoticeKind.DIGEST: "calendar-due",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that a notice leads to: its words, its address, and of a finding its light on the day."""

    words: str
    address: str
    beside: str = ""
    lit: Any = None


@dataclass(frozen=True, slots=True)
class Part:
    """One group of a digest: what is counted, how many, those that are named, and how many are not seen."""

    word: str
    total: int
    lines: Sequence[Line]
    hidden: int

    @property
    def more(self) -> int:
        """How many the notice does not name."""
        return max(0, self.total - len(self.lines) - self.hidden)


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice as it is shown; ``is_hidden``: its reader no longer sees what it is about."""

    id: int
    icon: str
    kind: str
    sentence: str
    by: str
    created_at: datetime
    is_unread: bool
    is_hidden: bool
    line: Line | None = None
    parts: Sequence[Part] = field(default_factory=tuple)


def shown(actor: Actor, notices: Iterable[Any], on: date) -> list[Shown]:
    """The notices of one page; as many queries for one of them as for thirty."""
    rows = list(notices)
    lines = _lines(actor, rows, on)
    return [_shown(row, lines) for row in rows]


def address_of(actor: Actor, notice: Any) -> str:
    """Where a notice leads: to its matter where the reader still sees it, else to the inbox."""
    if not notice.target_kind:
        return reverse("inbox")
    line = _line(notice, _lines(actor, [notice], timezone.localdate()))
    return line.address if line else reverse("inbox")


def _shown(notice: Any, lines: Mapping[tuple[str, int], Line]) -> Shown:
    kind = NoticeKind(notice.kind)
    line = _line(notice, lines)
    is_hidden = bool(notice.target_kind) and line is None
    return Shown(
        id=notice.pk,
        icon=ICONS[kind],
        kind=_(NOTICE_KIND_LABELS[kind]),
        # the sentence may quote a reason or a title: who no longer sees the matter does not read it either
        sentence=_("What this was about is no longer visible to you.")
        if is_hidden
        else notice_message(notice).render(_),
        by=notice.by.name if notice.by and not is_hidden else "",
        created_at=notice.created_at,
        is_unread=notice.read_at is None,
        is_hidden=is_hidden,
        line=line,
        parts=[_part(group, lines) for group in notice.details],
    )


def _line(notice: Any, lines: Mapping[tuple[str, int], Line]) -> Line | None:
    """The matter of a notice; one about a comment leads to where it stands."""
    line = lines.get((notice.target_kind, notice.target_id))
    if line is None or notice.kind != NoticeKind.COMMENT:
        return line
    return replace(line, address=reverse("finding-comments", args=[notice.target_id]))


def _part(group: Mapping[str, Any], lines: Mapping[tuple[str, int], Line]) -> Part:
    asked = _keys_of(group)
    found = [lines[key] for key in asked if key in lines]
    return Part(_(GROUP_LABELS[group["group"]]), group["total"], found, len(asked) - len(found))


def _keys_of(group: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [
        *((TargetKind.FINDING.value, id_) for id_ in group.get("findings", ())),
        *((TargetKind.PLAN.value, id_) for id_ in group.get("plans", ())),
    ]


def _lines(actor: Actor, notices: Iterable[Any], on: date) -> dict[tuple[str, int], Line]:
    wanted: dict[str, set[int]] = {kind.value: set() for kind in TargetKind}
    for notice in notices:
        keys = [key for group in notice.details for key in _keys_of(group)]
        if notice.target_kind:
            keys.append((notice.target_kind, notice.target_id))
        for kind, id_ in keys:
            wanted[kind].add(id_)
    lines: dict[tuple[str, int], Line] = {}
    for pk, finding in findings_named(actor, wanted[TargetKind.FINDING]).items():
        words = f"{finding.number} {finding.title}".strip()
        address = reverse("finding", args=[pk])
        lines[TargetKind.FINDING, pk] = Line(
            words, address, finding.inspection.title, row_of(finding, on, finding.inspection.rules)
        )
    for pk, plan in plans_named(actor, wanted[TargetKind.PLAN]).items():
        lines[TargetKind.PLAN, pk] = Line(plan.inspection.title, reverse("plan", args=[pk]))
    for pk, inspection in inspections_named(actor, wanted[TargetKind.INSPECTION]).items():
        way = f"{reverse('inspection', args=[pk])}#evaluations-heading"
        lines[TargetKind.INSPECTION, pk] = Line(inspection.title, way, inspection.subject.name)
    for pk, asked in report_requests_named(actor, wanted[TargetKind.REPORTS]).items():
        lines[TargetKind.REPORTS, pk] = Line(
            asked.title, reverse("report-request", args=[pk]), asked.inspection.title
        )
    for pk, document in intakes_named(actor, wanted[TargetKind.INTAKE]).items():
        words = document.title or document.name
        lines[TargetKind.INTAKE, pk] = Line(words, reverse("intake", args=[pk]), document.organisation.name)
    for pk, export in exports_named(actor, wanted[TargetKind.EXPORT]).items():
        lines[TargetKind.EXPORT, pk] = Line(export.inspection.title, reverse("exports"))
    people = wanted[TargetKind.PERSON]
    for person in accounts.people_visible(actor).filter(pk__in=people) if people else ():
        lines[TargetKind.PERSON, person.pk] = Line(person.name, reverse("person", args=[person.pk]))
    return lines
