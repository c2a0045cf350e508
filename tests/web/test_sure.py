"""How you can be sure: the rules as the program has them, and what is so here and now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from web.world import World
from zhenggai.trail import anchoring, guards, selectors
from zhenggai.trail.models import Event
from zhenggai.web.sure_topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client


def words(response: Any) -> str:
    return " ".join(LexborHTMLParser(response.content).body.text(separator=" ").split())


def test_it_says_every_topic_with_its_rules_and_facts(
    world: World, browser: Callable[[str], Client], settings: Any, tmp_path: Path
) -> None:
    settings.ZHENGGAI_ANCHOR_FILE = tmp_path / "anchors"
    settings.ZHENGGAI_ANCHOR_KEY_FILE = tmp_path / "key"
    said = words(browser("inspector").get("/sure/"))
    for topic in TOPICS:
        assert topic.title in said
        assert all(sentence in said for sentence in topic.sentences)
    assert "Every measure is done" in said
    assert "closure requested" in said
    standing, wanted = selectors.guards_counted()
    assert standing == wanted > 200
    assert f"counted now {standing} of {wanted}" in said
    assert f"Records in them {Event.objects.count()}" in said
    assert "none yet" in said
    assert "Guards are missing" not in said
    anchoring.anchor_heads(at=world.clock.tick(), reason=anchoring.AnchorReason.ON_DEMAND)
    said = words(browser("inspector").get("/sure/"))
    assert f"Last anchor outside the database {world.clock.moment.astimezone():%Y-%m-%d}" in said


def test_a_guard_that_is_gone_is_counted_at_once(world: World, browser: Callable[[str], Client]) -> None:
    standing, wanted = selectors.guards_counted()
    guards.guards_drop(connection)
    said = words(browser("handler").get("/sure/"))
    assert f"counted now 0 of {wanted}" in said
    assert "Guards are missing" in said
    guards.guards_create(connection)
    assert selectors.guards_counted() == (standing, wanted)


def test_it_asks_little_of_the_database(world: World, browser: Callable[[str], Client]) -> None:
    client = browser("clerk")
    client.get("/sure/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get("/sure/").status_code == 200
    assert len(queries) <= 12


@pytest.mark.parametrize("content", [b"", b"{not json}\n", b'{"at": 3}\n', b'{"other": "x"}\n', b"[]\n"])
def test_an_anchor_file_that_says_no_moment_says_none(settings: Any, tmp_path: Path, content: bytes) -> None:
    settings.ZHENGGAI_ANCHOR_FILE = tmp_path / "anchors"
    (tmp_path / "anchors").write_bytes(content)
    assert anchoring.anchored_last() is None
