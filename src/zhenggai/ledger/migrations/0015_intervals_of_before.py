"""How findings stood before intervals were kept: told over from the trail, as far as it tells."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from django.db import migrations

_BATCH = 500
# the events that say more than the stage, which every event of a finding says
_NATURE = "ledger.finding.classified"
_PROGRESS = "ledger.progress.reported"
_DUE = "ledger.finding.assigned"
_ROUND = "ledger.closure.sent_back"
_SAID = {_NATURE: "nature", _PROGRESS: "progress", _DUE: "due", _ROUND: "round"}
_BEFORE = {"stage": "registered", "round": 1, "nature": "", "progress": "", "due": None}


def told_over(registered_at: Any, events: list[tuple[Any, str, dict[str, Any]]]) -> list[tuple[Any, dict]]:
    """From which moment a finding stood how; of what was erased, what stood before is kept."""
    stood = [(registered_at, dict(_BEFORE))]
    for at, name, values in events:
        state = dict(stood[-1][1])
        for said in ("stage", _SAID.get(name)):
            if said in values:
                state[said] = values[said]
        if state != stood[-1][1]:
            stood.append((max(at, stood[-1][0]), state))
    return stood


def keep(apps: Any, _schema_editor: Any) -> None:
    finding_model = apps.get_model("ledger", "Finding")
    last = 0
    while rows := list(finding_model.objects.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        last = rows[-1].pk
        told = _told(apps, rows)
        made = [interval for row in rows for interval in _intervals(apps, row, told.get(row.pk, []))]
        apps.get_model("ledger", "StateInterval").objects.bulk_create(made, batch_size=_BATCH)


def _told(apps: Any, rows: list[Any]) -> dict[int, list[tuple[Any, str, dict[str, Any]]]]:
    events = apps.get_model("trail", "Event").objects.filter(
        chain__kind="inspection",
        chain__key__in={row.inspection_id for row in rows},
        subject_kind="finding",
        subject_id__in=[row.pk for row in rows],
    )
    names = ("stage", *_SAID.values())
    values = apps.get_model("trail", "EventValue").objects.filter(
        event__in=events.order_by().values("pk"), name__in=names, value__isnull=False
    )
    said: dict[int, dict[str, Any]] = {}
    for value in values.iterator():
        said.setdefault(value.event_id, {})[value.name] = json.loads(value.value)
    told: dict[int, list[tuple[Any, str, dict[str, Any]]]] = {}
    for event in events.order_by("chain", "seq"):
        told.setdefault(event.subject_id, []).append((event.at, event.name, said.get(event.pk, {})))
    return told


def _intervals(apps: Any, row: Any, told: list[Any]) -> list[Any]:
    model = apps.get_model("ledger", "StateInterval")
    stood = told_over(row.registered_at, told)
    stands = {name: getattr(row, name) for name in _BEFORE}
    sources = ["replayed"] * len(stood)
    if _plain(stood[-1][1]) != _plain(stands):
        # the trail does not tell all of it: how it stands is known, and only that it did so then
        stood.append((max(row.changed_at, stood[-1][0]), stands))
        sources.append("assumed")
    ends = [*(after[0] for _before, after in pairwise(stood)), None]
    return [
        model(finding=row, inspection_id=row.inspection_id, since=since, until=until, source=source, **state)
        for (since, state), until, source in zip(stood, ends, sources, strict=True)
    ]


def _plain(state: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if value is not None else None for name, value in state.items()}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0014_state_intervals"), ("trail", "0001_initial")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
