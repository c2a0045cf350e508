"""Comments: who writes, who is told, what is taken back; and that no rule ever looks at one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ledger.refusals import everything, refused, trail
from ledger.world import TODAY, World
from trail.unguarded import unguarded
from zhenggai.domain.actor import Role
from zhenggai.domain.closing import MissingTextError, ReasonTooShortError
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.models import Notice
from zhenggai.inbox.services import notices_mark_seen
from zhenggai.ledger import commenting, selectors, services
from zhenggai.ledger.cases import case_standing
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    FindingNotFoundError,
    InvalidFieldError,
    PieceNotFoundError,
    StandsOtherwiseError,
    TextTooLongError,
)
from zhenggai.ledger.facts import facts_of
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.models import Comment, Finding
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import EventValue
from zhenggai.trail.selectors import event_views, events_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

ASKED = "第三季度的核对记录在哪里？"
REASON = "写错了地方，重新答复。"
STAGES = ("registered", "assigned", "accepted", "rectifying", "requested", "closed", "stage_closed")


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def write(world: World, finding: Finding, actor: Any = None, text: str = ASKED, **values: Any) -> Comment:
    services.comment_add(
        actor=actor or world.inspector, at=world.at(), finding_id=finding.pk, text=text, **values
    )
    return Comment.objects.filter(finding=finding).latest("pk")


def withdraw(world: World, comment: Comment, actor: Any = None, reason: str = REASON) -> None:
    services.comment_withdraw(
        actor=actor or world.inspector,
        at=world.at(),
        finding_id=comment.finding_id,
        comment_id=comment.pk,
        reason=reason,
    )


def restricted_to(world: World, finding: Finding, *people: Any) -> Finding:
    return world.do(
        "finding_restrict",
        world.clerk,
        finding,
        kind=RestrictionKind.LEAD,
        reader_ids=[each.person_id for each in people],
        reason="涉及问题线索，只限专人办理。",
    )


@pytest.mark.parametrize("stage", STAGES)
def test_whoever_works_in_a_finding_writes_in_every_stage_and_it_stays_as_it_is(
    world: World, stage: str
) -> None:
    finding = getattr(world, stage)()
    before = Finding.objects.values().get(pk=finding.pk)
    asked = write(world, finding)
    write(world, finding, world.clerk, "请责任单位答复。", answers_id=asked.pk)
    assert Finding.objects.values().get(pk=finding.pk) == before
    (thread,) = commenting.comments_page(finding, 1).threads
    assert [each.text for each in (thread.comment, *thread.answers)] == [ASKED, "请责任单位答复。"]
    assert list(differences(world.inspection.pk)) == []


def test_inspecting_body_asks_and_unit_leader_office_group_and_verifier_answer(world: World) -> None:
    finding = world.accepted()
    asked = write(world, finding)
    writers = (
        world.handler,
        world.head,
        world.helper,
        world.leader,
        world.clerk,
        world.group,
        world.verifier,
    )
    for actor in writers:
        write(world, finding, actor, "见附件第三页。", answers_id=asked.pk)
    assert asked.answered_by.count() == len(writers)
    shown = selectors.finding_get(world.auditor, finding.pk)
    assert len(commenting.comment_threads(shown)[0].answers) == len(writers)


def test_who_only_reads_or_publishes_does_not_write_and_who_sees_nothing_learns_nothing(world: World) -> None:
    finding = world.accepted()
    for actor in (world.auditor, world.publisher):
        with refused(finding, ActionDeniedError, "None of your posts"):
            write(world, finding, actor)
        assert not commenting.comment_verdict(actor, selectors.finding_get(actor, finding.pk)).allowed
    stranger = world.person("passer-by", "外示例", (Role.HANDLER, world.office))
    for do in (
        lambda: write(world, finding, stranger),
        lambda: commenting.finding_commented(stranger, finding.pk),
        lambda: commenting.finding_commented(world.clerk, finding.pk + 99),
    ):
        with refused(finding, FindingNotFoundError, "no such finding"):
            do()


def test_gates_and_the_facts_that_rules_look_at_do_not_change_by_comments(world: World) -> None:
    finding = world.rectifying()

    def facts() -> tuple[Any, ...]:
        row = selectors.finding_get(world.clerk, finding.pk)
        return (
            case_standing(row, TODAY),
            facts_of(row),
            [(each.code, each.state) for each in selectors.finding_gates(row, TODAY)],
            selectors.finding_actions(world.handler, row),
            row.version,
        )

    before, rows = facts(), everything()
    promised = write(world, finding, world.verifier, "已现场核实，整改到位，同意销号。")
    write(world, finding, world.handler, "已退款八万元，凭证见财务科。", answers_id=promised.pk)
    assert facts() == before
    withdraw(world, promised, world.verifier)
    assert facts() == before
    after = everything()
    assert {name for name in rows if rows[name] != after[name]} == {"Comment"}


def test_a_double_click_sends_once_and_the_same_words_later_are_a_comment_of_their_own(world: World) -> None:
    finding = world.accepted()
    write(world, finding, after_id=0)
    events = trail(finding)
    write(world, finding, after_id=0)
    assert Comment.objects.count() == 1
    assert trail(finding) == events
    first = Comment.objects.get()
    # another page, another person, another place: each says it anew
    write(world, finding, after_id=first.pk)
    write(world, finding, world.clerk, after_id=0)
    write(world, finding, after_id=0, answers_id=first.pk)
    write(world, finding)
    assert Comment.objects.count() == 5


def test_one_takes_back_ones_own_words_and_the_place_stays(world: World) -> None:
    finding = world.accepted()
    comment = write(world, finding)
    answer = write(world, finding, world.handler, "放错了位置。", answers_id=comment.pk)
    withdraw(world, comment)
    comment.refresh_from_db()
    assert (comment.text, comment.withdrawn_by_id) == ("", world.inspector.person_id)
    assert comment.withdrawn_reason == REASON
    (thread,) = commenting.comments_page(finding, 1).threads
    assert thread.answers == (answer,)
    # the trail holds the words, by values that can be erased
    chain = ChainKey.inspection(finding.inspection_id)
    said = [
        each.values.get("text")
        for each in event_views(events_of(chain))
        if each.name.endswith("comment.added")
    ]
    assert said == [ASKED, "放错了位置。"]
    assert EventValue.objects.filter(name="text").exists()
    assert list(differences(world.inspection.pk)) == []
    for refusal, words, do in (
        (StandsOtherwiseError, "withdrawn already", lambda: withdraw(world, comment)),
        (ActionDeniedError, "somebody else's", lambda: withdraw(world, answer)),
        (ReasonTooShortError, "at least 10 are needed", lambda: withdraw(world, answer, world.handler, "错")),
        (
            StandsOtherwiseError,
            "was withdrawn meanwhile",
            lambda: write(world, finding, world.clerk, "好。", answers_id=comment.pk),
        ),
        (
            StandsOtherwiseError,
            "An answer is not answered itself",
            lambda: write(world, finding, world.clerk, "好。", answers_id=answer.pk),
        ),
    ):
        with refused(finding, refusal, words):
            do()


def test_what_cannot_be_taken_is_refused_with_its_sentence(world: World) -> None:
    finding, other = world.accepted(), world.registered()
    elsewhere = write(world, other)
    crowd = [world.clerk.person_id + each for each in range(21)]
    for refusal, words, values in (
        (MissingTextError, "is empty", {"text": " \n"}),
        (TextTooLongError, "at most 2000 fit", {"text": "长" * 2001}),
        (PieceNotFoundError, "no such entry", {"answers_id": elsewhere.pk}),
        (InvalidFieldError, "does not work in this finding", {"named_ids": [world.auditor.person_id]}),
        (InvalidFieldError, "at most 20 people", {"named_ids": crowd}),
    ):
        with refused(finding, refusal, words):
            write(world, finding, **values)
    write(world, finding, text="长" * 2000)


def test_people_offered_are_those_who_work_in_the_finding_and_of_a_restricted_one_who_is_listed(
    world: World, committed: Callable[[], AbstractContextManager[Any]]
) -> None:
    finding = world.accepted()

    def offered() -> set[str]:
        return {each.label for each in commenting.people_concerned(finding, TODAY)}

    assert offered() == {
        each.label
        for each in (
            *(world.clerk, world.leader, world.head, world.handler, world.helper),
            *(world.verifier, world.inspector, world.group),
        )
    }
    asked = write(world, finding, world.handler)
    finding = restricted_to(world, finding, world.inspector, world.group)
    finding = commenting.finding_commented(world.clerk, finding.pk)
    assert offered() == {each.label for each in (world.clerk, world.inspector, world.group)}
    with refused(finding, InvalidFieldError, "does not work in this finding"):
        write(world, finding, named_ids=[world.handler.person_id])
    with refused(finding, FindingNotFoundError):
        write(world, finding, world.handler)
    with committed():
        write(world, finding, answers_id=asked.pk, named_ids=[world.group.person_id])
    # whose comment is answered is told only as long as it is theirs to see
    told = Notice.objects.filter(kind=NoticeKind.COMMENT).values_list("person__username", flat=True)
    assert list(told) == ["group"]


def test_one_notice_a_finding_and_person_until_it_is_read(
    world: World, committed: Callable[[], AbstractContextManager[Any]]
) -> None:
    finding, other = world.accepted(), world.registered()
    me = world.handler.person_id

    def told(actor: Any) -> list[str]:
        rows = Notice.objects.filter(kind=NoticeKind.COMMENT, person_id=actor.person_id)
        return list(rows.order_by("pk").values_list("template", flat=True))

    with committed():
        asked = write(world, finding, named_ids=[me, world.inspector.person_id])
    for _ in range(3):
        with committed():
            write(world, finding, named_ids=[me])
    assert told(world.handler) == ["You are named in a comment on it."]
    assert told(world.inspector) == []
    with committed():
        write(world, other, named_ids=[world.clerk.person_id])
        write(world, finding, world.handler, "放错了位置。", answers_id=asked.pk)
    assert told(world.inspector) == ["Your comment on it is answered."]
    assert told(world.clerk) == ["You are named in a comment on it."]
    for read in range(2, 4):
        target = (TargetKind.FINDING, finding.pk)
        notices_mark_seen(target=target, kind=NoticeKind.COMMENT, actor=world.handler, at=world.at())
        for _ in range(2):
            with committed():
                write(world, finding, named_ids=[me])
        assert len(told(world.handler)) == read
    with committed():
        write(world, finding, text="无须告知他人。")
    assert len(told(world.handler)) == 3


def test_comments_are_found_by_whoever_sees_the_finding_until_they_are_withdrawn(world: World) -> None:
    finding = world.accepted()
    comment = write(world, finding, text="请核对梧桐仓库的盘点表。")

    def found(actor: Any) -> list[Finding]:
        return list(selectors.findings_visible(actor, world.inspection.pk, FindingFilters(text="梧桐仓库")))

    assert found(world.clerk) == found(world.handler) == [finding]
    # words of the finding itself are found still
    assert list(selectors.findings_visible(world.clerk, world.inspection.pk, FindingFilters(text="逐笔核对")))
    restricted_to(world, Finding.objects.get(pk=finding.pk), world.inspector)
    assert found(world.inspector) == [finding]
    assert found(world.verifier) == []
    withdraw(world, comment)
    assert found(world.inspector) == []


def test_a_page_of_threads_costs_the_same_however_many_there_are(world: World) -> None:
    finding = world.accepted()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = commenting.comments_page(finding, 1)
            for thread in page.threads:
                for row in (thread.comment, *thread.answers):
                    assert row.by.name
                    list(row.named.all())
        return len(queries)

    first = write(world, finding, named_ids=[world.clerk.person_id])
    write(world, finding, world.clerk, "好。", answers_id=first.pk, named_ids=[world.handler.person_id])
    few = asked()
    for place in range(commenting.THREADS_PER_PAGE + 2):
        each = write(world, finding, text=f"第{place}条")
        write(world, finding, world.clerk, "好。", answers_id=each.pk)
    assert asked() == few <= 6
    page = commenting.comments_page(finding, 99)
    assert (page.number, page.total, len(page.threads)) == (2, commenting.THREADS_PER_PAGE + 3, 3)
    assert commenting.comments_page(finding, 1).threads[0].comment.text.startswith("第")


def test_the_database_keeps_comments_as_they_were_written(world: World) -> None:
    finding = world.accepted()
    comment = write(world, finding, named_ids=[world.clerk.person_id])
    answer = write(world, finding, world.clerk, "好。", answers_id=comment.pk)
    rows = Comment.objects.filter(pk=comment.pk)
    other = write(world, world.registered())
    for do in (
        lambda: rows.update(text="另外的话。"),
        lambda: rows.update(text=""),
        lambda: rows.update(by=world.clerk.person_id),
        lambda: rows.update(
            withdrawn_at=world.at(), withdrawn_by=world.clerk.person_id, withdrawn_reason=REASON
        ),
        rows.delete,
        lambda: comment.named.through.objects.all().delete(),
        lambda: Comment.objects.create(
            finding=finding, answers=answer, text="答复的答复", by=comment.by, at=world.at()
        ),
        lambda: Comment.objects.create(
            finding=finding, answers=other, text="别处的留言", by=comment.by, at=world.at()
        ),
        lambda: Comment.objects.create(finding=finding, text="", by=comment.by, at=world.at()),
        lambda: Comment.objects.create(finding=finding, text="长" * 2001, by=comment.by, at=world.at()),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            do()
    with unguarded():
        rows.update(text="另外的话。")
    (said,) = differences(world.inspection.pk)
    assert "the words of text are others" in str(said.message)
