"""Loading what hangs on a finding: rows of one's own are never left out silently."""

from __future__ import annotations

import pytest
from django.db.models import Prefetch

from zhenggai.ledger.loading import pieces_load
from zhenggai.ledger.models import Finding, Measure, MeasureTask


@pytest.mark.parametrize("asked", ["measures", "measures__tasks"])
def test_a_step_is_not_asked_for_in_two_ways(asked):
    own = Prefetch("measures", Measure.objects.filter(dropped_at=None))
    with pytest.raises(ValueError, match="measures is asked for with rows of its own after"):
        pieces_load(Finding(pk=1), (asked, own))
    others = Prefetch("measures__tasks", MeasureTask.objects.all())
    with pytest.raises(ValueError, match="measures is asked for with rows of its own after"):
        pieces_load(Finding(pk=1), (others, own))
