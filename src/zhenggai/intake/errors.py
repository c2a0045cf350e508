"""Refusals of intake (收件的拒绝): each names the document, how it stands and what is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.sentences import listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.intake.models import Intake


class IntakeNotFoundError(NotFoundError):
    """There is no such document, or it is another organisation's (HTTP 404)."""

    code = "intake.not_found"
    template = msg(
        "There is no such document among those of your organisations. The list shows every one you can "
        "work on."
    )


class RowNotFoundError(NotFoundError):
    """The finding, measure or stretch belongs to no draft of this actor (HTTP 404)."""

    code = "intake.row_not_found"
    template = msg(
        "This part of the draft does not exist. Load the page again to see the draft as it stands."
    )


class NothingHandedInError(InvalidError):
    """Neither a file nor text was handed in."""

    code = "intake.nothing"
    template = msg("There is nothing to receive yet: choose a file, or paste the text of the document.")


class TwiceHandedInError(InvalidError):
    """A file and text were handed in together."""

    code = "intake.two_things"
    template = msg(
        "You chose a file and pasted text as well, and one intake holds one document. "
        "Empty one of the two; the other can be handed in next."
    )


class UploadTooLargeError(InvalidError):
    """The upload is beyond what is kept at all; sizes in MiB."""

    code = "intake.too_large"
    template = msg(
        "“%(name)s” is larger than %(limit)s MiB, so nothing of it was kept; what you typed is. Split the "
        "document and hand in the parts, or have the limit raised (ZHENGGAI_MAX_STORED_MIB)."
    )


class TooLargeToReadError(InvalidError):
    """The upload is kept, and is beyond what is read; sizes in MiB."""

    code = "intake.too_large_to_read"
    template = msg(
        "“%(name)s” has %(size)s MiB, and documents up to %(limit)s MiB are read, so it was not read. Hand "
        "in the part that holds the text, or have the limit raised (ZHENGGAI_MAX_UPLOAD_MIB) and have it "
        "read again."
    )


class LiesElsewhereError(NotAllowedNowError):
    """The same bytes lie already under other organisations that the actor works for (``intakes``).

    What the actor may not see is not among them and makes no difference.
    """

    code = "intake.lies_elsewhere"
    template = msg(
        "The same document lies already under %(organisations)s. Open it there; or, if it really is about "
        "“%(organisation)s” as well, receive it once more. Nothing was received yet."
    )

    def __init__(self, intakes: Sequence[Intake], organisation: str) -> None:
        self.intakes = tuple(intakes)
        named = dict.fromkeys(each.organisation.name for each in intakes)
        super().__init__(
            organisations=listing([Message(msg("“%(name)s”"), {"name": name}) for name in named]),
            organisation=organisation,
        )


class OrganisationUnknownError(InvalidError):
    """The organisation chosen for a document is not among those this actor may choose."""

    code = "intake.organisation"
    template = msg("Choose the organisation that this document is about from the list.")


class AlreadyConfirmedError(NotAllowedNowError):
    """The draft has become a ledger (``inspection_id``) and is not edited any more."""

    code = "intake.already_confirmed"
    template = msg(
        "“%(name)s” was confirmed by %(by)s and is in the ledger “%(inspection)s”; a draft becomes a "
        "ledger once. "
        "Nothing was written a second time."
    )

    def __init__(self, *, inspection_id: int, **values: Any) -> None:
        self.inspection_id = inspection_id
        super().__init__(**values)


class NotInLedgerError(NotAllowedNowError):
    """The document is in no ledger, so there is nothing to compare it with once more."""

    code = "intake.not_in_ledger"
    template = msg(
        "“%(name)s” is in no ledger yet, so it is not compared again. Open it as it stands and go on with it."
    )


class NameChoiceError(InvalidError):
    """A name is none of the ledger's, or was said to mean somebody who cannot be meant."""

    code = "intake.name_choice"
    template = msg(
        "“%(wording)s” cannot be said to mean that. Choose one of those that the page shows; nothing was "
        "kept."
    )


class SetAsideError(NotAllowedNowError):
    """The document was set aside; it can be taken up again."""

    code = "intake.set_aside"
    template = msg("“%(name)s” was set aside by %(by)s. Take it up again before working on it.")


class NotReadError(NotAllowedNowError):
    """There is no draft, because the document was not read."""

    code = "intake.not_read"
    template = msg(
        "“%(name)s” has not been read, so there is no draft to work on. Have it read again, or set it aside."
    )


class BeingReadError(NotAllowedNowError):
    """The document is still being read, so there is no draft yet."""

    code = "intake.being_read"
    template = msg(
        "“%(name)s” is still being read, so there is no draft to work on yet, and nothing was changed. Its "
        "page shows how far it is, and the draft as soon as it is there."
    )


class NotReadableAgainError(NotAllowedNowError):
    """A draft exists; reading again would throw the work on it away."""

    code = "intake.has_draft"
    template = msg(
        "“%(name)s” has been read and its draft stands. Reading again would throw away what people did "
        "with it."
    )


class DraftChangedError(NotAllowedNowError):
    """Somebody changed the draft after the page that asks was shown."""

    code = "intake.changed"
    template = msg(
        "The draft of “%(name)s” was changed by somebody else after you opened this page, so nothing was "
        "written. "
        "The page now shows it as it stands; look through it and confirm again."
    )


class UnreadLeftError(NotAllowedNowError):
    """Stretches wait for a decision (``count``)."""

    code = "intake.unread_left"
    template = msg(
        "%(count)s stretches of “%(name)s” were not understood and nobody has decided about them. Assign "
        "or dismiss "
        "each, or tick that the rest is dismissed."
    )


class NoFindingError(NotAllowedNowError):
    """The draft has no finding, so there is no ledger to make."""

    code = "intake.no_finding"
    template = msg(
        "The draft of “%(name)s” has no finding, and a ledger without one is empty. Add the findings by "
        "hand, "
        "from a selection in the original or with an empty form, or set the document aside."
    )


class TitleMissingError(InvalidError):
    """Findings of the draft have no title (``count``, first at ``position``)."""

    code = "intake.title_missing"
    template = msg(
        "%(count)s findings of the draft have no title, the first is number %(position)s in the list. "
        "Give each a title, or drop it with a reason."
    )


class DropReasonError(InvalidError):
    """A finding is dropped without saying why."""

    code = "intake.drop_reason"
    template = msg(
        "Say why “%(title)s” is dropped: the reason stays with the document. It was not dropped yet."
    )


class StretchTooLongError(InvalidError):
    """An unread stretch is too long to become one field."""

    code = "intake.stretch_too_long"
    template = msg(
        "This stretch has %(length)s characters, more than the %(limit)s one field takes. Select the part "
        "that "
        "matters in the original and add a finding from it, or dismiss the stretch."
    )


class SelectionEmptyError(InvalidError):
    """A selection in the original holds no text that stands in the restored document."""

    code = "intake.selection"
    template = msg(
        "The selection holds no text of the document itself. Select the words of the finding and add it "
        "again."
    )


class PartChangedError(NotAllowedNowError):
    """A part of the draft was changed after the page that asks was shown (``title``, ``by``)."""

    code = "intake.part_changed"
    template = msg(
        "%(by)s changed “%(title)s” after this page was shown, so nothing was done with it. The page now "
        "shows the draft as it stands; do it again if it is still right."
    )


class NothingToUndoError(NotAllowedNowError):
    """No correction of the draft stands that could be taken back."""

    code = "intake.nothing_to_undo"
    template = msg(
        "Nothing in the structure of “%(name)s” has been changed that could be undone. Text that was typed "
        "is changed by typing again."
    )


class UndoLateError(NotAllowedNowError):
    """Somebody has worked on what the last correction touched, so that undoing it would lose their work."""

    code = "intake.undo_late"
    template = msg(
        "The last correction is not undone, because %(by)s has worked on “%(title)s” since and that would be "
        "lost. Correct it by hand instead."
    )


class NoNeighbourError(NotAllowedNowError):
    """There is no finding after this one to merge it with."""

    code = "intake.no_neighbour"
    template = msg(
        "“%(title)s” is the last finding of the list, so there is none after it to merge with. Choose one "
        "before it instead."
    )


class MergeSelfError(InvalidError):
    """A finding cannot be merged with itself, or with one that is dropped."""

    code = "intake.merge_self"
    template = msg(
        "“%(title)s” can be merged with another finding that is not dropped. Choose one from the list."
    )


class MergeTooLongError(InvalidError):
    """The merged text would be longer than one field takes (``length``, ``limit``)."""

    code = "intake.merge_too_long"
    template = msg(
        "Merged, “%(field)s” would have %(length)s characters, more than the %(limit)s it takes. Shorten one "
        "of the two first; nothing was merged yet."
    )


class SplitWordsError(InvalidError):
    """The words at which something is to be split do not stand in it, or nothing would stay before them."""

    code = "intake.split_words"
    template = msg(
        "“%(title)s” was not split: give the first words of the second part as they stand in it, with "
        "something left before them. “%(words)s” are not such words."
    )


class LevelError(NotAllowedNowError):
    """The level of these headings cannot be changed that way."""

    code = "intake.level"
    template = msg(
        "No heading like that of “%(title)s” can be changed to this level: there is none, it has nothing "
        "under it, or another heading stands at that level already. Change theme and group by hand instead."
    )


class NotInListError(InvalidError):
    """A place that the list does not have (``place``, ``count``)."""

    code = "intake.place"
    template = msg("The list has the places 1 to %(count)s; “%(place)s” is none of them.")
