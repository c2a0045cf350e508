"""Who sees which inspections and findings (可见范围): joins on path prefixes, never lists of ids.

A restricted finding (受限问题) stands outside all of it: the people on its list see it, and nobody else.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q

from zhenggai.accounts.selectors import below
from zhenggai.domain.actor import Role
from zhenggai.domain.policy import GRANTS, Action, Scope, judge, may_view
from zhenggai.ledger.errors import ActionDeniedError
from zhenggai.ledger.facts import facts_of, inspection_facts
from zhenggai.ledger.models import Finding, FindingReader, Inspection, ProfileBody, SupportingUnit

if TYPE_CHECKING:
    from zhenggai.domain.actor import Actor
    from zhenggai.domain.policy import Facts

# Who sees a whole inspection; the others see only what is theirs to work on.
_VIEW: Final = GRANTS[Action.FINDING_VIEW]


def paths_above(path: str) -> list[str]:
    """The path and every one above it."""
    return [path[:end] for end in range(_STEP, len(path) + 1, _STEP)]


def _roles(scope: Scope) -> tuple[Role, ...]:
    return tuple(role for role, each in _VIEW if each is scope)


_SUBJECT_ROLES: Final = _roles(Scope.SUBJECT)
_INSPECTOR_ROLES: Final = _roles(Scope.INSPECTOR)
_REVIEW_ROLES: Final = _roles(Scope.REVIEW)
_UNIT_ROLES: Final = _roles(Scope.UNITS)
_OWN_ROLES: Final = _roles(Scope.OWN)
_NOTHING: Final = Q(pk__in=[])
# characters of a level in a materialised path
_STEP: Final = 4


def inspections_seen(actor: Actor) -> Q:
    """Inspections the actor sees, whole or in part, for a filter on `Inspection`."""
    own = Finding.objects.filter(_open_to(actor, _findings_own(actor)), inspection=OuterRef("pk"))
    return _whole(actor) | Q(Exists(own))


def findings_seen(actor: Actor, inspection: Inspection) -> Q:
    """Findings the actor sees in one inspection, for a filter on `Finding`."""
    return _open_to(actor, Q() if sees_whole(actor, inspection) else _findings_own(actor))


def findings_shown(actor: Actor) -> Q:
    """Findings the actor sees, of whatever inspection, for a filter on `Finding`."""
    return _open_to(actor, _whole(actor, "inspection__") | _findings_own(actor))


def documents_shown(actor: Actor) -> Q:
    """Documents of inspections seen whole, or from which a finding that is seen came, on `SourceDocument`.

    Which of them tell of restricted findings is asked where one is opened.
    """
    theirs = Finding.objects.filter(findings_shown(actor), document=OuterRef("pk"))
    return _whole(actor, "inspection__") | Q(Exists(theirs))


def not_kept_from(actor: Actor) -> Q:
    """Findings that no restriction keeps from the actor (未对其受限), for a filter on `Finding`.

    To be joined with what the actor's posts show; by itself it shows everything that is not restricted.
    """
    return _open_to(actor, Q())


def listed(actor: Actor) -> Q:
    """Restricted findings on whose list the actor is (知悉人), for a filter on `Finding`.

    A list gives nothing to whoever holds no post any more, or administers.
    """
    if actor.administers or not actor.grants:
        return _NOTHING
    rows = FindingReader.objects.filter(
        finding=OuterRef("pk"), person_id=actor.person_id, withdrawn_at__isnull=True
    )
    return ~Q(restricted="") & Q(Exists(rows))


def sees_whole(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor sees every finding of the inspection, loaded with its organisations."""
    return judge(actor, Action.INSPECTION_VIEW, inspection_facts(inspection)).allowed


def finding_seen(actor: Actor, finding: Finding) -> bool:
    """Whether the actor sees the finding, loaded with everything that hangs on it."""
    return may_view(actor, facts_of(finding))


def permit(actor: Actor, action: Action, facts: Facts) -> None:
    """Refuses with the verdict's reason.

    :raises ActionDeniedError: when the verdict is no.
    """
    verdict = judge(actor, action, facts)
    if not verdict.allowed:
        raise ActionDeniedError(reason=verdict.reason)


def _open_to(actor: Actor, by_posts: Q) -> Q:
    return (by_posts & Q(restricted="")) | listed(actor)


def _whole(actor: Actor, way: str = "") -> Q:
    return (
        below(f"{way}subject__path", actor.paths_of(*_SUBJECT_ROLES))
        | below(f"{way}inspector_organisation__path", actor.paths_of(*_INSPECTOR_ROLES))
        | reviewed_by(actor, way)
    )


def reviewed_by(actor: Actor, way: str = "") -> Q:
    """Inspections in whose joint review the actor takes part for a body (联合审核项目)."""
    above = {
        place for grant in actor.grants if grant.role in _REVIEW_ROLES for place in paths_above(grant.path)
    }
    if not above:
        return _NOTHING
    of_body = Q(organisation__path__in=above) | Q(organisation__successor__path__in=above)
    named = ProfileBody.objects.filter(of_body, version=OuterRef(f"{way}profile_version"))
    return Q(Exists(named))


def _findings_own(actor: Actor) -> Q:
    paths = actor.paths_of(*_UNIT_ROLES)
    own = below("lead_unit__path", paths)
    if paths:
        supporting = SupportingUnit.objects.filter(below("unit__path", paths), finding=OuterRef("pk"))
        own |= Q(Exists(supporting))
    return own | led_by(actor, *_OWN_ROLES)


def led_by(actor: Actor, *roles: Role) -> Q:
    """Findings whose named leader the actor is or acts for, holding a role at, above or below the subject."""
    paths: dict[int, list[str]] = {}
    for grant in actor.grants:
        if grant.role in roles:
            # whom an acting post stands for leads where that post is, and nowhere else
            named = actor.person_id if grant.acting_for is None else grant.acting_for
            paths.setdefault(named, []).append(grant.path)
    return reduce(or_, (_led(named, tuple(dict.fromkeys(each))) for named, each in paths.items()), _NOTHING)


def _led(leader_id: int, paths: tuple[str, ...]) -> Q:
    above = {path[:end] for path in paths for end in range(_STEP, len(path) + 1, _STEP)}
    about = below("inspection__subject__path", paths) | Q(inspection__subject__path__in=sorted(above))
    return Q(responsible_leader_id=leader_id) & about
