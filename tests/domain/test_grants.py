"""Grants that reach beyond the tree of the inspected organisation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.test_policy import FACTS, why
from zhenggai.domain.actor import Actor, Grant, Role
from zhenggai.domain.policy import Action

REVIEWED = replace(FACTS, review_paths=("00010007",))
REVIEWER = Actor(504, "员示例", (Grant(Role.INSPECTOR, 71, "000100070001"),))


@pytest.mark.parametrize("action", [Action.FINDING_VIEW, Action.COMMENT_ADD, Action.COMMENT_WITHDRAW])
def test_whoever_is_seated_at_a_body_of_the_joint_review_reads_and_writes_beside_it(action):
    assert why(REVIEWER, action, REVIEWED) == ""
    assert "None of your posts" in why(REVIEWER, action)
