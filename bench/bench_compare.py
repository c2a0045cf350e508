"""100,000 findings of a draft compared with as many of a ledger: ``python bench/bench_compare.py [COUNT]``.

End to end: matching, differences field by field, the rows written, the figures and a page of them. A tenth of
the draft says its title in other words, a tenth has other claims, one in a hundred is new. In a database of
its own, SQLite in a temporary folder. A run of a tenth of the size tells whether it grows faster than that.
"""

# ruff: noqa: PLC0415 - models load only after Django is set up with that folder

from __future__ import annotations

import copy
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from bench_ledger import place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


def filled(inspection_id: int, findings: int) -> None:
    """Fill the ledger up with findings like the first thousand, past the services: they take five minutes."""
    from zhenggai.ledger.models import Finding

    known = list(Finding.objects.filter(inspection_id=inspection_id).order_by("position"))

    def copies() -> Iterator[Finding]:
        for position in range(len(known) + 1, findings + 1):
            row = copy.copy(known[position % len(known)])
            row.pk, row.position = None, position
            row.number = f"二/({position // 100})/{position % 100}"
            row.title = f"关于第{position}项{row.title.partition('项')[2]}"
            yield row

    made = copies()
    while batch := list(islice(made, 1_000)):
        Finding.objects.bulk_create(batch)


def drafts(intake: Any, inspection_id: int) -> Iterator[Any]:
    """The draft's findings: those of the ledger, some in other words."""
    from zhenggai.intake.models import DraftFinding
    from zhenggai.ledger.models import Finding

    names = ("number", "title", "problem", "theme__title")
    rows = Finding.objects.filter(inspection_id=inspection_id).order_by("position").values_list(*names)
    for position, (number, title, problem, theme) in enumerate(rows.iterator(chunk_size=2_000)):
        made = DraftFinding(
            intake=intake, position=position, number=number, title=title, problem=problem, theme=theme or ""
        )
        if position % 10 == 1:
            made.title = title.replace("管理不规范", "日常管理不够规范")
        elif position % 10 == 2:
            made.status_text, made.stated_progress = "整改完成", "done"
        elif position % 100 == 3:
            made.number, made.title, made.problem = f"新{position}", f"新发现的第{position}件事项未落实", ""
        yield made


def timed(label: str, work: Callable[[], Any]) -> Any:
    start, wall = time.process_time(), time.perf_counter()
    made = work()
    print(
        f"  {label:<28} {time.process_time() - start:8.1f} s of the processor, "
        f"{time.perf_counter() - wall:8.1f} s",
        flush=True,
    )
    return made


def main(findings: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    from zhenggai.accounts.models import Organisation
    from zhenggai.intake.comparisons import DIFFERING, figures_of, moved_of, rows_of
    from zhenggai.intake.models import DraftFinding, Intake
    from zhenggai.intake.services.comparing import comparison_make
    from zhenggai.intake.states import IntakeState

    clerk, _handler, inspection_id = place(1_000)
    filled(inspection_id, findings)
    intake = Intake.objects.create(
        name="台账.xlsx",
        organisation=Organisation.objects.get(depth=1),
        uploader_id=clerk.person_id,
        sha256="d" * 64,
        size_bytes=1,
        media_type="application/octet-stream",
        state=IntakeState.DRAFT.value,
        received_at=AT,
    )
    made = drafts(intake, inspection_id)
    DraftFinding.objects.bulk_create(made, batch_size=1_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    given = {"intake_id": intake.pk, "version": intake.version, "inspection_id": inspection_id}
    print(f"{findings:,} findings compared with as many:")
    comparison = timed("compared and written", lambda: comparison_make(actor=clerk, at=AT, **given))
    figures = timed("figures", lambda: figures_of(clerk, comparison))
    timed("what moved since", lambda: moved_of(clerk, comparison))
    timed("a page of what differs", lambda: list(rows_of(comparison, DIFFERING)[:20]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"  {figures.same:,} the same, {figures.changed:,} of them changed, "
        f"{figures.add:,} new, {figures.ask:,} asked"
    )
    print(f"  peak memory {peak / 1024:.0f} MiB, {before / 1024:.0f} MiB before")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHENGGAI_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhenggai.config.settings"
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
