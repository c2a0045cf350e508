"""Profiles: what comes along, an organisation's own, versions never changed; an inspection keeps its own."""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.refusals import everything
from ledger.world import AT
from zhenggai.accounts.selectors import organisation_root_id
from zhenggai.domain.actor import Role
from zhenggai.domain.closing import MissingTextError
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.profile_reading import ProfileFieldError
from zhenggai.domain.profiles import DEFAULT_PROFILE, Term, content_digest, profile_content, profile_from
from zhenggai.domain.terms import MilestoneKind
from zhenggai.ledger import profiles, services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    InvalidFieldError,
    NameTakenError,
    ProfileElsewhereError,
    ProfileNotFoundError,
    ProfileOfOtherKindError,
    ProfileStaleError,
    ProfileUnchangedError,
)
from zhenggai.ledger.milestones import inspection_milestones
from zhenggai.ledger.models import Inspection, Profile, ProfileVersion
from zhenggai.ledger.selectors import inspection_get, inspection_timeline, ledger_counts
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.guards import guards_drop
from zhenggai.trail.selectors import event_views, events_of, verify

NOTE = "示例局整改办〔2026〕1号"
SEEDED = {"inspection": 3, "central_inspection": 6, "audit": 3, "environment": 6, "safety": 1}


def content(**sections):
    return {**deepcopy(profile_content(DEFAULT_PROFILE)), **sections}


def made(world, actor=None, **values):
    return services.profile_create(
        **{
            "actor": actor or world.clerk,
            "at": world.at(),
            "owner_id": world.bureau.pk,
            "kind": InspectionKind.INSPECTION,
            "title": "示例局巡察规则",
            "content": content(),
            "note": NOTE,
            **values,
        }
    )


def revised(world, profile, actor=None, **values):
    return services.profile_revise(
        **{
            "actor": actor or world.clerk,
            "at": world.at(),
            "profile_id": profile.pk,
            "seen_number": 1,
            "content": content(ladder=["responsible_leader", "verifier", "office_clerk"]),
            "note": "按新的印发文件调整。",
            **values,
        }
    )


@contextmanager
def refused(world, error, words=None):
    chain = ChainKey.organisation(organisation_root_id(world.city.path))
    rows, events = everything(), events_of(chain).count()
    with pytest.raises(error, match=words) as refusal:
        yield refusal
    assert (everything(), events_of(chain).count()) == (rows, events)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(SEEDED))
def test_five_profiles_come_along_complete_and_in_canonical_form(kind):
    row = ProfileVersion.objects.get(profile__kind=kind, profile__owner=None)
    rules = profile_from(row.content)
    # what came later is said by its default, and the version stays as it was made
    later = {"extension_ladder": ["responsible_leader", "office_clerk"]}
    assert profile_content(rules) == {**row.content, **later}
    assert (row.number, row.digest, row.made_by) == (1, content_digest(row.content), None)
    assert rules.time.concentrated_months == SEEDED[kind]
    # what the code said before there were profiles
    assert (rules.ladder, rules.plan_ladder) == (DEFAULT_PROFILE.ladder, DEFAULT_PROFILE.plan_ladder)
    assert (rules.warning, rules.counting) == (DEFAULT_PROFILE.warning, DEFAULT_PROFILE.counting)
    assert rules.colours == DEFAULT_PROFILE.colours
    if kind == "inspection":
        assert rules == DEFAULT_PROFILE


def test_an_inspection_begins_with_the_profile_of_its_kind(world):
    audit = world.inspect(kind=InspectionKind.AUDIT)
    assert audit.rules.word(Term.SUBJECT, "zh-hans") == "被审计单位"
    other = world.inspect(kind=InspectionKind.OTHER)
    assert other.profile_version == world.inspection.profile_version
    told = inspection_timeline(world.clerk, audit.pk)[-1].values
    assert (told["profile_version"], told["profile_digest"]) == (1, audit.profile_version.digest)


def test_an_organisations_own_comes_before_one_above_and_the_newest_version_is_taken(world):
    above = world.person("above", "上示例", (Role.OFFICE_CLERK, world.city))
    citys = made(world, above, owner_id=world.city.pk, title="云山市规则")
    assert world.inspect().profile_version.profile == citys
    own = made(world)
    assert world.inspect().profile_version.profile == own
    second = revised(world, own)
    assert world.inspect().profile_version == second
    assert world.inspect(kind=InspectionKind.AUDIT).profile_version.profile.owner is None
    chosen = world.inspect(profile_id=citys.pk)
    assert chosen.profile_version.profile == citys


def test_an_inspection_keeps_the_version_it_began_with(world):
    own = made(world)
    world.inspection = world.inspect()
    first = world.inspection.profile_version
    second = revised(world, own)
    world.registered()
    row = inspection_get(world.clerk, world.inspection.pk)
    assert row.profile_version == first
    assert len(row.rules.ladder) == 2
    assert profiles.version_newer(row.profile_version) == second
    assert profiles.version_newer(second) is None
    with pytest.raises(IntegrityError, match="keeps the version"), transaction.atomic():
        Inspection.objects.filter(pk=row.pk).update(profile_version=second)


def test_versions_are_never_changed_by_any_statement(world):
    own = made(world)
    version = own.versions.get()
    for act, values in (
        (ProfileVersion.objects.filter(pk=version.pk).update, {"note": "另写"}),
        (ProfileVersion.objects.filter(pk=version.pk).delete, {}),
        (Profile.objects.filter(pk=own.pk).update, {"title": "另名"}),
    ):
        with pytest.raises(IntegrityError, match="keeps its rows"), transaction.atomic():
            act(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileVersion.objects.create(
            profile=own, number=1, content={}, digest="0" * 64, made_at=AT, note="顶替"
        )


@pytest.mark.parametrize("how", ["other rules", "no rules", "other version"])
def test_rules_changed_past_the_guards_are_found_by_the_trail(world, how):
    own = made(world)
    inspection = world.inspect()
    assert list(differences(inspection.pk)) == []
    other = revised(world, own)
    guards_drop(connection)
    version = ProfileVersion.objects.filter(pk=inspection.profile_version_id)
    if how == "other version":
        Inspection.objects.filter(pk=inspection.pk).update(profile_version=other)
    else:
        version.update(content=other.content if how == "other rules" else {"ladder": []})
    (found,) = differences(inspection.pk)
    assert "the version of its profile, or what that says, stands otherwise" in str(found.message)


def test_making_and_revising_stand_in_the_trail_with_the_whole_content(world):
    own = made(world)
    revised(world, own)
    chain = ChainKey.organisation(organisation_root_id(world.city.path))
    views = event_views(events_of(chain, ("profile", own.pk)))
    assert [view.name for view in views] == [LedgerEvent.PROFILE_CREATED, LedgerEvent.PROFILE_REVISED]
    last = own.versions.get(number=2)
    assert (views[1].values["content"], views[1].values["digest"]) == (last.content, last.digest)
    assert all(report.ok for report in verify(chain))


def test_only_the_office_of_the_organisation_or_above_makes_rules(world):
    own = made(world)
    for actor in (world.handler, world.leader, world.group, world.inspector, world.auditor):
        with refused(world, ActionDeniedError, "None of your posts lets you make a profile here"):
            made(world, actor, title="另一套规则")
        with refused(world, (ActionDeniedError, ProfileNotFoundError)):
            revised(world, own, actor)
    both = world.grant(world.administrator.person_id, (Role.OFFICE_CLERK, world.bureau))
    with refused(world, ActionDeniedError, "nobody both administers and works on a ledger"):
        made(world, both, title="另一套规则")
    with refused(world, ActionDeniedError, "make a profile"):
        made(world, world.stranger)
    with refused(world, ProfileNotFoundError):
        revised(world, own, world.stranger)
    with refused(world, NotFoundError):
        made(world, owner_id=999_999)


def test_what_comes_along_is_revised_by_nobody(world):
    seeded = Profile.objects.get(kind="audit", owner=None)
    with refused(world, ActionDeniedError, "These rules come along and are never changed"):
        revised(world, seeded)


def test_a_revision_of_what_changed_meanwhile_or_not_at_all_is_refused(world):
    own = made(world)
    with refused(world, ProfileUnchangedError, "Version 1 says exactly this already"):
        revised(world, own, content=content())
    revised(world, own)
    with refused(world, ProfileStaleError, "Version 2 of this profile was made .* by 办示例"):
        revised(world, own, content=content(plan_ladder=["leading_group", "inspector"]))


def test_content_title_and_reason_are_checked(world):
    made(world)
    with refused(world, NameTakenError, "“示例局巡察规则” is there already"):
        made(world)
    with refused(world, MissingTextError, "“Basis or reason” is empty"):
        made(world, title="另一套", note=" ")
    with refused(world, ProfileFieldError, "possible is a whole number"):
        made(world, title="另一套", content=content(time={**content()["time"], "plan_months": 0}))


def test_a_profile_of_another_kind_or_place_is_not_taken(world):
    audits = made(world, kind=InspectionKind.AUDIT, title="示例局审计规则")
    with refused(world, ProfileOfOtherKindError, "is for “audit”, and this inspection is of the kind"):
        world.inspect(profile_id=audits.pk)
    assert world.inspect(profile_id=audits.pk, kind=InspectionKind.OTHER).rules == audits.versions.get().rules
    elsewhere = made(world, world.stranger, owner_id=world.elsewhere.pk)
    with refused(world, ProfileNotFoundError):
        world.inspect(profile_id=elsewhere.pk)
    units = made(world, owner_id=world.unit.pk)
    with refused(world, ProfileElsewhereError, "does not hold for “云山县示例局”"):
        world.inspect(profile_id=units.pk)


def test_who_sees_an_inspection_sees_its_profile_and_others_only_what_is_theirs(world):
    own = made(world)
    theirs = made(world, world.stranger, owner_id=world.elsewhere.pk)
    world.inspect()

    def seen(actor):
        return {each.pk for each in profiles.profiles_visible(actor)}

    assert own.pk in seen(world.clerk) & seen(world.handler) & seen(world.inspector) & seen(world.auditor)
    assert theirs.pk not in seen(world.clerk)
    assert own.pk not in seen(world.stranger) | seen(world.administrator)
    assert len(seen(world.administrator)) == 5
    with pytest.raises(ProfileNotFoundError):
        profiles.profile_get(world.stranger, own.pk)
    with pytest.raises(ProfileNotFoundError):
        profiles.version_get(world.stranger, own.versions.get().pk)
    assert profiles.version_get(world.inspector, own.versions.get().pk).profile == own
    counted = {each.pk: each.inspections_count for each in profiles.profiles_visible(world.clerk)}
    assert counted[own.pk] == 1


def test_measures_are_counted_where_the_profile_says_so(world):
    world.inspect_by(counting={**content()["counting"], "denominator": "measures"})
    finding = world.rectifying()
    other = world.do("measure_add", world.head, finding, text="修订示例办法")
    first = other.measures.first()
    world.do("measure_complete", world.handler, finding, measure_id=first.pk, result="已核对。")
    tally = ledger_counts(world.clerk, world.inspection.pk, date(2026, 3, 2))
    assert (tally.measures, tally.measures_done) == (2, 1)
    assert tally.closing_rate(world.inspection.rules.counting).percent == Decimal("50.00")


def days(world, on):
    found = inspection_milestones(world.clerk, inspection_get(world.clerk, world.inspection.pk), on)
    return {each.kind: (each.due, each.done_on) for each in found}


def test_the_days_follow_from_feedback_plan_and_closures(world, django_assert_num_queries):
    world.inspection = world.inspect(plan_required=True)
    today = date(2026, 3, 2)
    assert days(world, today) == {
        MilestoneKind.PLAN: (date(2026, 2, 15), None),
        MilestoneKind.CONCENTRATED: (date(2026, 4, 15), None),
        MilestoneKind.REPORT: (date(2026, 4, 15), None),
    }
    finding = world.accepted()
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    plan = services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk)
    assert days(world, today)[MilestoneKind.PLAN] == (date(2026, 2, 15), today)
    services.plan_send_back(
        actor=world.group, at=world.at(), plan_id=plan.pk, reason="第二条措施没有写明由谁负责。"
    )
    assert days(world, today)[MilestoneKind.PLAN] == (date(2026, 2, 15), None)
    row = inspection_get(world.clerk, world.inspection.pk)
    with django_assert_num_queries(3):
        inspection_milestones(world.clerk, row, today + timedelta(days=90))
    row.feedback_on = None
    assert inspection_milestones(world.clerk, row, today) == ()


def test_once_all_is_closed_the_evaluation_is_due_and_no_plan_is_asked_for_where_none_is_required(world):
    world.closed()
    closed_on = date(2026, 3, 2)
    assert days(world, closed_on) == {
        MilestoneKind.CONCENTRATED: (date(2026, 4, 15), closed_on),
        MilestoneKind.EVALUATION: (date(2026, 4, 2), None),
    }


@pytest.mark.parametrize(
    "rules",
    [{"ladder": ["responsible_leader", "inspector"]}, {"plan_ladder": ["leading_group", "inspector"]}],
)
def test_rules_that_ask_for_the_body_s_signature_begin_nothing_where_no_body_works_here(world, rules):
    made = world.inspect_by(**rules).profile_version.profile
    count = Inspection.objects.count()
    with pytest.raises(InvalidFieldError, match="asks for a signature of the inspecting body"):
        world.inspect(profile_id=made.pk, inspector_organisation_id=None)
    assert Inspection.objects.count() == count
    world.inspect(inspector_organisation_id=None, profile_id=Profile.objects.filter(owner=None).first().pk)
