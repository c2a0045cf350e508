"""The gates before a closing (销号条件): one pure function a rule, each met, not applicable or not met."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.actions import Action
from zhenggai.domain.case import HOLD_LABELS, ClosureCase, Requirement
from zhenggai.domain.errors import NotAllowedNowError
from zhenggai.domain.extending import DEADLINE_KIND_LABELS
from zhenggai.domain.gate_results import (
    GATE_STATE_LABELS,
    GateResult,
    GateState,
    gate_result,
    is_independent,
    took_no_part,
)
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.planning import FIXING_STATES, PlanState
from zhenggai.domain.requirement_gates import gate_cause, gate_money, gate_people, gate_similar
from zhenggai.domain.sentences import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zhenggai.domain.case import CaseCriterion

__all__ = [
    "GATES",
    "GATE_STATE_LABELS",
    "ClosureCase",
    "ClosureRefusedError",
    "GateResult",
    "GateState",
    "Requirement",
    "check_gates",
]


class ClosureRefusedError(NotAllowedNowError):
    """A closure is refused (不予销号): ``gates`` holds every gate, met or not."""

    code = "closure_refused"
    template: ClassVar[str] = msg(
        "This finding cannot be closed yet. Conditions not met: %(count)s of %(total)s, namely %(titles)s. "
        "Each says below what is missing; the finding stays as it is until then."
    )

    def __init__(self, gates: tuple[GateResult, ...]) -> None:
        self.gates = gates
        missing = [gate.title for gate in gates if gate.state is GateState.NOT_MET]
        super().__init__(None, count=len(missing), total=len(gates), titles=listing(missing))


def check_gates(case: ClosureCase) -> tuple[GateResult, ...]:
    """Every gate's answer, in the order of `GATES` (逐项核对); the same at request and at each signature."""
    return tuple(gate(case) for gate in GATES)


def is_open(results: Iterable[GateResult]) -> bool:
    """Whether no gate stands in the way (是否具备销号条件)."""
    return all(result.state is not GateState.NOT_MET for result in results)


def gate_separation(case: ClosureCase) -> GateResult:
    """Whoever submits or fixes never approves; nobody signs two steps (职责分离).

    Source: DOMAIN §5 rule 1.
    """
    missing = []
    if case.leader_id is None:
        missing.append(Message(msg("No responsible leader is named who could sign; the office assigns one.")))
    elif not took_no_part(case, case.leader_id):
        missing.append(
            Message(
                msg(
                    "The responsible leader took part in fixing or submitting, so could not sign; "
                    "another person submits, or the office assigns another leader."
                )
            )
        )
    elif not case.leader_may_sign and case.leader_id not in case.signer_ids:
        missing.append(
            Message(
                msg(
                    "The responsible leader no longer holds that post here, so could not sign; "
                    "the office assigns another leader."
                )
            )
        )
    if not all(took_no_part(case, signer) for signer in case.signer_ids):
        missing.append(
            Message(msg("A signature is from a person who fixed or submitted; send the request back."))
        )
    if case.insider_ids.intersection(case.confirmer_ids):
        missing.append(
            Message(
                msg("A signature that confirms is from a person of a unit that fixed; send the request back.")
            )
        )
    if len(set(case.signer_ids)) != len(case.signer_ids):
        missing.append(Message(msg("One person has signed two steps; send the request back.")))
    missing += [
        Message(
            msg(
                "“%(step)s” takes %(needed)s people who can sign, and there are %(able)s. Another person "
                "gets the post, or the request is sent back."
            ),
            {"step": each.label, "needed": each.needed, "able": each.able},
        )
        for each in case.short
    ]
    return gate_result(
        "separation",
        msg("Those who submit and those who approve are different people"),
        missing,
        (),
        Action.FINDING_ASSIGN,
    )


def gate_plan(case: ClosureCase) -> GateResult:
    """The finding stands in an approved plan, and no amendment of it waits (整改方案已批准).

    Source: DOMAIN §5 and §14 rule 8.
    """
    code, title, planning = "plan", msg("The plan is approved and not being amended"), case.planning
    if planning.state not in FIXING_STATES and not planning.required:
        note = Message(msg("The office opened this inspection without a plan that has to be approved."))
        return GateResult(code, Message(title), GateState.NOT_APPLICABLE, note=note)
    if planning.is_amended:
        waiting = Message(
            msg("An amendment of the plan waits for approval; it is approved or withdrawn first.")
        )
        return gate_result(code, title, [waiting], (), Action.AMENDMENT_SIGN)
    if planning.is_approved:
        return gate_result(code, title, [], (), Action.PLAN_SIGN)
    if planning.state is PlanState.SUBMITTED:
        waiting = Message(msg("The plan with this finding waits for approval."))
        return gate_result(code, title, [waiting], (), Action.PLAN_SIGN)
    none = Message(
        msg("No approved plan has this finding; the office submits one, and the approvers sign it.")
    )
    return gate_result(code, title, [none], (), Action.PLAN_SUBMIT)


def gate_measures(case: ClosureCase) -> GateResult:
    """Every measure of the plan is done, and there is at least one (整改措施全部完成).

    Source: DOMAIN §5 rule 2.
    """
    missing = [
        Message(msg("Measure “%(text)s” is not done yet."), {"text": measure.text})
        for measure in case.measures
        if not measure.done
    ]
    remedy = Action.MEASURE_COMPLETE
    if not case.measures:
        missing = [Message(msg("No measure is planned; at least one has to be planned and done."))]
        remedy = Action.MEASURE_ADD
    live = {evidence.id for evidence in case.live_evidence}
    shown = (each for measure in case.measures for each in measure.evidence_ids if each in live)
    evidence = tuple(dict.fromkeys(shown))
    return gate_result("measures", msg("Every measure is done"), missing, evidence, remedy)


def gate_criteria(case: ClosureCase) -> GateResult:
    """Every acceptance criterion is judged met, this round, by another person (验收标准).

    Source: DOMAIN §5 rule 2.
    """
    missing = [sentence for criterion in case.criteria if (sentence := _criterion_fault(case, criterion))]
    remedy = Action.CRITERION_JUDGE
    if not case.criteria:
        missing = [Message(msg("No acceptance criterion is set; at least one has to be set and judged met."))]
        remedy = Action.CRITERION_ADD
    evidence = tuple(dict.fromkeys(each for criterion in case.criteria for each in criterion.evidence_ids))
    return gate_result(
        "criteria",
        msg("Every acceptance criterion is judged met by another person"),
        missing,
        evidence,
        remedy,
    )


def gate_effect(case: ClosureCase) -> GateResult:
    """At least one piece of evidence shows an effect, as another person judged (整改成效).

    Source: DOMAIN §5 rule 3.
    """
    shown = tuple(
        evidence.id
        for evidence in case.live_evidence
        if evidence.effect and is_independent(case, evidence.effect_by)
    )
    missing = []
    remedy = Action.EVIDENCE_JUDGE
    if not case.live_evidence:
        missing = [
            Message(
                msg("No evidence of this round is filed; meetings and papers alone do not close a finding.")
            )
        ]
        remedy = Action.EVIDENCE_ADD
    elif not shown:
        missing = [
            Message(
                msg(
                    "No piece of evidence of this round is judged to show an effect by a person who neither "
                    "fixed nor submitted nor belongs to a unit that fixed."
                )
            )
        ]
    return gate_result("effect", msg("Evidence shows an effect, not paper alone"), missing, shown, remedy)


def gate_situations(case: ClosureCase) -> GateResult:
    """No new situation is without an answer (件件有着落、事事有回音). Source: DOMAIN §5 rule 5."""
    missing = [
        Message(msg("The new situation “%(text)s” is not answered yet."), {"text": situation.text})
        for situation in case.situations
        if not situation.answered
    ]
    return gate_result(
        "situations", msg("Every new situation is answered"), missing, (), Action.SITUATION_ANSWER
    )


def gate_holds(case: ClosureCase) -> GateResult:
    """No hold is open, no request about the deadline waits, the work is not suspended (未了事项).

    Source: DOMAIN §5 rule 5.
    """
    missing = [
        Message(
            msg("The hold “%(kind)s %(reference)s” is still open."),
            {"kind": Message(HOLD_LABELS[hold.kind]), "reference": hold.reference},
        )
        for hold in case.open_holds
    ]
    remedy = Action.HOLD_CLEAR
    if case.deadline.pending is not None:
        missing.append(
            Message(
                msg(
                    "The request for “%(kind)s” is not decided yet; it is granted, sent back or withdrawn "
                    "first."
                ),
                {"kind": Message(DEADLINE_KIND_LABELS[case.deadline.pending])},
            )
        )
        remedy = remedy if case.open_holds else Action.DEADLINE_SIGN
    if case.deadline.is_suspended:
        missing.append(Message(msg("The work is suspended; it is resumed first.")))
        remedy = remedy if len(missing) > 1 else Action.SUSPENSION_END
    return gate_result("holds", msg("Nothing holds the finding open"), missing, (), remedy)


def gate_stage_goal(case: ClosureCase) -> GateResult:
    """Long-term work names its stage goal and a re-check to come (阶段目标与复查日期).

    Source: DOMAIN §5 rule 8.
    """
    code, title = "stage_goal", msg("Long-term work names its stage goal and next re-check")
    if case.nature is None:
        unset = Message(msg("The nature (immediate, by a date, long-term) is not set; the office sets it."))
        return gate_result(code, title, [unset], (), Action.FINDING_CLASSIFY)
    if case.nature is not Nature.LONG_TERM:
        return GateResult(code, Message(title), GateState.NOT_APPLICABLE)
    missing = []
    if not case.stage_goal.strip():
        missing.append(Message(msg("The goal of this stage is not named; the closure request names it.")))
    if case.recheck_on is None:
        missing.append(
            Message(msg("The date of the next re-check is not named; the closure request names it."))
        )
    elif case.recheck_on <= case.on:
        missing.append(
            Message(
                msg(
                    "The next re-check on %(recheck_on)s is not in the future; "
                    "the closure request names a later day."
                ),
                {"recheck_on": case.recheck_on.isoformat()},
            )
        )
    return gate_result(code, title, missing, (), Action.CLOSURE_REQUEST)


GATES: Final[tuple[Callable[[ClosureCase], GateResult], ...]] = (
    gate_separation,
    gate_plan,
    gate_measures,
    gate_criteria,
    gate_effect,
    gate_money,
    gate_people,
    gate_similar,
    gate_cause,
    gate_situations,
    gate_holds,
    gate_stage_goal,
)


def _criterion_fault(case: ClosureCase, criterion: CaseCriterion) -> Message | None:
    values = {"text": criterion.text}
    if criterion.met is None:
        return Message(msg("Criterion “%(text)s” is not judged in this round."), values)
    if not criterion.met:
        return Message(msg("Criterion “%(text)s” is judged not met."), values)
    if not is_independent(case, criterion.judged_by):
        return Message(
            msg(
                "Criterion “%(text)s” was judged by a person who fixed or submitted, or of a unit that "
                "fixed; another judges it."
            ),
            values,
        )
    live = {evidence.id for evidence in case.live_evidence}
    stands = bool(criterion.evidence_ids) and live.issuperset(criterion.evidence_ids)
    if not stands and criterion.is_carried:
        return Message(
            msg(
                "Criterion “%(text)s” keeps its judgement of an earlier round once the evidence it rests on "
                "is carried over into this one; or it is judged again."
            ),
            values,
        )
    if not stands:
        return Message(
            msg("Criterion “%(text)s” was judged on evidence that does not stand; it is judged again."),
            values,
        )
    return None
