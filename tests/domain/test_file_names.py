"""Names of files: always safe, still to be recognised."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.domain.file_names import NAME_MOST, file_name_of, file_name_safe

REPLACED = "＜＞：＂｜？＊"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("退款凭证.pdf", "退款凭证.pdf"),
        ("Scan 3 (final)_v2.JPG", "Scan 3 (final)_v2.JPG"),
        ("凭\r\n证.pdf", "凭 证.pdf"),
        ('"凭证.pdf', "凭证.pdf"),
        ('凭"证.pdf', "凭＂证.pdf"),
        ("凭\x00证\x07.pdf", "凭证.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\资料\\凭证.pdf", "凭证.pdf"),
        ("凭证\u202efdp.exe", "凭证fdp.exe"),
        ("\ud83d凭证.pdf", "凭证.pdf"),
        ("凭证\u200b.pdf", "凭证.pdf"),
        ("  凭证\u3000一 .pdf ", "凭证 一 .pdf"),
        ("e\u0301.txt", "é.txt"),
        ("a<b>:c|d?e*.txt", "a＜b＞：c｜d？e＊.txt"),
        ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("console.txt", "console.txt"),
        (".凭证", "凭证"),
        ("...", "file"),
        ("", "file"),
        ("资料/", "file"),
        ("\u202e\x00", "file"),
    ],
)
def test_a_name_is_made_safe_and_stays_to_be_recognised(name, safe):
    assert file_name_safe(name) == safe


def test_what_stands_where_nothing_remains_is_the_callers():
    assert file_name_safe("..", otherwise="document.txt") == "document.txt"


def test_a_long_name_loses_its_middle_and_keeps_its_ending():
    safe = file_name_safe("凭" * 300 + ".pdf")
    assert len(safe) == NAME_MOST
    assert safe.endswith("凭….pdf")
    assert file_name_safe("a." + "证" * 300) == "a." + "证" * (NAME_MOST - 3) + "…"
    assert file_name_safe("证" * 300) == "证" * (NAME_MOST - 1) + "…"


@given(st.text(st.characters(), max_size=200))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_every_name_comes_out_safe_and_is_safe_then(name):
    safe = file_name_safe(name)
    assert 1 <= len(safe) <= NAME_MOST
    assert not set(safe) & set('/\\<>:"|?*')
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in safe)
    assert safe.strip(" .") == safe
    assert file_name_safe(safe) == safe
    safe.encode("utf-8")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("云山县2025/2026年度整改通报", "云山县2025／2026年度整改通报.txt"),
        ("示例局\\办公示例室", "示例局＼办公示例室.txt"),
        ("  整改  通报.TXT ", "整改 通报.TXT"),
        ("整改通报.html", "整改通报.html"),
        ("整改通报.htm", "整改通报.htm"),
        (" ", ""),
    ],
)
def test_a_title_is_no_path_and_keeps_every_word_as_the_name_of_a_file(title, name):
    assert file_name_of(title) == name
    assert file_name_safe(name, otherwise="") == name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("凭" * 116 + ".pdf", "凭" * 116 + ".pdf"),
        ("凭" * 117 + ".pdf", "凭" * 115 + "….pdf"),
        ("凭" * 120 + "." + "a" * 12, "凭" * 106 + "…." + "a" * 12),
        ("凭" * 120 + "." + "a" * 13, "凭" * 119 + "…"),
    ],
)
def test_a_name_has_120_characters_at_most_and_an_ending_twelve(name, safe):
    assert file_name_safe(name) == safe
