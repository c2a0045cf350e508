"""Many findings gone through at once: tried by the services themselves, confirmed, done, told of each."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.refusals import everything, trail
from ledger.world import AT, DUE, STATED
from zhenggai.domain.batches import BatchState, ManyAction, RowState
from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.domain.messages import message_told
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.jobs.models import Job
from zhenggai.jobs.working import work
from zhenggai.ledger import batch_jobs, services
from zhenggai.ledger.batch_jobs import batch_do, batch_get, batch_go_on, batch_standing, batch_try
from zhenggai.ledger.batch_wishes import BatchWish, batch_wish_of, batch_wish_said
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import InspectionNotFoundError
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.models import Batch, BatchRow, Finding
from zhenggai.ledger.selectors import findings_page
from zhenggai.ledger.services.batching import (
    BatchMovedError,
    BatchNotFoundError,
    NothingChosenError,
    batch_make,
)

REASON = "设备招标流标一次，需要重新组织。"
OURS = {"Batch", "BatchRow"}


def choose(world, *findings, actor=None, **rest):
    ids = [each.pk for each in findings] or None
    return batch_make(
        actor=actor or world.clerk,
        at=world.at(),
        inspection_id=world.inspection.pk,
        finding_ids=ids,
        **rest,
    )


def tried(world, batch, action, actor=None, **wish):
    batch_try(
        actor=actor or world.clerk,
        at=world.at(),
        batch_id=batch.pk,
        action=action,
        wish=BatchWish(**wish),
    )
    batch.refresh_from_db()
    return batch


def do(world, batch, actor=None, run=None):
    batch_do(actor=actor or world.clerk, at=world.at(), batch_id=batch.pk, run=run or batch.run)
    batch.refresh_from_db()
    return batch


def states(batch):
    return [RowState(each) for each in batch.rows.values_list("state", flat=True)]


def told(row):
    return message_told(row.reason).render()


def ledger():
    """Every row but those of the batches themselves."""
    return {name: rows for name, rows in everything().items() if name not in OURS}


def wish_to_assign(world):
    return {"unit_id": world.unit.pk, "leader_id": world.leader.person_id, "due": DUE}


def test_a_wish_is_kept_and_is_the_same_again():
    wish = BatchWish(1, 2, DUE, True, Nature.IMMEDIATE, True, False, None, "因", "文")
    assert batch_wish_of(batch_wish_said(wish)) == wish
    assert batch_wish_of(batch_wish_said(BatchWish())) == BatchWish()
    assert not any(BatchWish().says(each) for each in ManyAction if each is not ManyAction.ACCEPT)


def test_a_trial_says_what_would_change_and_changes_nothing(world):
    one, two = world.register(STATED, STATED)
    world.assigned(two)
    batch = choose(world, one, two)
    before, chain = ledger(), trail(one)
    tried(world, batch, ManyAction.ASSIGN, **wish_to_assign(world) | {"due": date(2026, 7, 31)})
    assert (ledger(), trail(one)) == (before, chain)
    ready, barred = batch.rows.all()
    assert (batch.state, states(batch)) == (BatchState.TRIED, [RowState.READY, RowState.BARRED])
    said = {label: (message_told(was), message_told(now)) for label, was, now in ready.changes}
    assert said["Responsible unit"] == ("", "示例股")
    assert said["Due"] == ("", "2026-07-31")
    assert str(said["Stage"][1]) == "assigned"
    assert "a due date changes only by an approved extension" in told(barred)


@pytest.mark.parametrize("action", [ManyAction.ASSIGN, ManyAction.CLASSIFY, ManyAction.MEASURE])
def test_what_is_done_to_many_is_what_is_done_to_each_alone(world, action):
    many, alone = world.register(STATED, STATED)
    wishes = {
        ManyAction.ASSIGN: wish_to_assign(world),
        ManyAction.CLASSIFY: {"nature": Nature.TIME_BOUND, "money_required": False, "people_required": True},
        ManyAction.MEASURE: {"text": "逐笔核对示例台账"},
    }
    do(world, tried(world, choose(world, many), action, **wishes[action]))
    by_hand = {
        ManyAction.ASSIGN: ("finding_assign", wishes[action]),
        ManyAction.CLASSIFY: ("finding_classify", wishes[action]),
        ManyAction.MEASURE: ("measure_add", wishes[action]),
    }
    name, values = by_hand[action]
    world.do(name, world.clerk, alone, **values)
    own = {"id", "position", "changed_at", "source_start", "source_end"}
    first, second = (
        {name: value for name, value in row.items() if name not in own}
        for row in Finding.objects.filter(pk__in=[many.pk, alone.pk]).order_by("pk").values()
    )
    assert first == second
    texts = [list(each.measures.values_list("text", "position", "source")) for each in (many, alone)]
    assert texts[0] == texts[1]
    assert list(differences()) == []


def test_each_obeys_its_rules_and_the_others_go_through(world):
    one, two, three = world.register(STATED, STATED, STATED)
    batch = tried(world, choose(world, one, two, three), ManyAction.ASSIGN, **wish_to_assign(world))
    # between the look and the word: one is assigned by another hand, one is hidden
    world.do("finding_assign", world.clerk, two, **wish_to_assign(world))
    world.do(
        "finding_restrict",
        world.clerk,
        three,
        kind=RestrictionKind.NAMED_PERSONS,
        reason="涉及具名人员，限定知悉。",
    )
    do(world, batch)
    rows = list(batch.rows.all())
    assert rows[0].state == RowState.DONE
    assert rows[1].state == RowState.CHANGED
    assert "is not as your page showed it" in told(rows[1])
    assert rows[2].state in {RowState.CHANGED, RowState.REFUSED}
    assert Finding.objects.get(pk=three.pk).stage == Stage.REGISTERED
    assert (batch.state, batch.done_at is not None) == (BatchState.DONE, True)
    assert list(differences()) == []


def test_a_second_click_and_an_older_page_do_nothing_twice(world):
    (one,) = world.register(STATED)
    batch = tried(world, choose(world, one), ManyAction.COMMENT, text="请补充第三季度材料。")
    first = batch.run
    tried(world, batch, ManyAction.COMMENT, text="请补充第四季度材料。")
    before = everything()
    with pytest.raises(BatchMovedError, match="looked at anew"):
        do(world, batch, run=first)
    assert everything() == before
    do(world, batch)
    before = everything()
    assert do(world, batch).state == BatchState.DONE
    with pytest.raises(BatchMovedError):
        tried(world, batch, ManyAction.COMMENT, text="又一次")
    assert everything() == before
    assert [each.text for each in one.comments.all()] == ["请补充第四季度材料。"]


def test_only_what_is_seen_can_be_chosen_and_only_by_its_person(world):
    one, two, hidden = world.register(STATED, STATED, STATED)
    world.assigned(one)
    kind = RestrictionKind.NAMED_PERSONS
    world.do("finding_restrict", world.clerk, hidden, kind=kind, reason="涉及具名人员，限定知悉。")
    batch = choose(world, one, two, hidden, actor=world.handler)
    assert list(batch.rows.values_list("finding_id", flat=True)) == [one.pk]
    for ids in ([hidden.pk], [two.pk, 999_999], []):
        before = everything()
        with pytest.raises(NothingChosenError, match="that you can see"):
            batch_make(actor=world.handler, at=AT, inspection_id=world.inspection.pk, finding_ids=ids)
        assert everything() == before
    with pytest.raises(InspectionNotFoundError):
        choose(world, one, actor=world.stranger)
    with pytest.raises(BatchNotFoundError):
        batch_get(world.clerk, batch.pk)
    with pytest.raises(BatchNotFoundError):
        tried(world, batch, ManyAction.ACCEPT)
    # whose post has ended looks at nothing any more
    with pytest.raises(BatchNotFoundError):
        batch_get(replace(world.handler, grants=()), batch.pk)
    # what was chosen is a list of one's own, and nobody else's
    mine = FindingFilters(selection_id=batch.pk)
    assert [each.pk for each in findings_page(world.handler, world.inspection.pk, mine).rows] == [one.pk]
    assert findings_page(world.clerk, world.inspection.pk, mine).total == 0


def test_whoever_may_not_is_told_so_of_each(world):
    one, two = world.register(STATED, STATED)
    world.assigned(one)
    world.assigned(two)
    batch = tried(
        world, choose(world, one, two, actor=world.handler), ManyAction.ASSIGN, world.handler, due=DUE
    )
    assert states(batch) == [RowState.BARRED] * 2
    assert "rectification office" in told(batch.rows.first())
    before = everything()
    with pytest.raises(NothingChosenError, match="None of the findings can be changed so"):
        do(world, batch, world.handler)
    with pytest.raises(NothingChosenError, match="Nothing is said"):
        tried(world, batch, ManyAction.ASSIGN, world.handler)
    assert everything() == before


def test_what_is_missing_or_in_force_is_said(world):
    bare, given = world.register(STATED, STATED)
    world.assigned(given)
    world.do("finding_accept", world.head, given)
    batch = choose(world, bare, given)
    tried(world, batch, ManyAction.ASSIGN, unit_id=world.unit.pk)
    assert "no responsible leader yet" in told(batch.rows.first())
    tried(world, batch, ManyAction.DUE, due=date(2026, 9, 30), reason=REASON)
    assert "no responsible unit yet" in told(batch.rows.first())
    tried(world, batch, ManyAction.HAND_OVER, leader_id=world.leader.person_id)
    assert "to another leader while the finding is “registered”" in told(batch.rows.first())
    # a deadline in force moves by a request alone, of those who may ask for it
    batch = choose(world, given, actor=world.handler)
    tried(world, batch, ManyAction.DUE, world.handler, due=date(2026, 9, 30), reason="短")
    assert states(batch) == [RowState.BARRED]
    tried(world, batch, ManyAction.DUE, world.handler, due=date(2026, 9, 30), reason=REASON)
    (row,) = batch.rows.all()
    assert ["Extension asked for", "2026-06-30", "2026-09-30"] in row.changes
    do(world, batch, world.handler)
    given.refresh_from_db()
    assert given.due == DUE
    assert given.deadline_requests.get().new_due == date(2026, 9, 30)


def test_the_whole_list_is_chosen_by_its_filters_and_bounded(world, monkeypatch):
    findings = world.register(STATED, STATED, STATED)
    world.assigned(findings[0])
    batch = choose(world, filters=FindingFilters(stage=Stage.REGISTERED))
    assert list(batch.rows.values_list("finding_id", flat=True)) == [each.pk for each in findings[1:]]
    monkeypatch.setattr("zhenggai.ledger.services.batching.CHOSEN_MOST", 2)
    before = everything()
    with pytest.raises(NothingChosenError, match="at most 2 are gone through at once"):
        choose(world)
    assert everything() == before
    monkeypatch.setattr("zhenggai.ledger.services.batching.KEPT_MOST", 2)
    later = [choose(world, findings[0]) for _ in range(3)]
    assert set(Batch.objects.values_list("pk", flat=True)) == {each.pk for each in later[1:]}
    assert BatchRow.objects.count() == 2


def test_many_go_by_a_job_which_goes_on_where_it_was_ended(world, settings, monkeypatch):
    settings.RECURRING = ()
    findings = world.register(STATED, STATED, STATED)
    monkeypatch.setattr(batch_jobs, "AT_ONCE_MOST", 1)
    batch = tried(world, choose(world, *findings), ManyAction.MEASURE, text="逐笔核对示例台账")
    standing = batch_standing(batch)
    assert (batch.state, standing.is_running, standing.done, standing.total) == (
        BatchState.TRYING,
        True,
        0,
        3,
    )

    def by_worker():
        return work(
            name="one", clock=lambda: AT + timedelta(hours=1), stop=threading.Event(), until_idle=True
        )

    by_worker()
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == (BatchState.TRIED, [RowState.READY] * 3)
    do(world, batch)
    assert (batch.state, states(batch)) == (BatchState.DOING, [RowState.READY] * 3)
    # as a worker leaves it that was ended after the first
    Job.objects.all().delete()
    row = batch.rows.first()
    services.measure_add(
        actor=world.clerk,
        at=world.at(),
        finding_id=row.finding_id,
        version=row.version,
        text="逐笔核对示例台账",
    )
    BatchRow.objects.filter(pk=row.pk).update(state=RowState.DONE.value)
    standing = batch_standing(batch)
    assert (standing.is_stopped, standing.done, standing.total) == (True, 1, 3)
    batch_go_on(actor=world.clerk, at=world.at(), batch_id=batch.pk)
    by_worker()
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == (BatchState.DONE, [RowState.DONE] * 3)
    assert [each.measures.count() for each in findings] == [2, 2, 2]
