"""Every address × every role, with the status it answers; an address without a row fails."""

from __future__ import annotations

import base64
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from staged import settled, taken_back
from web.conftest import signed_in
from web.leading import set_up
from web.world import PASSWORD, World, asked_reports, opened_round, own_profile, worlds_plan
from zhenggai.api import acting
from zhenggai.domain.messages import Message
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.inbox import services as inbox
from zhenggai.inbox.kinds import NoticeKind
from zhenggai.inbox.selectors import notices_listed
from zhenggai.intake.services import intake_receive
from zhenggai.ledger import profiles, services
from zhenggai.ledger.export_jobs import export_path
from zhenggai.ledger.models import LedgerExport
from zhenggai.ledger.services.batching import batch_make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.urls import URLPattern, URLResolver
    from pytest_django import DjangoDbBlocker

NOBODY = "nobody"
SYSTEM, SECURITY, AUDIT = ("admin",), ("security",), ("audit",)
ADMINS = (*SYSTEM, *SECURITY)
WHOLE = ("clerk", "verifier", "group", "inspector", "auditor", "publisher")
LEADERS = ("leader",)
UNIT = ("head", "handler")
SUPPORT = ("other-handler",)
READERS = (*WHOLE, *LEADERS, *UNIT, *SUPPORT)
# who works in findings writes about them
WRITERS = tuple(each for each in READERS if each not in {"auditor", "publisher"})
# those on the list of the restricted finding
LISTED = ("clerk", "inspector", "outsider")
# hold posts, but none that shows this ledger
OTHERS = ("other-leader", "outsider")
EVERYBODY = (*READERS, *OTHERS, *ADMINS, *AUDIT)
# no inspection has begun with the bureau's profile, so the inspecting body does not see it
OF_BUREAU = (*(each for each in READERS if each != "inspector"), "other-leader")
# hold a post that signs, wherever it is
SIGNERS = ("clerk", "verifier", "group", "inspector", *LEADERS, "head", *OTHERS)
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGM4AQAAygDJmcpdfgAAAABJRU5ErkJggg=="
)
NOTICE = "关于巡察整改进展情况的通报\n\n（一）示例问题一\n已完成整改。\n".encode()


# what programs call: the name of the address, a path, the method
CALLS = (
    ("inspections", "/api/1/inspections", "get"),
    ("findings", "/api/1/inspections/{inspection}/findings", "get"),
    ("ledger_file", "/api/1/inspections/{inspection}/ledger.csv", "get"),
    ("export", "/api/1/exports/1", "get"),
    ("export_file", "/api/1/exports/1/ledger.xlsx", "get"),
    ("finding", "/api/1/findings/1", "get"),
    ("report_requests", "/api/1/inspections/{inspection}/report-requests", "get"),
    ("report_request", "/api/1/report-requests/1", "get"),
    ("ledger_file", "/api/1/inspections/{inspection}/ledger.csv", "get"),
    ("plan_table", "/api/1/inspections/{inspection}/plan-table", "get"),
    ("closing_form", "/api/1/findings/1/closing-form", "get"),
    ("report_request_issue", "/api/1/inspections/{inspection}/report-requests", "post"),
    ("report_request_remind", "/api/1/report-requests/1/remind", "post"),
    ("report_request_withdraw", "/api/1/report-requests/1/withdraw", "post"),
    ("comments", "/api/1/findings/1/comments", "get"),
    ("situations", "/api/1/inspections/{inspection}/situations", "get"),
    ("evidence_file", "/api/1/evidence/1/file", "get"),
    ("finding_evidence", "/api/1/findings/1/evidence", "post"),
    *(
        (f"finding_{call.verb.replace('-', '_')}", f"/api/1/findings/1/{call.verb}", "post")
        for call in acting.CALLS
    ),
)
# forms that anybody may send; a call brings a token or is refused for that
OPEN = {
    "calendar-feed",
    "sign-in",
    "sign-in-code",
    "sign-out",
    "setup",
    "language",
    *(name for name, _, _ in CALLS),
}


@dataclass(frozen=True)
class Row:
    """One request: who gets which status; ``others`` is for everybody not named, a sign-in for nobody."""

    name: str
    path: str
    expected: dict[int, tuple[str, ...]]
    others: int
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    nobody: int = 302
    place: int | None = None

    def status_for(self, username: str) -> int:
        if username == NOBODY:
            return 403 if self.method == "post" and self.name not in OPEN else self.nobody
        found = [status for status, people in self.expected.items() if username in people]
        return found[0] if found else self.others


def act(
    verb: str,
    place: int,
    allowed: tuple[str, ...],
    done: int = 302,
    data: dict[str, Any] | None = None,
    **rest: Any,
) -> Row:
    """An action on the finding at a place: 302 for those allowed, 403 for other readers, 404 for the rest."""
    readers = tuple(each for each in READERS if each not in allowed)
    return Row(
        "finding-action",
        f"/findings/{{finding}}/{verb}/",
        {done: allowed, 403: readers},
        404,
        "post",
        data or {},
        place=place,
    )


def proof() -> SimpleUploadedFile:
    return SimpleUploadedFile("证明.txt", "虚构材料".encode())


VERSION = {"version": "{restricted_version}"}
ROWS = [
    Row("home", "/", {200: EVERYBODY}, 200),
    # the outsider is on the list of a restricted finding in it
    Row("inspection", "/inspections/{inspection}/", {200: (*READERS, "outsider")}, 404),
    Row("inspection-export", "/inspections/{inspection}/export.csv", {200: (*READERS, "outsider")}, 404),
    Row("inspection-export", "/inspections/{inspection}/export.json", {200: (*READERS, "outsider")}, 404),
    Row("inspection-book", "/inspections/{inspection}/book/?overdue=yes", {200: (*READERS, "outsider")}, 404),
    Row(
        "inspection-figures",
        "/inspections/{inspection}/figures/?on=2026-03-01",
        {200: (*READERS, "outsider")},
        404,
    ),
    Row("dashboard", "/dashboard/?on=2026-03-01&by=round", {200: EVERYBODY}, 200),
    Row(
        "inspection-dashboard",
        "/inspections/{inspection}/dashboard/?on=2026-03-01&under=1&by=overdue&screen=1",
        {200: (*READERS, "outsider")},
        404,
    ),
    Row("inspection-create", "/inspections/new/", {200: ("clerk", "outsider")}, 403),
    Row(
        "inspection-create",
        "/inspections/new/",
        {302: ("clerk",), 422: ("outsider",)},
        403,
        "post",
        {"title": "又一次巡察", "kind": "inspection", "subject_id": "{subject}"},
    ),
    Row(
        "trail",
        "/inspections/{inspection}/trail/",
        {
            200: ("clerk", "group", "inspector", "auditor"),
            403: ("verifier", "publisher", *LEADERS, *UNIT, *SUPPORT, "outsider"),
        },
        404,
    ),
    Row("inspection-situations", "/inspections/{inspection}/situations/", {200: (*READERS, "outsider")}, 404),
    Row("inspection-evaluate", "/inspections/{inspection}/evaluate/", {200: (*READERS, "outsider")}, 404),
    Row(
        "inspection-evaluate",
        "/inspections/{inspection}/evaluate/",
        {302: ("inspector",), 403: (*(each for each in READERS if each != "inspector"), "outsider")},
        404,
        method="post",
        data={"seen_number": "0", "grade": "较好", "ground": "现场抽查三户，台账与实物一致。"},
    ),
    Row("inspection-plan", "/inspections/{inspection}/plan/", {200: WHOLE}, 404),
    Row("inspection-plan-paper", "/inspections/{inspection}/plan/table.docx", {200: WHOLE}, 404),
    Row("inspection-setup", "/inspections/{inspection}/setup/", {200: WHOLE}, 404),
    # day and body stand there already, and stay
    Row(
        "inspection-complete",
        "/inspections/{inspection}/complete/",
        {409: ("clerk",), 403: tuple(each for each in WHOLE if each != "clerk")},
        404,
        "post",
        {"feedback_on": "2026-02-10"},
    ),
    # several findings lack what a plan must have: the office is told which
    Row(
        "plan-submit",
        "/inspections/{inspection}/plan/submit/",
        {
            409: ("clerk",),
            403: tuple(each for each in WHOLE if each != "clerk"),
        },
        404,
        "post",
    ),
    # nothing is ticked
    Row("plan-prepare", "/inspections/{inspection}/plan/prepare/", {422: WHOLE}, 404, "post"),
    Row("plan", "/plans/{plan}/", {200: WHOLE}, 404),
    Row("plan-paper", "/plans/{plan}/table.docx", {200: WHOLE}, 404),
    Row(
        "plan-act",
        "/plans/{plan}/sign/",
        {302: ("group",), 403: tuple(each for each in WHOLE if each != "group")},
        404,
        "post",
    ),
    Row(
        "plan-act",
        "/plans/{plan}/send-back/",
        {302: ("group",), 403: tuple(each for each in WHOLE if each != "group")},
        404,
        "post",
        {"reason": "第二条措施没有写明由谁负责。"},
    ),
    Row(
        "plan-act",
        "/plans/{plan}/withdraw/",
        {302: ("clerk",), 403: tuple(each for each in WHOLE if each != "clerk")},
        404,
        "post",
        {"reason": "还有一个问题需要补充措施。"},
    ),
    Row("source", "/documents/{document}/?start=3&end=9", {200: (*READERS, "outsider")}, 404),
    Row(
        "progress-draft",
        "/findings/{finding}/progress-draft/",
        {302: READERS},
        404,
        "post",
        {"narrative": "刚清查到一半"},
        place=2,
    ),
    Row("finding-report", "/findings/{finding}/report/", {200: READERS}, 404, place=2),
    Row("finding-report", "/findings/{restricted}/report/", {200: LISTED}, 404),
    Row(
        "finding-report",
        "/findings/{finding}/report/",
        {302: (*UNIT, *SUPPORT), 403: (*WHOLE, *LEADERS)},
        404,
        "post",
        {"version": "{version}", "progress": "in_progress", "narrative": "已清查一层，共30台。"},
        place=2,
    ),
    Row("finding-comments", "/findings/{finding}/comments/", {200: READERS}, 404, place=2),
    Row("finding-comments", "/findings/{restricted}/comments/", {200: LISTED}, 404),
    Row(
        "finding-comments",
        "/findings/{finding}/comments/",
        {302: WRITERS, 403: ("auditor", "publisher")},
        404,
        "post",
        {"text": "请补充清查记录。"},
        place=2,
    ),
    Row(
        "finding-comments",
        "/findings/{restricted}/comments/",
        {302: ("clerk", "inspector"), 403: ("outsider",)},
        404,
        "post",
        {"text": "请补充清查记录。"},
    ),
    Row("comment-withdraw", "/findings/{finding}/comments/1/withdraw/", {302: READERS}, 404, place=2),
    # there is no such comment
    Row(
        "comment-withdraw",
        "/findings/{finding}/comments/99999/withdraw/",
        {404: WRITERS, 403: ("auditor", "publisher")},
        404,
        "post",
        {"reason": "写错了地方，重新答复。"},
        place=2,
    ),
    # whoever is listed for a finding sees the inspection; a request only who was asked or sees it whole
    Row("inspection-reports", "/inspections/{inspection}/reports/", {200: (*READERS, "outsider")}, 404),
    Row(
        "inspection-reports",
        "/inspections/{inspection}/reports/",
        {302: ("clerk",), 403: (*(each for each in READERS if each != "clerk"), "outsider")},
        404,
        "post",
        {"title": "第四季度", "first_on": "2099-10-01", "last_on": "2099-12-31", "due_on": "2099-12-31"},
    ),
    Row("report-request", "/report-requests/{asked}/", {200: (*WHOLE, *LEADERS, *UNIT, *SUPPORT)}, 404),
    Row(
        "report-request-missing",
        "/report-requests/{asked}/missing.csv",
        {200: (*WHOLE, *LEADERS, *UNIT, *SUPPORT)},
        404,
    ),
    Row("report-request-act", "/report-requests/{asked}/remind/", {302: READERS}, 404),
    Row(
        "report-request-act",
        "/report-requests/{asked}/remind/",
        {302: ("clerk",), 403: tuple(each for each in READERS if each != "clerk")},
        404,
        "post",
    ),
    Row(
        "report-request-act",
        "/report-requests/{asked}/withdraw/",
        {302: ("clerk",), 403: tuple(each for each in READERS if each != "clerk")},
        404,
        "post",
        {"reason": "期限有误，重新下发通知。"},
    ),
    Row("rounds", "/rounds/", {200: EVERYBODY}, 200),
    Row("round-create", "/rounds/new/", {302: EVERYBODY}, 302),
    Row(
        "round-create",
        "/rounds/new/",
        {302: ("inspector",), 422: ("clerk", "outsider")},
        403,
        "post",
        {"body_id": "{body}", "kind": "inspection", "title": "第四轮", "begins_on": "2026-07-01"},
    ),
    # whoever is listed for one of its findings sees the rounds of its inspecting body
    Row("round", "/rounds/{round}/", {200: (*READERS, "outsider")}, 404),
    Row(
        "round-act",
        "/rounds/{round}/rename/",
        {302: ("inspector",), 403: ("outsider", *(each for each in READERS if each != "inspector"))},
        404,
        "post",
        {"title": "第三轮", "begins_on": "2026-07-02"},
    ),
    Row(
        "round-act",
        "/rounds/{round}/put/",
        {
            302: ("clerk", "inspector"),
            403: tuple(each for each in READERS if each not in {"clerk", "inspector"}),
            # an inspection that is not among those offered to him
            422: ("outsider",),
        },
        404,
        "post",
        {"inspection_id": "{inspection}"},
    ),
    Row(
        "round-act",
        "/rounds/{round}/take-out/",
        {
            409: ("clerk", "inspector"),
            403: ("outsider", *(each for each in READERS if each not in {"clerk", "inspector"})),
        },
        404,
        "post",
        {"inspection_id": "{inspection}", "sure": "on"},
    ),
    Row("sure", "/sure/", {200: EVERYBODY}, 200),
    Row("profiles", "/profiles/", {200: EVERYBODY}, 200),
    Row("profile", "/profiles/{seeded}/", {200: EVERYBODY}, 200),
    Row("profile", "/profiles/{profile}/?version=1&against=2", {200: OF_BUREAU}, 404),
    Row("profile-create", "/profiles/new/", {200: ("clerk", "outsider")}, 403),
    Row("profile-create", "/profiles/new/?from={version}", {200: ("clerk",), 404: ("outsider",)}, 403),
    Row("profile-create", "/profiles/new/", {422: ("clerk", "outsider")}, 403, "post"),
    Row("profile-revise", "/profiles/{seeded}/revise/", {403: EVERYBODY}, 403),
    Row(
        "profile-revise",
        "/profiles/{profile}/revise/",
        {200: ("clerk",), 403: tuple(each for each in OF_BUREAU if each != "clerk")},
        404,
    ),
    Row(
        "profile-revise",
        "/profiles/{profile}/revise/",
        {422: ("clerk",), 403: tuple(each for each in OF_BUREAU if each != "clerk")},
        404,
        "post",
        {"note": "按新文件调整。"},
    ),
    Row("finding", "/findings/{finding}/", {200: READERS}, 404, place=2),
    Row("finding", "/findings/{finding}/", {200: (*WHOLE,)}, 404, place=5),
    Row("finding", "/findings/{finding}/", {200: (*WHOLE, *LEADERS, *UNIT, *SUPPORT)}, 404, place=1),
    # the first event of its trail is known: there are later ones; of one that is not seen nothing is told
    Row("finding-changes", "/findings/{finding}/changes/", {200: READERS}, 404, place=2),
    Row("finding-changes", "/findings/{finding}/changes/?after=999999", {204: READERS}, 404, place=2),
    Row("finding-changes", "/findings/{restricted}/changes/", {200: LISTED}, 404),
    Row("evidence-download", "/evidence/{evidence}/download/", {200: READERS}, 404),
    Row("evidence", "/evidence/{evidence}/", {200: READERS}, 404),
    Row("case-file", "/findings/{finding}/file/", {200: READERS}, 404, place=1),
    Row("case-file", "/findings/{restricted}/file/", {200: LISTED}, 404),
    Row("closing-form", "/findings/{finding}/closing-form.docx", {200: READERS}, 404, place=1),
    Row("closing-form", "/findings/{restricted}/closing-form.docx", {200: LISTED}, 404),
    Row("evidence-thumbnail", "/evidence/{photo}/thumbnail/", {200: READERS}, 404),
    Row("evidence-picture", "/evidence/{photo}/picture/", {200: READERS}, 404),
    Row("evidence-pdf-page", "/evidence/{photo}/pages/1/", {404: EVERYBODY}, 404),
    Row("evidence", "/evidence/{restricted_evidence}/", {200: LISTED}, 404),
    # restricted to the clerk, the inspector and somebody of elsewhere: nobody else sees it, whatever the post
    Row("finding", "/findings/{restricted}/", {200: LISTED}, 404),
    Row("evidence-download", "/evidence/{restricted_evidence}/download/", {200: LISTED}, 404),
    Row(
        "finding-action",
        "/findings/{restricted}/reader-add/",
        {302: ("clerk",), 403: ("inspector", "outsider")},
        404,
        "post",
        {"reader_ids": "{leader}", "version": "{restricted_version}"},
    ),
    Row(
        "finding-action",
        "/findings/{restricted}/reader-withdraw/",
        {302: ("clerk",), 403: ("inspector", "outsider")},
        404,
        "post",
        {
            "object_id": "{reader}",
            "reason": "已调离，不再参与办理该事项。",
            "version": "{restricted_version}",
        },
    ),
    Row(
        "finding-action",
        "/findings/{restricted}/finding-unrestrict/",
        {302: ("clerk",), 403: ("inspector", "outsider")},
        404,
        "post",
        {"reason": "线索已经办结，可以公开办理。", "version": "{restricted_version}"},
    ),
    act(
        "finding-restrict",
        2,
        ("clerk",),
        data={"kind": "lead", "reason": "涉及问题线索，只限专人办理。"},
    ),
    act("finding-classify", 3, ("clerk",), data={"nature": "time_bound", "money_required": "no"}),
    act(
        "finding-assign",
        3,
        ("clerk",),
        data={"leader_id": "{leader}", "unit_id": "{unit}", "due": "2026-12-31"},
    ),
    act("finding-weigh", 3, ("clerk",), data={"key_area": "财务", "money_to_recover": "120.50"}),
    act("finding-accept", 3, UNIT),
    act("finding-decline", 3, UNIT, data={"reason": "该事项不属本科室职责，应由主管科室承担。"}),
    act(
        "finding-transfer",
        2,
        UNIT,
        data={"to_unit_id": "{other_unit}", "reason": "主要工作由业务科承担，建议转办。"},
    ),
    act(
        "progress-judge",
        2,
        ("clerk", "verifier", "inspector"),
        data={"progress": "in_progress", "reason": "现场查看，清查尚未完成。"},
    ),
    act("progress-report", 2, (*UNIT, *SUPPORT), data={"progress": "in_progress", "narrative": "已清查。"}),
    act("measure-add", 2, ("clerk", *UNIT), data={"text": "建立台账"}),
    act("measure-arrange", 2, ("clerk", *UNIT), data={"object_id": "{measure}", "unit_ids": "{unit}"}),
    # the unit has taken it on: what is dropped now goes through a plan
    act(
        "measure-drop",
        2,
        ("clerk",),
        done=409,
        data={"object_id": "{measure}", "reason": "与其他措施重复，合并办理。"},
    ),
    act("task-report", 2, UNIT, data={"object_id": "{task}", "report": "已核对四十笔。"}),
    act(
        "measure-complete",
        2,
        (*UNIT, *SUPPORT),
        data={"object_id": "{measure}", "result": "已逐台核对并登记。"},
    ),
    act("criterion-add", 2, ("clerk", "verifier", "head"), data={"text": "账实相符"}),
    act(
        "criterion-drop",
        2,
        ("clerk", "verifier"),
        done=409,
        data={"object_id": "{criterion}", "reason": "与第一条标准重复，合并验收。"},
    ),
    act(
        "criterion-judge",
        2,
        ("clerk", "verifier", "inspector"),
        data={"object_id": "{criterion}", "met": "no", "note": "尚有3台未查明。"},
    ),
    act(
        "evidence-add",
        2,
        (*UNIT, *SUPPORT),
        data={
            "title": "清查表",
            "proves": "逐台核对",
            "proves_on": "2026-09-01",
            "kind": "record",
            "file": proof,
        },
    ),
    act(
        "evidence-withdraw",
        2,
        (*UNIT, *SUPPORT),
        data={"object_id": "{proof}", "reason": "上传了错误的文件，需要更换。"},
    ),
    act(
        "evidence-judge",
        2,
        ("clerk", "verifier", "inspector"),
        data={"object_id": "{proof}", "effect": "yes", "note": "已核对原件。"},
    ),
    # nothing of an earlier round is there to be carried over: whoever may is told so
    act("evidence-carry-over", 2, (*UNIT, *SUPPORT), done=409, data={"object_id": "{proof}"}),
    act(
        "requirement-answer",
        2,
        (*UNIT, *SUPPORT),
        data={"requirement": "similar", "evidence_id": "{proof}"},
    ),
    act(
        "requirement-waive",
        2,
        ("clerk",),
        data={"requirement": "similar", "reason": "同类设备只有这一处，已逐台核对。"},
    ),
    act("situation-raise", 2, (*LEADERS, *UNIT, *SUPPORT), data={"text": "又有1台需要核实。"}),
    act(
        "situation-pass-up",
        2,
        ("head",),
        data={"object_id": "{situation}", "analysis": "须跨单位核实，建议由整改办协调。"},
    ),
    act(
        "situation-answer",
        2,
        ("clerk", "group", "inspector", *LEADERS, "head"),
        data={"object_id": "{situation}", "text": "请业务科协助核实。"},
    ),
    act(
        "hold-open",
        2,
        ("clerk", "group", "inspector"),
        data={"kind": "other", "reference": "示例〔2026〕4号"},
    ),
    act(
        "hold-clear",
        2,
        ("clerk", "group", "inspector"),
        data={"object_id": "{hold}", "reason": "督办事项已经全部办结。"},
    ),
    # no plan is approved here: whoever may amend one is told so
    act(
        "plan-amend",
        2,
        ("clerk", *UNIT),
        done=409,
        data={"measure_1_text": "建立台账", "reason": "新办法出台，需要调整。"},
    ),
    act("amendment-sign", 2, ("clerk", "verifier", "group", "inspector"), done=409),
    act(
        "amendment-send-back",
        2,
        ("clerk", "verifier", "group", "inspector"),
        done=409,
        data={"reason": "请说明新办法的文号和日期。"},
    ),
    act(
        "amendment-withdraw",
        2,
        ("clerk", *UNIT),
        done=409,
        data={"reason": "情况有变，先不作调整，另行申请。"},
    ),
    act(
        "extension-request", 2, UNIT, data={"new_due": "2099-12-31", "reason": "设备招标流标，需要重新组织。"}
    ),
    act(
        "long-term-request",
        2,
        UNIT,
        data={"stage_goal": "每季核对一次。", "recheck_on": "2099-12-31", "reason": "该问题须长期坚持整改。"},
    ),
    # nothing is asked for: whoever may decide is told so
    act("deadline-sign", 2, ("clerk", "verifier", "group", "inspector", *LEADERS), done=409),
    act(
        "deadline-send-back",
        2,
        ("clerk", "verifier", "group", "inspector", *LEADERS),
        done=409,
        data={"reason": "理由不充分，请补充说明。"},
    ),
    act("deadline-withdraw", 2, UNIT, done=409, data={"reason": "已可按期完成，撤回申请。"}),
    act("suspension-begin", 2, ("clerk", "group"), data={"reason": "司法机关正在核查同一事项。"}),
    act("suspension-end", 2, ("clerk", "group"), done=409, data={"reason": "核查已经结束，恢复整改。"}),
    # the gates are not met: whoever may ask is refused with the conditions
    act("closure-request", 2, UNIT, done=409, data={"statement": "申请销号。"}),
    # the next signature is the office's; the leader has signed already
    act("closure-sign", 1, ("clerk",)),
    # the clerk's signature on paper is recorded already; nobody is offered himself as who signed
    Row(
        "finding-action",
        "/findings/{finding}/signature-record/",
        {
            409: ("verifier", "group", "inspector"),
            422: ("clerk",),
            403: ("auditor", "publisher", *LEADERS, *UNIT, *SUPPORT),
        },
        404,
        "post",
        {"signer_id": "{clerk}", "held_on": "{requested_on}", "file": proof},
        place=1,
    ),
    act("signature-confirm", 1, ("group", "inspector"), data={"object_id": "{record}"}),
    act(
        "signature-refuse",
        1,
        ("clerk", "verifier", "group", "inspector"),
        data={"object_id": "{record}", "reason": "扫描件看不清签名，请重新扫描。"},
    ),
    Row("signature-record", "/signatures/{record}/", {200: READERS}, 404),
    # the scan of the tests is a text, of which there is no picture
    Row("signature-picture", "/signatures/{record}/picture/", {404: EVERYBODY}, 404),
    Row("signature-pdf-page", "/signatures/{record}/pages/1/", {404: EVERYBODY}, 404),
    Row("recheck", "/rechecks/{recheck}/", {200: LISTED}, 404),
    Row("recheck-picture", "/rechecks/{recheck}/picture/", {404: EVERYBODY}, 404),
    Row("recheck-pdf-page", "/rechecks/{recheck}/pages/1/", {404: EVERYBODY}, 404),
    Row("signature-scan", "/signatures/{record}/scan/", {200: (*WHOLE, *LEADERS, *UNIT, *SUPPORT)}, 404),
    Row("sign", "/sign/", {200: SIGNERS, 403: tuple(each for each in EVERYBODY if each not in SIGNERS)}, 403),
    Row(
        "sign-forms",
        "/sign/forms.docx",
        {200: ("clerk",), 404: tuple(each for each in SIGNERS if each != "clerk")},
        403,
    ),
    Row(
        "sign",
        "/sign/",
        {422: SIGNERS, 403: tuple(each for each in EVERYBODY if each not in SIGNERS)},
        403,
        "post",
        {"looked_at": "on"},
    ),
    act("closure-send-back", 1, ("clerk",), data={"reason": "佐证材料的日期与记录不符，请核对。"}),
    # a signature stands already: it can only be sent back
    act("closure-withdraw", 1, ("head",), done=409, data={"reason": "还要补充一份材料后再申请。"}),
    act(
        "outcome-record",
        2,
        (*UNIT, *SUPPORT),
        data={"kind": "rules", "quantity": "2", "happened_on": "2026-01-05", "evidence_id": "{proof}"},
    ),
    act(
        "reading-record",
        2,
        ("clerk", "verifier", *UNIT, *SUPPORT),
        done=404,
        data={"object_id": "999999", "value": "80", "measured_on": "2026-01-05", "source": "示例月报"},
    ),
    act(
        "reading-withdraw",
        2,
        READERS,
        done=404,
        data={"object_id": "1", "reason": "月报数据有误，以季报为准。"},
    ),
    act(
        "outcome-withdraw",
        2,
        (*UNIT, *SUPPORT),
        done=404,
        data={"object_id": "1", "reason": "登记有误，该项尚未落实。"},
    ),
    # what comes after closing, of the closed finding that is restricted
    *(
        Row("finding-action", f"/findings/{{restricted}}/{verb}/", said, 404, "post", {**data, **VERSION})
        for verb, said, data in (
            (
                "recheck-set",
                {302: ("clerk", "inspector"), 403: ("outsider",)},
                {"on": "2098-12-31", "reason": "群众反映强烈，需要复查。"},
            ),
            # nothing is filled in
            ("recheck-record", {422: LISTED}, {}),
            (
                "finding-rebound",
                {302: ("clerk", "inspector"), 403: ("outsider",)},
                {"ground": "complaint", "reason": "群众反映又有同样的问题，经查属实。"},
            ),
            # only long-term work has a next stage
            (
                "stage-begin",
                {409: ("clerk",), 403: ("inspector", "outsider")},
                {"goal": "每月核对一次。", "due": "2098-12-31"},
            ),
        )
    ),
    Row("recheck-download", "/rechecks/{recheck}/download/", {200: LISTED}, 404),
    act("no-such-thing", 2, (), done=404)
    if False
    else Row("finding-action", "/findings/{finding}/no-such-thing/", {404: EVERYBODY}, 404, "post", place=2),
    Row("sign-in", "/sign-in/", {200: EVERYBODY}, 200, nobody=200),
    Row("sign-out", "/sign-out/", {302: EVERYBODY}, 302, "post"),
    Row("setup", "/setup/", {409: EVERYBODY}, 409, nobody=409),
    Row("language", "/language/", {302: EVERYBODY}, 302, "post", {"language": "en"}),
    Row("theme", "/theme/", {302: EVERYBODY}, 302, "post", {"theme": "dark"}),
    Row("health", "/health/", {200: EVERYBODY}, 200, nobody=200),
    Row("password", "/password/", {200: EVERYBODY}, 200),
    Row(
        "password",
        "/password/",
        {302: EVERYBODY},
        302,
        "post",
        {"present": PASSWORD, "password": "换一个-口令-77881", "again": "换一个-口令-77881"},
    ),
    Row("finding-cell", "/findings/{finding}/cells/unit/", {302: READERS}, 404, place=3),
    Row(
        "finding-cell",
        "/findings/{finding}/cells/nature/",
        {302: ("clerk",), 403: tuple(each for each in READERS if each != "clerk")},
        404,
        "post",
        {"verb": "finding-classify", "nature": "immediate", "version": "{version}"},
        place=3,
    ),
    # what each of them did last was decided on, set something first, or was never done
    Row("ledger-take-back", "/inspections/{inspection}/take-back/", {409: (*READERS, "outsider")}, 404),
    Row(
        "ledger-columns",
        "/inspections/{inspection}/columns/",
        {302: (*READERS, "outsider")},
        404,
        "post",
        {"columns": ["due"]},
    ),
    Row(
        "ledger-view-save",
        "/inspections/{inspection}/views/",
        {302: (*READERS, "outsider")},
        404,
        "post",
        {"name": "逾期"},
    ),
    Row(
        "ledger-view-remove",
        "/inspections/{inspection}/views/999999/remove/",
        {404: EVERYBODY},
        404,
        "post",
    ),
    Row("ledger-many", "/inspections/{inspection}/many/", {200: (*READERS, "outsider")}, 404),
    # what is ticked without being seen is not there
    Row(
        "ledger-many",
        "/inspections/{inspection}/many/",
        {302: (*READERS, "outsider")},
        404,
        "post",
        {"take": "ticked", "finding": "999999"},
    ),
    Row("many", "/many/{batch}/", {200: ("clerk",)}, 404),
    Row("many-try", "/many/{batch}/try/", {302: ("clerk",)}, 404, "post", {"action": "accept"}),
    # nothing was tried yet
    Row("many-do", "/many/{batch}/do/", {409: ("clerk",)}, 404, "post", {"run": "1"}),
    Row("many-report", "/many/{batch}/report.csv", {200: ("clerk",)}, 404),
    Row("many-forms", "/many/{batch}/forms.docx", {200: ("clerk",)}, 404),
    Row(
        "ledger-paste",
        "/inspections/{inspection}/paste/",
        {200: ("clerk",), 403: (*(each for each in READERS if each != "clerk"), "outsider")},
        404,
    ),
    Row(
        "ledger-paste",
        "/inspections/{inspection}/paste/",
        {
            302: ("clerk",),
            403: (*(each for each in READERS if each != "clerk"), "outsider"),
        },
        404,
        "post",
        {"do": "compare", "text": "序号\t问题\t整改状态\n1\t公务接待费超标准列支\t已完成", "has_head": "yes"},
    ),
    Row("calendar", "/calendar/?month=2026-03", {200: EVERYBODY}, 200),
    Row("calendar-feed", "/calendar/feed/zg_nobody.ics", {404: EVERYBODY}, 404, nobody=404),
    Row("inspection-schedule", "/inspections/{inspection}/schedule/", {200: (*READERS, "outsider")}, 404),
    Row("inspection-tree", "/inspections/{inspection}/tree/", {200: (*READERS, "outsider")}, 404),
    # who sees the inspection and does not arrange it is told so; the finding moved is none of this one's
    Row(
        "inspection-tree-act",
        "/inspections/{inspection}/tree/rename/",
        {404: ("clerk",), 403: tuple(each for each in (*READERS, "outsider") if each != "clerk")},
        404,
        "post",
        {"theme_id": "999999", "was": "旧", "title": "新"},
    ),
    Row("help", "/help/", {200: EVERYBODY}, 200, nobody=200),
    Row("help-page", "/help/finding/", {200: EVERYBODY}, 200, nobody=200),
    Row("settings", "/settings/", {200: EVERYBODY}, 200),
    Row("search", "/search/?q=接待", {200: EVERYBODY}, 200),
    Row("inbox", "/inbox/?state=unread", {200: EVERYBODY}, 200),
    Row("exports", "/exports/", {200: EVERYBODY}, 200),
    Row("export-download", "/exports/{export}/download/", {200: ("leader",)}, 404),
    Row("notices-read", "/inbox/read/", {302: EVERYBODY}, 302, "post"),
    Row("digest-choose", "/inbox/digest/", {302: EVERYBODY}, 302, "post", {"rhythm": "weekly"}),
    Row("notice-open", "/inbox/{notice}/open/", {302: ("leader",)}, 404, "post"),
    Row("notice-read", "/inbox/{notice}/read/", {302: ("leader",)}, 404, "post"),
    # nothing that can be read is sent; who may begin is asked in the tests of uploads
    Row("upload-begin", "/uploads/", {422: EVERYBODY}, 422, "post"),
    Row("upload", f"/uploads/{'a' * 32}/", {404: EVERYBODY}, 404),
    Row("upload-finish", f"/uploads/{'a' * 32}/finish/", {404: EVERYBODY}, 404, "post"),
    Row("jobs", "/jobs/", {200: SYSTEM}, 403),
    Row("job-restart", "/jobs/999/restart/", {404: SYSTEM}, 403, "post"),
    Row("sign-ins", "/sign-ins/", {200: EVERYBODY}, 200),
    Row("sign-in-end", "/sign-ins/999999/end/", {404: EVERYBODY}, 404, "post"),
    Row("sign-ins-end-others", "/sign-ins/others/end/", {302: EVERYBODY}, 302, "post"),
    Row("tokens", "/tokens/", {200: EVERYBODY}, 200),
    # the password is asked for, and is not this one
    Row(
        "tokens",
        "/tokens/",
        {422: EVERYBODY},
        422,
        "post",
        {"label": "示例程序", "reach": "read", "days": "30", "password": "wrong"},
    ),
    Row("token-end", "/tokens/999999/end/", {404: EVERYBODY}, 404, "post"),
    # a session opens nothing of the interface; `tests/api` holds its calls and roles
    *(Row(name, path, {401: EVERYBODY}, 401, method, nobody=401) for name, path, method in CALLS),
    Row("openapi-json", "/api/1/openapi.json", {200: EVERYBODY}, 200, nobody=200),
    Row("api-root", "/api/1/", {404: EVERYBODY}, 404, nobody=404),
    Row("api-nowhere", "/api/1/none/", {404: EVERYBODY}, 404, nobody=404),
    Row("sign-in-code", "/sign-in/code/", {302: EVERYBODY}, 302),
    Row("sign-in-code", "/sign-in/code/", {302: EVERYBODY}, 302, "post", {"code": "000000"}),
    Row("factor", "/factor/", {200: EVERYBODY}, 200),
    # none was begun: the page that shows the key does that
    Row("factor", "/factor/", {409: EVERYBODY}, 409, "post", {"code": "wrong"}),
    Row("factor-remove", "/factor/remove/", {422: EVERYBODY}, 422, "post", {"code": "000000"}),
    Row("person-act", "/people/{person}/factor/", {409: SECURITY}, 403, "post"),
    Row("audit", "/audit/?kind=sign_in", {200: AUDIT}, 403),
    Row("people", "/people/", {200: ADMINS}, 403),
    Row("person-create", "/people/new/", {200: SYSTEM}, 403),
    Row(
        "person-create",
        "/people/new/",
        {200: SYSTEM},
        403,
        "post",
        {"name": "新来者", "username": "new-one", "organisation_id": "{subject}"},
    ),
    Row("people-import", "/people/import/", {200: SYSTEM}, 403),
    Row("people-import", "/people/import/", {422: SYSTEM}, 403, "post"),
    Row("people-import-template", "/people/import/template/", {200: SYSTEM}, 403),
    Row("person", "/people/{person}/", {200: ADMINS}, 403),
    Row(
        "person-act",
        "/people/{person}/edit/",
        {302: SYSTEM},
        403,
        "post",
        {"name": "李示例", "phone": "0000-1"},
    ),
    Row("person-act", "/people/{person}/reset/", {200: SECURITY}, 403, "post"),
    Row("person-act", "/people/{person}/unlock/", {409: SECURITY}, 403, "post"),
    Row("person-act", "/people/{person}/deactivate/", {302: SYSTEM}, 403, "post"),
    Row("person-act", "/people/{person}/activate/", {409: SYSTEM}, 403, "post"),
    Row(
        "person-act",
        "/people/{person}/grant/",
        {302: SYSTEM},
        403,
        "post",
        {"organisation_id": "{subject}", "role": "unit_head"},
    ),
    Row("post-act", "/posts/{post}/end/", {302: ADMINS}, 403, "post"),
    Row("post-act", "/posts/{post}/confirm/", {409: SECURITY}, 403, "post"),
    Row(
        "organisation-act",
        "/organisations/{subject}/add/",
        {302: SYSTEM},
        403,
        "post",
        {"name": "新设科", "kind": "unit"},
    ),
    Row(
        "organisation-act",
        "/organisations/{subject}/edit/",
        {302: SYSTEM},
        403,
        "post",
        {"name": "云山县示例局", "is_active": "on"},
    ),
    Row(
        "organisation-act",
        "/organisations/{unit}/move/",
        {302: SYSTEM},
        403,
        "post",
        {"parent_id": "{elsewhere}"},
    ),
    Row(
        "organisation-act",
        "/organisations/{unit}/merge/",
        {302: SYSTEM},
        403,
        "post",
        {"into_id": "{elsewhere}", "meant": "on"},
    ),
    Row("hand-over", "/hand-over/", {200: ("clerk", "outsider")}, 403),
    Row("hand-over", "/hand-over/?from={leader}", {200: ("clerk",), 404: ("outsider",)}, 403),
    Row(
        "hand-over",
        "/hand-over/",
        {422: ("clerk",), 404: ("outsider",)},
        403,
        "post",
        {"from": "{leader}", "to_id": "{other_leader}"},
    ),
    Row("groups", "/groups/", {200: (*ADMINS, "clerk", "group", "auditor", "outsider")}, 403),
    Row(
        "group-create",
        "/groups/new/",
        {409: SYSTEM},
        403,
        "post",
        {"organisation_id": "{subject}", "name": "组"},
    ),
    Row("group-act", "/groups/{group}/edit/", {302: SYSTEM}, 403, "post", {"name": "整改领导小组"}),
    Row("group-act", "/groups/{group}/dissolve/", {302: SYSTEM}, 403, "post"),
    Row(
        "group-act",
        "/groups/{group}/give/",
        {302: SYSTEM},
        403,
        "post",
        {"person_id": "{leader}", "place": "deputy"},
    ),
    Row("group-seat-act", "/group-seats/{seat}/end/", {302: ADMINS}, 403, "post"),
    Row("group-seat-act", "/group-seats/{head_seat}/confirm/", {409: SECURITY}, 403, "post"),
    Row(
        "oversight-set",
        "/oversight/set/",
        {302: (*SYSTEM, "clerk"), 422: ("outsider",)},
        403,
        "post",
        {"unit_id": "{unit}", "leader_id": "{other_leader}"},
    ),
    Row(
        "oversight-act",
        "/oversight/{oversight}/end/",
        {302: (*SYSTEM, "clerk"), 404: ("outsider",)},
        403,
        "post",
    ),
    Row("intake-list", "/intake/", {200: EVERYBODY}, 200),
    Row("intake-upload", "/intake/upload/", {200: EVERYBODY}, 200),
    Row("intake", "/intake/{intake}/", {200: ("clerk",)}, 404),
    Row("intake-progress", "/intake/{intake}/progress/", {302: ("clerk",)}, 404),
    Row("intake-source", "/intake/{intake}/source/", {200: ("clerk",)}, 404),
    Row("intake-original", "/intake/{intake}/original/", {200: ("clerk",)}, 404),
    Row("intake-sample", "/intake/{intake}/sample/", {200: ("clerk",)}, 404),
    Row("intake-mapping", "/intake/{book}/mapping/", {200: ("clerk",)}, 404),
    Row("intake-mapping", "/intake/{book}/mapping/", {409: ("clerk",)}, 404, "post"),
    Row("intake-issues", "/intake/{book}/issues/", {200: ("clerk",)}, 404),
    Row("intake-issues-file", "/intake/{book}/issues.csv", {200: ("clerk",)}, 404),
    Row("intake-mark", "/intake/{book}/mark/", {302: ("clerk",)}, 404, "post"),
    Row("intake-marked", "/intake/{book}/marked/", {409: ("clerk",)}, 404),
    Row("intake-trial", "/intake/{book}/trial/", {200: ("clerk",)}, 404),
    Row("intake-save", "/intake/{intake}/save/", {302: ("clerk",)}, 404, "post"),
    Row("intake-confirm", "/intake/{intake}/confirm/", {409: ("clerk",)}, 404, "post"),
    Row("intake-compare", "/intake/{intake}/compare/", {302: ("clerk",)}, 404),
    Row("intake-compare-make", "/intake/{intake}/compare/anew/", {404: ("clerk",)}, 404, "post"),
    Row("intake-compare-choose", "/intake/{intake}/compare/choose/", {404: ("clerk",)}, 404, "post"),
    Row("intake-compare-confirm", "/intake/{intake}/compare/confirm/", {404: ("clerk",)}, 404, "post"),
    Row("intake-compare-progress", "/intake/{intake}/compare/progress/", {404: ("clerk",)}, 404),
    Row("intake-names", "/intake/{intake}/names/", {409: ("clerk",)}, 404),
    Row("intake-compare-again", "/intake/{intake}/compare-again/", {409: ("clerk",)}, 404, "post"),
    Row("intake-read-again", "/intake/{intake}/read-again/", {409: ("clerk",)}, 404, "post"),
    Row(
        "intake-abandon",
        "/intake/{intake}/set-aside/",
        {302: ("clerk",)},
        404,
        "post",
        {"reason": "这份文件交错了，重新交。"},
    ),
    Row("intake-reopen", "/intake/{intake}/take-up/", {409: ("clerk",)}, 404, "post"),
]


def named(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from named(pattern.url_patterns)
        else:
            assert pattern.name, pattern
            yield pattern.name


@pytest.fixture(scope="module")
def places(_county: World, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """What the addresses and forms of the rows name, and somebody signed in for each of the people."""
    with taken_back(django_db_blocker):
        found = {**_places(deepcopy(_county)), "browsers": {each: signed_in(each) for each in EVERYBODY}}
        settled()
        yield found


def _places(world: World) -> dict[str, Any]:
    with_proof = world.do(
        "handler",
        2,
        services.evidence_add,
        file=PHOTO,
        file_name="清查.png",
        title="清查照片",
        proves="逐台核对",
        proves_on=datetime(2026, 9, 1, tzinfo=UTC).date(),
        kind="photo",
    )
    photo = max(each.pk for each in world.finding(2).evidence.all())
    world.do(
        "handler",
        2,
        services.evidence_add,
        file="（虚构材料）".encode(),
        file_name="清查.txt",
        title="清查记录",
        proves="逐台核对",
        proves_on=datetime(2026, 9, 1, tzinfo=UTC).date(),
        kind="record",
    )
    receipt = intake_receive(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        organisation_id=world.organisations["示例局"],
        content=NOTICE,
        name="通报.txt",
    )
    intake = getattr(receipt, "intake", receipt)
    return {
        "other_unit": world.organisations["业务科"],
        "batch": batch_make(
            actor=world.actor("clerk"),
            at=world.clock.tick(),
            inspection_id=world.inspection_id,
            finding_ids=world.finding_ids[:2],
        ).pk,
        "task": task_of(world),
        "plan": plan_of(world),
        **profile_of(world),
        "body": world.organisations["巡察办"],
        "round": opened_round(world).pk,
        "asked": asked_reports(world).pk,
        "inspection": world.inspection_id,
        "document": world.document_id,
        "subject": world.organisations["示例局"],
        "unit": world.organisations["财务科"],
        "elsewhere": world.organisations["别处局"],
        "leader": world.people["leader"],
        "person": world.people["handler"],
        "post": post_of(world, "handler"),
        "clerk": world.people["clerk"],
        **recorded(world),
        "measure": with_proof.measures.all()[0].pk,
        "criterion": with_proof.criteria.all()[0].pk,
        "situation": with_proof.situations.all()[0].pk,
        "hold": with_proof.holds.all()[0].pk,
        "proof": max(each.pk for each in with_proof.evidence.all()),
        "evidence": world.finding(1).evidence.all()[0].pk,
        "photo": photo,
        "intake": intake.pk,
        "book": book_received(world),
        "notice": notice_to(world, "leader"),
        "other_leader": world.people["other-leader"],
        **restricted(world),
        **set_up(world),
        # after what is restricted: before it, it would be handed out no more
        "export": export_for(world, "leader"),
    }


def book_received(world: World) -> int:
    """A ledger kept as a workbook, handed in by the clerk."""
    receipt = intake_receive(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        organisation_id=world.organisations["示例局"],
        content="序号,问题,整改措施,责任单位\n1,示例台账不完整,补齐,财务科\n".encode(),
        name="台账.csv",
    )
    return receipt.intake.pk


def recorded(world: World) -> dict[str, Any]:
    """The clerk's signature on paper, recorded by the verifier."""
    request = world.finding(1).closure_requests.get(state="open")
    # an earlier round's request was sent back that day: a paper signs this one from the next day on
    on = timezone.localdate(world.clock.tick(24 * 60))
    world.do(
        "verifier",
        1,
        services.signature_record,
        file=b"example scan",
        file_name="签批单.pdf",
        held_on=on,
        signer_id=world.people["clerk"],
    )
    return {"record": request.records.get().pk, "requested_on": on.isoformat()}


def restricted(world: World) -> dict[str, int]:
    """The closed finding restricted to three people; its evidence with it."""
    world.do(
        "verifier",
        0,
        services.recheck_record,
        on=timezone.localdate(world.clock.tick()),
        holds=True,
        text="抽看三个月，未再发现同类问题。",
        file=b"photo",
        file_name="现场.jpg",
    )
    row = world.do(
        "clerk",
        0,
        services.finding_restrict,
        kind=RestrictionKind.NAMED_PERSONS,
        reason="涉及具体人员，只限专人知悉。",
        reader_ids=[world.people["inspector"], world.people["outsider"]],
    )
    return {
        "restricted": row.pk,
        "restricted_version": row.version,
        "restricted_evidence": row.evidence.all()[0].pk,
        "recheck": row.rechecks.get().pk,
        "reader": row.readers.get(person_id=world.people["inspector"]).pk,
    }


def export_for(world: World, username: str) -> int:
    """A workbook that was made for somebody."""
    at = world.clock.tick()
    export = LedgerExport.objects.create(
        person_id=world.people[username],
        inspection_id=world.inspection_id,
        wish={},
        token="0" * 32,
        asked_at=at,
        made_at=at,
        # the pages go by the real clock
        expires_at=timezone.now() + timedelta(days=1),
        total=1,
        size_bytes=1,
    )
    export_path(export).write_bytes(b"x")
    return export.pk


def notice_to(world: World, username: str) -> int:
    """A notice in somebody's inbox."""
    me = world.people[username]
    news = inbox.News(
        person_id=me, kind=NoticeKind.CLOSED, message=Message("示例"), key="示例", by_id=world.people["clerk"]
    )
    inbox.notice_send(news=news, at=world.clock.tick())
    return int(notices_listed(me)[0].pk)


def task_of(world: World) -> int:
    """A part of a further measure, for its lead unit to report."""
    added = world.do("clerk", 2, services.measure_add, text="建立示例台账")
    arranged = world.do(
        "clerk",
        2,
        services.measure_arrange,
        measure_id=added.measures.last().pk,
        unit_ids=[world.organisations["财务科"]],
    )
    return int(arranged.measures.last().tasks.get().pk)


def plan_of(world: World) -> int:
    """A plan that waits: of another inspection of the same place, of one finding."""
    return int(worlds_plan(world).pk)


def profile_of(world: World) -> dict[str, int]:
    """A profile of the bureau's own, and one that comes along."""
    made = own_profile(world)
    seeded = next(each for each in profiles.profiles_visible(world.actor("clerk")) if each.owner is None)
    return {"profile": made.pk, "seeded": seeded.pk, "version": made.versions.get().pk}


def post_of(world: World, username: str) -> int:
    from zhenggai.accounts import selectors  # noqa: PLC0415 - used here alone

    found = next(each for each in selectors.people_visible(world.actor("admin")) if each.username == username)
    return int(found.open_posts[0].pk)


def filled(value: Any, places: dict[str, Any]) -> Any:
    if callable(value):
        return value()
    return value.format(**places) if isinstance(value, str) else value


def copied(browser: Client) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.cookies = deepcopy(browser.cookies)
    return client


def test_every_address_has_a_row() -> None:
    assert set(named(get_resolver().url_patterns)) == {row.name for row in ROWS}


def test_every_action_of_the_finding_page_has_a_row() -> None:
    from zhenggai.web.finding_actions import ACTIONS  # noqa: PLC0415 - used here alone

    paths = {row.path.rstrip("/").rpartition("/")[2] for row in ROWS if row.name == "finding-action"}
    assert set(ACTIONS) <= paths


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.method} {row.path}" for row in ROWS])
def test_an_address_answers_each_role_as_written_here(row: Row, world: World, places: dict[str, Any]) -> None:
    said: dict[str, int] = {}
    if row.place is not None:
        finding = world.finding(row.place)
        places = {**places, "finding": finding.pk, "version": finding.version}
    for username in (NOBODY, *EVERYBODY):
        # what an answer sets, such as a session that ended, must not reach the next
        client = Client() if username == NOBODY else copied(places["browsers"][username])
        data = {name: filled(value, places) for name, value in row.data.items()}
        if row.name == "finding-action":
            data.setdefault("version", places.get("version"))
        with transaction.atomic():
            response = getattr(client, row.method)(row.path.format(**places), data)
            said[username] = response.status_code
            # read to its end, a stream closes as Django's client means it to, and not the test's connection
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
    assert said == {username: row.status_for(username) for username in said}
