"""Many hands on one finding at one moment, on a database whose commits are real; prints what came of it."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from intake.race import together
from migrated import migrate


def deadlines(world: Any, at_once: Any, reason: str) -> dict[str, Any]:
    """Requests about one deadline, and decisions on one of them, at one moment."""
    said: dict[str, Any] = {}
    five = world.proven()
    asked = {"new_due": date(2026, 9, 30), "reason": reason}
    goal = {"stage_goal": "每季核对一次。", "recheck_on": date(2026, 12, 1), "reason": reason}
    said["asking"] = at_once(
        five,
        ("extension_request", world.handler, asked),
        ("extension_request", world.head, asked),
        ("long_term_request", world.head, goal),
        ("closure_request", world.handler, {"statement": "请予销号。"}),
    )
    six = world.rectifying()
    world.do("extension_request", world.handler, six, **asked)
    said["deciding"] = at_once(
        six,
        ("deadline_sign", world.leader, {}),
        ("deadline_send_back", world.clerk, {"reason": reason}),
        ("deadline_withdraw", world.handler, {"reason": reason}),
    )
    seven = world.rectifying()
    world.do("extension_request", world.handler, seven, **asked)
    world.do("deadline_sign", world.leader, seven)
    said["granting"] = at_once(seven, ("deadline_sign", world.clerk, {}))
    granted = type(seven).objects.get(pk=seven.pk)
    said["granting"]["due"] = granted.due.isoformat() if granted.due else None
    said["granting"]["approvals"] = granted.deadline_requests.get().signatures.count()
    return said


def main() -> None:
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()

    from ledger.race_afterwards import afterwards, keyed, of_several  # noqa: PLC0415 - likewise
    from ledger.world import World  # noqa: PLC0415 - likewise
    from zhenggai.accounts.models import Post  # noqa: PLC0415 - likewise
    from zhenggai.accounts.services import post_end  # noqa: PLC0415 - likewise
    from zhenggai.domain.lifecycle import Progress  # noqa: PLC0415 - likewise
    from zhenggai.ledger import services  # noqa: PLC0415 - likewise
    from zhenggai.ledger.comparing import differences  # noqa: PLC0415 - likewise
    from zhenggai.ledger.models import Finding  # noqa: PLC0415 - likewise
    from zhenggai.trail.selectors import verify  # noqa: PLC0415 - likewise

    migrate()
    world = World()
    at = world.at()

    def at_once(finding: Finding, *acts: tuple[str, Any, dict[str, Any]]) -> dict[str, Any]:
        version = Finding.objects.get(pk=finding.pk).version

        def act(number: int) -> str:
            verb, actor, values = acts[number % len(acts)]
            service = getattr(services, verb)
            service(actor=actor, at=at, finding_id=finding.pk, version=version, **values)
            return "done"

        said = together(act)
        after = Finding.objects.get(pk=finding.pk)
        request = after.closure_requests.last()
        return {
            "said": said,
            "moved": after.version - version,
            "stage": after.stage,
            "requests": after.closure_requests.count(),
            "signatures": request.signatures.count() if request else 0,
            "closures": after.closures.count(),
            "withdrawn": after.evidence.filter(withdrawn_at__isnull=False).count(),
        }

    reason = "现场仍有两处台账未核对，请补充。"
    one = world.proven()
    evidence = {"evidence_id": one.evidence.get().pk, "reason": "传错了。"}
    said = {
        "requests": at_once(one, ("closure_request", world.handler, {"statement": "请予销号。"})),
        "first": at_once(one, ("closure_sign", world.leader, {})),
        "last": at_once(one, ("closure_sign", world.clerk, {})),
    }
    two = world.requested()
    said["either"] = at_once(
        two,
        ("closure_sign", world.leader, {}),
        ("closure_send_back", world.leader, {"reason": reason}),
        ("closure_withdraw", world.handler, {"reason": "先不报。"}),
        ("situation_raise", world.handler, {"text": "又见一笔。"}),
    )
    three = world.proven()
    evidence["evidence_id"] = three.evidence.get().pk
    said["withdrawing"] = at_once(
        three,
        ("closure_request", world.handler, {"statement": "请予销号。"}),
        ("evidence_withdraw", world.handler, evidence),
        ("measure_add", world.clerk, {"text": "再查一遍"}),
        ("progress_report", world.helper, {"progress": Progress.DONE, "narrative": "完成。"}),
    )
    said |= deadlines(world, at_once, reason)
    later = of_several(world) | afterwards(world) | {"keyed": keyed(world)}
    four = world.requested()
    world.do("closure_sign", world.leader, four)
    version = Finding.objects.get(pk=four.pk).version
    post = Post.objects.get(person_id=world.clerk.person_id)

    def end_or_sign(number: int) -> str:
        if number % 2:
            post_end(post_id=post.pk, actor=world.administrator, at=at)
            return "ended"
        services.closure_sign(actor=world.clerk, at=at, finding_id=four.pk, version=version)
        return "signed"

    ended = together(end_or_sign)
    after = Finding.objects.get(pk=four.pk)
    said["ended"] = {"said": ended, "stage": after.stage, "closures": after.closures.count()}
    said["later"] = later
    said["differences"] = [str(each.message) for each in differences()]
    said["chains"] = [report.ok for report in verify(None)]
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
