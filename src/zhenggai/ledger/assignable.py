"""To whom a finding can be assigned, and who can be listed to see it (可选责任领导、单位与知悉人)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.accounts.selectors import organisations_below, people_with_role
from zhenggai.accounts.staff import staff_of
from zhenggai.domain.actor import ADMIN_ROLES, Role

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.accounts.models import Organisation, Person
    from zhenggai.ledger.models import Finding


def leaders_possible(finding: Finding, on: date) -> QuerySet[Person]:
    """Who can be the responsible leader of a finding (可选责任领导)."""
    return people_with_role(Role.RESPONSIBLE_LEADER, finding.inspection.subject.path, on)


def units_possible(finding: Finding) -> QuerySet[Organisation]:
    """Which organisations can be lead unit (可选责任单位)."""
    return organisations_below(finding.inspection.subject.path)


def readers_possible(finding: Finding, on: date) -> QuerySet[Person]:
    """Who can be on the list of a restricted finding (可列知悉人).

    With a post in the tree of the inspected organisation's root or of the inspecting body's; nobody who
    administers.
    """
    inspection = finding.inspection
    body = inspection.inspector_organisation
    paths = {each.path[: each.steplen] for each in (inspection.subject, body) if each is not None}
    working = staff_of(sorted(paths), sorted(set(Role) - ADMIN_ROLES), on)
    administering = staff_of(sorted(paths), sorted(ADMIN_ROLES), on)
    return working.exclude(pk__in=administering.values("pk"))
