from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from trail.conftest import ACTOR, AT, CHAIN, Write
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, ZhenggaiError
from zhenggai.trail import selectors, services
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Chain, Event, EventValue

pytestmark = pytest.mark.django_db

REASON = "本人要求删除其个人信息"


def erase(entries: dict[int, list[str]], **changed: Any) -> Event:
    given: dict[str, Any] = {
        "chain": CHAIN,
        "entries": entries,
        "reason": REASON,
        "actor": ACTOR,
        "at": AT + timedelta(hours=1),
    }
    return services.erase_values(**given | changed)


def test_erased_values_are_gone_with_their_salts_and_the_chain_holds(five: list[Event]) -> None:
    event = erase({2: ["actor", "note"], 4: ["actor"]})
    assert (event.seq, event.name, event.subject_kind) == (6, "trail.values.erased", "chain")
    assert event.subject_id == Chain.objects.get().pk
    gone = EventValue.objects.filter(value__isnull=True)
    assert sorted(gone.values_list("event__seq", "name")) == [(2, "actor"), (2, "note"), (4, "actor")]
    assert not gone.filter(salt__isnull=False).exists()
    assert all(value.digest for value in gone)
    report = selectors.verify(CHAIN)[0]
    assert (report.ok, report.count) == (True, 6)


def test_an_erasing_says_what_was_erased_why_and_by_whom(five: list[Event]) -> None:
    erase({4: ["actor"], 2: ["note", "actor"]})
    view = selectors.event_views(selectors.events_of(CHAIN))[-1]
    assert view.actor == "张示例"
    assert view.values == {
        "entries": [{"seq": 2, "names": ["actor", "note"]}, {"seq": 4, "names": ["actor"]}],
        "reason": REASON,
    }


def test_an_event_shows_which_of_its_values_were_erased(five: list[Event]) -> None:
    erase({2: ["actor", "note"]})
    view = selectors.event_views(selectors.events_of(CHAIN))[1]
    assert (view.actor, view.values, view.erased) == (None, {"amount": "12.50"}, ("actor", "note"))


@pytest.mark.parametrize(
    ("entries", "changed", "error", "sentence"),
    [
        ({2: ["note"]}, {"reason": "不要了"}, InvalidError, "at least 10 characters; this one has 3"),
        ({2: ["note"]}, {"reason": " " * 20}, InvalidError, "this one has 0"),
        ({}, {}, InvalidError, "none was named"),
        ({2: []}, {}, InvalidError, "none was named"),
        ({9: ["note"]}, {}, NotFoundError, "Event 9 of this chain has no value note"),
        ({2: ["note", "other"]}, {}, NotFoundError, "Event 2 of this chain has no value other"),
        ({2: ["note"]}, {"chain": ChainKey.inspection(8)}, NotFoundError, "Event 2 of this chain"),
    ],
)
def test_an_erasing_that_cannot_be_is_refused_and_erases_nothing(
    five: list[Event], entries: dict[int, list[str]], changed: Any, error: type[ZhenggaiError], sentence: str
) -> None:
    with pytest.raises(error) as refusal:
        erase(entries, **changed)
    assert sentence in str(refusal.value)
    assert not EventValue.objects.filter(value__isnull=True).exists()
    assert Event.objects.count() == 5


def test_what_is_erased_is_not_erased_again(five: list[Event]) -> None:
    erase({2: ["note"]})
    with pytest.raises(NotAllowedNowError) as refusal:
        erase({2: ["actor", "note"]})
    assert str(refusal.value) == "The value note of event 2 is erased already; nothing was changed."
    assert EventValue.objects.get(event__seq=2, name="actor").value is not None
    assert Event.objects.count() == 6


def test_an_erasing_itself_stays_but_for_its_actor(five: list[Event]) -> None:
    erase({2: ["note"]})
    with pytest.raises(InvalidError) as refusal:
        erase({6: ["reason"]})
    assert "itself says what was erased and why" in str(refusal.value)
    erase({6: ["actor"]})
    assert selectors.verify(CHAIN)[0].ok


def test_an_event_goes_on_being_written_after_an_erasing(five: list[Event], write: Write) -> None:
    erase({5: ["actor", "note", "amount"]})
    assert write(90).seq == 7
    assert selectors.verify(CHAIN)[0].ok
