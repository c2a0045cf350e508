"""What the rooms below the ledger keep for a time only, cleared away by jobs (定期清理)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings

from zhenggai.accounts.calling import calls_prune
from zhenggai.domain.messages import msg
from zhenggai.files.previews import previews_expire
from zhenggai.files.sweeping import blobs_sweep
from zhenggai.files.untaken import UNTAKEN_KEPT, blobs_untaken_remove
from zhenggai.files.uploading import uploads_expire
from zhenggai.inbox.services import notices_prune
from zhenggai.jobs.declaring import job_task

if TYPE_CHECKING:
    from zhenggai.jobs.running import JobContext

# nobody sends a call again after a month
CALLS_KEPT: Final = timedelta(days=30)


@job_task(label=msg("Clear away notices read long ago"))
def notices_clear(context: JobContext) -> int:
    """Deletes notices read more days ago than the setting says (清理消息), no unread one; how many."""
    kept = timedelta(days=settings.ZHENGGAI_NOTICES_KEPT_DAYS)
    return notices_prune(read_before=context.at - kept)


@job_task(label=msg("Clear away uploads that nobody went on with"))
def uploads_clear(context: JobContext) -> int:
    """Deletes uploads that nothing was added to for as long as the setting says (清理过期上传); how many.

    Files that no form took within five days more go with them, and what a process which was killed left.
    """
    before = context.at - timedelta(hours=settings.ZHENGGAI_UPLOAD_HOURS)
    removed = uploads_expire(at=context.at) + blobs_untaken_remove(before=before - UNTAKEN_KEPT)
    return removed + blobs_sweep(before=before)


@job_task(label=msg("Clear away previews of files drawn long ago"))
def previews_clear(context: JobContext) -> int:
    """Deletes pictures of stored files drawn 30 days ago (清理预览), drawn anew when asked for; how many."""
    return previews_expire(at=context.at)


@job_task(label=msg("Forget which calls of programs were done long ago"))
def calls_clear(context: JobContext) -> int:
    """Deletes keys of calls of 30 days ago (清理幂等记录); how many."""
    return calls_prune(before=context.at - CALLS_KEPT)
