"""The page of comments: written, answered, withdrawn; who only reads is told why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from zhenggai.inbox.kinds import NoticeKind
from zhenggai.inbox.models import Notice
from zhenggai.ledger.models import Comment, Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World

REASON = "写错了地方，重新答复。"


def page(response: Any) -> str:
    return " ".join(LexborHTMLParser(response.content).body.text(separator=" ").split())


def address(world: World, place: int = 2) -> str:
    return f"/findings/{world.finding_ids[place]}/comments/"


def test_a_question_is_asked_told_answered_and_withdrawn(
    world: World, browser: Callable[[str], Client], django_capture_on_commit_callbacks: Any
) -> None:
    at = address(world)
    asking, answering = browser("inspector"), browser("handler")
    tree = LexborHTMLParser(asking.get(at).content)
    offered = {each.text(): each.attributes["value"] for each in tree.css("#comment select option")}
    handler = next(value for label, value in offered.items() if "李示例" in label)
    assert not any("陈旁证" in label for label in offered)
    assert not any("郑示例" in label for label in offered)
    sent = {"text": "清查记录在哪里？\n请附页码。", "named_ids": [handler], "after_id": "0"}
    with django_capture_on_commit_callbacks(execute=True):
        done = asking.post(at, sent, follow=True)
        # the button pressed twice
        asking.post(at, sent)
    assert "Your comment is written, and those whom it names or answers are told." in page(done)
    comment = Comment.objects.get()
    assert "@李示例" in page(done)
    notice = Notice.objects.get(kind=NoticeKind.COMMENT)
    assert notice.person.username == "handler"
    opened = answering.post(f"/inbox/{notice.pk}/open/")
    assert opened.headers["Location"] == at
    with django_capture_on_commit_callbacks(execute=True):
        answering.post(at, {"text": "在附件第三页。", "answers_id": str(comment.pk), "after_id": comment.pk})
    answer = comment.answered_by.get()
    assert Notice.objects.filter(person__username="inspector", read_at__isnull=True).count() == 1
    shown = asking.get(at)
    assert not Notice.objects.filter(person__username="inspector", read_at__isnull=True).exists()
    tree = LexborHTMLParser(shown.content)
    assert tree.css_first(f"#comment-{answer.pk}").css("form") == []
    refused = asking.post(f"{at}{comment.pk}/withdraw/", {"reason": "错"})
    assert refused.status_code == 422
    assert "at least 10 are needed" in page(refused)
    assert asking.post(f"{at}{answer.pk}/withdraw/", {"reason": REASON}).status_code == 403
    gone = asking.post(f"{at}{comment.pk}/withdraw/", {"reason": REASON}, follow=True)
    assert "清查记录在哪里" not in page(gone)
    assert "withdrawn by 郑示例" in page(gone)
    assert "在附件第三页。" in page(gone)
    late = answering.post(at, {"text": "第四页也有。", "answers_id": str(comment.pk)})
    assert late.status_code == 409
    assert "was withdrawn meanwhile" in page(late)
    finding = Finding.objects.get(pk=world.finding_ids[2])
    for place in (f"/findings/{finding.pk}/", f"/findings/{finding.pk}/file/"):
        said = page(browser("clerk").get(place))
        assert "在附件第三页。" in said
        assert "清查记录在哪里" not in said
    timeline = LexborHTMLParser(browser("clerk").get(f"/findings/{finding.pk}/").content).css_first(
        ".timeline"
    )
    assert "comment written" not in timeline.text()
    assert "comment written" in page(browser("clerk").get(f"/inspections/{world.inspection_id}/trail/"))


def test_what_was_typed_comes_back_with_the_refusal(world: World, browser: Callable[[str], Client]) -> None:
    client = browser("clerk")
    empty = client.post(address(world), {"text": " "})
    assert empty.status_code == 422
    strange = client.post(address(world), {"text": "请看。", "named_ids": ["999999"]})
    assert strange.status_code == 422
    assert "请看。" in strange.content.decode()
    assert "is not on offer any more" in page(strange)
    long = client.post(address(world), {"text": "长" * 2001})
    assert "holds at most 2000 characters, and there are 2001" in page(long)
    assert not Comment.objects.exists()


def test_who_only_reads_sees_why_and_no_form(world: World, browser: Callable[[str], Client]) -> None:
    shown = browser("auditor").get(address(world))
    assert shown.status_code == 200
    assert LexborHTMLParser(shown.content).css("#comment") == []
    assert "None of your posts" in page(shown)


def test_a_strange_page_number_shows_the_comments_all_the_same(
    world: World, browser: Callable[[str], Client]
) -> None:
    client, person = browser("clerk"), world.people["clerk"]
    for place in range(32):
        Comment.objects.create(
            finding_id=world.finding_ids[2], text=f"第{place}条", by_id=person, at=timezone.now()
        )
    assert "第31条" in page(client.get(address(world)))
    assert "第0条" in page(client.get(f"{address(world)}?page=2"))
    for query in ("?page=99999999999999999999", "?page=-1", "?page=%00"):
        assert client.get(f"{address(world)}{query}").status_code == 200
