"""How long the list of a ledger takes with 10,000 findings: ``python bench/bench_ledger.py [FINDINGS]``.

In a database of its own: SQLite in a temporary folder.
"""

# ruff: noqa: PLC0415 - models load only after Django is set up with that folder

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.domain.actor import Actor

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
WORDS = ("台账", "采购", "值班", "工程", "培训", "经费", "档案", "公车", "津贴", "验收", "合同", "招标")


def median_of(repeats: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


def place(findings: int) -> tuple[Actor, Actor, int]:
    """One organisation with an office clerk and a handler, and an inspection with that many findings."""
    from zhenggai.accounts.kinds import OrganisationKind
    from zhenggai.accounts.models import Organisation, Person, Post
    from zhenggai.domain.actor import Actor, Grant, Role
    from zhenggai.domain.inspections import InspectionKind
    from zhenggai.domain.reading import DocumentKind, StatedProgress
    from zhenggai.ledger import services
    from zhenggai.ledger.imports import ImportedDocument, ImportedFinding, ImportedItem
    from zhenggai.ledger.models import Finding, FixingUnit
    from zhenggai.ledger.order_keys import order_keys_put

    bureau = Organisation.objects.add_root(
        instance=Organisation(name="云山县示例局", kind=OrganisationKind.AUTHORITY)
    )
    unit = Organisation.objects.add_child(
        bureau, instance=Organisation(name="示例股", kind=OrganisationKind.UNIT)
    )
    person = Person(username="bench", name="量示例", organisation=bureau, created_at=AT)
    person.set_unusable_password()
    person.save()
    granter = Person(username="granter", name="授示例", organisation=bureau, created_at=AT)
    granter.set_unusable_password()
    granter.save()
    second = Person(username="second", name="乙示例", organisation=bureau, created_at=AT)
    second.set_unusable_password()
    second.save()
    Post.objects.create(
        person=person,
        organisation=bureau,
        role=Role.OFFICE_CLERK.value,
        started_on=date(2026, 1, 1),
        granted_by=granter,
        confirmed_by=second,
        confirmed_at=AT,
    )
    clerk = Actor(person.pk, person.name, (Grant(Role.OFFICE_CLERK, bureau.pk, bureau.path),))
    handler = Actor(person.pk, person.name, (Grant(Role.HANDLER, unit.pk, unit.path),))
    inspection = services.inspection_create(
        actor=clerk, at=AT, title="示例巡察", kind=InspectionKind.INSPECTION, subject_id=bureau.pk
    )
    dice = random.Random(20260302)
    states = [None, *StatedProgress]
    imported = [
        ImportedFinding(
            title=f"关于第{number}项{dice.choice(WORDS)}{dice.choice(WORDS)}管理不规范问题",
            number=f"二/({number // 100})/{number % 100}",
            theme=f"方面{number % 7}",
            leader=dice.choice(("张示例", "李示例", "")),
            unit=f"{dice.choice(WORDS)}示例股",
            problem="示例问题，" * dice.randint(2, 12),
            stated_progress=dice.choice(states),
            measures=(ImportedItem("逐笔核对并形成清单"),),
            actions=(ImportedItem("召开会议一次"),),
        )
        for number in range(findings)
    ]
    document = ImportedDocument(
        kind=DocumentKind.NOTICE,
        title="示例通报",
        name="bench.txt",
        blob_sha256="a" * 64,
        reading_sha256="b" * 64,
        text_sha256="c" * 64,
    )
    start = time.perf_counter()
    services.ledger_import(
        actor=clerk, at=AT, inspection_id=inspection.pk, document=document, findings=imported
    )
    print(
        f"{findings:,} findings into the ledger, with trail and search: {time.perf_counter() - start:6.1f} s"
    )
    for number in range(1, 60):
        due = TODAY + timedelta(days=dice.randint(-200, 200))
        rows = Finding.objects.filter(inspection=inspection, position__in=range(number, findings, 60))
        if number % 4 == 0:
            FixingUnit.objects.bulk_create(FixingUnit(finding=row, unit=unit, since=AT) for row in rows)
        rows.update(due=due, first_due=due, lead_unit=unit if number % 4 == 0 else None)
        for row in rows.select_related("theme", "lead_unit", "responsible_leader"):
            order_keys_put(row)
    return clerk, handler, inspection.pk


def main(findings: int) -> None:
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    django.setup()
    call_command("migrate", verbosity=0)

    from zhenggai.domain.lifecycle import Stage
    from zhenggai.ledger import selectors
    from zhenggai.ledger.dashboard import dashboard_on
    from zhenggai.ledger.figures import figures_on
    from zhenggai.ledger.listing import FindingFilters, FindingOrder, Order, order_read
    from zhenggai.ledger.models import Finding

    clerk, handler, inspection_id = place(findings)
    print(f"server time of a page of 50 among {findings:,} on {connection.vendor}, median of 9:")

    def page(label: str, actor: Actor, filters: FindingFilters, order: Order, number: int = 1) -> None:
        def work() -> object:
            return selectors.findings_page(actor, inspection_id, filters, order, number=number)

        with CaptureQueriesContext(connection) as queries:
            work()
        seconds = median_of(9, work)
        print(f"  {label:<34} {seconds * 1e3:8.1f} ms  {seconds / bare:5.1f} × base  {len(queries)} queries")

    # what the same page costs where nothing is chosen, counted or ordered
    bare = median_of(9, lambda: list(Finding.objects.all()[:50]))
    print(f"  {'base: any 50 findings, unordered':<34} {bare * 1e3:8.1f} ms")
    for order in FindingOrder:
        page(f"by {order.value}", clerk, FindingFilters(), order)
    # the last two tell nothing apart in their first key: the worst that several keys can be
    for said in ("unit,due_last", "theme,stage_last,title", "stage,due", "stage,unit,due_last"):
        page(f"by {said}", clerk, FindingFilters(), order_read(said))
    page("by position, last page", clerk, FindingFilters(), FindingOrder.POSITION, 10**6)
    page("one unit's findings, by due", handler, FindingFilters(), FindingOrder.DUE)
    page("a stage", clerk, FindingFilters(stage=Stage.REGISTERED), FindingOrder.POSITION)
    page("overdue", clerk, FindingFilters(overdue_on=TODAY), FindingOrder.DUE)
    page("two characters found", clerk, FindingFilters(text="采购"), FindingOrder.POSITION)
    page("words found nowhere", clerk, FindingFilters(text="没有这话"), FindingOrder.POSITION)
    counting = median_of(9, lambda: selectors.ledger_counts(clerk, inspection_id, TODAY))
    print(f"  {'all counts':<34} {counting * 1e3:8.1f} ms")
    row = selectors.inspection_get(clerk, inspection_id)
    for label, on in (("figures of today", TODAY), ("figures of a year ago", TODAY - timedelta(days=365))):
        seconds = median_of(3, lambda on=on: figures_on(clerk, row, on))  # type: ignore[misc]
        print(f"  {label:<34} {seconds * 1e3:8.1f} ms  {seconds / counting:5.1f} × all counts")
    for label, on in (
        ("dashboard of today", TODAY),
        ("dashboard of a year ago", TODAY - timedelta(days=365)),
    ):
        with CaptureQueriesContext(connection) as queries:
            dashboard_on(clerk, row, on)
        seconds = median_of(3, lambda on=on: dashboard_on(clerk, row, on))  # type: ignore[misc]
        print(
            f"  {label:<34} {seconds * 1e3:8.1f} ms  {seconds / counting:5.1f} × all counts  "
            f"{len(queries)} queries"
        )
    compared(findings)


def compared(findings: int) -> None:
    """What comparing the ledger with its trail takes, a thousand findings, and in memory."""
    from zhenggai.ledger.comparing import differences

    start = time.perf_counter()
    # the dates and units of this place were set past the services, and each shows
    found = sum(1 for _ in differences())
    seconds = time.perf_counter() - start
    tracemalloc.start()
    for _ in zip(differences(), range(findings), strict=False):
        pass
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(
        f"rows compared with the trail: {seconds / findings * 1e3:6.2f} s a thousand findings, "
        f"{peak_bytes / 2**20:.0f} MiB at most, {found:,} differences"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="zhenggai-bench-") as folder:
        os.environ["ZHENGGAI_DATA_DIR"] = folder
        os.environ["ZHENGGAI_DATABASE_URL"] = ""
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhenggai.config.settings"
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
