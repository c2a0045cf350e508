"""What the tests of the reader share: the structure of a reading without its places."""

from __future__ import annotations

from typing import Any

import pytest


def _structure(plain: dict[str, Any]) -> dict[str, Any]:
    def without(value: dict[str, Any], *names: str) -> dict[str, Any]:
        return {name: item for name, item in value.items() if name not in names}

    structure = without(plain, "schema", "source", "edits")
    structure["sections"] = [
        f"{s['level']} {s['number']} {s['title']} = {s['role']}" for s in plain["sections"]
    ]
    structure["findings"] = [
        {
            **{
                name: value
                for name, value in without(finding, "span").items()
                if value not in (None, [], False)
            },
            "measures": [without(item, "span") for item in finding["measures"]],
            "actions": [item["text"] for item in finding["actions"]],
        }
        for finding in plain["findings"]
    ]
    structure["statistics"] = [
        [f"{f['group']} {f['label']} {f['value']} {f['unit']}" for f in statistic["figures"]]
        for statistic in plain["statistics"]
    ]
    if plain["contact"] is not None:
        structure["contact"] = without(plain["contact"], "span")
    structure["unread"] = [unread["text"] for unread in plain["unread"]]
    for finding in structure["findings"]:
        finding["measures"] = [
            {name: value for name, value in item.items() if value is not None} for item in finding["measures"]
        ]
    return structure


@pytest.fixture
def structure():
    """A reading's JSON values without spans, source and edits, nulls of findings left out."""
    return _structure
