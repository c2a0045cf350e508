"""A server of its own with the invented county's people, offices and leading group, and no ledger yet."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from intake_pages.server import serve


def _the_people() -> None:
    from web import world as worlds  # noqa: PLC0415 - after setup
    from zhenggai.accounts import services  # noqa: PLC0415 - after setup

    world = worlds.peopled()
    admin = world.actor("admin")
    group = services.group_set_up(
        organisation_id=world.organisations["示例局"],
        name="示例局巡察整改工作领导小组",
        basis="示例党组〔2026〕1号",
        office_unit_id=world.organisations["业务科"],
        actor=admin,
        at=world.clock.tick(),
    )
    seat = services.group_seat_give(
        group_id=group.pk,
        person_id=world.people["group"],
        place="head",
        actor=admin,
        at=world.clock.tick(),
    )
    services.group_seat_confirm(seat_id=seat.pk, actor=world.actor("security"), at=world.clock.tick())


if __name__ == "__main__":
    serve(_the_people)
