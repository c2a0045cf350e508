"""Doing one thing to many findings (批量办理): chosen, tried and taken back, confirmed, done one by one.

A trial is the very services, each in a transaction that is taken back, so that the page says what they say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from django.db import transaction

from zhenggai.domain.batches import CHOSEN_MOST, BatchState, ManyAction, RowState
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, ZhenggaiError
from zhenggai.domain.messages import message_kept, msg
from zhenggai.ledger.batch_wishes import BatchWish, batch_wish_of, batch_wish_said
from zhenggai.ledger.errors import StalePageError
from zhenggai.ledger.listing import FindingFilters, FindingOrder
from zhenggai.ledger.models import Batch, BatchRow, Finding
from zhenggai.ledger.narrowing import findings_listed
from zhenggai.ledger.selectors import inspection_get
from zhenggai.ledger.services.acting_on_many import change_of, finding_seen_by, one_done

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.listing import Order

KEPT_MOST: Final = 30
"""Of one ledger so many are kept for a person; an older one goes."""


class BatchNotFoundError(NotFoundError):
    """No such batch, or another person's (无此批量)."""

    code = "batch_not_found"
    template: ClassVar[str] = msg(
        "There is no such choice of findings among yours. Tick findings in the ledger and begin anew."
    )


class NothingChosenError(InvalidError):
    """No finding was chosen, more than go at once, or nothing is to be done (未选择内容)."""

    code = "nothing_chosen"
    template: ClassVar[str] = msg(
        "No finding is ticked that you can see. Tick some, or take all of the list; nothing was changed."
    )
    many_template: ClassVar[str] = msg(
        "The list has %(count)s findings, and at most %(most)s are gone through at once. Narrow it, for "
        "instance by unit or theme, and take it in parts; nothing was changed."
    )
    wish_template: ClassVar[str] = msg(
        "Nothing is said that could be set. Fill in at least one field; nothing was changed."
    )
    none_template: ClassVar[str] = msg(
        "None of the findings can be changed so; each says why. Nothing was changed."
    )


class BatchMovedError(NotAllowedNowError):
    """The batch is further than the page, or was looked at anew (批量已变动)."""

    code = "batch_moved"
    template: ClassVar[str] = msg(
        "These findings have been gone through, or looked at anew, since your page was loaded. Look at the "
        "page as it is now; nothing was changed."
    )


@transaction.atomic
def batch_make(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    finding_ids: Sequence[int] | None,
    filters: FindingFilters | None = None,
    order: Order = FindingOrder.POSITION,
) -> Batch:
    """Chooses findings of one inspection for what is to be done to all of them (选定问题).

    Those of ``finding_ids`` that the actor sees there; None for the whole list that ``filters`` narrow.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    :raises NothingChosenError: when none is left, or more than 10,000 are.
    """
    inspection = inspection_get(actor, inspection_id)
    rows = findings_listed(actor, inspection, filters if finding_ids is None else None, order)
    if finding_ids is not None:
        rows = rows.filter(pk__in=finding_ids[:CHOSEN_MOST])
    count = rows.order_by().count()
    if not count:
        raise NothingChosenError
    if count > CHOSEN_MOST:
        raise NothingChosenError(NothingChosenError.many_template, count=count, most=CHOSEN_MOST)
    mine = Batch.objects.filter(person_id=actor.person_id, inspection=inspection)
    kept = list(mine.exclude(state=BatchState.DOING.value).values_list("pk", flat=True)[: KEPT_MOST - 1])
    mine.exclude(state=BatchState.DOING.value).exclude(pk__in=kept).delete()
    batch = Batch.objects.create(person_id=actor.person_id, inspection=inspection, total=count, made_at=at)
    chosen = enumerate(rows.values_list("pk", flat=True), start=1)
    BatchRow.objects.bulk_create(
        (BatchRow(batch=batch, finding_id=pk, position=place) for place, pk in chosen), batch_size=1_000
    )
    return batch


def batch_locked(actor: Actor, batch_id: int) -> Batch:
    """The actor's own batch, its row locked until the transaction ends (锁定批量).

    :raises BatchNotFoundError: when there is none, or it is another's.
    """
    rows = Batch.objects.select_for_update(of=("self",), no_key=True).select_related("inspection")
    batch = rows.filter(pk=batch_id, person_id=actor.person_id).first()
    if batch is None:
        raise BatchNotFoundError
    return batch


@transaction.atomic
def batch_wish(*, actor: Actor, batch_id: int, action: ManyAction, wish: BatchWish) -> Batch:
    """Says what is to be done to the findings chosen (说明操作), so that it is tried; as often as needed.

    :raises BatchNotFoundError: when there is none, or it is another's.
    :raises NothingChosenError: when nothing is said that could be set.
    :raises BatchMovedError: when it is being tried or done, or was done.
    """
    batch = batch_locked(actor, batch_id)
    if not wish.says(action):
        raise NothingChosenError(NothingChosenError.wish_template)
    if batch.state not in {BatchState.CHOSEN, BatchState.TRIED}:
        raise BatchMovedError
    batch.action, batch.wish = action.value, batch_wish_said(wish)
    batch.state, batch.run = BatchState.TRYING.value, batch.run + 1
    batch.save(update_fields=["action", "wish", "state", "run"])
    batch.rows.update(state=RowState.WAITING.value, version=None, changes=[], reason=None)
    return batch


@transaction.atomic
def batch_confirm(*, actor: Actor, batch_id: int, run: int) -> Batch:
    """Confirms that it is done to those that can (确认办理). Sent twice, it is confirmed once.

    ``run``: the trial that the page showed.

    :raises BatchNotFoundError: when there is none, or it is another's.
    :raises BatchMovedError: when it was tried anew meanwhile, or is not tried yet.
    :raises NothingChosenError: when it can be done to none.
    """
    batch = batch_locked(actor, batch_id)
    if batch.run == run and batch.state in {BatchState.DOING, BatchState.DONE}:
        return batch
    if batch.run != run or batch.state != BatchState.TRIED:
        raise BatchMovedError
    if not batch.rows.filter(state=RowState.READY.value).exists():
        raise NothingChosenError(NothingChosenError.none_template)
    batch.state = BatchState.DOING.value
    batch.save(update_fields=["state"])
    return batch


def batch_run(
    *, actor: Actor, clock: Callable[[], datetime], batch: Batch, on_row: Callable[[int, int], None]
) -> None:
    """Tries or does what is left, finding by finding (逐项试办或办理), each in a transaction of its own.

    Whatever ends it, the rows gone through stay so, and the next run goes on behind them.
    """
    action, wish = ManyAction(batch.action), batch_wish_of(batch.wish)
    is_trial = batch.state == BatchState.TRYING
    left = RowState.WAITING if is_trial else RowState.READY
    rows = list(batch.rows.filter(state=left.value))
    one = _tried if is_trial else _done
    for place, row in enumerate(rows, start=batch.total - len(rows) + 1 if is_trial else 1):
        one(actor, clock(), action, wish, row)
        on_row(place, batch.total if is_trial else len(rows))


def batch_end(*, batch: Batch, at: datetime) -> None:
    """Says that all were gone through (办毕)."""
    after = {BatchState.TRYING.value: BatchState.TRIED, BatchState.DOING.value: BatchState.DONE}
    state = after[batch.state]
    done_at = at if state is BatchState.DONE else None
    rows = Batch.objects.filter(pk=batch.pk, state=batch.state, run=batch.run)
    rows.update(state=state.value, done_at=done_at)


def _tried(actor: Actor, at: datetime, action: ManyAction, wish: BatchWish, row: BatchRow) -> None:
    with transaction.atomic():
        try:
            with transaction.atomic():
                before = finding_seen_by(actor, row.finding_id)
                row.version = before.version
                one_done(actor, at, action, wish, before, before.version)
                after = finding_seen_by(actor, row.finding_id)
                row.changes = change_of(action, wish, before, after)
                # nothing of it stands: it is done once somebody has seen what it would do
                transaction.set_rollback(True)
            row.state = RowState.READY.value
        except ZhenggaiError as refusal:
            row.state, row.reason, row.changes = RowState.BARRED.value, message_kept(refusal.message), []
        # a trial that another one followed says nothing any more
        rows = BatchRow.objects.filter(
            pk=row.pk,
            state=RowState.WAITING.value,
            batch__run=row.batch.run,
            batch__state=BatchState.TRYING.value,
        )
        rows.update(state=row.state, version=row.version, changes=row.changes, reason=row.reason)


def _done(actor: Actor, at: datetime, action: ManyAction, wish: BatchWish, row: BatchRow) -> None:
    with transaction.atomic():
        # taken before it is done, so that of two runs at a time one passes it by
        ready = BatchRow.objects.filter(pk=row.pk, state=RowState.READY.value)
        if not ready.update(state=RowState.DONE.value) or row.version is None:
            return
        try:
            with transaction.atomic():
                finding = finding_seen_by(actor, row.finding_id)
                if finding.version != row.version:
                    raise StalePageError(StalePageError.plain_template)
                one_done(actor, at, action, wish, finding, row.version)
        except ZhenggaiError as refusal:
            is_stale = isinstance(refusal, StalePageError)
            state = RowState.CHANGED if is_stale else RowState.REFUSED
            BatchRow.objects.filter(pk=row.pk).update(
                state=state.value, reason=message_kept(refusal.message), changes=[]
            )


def findings_of_batch(batch: Batch, finding_ids: Sequence[int], actor: Actor) -> dict[int, Finding]:
    """Of the findings of a batch those that the actor still sees, by id; one query."""
    rows = findings_listed(actor, batch.inspection, None, FindingOrder.CHANGED).order_by()
    return {each.pk: each for each in rows.filter(pk__in=finding_ids)}
