"""To whom a finding can be assigned (可选责任领导与单位)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.accounts.selectors import organisations_below, people_with_role
from zhenggai.domain.actor import Role

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
