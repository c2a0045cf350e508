"""How every change of a finding goes: lock → judge → version and stage → move → record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.closing import MissingTextError, visible_text
from zhenggai.domain.events import LedgerEvent, event_label
from zhenggai.domain.extending import check_deadline
from zhenggai.domain.lifecycle import Stage, next_stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import check_planning
from zhenggai.domain.policy import acting_for
from zhenggai.domain.restricting import check_restriction
from zhenggai.ledger.deadlines import deadline_facts
from zhenggai.ledger.errors import (
    FindingNotFoundError,
    InvalidFieldError,
    PieceNotFoundError,
    StalePageError,
    TextTooLongError,
)
from zhenggai.ledger.facts import (
    HEAD,
    WEIGHED,
    facts_for,
    facts_of_piece,
    nature_of,
    pieces_of_inspectors,
    planning_of,
)
from zhenggai.ledger.intervals import interval_put
from zhenggai.ledger.loading import pieces_load
from zhenggai.ledger.models import Finding
from zhenggai.ledger.models.findings import WRITTEN
from zhenggai.ledger.order_keys import order_keys_put
from zhenggai.ledger.telling import finding_tell
from zhenggai.ledger.visibility import finding_seen, permit
from zhenggai.ledger.warned import warnings_follow
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of
from zhenggai.trail.services import Entry, record_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import Model

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.policy import Action

TEXT_MOST: Final = 20_000


@dataclass(slots=True)
class Change:
    """One change of one finding under its row lock, judged and possible; `finish` writes and records it.

    ``acting_for`` names for whom the actor acts in it (代理), and every event says so.
    """

    actor: Actor
    at: datetime
    action: Action
    finding: Finding
    version: int
    stage: Stage
    acting_for: str = ""
    said: list[tuple[LedgerEvent, Mapping[str, Any]]] = field(default_factory=list)

    def say(self, event: LedgerEvent, **values: Any) -> None:
        """Takes note of what happened, to be recorded by `finish`."""
        self.said.append((event, values))

    def renew(self, related: str) -> None:
        """Forgets the pieces that were loaded, where the change itself added to them."""
        cache: dict[str, Any] = getattr(self.finding, "_prefetched_objects_cache", {})
        cache.pop(related, None)

    def finish(self) -> Finding:
        """Moves the finding by compare-and-set and records every event; the row as written.

        :raises StalePageError: when the row changed all the same, as a database without row locks allows.
        """
        finding = self.finding
        finding.version = self.version + 1
        finding.changed_at = self.at
        cleaned(finding)
        interval_put(finding, at=self.at)
        written = {name: getattr(finding, name) for name in WRITTEN}
        rows = Finding.objects.filter(pk=finding.pk, version=self.version, stage=self.stage.value)
        moved = rows.update(**written)
        if moved != 1:
            raise stale(finding, self.version)
        order_keys_put(finding)
        every: dict[str, Any] = {"stage": finding.stage, "version": finding.version}
        if self.acting_for:
            every["acted_for"] = self.acting_for
        entries = [Entry(event, ("finding", finding.pk), {**said, **every}) for event, said in self.said]
        record_all(
            chain=ChainKey.inspection(finding.inspection_id), entries=entries, actor=self.actor, at=self.at
        )
        finding_tell(finding, self.said, by_id=self.actor.person_id, at=self.at)
        warnings_follow(finding.pk, at=self.at)
        # it is as it was written; what hangs on it is asked for anew by whoever wants it
        getattr(finding, "_prefetched_objects_cache", {}).clear()
        return finding


def begin(
    *,
    actor: Actor,
    at: datetime,
    action: Action,
    finding_id: int,
    version: int,
    author_of: tuple[str, int] | None = None,
) -> Change:
    """Locks the finding, judges the actor, compares the version and asks the life cycle, in this order.

    The actor is judged by the posts that hold at this moment, whatever held when the page was asked for.
    ``author_of`` names the piece acted upon (related name and id), whose maker may be excluded, and on which
    the inspecting body's word may stand.

    :raises FindingNotFoundError: when there is none or the actor cannot see it.
    :raises PieceNotFoundError: when the finding has no such piece.
    :raises ActionDeniedError: when the actor may never do this.
    :raises StalePageError: when the finding changed since ``version``.
    :raises TransitionError: when the stage does not allow it.
    :raises PlanFixedError: when it would change by hand what a plan fixes; and the like of `check_planning`.
    :raises DeadlinePendingError: and the like of `check_deadline`.
    :raises RestrictionStandsError: or NotRestrictedError, as `check_restriction`.
    """
    finding = finding_locked(finding_id)
    actor = actor_standing(actor, timezone.localdate(at))
    if finding is None or not finding_seen(actor, finding):
        raise FindingNotFoundError
    row = None if author_of is None else piece(finding, *author_of)
    of_inspectors = row is not None and bool(pieces_of_inspectors(finding, [row]))
    facts = facts_of_piece(finding, row, is_of_inspectors=of_inspectors)
    facts = facts_for(finding, action, facts)
    permit(actor, action, facts)
    if finding.version != version:
        raise stale(finding, version)
    stage = Stage(finding.stage)
    target = next_stage(stage, action, nature_of(finding))
    check_planning(action, planning_of(finding))
    check_deadline(action, deadline_facts(finding))
    check_restriction(action, is_restricted=bool(finding.restricted))
    finding.stage = target.value
    return Change(actor, at, action, finding, version, stage, acting_for(actor, action, facts))


def finding_locked(finding_id: int) -> Finding | None:
    """The finding with everything that is weighed, its row locked until the transaction ends."""
    rows = Finding.objects.select_for_update(of=("self",), no_key=True).select_related(*HEAD)
    # an order of one row would cost more than the row: Django compares it with every column selected
    finding = next(iter(rows.filter(pk=finding_id).order_by()), None)
    if finding is not None:
        pieces_load(finding, WEIGHED)
    return finding


def piece(finding: Finding, related: str, id_: int) -> Any:
    """One measure, part of one, criterion, piece of evidence or situation of a loaded finding.

    :raises PieceNotFoundError: when it is none of this finding's.
    """
    if related == "records":
        rows = [each for request in finding.closure_requests.all() for each in request.records.all()]
    else:
        rows = _rows(finding, related)
    for each in rows:
        if each.pk == id_:
            return each
    raise PieceNotFoundError(kind=Message(_PIECES[related]), id=id_)


def _rows(finding: Finding, related: str) -> Any:
    return (
        [task for measure in finding.measures.all() for task in measure.tasks.all()]
        if related == "tasks"
        else getattr(finding, related).all()
    )


def pieces(finding: Finding, related: str, ids: Iterable[int]) -> list[Any]:
    """Several of them, each once."""
    return [piece(finding, related, id_) for id_ in dict.fromkeys(ids)]


def stale(finding: Finding, version: int) -> StalePageError:
    """Says who changed what since the version, and when, as the trail has it."""
    events = events_of(ChainKey.inspection(finding.inspection_id), ("finding", finding.pk)).reverse()[:50]
    since = [view for view in event_views(events) if view.values.get("version", 0) > version]
    if not since or version > finding.version:
        return StalePageError(StalePageError.plain_template)
    last = since[0]
    return StalePageError(
        who=last.actor or Message(msg("a person whose name was erased")),
        when=timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M"),
        what=Message(event_label(last.name)),
    )


def text_required(text: str, label: str, most: int = TEXT_MOST) -> str:
    """The text without what shows nothing; ``label`` is the msgid of its field.

    :raises MissingTextError: when nothing remains.
    :raises TextTooLongError: when it is longer than ``most`` characters.
    """
    shown = text_optional(text, label, most)
    if not shown:
        raise MissingTextError(
            msg("“%(field)s” is empty; fill it in. Nothing was changed."), field=Message(label)
        )
    return shown


def text_optional(text: str, label: str, most: int = TEXT_MOST) -> str:
    """As `text_required`, but may be empty."""
    shown = visible_text(text)
    if len(shown) > most:
        raise TextTooLongError(field=Message(label), count=len(shown), limit=most)
    return shown


def cleaned(row: Model) -> None:
    """Checks every field of a row; constraints are the database's own.

    What a row points to was loaded or locked by the service itself, so it is not looked up once more: the
    database refuses what points nowhere.

    :raises InvalidFieldError: naming the first field that cannot be taken.
    """
    links = {field.name for field in row._meta.concrete_fields if field.is_relation}  # noqa: SLF001  # the documented Meta API
    try:
        row.full_clean(exclude=links, validate_unique=False, validate_constraints=False)
    except ValidationError as problem:
        name, sentences = next(iter(problem.message_dict.items()))
        raise InvalidFieldError(
            msg("The field “%(field)s” cannot be taken as it is: %(why)s Nothing was changed."),
            field=name,
            why=" ".join(sentences),
        ) from problem


_PIECES: Final = {
    "measures": msg("measure"),
    "tasks": msg("part of a measure"),
    "criteria": msg("acceptance criterion"),
    "evidence": msg("evidence"),
    "situations": msg("new situation"),
    "holds": msg("hold"),
    "readers": msg("listed person"),
    "outcomes": msg("outcome"),
    "comments": msg("comment"),
    "readings": msg("reading"),
    "records": msg("recorded signature"),
}
