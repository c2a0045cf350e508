"""Every column of the ledger: changed by a statement of its own, it is refused by a trigger or shows.

Looked at are the columns that the tables have, so that a new one without cover fails here.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import DatabaseError, models, transaction

from ledger.laddered import acting, recorded
from ledger.restating import restate
from ledger.world import AT, DUE, STATED, TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.amending import Arrangement, Indicator, NewMeasure
from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.domain.planning import Direction
from zhenggai.domain.proving import DealtWith, Described
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import models as ledger
from zhenggai.ledger import services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.export_choices import choice_of, export_choice_save
from zhenggai.ledger.export_jobs import ledger_book_order
from zhenggai.ledger.exporting_book import BookWish
from zhenggai.trail.selectors import chains, event_views, events_of
from zhenggai.trail.services import erase_values

REASON = "当事人申请删除个人信息，依规办理。"

# What no entry of the trail tells and nothing rests on, with why.
FREE = {
    "FindingGroup": "how a printed document groups its findings; shown, never counted on",
    "Theme": "likewise",
    "OrderKey": "made anew from the finding's own columns",
    "Finding.theme": "likewise",
    "Finding.group": "likewise",
    "Finding.position": "the order of the list",
    "Finding.changed_at": "the order of the list; moments are the trail's",
    "Finding.registered_at": "moments are the trail's",
    "Finding.restricted_at": "moments are the trail's",
    "Finding.progress": "the last progress report says it",
    "Inspection.created_at": "moments are the trail's",
    "Round.created_at": "moments are the trail's",
    "DeadlineWarning": "who was told of a day that came near; a telling is no decision",
    "SituationReminder": "who was reminded of an answer; a telling is no decision",
    "ReportReminder": "who was reminded of a report; a telling is no decision",
    "ExportChoice": "which columns one person likes in a file; no record",
    "ColumnChoice": "what one person looks at; no record",
    "LedgerView": "a list that one person keeps; no record",
    "LedgerExport": "a file made for one person for a while; no record",
    "Batch": "what one person goes through with many findings; each change is its service's record",
    "BatchRow": "likewise",
    "ProgressDraft": "what one person has typed and not sent; no record",
    "RecheckDate.warned_at": "who was told that the day has come; a telling is no decision",
    "SourceDocument.added_at": "moments are the trail's",
    "ClaimUpdate.at": "likewise",
    "FindingPlacing.at": "likewise",
    "SourceDocument.intake_id": "a link",
}


def changed(field: models.Field, value: object) -> object:
    """Another value than the one that stands, of the column's kind."""
    if field.choices:
        return next(key for key, _ in field.choices if key != value)
    if isinstance(field, models.ForeignKey):
        others = field.related_model.objects.exclude(pk=value).order_by("-pk")
        return others.values_list("pk", flat=True).first()
    kinds = (
        (models.BooleanField, lambda: not value),
        (
            models.DateTimeField,
            lambda: (value or ledger.Finding.objects.first().changed_at) + timedelta(days=1),
        ),
        (models.DateField, lambda: (value or date(2026, 1, 1)) + timedelta(days=1)),
        (models.DecimalField, lambda: (value or Decimal(0)) + 1),
        (models.JSONField, lambda: [*value, 1] if isinstance(value, list) else {**(value or {}), "另": 1}),
        (models.IntegerField, lambda: (value or 0) + 7),
    )
    for kind, make in kinds:
        if isinstance(field, kind):
            return make()
    return f"另{value or ''}"[: field.max_length]


def deadlines_moved(world, one):
    """Asked, sent back, granted, waiting; suspended once and again."""
    reason = "设备招标流标一次，需要重新组织。"
    world.do("extension_request", world.handler, one, new_due=date(2026, 12, 31), reason=reason)
    world.do("deadline_sign", world.leader, one, note="同意。")
    world.do("deadline_send_back", world.clerk, one, reason="理由不充分，请补充说明。")
    world.do("extension_request", world.handler, one, new_due=date(2026, 9, 30), reason=reason)
    world.do("deadline_sign", world.leader, one, note="同意。")
    world.do("deadline_sign", world.clerk, one, note="同意。")
    said = {"stage_goal": "每季核对一次。", "recheck_on": date(2026, 12, 1), "reason": reason}
    world.do("long_term_request", world.handler, one, **said)
    world.do("suspension_begin", world.clerk, one, reason="司法机关正在核查同一事项。")
    world.do("suspension_end", world.clerk, one, reason="核查已经结束，恢复整改。")
    world.do("suspension_begin", world.clerk, one, reason="司法机关再次核查同一事项。")


def _in_rounds(world, planned):
    _exported(world, planned)
    for title in ("第二轮示例巡察", "第三轮示例巡察"):
        opened = services.round_create(
            actor=world.inspector,
            at=world.at(),
            body_id=world.body.pk,
            title=title,
            kind=InspectionKind.INSPECTION,
            begins_on=date(2026, 1, 5),
        )
    services.inspection_put_in_round(
        actor=world.inspector, at=world.at(), inspection_id=planned.pk, round_id=opened.pk
    )


def _situations(world, one):
    """One passed up and answered, and another that takes it up again."""
    world.do("situation_raise", world.handler, one, text="又有一处需要核实。")
    situation = one.situations.get()
    world.do(
        "situation_pass_up",
        world.head,
        one,
        situation_id=situation.pk,
        analysis="须由其他单位协助，建议整改办协调。",
    )
    world.do("situation_answer", world.clerk, one, situation_id=situation.pk, text="请协助核实。")
    world.do("situation_raise", world.handler, one, text="协助后仍有一处。", follows_id=situation.pk)
    ledger.SituationReminder.objects.create(situation=situation, step="near", sent_at=world.at())


def everything(world):
    """Rows of every table: planned and amended, closed, sent back, restricted."""
    planned = world.inspect(title="示例局专项巡察", plan_required=True)
    world.inspection, first = planned, world.inspection
    _in_rounds(world, planned)
    one = world.registered()
    world.assigned(one)
    world.do("finding_weigh", world.clerk, one, key_area="财务", money_to_recover=Decimal(80000))
    measure = one.measures.get()
    world.do("measure_arrange", world.clerk, one, measure_id=measure.pk, unit_ids=[world.unit.pk])
    world.do("criterion_add", world.clerk, one, text="台账与账簿一致。")
    _reports_asked(world, planned)
    plan = services.plan_submit(
        actor=world.clerk, at=world.at(), inspection_id=planned.pk, statement="方案已经党组会审议。"
    )
    services.plan_sign(actor=world.group, at=world.at(), plan_id=plan.pk, note="同意。")
    world.do("finding_accept", world.head, one)
    measures = [
        NewMeasure("另建台账", Arrangement(unit_ids=(world.other_unit.pk,))),
        NewMeasure("再建台账"),
    ]
    arrange = {measure.pk: Arrangement(world.leader.person_id, unit_ids=(world.other_unit.pk,))}
    reason = "新办法出台，需要增加措施，改由财务示例股承担。"
    world.do("plan_amend", world.clerk, one, reason=reason, measures=measures, arrange=arrange)
    world.do("amendment_sign", world.group, one, note="同意调整。")
    deadlines_moved(world, one)
    ledger.DeadlineWarning.objects.create(finding=one, due=DUE, light="near", sent_at=world.at())
    _situations(world, one)
    world.do("hold_open", world.clerk, one, kind="other", reference="示例〔2026〕4号")
    world.do("finding_restrict", world.clerk, one, kind=RestrictionKind.LEAD, reason="涉及问题线索，限专人。")
    _signed_by_several(world)
    world.inspection = first
    two, three = world.register(STATED, STATED)
    _restated(world, three)
    world.assigned(three, nature=Nature.TIME_BOUND)
    world.do("finding_decline", world.head, three, reason="该事项不属本股职责，请另行交办。")
    world.assigned(two)
    world.do("finding_accept", world.head, two)
    described = Described(
        "示例〔2026〕6号",
        "云山县示例局",
        (two.measures.get().pk,),
        (world.do("criterion_add", world.clerk, two, text="责任人员处理到位。").criteria.get().pk,),
        (DealtWith("张某某", OutcomeKind.ADMONITION),),
    )
    world.file_evidence(two, file=b"decision", kind=EvidenceKind.DECISION, described=described)
    back = world.request(world.prove(two))
    world.do(
        "closure_send_back",
        world.leader,
        back,
        reason="佐证材料日期不符，请补充。",
        redo_by=date(2026, 3, 20),
    )
    world.do("evidence_carry_over", world.handler, back, evidence_id=back.evidence.first().pk)
    world.do(
        "finding_assign",
        world.clerk,
        three,
        leader_id=world.leader.person_id,
        unit_id=world.unit.pk,
        due=DUE,
    )
    proved = world.proven()
    _progress_told(world, proved)
    _commented(world, proved)
    outcome = {"kind": OutcomeKind.RULES, "quantity": Decimal(2), "happened_on": TODAY}
    world.do("outcome_record", world.handler, proved, evidence_id=proved.evidence.get().pk, **outcome)
    world.do(
        "outcome_withdraw",
        world.handler,
        proved,
        outcome_id=proved.outcomes.get().pk,
        reason="制度尚未印发，登记有误。",
    )
    world.do("outcome_record", world.handler, proved, evidence_id=proved.evidence.get().pk, **outcome)
    _read_and_withdrawn(world, proved)
    again = {"on": TODAY, "holds": False, "text": "又有两个月台账与账簿不一致。"}
    world.do("recheck_record", world.verifier, world.closed(), file=b"photo", file_name="现场.jpg", **again)
    staged = world.stage_closed()
    world.do("stage_begin", world.clerk, staged, goal="每月核对一次。", due=date(2027, 3, 1))


def _read_and_withdrawn(world, proved):
    """Measured twice, once with evidence, and one of both taken back."""
    measure = Indicator(unit="%", target=Decimal(98), direction=Direction.AT_LEAST, baseline=Decimal(60))
    world.do("criterion_add", world.clerk, proved, text="相符率达到98%。", indicator=measure)
    criterion_id = proved.criteria.exclude(direction="").get().pk
    read = {"criterion_id": criterion_id, "value": Decimal(80), "measured_on": TODAY, "source": "示例月报"}
    world.do("reading_record", world.handler, proved, **read)
    reading_id = proved.readings.get().pk
    world.do(
        "reading_withdraw", world.handler, proved, reading_id=reading_id, reason="月报数据有误，已更正。"
    )
    world.do("reading_record", world.handler, proved, evidence_id=proved.evidence.get().pk, **read)


def _restated(world, finding):
    """Taken of a later document, and put under no heading by hand."""
    restate(world, finding, title="重复列支会议费")
    world.do("finding_place", world.clerk, finding)


def _exported(world, inspection):
    """A choice of columns kept, and a workbook ordered."""
    export_choice_save(actor=world.clerk, choice=choice_of("full"))
    ledger_book_order(actor=world.clerk, at=AT, wish=BookWish(inspection.pk))


def _reports_asked(world, planned):
    """Asked for, and a unit reminded."""
    asked = services.reports_request(
        actor=world.clerk,
        at=world.at(),
        inspection_id=planned.pk,
        title="第一季度",
        first_on=date(2026, 1, 1),
        last_on=date(2026, 3, 31),
        due_on=date(2026, 4, 5),
    )
    ledger.ReportReminder.objects.create(
        request=asked, unit=world.unit, step="due", sent_on=TODAY, sent_at=world.at()
    )


def _progress_told(world, proved):
    """Reported with action and evidence, seen otherwise, and a draft of the next report."""
    world.do(
        "progress_report",
        world.handler,
        proved,
        progress="in_progress",
        percent=60,
        narrative="核对过半。",
        actions=[{"text": "核对两年台账", "measure_id": proved.measures.get().pk}],
        evidence_ids=[proved.evidence.get().pk],
    )
    ledger.ProgressDraft.objects.create(
        finding=proved, person_id=world.handler.person_id, said={"narrative": "草稿"}, saved_at=world.at()
    )
    world.do(
        "progress_judge", world.verifier, proved, progress="not_started", reason="现场未见到任何核对记录。"
    )


def _commented(world, finding):
    """Asked and answered, and one answer taken back."""
    for actor, text in ((world.inspector, "第三季度的材料在哪里？"), (world.handler, "放错了位置。")):
        asked = finding.comments.values_list("pk", flat=True).first()
        services.comment_add(
            actor=actor,
            at=world.at(),
            finding_id=finding.pk,
            text=text,
            answers_id=asked,
            named_ids=() if asked else [world.handler.person_id],
        )
    services.comment_withdraw(
        actor=world.handler,
        at=world.at(),
        finding_id=finding.pk,
        comment_id=finding.comments.last().pk,
        reason="写错了地方，重新答复。",
    )


def _signed_by_several(world):
    """Closed by a quorum and a joint review, one signature of it on paper, and a record that was refused."""
    bodies = [world._child(world.city, name) for name in ("组织部示例", "巡察办示例")]
    reviewers = [
        world.person(f"reviewer{n}", f"审示例{n}", (Role.INSPECTOR, body)) for n, body in enumerate(bodies)
    ]
    member = world.person("member", "员示例", (Role.LEADING_GROUP, world.bureau))
    named = [{"organisation_id": each.pk, "name": each.name} for each in bodies]
    world.inspect_by(
        ladder=["responsible_leader", "leading_group", "joint_review"],
        steps={
            "leading_group": {"kind": "quorum", "count": 2},
            "joint_review": {"kind": "all", "bodies": named},
        },
        promise="本人承诺所报情况真实。",
    )
    finding = world.request(world.proven(), promised=True)
    for reason in ("扫描件看不清签名，请重新扫描。", ""):
        record = recorded(world, finding, world.clerk, signer_id=world.leader.person_id)
        if reason:
            world.do("signature_refuse", world.verifier, finding, record_id=record.pk, reason=reason)
    world.do("signature_confirm", world.verifier, finding, record_id=record.pk)
    deputy = acting(
        world,
        world.person("deputy", "代示例", (Role.AUDITOR, world.bureau)),
        member,
        Role.LEADING_GROUP,
        world.bureau,
    )
    world.do("closure_sign", deputy, finding)
    for actor in (world.group, *reviewers):
        world.do("closure_sign", actor, finding)
    for number, grade in enumerate(("一般", "较好")):
        services.inspection_evaluate(
            actor=world.inspector,
            at=world.at(),
            inspection_id=world.inspection.pk,
            seen_number=number,
            grade=grade,
            ground="现场抽查三户，台账与实物一致。",
        )


def uncovered():
    for name in sorted(ledger.__all__):
        model = getattr(ledger, name)
        rows = list(model.objects.order_by("pk"))
        assert rows or name in FREE, f"no row of {name} is looked at"
        for field in model._meta.concrete_fields:
            said = f"{name}.{field.name}"
            if field.primary_key or name in FREE or said in FREE:
                continue
            for row in rows:
                try:
                    with transaction.atomic():
                        value = changed(field, getattr(row, field.attname))
                        model.objects.filter(pk=row.pk).update(**{field.attname: value})
                        # the first is enough: before the row was changed there was none
                        shows = next(differences(), None) is not None
                        transaction.set_rollback(True)
                except DatabaseError:
                    continue
                if not shows:
                    yield f"{said} of {row.pk}"


def test_a_column_changed_by_a_statement_is_refused_or_shows(world):
    everything(world)
    assert list(differences()) == []
    assert "\n".join(uncovered()) == ""


def test_every_column_that_is_left_out_is_there():
    for said in FREE:
        name, _dot, field = said.partition(".")
        assert name in ledger.__all__
        if field:
            getattr(ledger, name)._meta.get_field(field)


def test_a_unit_put_among_those_that_fixed_behind_the_services_shows(world):
    finding = world.assigned()
    assert list(differences()) == []
    ledger.FixingUnit.objects.create(finding=finding, unit=world.office, since=world.at())
    (said,) = differences()
    assert f"the unit {world.office.pk} that was given the work stands in the ledger, and no entry" in str(
        said.message
    )


ERASED = (
    {"to_unit_id"},
    {"step"},
    {"carried_from"},
    {"measure_id"},
    {"unit_ids"},
    {"evidence_id", "criterion_id"},
)


def test_what_was_erased_makes_no_difference(world):
    everything(world)
    world.do(
        "finding_transfer",
        world.head,
        world.accepted(),
        to_unit_id=world.office.pk,
        reason="主要工作由整改示例办承担。",
    )
    for names in ERASED:
        with transaction.atomic():
            assert _erased(world, names), names
            assert [str(each.message) for each in differences()] == [], names
            transaction.set_rollback(True)


def _erased(world, names):
    """Erases these values wherever an entry has them; in how many chains."""
    there = 0
    for chain in chains():
        entries = {
            view.seq: names & set(view.values)
            for view in event_views(events_of(chain))
            if names & set(view.values)
        }
        if entries:
            there += 1
            erase_values(chain=chain, entries=entries, reason=REASON, actor=world.clerk, at=world.at())
    return there


def test_a_round_that_no_entry_records_shows(world):
    row = ledger.Round.objects.create(
        body=world.body, kind="inspection", title="示例轮", begins_on=date(2026, 1, 5), created_at=world.at()
    )
    assert [str(each.message) for each in differences()] == [
        f"Round {row.pk} stands in the ledger, and no entry of the trail records it."
    ]
