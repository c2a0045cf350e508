"""The tree of an inspection: nodes in one another with what is done, arranged by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from zhenggai.ledger.models import Finding, FindingGroup, FindingPlacing, Theme
from zhenggai.web import tree_page
from zhenggai.web.tree_page import branch_of, key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from django.test import Client

    from web.world import World


def shown(client: Client, world: World, query: str = "") -> str:
    response = client.get(f"/inspections/{world.inspection_id}/tree/{query}")
    assert response.status_code == 200
    return response.content.decode()


def nodes(page: str) -> list[int]:
    """The findings of a page, in their order."""
    return [int(each) for each in re.findall(r'data-finding="(\d+)"', page)]


def free(world: World) -> list[Finding]:
    """Findings that may be moved, as the tree has them."""
    rows = Finding.objects.filter(inspection=world.inspection_id, stage="registered")
    return list(rows.order_by("order_key__place"))


def test_the_tree_holds_every_finding_with_what_is_done_and_narrows_to_some(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk = browser("clerk")
    page = shown(clerk, world)
    seen = Finding.objects.filter(inspection=world.inspection_id, restricted="")
    assert sorted(nodes(page)) == sorted(seen.values_list("pk", flat=True))
    closed = seen.filter(stage="closed").count()
    assert f"closed: {closed} of {len(seen)}" in page
    assert "Denominator: findings." in page
    assert "Denominator: measures that stand." in page
    assert (
        len(nodes(shown(clerk, world, "?open=yes")))
        == len(seen) - seen.filter(stage__contains="closed").count()
    )
    assert "No finding fits" in shown(clerk, world, "?q=没有这话")
    # figures stay those of the whole
    assert f"closed: {closed} of {len(seen)}" in shown(clerk, world, "?overdue=yes")
    # who only looks gets no handle and no form
    watching = shown(browser("auditor"), world)
    assert "data-handle" not in watching
    assert "Move…" not in watching
    assert (branch_of("t1g0"), branch_of("t0g7"), branch_of("x"), key_of((None, 7))) == (
        (1, None),
        (None, 7),
        None,
        "t0g7",
    )


def test_a_large_tree_comes_branch_by_branch_and_asks_no_more(
    world: World, browser: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = browser("clerk")
    address = f"/inspections/{world.inspection_id}/tree/"
    with CaptureQueriesContext(connection) as few:
        clerk.get(f"{address}?q=没有这话")
    with CaptureQueriesContext(connection) as all_of_it:
        whole = nodes(shown(clerk, world))
    # what hangs on findings is asked for once, however many they are
    assert len(all_of_it) <= len(few) + 10
    monkeypatch.setattr(tree_page, "AT_ONCE_MOST", 1)
    page = shown(clerk, world)
    assert nodes(page) == []
    keys = re.findall(r'hx-get="\?part=(t\d+g\d+)"', page)
    parts = [nodes(shown(clerk, world, f"?part={key}")) for key in keys]
    assert [pk for part in parts for pk in part] == whole
    # without a script the same branch is opened by its link
    assert nodes(shown(clerk, world, f"?branch={keys[0]}")) == parts[0]
    assert "come when it is unfolded" in page


def test_findings_are_moved_by_forms_and_back(world: World, browser: Callable[[str], Client]) -> None:
    clerk = browser("clerk")
    finding = free(world)[0]
    act = f"/inspections/{world.inspection_id}/tree/"
    theme = Theme.objects.create(inspection_id=world.inspection_id, position=9, title="另立方面")
    group = FindingGroup.objects.create(
        inspection_id=world.inspection_id, theme=theme, position=9, title="另立大项"
    )
    form = shown(clerk, world, f"?move={finding.pk}")
    assert f'value="t{theme.pk}g{group.pk}"' in form
    target = {"finding_id": finding.pk, "version": finding.version, "target": f"t{theme.pk}g{group.pk}"}
    done = clerk.post(f"{act}place/", target)
    assert done.headers["Location"] == f"{act}?branch=t{theme.pk}g{group.pk}#finding-{finding.pk}"
    assert "stands under “另立大项” now" in shown(clerk, world)
    # the page is older than the finding now
    late = clerk.post(f"{act}place/", target)
    assert (late.status_code, FindingPlacing.objects.count()) == (409, 1)
    assert "has changed since your page was loaded" in late.content.decode()
    # a script is answered with the tree alone
    moved = Finding.objects.get(pk=finding.pk)
    home = key_of((finding.theme_id, finding.group_id))
    back = clerk.post(
        f"{act}place/", {**target, "version": moved.version, "target": home}, headers={"HX-Request": "true"}
    )
    page = back.content.decode()
    assert (back.status_code, page.count("<html"), page.count('id="tree"')) == (200, 0, 1)
    assert 'role="status"' in page
    alone = clerk.post(f"{act}up/", {"finding_id": 0, "version": 1})
    assert alone.status_code == 404
    assert clerk.post(f"{act}place/", {}).status_code == 422
    assert clerk.post(f"{act}sideways/", {}).status_code == 404
    assert clerk.get(f"{act}?move=999999").status_code == 404


def test_findings_go_up_and_down_and_headings_are_renamed_and_moved(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk = browser("clerk")
    act = f"/inspections/{world.inspection_id}/tree/"
    theme = Theme.objects.create(inspection_id=world.inspection_id, position=9, title="另立方面")
    one, two, *_others = free(world)
    for each in (one, two):
        clerk.post(
            f"{act}place/", {"finding_id": each.pk, "version": each.version, "target": f"t{theme.pk}g0"}
        )
    version = Finding.objects.get(pk=two.pk).version
    clerk.post(f"{act}up/", {"finding_id": two.pk, "version": version})
    assert [each for each in nodes(shown(clerk, world)) if each in {one.pk, two.pk}] == [two.pk, one.pk]
    first = clerk.post(f"{act}up/", {"finding_id": two.pk, "version": version + 1})
    assert (first.status_code, "the first one there already" in first.content.decode()) == (409, True)
    version = Finding.objects.get(pk=one.pk).version
    last = clerk.post(f"{act}down/", {"finding_id": one.pk, "version": version})
    assert "the last one there already" in last.content.decode()
    assert 'value="另立方面"' in shown(clerk, world, f"?heading=t{theme.pk}")
    clerk.post(f"{act}rename/", {"theme_id": theme.pk, "was": "另立方面", "title": "另一方面"})
    assert Theme.objects.get(pk=theme.pk).title == "另一方面"
    # a refused title is there to be sent again, with a script and without; what was carried out is gone
    again = {"theme_id": theme.pk, "was": "另立方面", "title": "第三个标题"}
    for query, headers in (("", {}), (f"?heading=t{theme.pk}", {"HX-Request": "true"})):
        refused = clerk.post(f"{act}rename/{query}", again, headers=headers)
        page = LexborHTMLParser(refused.content)
        assert refused.status_code == 409
        assert page.css_first("#rename-title").attributes["value"] == "第三个标题"
        assert page.css_first("#rename-was").attributes["value"] == "另一方面"
    done = clerk.post(
        f"{act}rename/?heading=t{theme.pk}", {**again, "was": "另一方面"}, headers={"HX-Request": "true"}
    )
    assert "It is called “第三个标题” now" in done.content.decode()
    assert "tree-form" not in done.content.decode().replace("#tree-form", "")
    group = FindingGroup.objects.create(
        inspection_id=world.inspection_id, theme=theme, position=9, title="另立大项"
    )
    assert "Put the whole group under" in shown(clerk, world, f"?heading=g{group.pk}")
    clerk.post(f"{act}move-group/", {"group_id": group.pk, "from_theme_id": theme.pk, "theme_id": "0"})
    assert FindingGroup.objects.get(pk=group.pk).theme is None
    stale = clerk.post(
        f"{act}move-group/", {"group_id": group.pk, "from_theme_id": theme.pk, "theme_id": "0"}
    )
    assert "was put under" in stale.content.decode()
