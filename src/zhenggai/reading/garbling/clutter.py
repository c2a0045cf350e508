"""Lines and letters around and inside a document: mirror lines, spam, portal, counters, breaks (附加内容)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.reading.garbling.noise import Noise, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhenggai.reading.garbling.noise import Page

_MIRROR_TOP: Final = ("来源时间为:2040-03-28",)
_MIRROR_BOTTOM: Final = (
    "文章来源于:http://mirror.example 示例网",
    "网站内容来源于网络,其真实性与本站无关,请网友慎重判断",
)
_LEFT_OUT: Final = "……(示例文库网省略330字,正式会员可完整阅读)……"
_SPAM: Final = (
    "百家乐平台 真人娱乐 注册送 时时彩 电子游艺",
    "博彩 娱乐城 棋牌游戏 体育投注 老虎机",
    "六合彩 彩票网 投注平台 开户送 太阳城",
)
_LINKS: Final = (
    "http://a.example http://b.example http://c.example www.d.example",
    "主站蜘蛛池模板： 甲站| 乙站| 丙站",
    "站群 外链 私服 http://e.example http://f.example www.g.example",
)
_PORTAL_TOP: Final = (
    "首页 > 政务公开 > 公示公告",
    "索引号：000-1/2040 发布机构：示例县水利局",
    "发布日期：2040-03-28 浏览量：35",
    "字号：大 中 小",
)
_PORTAL_BOTTOM: Final = (
    "【打印本页】 【关闭窗口】",
    "上一篇：没有了",
    "下一篇：示例公告",
    "版权所有：示例县人民政府 网站标识码：0000000000",
)
_WIDTH: Final = (26, 40)
_LONG: Final = 20
_COUNTER: Final = "— {} —"
_PAGE_LETTERS: Final = (300, 500)
_RANDOM_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz"
_RANDOM_LEAST: Final = 3
_ENDS: Final = ("。", "；", "！", "？", "：", "”", "）")


def around(rows: Sequence[Row], kinds: frozenset[Noise], page: Page) -> list[Row]:
    """The rows with the lines that the page puts above, between and below them."""
    top: list[Row] = []
    bottom: list[Row] = []

    def add(kind: Noise, rows: list[Row], lines: Iterable[str]) -> None:
        for line in lines:
            rows.append(Row(0, line))
            page.ledger.note(kind, 0, "", line)

    if Noise.PORTAL in kinds:
        add(Noise.PORTAL, top, _PORTAL_TOP)
        add(Noise.PORTAL, bottom, _PORTAL_BOTTOM)
    if Noise.FURNITURE in kinds:
        add(Noise.FURNITURE, top, _MIRROR_TOP)
        add(Noise.FURNITURE, bottom, _MIRROR_BOTTOM)
    if Noise.SPAM in kinds:
        add(Noise.SPAM, top if page.rng.random() < 0.5 else bottom, [page.rng.choice(_SPAM)])
    if Noise.LINKS in kinds:
        add(Noise.LINKS, bottom, [page.rng.choice(_LINKS)])
    middle = list(rows)
    if Noise.FURNITURE in kinds and len(middle) > 2:
        place = page.rng.randrange(1, len(middle))
        middle.insert(place, Row(0, _LEFT_OUT))
        page.ledger.note(Noise.FURNITURE, 0, "", _LEFT_OUT)
    return [*top, *middle, *bottom]


def counted(rows: Sequence[Row], page: Page) -> list[Row]:
    """A page number on a line of its own every few hundred letters, inside a sentence where one is there.

    One number alone could be the document's own: a text of one page has none.
    """
    done: list[Row] = []
    cut: list[int] = []
    letters, most = 0, page.rng.randint(*_PAGE_LETTERS)
    for row in rows:
        letters += len(row.text)
        if letters < most or not row.number:
            done.append(row)
            continue
        at = len(row.text) // 2 if len(row.text) > _LONG else len(row.text)
        cut.append(row.number)
        done += (row._replace(text=row.text[:at]), Row(0, _COUNTER.format(len(cut))))
        if row.text[at:]:
            done.append(row._replace(text=row.text[at:]))
        letters = 0
    if len(cut) < 2:
        return list(rows)
    for number, line in enumerate(cut, 1):
        page.ledger.note(Noise.COUNTERS, line, "", _COUNTER.format(number))
    return done


def wrapped(rows: Iterable[Row], page: Page) -> list[Row]:
    """Long rows broken at one width, inside words."""
    width = page.rng.randint(*_WIDTH)
    done: list[Row] = []
    for row in rows:
        pieces = [row.text[at : at + width] for at in range(0, len(row.text), width)] or [""]
        done += (row._replace(text=piece) for piece in pieces)
        for _ in pieces[1:]:
            page.ledger.note(Noise.WRAP, row.number, "", "\n")
    return done


def marked_up(rows: Iterable[Row], page: Page) -> list[Row]:
    """Tags of the page that leaked into the text."""
    done: list[Row] = []
    for row in rows:
        if row.number and row.text and page.rng.random() < 0.3:
            page.ledger.note(Noise.MARKUP, row.number, "", "<p></p>")
            row = row._replace(text=f"<p>{row.text}</p>")  # noqa: PLW2901  # the row, changed
        done.append(row)
    return done


def random_ends(rows: Sequence[Row], page: Page) -> list[Row]:
    """Random letters behind the last mark of some lines; of three at least, or of none."""
    ends = [at for at, row in enumerate(rows) if row.number and row.text.endswith(_ENDS)]
    chosen = page.rng.sample(ends, max(_RANDOM_LEAST, len(ends) // 2)) if len(ends) >= _RANDOM_LEAST else []
    done = list(rows)
    for at in sorted(chosen):
        letters = "".join(page.rng.choices(_RANDOM_LETTERS, k=4))
        word = f"{letters[:2]}{page.rng.randrange(10)}{letters[2:]}"
        page.ledger.note(Noise.RANDOM, rows[at].number, "", word)
        done[at] = rows[at]._replace(text=rows[at].text + word)
    return done
