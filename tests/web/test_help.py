"""Help and settings: every page says what it is for, and where things are set."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import URLPattern, URLResolver

from zhenggai.web.help import HELP, PARTS
from zhenggai.web.urls import urlpatterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from web.world import World

DOCUMENT = Path(__file__).parents[2] / "docs/reference/pages.md"
# what answers GET without being a page, with why
NO_PAGE = {
    "inspection-complete": "leads back to the five steps",
    "comment-withdraw": "leads back to the comments",
    "oversight-set": "leads back to the leading groups",
    "export-download": "a file",
    "inspection-export": "a file",
    "inspection-plan-paper": "a file",
    "plan-paper": "a file",
    "closing-form": "a file",
    "sign-forms": "a file",
    "report-request-missing": "a file",
    "calendar-feed": "a file",
    "evidence-thumbnail": "a picture",
    "evidence-picture": "a picture",
    "evidence-pdf-page": "a picture",
    "evidence-download": "a file",
    "recheck-picture": "a picture",
    "recheck-pdf-page": "a picture",
    "recheck-download": "a file",
    "signature-picture": "a picture",
    "signature-pdf-page": "a picture",
    "signature-scan": "a file",
    "health": "for watchdogs",
    "people-import-template": "a file",
    "upload": "for scripts",
    "finding-changes": "a note on the finding's page",
    "many-report": "a file",
    "many-forms": "a file",
    "intake-source": "a part of the draft's page",
    "intake-issues-file": "a file",
    "intake-marked": "a file",
    "intake-original": "a file",
    "intake-sample": "a file",
}


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for each in found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        else:
            yield each


def takes_only_posts(pattern: URLPattern) -> bool:
    """As the decorator of its view says; an act that is opened like a page leads back to its own."""
    if "verb" in pattern.pattern.converters:
        return True
    kept = pattern.callback
    while kept is not None:
        for cell in getattr(kept, "__closure__", None) or ():
            if isinstance(cell.cell_contents, list | tuple) and "POST" in cell.cell_contents:
                return "GET" not in cell.cell_contents
        kept = getattr(kept, "__wrapped__", None)
    return False


def test_every_page_has_its_help_and_stands_in_the_documentation() -> None:
    """Looked at are the addresses themselves, so that a new page without either fails here."""
    names = {str(each.name) for each in patterns(urlpatterns) if not takes_only_posts(each)}
    assert names - HELP.keys() - NO_PAGE.keys() == set()
    assert HELP.keys() - names == set()
    assert NO_PAGE.keys() - names == set()
    rows = re.findall(
        r"^\| \*\*(.+?)\*\* `([\w-]+)` `(/\S*)` \| (.+) \| (.+) \| (.+) \|$",
        DOCUMENT.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert {name for _title, name, *_rest in rows} == HELP.keys()
    assert all(HELP[name].title == title for title, name, *_rest in rows)
    assert sum(len(helps) for _part, helps in PARTS) == len(HELP)
    assert all(each.purpose.endswith(".") for each in HELP.values())


def test_help_is_read_by_everybody_in_a_window_or_on_a_page(
    world: World, browser: Callable[[str], Client], client: Client
) -> None:
    clerk = browser("clerk")
    page = clerk.get(f"/inspections/{world.inspection_id}/tree/").content.decode()
    assert 'href="/help/inspection-tree/" data-help aria-keyshortcuts="F1"' in page
    whole = clerk.get("/help/inspection-tree/").content.decode()
    part = clerk.get("/help/inspection-tree/", headers={"HX-Request": "true"}).content.decode()
    for text in (whole, part):
        assert "Theme, group, finding and measure in one another" in text
    assert (whole.count("<html"), part.count("<html")) == (1, 0)
    assert clerk.get("/help/nowhere/").status_code == 404
    # nobody need be signed in, and the browser's language decides
    stranger = client.get("/help/sign-in/", headers={"accept-language": "zh-CN"}).content.decode()
    assert "用登录名和密码登录" in stranger
    listed = client.get("/help/", headers={"accept-language": "en"}).content.decode()
    assert all(f'href="/help/{name}/"' in listed for name in HELP)


@pytest.mark.parametrize(
    ("who", "opens", "closed"),
    [
        ("clerk", {"profiles", "rounds", "groups", "inspections/new", "password"}, {"people", "jobs"}),
        ("handler", {"profiles", "rounds", "factor", "inbox", "tokens"}, {"people", "inspections/new"}),
        ("admin", {"people", "groups", "jobs"}, {"profiles", "inspections/new"}),
    ],
)
def test_settings_lead_to_what_the_reader_may_set_and_name_who_sets_the_rest(
    world: World, browser: Callable[[str], Client], who: str, opens: set[str], closed: set[str]
) -> None:
    text = browser(who).get("/settings/").content.decode().partition("<main")[2].partition("</main")[0]
    ways = set(re.findall(r'href="/([\w/-]+)/"', text))
    assert opens <= ways
    assert not closed & ways
    for said in (
        "Profiles",
        "set by the office of the organisation",
        "second factor is everybody",
    ):
        assert said in text
