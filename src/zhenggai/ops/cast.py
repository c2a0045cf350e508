"""The demonstration's invented organisations, people and posts (演示用的虚构单位与人员).

Everything goes through the services of accounts, so that its trail is as true as any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts import selectors, services
from zhenggai.accounts.kinds import OrganisationKind
from zhenggai.domain.actor import CONFIRMED_ROLES, ROLE_LABELS, Role
from zhenggai.ops.language import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.domain.actor import Actor

ROOT = "云山县"
INSPECTORS = "云山县委巡察办"
LARGER_SUBJECT = "云山县示例局"
UNITS = ("办公室", "机关党委", "人事股", "计财股", "项目股", "服务股", "安全股")
ONE_UNIT = "业务股"
# the same for all: it is printed, shown on the sign-in page and holds for invented data only
PASSWORD = "yunshan-demo-2026"  # noqa: S105 - no secret, see above


@dataclass(frozen=True, slots=True)
class Part:
    """One invented person: what the person is called and which role the person plays where.

    ``seat`` is an organisation's name, or a subject's name with the post repeated for every further subject.
    """

    username: str
    name: str
    role: Role
    seat: str
    title: str


FIRST = Part("jia", "甲管理", Role.SYSTEM_ADMIN, ROOT, "信息中心")
SECOND = Part("yi", "乙管理", Role.SECURITY_ADMIN, ROOT, "保密办")
PARTS = (
    Part("bing", "丙管理", Role.AUDIT_ADMIN, ROOT, "内审办"),
    Part("zhou", "周示例", Role.OFFICE_CLERK, ROOT, "整改办干部"),
    Part("wu", "吴示例", Role.VERIFIER, ROOT, "核查员"),
    Part("wang", "王旁证", Role.AUDITOR, ROOT, "监督员"),
    Part("zheng", "郑示例", Role.INSPECTOR, INSPECTORS, "巡察办干部"),
    Part("zhao", "赵示例", Role.RESPONSIBLE_LEADER, LARGER_SUBJECT, "党组书记"),
    Part("qian", "钱样本", Role.RESPONSIBLE_LEADER, LARGER_SUBJECT, "副局长"),
    Part("sun", "孙样例", Role.RESPONSIBLE_LEADER, LARGER_SUBJECT, "副局长"),
    Part("xu", "许示例", Role.OFFICE_CLERK, LARGER_SUBJECT, "局整改办主任"),
    Part("he", "何示例", Role.UNIT_HEAD, LARGER_SUBJECT, "股室负责人"),
    Part("li", "李示例", Role.HANDLER, LARGER_SUBJECT, "经办人"),
)
# the people of the organisation whose notice is read, whichever it is
GUESTS = (
    Part("feng", "冯示例", Role.RESPONSIBLE_LEADER, "", "分管领导"),
    Part("chen", "陈示例", Role.UNIT_HEAD, "", "股室负责人"),
    Part("chu", "褚示例", Role.HANDLER, "", "经办人"),
)
# The head of the unit also sits in the office that signs, as is common: so the walk shows that whoever
# requests never signs, whatever posts the person holds.
SECOND_POSTS = (Part("chen", "陈示例", Role.OFFICE_CLERK, "", "整改办成员"),)


@dataclass(slots=True)
class StoryClock:
    """The moments at which invented things happen: each later than the one before."""

    moment: datetime
    step: timedelta = timedelta(minutes=7)

    def tick(self) -> datetime:
        """The next moment."""
        self.moment += self.step
        return self.moment


class Cast:
    """The invented people once they are there; knows who acts."""

    def actor(self, username: str, at: datetime) -> Actor:
        """The person with the posts held on that day."""
        person = selectors.person_by_username(username)
        if person is None:
            raise LookupError(username)
        return selectors.actor_of(person, timezone.localdate(at))

    def organisation_id(self, name: str, at: datetime) -> int | None:
        """The root or an organisation right below it by its name, if it is there."""
        visible = selectors.organisations_visible(self.actor(FIRST.username, at))
        return next((row.pk for row in visible if row.name == name and row.depth <= 2), None)

    def unit_ids(self, subject: str, at: datetime) -> dict[str, int]:
        """The units of a subject by name, with the subject itself."""
        visible = selectors.organisations_visible(self.actor(FIRST.username, at))
        path = next(row.path for row in visible if row.name == subject and row.depth <= 2)
        return {row.name: row.pk for row in visible if row.path.startswith(path)}


def people_there() -> bool:
    """Whether the invented people were entered in an earlier run."""
    return selectors.person_by_username(GUESTS[-1].username) is not None


def enter(clock: StoryClock, step: Callable[[], None]) -> Cast:
    """Enter organisations, people and posts; ``step`` is called once for each person."""
    cast = Cast()
    given = services.one_time_password()
    services.first_administrators_create(
        username=FIRST.username,
        name=FIRST.name,
        password=PASSWORD,
        security_username=SECOND.username,
        security_name=SECOND.name,
        security_password=given,
        organisation_name=ROOT,
        organisation_kind=OrganisationKind.AREA,
        at=clock.moment,
    )
    at = clock.tick()
    services.password_change(
        old_password=given, new_password=PASSWORD, actor=cast.actor(SECOND.username, at), at=at
    )
    step()
    _organisation(cast, ROOT, INSPECTORS, OrganisationKind.INSPECTING_BODY, clock)
    _organisation(cast, ROOT, LARGER_SUBJECT, OrganisationKind.AUTHORITY, clock)
    for unit in UNITS:
        _organisation(cast, LARGER_SUBJECT, unit, OrganisationKind.UNIT, clock)
    for part in PARTS:
        _person(cast, part, part.seat, clock)
        post_give(cast, part, part.seat, clock)
        step()
    for part in GUESTS:
        _person(cast, part, ROOT, clock)
        step()
    return cast


def complete(cast: Cast, clock: StoryClock) -> None:
    """Enter who was invented since: a folder of an earlier version has fewer people."""
    for part in PARTS:
        if selectors.person_by_username(part.username) is None:
            _person(cast, part, part.seat, clock)
            post_give(cast, part, part.seat, clock)


def receive_subject(cast: Cast, name: str, clock: StoryClock) -> int:
    """The organisation whose notice is read, with a unit and its people; made if it is new. Its id."""
    with transaction.atomic():
        if cast.organisation_id(name, clock.moment) is None:
            _organisation(cast, ROOT, name, OrganisationKind.AUTHORITY, clock)
        units = cast.unit_ids(name, clock.moment)
        if ONE_UNIT not in units:
            _organisation(cast, name, ONE_UNIT, OrganisationKind.UNIT, clock)
        held = cast.actor(GUESTS[-1].username, clock.moment).grants
        if all(grant.organisation_id != units[name] for grant in held):
            for part in (*GUESTS, *SECOND_POSTS):
                post_give(cast, part, name, clock)
    return units[name]


def sign_ins() -> list[dict[str, str]]:
    """Name, post, user name and password of everybody, for the sign-in page and the terminal."""
    return [
        {
            "name": part.name,
            "post": f"{part.title} · {translate(ROLE_LABELS[part.role])}",
            "username": part.username,
            "password": PASSWORD,
        }
        for part in (*PARTS[1:], *GUESTS, FIRST, SECOND, PARTS[0])
    ]


def _organisation(cast: Cast, parent: str, name: str, kind: OrganisationKind, clock: StoryClock) -> None:
    at = clock.tick()
    parent_id = cast.organisation_id(parent, at)
    if parent_id is None:
        raise LookupError(parent)
    services.organisation_create(
        parent_id=parent_id, name=name, kind=kind, actor=cast.actor(FIRST.username, at), at=at
    )


def _person(cast: Cast, part: Part, seat: str, clock: StoryClock) -> None:
    at = clock.tick()
    seat_id = cast.organisation_id(seat, at)
    if seat_id is None:
        raise LookupError(seat)
    services.person_create(
        organisation_id=seat_id,
        username=part.username,
        name=part.name,
        password=PASSWORD,
        must_change_password=False,
        actor=cast.actor(FIRST.username, at),
        at=at,
    )


def post_give(cast: Cast, part: Part, seat: str, clock: StoryClock) -> None:
    """Give a person the part's post; one that signs or administers is confirmed by another hand."""
    at = clock.tick()
    seat_id, person = cast.organisation_id(seat, at), selectors.person_by_username(part.username)
    if seat_id is None or person is None:
        raise LookupError(seat)
    post = services.post_grant(
        person_id=person.pk,
        organisation_id=seat_id,
        role=part.role,
        title=part.title,
        actor=cast.actor(FIRST.username, at),
        at=at,
    )
    if part.role in CONFIRMED_ROLES:
        later = clock.tick()
        services.post_confirm(post_id=post.pk, actor=cast.actor(SECOND.username, later), at=later)
