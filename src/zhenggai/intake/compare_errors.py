"""Refusals of comparing a draft with a ledger (比对的拒绝)."""

from __future__ import annotations

from typing import Any, ClassVar

from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError
from zhenggai.domain.messages import msg


class ComparisonNeededError(NotAllowedNowError):
    """The inspection has findings (``inspection_id``), so the draft is compared with them first."""

    code = "intake.comparison_needed"
    template: ClassVar[str] = msg(
        "The inspection has findings already, and what is in its ledger is not entered a second time. "
        "Compare “%(name)s” with the ledger and choose what is added and what is taken; nothing was written."
    )

    def __init__(self, *, inspection_id: int, **values: Any) -> None:
        self.inspection_id = inspection_id
        super().__init__(**values)


class ComparisonNotFoundError(NotFoundError):
    """This person has not compared the draft with a ledger."""

    code = "intake.no_comparison"
    template: ClassVar[str] = msg(
        "“%(name)s” is not being compared with a ledger by you. Open its draft, choose the inspection and "
        "compare."
    )


class ComparisonChangedError(NotAllowedNowError):
    """Choices were made on another page since this one was shown."""

    code = "intake.comparison_changed"
    template: ClassVar[str] = msg(
        "You chose something else on another page after this one was shown, so nothing was done here. The "
        "page now shows your choices as they stand."
    )


class ComparisonBusyError(NotAllowedNowError):
    """A job compares the draft or takes it into the ledger."""

    code = "intake.comparison_busy"
    template: ClassVar[str] = msg(
        "“%(name)s” is being compared or taken into the ledger at this moment, so nothing else was begun. "
        "The page shows when it is done."
    )


class ComparisonOutdatedError(NotAllowedNowError):
    """The draft was changed after it was compared."""

    code = "intake.comparison_outdated"
    template: ClassVar[str] = msg(
        "The draft of “%(name)s” was changed after it was compared with the ledger, so nothing was written. "
        "Compare again; what you chose stays where it still fits."
    )


class LedgerMovedError(NotAllowedNowError):
    """Findings of the ledger were changed after they were compared (``count``)."""

    code = "intake.ledger_moved"
    template: ClassVar[str] = msg(
        "%(count)s findings of the ledger were changed after they were compared, so nothing was written. "
        "Compare again; what you chose stays where it still fits."
    )


class NotAllTakenError(NotAllowedNowError):
    """Rows would be left out (``count``), and nobody has said that this is meant."""

    code = "intake.not_all_taken"
    template: ClassVar[str] = msg(
        "%(count)s findings of the file would be left out: %(asked)s that are asked about, %(unfit)s that a "
        "ledger cannot take, %(chosen)s that you left out. Answer and correct them, or tick that %(count)s "
        "are left out. Nothing was written."
    )


class RowChoiceError(InvalidError):
    """What was chosen for a row is none of what can be chosen for it."""

    code = "intake.row_choice"
    template: ClassVar[str] = msg(
        "What was chosen for finding %(place)s of the file cannot be chosen for it. Choose one of those that "
        "the page shows; none of the choices was kept."
    )


class FindingGivenTwiceError(InvalidError):
    """Two rows of the file would be the same finding of the ledger."""

    code = "intake.finding_twice"
    template: ClassVar[str] = msg(
        "Finding %(place)s of the file would be the finding of the ledger that number %(other)s is already. "
        "One finding is one row: change the other first. None of the choices was kept."
    )
