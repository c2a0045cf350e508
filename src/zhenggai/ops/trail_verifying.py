"""Checking the trail from the command line (验链)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zhenggai.ops.errors import ChainMissingError
from zhenggai.ops.language import _, translate
from zhenggai.ops.migrating import missing_migrations
from zhenggai.ops.telling import say
from zhenggai.ops.terminal import heading
from zhenggai.trail import selectors
from zhenggai.trail.chains import ChainKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.trail.selectors import ChainReport


def verify(*, inspection: int | None) -> bool:
    """Recompute the chains, print what was found, and say whether all of it holds.

    Raises:
        ChainMissingError: when the inspection has no chain.
    """
    if missing_migrations():
        click.echo(_("There is no trail yet: the database is not set up. Run zhenggai migrate or serve."))
        return True
    reports = selectors.verify(None if inspection is None else ChainKey.inspection(inspection))
    if inspection is not None and not reports:
        raise ChainMissingError(inspection=inspection)
    missing = selectors.guards_missing()
    for sentence in report_lines(reports):
        say(sentence)
    if missing:
        sentence = _(
            "These triggers that keep the trail append-only are missing: %(names)s. Run zhenggai migrate to "
            "make them again, and find out who dropped them.",
            names="、".join(missing),
        )
        for line in heading(sentence, "red"):
            click.echo(line)
    return not missing and all(report.ok for report in reports)


def report_lines(reports: list[ChainReport]) -> Iterator[str]:
    """What each chain is, how long, whether it holds; every problem; and what was not looked at."""
    for report in reports:
        yield _chain_line(report)
        yield from (f"– {problem.message.render(translate)}" for problem in report.problems)
        if report.unnamed_problems:
            yield "– " + _("… and %(count)s more.", count=report.unnamed_problems)
    if not reports:
        yield _("There is no chain yet: nothing has been recorded.")
    yield from dict.fromkeys(report.note.render(translate) for report in reports if not report.anchored)


def _chain_line(report: ChainReport) -> str:
    names = {
        "inspection": _("Inspection %(key)s", key=report.key),
        "organisation": _("Organisation %(key)s", key=report.key),
    }
    name = names.get(report.kind, _("Events outside every chain"))
    state = _("holds") if report.ok else _("BROKEN")
    return _(
        "%(name)s: %(count)s events, %(state)s (head %(seq)s %(hash)s)",
        name=name,
        count=report.count,
        state=state,
        seq=report.head_seq,
        hash=report.head_hash[:16],
    )
