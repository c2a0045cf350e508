"""The shape of a reading (``zhenggai.notice/1``): what the reader understood of one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from zhenggai.domain.spans import Edit, Place, Span

SCHEMA_ID = "zhenggai.notice/1"


class DocumentKind(StrEnum):
    """Kind of document (文种)."""

    FEEDBACK = "feedback"
    PLAN = "plan"
    REPORT = "report"
    NOTICE = "notice"
    CLOSURE_NOTICE = "closure_notice"
    LEDGER = "ledger"
    NEWS = "news"
    OTHER = "other"


class SectionRole(StrEnum):
    """What a heading's section is for."""

    ORGANISATION = "organisation"
    FINDINGS = "findings"
    THEME = "theme"
    GROUP = "group"
    LONG_TERM = "long_term"
    LEADS = "leads"
    NEXT_STEPS = "next_steps"
    CONTACT = "contact"
    ATTACHMENT = "attachment"
    OTHER = "other"


class StatedProgress(StrEnum):
    """Progress as a document states it (原件所称进度)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBSTANTIALLY_DONE = "substantially_done"
    DONE = "done"


class StatedNature(StrEnum):
    """Nature as a document states it (原件所称整改类型)."""

    IMMEDIATE = "immediate"
    TIME_BOUND = "time_bound"
    LONG_TERM = "long_term"


class PartKind(StrEnum):
    """What a stretch of the restored text is to the reader; together the parts cover the text once."""

    FIELD = "field"
    LABEL = "label"
    HEADING = "heading"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of the restored text. ``path`` names the field it fills, e.g. ``findings/3/actions/0``.

    ``rule`` is the stable name of the rule that read it.
    """

    kind: PartKind
    span: Span
    path: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one field of a reading holds what it holds (识读依据): the rule that read it, and where.

    ``path`` names the field, e.g. ``findings/3/due_on`` or ``dates/feedback_on``. ``span`` is null where what
    told it does not stand in the restored text: a line of the web page that was struck, the page's metadata,
    or something that the whole text does not say. ``words`` fill the places of the rule's sentence.
    """

    path: str
    rule: str
    span: Span | None
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read. ``encoding`` is null where the format fixes it.

    Of a PDF: ``picture_pages`` are pictures and were not read, ``recognised_pages`` were read from pictures
    (OCR).
    """

    name: str
    sha256: str
    format: str
    encoding: str | None
    picture_pages: tuple[int, ...] = ()
    recognised_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """Days named by the document; null where it does not say.

    ``published_source`` is ``text``, ``source_line``, ``metadata`` or null.
    """

    on_site: tuple[date, date] | None = None
    feedback_on: date | None = None
    as_of: date | None = None
    published_on: date | None = None
    published_source: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and where its section stands (heading included). ``level`` counts from 1."""

    level: int
    number: str | None
    title: str
    role: SectionRole
    span: Span


@dataclass(frozen=True, slots=True)
class Item:
    """One measure (整改措施) or one action taken (整改情况下的一是二是)."""

    text: str
    span: Span
    leader: str | None = None
    unit: str | None = None
    due_text: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReadFinding:
    """One finding (具体问题) as the document has it. ``number``: the printed path, e.g. ``二/(一)/1/(1)``."""

    number: str | None
    theme: str | None
    group: str | None
    title: str
    span: Span
    problem: str | None = None
    organisation: str | None = None
    measures: tuple[Item, ...] = ()
    actions: tuple[Item, ...] = ()
    result: str | None = None
    status_text: str | None = None
    stated_progress: StatedProgress | None = None
    stated_nature: StatedNature | None = None
    stated_closed: bool | None = None
    responsible_leader: str | None = None
    lead_unit: str | None = None
    supporting_units: tuple[str, ...] = ()
    due_text: str | None = None
    due_on: date | None = None
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated figure; ``value`` is the decimal as stated. Figures of one ``group`` belong together."""

    label: str
    value: str
    unit: str | None
    group: int


@dataclass(frozen=True, slots=True)
class Statistic:
    """One sentence that states figures."""

    text: str
    span: Span
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Where the public may send its opinion."""

    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A stretch that was not understood, and why (an English msgid)."""

    text: str
    why: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader understood of one document.

    Spans are code points of ``text`` (the restored text); spans of ``edits`` are code points of ``decoded``.
    ``edits``, ``parts``, ``unread`` and ``places`` may be lazy sequences. ``parts`` is sorted and covers
    ``text`` exactly once. ``places`` leads from code points of ``decoded`` back into a file of pages,
    paragraphs or cells; it is no part of the JSON.
    ``explained`` is filled, in the order of the fields, only where the reader was asked to explain itself.
    """

    kind: DocumentKind
    source: Source
    decoded: str
    text: str
    edits: Sequence[Edit]
    parts: Sequence[Part] = ()
    title: str | None = None
    organisation: str | None = None
    inspector: str | None = None
    dates: Dates = field(default_factory=Dates)
    sections: tuple[Section, ...] = ()
    findings: tuple[ReadFinding, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    contact: Contact | None = None
    truncated: bool = False
    unread: Sequence[Unread] = ()
    places: Sequence[Place] = ()
    explained: tuple[Explanation, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain JSON values of schema ``zhenggai.notice/1``."""
        return {
            "schema": SCHEMA_ID,
            "kind": self.kind.value,
            "source": _plain(self.source),
            "title": self.title,
            "organisation": self.organisation,
            "inspector": self.inspector,
            "dates": _plain(self.dates),
            "sections": [_plain(section) for section in self.sections],
            "findings": [_plain(finding) for finding in self.findings],
            "statistics": [_plain(statistic) for statistic in self.statistics],
            "contact": _contact(self.contact),
            "truncated": self.truncated,
            "unread": [_plain(unread) for unread in self.unread],
            "edits": [_plain(edit) for edit in self.edits],
        }


def _contact(contact: Contact | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    plain: dict[str, Any] = _plain(contact)
    if plain["span"] is None:
        del plain["span"]
    return plain


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
