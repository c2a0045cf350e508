"""Printed status words and the facts they hold."""

from __future__ import annotations

import pytest

from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.domain.stated import is_known_status, map_status

DONE, SUBSTANTIAL = StatedProgress.DONE, StatedProgress.SUBSTANTIALLY_DONE
UNDER_WAY, NOT_STARTED = StatedProgress.IN_PROGRESS, StatedProgress.NOT_STARTED
LONG, NOW, BY_DATE = StatedNature.LONG_TERM, StatedNature.IMMEDIATE, StatedNature.TIME_BOUND


@pytest.mark.parametrize(
    ("printed", "progress", "nature", "closed"),
    [
        ("整改完成", DONE, None, None),
        ("已完成整改", DONE, None, None),
        ("完成整改", DONE, None, None),
        ("已整改", DONE, None, None),
        ("已办结", DONE, None, None),
        ("已完成", DONE, None, None),
        ("已整改完成", DONE, None, None),
        ("已整改到位", DONE, None, None),
        ("已全部完成整改任务", DONE, None, None),
        ("整改任务已完成", DONE, None, None),
        ("该问题已完成整改。", DONE, None, None),
        ("（已完成）", DONE, None, None),
        ("整改状态：整改完成", DONE, None, None),
        ("整改完成,长期坚持", DONE, LONG, None),
        ("整改完成，长期坚持", DONE, LONG, None),
        ("已完成并长期坚持", DONE, LONG, None),
        ("整改完成（长期坚持）", DONE, LONG, None),
        ("已整改，需长期坚持", DONE, LONG, None),
        ("整改完成 長期堅持", DONE, LONG, None),
        ("立行立改，已完成整改", DONE, NOW, None),
        ("已整改销号", DONE, None, True),
        ("已销号", DONE, None, True),
        ("已完成整改并销号", DONE, None, True),
        ("未销号", None, None, False),
        ("正在整改，未销号", UNDER_WAY, None, False),
        ("未销号，正在整改", UNDER_WAY, None, False),
        ("已销号，长期坚持", DONE, LONG, True),
        ("基本完成", SUBSTANTIAL, None, None),
        ("基本完成整改", SUBSTANTIAL, None, None),
        ("已基本完成", SUBSTANTIAL, None, None),
        ("整改任务基本完成", SUBSTANTIAL, None, None),
        ("基本完成，长期坚持", SUBSTANTIAL, LONG, None),
        ("阶段性完成", SUBSTANTIAL, None, None),
        ("阶段性完成并长期坚持", SUBSTANTIAL, LONG, None),
        ("取得阶段性成效并持续推进", UNDER_WAY, LONG, None),
        ("已取得阶段性成效，持续推进", UNDER_WAY, LONG, None),
        ("取得阶段性成效", UNDER_WAY, None, None),
        ("正在整改", UNDER_WAY, None, None),
        ("正在整改中", UNDER_WAY, None, None),
        ("整改中", UNDER_WAY, None, None),
        ("持续整改", UNDER_WAY, None, None),
        ("持续推进", UNDER_WAY, None, None),
        ("持续整改，长期坚持", UNDER_WAY, LONG, None),
        ("部分整改", UNDER_WAY, None, None),
        ("部分完成", UNDER_WAY, None, None),
        ("未完成", UNDER_WAY, None, None),
        ("尚未完成整改", UNDER_WAY, None, None),
        ("目前正在整改", UNDER_WAY, None, None),
        ("未启动", NOT_STARTED, None, None),
        ("未整改", NOT_STARTED, None, None),
        ("申请延期", None, None, None),
        ("未到整改时限", None, None, None),
        ("长期坚持", None, LONG, None),
        ("立行立改", None, NOW, None),
        ("限期整改", None, BY_DATE, None),
    ],
)
def test_a_printed_status_is_split_into_its_facts(printed, progress, nature, closed):
    assert map_status(printed) == (progress, nature, closed)
    assert is_known_status(printed)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        None,
        "  ",
        "。",
        "见附件",
        "待省认定",
        "整改完成80%",
        "已完成，正在整改",
        "已销号，未销号",
        "未销号，已销号",
        "立行立改，长期坚持",
        "完成方案",
        "整改完成情况",
        "问题",
    ],
)
def test_an_unknown_or_contradictory_word_is_never_guessed(printed):
    assert map_status(printed) == (None, None, None)
    assert not is_known_status(printed)
