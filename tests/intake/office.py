"""Two small offices of an invented county, and the hands that work in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services as accounting
from zhenggai.domain.actor import Actor, Role
from zhenggai.intake import services
from zhenggai.intake.models import Intake

PASSWORD = "云山样例-口令-2026"
BEGINNING = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


@dataclass
class Office:
    """People by user name; ``clerk`` and ``colleague`` are of one office, ``stranger`` of another."""

    moment: datetime = BEGINNING
    organisation_id: int = 0
    other_id: int = 0
    people: dict[str, int] = field(default_factory=dict)

    def at(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment

    def actor(self, username: str = "clerk") -> Actor:
        return accounts.actor_of(accounts.person_get(self.people[username]), self.moment.date())

    def receive(self, text: str | bytes, name: str = "通报.txt", username: str = "clerk") -> Intake:
        data = text.encode() if isinstance(text, str) else text
        receipt = services.intake_receive(
            actor=self.actor(username),
            at=self.at(),
            organisation_id=self.other_id if username == "stranger" else self.organisation_id,
            content=data,
            name=name,
        )
        return receipt.intake

    def also_at_other(self, username: str) -> None:
        """A post in the office of the other organisation as well."""
        by = {name: self.actor(name) for name in ("admin", "admin-2")}
        post = accounting.post_grant(
            person_id=self.people[username],
            organisation_id=self.other_id,
            role=Role.OFFICE_CLERK,
            actor=by["admin"],
            at=self.at(),
        )
        accounting.post_confirm(post_id=post.pk, actor=by["admin-2"], at=self.at())

    def inspecting_body(self, name: str) -> int:
        """An inspecting body of the county; its id."""
        admin = self.actor("admin")
        root = accounts.person_get(self.people["admin"]).organisation_id
        made = accounting.organisation_create(
            name=name, kind="inspecting_body", parent_id=root, actor=admin, at=self.at()
        )
        return int(made.pk)

    def end_post(self, username: str) -> None:
        """Every post of a person ends today."""
        for post in accounts.person_get(self.people[username]).posts.all():
            accounting.post_end(post_id=post.pk, actor=self.actor("admin"), at=self.at())

    def do(self, service: Any, intake: Intake, username: str = "clerk", **values: Any) -> Any:
        return service(actor=self.actor(username), at=self.at(), intake_id=intake.pk, **values)

    def confirm(self, intake: Intake, username: str = "clerk", **values: Any) -> Any:
        new = services.NewInspection(
            title="云山县示例局巡察整改", kind="inspection", subject_id=self.organisation_id
        )
        given = {"version": intake.version, "new": new, **values}
        return self.do(services.intake_confirm, intake, username, **given)


def opened() -> Office:
    """The county with its people and posts, a day after they were entered."""
    office = Office()
    first, second = accounting.first_administrators_create(
        username="admin",
        name="管理甲",
        password=PASSWORD,
        security_username="security",
        security_name="管理乙",
        security_password=PASSWORD,
        organisation_name="云山县",
        at=office.at(),
    )
    admin = accounts.actor_of(first, office.moment.date())
    root = first.organisation.pk
    other_admin = accounts.actor_of(second, office.moment.date())
    made = [
        accounting.organisation_create(
            name=name, kind="authority", parent_id=root, actor=admin, at=office.at()
        )
        for name in ("云山县示例局", "云山县别处局")
    ]
    office.organisation_id, office.other_id = (one.pk for one in made)
    office.people["admin"], office.people["admin-2"] = first.pk, second.pk
    for username, name, role, place in (
        ("clerk", "周示例", Role.OFFICE_CLERK, 0),
        ("colleague", "吴示例", Role.OFFICE_CLERK, 0),
        ("handler", "李示例", Role.HANDLER, 0),
        ("stranger", "卫别处", Role.OFFICE_CLERK, 1),
    ):
        person = accounting.person_create(
            username=username,
            name=name,
            password=PASSWORD,
            must_change_password=False,
            organisation_id=made[place].pk,
            actor=admin,
            at=office.at(),
        )
        post = accounting.post_grant(
            person_id=person.pk, organisation_id=made[place].pk, role=role, actor=admin, at=office.at()
        )
        if post.confirmed_at is None:
            accounting.post_confirm(post_id=post.pk, actor=other_admin, at=office.at())
        office.people[username] = person.pk
    office.moment += timedelta(days=1)
    return office
