"""Restricted findings: who sees them, on data that holds what must stay hidden, and who keeps the list."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import DatabaseError, transaction

from ledger.refusals import refused
from ledger.world import DUE, STATED, TODAY
from retold import retold
from trail.unguarded import unguarded
from zhenggai.domain.actor import Actor, Role
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.events import VEILED_EVENT
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.policy import Action
from zhenggai.domain.restricting import NotRestrictedError, RestrictionKind, RestrictionStandsError
from zhenggai.domain.spans import Span
from zhenggai.domain.terms import MilestoneKind
from zhenggai.inbox.models import Notice
from zhenggai.ledger import handing_over, plans, rounds, selectors, services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.digesting import digest_of
from zhenggai.ledger.errors import (
    FindingNotFoundError,
    InspectionNotFoundError,
    InvalidFieldError,
    ReasonTooShortError,
    StandsOtherwiseError,
)
from zhenggai.ledger.exporting import ledger_export_csv, ledger_export_json
from zhenggai.ledger.facts import facts_of
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.milestones import inspection_milestones
from zhenggai.ledger.models import Finding, FindingReader
from zhenggai.ledger.noticed import findings_named
from zhenggai.ledger.sight import BLACK, blacked, places_hidden, places_told, restricted_events
from zhenggai.ledger.telling import people_who_may
from zhenggai.ledger.waiting import findings_waiting
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey

SECRET = "关于“某示例负责人涉嫌违规”问题"
REASON = "涉及问题线索，只限专人知悉和办理。"
# By hand: everybody of the place; those who saw the finding by their posts before it was restricted.
SAW = (
    "clerk",
    "group",
    "verifier",
    "inspector",
    "auditor",
    "publisher",
    "handler",
    "head",
    "helper",
    "leader",
)
NEVER = ("administrator", "stranger")


@pytest.fixture
@retold
def secret(world):
    """Two findings at work; the first is restricted by the clerk, who lists the head of the unit."""
    one, two = world.register(dataclasses.replace(STATED, title=SECRET), STATED)
    for each in (one, two):
        world.assigned(each)
        world.do("finding_accept", world.head, each)
        world.file_evidence(each)
    world.other = two
    return world.do(
        "finding_restrict",
        world.clerk,
        one,
        kind=RestrictionKind.LEAD,
        reason=REASON,
        reader_ids=[world.head.person_id],
    )


def shown(world, name, inspection_id):
    """Everything that lists, counts or writes findings for a person, as one text with its numbers."""
    actor = getattr(world, name)
    page = selectors.findings_page(actor, inspection_id)
    tally = selectors.ledger_counts(actor, inspection_id, TODAY)
    files = b"".join(ledger_export_csv(actor, inspection_id, TODAY))
    files += b"".join(ledger_export_json(actor, inspection_id, TODAY))
    row = selectors.inspections_visible(actor).get(pk=inspection_id)
    found = selectors.findings_page(actor, inspection_id, FindingFilters(text="涉嫌违规"))
    numbers = (page.total, tally.total, row.findings_count, found.total)
    return numbers, files.decode("utf-8", "replace")


@pytest.mark.parametrize("name", SAW)
def test_lists_counts_search_and_files_hold_it_for_the_listed_alone(world, secret, name):
    is_listed = name in {"clerk", "head"}
    numbers, files = shown(world, name, secret.inspection_id)
    assert numbers == ((2, 2, 2, 1) if is_listed else (1, 1, 1, 0))
    assert (SECRET[2:] in files) is is_listed
    assert Finding.objects.filter(title=SECRET).count() == 1


@pytest.mark.parametrize("name", [*SAW, *NEVER])
def test_the_finding_its_timeline_and_its_evidence_are_not_there_for_others(world, secret, name):
    actor, evidence = getattr(world, name), secret.evidence.get()
    if name in {"clerk", "head"}:
        assert selectors.finding_get(actor, secret.pk).pk == secret.pk
        assert selectors.evidence_get(actor, evidence.pk).pk == evidence.pk
        assert selectors.finding_is_seen(actor, secret.pk)
        return
    with pytest.raises(FindingNotFoundError):
        selectors.finding_get(actor, secret.pk)
    with pytest.raises(FindingNotFoundError):
        selectors.finding_timeline(actor, secret.pk)
    with pytest.raises(NotFoundError, match="no such evidence"):
        selectors.evidence_open(actor, evidence.pk)
    assert not selectors.finding_is_seen(actor, secret.pk)


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("finding_classify", {"nature": Nature.IMMEDIATE}),
        ("measure_add", {"text": "再核"}),
        ("progress_report", {"progress": "done", "narrative": "已办"}),
        ("hold_open", {"kind": "other", "reference": "示例"}),
        ("finding_reader_add", {"reader_ids": [1]}),
        ("finding_unrestrict", {"reason": REASON}),
    ],
)
def test_nobody_who_is_not_listed_changes_it_by_a_guessed_id(world, secret, verb, values):
    for name in set(SAW) - {"clerk", "head"}:
        with refused(secret, FindingNotFoundError, "no such finding among those you can see"):
            world.do(verb, getattr(world, name), secret, **values)


def test_what_waits_and_what_is_handed_over_leaves_it_out(world, secret):
    second = world.person("office2", "协办示例", (Role.OFFICE_CLERK, world.bureau))
    assert {row.pk for row in handing_over.findings_led(world.clerk, world.leader.person_id)} == {
        secret.pk,
        world.other.pk,
    }
    assert [row.pk for row in handing_over.findings_led(second, world.leader.person_id)] == [world.other.pk]
    assert [work.led for work in handing_over.work_open(second, TODAY)] == [1]
    assert handing_over.open_with(world.leader.person_id) == (1, 0)
    waiting = {row.pk for group in findings_waiting(world.handler, TODAY) for row in group.rows}
    assert waiting == {world.other.pk}
    assert {row.pk for group in findings_waiting(world.head, TODAY) for row in group.rows} >= {secret.pk}


def test_themes_of_hidden_findings_alone_are_no_filter(world, secret):
    for each in (secret, world.other):
        assert each.theme is not None
    with unguarded():
        Finding.objects.filter(pk=world.other.pk).update(theme=None)
    assert selectors.themes_of(world.clerk, secret.inspection_id) == [(secret.theme_id, secret.theme.title)]
    assert selectors.themes_of(world.group, secret.inspection_id) == []


def test_the_trail_says_to_others_only_that_something_happened(world, secret):
    chain = ChainKey.inspection(secret.inspection_id)
    full = selectors.inspection_timeline(world.clerk, secret.inspection_id)
    assert any(view.values.get("title") == SECRET for view in full)
    for name in ("group", "auditor", "inspector"):
        views = selectors.inspection_timeline(getattr(world, name), secret.inspection_id)
        assert [view.hash for view in views] == [view.hash for view in full]
        told = [view for view in views if view.name == VEILED_EVENT]
        assert len(told) == trail.events_of(chain, ("finding", secret.pk)).count()
        assert {(v.actor, v.actor_id, v.subject_id, tuple(v.values)) for v in told} == {(None, 0, 0, ())}
        assert SECRET not in str(views)
        assert world.head.label not in str(told)
        imported = [view for view in views if view.subject_kind == "document"]
        assert imported[0].values == {}
    assert all(report.ok for report in trail.verify(chain))
    assert list(differences(secret.inspection_id)) == []


def test_of_a_restricted_finding_the_comparison_says_no_value(world, secret):
    with unguarded():
        Finding.objects.filter(pk=secret.pk).update(restricted=RestrictionKind.OTHER.value)
        FindingReader.objects.filter(finding=secret, person_id=world.head.person_id).update(
            granted_by_id=world.head.person_id
        )
    said = [str(each.message) for each in differences(secret.inspection_id)]
    assert len(said) == 2
    assert "the finding itself the words of restricted are others" in said[0]
    assert "on the list of a restricted finding the words of granted_by_id are others" in said[1]


def test_what_goes_out_of_the_system_knows_its_events(world, secret):
    tells = restricted_events(ChainKey.inspection(secret.inspection_id))
    assert tells("finding", secret.pk)
    assert tells("document", 1)
    assert not tells("finding", world.other.pk)
    assert not restricted_events(ChainKey.organisation(1))("finding", secret.pk)
    world.do("finding_unrestrict", world.clerk, secret, reason=REASON)
    assert not restricted_events(ChainKey.inspection(secret.inspection_id))("document", 1)


def test_the_source_is_blacked_out_where_it_tells_of_it(world, secret):
    document = selectors.document_get(world.group, secret.document_id)
    # both findings of this world stand at one place of the document, and its measure and actions inside it
    places = places_hidden(world.group, document)
    assert places == [(10, 90), (30, 40), (50, 60), (60, 70)]
    assert places_hidden(world.clerk, document) == []
    assert blacked("一二三\n四五", [(1, 5), (5, 99)]) == f"一{BLACK}{BLACK}\n{BLACK}{BLACK}"


def kept(world, **stated):
    """A restricted finding as a document told it, listed for the clerk alone."""
    (finding,) = world.register(dataclasses.replace(STATED, title=SECRET, **stated))
    return world.do("finding_restrict", world.clerk, finding, kind=RestrictionKind.LEAD, reason=REASON)


# a place without extent says where the finding was put, not where the document tells of it
@pytest.mark.parametrize("span", [None, Span(10, 10)])
def test_a_source_whose_secret_place_is_not_known_is_not_shown(world, span):
    finding = kept(world, span=span)
    assert selectors.document_get(world.clerk, finding.document_id).pk == finding.document_id
    for name in ("group", "auditor"):
        with pytest.raises(NotFoundError, match="no such document"):
            selectors.document_get(getattr(world, name), finding.document_id)


def test_the_same_words_are_blacked_out_wherever_they_stand_in_the_source(world):
    second = "某示例负责人另有违规线索"
    finding = kept(world, problem=f"见上\n{second}。")
    document = selectors.document_get(world.group, finding.document_id)
    text = f"目录：{SECRET}\n" + "一" * 100 + f"\n小结：{SECRET}，见上。{second}。{second}。"
    shown = blacked(text, places_told(world.group, document, text))
    assert len(shown) == len(text)
    assert SECRET not in shown
    assert second not in shown
    # fewer than six characters tell of nothing
    assert shown.startswith("目录：█")
    assert "，见上。" in shown
    assert places_told(world.clerk, document, text) == []


def test_a_listed_person_of_elsewhere_sees_it_and_the_inspection_for_it_alone(world, secret):
    world.city_clerk = world.person("city", "市示例", (Role.HANDLER, world.body))
    with pytest.raises(InspectionNotFoundError):
        selectors.inspection_get(world.city_clerk, secret.inspection_id)
    world.do("finding_reader_add", world.clerk, secret, reader_ids=[world.city_clerk.person_id])
    assert shown(world, "city_clerk", secret.inspection_id)[0] == (1, 1, 1, 1)
    assert selectors.finding_get(world.city_clerk, secret.pk).pk == secret.pk
    # whose posts have all ended is on no list any more
    with pytest.raises(FindingNotFoundError):
        selectors.finding_get(Actor(world.city_clerk.person_id, "市示例"), secret.pk)
    with pytest.raises(InspectionNotFoundError):
        selectors.inspection_get(Actor(world.city_clerk.person_id, "市示例"), secret.inspection_id)


def test_whoever_acts_for_a_listed_person_is_not_listed(world, secret):
    from dataclasses import replace  # noqa: PLC0415 - used here alone

    grant = replace(world.clerk.grants[0], acting_for=world.clerk.person_id, acting_for_label="办示例")
    substitute = replace(world.verifier, grants=(grant,))
    with pytest.raises(FindingNotFoundError):
        selectors.finding_get(substitute, secret.pk)


def test_the_list_keeps_who_was_on_it_and_why_not_any_more(world, secret):
    row = secret.readers.get(person_id=world.head.person_id)
    world.do("finding_reader_withdraw", world.clerk, secret, reader_id=row.pk, reason=REASON)
    row.refresh_from_db()
    assert (row.withdrawn_by_id, row.withdrawn_reason) == (world.clerk.person_id, REASON)
    with pytest.raises(FindingNotFoundError):
        selectors.finding_get(world.head, secret.pk)
    with refused(secret, StandsOtherwiseError, "长示例 is not on the list any more"):
        world.do("finding_reader_withdraw", world.clerk, secret, reader_id=row.pk, reason=REASON)
    world.do("finding_reader_add", world.clerk, secret, reader_ids=[world.head.person_id])
    assert selectors.finding_get(world.head, secret.pk).readers.count() == 3
    assert list(differences(secret.inspection_id)) == []


def test_the_last_who_keeps_the_list_stays_on_it(world, secret):
    mine = secret.readers.get(person_id=world.clerk.person_id)
    with refused(secret, StandsOtherwiseError, "nobody of the office or the leading group would be on"):
        world.do("finding_reader_withdraw", world.clerk, secret, reader_id=mine.pk, reason=REASON)
    world.do("finding_reader_add", world.clerk, secret, reader_ids=[world.group.person_id])
    world.do("finding_reader_withdraw", world.group, secret, reader_id=mine.pk, reason=REASON)
    with pytest.raises(FindingNotFoundError):
        selectors.finding_get(world.clerk, secret.pk)


def test_one_who_came_to_administer_does_not_keep_the_list(world, secret):
    second = world.person("office2", "协办示例", (Role.OFFICE_CLERK, world.bureau))
    world.do("finding_reader_add", world.clerk, secret, reader_ids=[second.person_id])
    world.grant(second.person_id, (Role.SYSTEM_ADMIN, world.bureau))
    row = secret.readers.get(person_id=world.clerk.person_id)
    with refused(secret, StandsOtherwiseError, "nobody of the office or the leading group would be on"):
        world.do("finding_reader_withdraw", world.clerk, secret, reader_id=row.pk, reason=REASON)


def test_a_restriction_is_lifted_and_made_anew(world, secret):
    with refused(secret, RestrictionStandsError, "restricted already"):
        world.do("finding_restrict", world.clerk, secret, kind=RestrictionKind.OTHER, reason=REASON)
    with refused(secret, ReasonTooShortError):
        world.do("finding_unrestrict", world.clerk, secret, reason="可以了")
    free = world.do("finding_unrestrict", world.clerk, secret, reason=REASON)
    assert (free.restricted, free.restricted_at, free.restricted_by) == ("", None, None)
    assert selectors.finding_get(world.handler, secret.pk).pk == secret.pk
    with refused(secret, NotRestrictedError, "You cannot put people on the list: the finding is not"):
        world.do("finding_reader_add", world.clerk, secret, reader_ids=[world.head.person_id])
    world.do("finding_restrict", world.clerk, secret, kind=RestrictionKind.OTHER, reason=REASON)
    with pytest.raises(FindingNotFoundError):
        selectors.finding_get(world.head, secret.pk)
    assert list(differences(secret.inspection_id)) == []


def test_a_closed_finding_can_be_restricted_and_nothing_else_of_it_changes(world):
    finding = world.closed()
    before = Finding.objects.filter(pk=finding.pk).values().get()
    world.do("finding_restrict", world.clerk, finding, kind=RestrictionKind.NAMED_PERSONS, reason=REASON)
    after = Finding.objects.filter(pk=finding.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"restricted", "restricted_at", "restricted_by_id", "version", "changed_at"}
    with pytest.raises(DatabaseError, match="closed finding is never changed"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(restricted="", key_area="别的")
    assert list(differences(finding.inspection_id)) == []


@pytest.mark.parametrize("name", ["administrator", "stranger"])
def test_who_administers_or_works_in_another_tree_is_not_listed(world, secret, name):
    with refused(secret, InvalidFieldError, "Somebody chosen holds no post that works here, or administers"):
        world.do("finding_reader_add", world.clerk, secret, reader_ids=[getattr(world, name).person_id])


def test_nobody_is_listed_twice_and_nobody_is_nobody(world, secret):
    with refused(secret, StandsOtherwiseError, "长示例 is on the list already"):
        world.do("finding_reader_add", world.clerk, secret, reader_ids=[world.head.person_id])
    with refused(secret, InvalidFieldError, "Choose whom to put on the list"):
        world.do("finding_reader_add", world.clerk, secret, reader_ids=[])


def test_a_restricted_finding_is_led_and_worked_on_by_people_on_its_list(world, secret):
    given = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": DUE}
    with refused(secret, InvalidFieldError, "领示例 is not on its list, so would not see"):
        world.do("finding_assign", world.clerk, secret, **given)
    with refused(secret, InvalidFieldError, "no handler or head of “财务示例股” is on its list"):
        world.do(
            "finding_assign",
            world.clerk,
            secret,
            **(given | {"unit_id": world.other_unit.pk, "list_leader": True}),
        )
    world.do("finding_assign", world.clerk, secret, **given, list_leader=True)
    assert selectors.finding_get(world.leader, secret.pk).responsible_leader_id == world.leader.person_id
    other = world.person("leader2", "副示例", (Role.RESPONSIBLE_LEADER, world.bureau))
    row = Finding.objects.get(pk=secret.pk)
    with refused(secret, InvalidFieldError, "副示例 is not on its list"):
        services.findings_hand_over(
            actor=world.clerk,
            at=world.at(),
            from_id=world.leader.person_id,
            to_id=other.person_id,
            versions={row.pk: row.version},
        )
    measure = row.measures.first()
    with refused(secret, InvalidFieldError, "副示例 is not on its list"):
        world.do(
            "measure_arrange",
            world.clerk,
            secret,
            measure_id=measure.pk,
            leader_id=other.person_id,
        )


def test_a_plan_shows_each_what_he_sees_and_its_digest_covers_all(world, secret):
    for each in (secret, world.other):
        world.do("criterion_add", world.clerk, each, text="台账与账簿一致。")
    second = world.person("office2", "协办示例", (Role.OFFICE_CLERK, world.bureau))
    assert plans.planned_get(world.clerk, secret.inspection_id)[1].to_plan == 2
    planned = plans.planned_get(second, secret.inspection_id)[1]
    assert (planned.total, planned.to_plan, planned.gap_count) == (1, 1, 0)
    plan = services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=secret.inspection_id)
    row, _verdicts = plans.plan_get(world.group, plan.pk)
    assert [item.finding_id for item in plans.plan_items(world.group, row)] == [world.other.pk]
    assert plans.items_kept_from(world.group, row) == 1
    assert plans.items_kept_from(world.clerk, row) == 0
    assert plans.planned_get(world.group, secret.inspection_id)[1].plans[0].findings_count == 1
    services.plan_sign(actor=world.group, at=world.at(), plan_id=plan.pk)
    signed = trail.event_views(
        trail.events_named(ChainKey.inspection(secret.inspection_id), "ledger.plan.signed")
    )
    assert signed[0].values["not_shown"] == 1
    assert list(differences(secret.inspection_id)) == []


def test_what_is_kept_from_whoever_submits_comes_into_a_further_plan(world, secret):
    second = world.person("office2", "协办示例", (Role.OFFICE_CLERK, world.bureau))
    world.do("criterion_add", world.clerk, world.other, text="台账与账簿一致。")
    plan = services.plan_submit(actor=second, at=world.at(), inspection_id=secret.inspection_id)
    assert [item.finding_id for item in plan.items.all()] == [world.other.pk]
    services.plan_sign(actor=world.group, at=world.at(), plan_id=plan.pk)
    assert plans.planned_get(world.clerk, secret.inspection_id)[1].to_plan == 1


def test_triggers_keep_somebody_on_the_list(world, secret):
    with pytest.raises(DatabaseError, match="only where somebody is listed"), transaction.atomic():
        Finding.objects.filter(pk=world.other.pk).update(
            restricted="lead", restricted_at=secret.restricted_at, restricted_by_id=world.clerk.person_id
        )
    done = {"withdrawn_at": world.at(), "withdrawn_by_id": world.clerk.person_id, "withdrawn_reason": REASON}
    first, last = secret.readers.all()
    FindingReader.objects.filter(pk=first.pk).update(**done)
    with pytest.raises(DatabaseError, match="last who is listed"), transaction.atomic():
        FindingReader.objects.filter(pk=last.pk).update(**done)
    with pytest.raises(DatabaseError, match="keeps this row"), transaction.atomic():
        FindingReader.objects.filter(pk=last.pk).update(person_id=world.handler.person_id)
    with pytest.raises(DatabaseError, match="ever deleted"), transaction.atomic():
        secret.readers.all().delete()


def test_digests_and_notices_name_it_to_the_listed_alone(world, secret):
    seen = {
        name: [
            id_ for group in digest_of(getattr(world, name), secret.due) for id_ in group.get("findings", ())
        ]
        for name in ("leader", "head", "handler", "clerk")
    }
    assert {name for name, ids in seen.items() if secret.pk in ids} == {"head", "clerk"}
    assert all(world.other.pk in ids for ids in seen.values())
    for name in set(SAW) - {"clerk", "head"}:
        assert secret.pk not in findings_named(getattr(world, name), [secret.pk, world.other.pk])
    assert secret.pk in findings_named(world.head, [secret.pk])
    # whoever may do the next step by post, but is not listed, is not told of it
    facts = facts_of(selectors.finding_get(world.clerk, secret.pk))
    told = {each.person_id for each in people_who_may(Action.PROGRESS_REPORT, facts, TODAY)}
    assert told == {world.head.person_id}


def test_a_round_counts_it_for_the_listed_alone(world, secret):
    opened = services.round_create(
        actor=world.inspector,
        at=world.at(),
        body_id=world.body.pk,
        title="第三轮示例巡察",
        kind=InspectionKind.INSPECTION,
        begins_on=TODAY,
    )
    services.inspection_put_in_round(
        actor=world.inspector, at=world.at(), inspection_id=secret.inspection_id, round_id=opened.pk
    )
    totals = {
        name: rounds.round_rows(getattr(world, name), opened, TODAY)[0].tally.total
        for name in ("clerk", "inspector", "group", "head")
    }
    assert totals == {"clerk": 2, "inspector": 1, "group": 1, "head": 2}


def test_whether_all_is_done_and_when_tells_nothing_of_what_is_hidden(world):
    kept = world.closed()
    world.do("finding_restrict", world.clerk, kept, kind=RestrictionKind.LEAD, reason=REASON)

    def done_on(actor):
        row = selectors.inspection_get(actor, kept.inspection_id)
        found = inspection_milestones(actor, row, TODAY)
        return {each.done_on for each in found if each.kind is MilestoneKind.CONCENTRATED}

    # the group sees none of its findings, so nothing is done that it could know of
    assert (done_on(world.clerk), done_on(world.group)) == ({TODAY}, {None})
    world.registered()
    assert done_on(world.clerk) == done_on(world.group) == {None}


def test_a_hidden_open_finding_does_not_keep_what_is_seen_from_being_done(world):
    world.closed()
    (hidden,) = world.register(STATED)
    world.do("finding_restrict", world.clerk, hidden, kind=RestrictionKind.LEAD, reason=REASON)
    for actor, done in ((world.clerk, None), (world.group, TODAY)):
        row = selectors.inspection_get(actor, hidden.inspection_id)
        found = inspection_milestones(actor, row, TODAY)
        assert [each.done_on for each in found if each.kind is MilestoneKind.CONCENTRATED] == [done]


def test_a_leader_who_lost_sight_of_a_finding_is_not_told_that_its_plan_is_approved(
    world, django_capture_on_commit_callbacks
):
    finding = world.accepted()
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    finding = world.do("finding_restrict", world.clerk, finding, kind=RestrictionKind.LEAD, reason=REASON)

    def approved():
        plan = services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=finding.inspection_id)
        with django_capture_on_commit_callbacks(execute=True):
            services.plan_sign(actor=world.group, at=world.at(), plan_id=plan.pk)
        return set(
            Notice.objects.filter(key__startswith=f"plan:{plan.pk}:").values_list("person_id", flat=True)
        )

    with transaction.atomic():
        assert approved() == {world.clerk.person_id}
        transaction.set_rollback(True)
    world.do("finding_reader_add", world.clerk, finding, reader_ids=[world.leader.person_id])
    assert approved() == {world.clerk.person_id, world.leader.person_id}
