"""Who acts: a person with the posts that hold on the day (当事人与职务)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from datetime import date


class Role(StrEnum):
    """What a post lets a person do (角色)."""

    HANDLER = "handler"
    UNIT_HEAD = "unit_head"
    RESPONSIBLE_LEADER = "responsible_leader"
    OFFICE_CLERK = "office_clerk"
    LEADING_GROUP = "leading_group"
    INSPECTOR = "inspector"
    VERIFIER = "verifier"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


ROLE_LABELS: Final[dict[Role, str]] = {
    Role.HANDLER: msg("handler"),
    Role.UNIT_HEAD: msg("head of unit"),
    Role.RESPONSIBLE_LEADER: msg("responsible leader"),
    Role.OFFICE_CLERK: msg("rectification office"),
    Role.LEADING_GROUP: msg("leading group"),
    Role.INSPECTOR: msg("inspector"),
    Role.VERIFIER: msg("verifier"),
    Role.PUBLISHER: msg("publisher"),
    Role.AUDITOR: msg("auditor"),
    Role.SYSTEM_ADMIN: msg("system administrator"),
    Role.SECURITY_ADMIN: msg("security administrator"),
    Role.AUDIT_ADMIN: msg("audit administrator"),
}

# Posts whose word approves or confirms; nobody both administers and signs (DOMAIN §5).
SIGNING_ROLES: Final = frozenset(
    {Role.RESPONSIBLE_LEADER, Role.OFFICE_CLERK, Role.LEADING_GROUP, Role.VERIFIER, Role.INSPECTOR}
)
# The three that administer, kept apart (三员分立): nobody holds two of them.
ADMIN_ROLES: Final = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
# Posts that work from the first hand on, and sign only once a second one has confirmed them.
SECONDED_ROLES: Final = frozenset({Role.UNIT_HEAD})
# Posts that hold only once a second person, of another office, has confirmed them.
CONFIRMED_ROLES: Final = SIGNING_ROLES | ADMIN_ROLES


def roles_against(role: Role) -> frozenset[Role]:
    """The roles that nobody holds beside this one (不相容职务).

    Source: DOMAIN §5, nobody administers and signs; 三员分立, nobody is two of the three administrators.
    """
    if role in ADMIN_ROLES:
        return SIGNING_ROLES | ADMIN_ROLES - {role}
    return ADMIN_ROLES if role in SIGNING_ROLES else frozenset()


def needs_factor(roles: frozenset[Role], rule: str) -> bool:
    """Whether somebody with these roles has to have a second factor (须启用第二验证方式).

    ``rule``: ``optional`` for nobody, ``administrators``, ``signing`` for those who administer or sign, or
    ``all``.
    """
    wanted = {"administrators": ADMIN_ROLES, "signing": CONFIRMED_ROLES, "all": frozenset(Role)}
    return not wanted.get(rule, frozenset()).isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Grant:
    """One post in force (任职): a role in an organisation, holding for everything below it.

    ``path`` is the organisation's materialised path: fixed-width steps, so a prefix is an ancestor or itself.
    ``acting_for`` is the person whose post it is while that person is away (代理), ``acting_for_label`` the
    name to record; None where the post is one's own. ``by_two`` is False of a post that one administrator
    alone has given: it works and signs nothing.
    """

    role: Role
    organisation_id: int
    path: str
    acting_for: int | None = None
    acting_for_label: str = ""
    by_two: bool = True

    def covers(self, path: str) -> bool:
        """Whether the organisation at ``path`` is this post's own or lies below it."""
        return path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person belongs or belonged (所在单位): by a post, or (``role`` None) where the person works.

    ``started_on`` is the first day of a post; ``ended_on`` the first on which it no longer held, None while
    it holds.
    """

    path: str
    role: Role | None = None
    ended_on: date | None = None
    started_on: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who acts, with every post in force (当事人). ``label`` is the name to record.

    ``seats`` say where the person belongs or ever belonged; they give no right, they only take some away.
    """

    person_id: int
    label: str
    grants: tuple[Grant, ...] = ()
    seats: tuple[Seat, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """All roles held anywhere."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def administers(self) -> bool:
        """Whether any of the three administrator's posts is held anywhere."""
        return not ADMIN_ROLES.isdisjoint(self.roles)

    def has(self, role: Role, path: str | None = None) -> bool:
        """Whether the role is held anywhere, or over the organisation at ``path``."""
        return any(grant.role is role and (path is None or grant.covers(path)) for grant in self.grants)

    def has_about(self, role: Role, path: str) -> bool:
        """Whether the role is held at, above or below the organisation at ``path``."""
        return any(
            grant.role is role and (grant.covers(path) or grant.path.startswith(path))
            for grant in self.grants
        )

    @property
    def belonging(self) -> tuple[Seat, ...]:
        """Every seat, those of the posts in force among them."""
        return (*self.seats, *(Seat(grant.path, grant.role) for grant in self.grants))

    def paths_of(self, *roles: Role) -> tuple[str, ...]:
        """The organisations over which one of the roles is held, without those below another of them."""
        paths = sorted({grant.path for grant in self.grants if grant.role in roles})
        return tuple(path for path in paths if not any(path != top and path.startswith(top) for top in paths))
