"""How the steps of a ladder are signed, as a profile says it in JSON (签批方式读取)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.ladder import Body, Step, StepKind
from zhenggai.domain.messages import msg
from zhenggai.domain.profile_reading import Place, ProfileClashError, member, only_keys, texts, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

QUORUM_LEAST: Final = 2
QUORUM_MOST: Final = 30
BODIES_LEAST: Final = 2
BODIES_MOST: Final = 10
_NAME_MOST: Final = 200
_ID_MOST: Final = 2**53
_KEYS: Final = {StepKind.QUORUM: ("kind", "count")}


def ladder_with(ladder: Sequence[Step], said: Any) -> tuple[Step, ...]:
    """The ladder with how each step is signed (签批方式); what is not named is signed as it comes.

    :raises ProfileKeyError: for a step that is not on the ladder, or a key that is missing or unknown.
    :raises ProfileFieldError: for a way in which a step is not signed.
    :raises ProfileClashError: for a joint review without its bodies, or with one twice.
    """
    names = [step.name for step in ladder]
    known = [name for name in names if isinstance(said, Mapping) and name in said]
    named = only_keys(Place("steps"), said, known)
    return tuple(_with(step, named.get(step.name)) for step in ladder)


def steps_said(ladder: Sequence[Step]) -> dict[str, Any]:
    """How the steps are signed that one person does not sign alone, as JSON; `ladder_with` reads it back."""
    return {step.name: _said(step) for step in ladder if step.kind is not StepKind.ONE}


def _said(step: Step) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": step.kind.value}
    if step.kind is StepKind.QUORUM:
        said["count"] = step.count
    if step.bodies:
        said["bodies"] = [
            {"organisation_id": each.organisation_id, "name": each.name} for each in step.bodies
        ]
    return said


def _with(step: Step, said: Any) -> Step:
    at = f"steps.{step.name}"
    is_joint = step.kind is StepKind.ALL
    if said is None:
        if is_joint:
            raise ProfileClashError(_BODIES, least=BODIES_LEAST)
        return step
    keys = said if isinstance(said, Mapping) else {}
    kind = StepKind(member(Place(f"{at}.kind"), keys.get("kind"), step.kinds))
    found = only_keys(Place(at), said, ("kind", "bodies") if is_joint else _KEYS.get(kind, ("kind",)))
    if kind is StepKind.QUORUM:
        return replace(
            step, kind=kind, count=whole(Place(f"{at}.count"), found["count"], QUORUM_LEAST, QUORUM_MOST)
        )
    return replace(step, kind=kind, bodies=_bodies(at, found["bodies"]) if is_joint else ())


def _bodies(at: str, said: Any) -> tuple[Body, ...]:
    listed = said if isinstance(said, list | tuple) else ()
    bodies = tuple(_body(f"{at}.bodies.{place}", each) for place, each in enumerate(listed, 1))
    ids = {each.organisation_id for each in bodies}
    if not BODIES_LEAST <= len(ids) <= BODIES_MOST or len(ids) != len(bodies):
        raise ProfileClashError(_BODIES, least=BODIES_LEAST)
    return bodies


def _body(at: str, said: Any) -> Body:
    found = only_keys(Place(at), said, ("organisation_id", "name"))
    organisation_id = whole(Place(f"{at}.organisation_id"), found["organisation_id"], 1, _ID_MOST)
    (name,) = texts(Place(at), {"name": found["name"]}, ("name",), _NAME_MOST)
    return Body(organisation_id, name)


_BODIES: Final = msg(
    "A joint review needs at least %(least)s bodies, none of them twice. Name them, or take the step off the "
    "ladder. Nothing was changed."
)
