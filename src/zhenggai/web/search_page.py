"""What a search found, for the page and for the window of Ctrl-K (全局检索)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.accounts.searching import organisations_named, people_named
from zhenggai.accounts.selectors import PEOPLE_ROLES
from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.domain.messages import msg
from zhenggai.ledger import searching
from zhenggai.search.quoting import Piece, marked, named, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.searching import Share

SHOWN_EACH: Final = 6
PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Way:
    """A link below a result: the findings of a unit or a leader in one inspection."""

    word: str
    address: str


@dataclass(frozen=True, slots=True)
class Result:
    """One thing found: where it opens (empty for nowhere), its name, where it belongs, the words."""

    address: str
    title: Sequence[Piece]
    about: str
    quote: Sequence[Piece] = ()
    ways: Sequence[Way] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Results of one kind; ``total`` may be more than are shown."""

    kind: str
    word: str
    icon: str
    results: Sequence[Result]
    total: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Who searches, for what, on which day, and which stretch of the results is wanted."""

    actor: Actor
    query: str
    on: date
    first: int
    most: int

    @property
    def words(self) -> list[str]:
        """The parts of the query."""
        return words_of(self.query)


def sections(actor: Actor, query: str, on: date) -> list[Section]:
    """The beginning of what was found of every kind; kinds without a result are left out."""
    asked = Asked(actor, query, on, 0, SHOWN_EACH)
    kinds = _ABOUT_ADMINISTERED if actor.administers else _KINDS
    found = [section(asked, kind) for kind in kinds]
    return [each for each in found if each.total]


def section(asked: Asked, kind: str) -> Section:
    """What was found of one kind."""
    word, icon, find = _KINDS[kind]
    results, total = find(asked) if asked.words else ([], 0)
    return Section(kind, _(word), icon, results, total)


def is_kind(actor: Actor, kind: str) -> bool:
    """Whether the actor can ask for the kind."""
    return kind in (_ABOUT_ADMINISTERED if actor.administers else _KINDS)


def _findings(asked: Asked) -> tuple[list[Result], int]:
    hits = searching.findings_found(asked.actor, asked.query, first=asked.first, most=asked.most)
    results = [
        Result(
            reverse("finding", args=[hit.row.pk]),
            marked(f"{hit.row.number} {hit.row.title}".strip(), asked.words),
            hit.row.inspection.title,
            marked(hit.quote, asked.words),
        )
        for hit in hits.rows
    ]
    return results, hits.total


def _evidence(asked: Asked) -> tuple[list[Result], int]:
    hits = searching.evidence_everywhere(asked.actor, asked.query, first=asked.first, most=asked.most)
    results = [
        Result(
            reverse("evidence", args=[hit.row.pk]),
            marked(hit.row.title, asked.words),
            " · ".join((hit.row.file_name, f"{hit.row.finding.number} {hit.row.finding.title}".strip())),
            marked(hit.quote, asked.words),
        )
        for hit in hits.rows
    ]
    return results, hits.total


def _documents(asked: Asked) -> tuple[list[Result], int]:
    hits = searching.documents_found(asked.actor, asked.query, first=asked.first, most=asked.most)
    results = [
        Result(
            reverse("source", args=[row.pk]),
            marked(row.title or row.name, asked.words),
            f"{row.name} · {row.inspection.title}" if row.title else row.inspection.title,
        )
        for row in hits.rows
    ]
    return results, hits.total


def _inspections(asked: Asked) -> tuple[list[Result], int]:
    hits = searching.inspections_found(asked.actor, asked.query, first=asked.first, most=asked.most)
    results = [
        Result(
            reverse("inspection", args=[row.pk]),
            marked(row.title, asked.words),
            " · ".join(part for part in (row.subject.name, row.inspector) if part),
        )
        for row in hits.rows
    ]
    return results, hits.total


def _people(asked: Asked) -> tuple[list[Result], int]:
    among = None if asked.actor.administers else searching.leaders_shown(asked.actor)
    rows = people_named(asked.actor, named(asked.query, "name"), asked.on, among)
    listed: list[Any] = list(rows[asked.first : asked.first + asked.most])
    shares = searching.shares_of_leaders(asked.actor, [row.pk for row in listed])
    results = [
        Result(
            reverse("person", args=[row.pk]) if _keeps_people(asked.actor) else "",
            marked(row.name, asked.words),
            _posts(row),
            ways=_ways(shares.get(row.pk, ()), "leader", row.pk),
        )
        for row in listed
    ]
    return results, rows.count()


def _posts(person: Any) -> str:
    held = [f"{post.organisation.label} {_(ROLE_LABELS[Role(post.role)])}" for post in person.open_posts]
    return " · ".join(dict.fromkeys(held)) or str(person.organisation.label)


def _organisations(asked: Asked) -> tuple[list[Result], int]:
    among = None if asked.actor.administers else searching.units_shown(asked.actor)
    rows = organisations_named(asked.actor, named(asked.query, "name", "short_name"), among)
    listed: list[Any] = list(rows[asked.first : asked.first + asked.most])
    shares = searching.shares_of_units(asked.actor, [row.pk for row in listed])
    results = [
        Result(
            f"{reverse('people')}?organisation={row.pk}" if _keeps_people(asked.actor) else "",
            marked(row.name, asked.words),
            _("merged into %(name)s") % {"name": row.successor.label}
            if row.successor
            else ("" if row.is_active else _("closed")),
            ways=_ways(shares.get(row.pk, ()), "lead", row.pk),
        )
        for row in listed
    ]
    return results, rows.count()


def _keeps_people(actor: Actor) -> bool:
    return any(actor.has(role) for role in PEOPLE_ROLES)


def _ways(shares: Collection[Share], name: str, key: int) -> list[Way]:
    return [
        Way(
            _("%(title)s: %(number)s") % {"title": share.title, "number": share.number},
            f"{reverse('inspection', args=[share.inspection_id])}?{name}={key}",
        )
        for share in shares
    ]


_KINDS: Final[Mapping[str, tuple[str, str, Callable[[Asked], tuple[list[Result], int]]]]] = {
    "finding": (msg("Findings"), "clipboard-list", _findings),
    "inspection": (msg("Inspections"), "list-details", _inspections),
    "evidence": (msg("Evidence"), "paperclip", _evidence),
    "document": (msg("Documents"), "file-text", _documents),
    "organisation": (msg("Organisations"), "building-community", _organisations),
    "person": (msg("People"), "user", _people),
}
# an administrator sees no inspection
_ABOUT_ADMINISTERED: Final = ("organisation", "person")
