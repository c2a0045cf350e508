"""Refusals about workbooks (电子表格的拒绝): each names the document, how it stands and what is possible."""

from __future__ import annotations

from zhenggai.domain.errors import InvalidError, NotAllowedNowError
from zhenggai.domain.messages import msg


class NotAWorkbookError(NotAllowedNowError):
    """The document is no workbook, or was read before workbooks were kept as sheets of cells."""

    code = "intake.no_workbook"
    template = msg(
        "“%(name)s” is not kept as sheets of cells, so there are no columns to name and no cells to look at. "
        "Its draft is worked on beside its text."
    )


class MappingChoiceError(InvalidError):
    """What was chosen for a sheet or a column of a workbook is not among what can be chosen."""

    code = "intake.mapping"


class DraftEditedError(NotAllowedNowError):
    """People have worked on the draft; reading the document anew would lose that, and nobody said so."""

    code = "intake.edited"
    template = msg(
        "People changed %(count)s parts of the draft of “%(name)s”. Reading it by another mapping makes the "
        "draft anew, and these changes would be lost, so nothing was changed yet. Tick that they may be lost "
        "and save once more, or go on with the draft as it is."
    )


class MarkedNotReadyError(NotAllowedNowError):
    """The marked workbook is still being made."""

    code = "intake.marked_not_ready"
    template = msg(
        "The marked copy of “%(name)s” is still being made. The page with the problems of its cells offers "
        "it as soon as it is there."
    )
