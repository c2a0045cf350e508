"""What a piece of evidence says that it proves (证明对象): measures, criteria, and who was dealt with."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from zhenggai.domain.closing import visible_text
from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.outcomes import OUTCOME_LABELS, PEOPLE, OutcomeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

HANDLING_LABELS: Final[dict[OutcomeKind, str]] = {
    OutcomeKind.CRITICISM: msg("criticised and instructed"),
    OutcomeKind.REMINDER: msg("reminded in a talk"),
    OutcomeKind.ADMONITION: msg("admonished"),
    OutcomeKind.ORGANISATIONAL: msg("dealt with by the organisation"),
    OutcomeKind.DISCIPLINARY: msg("disciplined by party or administration"),
    OutcomeKind.TRANSFERRED: msg("handed over to other authorities"),
}
"""What was done with one person, by the kind under which outcomes count it."""
PERSON_MOST: Final = 30
PEOPLE_MOST: Final = 50
# the beginning of a number of identity, telephone or account
_DIGITS: Final = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class DealtWith:
    """A person as the unit writes it (张某某), and what was done (处理结果)."""

    person: str
    handling: OutcomeKind


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a piece of evidence beside its title (佐证说明): number, issuer, what it proves."""

    document_number: str = ""
    issuer: str = ""
    measure_ids: tuple[int, ...] = ()
    criterion_ids: tuple[int, ...] = ()
    people: tuple[DealtWith, ...] = ()


class PersonLabelError(InvalidError):
    """A person that is not written as persons are written here (人员写法有误)."""

    code = "person_label"
    template: ClassVar[str] = msg(
        "“%(person)s” is not taken as a person: write a name as the unit writes it, as 张某某, in one line "
        "of at most %(most)s characters. Nothing was changed."
    )
    number_template: ClassVar[str] = msg(
        "A person is written by name alone, as 张某某: numbers of identity, telephone or account do not "
        "belong here. Nothing was changed."
    )


class HandlingError(InvalidError):
    """What was done with a person is none of the kinds (处理方式有误)."""

    code = "handling_unknown"
    template: ClassVar[str] = msg(
        "“%(handling)s” is nothing that is done with one person. A person is criticised, reminded, "
        "admonished, dealt with by the organisation, disciplined or handed over; nothing was changed."
    )


class TooManyPeopleError(InvalidError):
    """One piece of evidence names more people than are taken (人数过多)."""

    code = "people_too_many"
    template: ClassVar[str] = msg(
        "One piece of evidence names at most %(most)s people, and here are %(count)s. Divide it; nothing was "
        "changed."
    )


def people_dealt_with(people: Iterable[DealtWith]) -> tuple[DealtWith, ...]:
    """The people that a piece of evidence shows dealt with (责任追究人员), each with each handling once.

    :raises PersonLabelError: for an empty or long name, several lines, or six digits in a row.
    :raises HandlingError: for a kind that is not done with people.
    :raises TooManyPeopleError: for more than 50.
    """
    found = tuple(dict.fromkeys(_checked(each) for each in people))
    if len(found) > PEOPLE_MOST:
        raise TooManyPeopleError(most=PEOPLE_MOST, count=len(found))
    return found


def _checked(each: DealtWith) -> DealtWith:
    person = visible_text(each.person)
    if _DIGITS.search(unicodedata.normalize("NFKC", person).replace(" ", "").replace("-", "")):
        # the number itself is not said again
        raise PersonLabelError(PersonLabelError.number_template)
    if not person or len(person) > PERSON_MOST or len(person.splitlines()) > 1:
        raise PersonLabelError(person=person[:PERSON_MOST], most=PERSON_MOST)
    try:
        handling = OutcomeKind(each.handling)
    except ValueError:
        raise HandlingError(handling=str(each.handling)[:PERSON_MOST]) from None
    if handling not in PEOPLE:
        raise HandlingError(handling=Message(OUTCOME_LABELS[handling]))
    return DealtWith(person, handling)
