"""What the system does for itself every day (日常维护)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib.sessions.models import Session

from zhenggai.domain.messages import msg
from zhenggai.jobs.declaring import job_task
from zhenggai.jobs.services import jobs_prune
from zhenggai.trail.anchoring import AnchorReason, anchor_heads

if TYPE_CHECKING:
    from zhenggai.jobs.running import JobContext

DONE_KEPT: Final = timedelta(days=30)
FAILED_KEPT: Final = timedelta(days=365)
# no upload takes as long as that; what is older was left by a server that was stopped meanwhile
INCOMING_KEPT: Final = timedelta(days=2)


@job_task(label=msg("Anchor the heads of the trail outside the database"))
def anchor_daily(context: JobContext) -> int:
    """Appends every chain's head to the anchor file (每日锚定); how many. A line twice does no harm."""
    return len(anchor_heads(at=context.at, reason=AnchorReason.DAILY))


@job_task(label=msg("Clear away sessions that have ended"))
def sessions_clear(context: JobContext) -> int:
    """Deletes sessions past their time (清理会话); how many."""
    return Session.objects.filter(expire_date__lt=context.at).delete()[0]


@job_task(label=msg("Clear away finished jobs"))
def jobs_clear(context: JobContext) -> int:
    """Deletes jobs done 30 days ago and given up a year ago (清理任务); how many."""
    at = context.at
    return jobs_prune(done_before=at - DONE_KEPT, failed_before=at - FAILED_KEPT)


@job_task(label=msg("Clear away uploads that never came to their end"))
def incoming_clear(context: JobContext) -> int:
    """Deletes files that lie in the folder of incoming uploads for two days (清理中断的上传); how many."""
    count = 0
    for file in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        # another server of the same folder may be quicker
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < (context.at - INCOMING_KEPT).timestamp():
                file.unlink()
                count += 1
    return count
