"""The page of the inbox: what is shown, what is hidden, what is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zhenggai.domain.messages import Message
from zhenggai.inbox import selectors, services
from zhenggai.inbox.kinds import NoticeKind, TargetKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World

SECRET = "抽查记录缺少第三季度的材料"


@pytest.fixture
def tell(world: World) -> Callable[..., int]:
    """Tells somebody something; the notice's id."""

    def told(username: str, key: str = "示例", **values: Any) -> int:
        news = services.News(
            **{
                "person_id": world.people[username],
                "kind": NoticeKind.SENT_BACK,
                "message": Message(
                    "The closure request was sent back, and a new round begins. Reason: %(reason)s",
                    {"reason": SECRET},
                ),
                "key": key,
                "target": (TargetKind.FINDING, world.finding_ids[2]),
                "by_id": world.people["clerk"],
                **values,
            }
        )
        services.notice_send(news=news, at=world.clock.tick())
        return int(selectors.notices_listed(world.people[username])[0].pk)

    return told


def test_a_notice_is_shown_with_what_it_is_about_and_counted_on_every_page(
    world: World, browser: Callable[[str], Client], tell: Callable[..., int]
) -> None:
    tell("handler")
    page = browser("handler").get("/inbox/").content.decode()
    assert world.finding(2).title in page
    assert SECRET in page
    assert "周示例" in page
    home = browser("handler").get("/").content.decode()
    assert '<span class="visually-hidden">unread: </span>1</span>' in home


def test_what_the_reader_may_no_longer_see_is_not_told(
    world: World, browser: Callable[[str], Client], tell: Callable[..., int]
) -> None:
    pk = tell("outsider")
    client = browser("outsider")
    page = client.get("/inbox/").content.decode()
    assert "What this was about is no longer visible to you." in page
    assert SECRET not in page
    assert world.finding(2).title not in page
    assert "周示例" not in page
    # opening it leads nowhere but here
    assert client.post(f"/inbox/{pk}/open/")["Location"] == "/inbox/"


def test_a_digest_names_what_is_seen_and_counts_what_is_not(
    world: World, browser: Callable[[str], Client], tell: Callable[..., int]
) -> None:
    group = {"group": "overdue", "total": 4, "findings": [world.finding_ids[2], world.finding_ids[5]]}
    tell("handler", kind=NoticeKind.DIGEST, target=None, details=(group,), message=Message("示例摘要"))
    page = browser("handler").get("/inbox/").content.decode()
    assert world.finding(2).title in page
    assert world.finding(5).title not in page
    assert "1 is no longer visible to you" in page
    assert "and 2 more" in page


def test_opening_a_notice_marks_it_as_read_and_leads_to_its_finding(
    world: World, browser: Callable[[str], Client], tell: Callable[..., int]
) -> None:
    pk = tell("handler")
    answer = browser("handler").post(f"/inbox/{pk}/open/")
    assert answer["Location"] == f"/findings/{world.finding_ids[2]}/"
    assert selectors.unread_count(world.people["handler"]) == 0


def test_another_person_s_notice_is_not_found(
    world: World, browser: Callable[[str], Client], tell: Callable[..., int]
) -> None:
    pk = tell("handler")
    for way in ("open", "read"):
        assert browser("head").post(f"/inbox/{pk}/{way}/").status_code == 404
    assert selectors.unread_count(world.people["handler"]) == 1
    assert SECRET not in browser("head").get("/inbox/").content.decode()


def test_notices_are_filtered_and_read_one_by_one_or_all(
    world: World, browser: Callable[[str], Client], tell: Callable[..., int]
) -> None:
    first = tell("handler", "一")
    tell("handler", "二", kind=NoticeKind.CLOSED, message=Message("The last signature stands: it is closed."))
    client = browser("handler")
    assert SECRET not in client.get("/inbox/?kind=closed").content.decode()
    client.post(f"/inbox/{first}/read/")
    assert SECRET not in client.get("/inbox/?state=unread").content.decode()
    said = client.post("/inbox/read/", follow=True).content.decode()
    assert "1 notice is marked as read." in said
    assert "No notice of this kind" in client.get("/inbox/?state=unread").content.decode()


def test_a_strange_query_shows_the_list_all_the_same(
    browser: Callable[[str], Client], tell: Callable[..., int]
) -> None:
    tell("handler")
    for query in ("?kind=%E4%BA%91", "?page=-3", "?page=99999999999", "?state=%00"):
        assert browser("handler").get(f"/inbox/{query}").status_code == 200


def test_the_digest_s_rhythm_is_chosen_and_an_unknown_one_refused(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("handler")
    assert (
        "once a week from now on"
        in client.post("/inbox/digest/", {"rhythm": "weekly"}, follow=True).content.decode()
    )
    assert client.post("/inbox/digest/", {"rhythm": "hourly"}).status_code == 422
    assert selectors.rhythm_of(world.people["handler"]) == "weekly"


def test_the_page_asks_as_often_for_many_notices_as_for_one(
    world: World,
    browser: Callable[[str], Client],
    tell: Callable[..., int],
    django_assert_num_queries: Any,
) -> None:
    client = browser("handler")
    tell("handler", "0")
    client.get("/inbox/")
    with django_assert_num_queries(13):
        client.get("/inbox/")
    for number in range(1, 25):
        tell("handler", str(number))
    with django_assert_num_queries(13):
        client.get("/inbox/")


def test_a_post_that_waits_is_told_to_who_can_confirm_it_and_one_that_holds_to_its_holder(
    world: World, browser: Callable[[str], Client], django_capture_on_commit_callbacks: Any
) -> None:
    from zhenggai.accounts import services as accounting  # noqa: PLC0415  # only here

    with django_capture_on_commit_callbacks(execute=True):
        post = accounting.post_grant(
            person_id=world.people["auditor"],
            organisation_id=world.organisations["示例局"],
            role="office_clerk",
            actor=world.actor("admin"),
            at=world.clock.tick(),
        )
    page = browser("security").get("/inbox/").content.decode()
    assert "waits for your confirmation" in page
    assert "陈旁证" in page
    assert selectors.unread_count(world.people["admin"]) == 0
    with django_capture_on_commit_callbacks(execute=True):
        accounting.post_confirm(post_id=post.pk, actor=world.actor("security"), at=world.clock.tick())
    assert "You hold the post “rectification office” of 云山县示例局." in (
        browser("auditor").get("/inbox/").content.decode()
    )


def test_a_plan_that_waits_is_told_to_its_next_signer_and_its_approval_to_the_office(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    from web.world import worlds_plan  # noqa: PLC0415  # only here
    from zhenggai.ledger import services as ledger  # noqa: PLC0415  # likewise

    with django_capture_on_commit_callbacks(execute=True):
        plan = worlds_plan(world)
    signers = selectors.notices_listed(world.people["group"], kind=NoticeKind.TO_SIGN)
    assert [notice.target_id for notice in signers] == [plan.pk]
    with django_capture_on_commit_callbacks(execute=True):
        ledger.plan_sign(actor=world.actor("group"), at=world.clock.tick(), plan_id=plan.pk)
    for username in ("clerk", "leader"):
        assert selectors.notices_listed(world.people[username], kind=NoticeKind.PLAN).exists()
