"""A server with the invented county at work and a draft in hand."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from intake_pages.server import serve


def _the_county() -> None:
    from intake.notices import NOISY  # noqa: PLC0415 - after setup
    from reading.workbook.seeded import seeded  # noqa: PLC0415 - after setup
    from web import leading  # noqa: PLC0415 - after setup
    from web import world as worlds  # noqa: PLC0415 - after setup
    from zhenggai.domain.batches import ManyAction  # noqa: PLC0415 - after setup
    from zhenggai.intake import services  # noqa: PLC0415 - after setup
    from zhenggai.ledger.batch_jobs import batch_try  # noqa: PLC0415 - after setup
    from zhenggai.ledger.batch_wishes import BatchWish  # noqa: PLC0415 - after setup
    from zhenggai.ledger.services.batching import batch_make  # noqa: PLC0415 - after setup

    world = worlds.worked_on(worlds.made())
    leading.set_up(world)
    worlds.revised_profile(world)
    worlds.opened_round(world, (world.inspection_id,))
    clerk = world.actor("clerk")
    for action, wish in ((None, None), (ManyAction.ASSIGN, BatchWish(unit_id=world.organisations["业务科"]))):
        batch = batch_make(
            actor=clerk, at=world.clock.tick(), inspection_id=world.inspection_id, finding_ids=None
        )
        if action is not None and wish is not None:
            batch_try(actor=clerk, at=world.clock.tick(), batch_id=batch.pk, action=action, wish=wish)
    for username in ("clerk", "outsider"):
        seat = world.organisations["示例局" if username == "clerk" else "别处局"]
        for name, content in (
            ("示例通报.txt", NOISY.encode()),
            ("图片.png", b"\x89PNG\r\n\x1a\n" + bytes(999)),
            ("台账.xlsx", seeded()[0]),
        ):
            services.intake_receive(
                actor=world.actor(username),
                at=world.clock.tick(),
                organisation_id=seat,
                content=content,
                name=name,
            )


if __name__ == "__main__":
    serve(_the_county)
