"""The unit's claim beside the view of who verifies, and percentages that cannot be."""

from __future__ import annotations

import pytest

from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.progress import (
    GAP_LABELS,
    Gap,
    PercentError,
    percent_checked,
    progress_gap,
    views_with,
)

NOT, IN, NEARLY, DONE = Progress
# rows: what the unit claims; columns: how it is seen
GAPS = {
    NOT: (Gap.AGREES, Gap.BEHIND, Gap.BEHIND, Gap.BEHIND),
    IN: (Gap.AHEAD, Gap.AGREES, Gap.BEHIND, Gap.BEHIND),
    NEARLY: (Gap.AHEAD, Gap.AHEAD, Gap.AGREES, Gap.BEHIND),
    DONE: (Gap.AHEAD, Gap.AHEAD, Gap.AHEAD, Gap.AGREES),
}


@pytest.mark.parametrize("claimed", list(Progress))
def test_a_claim_stands_ahead_of_behind_or_beside_a_view(claimed):
    assert tuple(progress_gap(claimed, each) for each in Progress) == GAPS[claimed]
    for gap in Gap:
        wanted = [view for view, said in zip(Progress, GAPS[claimed], strict=True) if said is gap]
        assert views_with(gap, claimed) == wanted


def test_there_is_no_gap_where_one_is_silent():
    assert progress_gap(None, DONE) is None
    assert progress_gap(DONE, None) is None
    assert set(GAP_LABELS) == set(Gap)


@pytest.mark.parametrize(
    ("percent", "progress"), [(None, DONE), (100, DONE), (0, NOT), (1, IN), (99, NEARLY), (50, IN)]
)
def test_a_percentage_that_goes_with_the_claim_is_taken(percent, progress):
    assert percent_checked(percent, progress) == percent


@pytest.mark.parametrize(
    ("percent", "progress", "sentence"),
    [
        (-1, IN, "-1 is no percentage of the work"),
        (101, DONE, "101 is no percentage of the work"),
        (99, DONE, "99 % does not go with “done”"),
        (100, NEARLY, "100 % does not go with “substantially done”"),
        (0, IN, "0 % does not go with “in progress”"),
        (1, NOT, "1 % does not go with “not started”"),
    ],
)
def test_any_other_is_refused(percent, progress, sentence):
    with pytest.raises(PercentError) as refused:
        percent_checked(percent, progress)
    assert str(refused.value).startswith(sentence)
