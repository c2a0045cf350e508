"""Signatures written past the services: forged steps, out of turn, twice, for others, closures on them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ledger.laddered import joint, meeting, members, quorum, recorded
from zhenggai.domain.actor import Role
from zhenggai.ledger.models import (
    CalledSigner,
    Closure,
    ClosureRequest,
    ProfileBody,
    RequestStep,
    Signature,
    SignatureRecord,
)


def stopped(act, *args, **values):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act(*args, **values)
    return str(refusal.value)


def signed(world, request, actor, step, **values):
    return Signature.objects.create(
        request=request, step=step, by_id=actor.person_id, at=world.at(), **values
    )


def closed(world, finding, request):
    return Closure.objects.create(finding=finding, round=1, request=request, kind="closed", at=world.at())


def waiting(world):
    finding = world.requested()
    return finding, finding.closure_requests.get()


def test_a_forged_step_is_none_of_the_ladder(world):
    finding, request = waiting(world)
    for step in ("leading_group", "office", "", "responsible_leader "):
        assert stopped(signed, world, request, world.leader, step)
    assert "comes next" in stopped(signed, world, request, world.group, "leading_group")
    assert "at its place" in stopped(
        RequestStep.objects.create, request=request, position=2, step="leading_group", kind="one", needed=1
    )
    assert finding.pk


def test_nobody_signs_out_of_turn_nor_more_than_a_step_takes(world):
    finding, request = waiting(world)
    assert "comes next" in stopped(signed, world, request, world.clerk, "office_clerk")
    signed(world, request, world.leader, "responsible_leader")
    assert "comes next" in stopped(signed, world, request, world.group, "responsible_leader")
    # two triggers stand in this way, and which of them speaks first is the database's choice
    why = stopped(signed, world, request, world.leader, "office_clerk")
    assert "exists already" in why or "Nobody signs twice" in why
    signed(world, request, world.clerk, "office_clerk")
    assert closed(world, finding, request).pk


def test_a_quorum_by_statement_takes_its_number_of_those_called(world):
    people = quorum(world)
    finding, request = waiting(world)
    signed(world, request, world.leader, "responsible_leader")
    late = world.person("late", "后示例", (Role.LEADING_GROUP, world.bureau))
    assert "those who were called" in stopped(signed, world, request, late, "leading_group")
    values = {"request": request, "step": "leading_group", "person_id": late.person_id}
    assert "before anybody signs" in stopped(CalledSigner.objects.create, **values)
    signed(world, request, people[0], "leading_group")
    assert "comes next" in stopped(signed, world, request, world.clerk, "office_clerk")
    assert "signatures of two people" in stopped(closed, world, finding, request)
    signed(world, request, people[1], "leading_group")
    signed(world, request, world.clerk, "office_clerk")
    assert closed(world, finding, request).pk


def test_what_a_request_asks_is_neither_lightened_nor_changed(world):
    quorum(world)
    finding = world.proven()
    made = ClosureRequest.objects.create(
        finding=finding, round=1, by_id=world.handler.person_id, at=world.at(), statement="请予销号。"
    )
    values = {"request": made, "position": 1, "step": "leading_group"}
    for wrong in (
        {"kind": "quorum", "needed": 1},
        {"kind": "one", "needed": 2},
        {"kind": "quorum", "needed": 2, "position": 0},
        {"kind": "quorum", "needed": 2, "step": "verifier"},
    ):
        assert "at its place" in stopped(RequestStep.objects.create, **{**values, **wrong})
    RequestStep.objects.create(**values, kind="quorum", needed=2)
    rows = RequestStep.objects.filter(request=made)
    assert "never changed" in stopped(rows.update, needed=1)
    assert "none is ever deleted" in stopped(rows.delete)


def test_a_request_without_its_steps_closes_nothing(world):
    finding = world.proven()
    made = ClosureRequest.objects.create(
        finding=finding, round=1, by_id=world.handler.person_id, at=world.at(), statement="请予销号。"
    )
    RequestStep.objects.create(request=made, position=0, step="responsible_leader", kind="one", needed=1)
    signed(world, made, world.leader, "responsible_leader")
    assert "comes next" in stopped(signed, world, made, world.clerk, "office_clerk")
    late = {"request": made, "position": 1, "step": "office_clerk", "kind": "one", "needed": 1}
    assert "at its place" in stopped(RequestStep.objects.create, **late)
    assert "every signature of its ladder" in stopped(closed, world, finding, made)


def test_a_joint_review_by_statement_is_signed_once_for_each_body(world):
    people = joint(world)
    finding, request = waiting(world)
    signed(world, request, world.leader, "responsible_leader")
    bodies = world.review_bodies
    assert "for each of its bodies" in stopped(signed, world, request, people[0], "joint_review")
    assert "for each of its bodies" in stopped(
        signed, world, request, people[0], "joint_review", body=world.office
    )
    signed(world, request, people[0], "joint_review", body=bodies[0])
    assert "for each of its bodies" in stopped(
        signed, world, request, people[1], "joint_review", body=bodies[0]
    )
    signed(world, request, people[1], "joint_review", body=bodies[1])
    assert "every signature of its ladder" in stopped(closed, world, finding, request)
    signed(world, request, people[2], "joint_review", body=bodies[2])
    version = world.inspection.profile_version
    assert "takes no further body" in stopped(
        ProfileBody.objects.create, version=version, step="joint_review", organisation=world.office
    )
    assert closed(world, finding, request).pk


def test_nobody_signs_by_statement_for_somebody_who_has_signed_or_submitted(world):
    quorum(world)
    _, request = waiting(world)
    assert "nor for who requests" in stopped(
        signed, world, request, world.leader, "responsible_leader", acting_for_id=world.handler.person_id
    )
    signed(world, request, world.leader, "responsible_leader")
    assert "Nobody signs twice" in stopped(
        signed, world, request, world.group, "leading_group", acting_for_id=world.leader.person_id
    )


def test_a_meeting_and_a_paper_count_by_statement_only_with_their_confirmed_record(world):
    meeting(world)
    finding, request = waiting(world)
    values = {
        "request": request,
        "step": "responsible_leader",
        "kind": "paper",
        "held_on": date(2026, 3, 2),
        "file_name": "签批单.pdf",
        "recorded_by_id": world.clerk.person_id,
        "recorded_at": world.at(),
        "signer_id": world.leader.person_id,
        "blob_id": finding.evidence.get().blob_id,
    }
    create = SignatureRecord.objects.create
    for wrong in (
        {"recorded_by_id": world.leader.person_id},
        {"recorded_by_id": world.handler.person_id},
        {"signer_id": world.handler.person_id},
        {"confirmed_by_id": world.verifier.person_id, "confirmed_at": world.at()},
    ):
        assert "never by who signed, requested or fixed" in stopped(create, **{**values, **wrong})
    record = create(**values)
    rows = SignatureRecord.objects.filter(pk=record.pk)
    for person in (world.clerk, world.leader, world.handler):
        assert "The ledger keeps this row" in stopped(
            rows.update, confirmed_at=world.at(), confirmed_by_id=person.person_id
        )
    by_record = {"step": "responsible_leader", "record": record}
    assert "by a record that a second" in stopped(signed, world, request, world.leader, **by_record)
    rows.update(confirmed_at=world.at(), confirmed_by_id=world.verifier.person_id)
    assert "by a record that a second" in stopped(signed, world, request, world.group, **by_record)
    signed(world, request, world.leader, **by_record)
    assert "by a record that a second" in stopped(signed, world, request, world.group, "party_committee")
    record = recorded(world, finding, world.clerk, number="示例局党组会议纪要〔2026〕3号")
    assert "by a record that a second" in stopped(
        signed, world, request, world.group, "party_committee", record=record
    )
    assert "The ledger keeps this row" in stopped(rows.update, refused_at=world.at())


def test_one_person_by_two_posts_signs_once_whatever_the_statement(world):
    members(world, 2)
    _, request = waiting(world)
    world.grant(world.leader.person_id, (Role.OFFICE_CLERK, world.bureau))
    signed(world, request, world.leader, "responsible_leader")
    assert stopped(signed, world, request, world.leader, "office_clerk")
