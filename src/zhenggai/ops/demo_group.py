"""The demonstration's leading group (演示：领导小组): head, deputies, office, and who oversees what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts import services
from zhenggai.accounts.kinds import GroupPlace
from zhenggai.accounts.leading import group_standing
from zhenggai.accounts.selectors import organisation_get
from zhenggai.domain.actor import Role
from zhenggai.ops.cast import FIRST, LARGER_SUBJECT, SECOND, Part, post_give
from zhenggai.ops.desk import OFFICE

if TYPE_CHECKING:
    from zhenggai.ops.cast import Cast, StoryClock

HEAD: Final = Part("zhao", "赵示例", Role.LEADING_GROUP, LARGER_SUBJECT, "整改工作领导小组组长")
NAME: Final = "云山县示例局巡察整改工作领导小组"
BASIS: Final = "示例局党组〔2026〕1号（虚构）"
OFFICE_UNIT: Final = "办公室"
OTHERS: Final = (
    ("qian", GroupPlace.DEPUTY),
    ("sun", GroupPlace.DEPUTY),
    ("he", GroupPlace.MEMBER),
    ("xu", GroupPlace.OFFICE_HEAD),
)
OVERSEES: Final = {
    "zhao": ("办公室", "机关党委", "人事股"),
    "qian": ("项目股", "服务股"),
    "sun": ("计财股", "安全股"),
}


def group_there(cast: Cast, clock: StoryClock) -> bool:
    """Whether the leading group was set up in an earlier run."""
    units = cast.unit_ids(LARGER_SUBJECT, clock.moment)
    path = organisation_get(units[LARGER_SUBJECT]).path
    return group_standing(path, timezone.localdate(clock.moment)) is not None


def group_enter(cast: Cast, clock: StoryClock) -> None:
    """Set the leading group of the larger inspection's organisation up, with who oversees its units."""
    units = cast.unit_ids(LARGER_SUBJECT, clock.moment)
    with transaction.atomic():
        if not cast.actor(HEAD.username, clock.moment).has(HEAD.role):
            post_give(cast, HEAD, HEAD.seat, clock)
        at = clock.tick()
        group = services.group_set_up(
            organisation_id=units[LARGER_SUBJECT],
            name=NAME,
            basis=BASIS,
            office_unit_id=units[OFFICE_UNIT],
            actor=cast.actor(FIRST.username, at),
            at=at,
        )
        head = _seat(cast, clock, group.pk, HEAD.username, GroupPlace.HEAD)
        at = clock.tick()
        services.group_seat_confirm(seat_id=head, actor=cast.actor(SECOND.username, at), at=at)
        for username, place in OTHERS:
            _seat(cast, clock, group.pk, username, place)
        for username, names in OVERSEES.items():
            leader_id = cast.actor(username, clock.moment).person_id
            for name in names:
                at = clock.tick()
                services.oversight_set(
                    unit_id=units[name], leader_id=leader_id, actor=cast.actor(OFFICE, at), at=at
                )


def _seat(cast: Cast, clock: StoryClock, group_id: int, username: str, place: GroupPlace) -> int:
    at = clock.tick()
    seat = services.group_seat_give(
        group_id=group_id,
        person_id=cast.actor(username, at).person_id,
        place=place,
        actor=cast.actor(FIRST.username, at),
        at=at,
    )
    return int(seat.pk)
