"""Many hands at one moment on steps of several, signatures on paper, and on what comes after a closing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from intake.race import together
from ledger import laddered
from zhenggai.accounts.calling import call_once
from zhenggai.domain.lifecycle import Nature, Progress
from zhenggai.domain.rechecking import ReboundGround
from zhenggai.ledger import services
from zhenggai.ledger.errors import StalePageError
from zhenggai.ledger.models import Finding
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of

if TYPE_CHECKING:
    from ledger.world import World

REASON = "现场仍有两处台账未核对，请补充。"
GOAL, RECHECK, DUE, SEEN = "每季核对一次。", date(2026, 9, 1), date(2026, 8, 1), date(2026, 3, 2)
Act = tuple[Finding, str, Any, dict[str, Any]]
AGAIN = {"ground": ReboundGround.COMPLAINT, "reason": REASON}
FAILS = {"on": SEEN, "holds": False, "text": REASON}
BEGUN = {"goal": GOAL, "due": DUE}


def _event_names(finding: Finding) -> list[str]:
    return list(events_of(ChainKey.inspection(finding.inspection_id)).values_list("name", flat=True))


def at_once(world: World, *acts: Act) -> dict[str, Any]:
    """Each hand acts on the page as it is, and where that is stale, anew on the page as it is then."""
    at, told = world.at(), acts[0][0]
    before = len(_event_names(told))

    def act(number: int) -> str:
        finding, verb, actor, values = acts[number % len(acts)]
        for _ in range(20):
            version = Finding.objects.get(pk=finding.pk).version
            try:
                service = getattr(services, verb)
                service(actor=actor, at=at, finding_id=finding.pk, version=version, **values)
            except StalePageError:
                continue
            return f"{verb} done"
        return "stale"

    said = together(act)
    after = Finding.objects.get(pk=told.pk)
    request = after.closure_requests.last()
    successors = Finding.objects.filter(origin_id=after.origin_id or after.pk)
    return {
        "said": said,
        "stage": after.stage,
        "round": after.round,
        "signers": list(request.signatures.values_list("by_id", flat=True)) if request else [],
        "closures": after.closures.count(),
        "open_successors": successors.exclude(stage__in=["closed", "stage_closed"]).count(),
        "starts": after.stage_starts.count(),
        "events": sorted(_event_names(told)[before:]),
    }


def stage_closed(world: World, finding: Finding | None = None) -> Finding:
    """Long-term work, closed for its stage."""
    row = world.do("finding_accept", world.head, world.assigned(finding, nature=Nature.LONG_TERM))
    row = world.do("progress_report", world.handler, row, progress=Progress.DONE, narrative="已核对。")
    if not row.measures.exists():
        world.do("measure_add", world.clerk, row, text="再核对一遍")
    row = world.request(world.prove(row), stage_goal=GOAL, recheck_on=RECHECK)
    world.do("closure_sign", world.leader, row)
    return world.do("closure_sign", world.clerk, row)


def of_several(world: World) -> dict[str, Any]:
    """The last signatures of a quorum at one moment; a signature on paper beside the same by hand."""
    common = world.inspection
    people = laddered.quorum(world, count=2, of=3)
    one = world.requested()
    world.do("closure_sign", world.leader, one)
    said = {"quorum": at_once(world, *((one, "closure_sign", each, {}) for each in people))}
    said["after the quorum"] = at_once(world, (one, "closure_sign", world.clerk, {}))
    world.inspection = common
    two = world.requested()
    record = laddered.recorded(world, two, world.clerk, signer_id=world.leader.person_id)
    confirming = (two, "signature_confirm", world.verifier, {"record_id": record.pk})
    refusing = (two, "signature_refuse", world.group, {"record_id": record.pk, "reason": REASON})
    said["paper or hand"] = at_once(world, confirming, (two, "closure_sign", world.leader, {}), refusing)
    three = world.requested()
    record = laddered.recorded(world, three, world.group, signer_id=world.leader.person_id)
    twice = (three, "signature_confirm", world.verifier, {"record_id": record.pk})
    said["paper twice"] = at_once(world, twice)
    return said


def afterwards(world: World) -> dict[str, Any]:
    """The next stage, a rebound and a failing re-check of what is closed, at one moment."""
    said = {}
    one = stage_closed(world)
    acts = ("stage_begin", world.clerk, BEGUN), ("recheck_record", world.verifier, FAILS)
    again = (one, "finding_rebound", world.inspector, AGAIN)
    said["stage or rebound"] = at_once(world, *((one, *act) for act in acts), again)
    # the origin and a successor of it that is closed for its stage: each goes on, of the same fault
    for number in range(3):
        origin = world.closed()
        world.do("finding_rebound", world.inspector, origin, **AGAIN)
        successor = stage_closed(world, Finding.objects.get(origin=origin))
        said[f"origin or successor {number}"] = at_once(
            world,
            (origin, "finding_rebound", world.inspector, AGAIN),
            (successor, "stage_begin", world.clerk, BEGUN),
        )
    return said


def keyed(world: World) -> dict[str, Any]:
    """One program sends its signature again and again, as after a time-out, and another takes its key."""
    finding = world.requested()
    at, version = world.at(), finding.version
    before = len(_event_names(finding))

    def sign(number: int) -> str:
        actor = world.clerk if number == 5 else world.leader
        said, is_repeated = call_once(
            key="signature-1",
            asked={"finding": finding.pk, "version": version},
            actor=actor,
            at=at,
            do=lambda: (
                services.closure_sign(actor=actor, at=at, finding_id=finding.pk, version=version).version
            ),
        )
        return f"{said} {'again' if is_repeated else 'first'}"

    outcome = {"said": together(sign), "version": version, "events": _event_names(finding)[before:]}
    # what stands after it says nothing else to whoever asks once more
    return {**outcome, "later": sign(0)}
