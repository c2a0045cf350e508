"""The list of a restricted finding is kept by somebody of office or leading group, whose posts end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.test_restricting import secret  # noqa: F401 - a fixture
from ledger.world import TODAY
from zhenggai.accounts.models import Post
from zhenggai.domain.actor import Role
from zhenggai.ledger import selectors
from zhenggai.ledger.keepers import Keeping, list_keeping

CASES = (
    (None, Keeping.KEPT),
    (31, Keeping.KEPT),
    (30, Keeping.ENDING),
    (1, Keeping.ENDING),
    (0, Keeping.NOBODY),
)


@pytest.mark.parametrize(("days", "said"), CASES)
def test_people_on_the_list_are_warned_before_nobody_can_change_it(world, secret, days, said):  # noqa: F811
    if days is not None:
        last = Post.objects.filter(person=world.clerk.person_id)
        last.update(ended_on=TODAY + timedelta(days=days))
    assert list_keeping(selectors.finding_get(world.head, secret.pk), TODAY) is said


def test_another_one_of_the_leading_group_keeps_it(world, secret):  # noqa: F811
    world.do("finding_reader_add", world.clerk, secret, reader_ids=[world.group.person_id])
    Post.objects.filter(person=world.clerk.person_id).update(ended_on=TODAY)
    assert list_keeping(selectors.finding_get(world.head, secret.pk), TODAY) is Keeping.KEPT


def test_who_came_to_administer_keeps_nothing(world, secret):  # noqa: F811
    world.grant(world.clerk.person_id, (Role.AUDIT_ADMIN, world.city))
    assert list_keeping(selectors.finding_get(world.head, secret.pk), TODAY) is Keeping.NOBODY
