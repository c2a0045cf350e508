"""Stage by action by role, the allowed cells written by hand; every other is refused (三维矩阵)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.test_policy import FACTS, PEOPLE, SEATS
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Actor, Grant, Role
from zhenggai.domain.ladder import STEPS
from zhenggai.domain.lifecycle import MOVES, Nature, Stage, TransitionError, next_stage
from zhenggai.domain.policy import judge

# Stages: R registered, A assigned, C accepted, W rectifying, Q closure requested, S stage closed, E closed.
# Roles: H handler and U head of the lead unit, h handler of a supporting unit, L the leader named, O office,
# G leading group, I inspector, V verifier, P publisher, D auditor; X Y Z the three administrators. The next
# signature is always the leader's; of an amendment the leading group's.
ALLOWED = """
finding.classify       RACW     O
finding.weigh          RACW     O
finding.assign         RACW     O
finding.accept         A        HU
finding.decline        A        HU
finding.transfer       ACW      HU
finding.hand_over      ACWQ     O
finding.restrict       RACWQSE  O
finding.unrestrict     RACWQSE  OG
reader.add             RACWQSE  OG
reader.withdraw        RACWQSE  OG
progress.report        CW       HUh
progress.judge         CWQ      OVI
measure.add            RACW     OHU
measure.arrange        RACW     OHU
measure.drop           RACW     O
task.report            CW       HUh
measure.complete       CW       HUh
criterion.add          RACW     OVU
criterion.drop         RACW     OV
criterion.judge        WQ       OVI
reading.record         CWQS     OVHUh
reading.withdraw       CWS      OVHUh
evidence.add           CW       HUh
evidence.withdraw      CW       HUh
evidence.carry_over    W        HUh
evidence.judge         WQ       OVI
requirement.answer     W        HUh
requirement.waive      CW       O
situation.raise        CWQ      LHUh
situation.pass_up      ACWQ     OGLU
situation.answer       ACWQ     OGLUI
hold.open              RACWQ    OGI
hold.clear             RACWQ    OGI
plan.amend             RACW     OHU
amendment.sign         RACW     G
amendment.send_back    RACW     G
amendment.withdraw     RACW     OHU
extension.request      CW       HU
long_term.request      CW       HU
deadline.sign          RACW     L
deadline.send_back     RACW     LO
deadline.withdraw      RACW     HU
suspension.begin       ACWQ     OG
suspension.end         RACWQ    OG
closure.request        W        HU
closure.sign           Q        L
signature.record       Q        OGVI
signature.confirm      Q        OGVI
signature.refuse       Q        OGVI
closure.send_back      Q        LO
closure.withdraw       Q        HU
closure.complete       -        -
outcome.record         W        HUh
outcome.withdraw       W        HUh
recheck.set            SE       OI
recheck.record         SE       OVI
finding.rebound        SE       OI
stage.begin            S        O
"""
STAGES = dict(zip("RACWQSE", Stage, strict=True))
LETTERS = {
    "H": Role.HANDLER, "U": Role.UNIT_HEAD, "L": Role.RESPONSIBLE_LEADER, "O": Role.OFFICE_CLERK,
    "G": Role.LEADING_GROUP, "I": Role.INSPECTOR, "V": Role.VERIFIER, "P": Role.PUBLISHER, "D": Role.AUDITOR,
    "X": Role.SYSTEM_ADMIN, "Y": Role.SECURITY_ADMIN, "Z": Role.AUDIT_ADMIN,
}  # fmt: skip
WHO = {letter: PEOPLE[role] for letter, role in LETTERS.items()} | {
    "h": Actor(50, "协示例", (Grant(Role.HANDLER, 9, "000100010002"),))
}
ROWS = [line.split() for line in ALLOWED.strip().splitlines()]
MAY = {
    (Action(name), STAGES[s], who) for name, stages, roles in ROWS for s in stages.strip("-") for who in roles
}
CELLS = [(action, stage) for action in sorted(MOVES) for stage in Stage]
OF_AMENDMENT = {Action.AMENDMENT_SIGN, Action.AMENDMENT_SEND_BACK}


def allowed(action: Action, stage: Stage, who: str) -> bool:
    step = STEPS["leading_group" if action in OF_AMENDMENT else "responsible_leader"]
    if not judge(WHO[who], action, replace(FACTS, stage=stage, next_step=step)).allowed:
        return False
    try:
        next_stage(stage, action, Nature.LONG_TERM)
    except TransitionError:
        return False
    return True


def test_the_table_names_every_move_and_everybody():
    assert [Action(name) for name, _, _ in ROWS] == list(dict.fromkeys(Action(name) for name, _, _ in ROWS))
    assert {Action(name) for name, _, _ in ROWS} == MOVES
    assert set(LETTERS.values()) == set(Role) == set(SEATS)


@pytest.mark.parametrize(("action", "stage"), CELLS)
def test_what_stands_in_the_table_is_allowed_and_everything_else_refused(action, stage):
    may = {who for who in WHO if allowed(action, stage, who)}
    assert may == {who for who in WHO if (action, stage, who) in MAY}


def test_most_of_the_cells_are_refusals():
    assert len(MAY) * 8 < len(CELLS) * len(WHO)


@pytest.mark.parametrize("action", sorted(MOVES))
def test_a_closed_finding_is_moved_by_one_cell_only(action):
    """From a closed stage work goes on only as the next stage of long-term work, by the office."""
    moving = {
        (stage, who)
        for stage in (Stage.STAGE_CLOSED, Stage.CLOSED)
        for who in WHO
        if allowed(action, stage, who) and next_stage(stage, action, Nature.TIME_BOUND) is not stage
    }
    assert moving == ({(Stage.STAGE_CLOSED, "O")} if action is Action.STAGE_BEGIN else set())
