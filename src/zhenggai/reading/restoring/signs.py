"""What a whole page shows of itself: is it a mirror's damaged copy (镜像噪声) or a genuine text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

from zhenggai.reading import patterns as re
from zhenggai.reading.restoring.readings import HAN, SYLLABLE

SAMPLE: Final = 40_000
"""Code points looked at from the head, the middle and the end of a long text."""

# Mainland spellings that genuine Traditional text does not have (family B): left, pivot, right.
_MAINLAND: Final = (
    ("以之今然最前先落隨日午背", "后", "續来來期勤備面果"),
    ("對關由位至屬用等處基鑒利便善過限", "于", ""),
    ("骨主實苦能", "干", "部群警事勁"),
    ("這那", "里", "面邊"),
    ("規示防典模師失風", "范", "圍例本文"),
    ("象特", "征", "求收集地兵詢"),
    ("開", "采", "取購用訪集納伐樣暖"),
    ("其剩多", "余", "人名萬元個次份項件條"),
    ("關聯", "系", ""),
    ("標水", "准", "備確則"),
    ("", "制", "造作品"),
    ("風", "云", "南計"),
    ("計規策", "划", "分清"),
    ("臺台", "賬", ""),
    ("回答批", "复", "雜查核印"),
    ("", "咨", "詢"),
    ("奮", "斗", "爭"),
)
_GENUINE: Final = (
    ("以之今然最前先落隨日午背", "後", "續來期勤備面果"),
    ("對關由位至屬用等處基鑒利便善過限", "於", ""),
    ("骨主實苦能", "幹", "部群警事勁"),
    ("這那", "裡", "面邊"),
    ("這那", "裏", "面邊"),
    ("規示防典模師失風", "範", "圍例本文"),
    ("象特", "徵", "求收集地兵詢"),
    ("開", "採", "取購用訪集納伐樣暖"),
    ("其剩多", "餘", "人名萬元個次份項件條"),
    ("關聯", "係", ""),
    ("標水", "準", "備確則"),
    ("", "製", "造作品"),
    ("風", "雲", "南計"),
    ("計規策", "劃", "分清"),
    ("", "諮", "詢"),
    ("奮", "鬥", "爭"),
)
# Over-converted words that no genuine text has (family A).
_OVERDONE: Final = (
    ("機體控限強抑", "製", "定度約止"),
    ("全方表書層局正反負當平場", "麵", "對積臨向貌"),
    ("中近通校黨經學簡履來", "曆", "史年屆次"),
    ("體派", "係", "統"),
    ("若", "幹", "擾預涉淨凈"),
    ("批恢反回答重", "複", "興核"),
    ("", "隻", "有要能是會"),
    ("", "谘", "詢"),
    ("", "麽", ""),
)
_TRADITIONAL: Final = (
    "黨們這個會國學務關開問題進實對為發現設區縣還業長門見體經組織領導責據應當級記書動強調總統計劃員單達點"
)
_SIMPLIFIED: Final = (
    "党们这个会国学务关开问题进实对为发现设区县还业长门见体经组织领导责据应当级记书动强调总统计划员单达点"
)
_DIFFERING: Final = [pair for pair in zip(_TRADITIONAL, _SIMPLIFIED, strict=True) if pair[0] != pair[1]]
# One pass for both scripts: a count of each letter would be a hundred.
_LETTERS: Final = re.compile(f"[{''.join(old + new for old, new in _DIFFERING)}]")
_OLD_LETTERS: Final = re.compile(f"[{''.join(old for old, _ in _DIFFERING)}]")
_TRADITIONAL_ONE: Final = re.compile(f"[{''.join(pair[0] for pair in _DIFFERING)}]")
_SIMPLIFIED_ONE: Final = re.compile(f"[{''.join(pair[1] for pair in _DIFFERING)}]")
_PIECE: Final = re.compile(r"[^。\n]*[。\n]|[^。\n]+")
_MIXED_LEAST: Final = 8
_READING: Final = re.compile(rf"[(（][{SYLLABLE}]{{1,7}}[0-5]?[)）]")
_HAN_RUN: Final = re.compile(f"[{HAN}]+")
_KANA: Final = "のにをはがでとたしーンスル"
"""The commonest kana: a Japanese page has some of them, and looking for them is quick."""
_KANA_RUN: Final = re.compile("[ぁ-ゖァ-ヺ]+")
_CLAUSE: Final = re.compile("[\n。！？；;：:]+")
_QUOTED: Final = re.compile(
    '“[^“”]{0,400}”|「[^「」]{0,400}」|『[^『』]{0,400}』|《[^《》]{0,400}》|"[^"\n]{0,400}"'
)


@dataclass(frozen=True, slots=True)
class Signs:
    """Counts over a page (or the sample of a long one); ``looked_at`` is in code points."""

    looked_at: int
    han: int
    traditional: int
    simplified: int
    mainland: int
    genuine: int
    overdone: int
    kana: int

    @property
    def is_traditional(self) -> bool:
        """Most letters that differ between the scripts are Traditional."""
        return self.traditional >= 3 and self.traditional > 3 * self.simplified

    @property
    def is_mixed(self) -> bool:
        """Enough letters of both scripts that one part of the page may be a mirror's and the other not."""
        return not self.is_traditional and self.has_both

    @property
    def has_both(self) -> bool:
        """Enough letters of both scripts that only one part of the page can show how it is spelled."""
        return not self.is_japanese and min(self.traditional, self.simplified) >= _MIXED_LEAST

    @property
    def is_japanese(self) -> bool:
        """Kana runs through the text."""
        return self.kana * 20 > self.han

    @property
    def is_genuine(self) -> bool:
        """Traditional letters as Taiwan and Hong Kong spell them, on the whole page or a part of it."""
        return self.genuine > self.mainland and not self.is_mirror_script

    @property
    def is_mirror_script(self) -> bool:
        """Traditional letters spelled as no genuine text spells them: 后/于/干 beside 發/務, or 製定/全麵."""
        if not self.is_traditional or self.is_japanese:
            return False
        return (self.mainland >= 2 and self.mainland >= 3 * self.genuine) or (
            self.overdone >= 2 and self.overdone * 200 >= self.traditional
        )


def look(text: str) -> Signs:
    """Count the signs of ``text``."""
    sample = sampled(text)
    pivots, kinds = _words()
    words: Counter[str] = Counter()
    # A reading between the two letters of a word hides it.
    bare = without_readings(sample)
    for pivot in pivots.finditer(bare):
        at = pivot.start()
        words[kinds.get(bare[at : at + 2]) or kinds.get(bare[max(0, at - 1) : at + 1]) or ""] += 1
    letters = "".join(_LETTERS.findall(sample))
    traditional = len(_OLD_LETTERS.findall(letters))
    return Signs(
        looked_at=max(1, len(sample)),
        han=sum(map(len, _HAN_RUN.findall(sample))),
        traditional=traditional,
        simplified=len(letters) - traditional,
        mainland=words["mainland"],
        genuine=words["genuine"],
        overdone=words["overdone"],
        kana=_kana(bare) if any(map(sample.__contains__, _KANA)) else 0,
    )


def _kana(text: str) -> int:
    """Kana of a Japanese text, which has them all over: a Chinese one may quote some, and counts none."""
    pieces = [piece for piece in _CLAUSE.split(without_quotations(text)) if _HAN_RUN.search(piece)]
    runs = [found for piece in pieces if (found := _KANA_RUN.findall(piece))]
    return sum(len(run) for found in runs for run in found) if len(runs) * 4 >= len(pieces) else 0


def japanese_quotations(text: str) -> list[tuple[int, int]]:
    """The quotations of ``text`` that hold kana: their letters are Japanese ones, in no Chinese script."""
    if not any(map(text.__contains__, _KANA)):
        return []
    return [found.span() for found in _QUOTED.finditer(text) if _KANA_RUN.search(found.group())]


def without_quotations(text: str) -> str:
    """The text without what it quotes, which says nothing of where the page itself comes from."""
    return _QUOTED.sub("", text)


def islands(text: str) -> list[tuple[int, int]]:
    """The stretches of sentences in Traditional letters of a page of both scripts.

    A sentence without a letter that differs belongs to the one before it.
    """
    found: list[tuple[int, int]] = []
    inside = False
    for piece in _PIECE.finditer(text):
        traditional = len(_TRADITIONAL_ONE.findall(piece.group()))
        simplified = len(_SIMPLIFIED_ONE.findall(piece.group()))
        if traditional or simplified:
            inside = traditional > 3 * simplified
        if not inside:
            continue
        if found and found[-1][1] == piece.start():
            found[-1] = (found[-1][0], piece.end())
        else:
            found.append(piece.span())
    return found


def traditional_part(text: str, signs: Signs) -> str:
    """A sample of the Traditional part of a page of both scripts; of any other page a sample of it all."""
    sample = sampled(text)
    if not signs.has_both:
        return sample
    return "".join(sample[start:end] for start, end in islands(sample))


def without_readings(text: str) -> str:
    """The text without what may be readings in brackets, for comparison only."""
    return _READING.sub("", text)


def sampled(text: str) -> str:
    """The text, or the head, middle and end of a long one."""
    if len(text) <= 3 * SAMPLE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]))


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """The letters to stop at, and what each two letters are a sign of."""
    kinds: dict[str, str] = {}
    pivots: set[str] = set()
    for kind, table in (("genuine", _GENUINE), ("mainland", _MAINLAND), ("overdone", _OVERDONE)):
        for left, pivot, right in table:
            pivots.add(pivot)
            kinds.update({f"{letter}{pivot}": kind for letter in left})
            kinds.update({f"{pivot}{letter}": kind for letter in right})
    return re.compile(f"[{''.join(sorted(pivots))}]"), kinds
