"""What is asked about documents and their drafts (查询): one page's worth at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import IO, TYPE_CHECKING, Final

from django.db.models import Count, Prefetch, Q

from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Role
from zhenggai.domain.policy import GRANTS, judge
from zhenggai.files import selectors as files
from zhenggai.intake.access import facts_of, open_to
from zhenggai.intake.errors import IntakeNotFoundError
from zhenggai.intake.models import Correction, DraftFinding, DraftItem, DraftUnread, Intake, SourceWindow
from zhenggai.intake.states import IntakeState, UnreadState
from zhenggai.intake.windows import Window

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor

FINDINGS_PER_PAGE: Final = 20
UNREAD_PER_PAGE: Final = 20
INTAKES_PER_PAGE: Final = 50
_ROLES: Final = tuple(role for role, _ in GRANTS[Action.INTAKE_UPLOAD])


def intakes_visible(actor: Actor) -> QuerySet[Intake]:
    """Documents of the organisations for which this actor may hand in documents, newest first (收件列表)."""
    paths = () if actor.administers else actor.paths_of(*_ROLES)
    below = reduce(or_, (Q(organisation__path__startswith=path) for path in paths), Q(pk__in=[]))
    rows = Intake.objects.filter(below).select_related("organisation", "uploader", "inspection")
    # what a list does not show stays in the database
    return rows.defer("spans", "as_read", "edits").order_by("-received_at", "-pk")


def intake_counts(actor: Actor) -> dict[str, int]:
    """How many documents stand in each state, and ``all`` of them; one query."""
    rows = intakes_visible(actor).order_by().values("state").annotate(count=Count("pk"))
    counts = Counter({row["state"]: row["count"] for row in rows})
    return {"all": counts.total(), **{state.value: counts[state.value] for state in IntakeState}}


def may_upload(actor: Actor) -> tuple[Role, ...]:
    """The roles by which this actor may hand in documents; none for anybody else."""
    return () if actor.administers else tuple(role for role in _ROLES if actor.has(role))


def intake_get(actor: Actor, intake_id: int) -> Intake:
    """One document with organisation, uploader and inspection.

    :raises IntakeNotFoundError: when there is none, or it is not this actor's.
    :raises IntakeRestrictedError: when it tells of restricted findings kept from the actor.
    """
    rows = Intake.objects.select_related("organisation", "uploader", "inspection")
    intake = rows.filter(pk=intake_id).first()
    if intake is None or not judge(actor, Action.INTAKE_UPLOAD, facts_of(intake)).allowed:
        raise IntakeNotFoundError
    open_to(actor, intake)
    return intake


def intakes_named(actor: Actor, ids: Collection[int]) -> dict[int, Intake]:
    """Those of the documents that are this actor's; one query, none without ids."""
    return {each.pk: each for each in intakes_visible(actor).filter(pk__in=ids)} if ids else {}


def original_open(intake: Intake) -> IO[bytes]:
    """The bytes as they were handed in (原件)."""
    return files.blob_open(intake.sha256)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many rows a draft has, by what people decided about them."""

    findings: int
    dropped: int
    unread_open: int
    unread: int


def figures_of(intake: Intake) -> Figures:
    """The figures of a draft; two queries."""
    findings = DraftFinding.objects.filter(intake=intake).aggregate(
        all=Count("pk"), dropped=Count("pk", filter=Q(dropped_at__isnull=False))
    )
    unread = DraftUnread.objects.filter(intake=intake).aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(state=UnreadState.OPEN))
    )
    return Figures(
        findings=findings["all"] - findings["dropped"],
        dropped=findings["dropped"],
        unread_open=unread["open"],
        unread=unread["all"],
    )


def findings_of(intake: Intake) -> QuerySet[DraftFinding]:
    """The findings of a draft in their order, dropped ones in their place, each with ``all_items``."""
    items = DraftItem.objects.order_by("kind", "position", "pk")
    return (
        DraftFinding.objects.filter(intake=intake)
        .order_by("position", "pk")
        .prefetch_related(Prefetch("items", queryset=items, to_attr="all_items"))
    )


def finding_page(intake: Intake, finding_id: int) -> int:
    """The page of the list that holds a finding; the first for one that is none of this draft."""
    rows = DraftFinding.objects.filter(intake=intake)
    position = rows.filter(pk=finding_id).values_list("position", flat=True).first()
    if position is None:
        return 1
    before = rows.filter(Q(position__lt=position) | Q(position=position, pk__lt=finding_id)).count()
    return before // FINDINGS_PER_PAGE + 1


def unread_of(intake: Intake) -> QuerySet[DraftUnread]:
    """The stretches that were not understood, in the order of the text."""
    return DraftUnread.objects.filter(intake=intake).select_related("finding").order_by("position")


@dataclass(frozen=True, slots=True)
class Choice:
    """A finding as a list of targets names it; ``place`` counts from 1, ``start`` is where it begins."""

    finding_id: int
    place: int
    start: int | None
    title: str


def choices_of(intake: Intake, *, limit: int) -> list[Choice]:
    """The findings that a stretch can be assigned to, in their order, at most ``limit``."""
    rows = DraftFinding.objects.filter(intake=intake, dropped_at__isnull=True).order_by("position", "pk")
    found = rows.values_list("pk", "span_start", "title")[:limit]
    return [Choice(pk, place, start, title) for place, (pk, start, title) in enumerate(found, start=1)]


def windows_of(intake: Intake) -> list[SourceWindow]:
    """Where each stretch of the original stands, in order."""
    return list(SourceWindow.objects.filter(intake=intake).order_by("position"))


def window_load(intake: Intake, row: SourceWindow) -> Window:
    """One stretch of the original with its edits."""
    with files.blob_open(intake.view_sha256) as stream:
        stream.seek(row.offset_bytes)
        return Window.from_json(stream.read(row.length_bytes))


def window_at(intake: Intake, place: int) -> Window | None:
    """The stretch that holds a place of the decoded source."""
    rows = SourceWindow.objects.filter(intake=intake, start__lte=place, end__gte=place)
    row = rows.order_by("-position").first()
    return window_load(intake, row) if row else None


def correction_last(intake: Intake) -> Correction | None:
    """The last correction of the structure that stands and can be taken back (可撤销的更正)."""
    rows = Correction.objects.filter(intake=intake, undone_at__isnull=True).defer("before")
    return rows.order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Marks:
    """What of a draft has its place in one stretch of the original."""

    findings: list[DraftFinding]
    items: list[DraftItem]
    unread: list[DraftUnread]


def marks_in(intake: Intake, row: SourceWindow) -> Marks:
    """The rows whose place lies in a stretch of the original; three queries."""
    inside = Q(span_start__lt=row.restored_end, span_end__gt=row.restored_start)
    return Marks(
        list(DraftFinding.objects.filter(inside, intake=intake, dropped_at__isnull=True)),
        list(
            DraftItem.objects.filter(
                inside, finding__intake=intake, dropped_at__isnull=True, finding__dropped_at__isnull=True
            )
        ),
        list(DraftUnread.objects.filter(inside, intake=intake)),
    )
