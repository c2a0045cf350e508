from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.search.tokens import TOKEN_MOST, folded, terms_of, tokens_of


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("关于巡察整改", "关于巡察整改"),
        ("關於巡察整改", "关于巡察整改"),
        ("全麵製定", "全面制定"),
        ("存在著問題，谘詢", "存在着问题,咨询"),
        ("乾部 乾隆", "干部干隆"),
        ("ＡＢＣ１２３", "abc123"),
        ("Straße ÉCOLE", "straße école"),
        ("a\u3000b\n\tc  d", "a b c d"),
        ("追回 8.5 万元，\n共 12 项 AB cd 项", "追回8.5万元,共12项ab cd项"),
        ("巡\u200b察\ufeff整\u00ad改", "巡察整改"),
        ("a\x00b\ud800c\x85d", "a b c d"),
        ("㈠①ⅷ", "(一)1viii"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_texts_and_queries_are_compared_in_one_form(text: str, kept: str) -> None:
    assert folded(text) == kept


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("巡察整改", ["巡察", "察整", "整改", "改"]),
        ("改", ["改"]),
        ("整改abc整改", ["整改", "改", "abc"]),
        ("第12条 a-b", ["第", "12", "条", "a", "b"]),
        ("12月7日", ["12", "月", "7", "日"]),
        ("word " * 5, ["word"]),
        ("，。!?“”()", []),
        ("snake_case", ["snake", "case"]),
        ("x" * 100, ["x" * TOKEN_MOST]),
        ("éa", ["u0000e9a"]),
        ("𠮷野家", ["u020bb7野", "野家", "家"]),
        ("〇二", ["u003007二", "二"]),
    ],
)
def test_a_text_is_cut_into_pairs_and_words(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("巡察", [("巡察", ("巡察",), ())]),
        ("巡察整改", [("巡察整改", ("巡察", "察整", "整改"), ())]),
        ("巡", [("巡", (), ("巡",))]),
        ("Word", [("word", (), ("word",))]),
        ("巡察　整改", [("巡察", ("巡察",), ()), ("整改", ("整改",), ())]),
        ("2023年", [("2023年", (), ("年",))]),
        ("年2023", [("年2023", (), ("年", "2023"))]),
        ("关于abc整改", [("关于abc整改", ("关于", "整改"), ("abc",))]),
        ("“", [("“", (), ())]),
        ("a a", [("a", (), ("a",))]),
        ("", []),
        ("\x00", []),
    ],
)
def test_a_query_is_cut_into_terms(
    query: str, terms: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
) -> None:
    assert [(term.text, term.tokens, term.prefixes) for term in terms_of(query)] == terms


def test_a_long_query_is_searched_by_its_beginning() -> None:
    assert [term.text for term in terms_of("整" * 500)] == ["整" * 200]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(), st.integers(0, 20), st.integers(1, 20))
def test_every_part_of_a_text_has_only_tokens_of_the_text(text: str, start: int, length: int) -> None:
    whole = folded(text)
    have = set(tokens_of(whole))
    for term in terms_of(whole[start : start + length]):
        assert term.text in whole
        if not term.text.isascii():
            assert set(term.tokens) <= have
        assert all(token.isalnum() for token in (*term.tokens, *term.prefixes, *have))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text())
def test_folding_a_folded_text_changes_nothing_that_matters(text: str) -> None:
    once = folded(text)
    assert once == once.strip()
    assert "\x00" not in once
    once.encode("utf-8")


def test_the_dictionaries_are_not_read_before_something_is_searched() -> None:
    code = "import sys, zhenggai.search.tokens; sys.exit('opencc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
