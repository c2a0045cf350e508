"""What a restriction stands against, and what needs one."""

from __future__ import annotations

import pytest

from zhenggai.domain.policy import Action
from zhenggai.domain.restricting import NotRestrictedError, RestrictionStandsError, check_restriction

OF_THE_LIST = {Action.READER_ADD, Action.READER_WITHDRAW, Action.FINDING_UNRESTRICT}


@pytest.mark.parametrize("action", sorted(set(Action) - OF_THE_LIST))
def test_what_is_not_of_the_list_needs_no_restriction(action):
    check_restriction(action, is_restricted=False)


@pytest.mark.parametrize("action", sorted(OF_THE_LIST))
def test_the_list_is_there_only_while_the_finding_is_restricted(action):
    check_restriction(action, is_restricted=True)
    with pytest.raises(NotRestrictedError, match="the finding is not restricted, and everybody sees it"):
        check_restriction(action, is_restricted=False)


def test_a_finding_is_restricted_once():
    with pytest.raises(RestrictionStandsError, match="restricted already: only the people listed see it"):
        check_restriction(Action.FINDING_RESTRICT, is_restricted=True)
