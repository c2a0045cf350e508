"""People and units of cells: proposed, said, remembered; assigned only as by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from intake import notices
from zhenggai.accounts import services as accounting
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import NotPermittedError, ZhenggaiError
from zhenggai.intake import services
from zhenggai.intake.errors import IntakeNotFoundError, NameChoiceError, NotInLedgerError
from zhenggai.intake.models import Intake, NameMeaning
from zhenggai.intake.names import names_of
from zhenggai.intake.states import NameKind
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.models import Finding
from zhenggai.trail.models import Event

if TYPE_CHECKING:
    from intake.office import Office

NOTICE = notices.CLEAN.replace(
    "整改进度：整改完成。",
    "责任领导：钱领导。\n责任单位：财务科、办公室。\n完成时限：2026年12月31日。\n整改进度：整改完成。",
).replace(
    "整改进度：正在整改中。",
    "责任领导：孙领导。\n责任单位：财务股。\n完成时限：2026年11月30日。\n整改进度：正在整改中。",
)
LEADER, UNIT = NameKind.LEADER, NameKind.UNIT


def person(office: Office, username: str, name: str) -> int:
    """Somebody who holds a post as responsible leader."""
    admin, other = office.actor("admin"), office.actor("admin-2")
    made = accounting.person_create(
        username=username,
        name=name,
        password="云山样例-口令-2026",
        must_change_password=False,
        organisation_id=office.organisation_id,
        actor=admin,
        at=office.at(),
    )
    post = accounting.post_grant(
        person_id=made.pk,
        organisation_id=office.organisation_id,
        role=Role.RESPONSIBLE_LEADER,
        actor=admin,
        at=office.at(),
    )
    if post.confirmed_at is None:
        accounting.post_confirm(post_id=post.pk, actor=other, at=office.at())
    return int(made.pk)


@pytest.fixture
def house(office: Office) -> dict[str, int]:
    """Two units, two leaders, and a ledger that names them."""
    made = {
        name: int(
            accounting.organisation_create(
                name=name,
                kind="unit",
                parent_id=office.organisation_id,
                actor=office.actor("admin"),
                at=office.at(),
            ).pk
        )
        for name in ("财务科", "办公室")
    }
    made |= {"钱领导": person(office, "qian", "钱领导"), "孙领导": person(office, "sun", "孙领导")}
    made["twin"] = person(office, "sun-2", "孙领导")
    intake = office.receive(NOTICE)
    office.confirm(intake)
    return {**made, "intake": int(intake.pk)}


def asked(office: Office, house: dict[str, int]) -> dict[tuple[NameKind, str], Any]:
    names = names_of(office.actor(), house["intake"], office.moment)
    return {(each.kind, each.text): each for each in names.wordings}


def say(office: Office, house: dict[str, int], meanings: Any, username: str = "clerk") -> int:
    given = {"intake_id": house["intake"], "meanings": meanings}
    return services.names_say(actor=office.actor(username), at=office.at(), **given)


def assign(office: Office, house: dict[str, int], **values: Any) -> list[Any]:
    return services.stated_assign(actor=office.actor(), at=office.at(), intake_id=house["intake"], **values)


def test_names_are_proposed_with_what_tells_them_apart(office: Office, house: dict[str, int]) -> None:
    names = asked(office, house)
    assert {key: each.chosen for key, each in names.items()} == {
        (LEADER, "钱领导"): house["钱领导"],
        (LEADER, "孙领导"): None,
        (UNIT, "财务科"): house["财务科"],
        (UNIT, "办公室"): house["办公室"],
        (UNIT, "财务股"): None,
    }
    assert {each.id for each in names[LEADER, "孙领导"].proposals} == {house["孙领导"], house["twin"]}
    assert names[UNIT, "财务股"].proposals[0].id == house["财务科"]
    people = names_of(office.actor(), house["intake"], office.moment).people
    assert people[house["钱领导"]].beside == "云山县示例局"


def test_what_is_said_is_remembered_and_nothing_is_assigned_before(
    office: Office, house: dict[str, int]
) -> None:
    assert assign(office, house) == []
    meanings = {(LEADER, "孙领导"): house["twin"], (UNIT, "财务股"): house["财务科"]}
    assert say(office, house, meanings) == 2
    assert say(office, house, meanings) == 0
    names = asked(office, house)
    assert (names[LEADER, "孙领导"].chosen, names[LEADER, "孙领导"].is_said) == (house["twin"], True)
    assert say(office, house, {(LEADER, "孙领导"): None}, "colleague") == 1
    assert asked(office, house)[LEADER, "孙领导"].chosen is None
    assert NameMeaning.objects.count() == 2
    assert Event.objects.filter(name="intake.names_said").count() == 2
    assert {each.stage for each in Finding.objects.all()} == {"registered"}


def test_findings_are_assigned_as_by_hand_and_each_says_what_came_of_it(
    office: Office, house: dict[str, int]
) -> None:
    say(
        office,
        house,
        {
            (LEADER, "钱领导"): house["钱领导"],
            (LEADER, "孙领导"): house["孙领导"],
            (UNIT, "财务科"): house["财务科"],
            (UNIT, "办公室"): house["办公室"],
            (UNIT, "财务股"): house["财务科"],
        },
    )
    report = assign(office, house)
    assert [each.refusal for each in report] == [None, None]
    first = Finding.objects.order_by("position").first()
    assert (first.stage, first.responsible_leader_id, first.lead_unit_id) == (
        "assigned",
        house["钱领导"],
        house["财务科"],
    )
    assert [each.unit_id for each in first.supporting.all()] == [house["办公室"]]
    assert first.due == first.stated_due_on
    assert assign(office, house) == []
    assert list(differences()) == []


def test_a_past_deadline_is_taken_only_where_it_is_meant(office: Office, house: dict[str, int]) -> None:
    say(
        office,
        house,
        {(LEADER, "钱领导"): house["钱领导"], (UNIT, "财务科"): house["财务科"], (UNIT, "办公室"): None},
    )
    office.moment = office.moment.replace(year=2027)
    (refused,) = assign(office, house)
    assert "245 days ago" in str(refused.refusal)
    assert {each.stage for each in Finding.objects.all()} == {"registered"}
    (done,) = assign(office, house, past_due_meant=True)
    assert done.refusal is None


def test_forged_names_and_people_are_refused_whole(office: Office, house: dict[str, int]) -> None:
    for meanings in (
        {(LEADER, "没有的人"): house["钱领导"]},
        {(LEADER, "钱领导"): house["财务科"] + 10_000},
        {(UNIT, "财务科"): office.other_id},
        {(LEADER, "孙领导"): house["孙领导"], (LEADER, "钱领导"): office.people["stranger"]},
    ):
        with pytest.raises(NameChoiceError, match="nothing was kept"):
            say(office, house, meanings)
    assert not NameMeaning.objects.exists()


def test_nobody_else_says_or_assigns(office: Office, house: dict[str, int]) -> None:
    for username in ("stranger", "handler", "admin"):
        with pytest.raises((IntakeNotFoundError, NotPermittedError)):
            say(office, house, {}, username)
        with pytest.raises(ZhenggaiError):
            services.stated_assign(actor=office.actor(username), at=office.at(), intake_id=house["intake"])
    draft = office.receive(notices.LEVELS)
    with pytest.raises(NotInLedgerError):
        names_of(office.actor(), draft.pk, office.moment)
    assert Intake.objects.count() == 2


def test_who_leads_nothing_here_any_more_is_asked_about_again(office: Office, house: dict[str, int]) -> None:
    say(office, house, {(LEADER, "钱领导"): house["钱领导"]})
    office.people["qian"] = house["钱领导"]
    office.end_post("qian")
    wording = asked(office, house)[LEADER, "钱领导"]
    assert (wording.is_said, wording.chosen, wording.proposals) == (False, None, ())
