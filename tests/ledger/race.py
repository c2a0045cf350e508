"""Many hands on one finding at one moment, on a database whose commits are real; prints what came of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from intake.race import together
from migrated import migrate


def main() -> None:
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()

    from ledger.world import World  # noqa: PLC0415 - likewise
    from zhenggai.accounts.models import Post  # noqa: PLC0415 - likewise
    from zhenggai.accounts.services import post_end  # noqa: PLC0415 - likewise
    from zhenggai.domain.lifecycle import Progress  # noqa: PLC0415 - likewise
    from zhenggai.ledger import services  # noqa: PLC0415 - likewise
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
    said["chains"] = [report.ok for report in verify(None)]
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
