"""The drawing of the life cycle says what the table says, and is the same every time."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from zhenggai.documents.life_cycle import life_cycle_edges, life_cycle_svg
from zhenggai.domain.actions import Action
from zhenggai.domain.lifecycle import Stage

# By hand: every way from one stage to another.
WAYS = {
    ("registered", "assigned"): {"finding.assign"},
    ("assigned", "registered"): {"finding.decline", "finding.transfer"},
    ("assigned", "accepted"): {"finding.accept"},
    ("accepted", "registered"): {"finding.transfer"},
    ("accepted", "assigned"): {"finding.assign"},
    ("accepted", "rectifying"): {"progress.report", "task.report", "measure.complete", "evidence.add"},
    ("rectifying", "registered"): {"finding.transfer"},
    ("rectifying", "assigned"): {"finding.assign"},
    ("rectifying", "closure_requested"): {"closure.request"},
    ("closure_requested", "rectifying"): {"closure.send_back", "closure.withdraw"},
    ("closure_requested", "stage_closed"): {"closure.complete"},
    ("closure_requested", "closed"): {"closure.complete"},
    ("stage_closed", "rectifying"): {"stage.begin"},
}


def drawn(**changed: object) -> str:
    words = {"stage_word": lambda stage: stage.value, "action_word": lambda action: action.value}
    return life_cycle_svg("Life cycle <of> a finding", **{**words, **changed})  # type: ignore[arg-type] # by name


def test_the_ways_are_those_of_the_table():
    assert {(each.source.value, each.target.value): set(each.actions) for each in life_cycle_edges()} == WAYS


def test_nothing_leads_out_of_what_is_closed():
    assert not [each for each in life_cycle_edges() if each.source is Stage.CLOSED]


def test_every_stage_and_every_action_of_a_way_is_written_and_every_way_has_its_number_twice():
    root = ET.fromstring(drawn())  # noqa: S314 - our own text
    words = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {stage.value for stage in Stage} <= set(words)
    assert {action for actions in WAYS.values() for action in actions} <= set(words)
    assert all(words.count(str(number)) == 2 for number in range(1, len(WAYS) + 1))


def test_it_is_the_same_every_time_and_words_are_escaped():
    assert drawn() == drawn()
    assert "Life cycle &lt;of&gt; a finding" in drawn()
    assert "a &amp; b" in drawn(action_word=lambda _action: "a & b")
    assert Action.CLOSURE_COMPLETE.value in drawn()
