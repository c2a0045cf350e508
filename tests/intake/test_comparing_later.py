"""A large draft is compared and taken in by a job: once, whole, refused with a sentence on its page."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from intake import notices
from intake.test_comparing import MORE
from zhenggai.inbox.selectors import notice_message, notices_listed
from zhenggai.intake import services
from zhenggai.intake.compare_errors import ComparisonBusyError, NotAllTakenError
from zhenggai.intake.compare_progress import compare_progress
from zhenggai.intake.comparisons import comparison_get
from zhenggai.intake.errors import DraftChangedError
from zhenggai.intake.models import Comparison, Intake
from zhenggai.jobs.models import Job
from zhenggai.jobs.working import work
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import InspectionNotFoundError
from zhenggai.ledger.models import Finding

if TYPE_CHECKING:
    from intake.office import Office


@pytest.fixture
def large(office: Office, settings: Any) -> Office:
    """An office in which every comparison is large."""
    settings.ZHENGGAI_TAKE_AT_ONCE_FINDINGS = 0
    settings.RECURRING = ()
    return office


@pytest.fixture
def draft(large: Office) -> Intake:
    """A later notice, beside a ledger of two findings."""
    large.confirm(large.receive(notices.CLEAN))
    return large.receive(MORE)


def worked(office: Office) -> int:
    return work(name="one", clock=office.at, stop=threading.Event(), until_idle=True)


def order(office: Office, draft: Intake, **values: Any) -> Any:
    given = {"version": draft.version, "inspection_id": Intake.objects.first().inspection_id, **values}
    return office.do(services.comparison_order, draft, **given)


def mine(office: Office, draft: Intake) -> Comparison:
    return comparison_get(office.actor(), draft.pk)


def busy(office: Office, draft: Intake) -> str | None:
    return compare_progress(draft.pk, office.people["clerk"])


def test_a_large_draft_is_compared_and_taken_in_by_jobs(
    large: Office, draft: Intake, django_capture_on_commit_callbacks: Any
) -> None:
    assert order(large, draft) is None
    assert (busy(large, draft), mine(large, draft).draft_version) == ("compare", 0)
    with pytest.raises(ComparisonBusyError):
        order(large, draft)
    with django_capture_on_commit_callbacks(execute=True):
        assert worked(large) == 1
    assert (busy(large, draft), mine(large, draft).rows.count()) == (None, 3)
    given = {"version": mine(large, draft).version}
    assert large.do(services.comparison_take, draft, **given) is None
    assert busy(large, draft) == "take"
    with pytest.raises(ComparisonBusyError):
        large.do(services.comparison_take, draft, **given)
    assert Finding.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert worked(large) == 1
    draft.refresh_from_db()
    assert (draft.state, Finding.objects.count()) == ("confirmed", 3)
    assert list(differences()) == []
    told = [notice_message(each).render() for each in notices_listed(large.people["clerk"])]
    assert any("has been compared with the ledger" in sentence for sentence in told)
    assert any("has come to its end" in sentence for sentence in told)


def test_what_can_be_refused_is_refused_at_once(large: Office, draft: Intake) -> None:
    with pytest.raises(DraftChangedError):
        order(large, draft, version=draft.version + 1)
    with pytest.raises(InspectionNotFoundError):
        order(large, draft, inspection_id=987)
    assert not Comparison.objects.exists()
    order(large, draft)
    worked(large)
    with pytest.raises(NotAllTakenError):
        large.do(services.comparison_take, draft, version=mine(large, draft).version, left_out=2)
    assert busy(large, draft) is None


def test_what_is_refused_meanwhile_stands_on_the_comparison(large: Office, draft: Intake) -> None:
    order(large, draft)
    large.do(services.draft_finding_add, draft)
    worked(large)
    comparison = mine(large, draft)
    assert "was changed by somebody else" in comparison.refusal["template"]
    draft.refresh_from_db()
    order(large, draft)
    assert mine(large, draft).refusal is None
    worked(large)
    given = {"version": mine(large, draft).version, "left_out": 1}
    assert large.do(services.comparison_take, draft, **given) is None
    large.end_post("clerk")
    worked(large)
    draft.refresh_from_db()
    assert (draft.state, Finding.objects.count()) == ("draft", 2)
    assert Comparison.objects.get().refusal["template"]
    assert {job.state for job in Job.objects.filter(task__contains="comparing_job")} == {"done"}
