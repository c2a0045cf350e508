"""The interface: the same rules as the pages, in JSON; once under a key; nothing by a side door."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ledger.laddered import recorded
from zhenggai.accounts.kinds import TokenReach
from zhenggai.accounts.models import ApiCall
from zhenggai.api.acting import CALLS
from zhenggai.domain.amending import Indicator
from zhenggai.domain.planning import Direction
from zhenggai.ledger import services
from zhenggai.ledger.models import Evidence, Finding, ProgressReport, Signature
from zhenggai.trail.models import Event

if TYPE_CHECKING:
    from api.conftest import Programs
    from ledger.world import World

PROGRESS = {"progress": "in_progress", "narrative": "已开始核对。"}


def version(finding: Any) -> int:
    return Finding.objects.values_list("version", flat=True).get(pk=finding.pk)


def entries() -> int:
    return Event.objects.filter(name__startswith="ledger.").count()


def test_a_finding_is_worked_on_and_closed_by_programs_of_different_people(
    world: World, programs: Programs
) -> None:
    finding = world.accepted()
    handler, verifier = programs.of(world.handler), world.verifier
    leader, clerk = programs.of(world.leader), programs.of(world.clerk)
    at = f"/findings/{finding.pk}"

    def go(program: Any, verb: str, body: dict[str, Any]) -> Any:
        answer = program.post(f"{at}/{verb}", {"version": version(finding), **body})
        assert answer.status_code == 200, answer.said
        return answer.said["finding"]

    assert go(handler, "progress", PROGRESS)["stage"] == "rectifying"
    sent = handler.send(
        f"{at}/evidence",
        {
            "version": version(finding),
            "title": "退款示例凭证",
            "proves": "款项已退回。",
            "proves_on": "2026-03-02",
            "kind": "receipt",
            "amount": "80000.00",
            "file": SimpleUploadedFile("凭证.pdf", b"example receipt"),
        },
    )
    assert sent.status_code == 200, sent.said
    seen = handler.get(at).said
    (evidence,) = seen["evidence"]
    assert (evidence["amount"], evidence["file_name"], evidence["size_bytes"]) == ("80000.00", "凭证.pdf", 15)
    file = handler.get(f"/evidence/{evidence['id']}/file")
    assert b"".join(file.streaming_content) == b"example receipt"
    assert file.headers["Content-Disposition"].startswith("attachment")
    (measure,) = seen["measures"]
    go(handler, "measure-complete", {"measure_id": measure["id"], "result": "已逐笔核对。"})
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    (criterion,) = handler.get(at).said["criteria"]
    judged = {"met": True, "note": "现场核对一致。", "evidence_ids": [evidence["id"]]}
    world.do("criterion_judge", verifier, finding, criterion_id=criterion["id"], **judged)
    world.do("evidence_judge", verifier, finding, evidence_id=evidence["id"], effect=True, note="款已到账。")
    for requirement in ("money", "cause"):
        go(handler, "requirement-answer", {"requirement": requirement, "evidence_id": evidence["id"]})
    refused = handler.post(f"{at}/closure-request", {"version": version(finding), "statement": "已整改。"})
    assert (refused.status_code, refused.said["code"]) == (409, "closure_refused")
    assert [gate["code"] for gate in refused.said["gates"] if gate["state"] == "not_met"] == ["similar"]
    assert all(gate["missing"] for gate in refused.said["gates"] if gate["state"] == "not_met")
    world.do(
        "requirement_waive",
        world.clerk,
        finding,
        requirement="similar",
        reason="全局只有这一处示例台账，无同类可查。",
    )
    assert go(handler, "closure-request", {"statement": "台账已核对一致。"})["stage"] == "closure_requested"
    own = handler.post(f"{at}/closure-sign", {"version": version(finding)})
    assert own.status_code == 403
    go(leader, "closure-sign", {"note": "同意。"})
    assert go(clerk, "closure-sign", {})["stage"] == "closed"
    assert Signature.objects.count() == 2
    late = handler.post(f"{at}/progress", {"version": version(finding), **PROGRESS})
    assert (late.status_code, late.said["code"]) == (409, "transition")


def test_the_promise_of_the_rules_is_shown_and_affirmed(world: World, programs: Programs) -> None:
    promise = "本人承诺所报整改情况真实、准确、完整。"
    world.inspect_by(promise=promise)
    finding = world.proven()
    handler, at = programs.of(world.handler), f"/findings/{finding.pk}"
    assert handler.get(at).said["promise"] == promise
    body = {"version": version(finding), "statement": "台账已核对一致。"}
    refused = handler.post(f"{at}/closure-request", body)
    assert (refused.status_code, refused.said["code"]) == (422, "not_promised")
    made = handler.post(f"{at}/closure-request", {**body, "promised": True})
    assert made.said["finding"]["stage"] == "closure_requested"


def test_a_signature_on_paper_is_told_apart(world: World, programs: Programs) -> None:
    finding = world.requested()
    record = recorded(world, finding, world.clerk, signer_id=world.leader.person_id)
    world.do("signature_confirm", world.verifier, finding, record_id=record.pk)
    (request,) = programs.of(world.clerk).get(f"/findings/{finding.pk}").said["requests"]
    (signature,) = request["signatures"]
    assert (signature["by"], signature["recorded"], signature["acting_for"]) == ("领示例", "paper", None)


def test_a_return_names_the_criteria_that_are_judged_again(world: World, programs: Programs) -> None:
    finding = world.requested()
    leader, at = programs.of(world.leader), f"/findings/{finding.pk}"
    (criterion,) = leader.get(at).said["criteria"]
    body = {"version": version(finding), "reason": "台账与账簿仍不一致，请补核。", "ground": "criteria"}
    refused = leader.post(f"{at}/closure-send-back", body)
    assert (refused.status_code, refused.said["code"]) == (422, "return_unfounded")
    other = leader.post(f"{at}/closure-send-back", {**body, "criterion_ids": [-1]})
    assert (other.status_code, other.said["code"]) == (404, "piece_not_found")
    made = leader.post(f"{at}/closure-send-back", {**body, "criterion_ids": [criterion["id"]]})
    assert made.said["finding"]["round"] == 2
    (request,) = leader.get(at).said["requests"]
    assert (request["returned"]["ground"], request["returned"]["criterion_ids"]) == (
        "criteria",
        [criterion["id"]],
    )
    assert not finding.carried_judgements.exists()


def test_a_due_date_is_moved_by_programs_of_three_people(world: World, programs: Programs) -> None:
    finding = world.rectifying()
    at = f"/findings/{finding.pk}"
    asked = {"new_due": "2099-12-31", "reason": "设备招标流标，须重新组织。"}
    forged = {**asked, "version": version(finding), "state": "granted"}
    assert programs.of(world.handler).post(f"{at}/extension-request", forged).status_code == 422
    for program, verb, body in (
        (programs.of(world.handler), "extension-request", asked),
        (programs.of(world.leader), "deadline-sign", {}),
        (programs.of(world.clerk), "deadline-sign", {"note": "同意。"}),
    ):
        answer = program.post(f"{at}/{verb}", {"version": version(finding), **body})
        assert answer.status_code == 200, answer.said
    assert (answer.said["finding"]["due"], answer.said["finding"]["first_due"]) == (
        "2099-12-31",
        "2026-06-30",
    )
    seen = programs.of(world.handler).get(at).said
    (told,) = seen["deadline_requests"]
    assert (told["kind"], told["due_before"], told["state"]) == ("extension", "2026-06-30", "granted")
    assert seen["suspended_since"] is None


def test_no_state_can_be_written_by_naming_it(world: World, programs: Programs) -> None:
    finding = world.rectifying()
    program = programs.of(world.clerk)
    before = entries()
    client = Client()
    headers = {"Authorization": f"Bearer {program.secret}"}
    for method in ("patch", "put", "delete"):
        answer = getattr(client, method)(
            f"/api/1/findings/{finding.pk}",
            '{"stage": "closed", "status": "closed"}',
            content_type="application/json",
            headers=headers,
        )
        assert answer.status_code == 405
    for field in ("stage", "status", "closed", "actor", "at", "round", "by"):
        answer = programs.of(world.handler).post(
            f"/findings/{finding.pk}/progress", {"version": version(finding), **PROGRESS, field: "closed"}
        )
        assert (answer.status_code, answer.said["code"]) == (422, "call_unreadable")
        assert answer.said["fields"][0]["field"] == field
    assert Finding.objects.get(pk=finding.pk).stage == "rectifying"
    assert entries() == before


def test_the_same_key_does_it_once_and_gives_the_first_answer(world: World, programs: Programs) -> None:
    finding = world.accepted()
    program = programs.of(world.handler)
    path, body = f"/findings/{finding.pk}/progress", {"version": version(finding), **PROGRESS}
    first = program.post(path, body, Idempotency_Key="report-1")
    before = entries()
    again = program.post(path, body, Idempotency_Key="report-1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.said == {**first.said, "repeated": True}
    assert not first.said["repeated"]
    assert ProgressReport.objects.filter(finding=finding).count() == 1
    assert entries() == before
    # another request, or another person, needs a key of their own
    other = program.post(path, {**body, "narrative": "另一件事。"}, Idempotency_Key="report-1")
    assert (other.status_code, other.said["code"]) == (409, "key_elsewhere")
    stranger = programs.of(world.head).post(path, body, Idempotency_Key="report-1")
    assert (stranger.status_code, stranger.said["code"]) == (409, "key_elsewhere")
    assert entries() == before


def test_a_refused_call_leaves_its_key_free(world: World, programs: Programs) -> None:
    finding = world.accepted()
    program = programs.of(world.handler)
    path = f"/findings/{finding.pk}/progress"
    refused = program.post(path, {"version": 999, **PROGRESS}, Idempotency_Key="k")
    assert (refused.status_code, refused.said["code"]) == (409, "stale_page")
    assert not ApiCall.objects.exists()
    done = program.post(path, {"version": version(finding), **PROGRESS}, Idempotency_Key="k")
    assert done.status_code == 200


@pytest.mark.parametrize("key", ["", "k" * 101, "键"])
def test_a_key_that_is_none_is_named(world: World, programs: Programs, key: str) -> None:
    finding = world.accepted()
    answer = programs.of(world.handler).post(
        f"/findings/{finding.pk}/progress", {"version": version(finding), **PROGRESS}, Idempotency_Key=key
    )
    assert (answer.status_code, answer.said["code"]) == (422, "key_invalid")
    assert not ProgressReport.objects.filter(finding=finding).exists()


def test_a_program_records_a_reading_and_reads_how_far_it_is(world: World, programs: Programs) -> None:
    measure = Indicator(unit="%", target=Decimal(98), direction=Direction.AT_LEAST, baseline=Decimal(60))
    finding = world.do("criterion_add", world.clerk, world.rectifying(), text="相符率。", indicator=measure)
    criterion_id = finding.criteria.exclude(direction="").get().pk
    said = {"version": version(finding), "criterion_id": criterion_id, "value": "79.5", "source": "示例月报"}
    program, path = programs.of(world.handler), f"/findings/{finding.pk}/reading"
    assert program.post(path, said | {"measured_on": "2099-01-05"}).said["code"] == "measured_day"
    assert program.post(path, said | {"measured_on": "2026-01-05", "value": "1.23456"}).status_code == 422
    assert program.post(path, said | {"measured_on": "2026-01-05"}).status_code == 200
    shown = program.get(f"/findings/{finding.pk}").said["criteria"]
    (reading,) = next(each for each in shown if each["id"] == criterion_id)["readings"]
    told = ("value", "source", "reached", "left", "percent", "recorded_by", "withdrawn_at")
    assert [reading[name] for name in told] == [
        "79.5000", "示例月报", False, "18.5000", "51.3", world.handler.label, None,
    ]  # fmt: skip


def test_evidence_sent_twice_under_one_key_is_filed_once(world: World, programs: Programs) -> None:
    finding = world.rectifying()
    program = programs.of(world.handler)

    def send(content: bytes) -> Any:
        return program.send(
            f"/findings/{finding.pk}/evidence",
            {
                "version": 6,
                "title": "示例照片",
                "proves": "台账已更新。",
                "proves_on": "2026-03-02",
                "kind": "photo",
                "file": SimpleUploadedFile("照片.jpg", content),
            },
            Idempotency_Key="photo",
        )

    Finding.objects.get(pk=finding.pk)
    stands = version(finding)
    assert stands == 5, "the version in the form below is one ahead on purpose"
    assert send(b"one").status_code == 409
    world.do("progress_report", world.handler, finding, progress="in_progress", narrative="又核对一年。")
    assert [send(b"one").status_code, send(b"one").status_code] == [200, 200]
    assert Evidence.objects.filter(finding=finding).count() == 1
    assert send(b"other").status_code == 409


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.verb)
def test_every_call_asks_what_the_pages_ask(world: World, programs: Programs, call: Any) -> None:
    finding = world.do("situation_raise", world.handler, world.requested(), text="又有一处需要核实。")
    path = f"/findings/{finding.pk}/{call.verb}"
    # a comment does not change the finding, so it asks for no version
    stands = {"version": version(finding)} if "version" in call.body.model_fields else {}
    body = stands | _filled(call, finding)
    before = entries()
    # not theirs to see: as if it were not there
    assert programs.of(world.stranger).post(path, body).status_code == 404
    assert programs.of(world.stranger).post("/findings/999999/" + call.verb, body).status_code == 404
    # seen, but not theirs to do
    assert programs.of(world.auditor).post(path, body).status_code == 403
    # theirs, but not by this token
    least = TokenReach.READ if call.reach is TokenReach.REPORT else TokenReach.REPORT
    short = programs.of(world.leader, least).post(path, body)
    assert (short.status_code, short.said["code"]) == (403, "token_reach")
    assert entries() == before


def _filled(call: Any, finding: Any) -> dict[str, Any]:
    given = {
        "progress": "done",
        "narrative": "已办。",
        "measure_id": 1,
        "situation_id": finding.situations.get().pk,
        "analysis": "须跨单位核实，建议由整改办协调。",
        "task_id": 1,
        "evidence_id": 1,
        "comment_id": 1,
        "result": "已办。",
        "report": "已办。",
        "reason": "理由充分，详见附件材料。",
        "requirement": "money",
        "text": "有新情况。",
        "statement": "已整改。",
        "new_due": "2099-12-31",
        "stage_goal": "每季核对一次。",
        "recheck_on": "2099-12-31",
        "criterion_id": 1,
        "value": "80",
        "measured_on": "2026-01-05",
        "source": "示例月报",
    }
    needed = [name for name, field in call.body.model_fields.items() if field.is_required()]
    return {name: given[name] for name in needed if name != "version"}


def test_a_new_situation_is_raised_passed_up_answered_and_listed(world: World, programs: Programs) -> None:
    finding = world.rectifying()
    path, listed = f"/findings/{finding.pk}", f"/inspections/{world.inspection.pk}/situations"
    handler, head, leader = (programs.of(each) for each in (world.handler, world.head, world.leader))
    raised = handler.post(f"{path}/situation", {"version": version(finding), "text": "原保管人已经调离。"})
    assert raised.status_code == 200
    (row,) = handler.get(listed).said["situations"]
    assert (row["waits_with"], row["days_late"], row["answer"]) == ("unit_head", 0, None)
    assert row["due"]
    body = {"situation_id": row["id"], "analysis": "须跨单位核实，建议由整改办协调。"}
    assert head.post(f"{path}/situation-pass-up", {"version": version(finding), **body}).status_code == 200
    answer = {"situation_id": row["id"], "text": "请业务科协助核实。"}
    assert head.post(f"{path}/situation-answer", {"version": version(finding), **answer}).status_code == 403
    assert leader.post(f"{path}/situation-answer", {"version": version(finding), **answer}).status_code == 200
    said = leader.get(listed).said
    assert (said["raised"], said["answered"], said["open"], said["answered_late"]) == (1, 1, 0, 0)
    (whole,) = leader.get(path).said["situations"]
    assert [each["to"] for each in whole["steps"]] == ["unit_head", "leader"]
    assert (whole["waits_with"], whole["answered_by"]) == (None, "领示例")
    assert programs.of(world.stranger).get(listed).status_code == 404


def test_lists_show_what_the_person_sees(world: World, programs: Programs) -> None:
    finding = world.rectifying()
    clerk, handler, stranger = (programs.of(each) for each in (world.clerk, world.handler, world.stranger))
    ledger = f"/inspections/{world.inspection.pk}/findings"
    whole = clerk.get("/inspections").said["inspections"]
    assert [(row["id"], row["findings"]) for row in whole] == [(world.inspection.pk, 1)]
    page = handler.get(f"{ledger}?stage=rectifying").said
    assert (page["total"], page["findings"][0]["id"]) == (1, finding.pk)
    assert page["findings"][0]["version"] == version(finding)
    assert handler.get(f"{ledger}?stage=closed").said["findings"] == []
    assert stranger.get("/inspections").said["inspections"] == []
    assert stranger.get(ledger).status_code == 404
    assert stranger.get(f"/findings/{finding.pk}").status_code == 404
    odd = clerk.get(f"{ledger}?colour=red")
    assert (odd.status_code, odd.said["code"]) == (422, "filter_unknown")
    none = clerk.get(f"{ledger}?stage=gone")
    assert (none.status_code, none.said["code"]) == (422, "call_unreadable")


def test_a_field_of_a_form_that_is_not_taken_is_refused(world: World, programs: Programs) -> None:
    finding = world.rectifying()
    told = {"title": "凭证", "proves": "已退回。", "proves_on": "2026-03-02", "kind": "receipt", "round": "9"}
    file = SimpleUploadedFile("凭证.pdf", b"one")
    body = {"version": version(finding), **told, "file": file, "uploaded_by": "1"}
    before = entries()
    answer = programs.of(world.handler).send(f"/findings/{finding.pk}/evidence", body)
    assert (answer.status_code, answer.said["code"]) == (422, "call_unreadable")
    assert [each["field"] for each in answer.said["fields"]] == ["round", "uploaded_by"]
    assert entries() == before


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("[" * 100_000, "application/json", 422, "call_unreadable"),
        ('{"version"', "application/json", 422, "call_unreadable"),
        ("x" * 2_000_000, "application/json", 413, "call_too_large"),
        ("--", "multipart/form-data", 422, "call_unreadable"),
        ("&".join(["a=1"] * 6000), "application/x-www-form-urlencoded", 422, "call_unreadable"),
    ],
    ids=["deep", "cut off", "large", "no boundary", "many fields"],
)
def test_a_body_that_cannot_be_read_is_refused_as_a_problem(
    world: World, programs: Programs, settings: Any, body: str, kind: str, status: int, code: str
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    finding, program = world.rectifying(), programs.of(world.handler)
    verb = "progress" if kind == "application/json" else "evidence"
    before = entries()
    answer = Client(raise_request_exception=False).post(
        f"/api/1/findings/{finding.pk}/{verb}",
        body,
        content_type=kind,
        headers={"Authorization": f"Bearer {program.secret}"},
    )
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["code"] == code
    assert entries() == before


def test_a_ledger_is_narrowed_and_ordered_as_the_page_does(world: World, programs: Programs) -> None:
    working, other = world.rectifying(), world.registered()
    program = programs.of(world.clerk)
    address = f"/inspections/{world.inspection.pk}/findings"

    def listed(query: str) -> list[int]:
        answer = program.get(f"{address}?{query}")
        assert answer.status_code == 200, answer.said
        return [each["id"] for each in answer.said["findings"]]

    everything = listed("")
    assert {working.pk, other.pk} <= set(everything)
    working.refresh_from_db()
    due = working.due
    assert due is not None
    for query in (
        f"leader={working.responsible_leader_id}",
        f"under={world.bureau.pk}",
        f"nature={working.nature}",
        f"due_from={due}&due_to={due}",
    ):
        found = listed(query)
        assert working.pk in found, query
        assert other.pk not in found, query
    assert listed("source=999999") == []
    assert listed("light=overdue") == listed("overdue=true")
    assert listed("order=unit,due_last,number")[0] == working.pk
    for order in ("unit,nonsense", "unit,due,number,title", ""):
        answer = program.get(f"{address}?order={order}")
        assert (answer.status_code, answer.said["code"]) == (422, "call_unreadable")


@pytest.mark.parametrize("name", ["theme", "unit"])
def test_a_number_that_no_database_holds_narrows_nothing(world: World, programs: Programs, name: str) -> None:
    address = f"/inspections/{world.inspection.pk}/findings?{name}={10**30}"
    answer = programs.of(world.clerk).get(address)
    assert (answer.status_code, answer.said["code"]) == (422, "call_unreadable")


def test_evidence_of_others_is_not_fetched_by_its_number(world: World, programs: Programs) -> None:
    finding = world.file_evidence(world.rectifying())
    (evidence,) = finding.evidence.all()
    assert programs.of(world.stranger).get(f"/evidence/{evidence.pk}/file").status_code == 404


def test_a_page_of_findings_takes_as_many_queries_with_ten_as_with_one(
    world: World, programs: Programs, django_assert_num_queries: Any
) -> None:
    from django.db import connection  # noqa: PLC0415 - where it is counted
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - likewise

    program = programs.of(world.clerk)
    path = f"/inspections/{world.inspection.pk}/findings"
    world.rectifying()
    program.get(path)
    with CaptureQueriesContext(connection) as one:
        program.get(path)
    for _ in range(9):
        world.assigned()
    with django_assert_num_queries(len(one)):
        assert len(program.get(path).said["findings"]) == 10


def test_evidence_says_what_it_proves_and_is_told_where_its_file_stands_besides(
    world: World, programs: Programs
) -> None:
    first, finding = world.file_evidence(world.rectifying()), world.rectifying()
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    measure, criterion = finding.measures.get(), finding.criteria.get()
    program = programs.of(world.handler)

    def send(**values: Any) -> Any:
        return program.send(
            f"/findings/{finding.pk}/evidence",
            {
                "version": version(finding),
                "title": "处理示例决定",
                "proves": "责任人员已经处理。",
                "proves_on": "2026-03-02",
                "kind": "decision",
                "document_number": "云示纪〔2026〕7号",
                "issuer": "云山县示例局",
                "measure_ids": [measure.pk],
                "criterion_ids": [criterion.pk],
                "people": ["admonition:张某某", "disciplinary:李某某"],
                "file": SimpleUploadedFile("决定.pdf", b"example receipt"),
                **values,
            },
        )

    for values, code in (
        ({"people": ["shot:张某某"]}, "handling_unknown"),
        ({"people": ["admonition:张某某 110101199001011234"]}, "person_label"),
        ({"people": ["admonition:张某" + "某" * 40]}, "person_label"),
        ({"people": [f"admonition:张{n}" for n in range(51)]}, "people_too_many"),
        ({"measure_ids": [first.measures.get().pk]}, "piece_not_found"),
    ):
        assert send(**values).said["code"] == code
    assert Evidence.objects.filter(finding=finding).count() == 0
    assert send().status_code == 200
    (row,) = program.get(f"/findings/{finding.pk}").said["evidence"]
    assert (row["document_number"], row["issuer"]) == ("云示纪〔2026〕7号", "云山县示例局")
    assert (row["measure_ids"], row["criterion_ids"]) == ([measure.pk], [criterion.pk])
    assert row["people"] == [
        {"person": "张某某", "handling": "admonition"},
        {"person": "李某某", "handling": "disciplinary"},
    ]
    assert row["also_for"] == [first.pk]


def test_programs_read_who_has_not_reported(world: World, programs: Programs) -> None:
    finding = world.accepted()
    request = services.reports_request(
        actor=world.clerk,
        at=world.at(),
        inspection_id=world.inspection.pk,
        title="第一季度",
        first_on=date(2026, 1, 1),
        last_on=date(2026, 3, 31),
        due_on=date(2026, 4, 5),
    )
    program = programs.of(world.handler)
    (listed,) = program.get(f"/inspections/{world.inspection.pk}/report-requests").said["report_requests"]
    assert (listed["id"], listed["units_missing"], listed["findings_missing"]) == (request.pk, 1, 1)
    said = program.get(f"/report-requests/{request.pk}").said
    assert said["units"][0]["unit"] == "示例股"
    assert said["units"][0]["findings"][0]["id"] == finding.pk
    assert programs.of(world.stranger).get(f"/report-requests/{request.pk}").status_code == 404


def test_a_program_reports_actions_and_reads_them_beside_the_view(world: World, programs: Programs) -> None:
    finding = world.accepted()
    said = {
        **PROGRESS,
        "version": version(finding),
        "percent": 40,
        "actions": [{"text": "召开核对会"}, {"text": "核对一年", "measure_id": finding.measures.get().pk}],
    }
    program = programs.of(world.handler)
    assert program.post(f"/findings/{finding.pk}/progress", said).status_code == 200
    world.do(
        "progress_judge", world.verifier, finding, progress="not_started", reason="现场未见到任何核对记录。"
    )
    seen = program.get(f"/findings/{finding.pk}").said
    (report,) = seen["progress_reports"]
    assert report["percent"] == 40
    assert [each["text"] for each in report["actions"]] == ["召开核对会", "核对一年"]
    assert [each["progress"] for each in seen["progress_views"]] == ["not_started"]
    wrong = said | {"version": version(finding), "actions": [{"text": "核对", "by": 1}]}
    assert program.post(f"/findings/{finding.pk}/progress", wrong).status_code == 422


def test_comments_are_listed_added_and_withdrawn_by_the_same_rules(world: World, programs: Programs) -> None:
    finding = world.accepted()
    asking, answering = programs.of(world.inspector), programs.of(world.handler)
    at, before = f"/findings/{finding.pk}", version(finding)
    people = asking.get(f"{at}/comments").said["people"]
    assert world.handler.person_id in {each["id"] for each in people}
    asked = {"text": "核对记录在哪里？", "named_ids": [world.handler.person_id]}
    for is_repeated in (False, True):
        answer = asking.post(f"{at}/comment", asked, Idempotency_Key="same")
        assert (answer.status_code, answer.said["repeated"]) == (200, is_repeated)
    (row,) = asking.get(f"{at}/comments").said["comments"]
    assert (row["text"], row["named"]) == ("核对记录在哪里？", [world.handler.label])
    answering.post(f"{at}/comment", {"text": "第三页。", "answers_id": row["id"]})
    gone = asking.post(
        f"{at}/comment-withdraw", {"comment_id": row["id"], "reason": "写错了地方，重新答复。"}
    )
    assert gone.status_code == 200
    (row,) = answering.get(f"{at}/comments").said["comments"]
    assert (row["text"], row["withdrawn_by"]) == (None, world.inspector.label)
    assert [each["text"] for each in row["answered_by"]] == ["第三页。"]
    assert answering.get(f"{at}/comments?page=9").said["page"] == 1
    assert version(finding) == before
    denied = programs.of(world.auditor).post(f"{at}/comment", {"text": "只读。"})
    assert (denied.status_code, denied.said["code"]) == (403, "action_denied")
    look = programs.of(world.clerk, TokenReach.READ).post(f"{at}/comment", {"text": "只看。"})
    assert look.status_code == 403
    assert programs.of(world.clerk).get("/findings/99999/comments").status_code == 404


def test_programs_fetch_the_papers_of_what_their_person_sees(world: World, programs: Programs) -> None:
    finding = world.requested()
    program, stranger = programs.of(world.clerk), programs.of(world.stranger)
    for address in (f"/inspections/{world.inspection.pk}/plan-table", f"/findings/{finding.pk}/closing-form"):
        paper = program.get(address)
        assert paper.status_code == 200
        assert paper.headers["Content-Disposition"].startswith("attachment")
        assert paper.content.startswith(b"PK")
        assert stranger.get(address).status_code == 404
