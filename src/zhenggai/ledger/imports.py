"""What an import hands to the ledger, as plain values: claims with their places, never states of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhenggai.domain.reading import DocumentKind, StatedNature, StatedProgress
    from zhenggai.domain.spans import Span


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """The confirmed document (来源文件): hashes name stored blobs, ``text_sha256`` the restored text."""

    kind: DocumentKind
    title: str
    name: str
    blob_sha256: str
    reading_sha256: str
    text_sha256: str
    intake_id: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """One measure or one action taken, as a document has it."""

    text: str
    span: Span | None = None
    leader: str = ""
    unit: str = ""
    due_text: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ImportedFinding:
    """One finding as a document has it, or as a person added it while confirming (then without a span)."""

    title: str
    number: str = ""
    theme: str = ""
    group: str = ""
    problem: str = ""
    organisation_label: str = ""
    result: str = ""
    status_text: str = ""
    stated_progress: StatedProgress | None = None
    stated_nature: StatedNature | None = None
    stated_closed: bool | None = None
    leader: str = ""
    unit: str = ""
    supporting: tuple[str, ...] = ()
    due_text: str = ""
    due_on: date | None = None
    span: Span | None = None
    truncated: bool = False
    measures: tuple[ImportedItem, ...] = ()
    actions: tuple[ImportedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class RestatedFinding:
    """A finding of the ledger that a later document tells of, and what of it a person took (采用内容).

    ``version``: the finding as the person saw it. ``values``: by column what it says from now on, ``theme``
    and ``group`` by their titles; ``places``: by column where the document says it. ``measures`` and
    ``actions`` are added to those that are there.
    """

    finding_id: int
    version: int
    span: Span | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)
    measures: tuple[ImportedItem, ...] = ()
    actions: tuple[ImportedItem, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything was taken."""
        return bool(self.values or self.measures or self.actions)
