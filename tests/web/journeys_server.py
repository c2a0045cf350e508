"""A server with the invented county in the middle of its work: something waits for each of its people."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from intake_pages.server import serve


def _the_county() -> None:
    from web import leading  # noqa: PLC0415 - after setup
    from web import world as worlds  # noqa: PLC0415 - after setup
    from zhenggai.ledger import services  # noqa: PLC0415 - after setup

    def ready(world: worlds.World, places: range) -> None:
        for place in places:
            worlds.assign(world, place)
            world.do("head", place, services.finding_accept)
            worlds.work(world, place)
            worlds.prove(world, place, title=f"抽查记录{world.inspection_id}-{place}")
            worlds.request(world, place)

    world = worlds.worked_on(worlds.made())
    world.do("head", 3, services.finding_accept)
    leading.set_up(world)
    worlds.asked_reports(world)
    # two wait for the leader, one for the office, one has not begun
    second = worlds.World(world.clock, world.people, world.organisations)
    worlds.imported(second)
    ready(second, range(2))
    ready(second, range(4, 5))
    second.do("leader", 4, services.closure_sign, note="同意")
    # by rules under which the inspecting body approves plans and confirms closings
    profile = worlds.own_profile(
        world, ladder=["responsible_leader", "inspector"], plan_ladder=["leading_group", "inspector"]
    )
    third = worlds.World(world.clock, world.people, world.organisations)
    worlds.imported(third, profile.pk)
    ready(third, range(1))
    third.do("leader", 0, services.closure_sign, note="同意")
    worlds.assign(third, 1)
    finding = worlds.planned(world, profile.pk)
    plan = services.plan_submit(
        actor=world.actor("clerk"), at=world.clock.tick(), inspection_id=finding.inspection_id
    )
    services.plan_sign(actor=world.actor("group"), at=world.clock.tick(), plan_id=plan.pk, note="同意")


if __name__ == "__main__":
    serve(_the_county)
