"""The demonstration's walk of one finding to closed, with every refusal on the way (演示销号全程)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.gates import ClosureRefusedError
from zhenggai.domain.lifecycle import STAGE_LABELS, Nature, Progress, Stage
from zhenggai.ledger import services
from zhenggai.ops.cast import FIRST
from zhenggai.ops.desk import OFFICE, VERIFIER, Desk
from zhenggai.ops.language import _, translate
from zhenggai.ops.telling import done, gate_lines, lines, moment, refusal_expected, refused, say, scene
from zhenggai.ops.terminal import strong

if TYPE_CHECKING:
    from zhenggai.ledger.models import Finding

FINAL = {Stage.CLOSED, Stage.STAGE_CLOSED}


def walk(desk: Desk) -> None:
    """From registered to closed, or, where it was walked before, what stands."""
    finding = desk.finding
    scene(_("One finding to closed: %(number)s %(title)s", number=finding.number, title=finding.title))
    if Stage(finding.stage) in FINAL:
        say(_("It was walked to closed in an earlier run; a closure is never edited."))
    else:
        say(
            _(
                "The document says: “%(status)s”. Here it is %(stage)s, because nothing is proved yet.",
                status=finding.status_text or "–",
                stage=translate(STAGE_LABELS[Stage(finding.stage)]),
            )
        )
        with transaction.atomic():
            _first_try(desk)
            _fix(desk)
            _close(desk)
    tell_closure(desk.finding)


def _first_try(desk: Desk) -> None:
    desk.assign(desk.today() + timedelta(days=60))
    done(desk.name(OFFICE), _("assigns it to %(leader)s", leader=desk.name(desk.team.leader)))
    desk.accept()
    done(desk.name(desk.team.head), _("accepts"))
    desk.report(Progress.DONE, "各项措施已经落实")
    done(desk.name(desk.team.handler), _("reports progress: done"))
    try:
        desk.request()
    except ClosureRefusedError as refusal:
        done(desk.name(desk.team.head), _("requests closure"))
        refused(refusal)
        lines(gate_lines(refusal.gates))
    else:
        raise AssertionError("a request without any proof has to be refused")


def _fix(desk: Desk) -> None:
    desk.classify(Nature.TIME_BOUND)
    done(desk.name(OFFICE), _("sets the nature and what applies"))
    desk.plan()
    done(desk.name(OFFICE), _("plans a measure and sets an acceptance criterion"))
    desk.complete_measures()
    done(desk.name(desk.team.handler), _("completes every measure, with its result"))
    effect = desk.file_evidence(
        "抽查核对记录", "随机抽查结果，问题未再出现", EvidenceKind.RECORD, is_of_criteria=True
    )
    similar = desk.file_evidence("同类问题自查报告", "对其余股室逐一自查，结果附后", EvidenceKind.RECORD)
    cause = desk.file_evidence("修订后的管理办法", "明确标准、责任人和核对频次", EvidenceKind.RULE)
    done(desk.name(desk.team.handler), _("files three pieces of evidence"))
    with refusal_expected(desk.name(desk.team.handler), _("wants to judge the criterion themselves")):
        desk.do(
            desk.team.handler,
            services.criterion_judge,
            criterion_id=desk.finding.criteria.all()[0].pk,
            met=True,
            note="自查合格",
            evidence_ids=[effect],
        )
    desk.judge(effect)
    done(desk.name(VERIFIER), _("judges the effect and the criterion on the evidence"))
    desk.answer_requirements(similar, cause)
    done(desk.name(desk.team.handler), _("names the evidence for similar faults and the cause"))


def _close(desk: Desk) -> None:
    desk.request()
    done(desk.name(desk.team.head), _("requests closure again: every condition holds"))
    with refusal_expected(desk.name(desk.team.head), _("wants to sign their own request")):
        desk.sign(desk.team.head)
    with refusal_expected(desk.name(FIRST.username), _("an administrator, wants to close it")):
        desk.sign(FIRST.username)
    desk.sign(desk.team.leader)
    done(desk.name(desk.team.leader), _("signs as responsible leader"))
    with refusal_expected(desk.name(desk.team.leader), _("wants to sign the second step too")):
        desk.sign(desk.team.leader)
    desk.sign(OFFICE)
    done(desk.name(OFFICE), _("signs for the rectification office"))
    with refusal_expected(desk.name(desk.team.handler), _("wants to withdraw evidence after closing")):
        desk.do(
            desk.team.handler,
            services.evidence_withdraw,
            evidence_id=desk.finding.evidence.all()[0].pk,
            reason="想换一份",
        )


def tell_closure(finding: Finding) -> None:
    """The stage, and each signature of the request that was granted."""
    stage = translate(STAGE_LABELS[Stage(finding.stage)])
    say(strong(_("The finding is now: %(stage)s", stage=stage), "green"))
    for request in finding.closure_requests.all():
        say(_("requested by %(name)s, %(at)s", name=request.by.name, at=moment(request.at)), indent=2)
        for signature in request.signatures.all():
            name, at = signature.by.name, moment(signature.at)
            say(_("signed by %(name)s, %(at)s", name=name, at=at), indent=2)
