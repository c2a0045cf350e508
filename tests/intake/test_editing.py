"""Saving fields: each for itself, and never over somebody else's words unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from intake import notices
from zhenggai.intake import services
from zhenggai.intake.errors import AlreadyConfirmedError, IntakeNotFoundError, NotReadError, SetAsideError
from zhenggai.intake.fields import fingerprint
from zhenggai.intake.services import Change, FieldState

if TYPE_CHECKING:
    from intake.office import Office
    from zhenggai.intake.models import Intake
    from zhenggai.intake.services import Saved


def save(office: Office, intake: Intake, username: str = "clerk", **texts: tuple[str, str]) -> Saved:
    """Saves fields given as name=(what the form began with, what was typed); - is written _in_."""
    changes = {
        name.replace("_in_", "-"): Change(text, fingerprint(began)) for name, (began, text) in texts.items()
    }
    return office.do(services.draft_fields_save, intake, username, changes=changes)


def name_of(intake: Intake, field: str, place: int = 0) -> str:
    return f"finding_in_{intake.findings.order_by('position')[place].pk}_in_{field}"


def test_a_field_is_saved_with_who_and_when(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    saved = save(office, intake, document_in_title=(intake.title, "示例通报"))
    assert saved.outcomes["document-title"].state is FieldState.SAVED
    assert saved.version == saved.version_before + 1
    intake.refresh_from_db()
    assert intake.title == "示例通报"
    assert intake.edits["title"]["by"] == "周示例"
    assert intake.as_read["title"] != "示例通报"


def test_a_field_that_was_not_touched_is_not_a_change(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    saved = save(office, intake, document_in_title=(intake.title, intake.title))
    assert saved.outcomes["document-title"].state is FieldState.SAME
    assert saved.version == saved.version_before


def test_two_people_in_two_fields_of_one_finding_do_not_hinder_each_other(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = intake.findings.order_by("position")[0]
    save(office, intake, **{name_of(intake, "title"): (finding.title, "甲改的标题")})
    saved = save(office, intake, "colleague", **{name_of(intake, "problem"): ("", "乙写的问题")})
    assert saved.is_whole
    finding.refresh_from_db()
    assert (finding.title, finding.problem) == ("甲改的标题", "乙写的问题")


def test_two_people_in_one_field_get_a_sentence_and_nothing_is_overwritten(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = intake.findings.order_by("position")[0]
    name = name_of(intake, "title")
    save(office, intake, **{name: (finding.title, "甲改的标题")})
    saved = save(office, intake, "colleague", **{name: (finding.title, "乙改的标题")})
    outcome = saved.outcomes[f"finding-{finding.pk}-title"]
    assert outcome.state is FieldState.CONFLICT
    assert outcome.stored == "甲改的标题"
    assert outcome.message is not None
    assert "周示例 changed “Finding” after you began" in outcome.message.render()
    assert "甲改的标题" in outcome.message.render()
    finding.refresh_from_db()
    assert finding.title == "甲改的标题"
    # seen and decided: now it goes in
    again = save(office, intake, "colleague", **{name: ("甲改的标题", "乙改的标题")})
    assert again.is_whole
    finding.refresh_from_db()
    assert finding.title == "乙改的标题"


def test_two_people_who_type_the_same_agree(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    began = intake.title
    save(office, intake, document_in_title=(began, "一样"))
    saved = save(office, intake, "colleague", document_in_title=(began, "一样"))
    assert saved.outcomes["document-title"].state is FieldState.SAME


def test_a_field_that_somebody_else_changed_and_i_did_not_comes_back_as_it_is_now(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    began = intake.title
    save(office, intake, document_in_title=(began, "新标题"))
    saved = save(office, intake, "colleague", document_in_title=(began, began))
    assert saved.outcomes["document-title"].state is FieldState.SAME
    assert saved.outcomes["document-title"].stored == "新标题"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("feedback_on", "2024-02-30", "“2024-02-30” is no day of the calendar"),
        ("kind", "poem", "“poem” is none of the answers to “Kind of document”"),
        ("title", "长" * 501, "“Title” has 501 characters and takes 500"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_and_the_others_are_saved(
    office: Office, field: str, text: str, sentence: str
) -> None:
    intake = office.receive(notices.CLEAN)
    began = {"feedback_on": "2024-06-12", "kind": intake.kind, "title": intake.title}[field]
    saved = save(
        office,
        intake,
        **{f"document_in_{field}": (began, text), "document_in_inspector": (intake.inspector, "县委巡察组")},
    )
    outcome = saved.outcomes[f"document-{field}"]
    assert outcome.state is FieldState.INVALID
    assert outcome.message is not None
    assert sentence in outcome.message.render()
    assert saved.outcomes["document-inspector"].state is FieldState.SAVED
    assert not saved.is_whole


def test_a_day_is_taken_as_input_methods_write_it(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    saved = save(office, intake, document_in_feedback_on=("2024-06-12", "２０２４年６月１日"))
    assert saved.outcomes["document-feedback_on"].state is FieldState.SAVED
    intake.refresh_from_db()
    assert str(intake.feedback_on) == "2024-06-01"


def test_a_new_status_is_mapped_at_once(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = intake.findings.order_by("position")[0]
    name = name_of(intake, "status_text")
    saved = save(office, intake, **{name: ("整改完成", "基本完成")})
    assert saved.outcomes[f"finding-{finding.pk}-stated_progress"] == services.Outcome(
        FieldState.DERIVED, "substantially_done"
    )
    finding.refresh_from_db()
    assert finding.stated_progress == "substantially_done"
    save(office, intake, **{name: ("基本完成", "已整改销号")})
    finding.refresh_from_db()
    assert (finding.stated_progress, finding.stated_closed) == ("done", True)
    save(office, intake, **{name: ("已整改销号", "说不清楚")})
    finding.refresh_from_db()
    assert (finding.stated_progress, finding.stated_closed) == ("", None)


def test_values_set_by_hand_beside_a_new_status_are_kept(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = intake.findings.order_by("position")[0]
    save(
        office,
        intake,
        **{
            name_of(intake, "status_text"): ("整改完成", "大体办妥"),
            name_of(intake, "stated_progress"): ("done", "substantially_done"),
        },
    )
    finding.refresh_from_db()
    assert (finding.status_text, finding.stated_progress) == ("大体办妥", "substantially_done")


def test_a_measure_is_saved_with_its_line_breaks(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    item = intake.findings.order_by("position")[0].items.order_by("position")[0]
    save(office, intake, **{f"item_in_{item.pk}_in_text": (item.text, "一行\r\n又一行\x00")})
    item.refresh_from_db()
    assert item.text == "一行\n又一行"


def test_a_dropped_finding_takes_no_text(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    finding = intake.findings.order_by("position")[0]
    office.do(services.draft_finding_drop, intake, finding_id=finding.pk, reason="与第二项重复")
    saved = save(office, intake, "colleague", **{name_of(intake, "title"): (finding.title, "乙改的标题")})
    outcome = saved.outcomes[f"finding-{finding.pk}-title"]
    assert outcome.state is FieldState.CONFLICT
    assert outcome.message is not None
    assert "周示例 has dropped" in outcome.message.render()


def test_the_field_of_another_draft_is_no_field_of_this_one(office: Office) -> None:
    mine = office.receive(notices.CLEAN)
    theirs = office.receive(notices.NOISY, username="stranger")
    finding = theirs.findings.get()
    changes = {
        f"finding-{finding.pk}-title": Change("抢改", fingerprint(finding.title)),
        "finding-1-stage": Change("closed", fingerprint("")),
        "nonsense": Change("x", ""),
    }
    saved = office.do(services.draft_fields_save, mine, changes=changes)
    assert {outcome.state for outcome in saved.outcomes.values()} == {FieldState.INVALID}
    finding.refresh_from_db()
    assert finding.title != "抢改"


def test_nothing_is_saved_into_what_is_no_draft(office: Office) -> None:
    failed = office.receive(b"")
    with pytest.raises(NotReadError, match="has not been read"):
        save(office, failed, document_in_title=("", "x"))
    aside = office.receive(notices.NOISY)
    office.do(services.intake_abandon, aside, reason="送错")
    with pytest.raises(SetAsideError, match="was set aside by 周示例"):
        save(office, aside, document_in_title=("", "x"))
    done = office.receive(notices.CLEAN)
    office.confirm(done)
    with pytest.raises(AlreadyConfirmedError, match="a draft becomes a ledger once"):
        save(office, done, document_in_title=(done.title, "x"))
    with pytest.raises(IntakeNotFoundError):
        save(office, done, "stranger", document_in_title=(done.title, "x"))


def test_many_fields_take_no_more_queries_than_the_rows_they_stand_in(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    intake = office.receive(notices.CLEAN)
    changes = {}
    for finding in intake.findings.all():
        for field in ("title", "problem", "lead_unit", "due_text", "responsible_leader"):
            changes[f"finding-{finding.pk}-{field}"] = Change("改", fingerprint(getattr(finding, field)))
    # savepoint twice, the draft, the posts of today, its findings, an update for each of two rows, the draft
    with django_assert_max_num_queries(10):
        saved = office.do(services.draft_fields_save, intake, changes=changes)
    assert saved.is_whole
