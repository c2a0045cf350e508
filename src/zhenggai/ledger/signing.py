"""How the signatures of a request stand (签批情况): what was given, who was called, which step comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.ladder import Given, bodies_open, is_signed
from zhenggai.ledger.models import ProfileBody

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from zhenggai.domain.ladder import Step
    from zhenggai.ledger.models import ClosureRequest, Inspection, ProfileVersion

_KNOWN = "_review_bodies"


def given_of(request: ClosureRequest | None) -> tuple[Given, ...]:
    """The signatures that stand on a request (有效签批), in their order."""
    if request is None:
        return ()
    rows = request.signatures.all()
    return tuple(Given(each.step, each.by_id, each.body_id, each.acting_for_id) for each in rows)


def called_to(request: ClosureRequest, step: Step) -> frozenset[int] | None:
    """Who was called to sign a step (应签人员); None where nobody is called by name, which asks nothing."""
    if not step.calls:
        return None
    return frozenset(each.person_id for each in request.called.all() if each.step == step.name)


def step_standing(ladder: Iterable[Step], request: ClosureRequest) -> Step | None:
    """The step that waits for signatures (待签步骤), None when every one has them."""
    given = given_of(request)
    waiting = (step for step in ladder if not is_signed(step, given, called_to(request, step) or frozenset()))
    return next(waiting, None)


def review_bodies(inspection: Inspection) -> dict[int, str]:
    """The bodies of the joint review of an inspection, by id, with their paths (联合审核单位路径).

    None are asked for where the rules have none; else one query a version, which `review_bodies_load` spares.
    """
    version = inspection.profile_version
    if not any(step.bodies for step in version.rules.ladder):
        return {}
    known: dict[int, str] | None = version.__dict__.get(_KNOWN)
    if known is None:
        review_bodies_load([inspection])
        known = version.__dict__[_KNOWN]
    return known


def review_bodies_load(inspections: Collection[Inspection]) -> None:
    """Looks up the bodies of many inspections at once; one query."""
    versions: dict[int, list[ProfileVersion]] = {}
    for inspection in inspections:
        version = inspection.profile_version
        if any(step.bodies for step in version.rules.ladder):
            versions.setdefault(version.pk, []).append(version)
    rows = ProfileBody.objects.filter(version__in=versions).select_related("organisation__successor")
    found: dict[int, dict[int, str]] = {pk: {} for pk in versions}
    for row in rows if versions else ():
        # the people of a merged body are those of its successor
        place = row.organisation.successor or row.organisation
        found[row.version_id][row.organisation_id] = place.path
    for pk, same in versions.items():
        for version in same:
            version.__dict__[_KNOWN] = found[pk]


def bodies_waiting(
    step: Step | None, request: ClosureRequest, paths: dict[int, str]
) -> tuple[tuple[int, str], ...]:
    """The bodies that have not signed the step yet (未签单位), by id and path."""
    if step is None:
        return ()
    open_ones = bodies_open(step, given_of(request))
    return tuple((each.organisation_id, paths.get(each.organisation_id, "")) for each in open_ones)
