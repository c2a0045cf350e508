"""What tests begin with may be told again only where it is what the services would have done."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from ledger.refusals import everything, trail
from ledger.world import STATED
from retold import Tales, listening, retold
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import Nature

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.world import World


FIRST = ["verifier", "leading_group"]
SECOND = ["responsible_leader", "leading_group"]


def after(world: World, tales: Tales, step: str, folder: Path, **values: Any) -> dict[str, Any]:
    """What stands after a step from the beginning; all of it taken back."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    place = deepcopy(world)
    with transaction.atomic(), listening(tales) as place.listener:
        finding = getattr(place, step)(**values)
        left = {
            "rows": everything(),
            "trail": trail(finding),
            "files": {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()},
            "finding": (finding.pk, finding.version, finding.stage),
            "minute": place.minute,
        }
        transaction.set_rollback(True)
    return left


@pytest.mark.parametrize(
    "step",
    ["registered", "assigned", "accepted", "rectifying", "proven", "requested", "closed", "stage_closed"],
)
def test_a_step_told_again_leaves_what_it_left_when_it_was_done(world, step, tmp_path):
    tales = Tales()
    done = after(world, tales, step, tmp_path)
    told = dict(tales.told)
    assert told
    assert after(world, tales, step, tmp_path) == done
    assert tales.told == told


@pytest.fixture
@retold
def two_ladders(world):
    """Inspections by rules of their own, the second of which is worked on, with two findings."""
    world.inspect_by(ladder=FIRST)
    world.inspect_by(ladder=SECOND)
    world.several = world.register(STATED, STATED)
    return world.several[0]


@pytest.mark.parametrize("_time", ["done", "told again"])
def test_what_a_step_noted_on_the_place_is_noted_again(world, two_ladders, _time):
    assert world.inspection.profile_version.content["ladder"] == SECOND
    assert world.several[0] is two_ladders
    assert [each.inspection_id for each in world.several] == [world.inspection.pk] * 2
    # what a test does to it is its own
    world.several.append("more")
    world.inspection = None


def test_rules_that_differ_are_another_tale(world):
    tales = Tales()
    for ladder in (FIRST, SECOND, FIRST):
        place = deepcopy(world)
        with transaction.atomic(), listening(tales) as place.listener:
            assert place.inspect_by(ladder=ladder).profile_version.content["ladder"] == ladder
            transaction.set_rollback(True)
    assert len([key for key in tales.told if key[0] == "World.inspect_by"]) == 2


def test_a_step_of_another_kind_is_another_tale(world, tmp_path):
    tales = Tales()
    plain = after(world, tales, "rectifying", tmp_path)
    assert after(world, tales, "rectifying", tmp_path, nature=Nature.LONG_TERM) != plain
    assert after(world, tales, "rectifying", tmp_path) == plain


def test_whoever_has_written_something_has_the_step_done(world):
    told = dict(world.listener.tales.told)
    world.person("late", "晚示例", (Role.HANDLER, world.unit))
    assert world.accepted().stage == "accepted"
    assert world.listener.tales.told == told


def test_after_a_refusal_the_step_is_done(world):
    with transaction.atomic():
        world.person("never", "未示例", (Role.HANDLER, world.unit))
        transaction.set_rollback(True)
    told = dict(world.listener.tales.told)
    assert world.accepted().stage == "accepted"
    assert world.listener.tales.told == told
