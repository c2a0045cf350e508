"""Comparing lines of a page whatever its script and its injected readings (归一比较)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.reading.restoring.script import simplify_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

# Only the letters that the patterns of furniture need: loading OpenCC for a handful of lines costs too much.
_TWIN_LETTERS: Final = """
来來 时時 间間 为為 为爲 网網 络絡 内內 于於 与與 关關 请請 断斷 实實 发發 布佈 机機 构構 号號 浏瀏 览覽
数數 击擊 体體 显顯 责責 编編 辑輯 阅閱 读讀 录錄 转轉 载載 声聲 页頁 当當 条條 闭閉 后後 贝貝 复複 复復
制製 链鏈 开開 门門 标標 题題 类類 组組 称稱 态態 词詞 键鍵 审審 终終 对對 摄攝 访訪 问問 气氣 点點 记記
长長 级級 导導 扫掃 码碼 顶頂 错錯 纠糾 无無 语語 报報 赞讚 务務 应應 个個 们們 头頭 热熱 闻聞 荐薦 欢歡
联聯 系係 系繫 图圖 权權 备備 办辦 单單 协協 维維 护護 设設 计計 业業 邮郵 电電 讯訊 话話 传傳 谢謝 观觀
费費 视視 频頻 国國 产產 亚亞 欧歐 乱亂 丽麗 妇婦 丝絲 现現 黄黃 乐樂 赌賭 场場 游遊 戏戲 娱娛 车車 运運
飞飛 银銀 证證 龙龍 区區 钱錢 赢贏 仅僅 谨謹 归歸 删刪 连連 处處 师師 参參 见見 强強 简簡 规規 则則 库庫
执執 质質 进進 过過 这這 党黨 员員
"""
_TWINS: Final = tuple(_TWIN_LETTERS.split())
_FOLD: Final = str.maketrans({pair[1]: pair[0] for pair in _TWINS})
_READING: Final = r"(?:[(（][^()（）\n]{1,8}[)）])?"


def fold(bare: Sequence[str]) -> list[str]:
    """Lines without readings in common Simplified letters, for comparison only."""
    return [line.translate(_FOLD) for line in bare]


def simple_fold(bare: Sequence[str]) -> list[str]:
    """The same with every Traditional letter, for pages whose letters are turned back anyway."""
    return simplify_lines(bare)


def spelled(words: str) -> str:
    """A pattern for ``words`` in either script, with or without a reading after any letter."""
    return "".join(_letter(letter) for letter in words)


def _letter(letter: str) -> str:
    forms = {letter, *(pair[1] for pair in _TWINS if pair[0] == letter)}
    return f"[{''.join(sorted(forms))}]{_READING}"
