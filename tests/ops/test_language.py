from __future__ import annotations

import pytest

from zhenggai.ops import language


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ZHENGGAI_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "zh_Hans"),
        ({"LANG": "en_US.UTF-8"}, "zh_Hans"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_Hans"),
        ({"LANG": "zh_TW.UTF-8"}, "zh_Hant"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_HK.UTF-8"}, "zh_Hant"),
        ({"ZHENGGAI_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"ZHENGGAI_LANG": "en_GB.UTF-8"}, "en"),
        ({"ZHENGGAI_LANG": "zh-Hant"}, "zh_Hant"),
        ({"ZHENGGAI_LANG": "zh-Hans", "LANG": "zh_TW.UTF-8"}, "zh_Hans"),
    ],
)
def test_the_variable_decides_and_an_english_machine_still_speaks_chinese(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language.language() == expected


def test_a_sentence_is_filled_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_LANG", "en")
    assert language._("Findings: %(count)s", count=3) == "Findings: 3"
    assert language._("100 % of it") == "100 % of it"
