"""Findings and groups put elsewhere in the tree: judged, recorded, refused by a plan, taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from ledger.refusals import everything, refused
from ledger.test_comparing import planned_and_amended
from ledger.world import STATED, TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.policy import Action
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import selectors, services, tree
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    FindingNotFoundError,
    HeadingNotFoundError,
    HeadingStaleError,
    HeadingTakenError,
    InspectionNotFoundError,
    PlacingBarredError,
    StalePageError,
    StandsOtherwiseError,
)
from zhenggai.ledger.event_words import details_said
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.models import Finding, FindingGroup, FindingPlacing, OrderKey, Theme
from zhenggai.ledger.tree import Done, Narrowing
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

A, B = STATED.theme, "党的建设方面"


def five(world):
    """Three in a group of one theme, one in a group of another, one without any heading."""
    one = replace(STATED, number="1")
    return world.register(
        one,
        replace(one, number="2"),
        replace(one, number="3"),
        replace(one, number="4", theme=B, group="思想建设"),
        replace(one, number="5", theme="", group=""),
    )


def standing(world):
    """By branch the printed numbers, as the tree has them."""
    found = {}
    for each in tree.tree_findings(world.clerk, world.inspection, Narrowing(), TODAY).rows:
        key = (each.theme.title if each.theme else "", each.group.title if each.group else "")
        found.setdefault(key, []).append(each.number)
    return found


def last_events(world, number=1):
    return list(event_views(events_of(ChainKey.inspection(world.inspection.pk))))[-number:]


def words_of(event):
    return dict(details_said(event.values, str))


def test_a_finding_is_put_under_another_heading_and_back_with_what_stood_before(world):
    rows = five(world)
    group = FindingGroup.objects.get(title="思想建设")
    before = {each.pk: OrderKey.objects.filter(pk=each.pk).values().get() for each in rows}
    moved = world.do("finding_place", world.clerk, rows[1], group_id=group.pk)
    assert (moved.theme.title, moved.group.title, moved.version) == (B, "思想建设", 2)
    assert standing(world) == {
        (A, "学习不深入"): ["1", "3"],
        (B, "思想建设"): ["2", "4"],
        ("", ""): ["5"],
    }
    said = last_events(world)[0]
    assert (said.name, said.actor) == ("ledger.finding.placed", "办示例")
    assert said.values["fields"]["theme_id"] == {
        "before": rows[0].theme_id,
        "after": group.theme_id,
        "from": A,
        "to": B,
    }
    assert FindingPlacing.objects.get().fields == said.values["fields"]
    assert words_of(said) == {"Stood under": f"{A} · 学习不深入", "Stands under": f"{B} · 思想建设"}
    # lists and search follow
    assert OrderKey.objects.get(pk=moved.pk).theme == 2
    found = selectors.findings_visible(world.clerk, world.inspection.pk, FindingFilters(text="思想建设"))
    assert {each.number for each in found} == {"2", "4"}
    world.do("finding_place", world.clerk, moved, group_id=rows[0].group_id)
    assert standing(world)[A, "学习不深入"] == ["1", "2", "3"]
    assert {pk: OrderKey.objects.filter(pk=pk).values().get() for pk in before} == before
    assert list(differences()) == []


def test_findings_change_their_order_as_often_as_one_likes(world):
    one, two, three, *_others = five(world)
    world.do("finding_place", world.clerk, three, group_id=one.group_id, before_id=one.pk)
    assert standing(world)[A, "学习不深入"] == ["3", "1", "2"]
    assert last_events(world)[0].values["fields"] == {}
    world.do("finding_place", world.clerk, one, group_id=one.group_id, after_id=two.pk)
    assert standing(world)[A, "学习不深入"] == ["3", "2", "1"]
    assert last_events(world)[0].values["fields"] == {"follows": two.pk}
    # between the same two, until there is no room left and they are put apart
    for _time in range(25):
        for each in (one, two):
            world.do("finding_place", world.clerk, each, group_id=one.group_id, after_id=three.pk)
    assert standing(world)[A, "学习不深入"] == ["3", "2", "1"]
    for each in (one, two, three):
        each.refresh_from_db()
    above = tree.finding_beside(world.clerk, world.inspection, two, is_down=False)
    below = tree.finding_beside(world.clerk, world.inspection, two, is_down=True)
    assert (above, below) == (three, one)
    assert tree.finding_beside(world.clerk, world.inspection, one, is_down=True) is None
    assert list(differences()) == []


def test_what_cannot_be_put_there_changes_nothing(world):
    one, two, _three, four, five_ = five(world)
    elsewhere = world.inspect(title="另一次示例巡察")
    world.inspection, first = elsewhere, world.inspection
    other = world.register(STATED)[0]
    world.inspection = first
    place = {"group_id": four.group_id}
    for actor, error, words, values in (
        (world.handler, FindingNotFoundError, "no such finding", place),
        (world.verifier, ActionDeniedError, "office", place),
        (world.stranger, FindingNotFoundError, "no such finding", place),
        (world.clerk, StalePageError, "is not as your page showed it", {**place, "version": 7}),
        (world.clerk, HeadingNotFoundError, "no such theme or group", {"group_id": other.group_id}),
        (world.clerk, HeadingNotFoundError, "no such theme or group", {"theme_id": other.theme_id}),
        (world.clerk, StandsOtherwiseError, "stands there already", {"group_id": one.group_id}),
        (world.clerk, StandsOtherwiseError, "no longer under that heading", {**place, "after_id": two.pk}),
        (world.clerk, StandsOtherwiseError, "no longer under that heading", {**place, "before_id": other.pk}),
    ):
        with refused(one, error, words):
            world.do("finding_place", actor, one, **values)
    moved = world.do("finding_place", world.clerk, one, theme_id=four.theme_id)
    with refused(one, StalePageError, "办示例.*finding put elsewhere in the tree"):
        world.do("finding_place", world.clerk, one, version=1)
    assert (moved.group, moved.theme.title) == (None, B)
    assert five_.theme is None


@pytest.mark.parametrize(("begin", "words"), [("requested", "waits for signatures"), ("closed", "is closed")])
def test_what_is_signed_or_closed_stays_and_so_do_its_headings(world, begin, words):
    finding = getattr(world, begin)()
    for verb, values in _every_way(world, finding):
        with refused(finding, PlacingBarredError, words):
            verb(**values)


def test_a_plan_keeps_findings_and_headings_and_names_the_amendment(world):
    planned_and_amended(world)
    finding = Finding.objects.exclude(plan=None).first()
    assert tree.bar_of_place(finding) == "planned"
    for verb, values in _every_way(world, finding):
        with refused(finding, PlacingBarredError, "through an amendment of the plan"):
            verb(**values)
    # nor behind the services
    with pytest.raises(DatabaseError, match="stays where it stands"), transaction.atomic():
        FindingPlacing.objects.create(
            finding=finding, version=finding.version + 1, fields={}, by_id=1, at=world.at()
        )


def _every_way(world, finding):
    base = {"actor": world.clerk, "at": world.at(), "inspection_id": finding.inspection_id}
    group = finding.group
    return (
        (
            services.finding_place,
            {"actor": world.clerk, "at": world.at(), "finding_id": finding.pk, "version": finding.version},
        ),
        (
            services.group_move,
            base | {"group_id": group.pk, "from_theme_id": group.theme_id, "theme_id": None},
        ),
        (services.heading_rename, base | {"group_id": group.pk, "was": group.title, "title": "新的大项"}),
        (
            services.heading_rename,
            base | {"theme_id": finding.theme_id, "was": finding.theme.title, "title": "新的方面"},
        ),
    )


def test_a_group_goes_to_another_theme_with_all_that_is_in_it(world):
    rows = five(world)
    world.do(
        "finding_restrict",
        world.clerk,
        rows[2],
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，限专人知悉。",
    )
    colleague = world.person("clerk2", "办样本", (Role.OFFICE_CLERK, world.bureau))
    group, theme = rows[0].group, Theme.objects.get(title=B)
    said = {"group_id": group.pk, "from_theme_id": group.theme_id, "theme_id": theme.pk}
    services.group_move(actor=colleague, at=world.at(), inspection_id=world.inspection.pk, **said)
    assert standing(world)[B, "学习不深入"] == ["1", "2", "3"]
    names = [each.name for each in last_events(world, 4)]
    assert names == ["ledger.group.moved", *["ledger.finding.placed"] * 3]
    moved, placed, *_others = last_events(world, 4)
    assert words_of(moved) == {"Title": "学习不深入", "Stood under": A, "Stands under": B}
    assert words_of(placed)["Stands under"] == f"{B} · 学习不深入"
    assert set(OrderKey.objects.filter(finding__group=group).values_list("theme", flat=True)) == {2}
    assert list(differences()) == []
    before = everything()
    for error, words, values in (
        (HeadingStaleError, "was put under “党的建设方面”", said),
        (StandsOtherwiseError, "stands there already", {**said, "from_theme_id": theme.pk}),
        (HeadingNotFoundError, "no such theme or group", {**said, "group_id": 99_999}),
    ):
        with pytest.raises(error, match=words):
            services.group_move(actor=colleague, at=world.at(), inspection_id=world.inspection.pk, **values)
    for actor, error in ((world.verifier, ActionDeniedError), (world.stranger, InspectionNotFoundError)):
        with pytest.raises(error):
            services.group_move(actor=actor, at=world.at(), inspection_id=world.inspection.pk, **said)
    assert everything() == before
    back = {**said, "from_theme_id": theme.pk, "theme_id": said["from_theme_id"]}
    services.group_move(actor=colleague, at=world.at(), inspection_id=world.inspection.pk, **back)
    assert standing(world)[A, "学习不深入"] == ["1", "2", "3"]


def test_headings_get_another_title_and_none_that_is_taken(world):
    rows = five(world)
    base = {"actor": world.clerk, "inspection_id": world.inspection.pk}
    services.heading_rename(
        **base, at=world.at(), theme_id=rows[0].theme_id, was=A, title="  贯彻落实决策部署方面 "
    )
    assert Theme.objects.get(pk=rows[0].theme_id).title == "贯彻落实决策部署方面"
    assert last_events(world)[0].values == {
        "heading": "theme",
        "heading_id": rows[0].theme_id,
        "title_before": A,
        "title_after": "贯彻落实决策部署方面",
    }
    assert words_of(last_events(world)[0]) == {
        "Title until then": A,
        "Title from then on": "贯彻落实决策部署方面",
    }
    services.heading_rename(
        **base, at=world.at(), group_id=rows[0].group_id, was="学习不深入", title="学习不够深入"
    )
    text = FindingFilters(text="学习不够深入")
    assert selectors.findings_visible(world.clerk, world.inspection.pk, text).count() == 3
    before = everything()
    theme = {"theme_id": rows[0].theme_id, "was": "贯彻落实决策部署方面"}
    for error, words, values in (
        (HeadingTakenError, "is there already", {**theme, "title": B}),
        (HeadingStaleError, "is called “贯彻落实决策部署方面”", {**theme, "was": A, "title": "又一个"}),
        (StandsOtherwiseError, "says this already", {**theme, "title": theme["was"]}),
        (HeadingNotFoundError, "no such theme or group", {"was": "", "title": "又一个"}),
    ):
        with pytest.raises(error, match=words):
            services.heading_rename(**base, at=world.at(), **values)
    # two groups of one title cannot meet under one theme either
    FindingGroup.objects.filter(pk=rows[3].group_id).update(title="学习不够深入")
    with pytest.raises(HeadingTakenError):
        services.group_move(
            **base,
            at=world.at(),
            group_id=rows[0].group_id,
            from_theme_id=rows[0].theme_id,
            theme_id=rows[3].theme_id,
        )
    FindingGroup.objects.filter(pk=rows[3].group_id).update(title="思想建设")
    assert everything() == before


def test_headings_change_with_the_row_that_says_so_and_never_by_themselves(world):
    finding = five(world)[0]
    with pytest.raises(DatabaseError, match="only as it is put there"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(theme=None, version=2)
    FindingPlacing.objects.create(
        finding=finding, version=2, fields={}, by_id=world.clerk.person_id, at=world.at()
    )
    with pytest.raises(DatabaseError, match="taken of a later one"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(title="另一个标题", version=2)
    Finding.objects.filter(pk=finding.pk).update(theme=None, version=2)
    assert {each.code for each in differences()} >= {"row_unrecorded"}


def test_branches_say_what_is_done_and_a_rebound_stands_outside(world, django_assert_num_queries):
    closed = world.closed()
    five(world)
    branch = (closed.theme_id, closed.group_id)
    done = tree.branches_done(world.clerk, world.inspection, TODAY)
    assert done[branch] == Done(findings=4, closed=1, measures=4, measures_done=1, all=4)
    seen = {"on": TODAY, "holds": False, "text": "又有两个月台账与账簿不一致。"}
    world.do("recheck_record", world.verifier, closed, **seen)
    successor = Finding.objects.get(origin=closed)
    assert tree.bar_of_place(successor) == "rebound"
    with django_assert_num_queries(2):
        done = tree.branches_done(world.clerk, world.inspection, TODAY)
    # its origin is not closed meanwhile
    assert done[branch] == Done(findings=4, closed=0, measures=4, measures_done=1, rebounds=1, all=5)
    rows = tree.tree_findings(world.clerk, world.inspection, Narrowing(), TODAY, branch).rows
    assert [each.pk for each in rows[:2]] == [closed.pk, successor.pk]
    shown = tree.branches_shown(world.clerk, world.inspection, Narrowing(is_open=True), TODAY)
    assert shown[branch] == 4
    assert tree.branches_done(world.stranger, world.inspection, TODAY) == {}
    assert Action.FINDINGS_PLACE.value == "findings.place"
