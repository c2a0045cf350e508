"""``zhenggai demo`` (演示): everything from a noisy notice to a closed finding, on invented data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.lifecycle import STAGE_LABELS, Stage
from zhenggai.domain.reading import StatedProgress
from zhenggai.ops import cast as people
from zhenggai.ops import demo_evaluated, demo_group, demo_larger
from zhenggai.ops.cast import Cast, StoryClock
from zhenggai.ops.demo_documents import LARGER, TWIN, Document, findings_of, shipped, take_in
from zhenggai.ops.demo_folder import is_demo_folder, sign_ins_write
from zhenggai.ops.demo_walk import walk
from zhenggai.ops.desk import Desk, Team
from zhenggai.ops.errors import DemoElsewhereError
from zhenggai.ops.language import _, translate
from zhenggai.ops.migrating import bring_up_to_date
from zhenggai.ops.serving import address, listen, run
from zhenggai.ops.sources import take
from zhenggai.ops.static_files import collect
from zhenggai.ops.tabulating import reading_lines
from zhenggai.ops.telling import lines, say, scene
from zhenggai.ops.terminal import Column, progress, strong, table
from zhenggai.ops.trail_verifying import report_lines
from zhenggai.reading import read
from zhenggai.trail import selectors as trail
from zhenggai.trail.anchoring import own_anchors

if TYPE_CHECKING:
    from pathlib import Path

    from zhenggai.ledger.models import Finding

# The larger inspection's document is dated 2026-10-15; its story begins the week after, or before today.
STORY_BEGINS = datetime(2026, 10, 19, 1, 0, tzinfo=UTC)
STORY_LASTS = timedelta(days=30)
UNNAMED_SUBJECT = "云山县样例单位"
HOST = "127.0.0.1"


def demonstrate(*, notice: Path | None, port: int | None) -> None:
    """The whole demonstration; ``notice`` replaces the invented one, ``port`` None leaves the server out.

    Raises:
        ZhenggaiError: when the notice cannot be read, the folder holds real data, or the port is taken.
    """
    document = shipped(TWIN) if notice is None else _given(notice)
    reading = read(document.data, name=document.name, max_bytes=settings.ZHENGGAI_MAX_UPLOAD_BYTES)
    listener = None if port is None else listen(HOST, port)
    scene(_("Reading “%(name)s”", name=document.name))
    lines(reading_lines(reading))

    scene(_("Database and invented people"))
    cast, beginning = _prepare()
    # what is walked before the reader's eyes happens in the last minutes
    now = StoryClock(timezone.now() - timedelta(minutes=2), timedelta(seconds=2))
    subject = (reading.organisation or UNNAMED_SUBJECT).strip()[:200]
    subject_id = people.receive_subject(cast, subject, now)
    say(_("Data folder: %(path)s", path=settings.ZHENGGAI_DATA_DIR))

    scene(_("Into the ledger"))
    walked = _ledger(cast, now, document, subject_id)
    _larger(cast, StoryClock(beginning + timedelta(days=1), timedelta(minutes=1)))
    evaluated = demo_evaluated.put_right(
        cast, StoryClock(beginning + timedelta(days=2), timedelta(minutes=1))
    )
    say(_("A small inspection of %(count)s findings, closed and evaluated.", count=len(evaluated)))
    if walked:
        unit_id = cast.unit_ids(subject, now.moment)[people.ONE_UNIT]
        walk(Desk(cast, now, _to_walk(walked), Team("feng", "chen", "chu", unit_id)))

    scene(_("The trail, recomputed"))
    for sentence in report_lines(trail.verify(anchors=own_anchors())):
        say(sentence)

    if listener is not None and port is not None:
        collect()
    scene(_("Sign-ins of the invented people"))
    lines(_sign_in_lines())
    if listener is not None and port is not None:
        click.echo("\n" + strong(_("Zhenggai is at %(address)s", address=address(HOST, port)), "green"))
        click.echo(_("Ctrl+C stops it."))
        run(listener, workers=None, threads=8)


def _given(notice: Path) -> Document:
    given = take(str(notice))
    return Document(given.name, given.data)


def _prepare() -> tuple[Cast, datetime]:
    """Database and people, made or recognised; the moment the story of the larger inspection begins.

    Raises:
        DemoElsewhereError: when the folder holds real data.
    """
    bring_up_to_date()
    beginning = min(STORY_BEGINS, timezone.now() - STORY_LASTS)
    if people.people_there():
        if not is_demo_folder():
            raise DemoElsewhereError(path=str(settings.ZHENGGAI_DATA_DIR))
        say(_("The invented people are there already."))
        with transaction.atomic():
            since = StoryClock(timezone.now() - timedelta(minutes=5), timedelta(seconds=2))
            people.complete(Cast(), since)
            if not demo_group.group_there(Cast(), since):
                demo_group.group_enter(Cast(), since)
        sign_ins_write(people.sign_ins())
        return Cast(), beginning
    if accounts.people_exist():
        raise DemoElsewhereError(path=str(settings.ZHENGGAI_DATA_DIR))
    sign_ins_write(people.sign_ins())
    clock = StoryClock(beginning)
    count = len(people.PARTS) + len(people.GUESTS) + 1
    with progress(count, _("People and posts")) as step, transaction.atomic():
        cast = people.enter(clock, step)
        demo_group.group_enter(cast, clock)
    return cast, beginning


def _ledger(cast: Cast, now: StoryClock, document: Document, subject_id: int) -> list[Finding]:
    """The notice's findings in the ledger; none, with the reason told, where it cannot be confirmed."""
    try:
        inspection_id, is_new = take_in(cast, now, document, subject_id)
    except ZhenggaiError as refusal:
        say(refusal.message.render(translate))
        return []
    findings = findings_of(cast, now, inspection_id)
    if is_new:
        say(_("“%(name)s”: %(count)s findings entered the ledger.", name=document.name, count=len(findings)))
    else:
        say(_("“%(name)s” was recognised: it is in the ledger already.", name=document.name))
    lines(_ledger_lines(findings))
    return findings


def _larger(cast: Cast, clock: StoryClock) -> None:
    subject_id = cast.organisation_id(people.LARGER_SUBJECT, clock.moment)
    if subject_id is None:
        raise LookupError(people.LARGER_SUBJECT)
    document = shipped(LARGER)
    inspection_id, _is_new = take_in(cast, clock, document, subject_id, plan_required=True)
    findings = findings_of(cast, clock, inspection_id)
    if demo_larger.is_fresh(findings):
        with progress(demo_larger.steps(findings), _("A larger inspection")) as step:
            demo_larger.work_on(cast, clock, findings, step, today=timezone.localdate())
        findings = findings_of(cast, clock, inspection_id)
    counts = {stage: sum(finding.stage == stage for finding in findings) for stage in Stage}
    told = " · ".join(f"{translate(STAGE_LABELS[stage])} {count}" for stage, count in counts.items() if count)
    say(_("A larger inspection of %(count)s findings: %(told)s", count=len(findings), told=told))


def _to_walk(findings: list[Finding]) -> Finding:
    """The first finding that the document calls done and that is whole; else the first."""
    done = (each for each in findings if each.stated_progress == StatedProgress.DONE and not each.truncated)
    return next(done, findings[0])


def _ledger_lines(findings: list[Finding]) -> list[str]:
    columns = (
        Column(_("Number")),
        Column(_("Finding"), weight=3),
        Column(_("Status, it says"), weight=1),
        Column(_("Stage here")),
    )
    rows = [
        (
            finding.number,
            finding.title,
            finding.status_text,
            translate(STAGE_LABELS[Stage(finding.stage)]),
        )
        for finding in findings
    ]
    return table(columns, rows)


def _sign_in_lines() -> list[str]:
    columns = (
        Column(_("Person")),
        Column(_("Post"), weight=1),
        Column(_("User name")),
        Column(_("Password")),
    )
    rows = [(one["name"], one["post"], one["username"], one["password"]) for one in people.sign_ins()]
    return table(columns, rows)
