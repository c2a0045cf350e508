"""A leading group with its head, a place and an oversight, for the invented county."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.accounts import services

if TYPE_CHECKING:
    from web.world import World


def set_up(world: World) -> dict[str, int]:
    """The group of the bureau: Feng heads it, He is a member; Zhao oversees the bureau. Their ids."""
    admin, bureau = world.actor("admin"), world.organisations["示例局"]
    group = services.group_set_up(
        organisation_id=bureau,
        name="示例局巡察整改工作领导小组",
        basis="示例党组〔2026〕1号",
        office_unit_id=world.organisations["财务科"],
        actor=admin,
        at=world.clock.tick(),
    )
    given = {"group_id": group.pk, "actor": admin}
    head = services.group_seat_give(
        person_id=world.people["group"], place="head", at=world.clock.tick(), **given
    )
    services.group_seat_confirm(seat_id=head.pk, actor=world.actor("security"), at=world.clock.tick())
    seat = services.group_seat_give(
        person_id=world.people["head"], place="member", at=world.clock.tick(), **given
    )
    oversight = services.oversight_set(
        unit_id=bureau, leader_id=world.people["leader"], actor=admin, at=world.clock.tick()
    )
    return {"group": group.pk, "head_seat": head.pk, "seat": seat.pk, "oversight": oversight.pk}
