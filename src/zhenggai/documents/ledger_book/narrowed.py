"""What a list is narrowed to, in words (筛选条件的文字): on the file as the person chose it on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.documents.words import LIGHT_WORDS, PROGRESS_WORDS, STAGE_WORDS

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.domain.deadlines import Light
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
    return together(*said)


def deadline_words(
    *,
    light: Light | None = None,
    light_on: date | None = None,
    due_from: date | None = None,
    due_to: date | None = None,
) -> str:
    """To which light and which due days the list is narrowed (时限条件)."""
    said = f"{light_on.isoformat()}时限状态为“{LIGHT_WORDS[light]}”" if light and light_on else ""
    return together(said, _due_words(due_from, due_to))


def led_words(*, under: str = "", lead: str = "", is_unset: bool = False, leader: str = "") -> str:
    """Whose findings the list is narrowed to (责任条件)."""
    return together(
        f"牵头单位为“{under}”或其下级单位" if under else "",
        f"牵头单位为“{lead}”" if lead else "",
        "尚未明确牵头单位" if is_unset else "",
        f"责任领导为“{leader}”" if leader else "",
    )


def together(*said: str) -> str:
    """The conditions that say anything, one after the other."""
    return "；".join(each for each in said if each)


def _due_words(first: date | None, last: date | None) -> str:
    """The first and last due day (时限范围), either of which may be open."""
    if first is not None and last is not None:
        return f"完成时限为{first.isoformat()}至{last.isoformat()}"
    if first is not None:
        return f"完成时限不早于{first.isoformat()}"
    return f"完成时限不晚于{last.isoformat()}" if last is not None else ""
