"""Texts that speak of 整改 and report none: rules, minutes, answers, patterns (办法、纪要、模板)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.outline_lines import ParagraphKind
from zhenggai.reading.outline_marks import mark_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.outline_lines import Paragraph

_HOW_TO = re.compile(
    r"(?:提案|议案|建议|留言|咨询)[^,，。]{0,20}(?:答复|回复|复函)"
    r"|(?:怎[么样]|如何)(?:写|填|撰写|制定)[^,，。]{0,12}$|写作(?:方法|技巧|要点)"
    r"|(?:报告|通知书?|方案|台账|清单)[:：][^,，。]{0,12}(?:定义|作用|流程|格式|模板)"
)
_EXPLAINED = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:报告|通知书?|方案|台账|清单|公示|通报|整改)是(?:指|一种)?[^。]{6,100}"
    r"(?:文件|报告|文书|材料|过程|手段|工具|方法)"
)
"""A page that tells what a report or ledger is, rather than being one."""
_OTHER_MATTER = re.compile(
    r"招标(?:公告|公示|文件)|中标|采购(?:公告|公示|文件|项目)|询价|比选|磋商公告|招聘|拍卖|听证会?|表彰|任前公示|处罚决定"
    r"|(?:调研|考察|可行性研究|述职|述廉)[^,，。]{0,8}报告|心得|体会|对照检查|申论"
    r"|常见问题(?:清单|汇[编总]|解[答析读]|问答|$)|问答|百问|有问必答"
    r"|^(?!.*整改).*(?:工作总结|总结报告|工作总结和.*计划|工作要点)"
)
"""Titles of texts whose matter is another, also where they speak of 整改."""
_RULE_TITLE = 50
_TITLE_MOST = 90
_RULE_TOP = 40
_RULE = re.compile(
    r"(?:规程|办法|条例|规定|细则|规则|制度|章程|准则|守则|指南|指引|[^方]法|标准|规范|纪要)"
    r"(?:[(（](?:试行|暂行|修[订正]|草案|征求意见稿|节选|摘录)[^()（）]{0,20}[)）])?$"
)
_REPORTS = re.compile(r"通报|公[示告]|报告|方案|整改情况|整改落实|反馈意见|台账|清单")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零]{1,5}条[ \u3000：:]")


_PATTERN = re.compile(
    r"[(（【\[](?:仅?供?(?:学习|填报|编制)?(?:参考|参照|借鉴)(?:使用|模板|样式|样本|稿|件)?|(?:通用|参考|标准)?(?:模板|样表|样本|样式|式样"
    r"|范本|范例|范文|空表|表样)|样|仅供参考)[)）】\]]|(?:参考|通用|标准)?(?:模板|样表|范本|范例|范文|空白表|式样|表样|填报样例)$"
    r"|常见(?:的)?(?:典型|突出|共性|主要|多发|易发)?(?:、(?:多发|易发))?(?:问题|隐患|情形|错误|风险点?)(?:及[^,，。]{2,16})?"
    r"(?:参考)?(?:清单|汇编|汇总|目录|指引|手册|要点|提示|对照表|一览表|集锦|大全|\d+[条例个]|$)"
    r"|(?:自查|检查|排查|巡[察视]|审计)(?:发现)?(?:常见|易发|多发|典型)(?:问题|隐患)|参考(?:清单|目录|提纲)"
    r"|(?:填报|填写|填表)(?:说明|要求|须知)$"
)
_TELLS = re.compile(r"整改(?:落实|进展|完成)?情况|通报|公[示告]|汇报|反馈意见")
_PATTERN_MOST = 60
_PATTERN_TOP = 3


def is_pattern(text: str, paragraphs: Sequence[Paragraph], title: str | None) -> bool:
    """Whether a text is a pattern or a list for reference (模板、样表、常见问题清单): nobody's findings.

    ``title`` is one that the page names and the text does not hold.
    """
    top = [
        text[line.start : line.end] for line in paragraphs[:_PATTERN_TOP] if line.kind is ParagraphKind.PROSE
    ]
    named = [line for line in (title or "", *top) if len(line) <= _PATTERN_MOST]
    return any(_PATTERN.search(line) and not _TELLS.search(_PATTERN.sub("", line)) for line in named)


def is_rule(text: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a text is a rule or minutes (办法、条例、规程、纪要): it demands 整改, it reports none."""
    top = [text[line.start : line.end] for line in paragraphs[:4]]
    if any(_HOW_TO.search(line) for line in top[:2] if len(line) <= _RULE_TITLE):
        return True
    if any(_OTHER_MATTER.search(line) for line in top[:2] if len(line) <= _RULE_TITLE):
        return True
    if any(_EXPLAINED.match(line) for line in top[:3]):
        return True
    if any(_REPORTS.search(line) for line in top if len(line) <= _TITLE_MOST):
        return False
    named = [
        line
        for line, place in zip(top, paragraphs, strict=False)
        if len(line) <= _RULE_TITLE and mark_at(text, place.start, place.end) is None
    ]
    if any(_RULE.search(line) for line in named):
        return True
    numbered = [line for line in paragraphs[:_RULE_TOP] if text[line.start] == "第"]
    return sum(_ARTICLE.match(text, line.start, line.end) is not None for line in numbered) > 2
