"""What a list is narrowed to, in words (筛选条件的文字): on the file as the person chose it on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.documents.words import PROGRESS_WORDS, STAGE_WORDS

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.domain.lifecycle import Stage
    from zhenggai.domain.reading import StatedProgress


def narrowed_words(
    *,
    stage: Stage | None = None,
    stated_progress: StatedProgress | None = None,
    stated_nature: str = "",
    stated_closed: bool | None = None,
    is_unstated: bool = False,
    gap: str = "",
    theme: str = "",
    unit: str = "",
    overdue_on: date | None = None,
    text: str = "",
    figure: str = "",
    figure_on: date | None = None,
) -> str:
    """Every condition that holds, one after the other; empty where the list is whole."""
    said = (
        f"环节为“{STAGE_WORDS[stage]}”" if stage else "",
        f"原件所称进度为“{PROGRESS_WORDS[stated_progress]}”" if stated_progress else "",
        f"原件所称类型为“{stated_nature}”" if stated_nature else "",
        "" if stated_closed is None else "原件称已销号" if stated_closed else "原件称未销号",
        "原件未说明进度" if is_unstated else "",
        f"进度比对为“{gap}”" if gap else "",
        f"方面为“{theme}”" if theme else "",
        f"责任单位或配合单位为“{unit}”" if unit else "",
        f"{overdue_on.isoformat()}已逾期" if overdue_on else "",
        f"含有“{text}”" if text else "",
        f"{figure_on.isoformat()}统计为“{figure}”" if figure and figure_on else "",
    )
    return "；".join(each for each in said if each)


def narrowed_by_work(
    *,
    led: str = "",
    leader: str = "",
    light: str = "",
    light_on: date | None = None,
    due_from: date | None = None,
    due_to: date | None = None,
    nature: str = "",
    source: str = "",
) -> str:
    """The conditions on who leads the work, by when, of which nature and source; ``led`` is said already."""
    said = (
        led,
        f"责任领导为“{leader}”" if leader else "",
        f"{light_on.isoformat()}亮灯为“{light}”" if light and light_on else "",
        f"整改时限不早于{due_from.isoformat()}" if due_from else "",
        f"整改时限不晚于{due_to.isoformat()}" if due_to else "",
        f"整改类型为“{nature}”" if nature else "",
        f"来自《{source}》" if source else "",
    )
    return "；".join(each for each in said if each)
