"""Taking an edit back: a change of its own, only while the value is what it left, never across a decision."""

from __future__ import annotations

from datetime import date

from ledger.refusals import refused
from ledger.world import DUE
from zhenggai.domain.actor import Role
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.ledger import services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import ActionDeniedError, EditStandsError, FindingNotFoundError, StalePageError
from zhenggai.ledger.models import Finding
from zhenggai.ledger.undoing import edit_last, edit_latest
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

REASON = "招标流程延后，核对不能按期完成。"


def seq_of(finding):
    return events_of(ChainKey.inspection(finding.inspection_id), ("finding", finding.pk)).reverse()[0].seq


def last(finding):
    return event_views(events_of(ChainKey.inspection(finding.inspection_id), ("finding", finding.pk)))[-1]


def assign(world, finding, **values):
    wanted = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": DUE, **values}
    return world.do("finding_assign", world.clerk, finding, **wanted)


def stands(error, words, finding, act):
    with refused(finding, error, words):
        act()


def take_back(world, actor, finding, seq):
    return world.do("edit_take_back", actor, finding, seq=seq)


def test_another_unit_is_taken_back_and_the_trail_says_so(world):
    finding = assign(world, world.assigned(), unit_id=world.other_unit.pk)
    edit = edit_latest(world.clerk, finding.inspection_id)
    assert (edit.name, edit.subject_id) == (LedgerEvent.FINDING_ASSIGNED, finding.pk)
    take_back(world, world.clerk, finding, edit.seq)
    row = Finding.objects.get(pk=finding.pk)
    assert (row.lead_unit_id, row.responsible_leader_id, row.due) == (
        world.unit.pk,
        world.leader.person_id,
        DUE,
    )
    assert [each.unit_id for each in row.supporting.all()] == [world.other_unit.pk]
    event = last(finding)
    assert event.name == LedgerEvent.EDIT_TAKEN_BACK
    assert event.values == {
        "taken_back": "ledger.finding.assigned",
        "taken_back_seq": edit.seq,
        "by_seq": event.seq - 1,
        "stage": "assigned",
        "version": row.version,
    }
    assert list(differences()) == []
    # neither what was taken back nor the taking back is the next one
    earlier = edit_latest(world.clerk, finding.inspection_id)
    assert earlier.seq < edit.seq
    stands(
        EditStandsError,
        "was taken back already",
        finding,
        lambda: take_back(world, world.clerk, finding, edit.seq),
    )


def test_what_was_not_set_before_has_nothing_to_go_back_to(world):
    finding = world.assigned()
    stands(
        EditStandsError,
        "nothing to go back to",
        finding,
        lambda: take_back(world, world.clerk, finding, seq_of(finding)),
    )
    # requirements are never taken back, with whatever they were set
    again = world.do("finding_classify", world.clerk, finding, nature=Nature.IMMEDIATE, people_required=True)
    stands(
        EditStandsError,
        "nothing to go back to",
        again,
        lambda: take_back(world, world.clerk, again, seq_of(again)),
    )


def test_a_nature_and_a_leader_are_taken_back(world):
    finding = world.assigned()
    world.do("finding_classify", world.clerk, finding, nature=Nature.IMMEDIATE)
    take_back(world, world.clerk, finding, seq_of(finding))
    assert Finding.objects.get(pk=finding.pk).nature == Nature.TIME_BOUND
    other = world.person("leader2", "代示例", (Role.RESPONSIBLE_LEADER, world.bureau))
    row = Finding.objects.get(pk=finding.pk)
    world_hand_over(world, row, other)
    take_back(world, world.clerk, finding, seq_of(finding))
    assert Finding.objects.get(pk=finding.pk).responsible_leader_id == world.leader.person_id
    assert list(differences()) == []


def world_hand_over(world, row, other):
    return services.findings_hand_over(
        actor=world.clerk,
        at=world.at(),
        from_id=row.responsible_leader_id,
        to_id=other.person_id,
        versions={row.pk: row.version},
    )


def test_a_request_about_the_deadline_is_withdrawn_until_somebody_signs(world):
    finding = world.accepted()
    later = {"new_due": date(2026, 9, 30), "reason": REASON}
    world.do("extension_request", world.handler, finding, **later)
    seq = seq_of(finding)
    # whoever else may not withdraw it may not take it back
    stands(
        ActionDeniedError,
        "Only the person who asked",
        finding,
        lambda: take_back(world, world.head, finding, seq),
    )
    take_back(world, world.handler, finding, seq)
    assert last(finding).values["taken_back"] == LedgerEvent.EXTENSION_REQUESTED
    world.do("extension_request", world.handler, finding, **later)
    seq = seq_of(finding)
    world.do("deadline_sign", world.leader, finding)
    stands(
        EditStandsError,
        "“request about the deadline signed” by 领示例 rests on it",
        finding,
        lambda: take_back(world, world.handler, finding, seq),
    )


def test_nothing_is_taken_back_across_a_decision_or_another_change(world):
    finding = assign(world, world.assigned(), unit_id=world.other_unit.pk)
    seq = seq_of(finding)
    mine = assign(world, finding)
    stands(
        EditStandsError, "somebody changed it since", mine, lambda: take_back(world, world.clerk, mine, seq)
    )
    seq = seq_of(mine)
    stale = Finding.objects.get(pk=finding.pk).version - 1
    stands(
        StalePageError,
        "finding assigned",
        mine,
        lambda: world.do("edit_take_back", world.clerk, mine, seq=seq, version=stale),
    )
    stands(ActionDeniedError, None, mine, lambda: take_back(world, world.verifier, mine, seq))
    stands(FindingNotFoundError, None, mine, lambda: take_back(world, world.stranger, mine, seq))
    stands(EditStandsError, "no change of yours", mine, lambda: take_back(world, world.clerk, mine, 1))
    world.do("finding_accept", world.head, mine)
    stands(
        EditStandsError,
        "“finding accepted” by 长示例 rests on it",
        mine,
        lambda: take_back(world, world.clerk, mine, seq),
    )
    assert edit_last(Finding.objects.get(pk=mine.pk), world.clerk.person_id) is None


def test_nothing_is_taken_back_that_somebody_set_anew_or_that_brought_more(world):
    finding = world.registered()
    world.do("finding_classify", world.clerk, finding, nature=Nature.IMMEDIATE)
    first = seq_of(finding)
    finding = world.do("finding_classify", world.clerk, finding, nature=Nature.TIME_BOUND)
    seq = seq_of(finding)
    other = world.person("second-clerk", "次示例", (Role.OFFICE_CLERK, world.bureau))
    world.do("finding_classify", other, finding, nature=Nature.IMMEDIATE)
    finding = world.do("finding_classify", other, finding, nature=Nature.TIME_BOUND)
    # what stands is what the other decided, though it reads the same
    stands(
        EditStandsError,
        "somebody changed it since",
        finding,
        lambda: take_back(world, world.clerk, finding, seq),
    )
    # what another takes back is no edit of one's own any more
    assert edit_latest(world.clerk, finding.inspection_id).seq == seq > first
    # the first due date, once given, stays
    given = world.do("finding_classify", world.clerk, world.registered(), nature=Nature.LONG_TERM)
    given = assign(world, assign(world, given, due=None), unit_id=world.other_unit.pk)
    assert given.first_due == DUE
    stands(
        EditStandsError,
        "nothing to go back to",
        given,
        lambda: take_back(world, world.clerk, given, seq_of(given)),
    )


def test_a_finding_that_was_declined_is_not_given_back(world):
    finding = world.assigned()
    world.do("finding_decline", world.head, finding, reason="此项工作不属于本股职责范围，请改派。")
    again = assign(world, finding, unit_id=world.other_unit.pk)
    assert again.stage == Stage.ASSIGNED
    stands(
        EditStandsError,
        "nothing to go back to",
        again,
        lambda: take_back(world, world.clerk, again, seq_of(again)),
    )


def test_the_latest_edit_is_ones_own_and_of_a_finding_that_one_sees(world):
    assert edit_latest(world.clerk, world.inspection.pk) is None
    finding = world.assigned()
    assert edit_latest(world.head, world.inspection.pk) is None
    assert edit_latest(world.clerk, world.inspection.pk).seq == seq_of(finding)
