"""People and units that documents name (原件所列人员和单位): what they may mean, what could be assigned."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from zhenggai.accounts.selectors import organisations_below, people_with_role
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.naming import Named, Proposal, is_sure, people_proposed, units_proposed, wordings_of
from zhenggai.intake.errors import NotInLedgerError
from zhenggai.intake.models import NameMeaning
from zhenggai.intake.selectors import intake_get
from zhenggai.intake.states import NameKind
from zhenggai.ledger.selectors import findings_visible, inspection_get_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.intake.models import Intake

WORDINGS_MOST: Final = 300
AT_ONCE_MOST: Final = 200
_NO_LEADER: Final = msg("It is not said who “%(wording)s” is.")
_LEADER_MISSING: Final = msg("The document names no leader.")
_NO_UNIT: Final = msg("It is not said which unit “%(wording)s” is.")
_UNIT_MISSING: Final = msg("The document names no unit.")
_NO_DUE: Final = msg("The document states no day that could be the deadline.")


@dataclass(frozen=True, slots=True)
class Wording:
    """One name as documents write it (名称), how many findings have it, and what it may mean.

    ``chosen``: what was said of it for this organisation, or what is sure; ``is_said``: that it was said, be
    it that it stays as stated (``chosen`` is None).
    """

    kind: NameKind
    text: str
    count: int
    proposals: tuple[Proposal, ...]
    chosen: int | None
    is_said: bool


@dataclass(frozen=True, slots=True)
class Assignable:
    """A registered finding and what an assignment of it would say (交办建议), or why there is none yet."""

    finding_id: int
    version: int
    name: str
    leader_id: int | None
    unit_id: int | None
    supporting_ids: tuple[int, ...]
    due: date | None
    why: Message | None


@dataclass(frozen=True, slots=True)
class Names:
    """Everything about the names of one ledger (名称识别), as an actor sees it."""

    intake: Intake
    people: Mapping[int, Named]
    units: Mapping[int, Named]
    wordings: tuple[Wording, ...]
    rows: tuple[Assignable, ...]

    @property
    def ready(self) -> tuple[Assignable, ...]:
        """What could be assigned now."""
        return tuple(row for row in self.rows if row.why is None)


@dataclass(frozen=True, slots=True)
class _Stated:
    finding_id: int
    version: int
    name: str
    leaders: tuple[str, ...]
    units: tuple[str, ...]
    due: date | None


def names_of(actor: Actor, intake_id: int, at: datetime) -> Names:
    """The names in the registered findings of the ledger that a document went into (名称识别).

    :raises IntakeNotFoundError: when the document is not this actor's.
    :raises NotInLedgerError: when it is in no ledger.
    :raises InspectionNotFoundError: when the actor cannot see it.
    """
    intake = intake_get(actor, intake_id)
    if intake.inspection_id is None:
        raise NotInLedgerError(name=intake.name)
    subject = inspection_get_plain(actor, intake.inspection_id).subject
    leaders = people_with_role(Role.RESPONSIBLE_LEADER, subject.path, timezone.localdate(at))
    people = {
        one.pk: Named(one.pk, one.name, beside=_seated(one))
        for one in leaders.prefetch_related("posts__organisation")
    }
    units = {one.pk: Named(one.pk, one.name, one.short_name) for one in organisations_below(subject.path)}
    stated = list(_stated(actor, intake.inspection_id))
    counts = Counter(
        [(NameKind.LEADER, text) for row in stated for text in row.leaders]
        + [(NameKind.UNIT, text) for row in stated for text in row.units]
    )
    said = {
        (NameKind(row.kind), row.wording): row
        for row in NameMeaning.objects.filter(organisation_id=intake.organisation_id)
    }
    wordings = tuple(
        _wording(kind, text, count, said.get((kind, text)), people, units)
        for (kind, text), count in sorted(counts.items(), key=lambda each: (each[0][0], -each[1], each[0][1]))
    )[:WORDINGS_MOST]
    # only what was said counts: what is sure is proposed, and becomes an answer when the person sends it
    meant = {(each.kind, each.text): each.chosen for each in wordings if each.is_said}
    return Names(intake, people, units, wordings, tuple(_assignable(row, meant) for row in stated))


def _seated(person: Any) -> str:
    """Where a person of that name sits: the organisation, and those for which a leader's post is held."""
    posts = (each.organisation.name for each in person.posts.all() if each.role == Role.RESPONSIBLE_LEADER)
    return "、".join(dict.fromkeys((person.organisation.name, *posts)))


def _stated(actor: Actor, inspection_id: int) -> Iterator[_Stated]:
    rows = findings_visible(actor, inspection_id).filter(stage=Stage.REGISTERED.value, origin__isnull=True)
    rows = rows.exclude(stated_leader="", stated_unit="")
    names = (
        "pk",
        "version",
        "number",
        "title",
        "stated_leader",
        "stated_unit",
        "stated_supporting",
        "stated_due_on",
    )
    for pk, version, number, title, leader, unit, supporting, due in rows.values_list(*names).iterator():
        units = tuple(dict.fromkeys((*wordings_of(unit), *wordings_of(supporting))))
        yield _Stated(pk, version, f"{number} {title}".strip(), wordings_of(leader), units, due)


def _wording(
    kind: NameKind,
    text: str,
    count: int,
    said: NameMeaning | None,
    people: Mapping[int, Named],
    units: Mapping[int, Named],
) -> Wording:
    is_leader = kind is NameKind.LEADER
    proposals = people_proposed(text, people.values()) if is_leader else units_proposed(text, units.values())
    if said is not None:
        meant = said.person_id if is_leader else said.unit_id
        there = people if is_leader else units
        if meant is None or meant in there:
            if meant is not None and meant not in {each.id for each in proposals}:
                proposals = (Proposal(meant, 100), *proposals)
            return Wording(kind, text, count, proposals, meant, is_said=True)
        # whoever was meant leads nothing here any more
    sure = proposals[0].id if is_sure(proposals) else None
    return Wording(kind, text, count, proposals, sure, is_said=False)


def _assignable(row: _Stated, meant: Mapping[tuple[NameKind, str], int | None]) -> Assignable:
    leaders = [meant.get((NameKind.LEADER, text)) for text in row.leaders]
    units = [meant.get((NameKind.UNIT, text)) for text in row.units]
    leader, unit = next(iter(leaders), None), next(iter(units), None)
    supporting = tuple(dict.fromkeys(each for each in units[1:] if each is not None and each != unit))
    found = Assignable(row.finding_id, row.version, row.name, leader, unit, supporting, row.due, None)
    if leader is None:
        why = Message(_NO_LEADER, {"wording": row.leaders[0]}) if row.leaders else Message(_LEADER_MISSING)
    elif unit is None:
        why = Message(_NO_UNIT, {"wording": row.units[0]}) if row.units else Message(_UNIT_MISSING)
    elif row.due is None:
        why = Message(_NO_DUE)
    else:
        return found
    return replace(found, why=why)
