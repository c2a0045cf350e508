"""Every refusal of a field is a whole sentence that names the field, in the reader's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from zhenggai.web.forms.access import SetupForm
from zhenggai.web.forms.inspection import InspectionForm
from zhenggai.web.forms.proving import EvidenceForm
from zhenggai.web.intake.forms import UploadForm

WRONG: list[tuple[Any, dict[str, str], str, str, str]] = [
    (SetupForm, {}, "name", "Fill in “Your name”; it is empty.", "请填写“您的姓名”，此栏不能为空。"),
    (
        UploadForm,
        {},
        "organisation_id",
        "Choose “Organisation it is about”; nothing is chosen yet.",
        "请选择“所涉及的单位”，此栏尚未选择。",
    ),
    (
        UploadForm,
        {"organisation_id": "7"},
        "organisation_id",
        "What was chosen for “Organisation it is about” is not on offer any more; choose again.",
        "“所涉及的单位”所选的项已不可选，请重新选择。",
    ),
    (
        InspectionForm,
        {"title": "题" * 301},
        "title",
        "“Title” holds at most 300 characters, and there are 301; shorten it.",
        "“标题”最多 300 个字，现有 301 个字，请精简。",
    ),
    (
        InspectionForm,
        {"feedback_on": "昨天"},
        "feedback_on",
        "“Feedback on” is not a day that can be read; write it as 2026-03-31.",
        "“反馈日期”不是可识别的日期，请按 2026-03-31 的格式填写。",
    ),
    (
        EvidenceForm,
        {"amount": "很多"},
        "amount",
        "“Amount in yuan” is not a number; write it with digits, as 12600.50.",
        "“金额（元）”不是数字，请用阿拉伯数字填写，例如 12600.50。",
    ),
]


@pytest.mark.parametrize(("form", "data", "name", "english", "chinese"), WRONG)
def test_a_field_says_what_is_wrong_with_it(
    form: Any, data: dict[str, str], name: str, english: str, chinese: str
) -> None:
    for language, sentence in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert [str(each) for each in form(data).errors[name]] == [sentence]


def test_days_and_amounts_are_taken_as_input_methods_write_them() -> None:
    typed = {"proves_on": "２０２６年３月１日", "amount": "１２，６００．５０"}
    form = EvidenceForm(typed)
    assert {"proves_on", "amount"}.isdisjoint(form.errors)
    assert form.cleaned_data["proves_on"] == date(2026, 3, 1)
    assert form.cleaned_data["amount"] == Decimal("12600.50")
    # a browser's field of a day shows nothing that it did not write itself
    assert 'value="2026-03-01"' in str(form["proves_on"])
    with translation.override("zh-hans"):
        assert "不能为空" in str(EvidenceForm({"proves_on": " "}).errors["proves_on"])
