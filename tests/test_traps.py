"""The traps that other systems of this kind fell into, row by row: each is attacked here, and stays shut."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.db import models as columns
from django.test import Client

from api.conftest import programs
from ledger import acts, laddered
from ledger.conftest import _place, _tales, world
from ledger.refusals import everything, refused, trail
from ledger.world import AT, DOCUMENT, STATED
from zhenggai.accounts.models import Post
from zhenggai.accounts.services import post_grant
from zhenggai.domain.actor import Role
from zhenggai.domain.case import HoldKind
from zhenggai.domain.closing import MissingTextError, ReasonTooShortError
from zhenggai.domain.deadlines import days_overdue, is_asked_in_time
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.lifecycle import Nature, TransitionError
from zhenggai.ledger import services
from zhenggai.ledger.deadlines import deadline_facts
from zhenggai.ledger.errors import (
    ActionDeniedError,
    ClosureRefusedError,
    FindingNotFoundError,
    InvalidFieldError,
    PieceNotFoundError,
    StalePageError,
)
from zhenggai.ledger.models import Closure, Evidence, Finding, Signature
from zhenggai.ledger.services.signing_many import Outcome
from zhenggai.trail.models import Event

__all__ = ["_place", "_tales", "programs", "world"]
TESTS = Path(__file__).resolve().parent
REASON = "现场仍有两处台账未核对，请补充。"
CLOSED = {"status": "closed", "stage": "closed", "closed": True, "state": "granted"}


def forged(statement: str, *values: Any) -> None:
    """A statement of the application's own role that the database has to refuse."""
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


# 1 CISO Assistant: PATCH {"status": "closed"} answers 200
def test_no_state_is_taken_from_a_client_by_any_method_or_field(world: Any, programs: Any) -> None:
    finding = world.proven()
    program = programs.of(world.clerk)
    rows, events = everything(), trail(finding)
    body = {"version": finding.version, "note": "", **CLOSED}
    assert program.post(f"/findings/{finding.pk}", body).status_code == 405
    assert program.post(f"/findings/{finding.pk}/closure-sign", body).status_code == 422
    for method in ("patch", "put", "delete"):
        answer = getattr(Client(), method)(
            f"/api/1/findings/{finding.pk}", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {program.secret}"},
        )  # fmt: skip
        assert answer.status_code == 405
    assert (everything(), trail(finding)) == (rows, events)


def test_no_statement_of_the_applications_role_closes(world: Any) -> None:
    finding = world.requested()
    for stage in ("closed", "stage_closed"):
        forged("UPDATE ledger_finding SET stage = %s WHERE id = %s", stage, finding.pk)
    assert Finding.objects.get(pk=finding.pk).stage == "closure_requested"


def test_a_finding_saved_with_another_stage_by_the_orm_is_refused(world: Any) -> None:
    finding = world.proven()
    finding.stage = "closed"
    with pytest.raises(Error), transaction.atomic():
        finding.save(update_fields=["stage"])


# 2 DefectDojo: closing without a note by API and bulk edit
def test_nothing_closes_without_reason_and_evidence_by_api_or_in_bulk(world: Any, programs: Any) -> None:
    finding, held = world.proven(), world.requested()
    said = programs.of(world.handler).post(
        f"/findings/{finding.pk}/closure-request", {"version": finding.version, "statement": " "}
    )
    assert said.status_code == 422
    held = world.do("hold_open", world.clerk, held, kind=HoldKind.OTHER, reference="示例1")
    bare = world.rectifying()
    for row in (held, bare):
        (one,) = services.closures_sign(actor=world.leader, at=world.at(), versions={row.pk: row.version})
        assert one.outcome is not Outcome.SIGNED
    with refused(finding, MissingTextError):
        world.request(finding, statement=" ")
    assert not Closure.objects.exists()


# 3 OCA: the gate runs only when the stage is written
def test_what_a_closing_rests_on_is_not_taken_away_afterwards(world: Any) -> None:
    finding = world.closed()
    evidence = finding.evidence.get()
    with refused(finding, TransitionError):
        world.do("evidence_withdraw", world.handler, finding, evidence_id=evidence.pk, reason="传错了。")
    with refused(finding, TransitionError):
        world.do("measure_add", world.clerk, finding, text="再查一遍")
    forged("UPDATE ledger_evidence SET withdrawn_at = %s WHERE id = %s", AT, evidence.pk)
    forged("UPDATE ledger_measure SET done_at = NULL, done_by_id = NULL WHERE finding_id = %s", finding.pk)


# 5 EHS-system: the applicant approves his own extension; acceptance without photo or text
def test_who_asks_for_an_extension_or_a_deputy_of_theirs_does_not_approve_it(world: Any) -> None:
    asker = world.grant(world.handler.person_id, (Role.OFFICE_CLERK, world.bureau))
    second = world.person("second", "二示例", (Role.VERIFIER, world.bureau))
    deputy = laddered.acting(world, second, world.handler, Role.OFFICE_CLERK, world.bureau)
    finding = world.rectifying()
    world.do("extension_request", asker, finding, new_due=date(2026, 9, 30), reason=REASON)
    finding = world.do("deadline_sign", world.leader, finding)
    for hand in (asker, deputy):
        with refused(finding, ActionDeniedError):
            world.do("deadline_sign", hand, finding)


def test_a_criterion_is_not_accepted_without_evidence_or_words(world: Any) -> None:
    finding = world.proven()
    criterion, evidence = finding.criteria.get(), finding.evidence.get()
    wanted = {"criterion_id": criterion.pk, "met": True}
    with refused(finding, InvalidFieldError):
        world.do("criterion_judge", world.verifier, finding, note="看过。", evidence_ids=[], **wanted)
    with refused(finding, MissingTextError):
        world.do("criterion_judge", world.verifier, finding, note=" ", evidence_ids=[evidence.pk], **wanted)


# 6 GLPI: the approver flips the decision after closing
def test_no_decision_is_turned_once_it_is_given(world: Any) -> None:
    finding = world.closed()
    for table in ("signature", "criterionjudgement", "evidencejudgement", "closurerequest", "closure"):
        forged(f"DELETE FROM ledger_{table}")  # noqa: S608 - names of ours
    forged("UPDATE ledger_signature SET note = '不同意'")
    forged("UPDATE ledger_criterionjudgement SET met = %s", False)
    forged("UPDATE ledger_closurerequest SET state = 'sent_back'")
    assert Signature.objects.filter(request__finding=finding).count() == 2


# 7 Redmine: an administrator has every transition
def test_an_administrator_does_nothing_on_a_ledger_whatever_other_posts_are_held(world: Any) -> None:
    both = world.grant(world.administrator.person_id, *((role, world.bureau) for role in OF_WORK))
    for make in (world.proven, world.requested):
        finding = make()
        rows, events = everything(), trail(finding)
        for action in acts.ACTS:
            with pytest.raises(ZhenggaiError), transaction.atomic():
                acts.act(world, finding, action, both, random.Random(1))
        assert (everything(), trail(finding)) == (rows, events)


OF_WORK = [Role.HANDLER, Role.OFFICE_CLERK, Role.LEADING_GROUP, Role.VERIFIER, Role.RESPONSIBLE_LEADER]


def test_an_administrator_gives_himself_no_post(world: Any) -> None:
    before = Post.objects.count()
    with pytest.raises(ZhenggaiError), transaction.atomic():
        post_grant(
            person_id=world.administrator.person_id,
            organisation_id=world.bureau.pk,
            role=Role.OFFICE_CLERK,
            actor=world.administrator,
            at=world.at(),
            started_on=date(2026, 3, 2),
        )
    assert Post.objects.count() == before


# 8 DefectDojo: nine booleans contradict each other
def test_one_field_says_where_a_finding_stands() -> None:
    flags = [each.name for each in Finding._meta.concrete_fields if isinstance(each, columns.BooleanField)]
    assert set(flags) == FLAGS


# what a document states, what the office set, how a text was cut: none of them says where the work stands
FLAGS = {"stated_closed", "emphasis", "truncated", "money_required", "people_required", "cause_required"}


# 9 DefectDojo: a re-import closes what is open
def test_an_import_closes_reopens_and_deletes_nothing(world: Any) -> None:
    worked, closed = world.proven(), world.closed()
    stood = list(Finding.objects.order_by("pk").values())
    world.register(STATED, STATED)
    assert list(Finding.objects.order_by("pk").values())[: len(stood)] == stood
    assert STATED.stated_closed
    assert DOCUMENT.title
    assert {row.stage for row in Finding.objects.exclude(pk__in=[worked.pk, closed.pk])} == {"registered"}


# 10 Plane: overdue is forgotten once finished late
def test_days_overdue_are_known_after_a_late_closing() -> None:
    due, finished = date(2026, 6, 30), date(2026, 7, 10)
    assert days_overdue(due, date(2030, 1, 1), finished) == 10


# 11 alaveteli: reminds although extended
def test_the_deadline_in_force_is_the_extended_one_and_only_once_granted(world: Any) -> None:
    finding = world.rectifying()
    world.do("extension_request", world.handler, finding, new_due=date(2026, 9, 30), reason=REASON)
    finding = world.do("deadline_sign", world.leader, finding)
    assert finding.due == date(2026, 6, 30)
    finding = world.do("deadline_sign", world.clerk, finding)
    assert (finding.due, finding.first_due) == (date(2026, 9, 30), date(2026, 6, 30))
    assert deadline_facts(Finding.objects.get(pk=finding.pk)).due == date(2026, 9, 30)
    assert is_asked_in_time(date(2026, 6, 30), date(2026, 6, 30))


# 12 beads_rust: an old comment satisfies a new gate
def test_nothing_of_an_earlier_round_meets_a_gate_of_this_one(world: Any) -> None:
    finding = world.do("closure_send_back", world.leader, world.requested(), reason=REASON)
    with refused(finding, ClosureRefusedError):
        world.request(finding)
    forged("UPDATE ledger_evidence SET round = 2 WHERE finding_id = %s", finding.pk)
    again = world.request(world.prove(finding))
    with refused(again, ReasonTooShortError):
        world.do("closure_send_back", world.leader, again, reason="不行")


# 17 FAC: an optimistic lock that only logs; a double submit
def test_a_stale_page_changes_nothing_and_says_so(world: Any) -> None:
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    finding = Finding.objects.get(pk=finding.pk)
    with refused(finding, StalePageError):
        world.do("closure_sign", world.clerk, finding, version=finding.version - 1)
    world.do("closure_sign", world.clerk, finding)
    finding = Finding.objects.get(pk=finding.pk)
    with refused(finding, (TransitionError, ActionDeniedError, StalePageError)):
        world.do("closure_sign", world.clerk, finding, version=finding.version - 1)
    assert Closure.objects.count() == 1


# 18 CISO Assistant, FAC: evidence has one date
def test_the_day_that_evidence_proves_is_not_the_moment_it_was_filed(world: Any) -> None:
    finding = world.file_evidence(world.rectifying(), proves_on=date(2026, 2, 20), amount=Decimal(1))
    row = finding.evidence.get()
    assert (row.proves_on, row.uploaded_at.date()) == (date(2026, 2, 20), date(2026, 3, 2))


# 21 An administrator asks for an exemption
def test_no_service_takes_a_flag_that_skips_a_rule() -> None:
    words = {"force", "skip", "override", "bypass", "exempt", "unchecked", "admin", "system"}
    for action in acts.ACTS:
        names = set("_".join(acts._parameters(action)).split("_"))
        assert not names & words, action


# The paths of attack that are no row: other people's ids, posts that ended, deputies, a clock set back
def test_a_piece_of_another_finding_or_organisation_is_not_found(world: Any) -> None:
    mine, theirs = world.proven(), world.proven()
    with refused(mine, PieceNotFoundError):
        world.do(
            "evidence_judge",
            world.verifier,
            mine,
            evidence_id=theirs.evidence.get().pk,
            effect=True,
            note="看过。",
        )
    with refused(mine, FindingNotFoundError):
        world.do("closure_sign", world.stranger, mine)


def test_a_post_that_has_ended_signs_nothing_however_old_the_page(world: Any) -> None:
    finding = world.requested()
    laddered.end(world, world.leader, Role.RESPONSIBLE_LEADER)
    # the actor of the page still has the post; the service asks anew
    assert world.leader.has(Role.RESPONSIBLE_LEADER)
    with refused(finding, (ActionDeniedError, FindingNotFoundError)):
        world.do("closure_sign", world.leader, finding)


def test_a_deputy_of_who_submitted_does_not_sign(world: Any) -> None:
    submitter = world.grant(world.handler.person_id, (Role.OFFICE_CLERK, world.bureau))
    second = world.person("second", "二示例", (Role.VERIFIER, world.bureau))
    deputy = laddered.acting(world, second, submitter, Role.OFFICE_CLERK, world.bureau)
    finding = world.do("closure_sign", world.leader, world.requested())
    with refused(finding, ActionDeniedError):
        world.do("closure_sign", deputy, finding)


def test_a_clock_set_back_does_not_set_the_trail_back(world: Any) -> None:
    finding = world.requested()
    last = Event.objects.order_by("-pk")[0].at
    services.closure_sign(
        actor=world.leader,
        at=AT - timedelta(days=30),
        finding_id=finding.pk,
        version=Finding.objects.get(pk=finding.pk).version,
    )
    assert Event.objects.order_by("-pk")[0].at >= last


def test_no_nature_is_taken_back_to_make_closing_easier(world: Any) -> None:
    finding = world.stage_closed()
    assert finding.nature == Nature.LONG_TERM
    forged("UPDATE ledger_finding SET nature = 'time_bound' WHERE id = %s", finding.pk)
    assert Evidence.objects.filter(finding=finding).exists()


# Rows that are no attack on one finding are held where their place is; the names are looked up.
ELSEWHERE = {
    "OCA: a reminder only on the day itself": [
        "ledger/test_warning.py::test_days_on_which_nothing_ran_are_caught_up_by_one_warning",
        "ledger/test_warning.py::test_each_step_is_told_once_to_the_roles_that_the_rules_name",
    ],
    "alaveteli: reminds although extended": ["ledger/test_warning.py::test_a_day_that_is_moved_begins_anew"],
    "CISO Assistant: thousands of queries": [
        "ledger/test_lists.py::test_a_list_of_200_takes_as_many_queries_as_one_of_10",
        "ledger/test_lists.py::test_one_finding_takes_as_many_queries_with_twenty_pieces_as_with_one",
    ],
    "Redmine: no index for an order": [
        "ledger/test_orders.py::test_every_order_reads_an_index_and_sorts_nothing"
    ],
    "DefectDojo: a Chinese word is a fault": [
        "ledger/test_lists.py::test_a_search_takes_any_text",
        "search/test_search.py::test_any_text_is_a_query",
    ],
    "FAC: an upload that fails is lost": [
        "intake/test_receiving.py::test_what_cannot_be_read_is_kept_and_says_why"
    ],
    "DefectDojo: an incomplete report": ["documents/test_ledger.py::test_json_holds_everything"],
    "World Bank: claim and view are two facts": [
        "web/test_finding_page.py::test_the_page_shows_claims_beside_our_own_facts"
    ],
    "GAO: every figure opens its list": [
        "ledger/test_figures.py::test_each_figure_opens_a_list_of_just_as_many"
    ],
    "A form takes no field of the life cycle": [
        "web/test_finding_page.py::test_no_field_of_the_life_cycle_is_taken_from_a_form"
    ],
}


@pytest.mark.parametrize("row", ELSEWHERE)
def test_a_row_held_elsewhere_is_held_there(row: str) -> None:
    for name in ELSEWHERE[row]:
        path, _, test = name.partition("::")
        assert f"def {test}(" in (TESTS / path).read_text(encoding="utf-8")
