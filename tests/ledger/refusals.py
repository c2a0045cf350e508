"""What a refusal leaves behind: nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from zhenggai.ledger import models
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = [getattr(models, name) for name in models.__all__]


def everything() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in ROWS}


def trail(finding: models.Finding) -> list[tuple[int, str]]:
    return list(events_of(ChainKey.inspection(finding.inspection_id)).values_list("seq", "hash"))


@contextmanager
def refused(
    finding: models.Finding, error: type[Exception], words: str | None = None
) -> Iterator[pytest.ExceptionInfo[Any]]:
    """The error with its sentence; every row of the ledger and the trail as before."""
    rows, events = everything(), trail(finding)
    with pytest.raises(error, match=words) as refusal:
        yield refusal
    assert everything() == rows
    assert trail(finding) == events
