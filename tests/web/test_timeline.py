"""Events of every room are told in words."""

from __future__ import annotations

import pytest
from django.utils import translation

from zhenggai.domain.events import LedgerEvent, event_label
from zhenggai.intake.events import INTAKE_EVENT_LABELS, IntakeEvent
from zhenggai.web.timeline import title_of


@pytest.mark.parametrize("name", list(IntakeEvent))
def test_an_event_of_intake_is_told_in_words(name: IntakeEvent) -> None:
    with translation.override("en"):
        assert title_of(name.value) == INTAKE_EVENT_LABELS[name]
    with translation.override("zh-hans"):
        assert title_of(name.value) not in {name.value, INTAKE_EVENT_LABELS[name]}


def test_an_event_of_the_ledger_is_told_in_words() -> None:
    with translation.override("en"):
        assert title_of("ledger.finding.closed") == event_label(LedgerEvent.FINDING_CLOSED)
