"""Names of events and values that pages show."""

from __future__ import annotations

import pytest

from zhenggai.domain.events import COMMENT_EVENTS, EVENT_LABELS, VEILED_EVENT, LedgerEvent, event_label
from zhenggai.domain.evidence import EVIDENCE_KIND_LABELS, EvidenceKind
from zhenggai.domain.inspections import INSPECTION_KIND_LABELS, InspectionKind
from zhenggai.domain.measures import MEASURE_SOURCE_LABELS, MeasureSource
from zhenggai.domain.messages import Message
from zhenggai.domain.restricting import RESTRICTION_LABELS, RestrictionKind
from zhenggai.domain.sentences import listing


def test_every_event_has_its_label():
    assert set(EVENT_LABELS) == set(LedgerEvent)
    assert event_label("ledger.finding.closed") == "finding closed"
    assert event_label(VEILED_EVENT) == "an event of a restricted finding"
    assert event_label("accounts.person.created") == "accounts.person.created"


@pytest.mark.parametrize("name", list(LedgerEvent))
def test_an_event_is_dotted_and_begins_with_its_room(name):
    assert name.startswith("ledger.")
    assert name.count(".") == 2


@pytest.mark.parametrize(
    ("labels", "kinds"),
    [
        (EVIDENCE_KIND_LABELS, EvidenceKind),
        (INSPECTION_KIND_LABELS, InspectionKind),
        (MEASURE_SOURCE_LABELS, MeasureSource),
        (RESTRICTION_LABELS, RestrictionKind),
    ],
)
def test_every_kind_has_its_label(labels, kinds):
    assert set(labels) == set(kinds)


@pytest.mark.parametrize(("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b, c")])
def test_several_things_are_listed_in_the_readers_language(words, sentence):
    listed = listing([Message(word) for word in words])
    assert str(listed) == sentence
    chinese = listed.render(lambda text: "%(first)s、%(rest)s" if text == "%(first)s, %(rest)s" else text)
    assert chinese == sentence.replace(", ", "、")


def test_what_is_said_of_a_comment_is_no_step_of_the_work():
    assert {each for each in LedgerEvent if each.startswith("ledger.comment.")} == COMMENT_EVENTS
