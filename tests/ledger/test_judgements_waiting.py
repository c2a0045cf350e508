"""What the unit has filed waits for the verifier until it is judged."""

from __future__ import annotations

from ledger.refusals import everything
from ledger.world import TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.policy import Action
from zhenggai.ledger.waiting import findings_waiting


def waits(actor):
    return [
        row.pk
        for group in findings_waiting(actor, TODAY)
        if group.action is Action.EVIDENCE_JUDGE
        for row in group.rows
    ]


def test_what_is_filed_waits_for_the_verifier_until_effect_and_criterion_are_judged(world):
    finding = world.do("criterion_add", world.clerk, world.rectifying(), text="台账与账簿一致。")
    assert waits(world.verifier) == []
    finding = world.file_evidence(finding)
    before = everything()
    assert waits(world.verifier) == [finding.pk]
    for actor in (world.clerk, world.inspector, world.handler, world.leader, world.administrator):
        assert waits(actor) == []
    assert everything() == before
    (evidence,), (criterion,) = finding.evidence.all(), finding.criteria.all()
    world.do(
        "evidence_judge", world.verifier, finding, evidence_id=evidence.pk, effect=True, note="款已到账。"
    )
    assert waits(world.verifier) == [finding.pk]
    judged = {"met": True, "note": "现场核对一致。", "evidence_ids": [evidence.pk]}
    world.do("criterion_judge", world.verifier, finding, criterion_id=criterion.pk, **judged)
    assert waits(world.verifier) == []
    # another piece, and its withdrawal
    finding = world.file_evidence(finding, title="第二份凭证", file=b"another")
    assert waits(world.verifier) == [finding.pk]
    last = max(each.pk for each in finding.evidence.all())
    world.do("evidence_withdraw", world.handler, finding, evidence_id=last, reason="上传错了文件，另行补充。")
    assert waits(world.verifier) == []


def test_it_waits_for_nobody_who_took_part(world):
    finding = world.file_evidence(world.rectifying())
    verifier = world.grant(world.verifier.person_id, (Role.HANDLER, world.other_unit))
    world.do("progress_report", verifier, finding, progress=Progress.DONE, narrative="协助完成。")
    assert waits(verifier) == []
    other = world.person("verifier2", "二核示例", (Role.VERIFIER, world.bureau))
    assert waits(other) == [finding.pk]


def test_a_verifier_of_elsewhere_hears_nothing(world):
    world.file_evidence(world.rectifying())
    assert waits(world.person("far", "远示例", (Role.VERIFIER, world.elsewhere))) == []
