"""Checking the trail from the command line (验链)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from django.conf import settings

from zhenggai.accounts import selectors as accounts
from zhenggai.ledger import comparing
from zhenggai.ledger import selectors as ledger
from zhenggai.ledger.sight import restricted_events
from zhenggai.ops.errors import ChainMissingError
from zhenggai.ops.language import _, translate
from zhenggai.ops.migrating import missing_migrations
from zhenggai.ops.telling import say
from zhenggai.ops.terminal import heading
from zhenggai.ops.trail_words import chain_words, tell_anchors
from zhenggai.proofs.anchors import AnchorReason
from zhenggai.proofs.exporting import event_line, opening_line
from zhenggai.proofs.signing import public_of
from zhenggai.trail import anchoring, selectors
from zhenggai.trail.chains import ChainKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhenggai.trail.selectors import ChainReport

DIFFERENCES_MOST: Final = 200


def verify(
    *, inspection: int | None, anchor_file: Path | None, public: bytes | None, files: bool = False
) -> bool:
    """Recompute the chains, compare the ledger with them, print what was found, and say whether all holds.

    ``files`` reads every stored file of the ledger and compares it with its hash.
    ``anchor_file`` is compared, else this system's own where there is one; ``public`` is the key it must be
    signed with.

    Raises:
        ChainMissingError: when the inspection has no chain.
    """
    if missing_migrations():
        click.echo(_("There is no trail yet: the database is not set up. Run zhenggai migrate or serve."))
        return True
    anchors = anchoring.own_anchors() if anchor_file is None else anchoring.anchors_of(anchor_file, public)
    reports = selectors.verify(None if inspection is None else ChainKey.inspection(inspection), anchors)
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
    agrees = _compare(inspection, files=files)
    known = {(report.kind, report.key) for report in reports}
    without = _without_chain(known) if inspection is None else []
    for sentence in without:
        say(f"– {sentence}")
    anchored = anchors is None or tell_anchors(
        anchors, is_own=anchor_file is None, is_keyed=public is not None
    )
    return agrees and not missing and not without and anchored and all(report.ok for report in reports)


def _compare(inspection: int | None, *, files: bool) -> bool:
    """Compare the rows of the ledger with the trail, say each difference, and whether there is none."""
    count = 0
    for count, difference in enumerate(comparing.differences(inspection, files=files), start=1):
        if count <= DIFFERENCES_MOST:
            say(f"– [{difference.code.value}] {difference.message.render(translate)}")
    if count > DIFFERENCES_MOST:
        say("– " + _("… and %(count)s more.", count=count - DIFFERENCES_MOST))
    if count:
        sentence = _("The ledger differs from the trail in %(count)s places, named above.", count=count)
        for line in heading(sentence, "red"):
            click.echo(line)
    elif files:
        say(_("The ledger says what the trail says, and every stored file of it has its bytes."))
    else:
        say(_("The ledger says what the trail says. With --files every stored file is read as well."))
    return not count


def _without_chain(known: set[tuple[str, int]]) -> list[str]:
    """What stands in the ledger or among the organisations although all that happened to it is gone."""
    sentences = [
        _("Inspection %(key)s stands in the ledger and has no chain: its chain was removed.", key=key)
        for key in ledger.inspection_ids()
        if ("inspection", key) not in known
    ]
    sentences += [
        _("Organisation %(key)s is there and has no chain: its chain was removed.", key=key)
        for key in accounts.organisation_root_ids()
        if ("organisation", key) not in known
    ]
    return sentences


def anchor(*, at: datetime) -> None:
    """Anchor every chain now and say where."""
    heads = anchoring.anchor_heads(at=at, reason=AnchorReason.ON_DEMAND)
    if not heads:
        click.echo(_("There is no chain yet: nothing has been recorded."))
        return
    click.echo(
        _(
            "%(count)s heads were anchored in %(path)s, signed with the key %(key)s.",
            count=len(heads),
            path=settings.ZHENGGAI_ANCHOR_FILE,
            key=public_of(anchoring.anchor_key()).hex(),
        )
    )


def export(
    *, inspection: int | None, target: Path, at: datetime, with_values: bool, with_restricted: bool = False
) -> None:
    """Write one chain, or all of them, as a file that can be checked without this system, and anchor them.

    Of events that tell of restricted findings the digests alone are written, unless ``with_restricted``.

    Raises:
        ChainMissingError: when the inspection has no chain.
    """
    wanted = selectors.chains() if inspection is None else [ChainKey.inspection(inspection)]
    count = 0
    part = target.with_name(f"{target.name}.part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        for chain in wanted:
            found = selectors.records_of(chain)
            if found is None:
                part.unlink()
                raise ChainMissingError(inspection=chain.key)
            head, records = found
            kept = None if with_restricted else restricted_events(chain)
            file.write(opening_line(*chain, head, with_values=with_values))
            for record in records:
                is_kept = kept is not None and kept(record.header.subject_kind, record.header.subject_id)
                file.write(event_line(record, with_values=with_values and not is_kept))
                count += 1
    part.replace(target)
    anchoring.anchor_heads(at=at, reason=AnchorReason.EXPORT, chains=wanted)
    click.echo(
        _(
            "%(count)s events of %(chains)s chains were written to %(path)s. Anybody can check them with: "
            "zhenggai trail verify --export %(path)s --anchor %(anchors)s --key %(key)s",
            count=count,
            chains=len(wanted),
            path=target,
            anchors=Path(settings.ZHENGGAI_ANCHOR_FILE).name,
            key=public_of(anchoring.anchor_key()).hex(),
        )
    )


def report_lines(reports: list[ChainReport]) -> Iterator[str]:
    """What each chain is, how long, whether it holds; every problem; and what was not looked at."""
    for report in reports:
        yield _chain_line(report)
        yield from (f"– {problem.message.render(translate)}" for problem in report.problems)
        yield from (f"– {message.render(translate)}" for message in report.anchor_problems)
        if report.unnamed_problems:
            yield "– " + _("… and %(count)s more.", count=report.unnamed_problems)
    if not reports:
        yield _("There is no chain yet: nothing has been recorded.")
    yield from dict.fromkeys(report.note.render(translate) for report in reports if not report.anchored)


def _chain_line(report: ChainReport) -> str:
    words = chain_words(
        report.kind,
        report.key,
        count=report.count,
        holds=report.ok,
        seq=report.head_seq,
        hash_=report.head_hash,
    )
    return f"{words} {report.note.render(translate)}" if report.anchored else words
