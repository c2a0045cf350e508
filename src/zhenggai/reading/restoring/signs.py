"""What a whole page shows of itself: is it a mirror's damaged copy (镜像噪声) or a genuine text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from zhenggai.reading.restoring.readings import HAN

SAMPLE: Final = 100_000
"""Code points looked at from the head, the middle and the end of a long text."""

# Mainland spellings that genuine Traditional text does not have (family B), each with its genuine twin.
_MAINLAND: Final = re.compile(
    "[以之今然最前先落隨随日午背]后|后[續续來来期勤備备面果]|[對对關关由位至屬属用等處处基鑒鉴利便善過过限]于|"
    "干[部群警事勁]|[骨主實实苦能]干|[這这那哪]里|里[面邊]|[規规示防典模師失風]范|范[圍围例本文]|"
    "征[求收集地兵信詢]|[象特]征|采[取購购用訪访集納纳伐樣]|開采|[其剩多]余|余[人名萬万元個个次份項项件條条]|"
    "[關聯]系|[標水]准|准[備备確确則则]|制(?:造|作|品|成)|[復覆]制|[風雲云]云|云[南計平]|咨[詢]|划[分清]|"
    "[計規策]划|[臺台]賬|面[粉條]|[恢回答批]复|复[雜雜查核印]|[奮戰斗]斗|斗[爭]|累[計]|采暖"
)
_GENUINE: Final = re.compile(
    "[以之今然最前先落隨日午背]後|後[續來期勤備面果]|[對關由位至屬用等處基鑒利便善過限]於|"
    "幹[部群警事勁]|[骨主實苦能]幹|[這那哪]裡|裡[面邊]|[規示防典模師失風]範|範[圍例本文]|"
    "徵[求收集地兵信詢]|[象特]徵|採[取購用訪集納伐樣]|開採|[其剩多]餘|餘[人名萬元個次份項件條]|"
    "[標水]準|準[備確則]|製(?:造|作|品|成)|複製|雲[南計]|諮詢|[計規策]劃|[恢回答批]復|[奮戰]鬥|鬥爭|採暖"
)
# Over-converted words that no genuine text has (family A).
_OVERDONE: Final = re.compile(
    "製[定度約止]|[機體控限強抑編]製|[全方表書層局正反負當平場]麵|麵[對積臨向貌]|[中近通校黨]曆史|曆[史年屆次]|[經學簡履來]曆|"
    "[係糸]統|[體派]係|若幹|幹[擾預涉淨凈]|[批恢反回答]複|複[興核查]|隻[有要能是會]|谘詢|"
    "[組製]織[裏]|[同]誌|準許|批準|[發公]佈佈|鬆散|鬥膽|餘下[於]|[重多]複[雜]|瞭望[於]|於[是此][後]|[麽]"
)
_TRADITIONAL: Final = re.compile(
    "[黨們這個會國學務關開問題進實對為發現設區縣幹還業長門見體經組織領導責據應當級記書動強調總統計劃員單達點]"
)
_SIMPLIFIED: Final = re.compile(
    "[党们这个会国学务关开问题进实对为发现设区县还业长门见体经组织领导责据应当级记书动强调总统计划员单达点]"
)
_KANA: Final = re.compile("[ぁ-ゖァ-ヺ]")
_HAN_RUN: Final = re.compile(f"[{HAN}]+")


@dataclass(frozen=True, slots=True)
class Signs:
    """Counts over a page (or the sample of a long one)."""

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
    def is_japanese(self) -> bool:
        """Kana runs through the text."""
        return self.kana * 20 > self.han

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
    return Signs(
        han=sum(map(len, _HAN_RUN.findall(sample))),
        traditional=len(_TRADITIONAL.findall(sample)),
        simplified=len(_SIMPLIFIED.findall(sample)),
        mainland=len(_MAINLAND.findall(sample)),
        genuine=len(_GENUINE.findall(sample)),
        overdone=len(_OVERDONE.findall(sample)),
        kana=len(_KANA.findall(sample)),
    )


def sampled(text: str) -> str:
    """The text, or the head, middle and end of a long one."""
    if len(text) <= 3 * SAMPLE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]))
