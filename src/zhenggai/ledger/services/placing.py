"""Putting findings and groups elsewhere in the tree, and naming headings (调整归类、排序与标题).

Possible until a plan has the finding. What a document said stays in the entries of the trail, before and
after; moving back takes a move back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.placing import PLACE_STEP, PLACING_SENTENCES, place_between, placing_bar
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import (
    FindingNotFoundError,
    HeadingNotFoundError,
    HeadingStaleError,
    HeadingTakenError,
    InspectionNotFoundError,
    PlacingBarredError,
    StandsOtherwiseError,
)
from zhenggai.ledger.facts import facts_of, inspection_facts, planning_of
from zhenggai.ledger.models import (
    Finding,
    FindingGroup,
    FindingPlacing,
    Inspection,
    OrderKey,
    Theme,
)
from zhenggai.ledger.order_keys import order_keys_put, place_natural
from zhenggai.ledger.search_text import findings_text_put
from zhenggai.ledger.services.standing import cleaned, finding_locked, stale, text_required
from zhenggai.ledger.visibility import finding_seen, findings_seen, inspections_seen, permit
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import Entry, record_all

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor

_AT_ONCE: Final = 500
TITLE_MOST: Final = 500


@transaction.atomic
def finding_place(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    version: int,
    theme_id: int | None = None,
    group_id: int | None = None,
    before_id: int | None = None,
    after_id: int | None = None,
) -> Finding:
    """Puts a finding under a heading (调整归类), before or after another one there, else as in the document.

    A group says its theme itself. Neither group nor theme: it stands under no heading.

    :raises FindingNotFoundError: when there is none, or the actor cannot see it.
    :raises ActionDeniedError: when the actor is not of the office.
    :raises StalePageError: when the finding changed since ``version``.
    :raises PlacingBarredError: when its plan or its stage keeps it where it stands.
    :raises HeadingNotFoundError: when the inspection has no such theme or group.
    :raises StandsOtherwiseError: when the other finding stands elsewhere meanwhile, or nothing would change.
    """
    # the inspection before its findings, as whoever moves a heading: else the heading goes away underneath
    own = Finding.objects.filter(pk=finding_id).order_by().values("inspection")
    list(_inspections_locked().filter(pk__in=own).order_by().values_list("pk"))
    finding = finding_locked(finding_id)
    actor = actor_standing(actor, timezone.localdate(at))
    if finding is None or not finding_seen(actor, finding):
        raise FindingNotFoundError
    permit(actor, Action.FINDINGS_PLACE, facts_of(finding))
    if finding.version != version:
        raise stale(finding, version)
    _may_move(actor, finding)
    theme, group = _heading(finding.inspection_id, theme_id, group_id)
    fields = _fields(finding, theme, group)
    place, follows = _place(actor, finding, theme, group, before_id, after_id)
    key = OrderKey.objects.get(finding=finding)
    stood = _heading_said(finding.theme, finding.group)
    if not fields and place == key.place:
        raise StandsOtherwiseError(msg("The finding stands there already, so nothing was changed."))
    if follows is not None:
        fields["follows"] = follows
    finding.theme, finding.group = theme, group
    finding.version, finding.changed_at = version + 1, at
    cleaned(finding)
    FindingPlacing.objects.create(
        finding=finding, version=finding.version, fields=fields, by_id=actor.person_id, at=at
    )
    moved = Finding.objects.filter(pk=finding.pk, version=version).update(
        theme=theme, group=group, version=finding.version, changed_at=at
    )
    if moved != 1:
        raise stale(finding, version)
    order_keys_put(finding)
    OrderKey.objects.filter(finding=finding).update(place=place)
    findings_text_put(Finding.objects.filter(pk=finding.pk), finding.inspection_id)
    entry = _entry(finding, fields, stood)
    record_all(chain=ChainKey.inspection(finding.inspection_id), entries=[entry], actor=actor, at=at)
    return finding


@transaction.atomic
def group_move(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    group_id: int,
    from_theme_id: int | None,
    theme_id: int | None,
) -> FindingGroup:
    """Puts a group with all its findings under another theme (调整大项所属方面), or under none.

    ``from_theme_id`` is the theme under which the actor saw it.

    :raises InspectionNotFoundError: when there is none, or the actor cannot see it.
    :raises ActionDeniedError: when the actor is not of the office.
    :raises HeadingNotFoundError: when the inspection has no such group or theme.
    :raises HeadingStaleError: when the group stands under another theme meanwhile.
    :raises HeadingTakenError: when the theme has a group of this title.
    :raises PlacingBarredError: when one of its findings may not be moved.
    """
    actor, inspection = _permitted(actor, at, inspection_id)
    theme, group = _heading(inspection.pk, theme_id, group_id, is_under=False)
    assert group is not None  # noqa: S101  # it was asked for by its id
    if group.theme_id != from_theme_id:
        raise HeadingStaleError(title=group.title, now=_title(group.theme))
    if group.theme_id == theme_id:
        raise StandsOtherwiseError(msg("The group stands there already, so nothing was changed."))
    if FindingGroup.objects.filter(inspection=inspection, theme=theme, title=group.title).exists():
        raise HeadingTakenError(title=group.title)
    findings = _of_heading(inspection, group=group)
    for finding in findings:
        _may_move(actor, finding)
    said = _said(group.theme, theme)
    before = group.theme
    group.theme = theme
    group.save(update_fields=["theme"])
    entries = []
    for start in range(0, len(findings), _AT_ONCE):
        batch = findings[start : start + _AT_ONCE]
        FindingPlacing.objects.bulk_create(
            FindingPlacing(
                finding=each,
                version=each.version + 1,
                fields={"theme_id": said},
                by_id=actor.person_id,
                at=at,
            )
            for each in batch
        )
        ids = [each.pk for each in batch]
        Finding.objects.filter(pk__in=ids).update(theme=theme, version=F("version") + 1, changed_at=at)
        OrderKey.objects.filter(finding__in=ids).update(theme=theme.position if theme else None)
        for each in batch:
            each.version += 1
            each.theme = theme
            entries.append(_entry(each, {"theme_id": said}, _heading_said(before, group)))
    findings_text_put(Finding.objects.filter(group=group), inspection.pk)
    values: dict[str, Any] = {
        "group_id": group.pk,
        "title": group.title,
        "from_heading": _title(before),
        "to_heading": _title(theme),
    }
    moved = Entry(LedgerEvent.GROUP_MOVED, ("inspection", inspection.pk), values)
    record_all(chain=ChainKey.inspection(inspection.pk), entries=[moved, *entries], actor=actor, at=at)
    return group


@transaction.atomic
def heading_rename(
    *,
    actor: Actor,
    at: datetime,
    inspection_id: int,
    title: str,
    was: str,
    theme_id: int | None = None,
    group_id: int | None = None,
) -> Theme | FindingGroup:
    """Gives a theme or a group another title (修改方面或大项标题); ``was`` is the one that the actor saw.

    A document that comes later still has the printed title, and its findings are compared under that.

    :raises InspectionNotFoundError: when there is none, or the actor cannot see it.
    :raises ActionDeniedError: when the actor is not of the office.
    :raises HeadingNotFoundError: when the inspection has no such theme or group.
    :raises HeadingStaleError: when it has another title meanwhile.
    :raises HeadingTakenError: when another one beside it has this title.
    :raises PlacingBarredError: when a plan or a closure has one of its findings.
    """
    actor, inspection = _permitted(actor, at, inspection_id)
    theme, group = _heading(inspection.pk, theme_id, group_id, is_under=False)
    row = group or theme
    if row is None:
        raise HeadingNotFoundError
    said = text_required(title, msg("Title"), TITLE_MOST)
    if row.title != was:
        raise HeadingStaleError(HeadingStaleError.titled_template, title=was, now=row.title)
    if said == was:
        raise StandsOtherwiseError(msg("The title says this already, so nothing was changed."))
    beside: QuerySet[Any] = (
        FindingGroup.objects.filter(theme=group.theme_id) if group else Theme.objects.all()
    )
    if beside.filter(inspection=inspection, title=said).exists():
        raise HeadingTakenError(title=said)
    under: dict[str, Any] = {"group": group} if group else {"theme": theme}
    for finding in _of_heading(inspection, **under):
        # a fault that came back stands under the title of its origin, which bars it by itself
        _may_move(actor, finding)
    row.title = said
    cleaned(row)
    row.save(update_fields=["title"])
    findings_text_put(Finding.objects.filter(**under), inspection.pk)
    values = {
        "heading": "group" if group else "theme",
        "heading_id": row.pk,
        "title_before": was,
        "title_after": said,
    }
    renamed = Entry(LedgerEvent.HEADING_RENAMED, ("inspection", inspection.pk), values)
    record_all(chain=ChainKey.inspection(inspection.pk), entries=[renamed], actor=actor, at=at)
    return row


def _permitted(actor: Actor, at: datetime, inspection_id: int) -> tuple[Actor, Inspection]:
    actor = actor_standing(actor, timezone.localdate(at))
    rows = _inspections_locked().select_related("subject", "inspector_organisation", "profile_version")
    inspection = rows.filter(inspections_seen(actor), pk=inspection_id).order_by().first()
    if inspection is None:
        raise InspectionNotFoundError
    permit(actor, Action.FINDINGS_PLACE, inspection_facts(inspection))
    return actor, inspection


def _inspections_locked() -> QuerySet[Inspection]:
    return Inspection.objects.select_for_update(of=("self",), no_key=True)


def _heading(
    inspection_id: int, theme_id: int | None, group_id: int | None, *, is_under: bool = True
) -> tuple[Theme | None, FindingGroup | None]:
    """Theme and group by their ids; ``is_under``: the theme is that of the group."""
    group = theme = None
    if group_id is not None:
        group = FindingGroup.objects.filter(inspection=inspection_id, pk=group_id).first()
        if group is None:
            raise HeadingNotFoundError
        if is_under:
            return group.theme, group
    if theme_id is not None:
        theme = Theme.objects.filter(inspection=inspection_id, pk=theme_id).first()
        if theme is None:
            raise HeadingNotFoundError
    return theme, group


def _may_move(actor: Actor, finding: Finding) -> None:
    bar = placing_bar(
        stage=Stage(finding.stage),
        planning=planning_of(finding),
        is_rebound=finding.origin_id is not None,
    )
    if bar is not None:
        seen = Finding.objects.filter(findings_seen(actor, finding.inspection), pk=finding.pk)
        # nor that it is a restricted one, to whoever does not see it and moves its heading
        name = str(finding) if seen.exists() else Message(msg("a finding under this heading"))
        raise PlacingBarredError(finding=name, why=Message(PLACING_SENTENCES[bar]))


def _of_heading(inspection: Inspection, **heading: Any) -> list[Finding]:
    """Every finding under a heading, also those that the actor does not see, their rows locked."""
    rows = Finding.objects.select_for_update(of=("self",), no_key=True).filter(
        inspection=inspection, **heading
    )
    found = list(rows.select_related("plan").prefetch_related("amendments").order_by("pk"))
    for each in found:
        # all of one inspection, which is loaded
        each.inspection = inspection
    return found


def _fields(finding: Finding, theme: Theme | None, group: FindingGroup | None) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, before, after in (("theme_id", finding.theme, theme), ("group_id", finding.group, group)):
        if before != after:
            fields[name] = _said(before, after)
    return fields


def _said(before: Theme | FindingGroup | None, after: Theme | FindingGroup | None) -> dict[str, Any]:
    return {
        "before": before.pk if before else None,
        "after": after.pk if after else None,
        "from": _title(before),
        "to": _title(after),
    }


def _title(heading: Theme | FindingGroup | None) -> str:
    return heading.title if heading else ""


def _heading_said(theme: Theme | None, group: FindingGroup | None) -> str:
    return " · ".join(each.title for each in (theme, group) if each)


def _place(
    actor: Actor,
    finding: Finding,
    theme: Theme | None,
    group: FindingGroup | None,
    before_id: int | None,
    after_id: int | None,
) -> tuple[int, int | None]:
    """The finding's place from now on, and which it follows then; as in the document where none is named."""
    beside = Finding.objects.filter(inspection=finding.inspection_id, theme=theme, group=group)
    keys = OrderKey.objects.filter(finding__in=beside.exclude(pk=finding.pk).values("pk")).order_by(
        "place", "pk"
    )
    wanted = before_id if before_id is not None else after_id
    if wanted is None:
        return place_natural(finding.order_key.position), None
    seen = Finding.objects.filter(findings_seen(actor, finding.inspection), pk=wanted)
    if not keys.filter(finding__in=seen.values("pk")).exists():
        raise StandsOtherwiseError(
            msg(
                "The finding beside which it should stand is no longer under that heading; nothing was "
                "changed. Load the page again and move it from there."
            )
        )
    found = _between(keys, before_id, after_id)
    if found[0] is None:
        _spread(keys)
        found = _between(keys, before_id, after_id)
    place, follows = found
    assert place is not None  # noqa: S101  # spread out there is room between any two
    return place, follows


def _between(
    keys: QuerySet[OrderKey], before_id: int | None, after_id: int | None
) -> tuple[int | None, int | None]:
    if before_id is not None:
        before = keys.get(finding=before_id)
        # two may have one place, that of the document and one that was given; their order is that of the tree
        last = keys.filter(Q(place__lt=before.place) | Q(place=before.place, pk__lt=before.pk)).last()
        return place_between(last.place if last else None, before.place), last.pk if last else None
    after = keys.get(finding=after_id)
    first = keys.filter(Q(place__gt=after.place) | Q(place=after.place, pk__gt=after.pk)).first()
    return place_between(after.place, first.place if first else None), after.pk


def _spread(keys: QuerySet[OrderKey]) -> None:
    """Puts the findings of a heading apart, in the order they have: after twenty moves to one spot."""
    rows = list(keys)
    for number, row in enumerate(rows, start=1):
        row.place = number * PLACE_STEP
    OrderKey.objects.bulk_update(rows, ["place"], batch_size=_AT_ONCE)


def _entry(finding: Finding, fields: dict[str, Any], stood: str) -> Entry:
    said: dict[str, Any] = {"fields": fields, "stage": finding.stage, "version": finding.version}
    if fields.keys() & {"theme_id", "group_id"}:
        said |= {"from_heading": stood, "to_heading": _heading_said(finding.theme, finding.group)}
    return Entry(LedgerEvent.FINDING_PLACED, ("finding", finding.pk), said)
