"""Role of a section by the wording of its heading (组织情况、整改情况、下一步打算)."""

from __future__ import annotations

from zhenggai.domain.reading import SectionRole
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.status import is_said
from zhenggai.reading.interpreting.wording import bracket, clean, stated_for_all, tells_what_is_left

_ROLES: tuple[tuple[SectionRole, re.Pattern[str]], ...] = (
    (SectionRole.ATTACHMENT, re.compile(r"附\s?[件表]")),
    (
        SectionRole.CONTACT,
        re.compile(
            # Here and below every way begins with a letter and asks after it what stands before it: that lets
            # the search skip.
            r"联系(?:方式|电话)|监督(?:方式|电话)|意见反馈方式|意(?<!.意)见反馈$|反馈渠道"
            r"|公(?<!.公)示(?:时间|期限|期)|监督举报"
        ),
    ),
    (
        SectionRole.LEADS,
        re.compile(r"线索|信访(?:举报|件|事项|反映)?(?:的)?(?:办理|处置|核查|处理)|移交(?:的)?(?:问题|事项)"),
    ),
    (
        SectionRole.NEXT_STEPS,
        re.compile(
            r"下一?步|下阶段|下一阶段|今后|后续(?:工作|整改|打算|安排|措施)|努力方向|工作打算|巩(?<!.巩)固(?:拓展"
            r"|深化|提升|扩大|和)?.{0,10}(?:成果|成效)"
            r"|持(?<!.持)续(?:抓好|深化|推进|做好|巩固|用力)(?:后续|巡[察视]|整改)|意见(?:和|及|与)?建议"
            r"|整改(?:工作)?要求|整改(?:意见|建议)|(?:工作|有关)要求$|保障措施|保障机制"
        ),
    ),
    (
        SectionRole.LONG_TERM,
        re.compile(
            r"长期(?:坚持|整改|推进)|持续(?:整改|推进)(?:的)?(?:问题|事项|任务)|未(?:完成"
            r"|整改)(?:整改|到位|完成)?(?:的)?(?:问题|事项|任务|情况)"
            r"|正在推进(?:的)?(?:问题|事项|任务)|需(?:要)?(?:持续|继续|进一步|长期).{0,8}(?:整改"
            r"|推进|坚持)"
        ),
    ),
)
_SUCH = r"(?:的)?(?:具体|主要|突出)?问题"
_FINDINGS = re.compile(
    r"具体(?:整改|落实)|整改(?:工作)?(?:具体|落实|进展|完成)|反馈(?:的)?(?:意见|问题|具体问题|主要问题"
    rf"|情况)|存在{_SUCH}|发现{_SUCH}|查出{_SUCH}|反映{_SUCH}|指出{_SUCH}|移交{_SUCH}"
    r"|问题(?:的)?(?:整改|具体整改)|整改情况|主要问题|突出问题|具体问题|重点问题|共性问题|整改(?:任务|清单|措施|事项|内容|成效)|重点任务|主要任务"
    r"|正在整改(?:的)?(?:问题|事项|任务)|落实情况|问题清单|逐[条项]|隐患|主要情况|整改结果"
)
_ORGANISATION = re.compile(
    r"政治自觉|思想自觉|行动自觉|组织(?:领导|开展|部署|实施|推[进动]|落实|保障|整改)|工作(?:总体|整体|基本)?(?:开展|部署|推进|组织|总体"
    r"|整体)|高度重视|政治站位|思想认识|主体责任|责任落实|压实|主要做法|工作做法|工作措施"
    r"|整改(?:工作)?(?:总体|整体|基本|部署|组织)|总体(?:情况|要求|进展|安排|目标)"
    r"|基本(?:情况|概况|做法)|整体(?:推进)?情况|工作机制|指导思想|基本原则|工作目标|目标要求|统筹|认真学习|领导小组"
    r"|加强领导|动员|扛起|扛牢|履行.{0,14}(?:责任|职责)|工作(?:特点|成效|回顾|情况)$|责任分工|工作步骤"
    r"|方法步骤|实施步骤|制定.{0,6}方案|巡[察视](?:工作)?(?:基本)?情况$"
)
_LEADING = r"(?:的)?(?:主要|突出)?问题"
_STRONGLY_FINDINGS = re.compile(
    r"具体(?:整改|落实|问题)|反馈(?:的)?(?:意见|问题|具体问题|主要问题).{0,8}(?:整改|落实|进展)"
    r"|整改(?:工作)?(?:具体)?(?:落实|进展|完成)(?:的)?(?:具体)?情况|问题(?:的)?(?:具体)?整改|问题$"
    rf"|整改情况(?:及成效)?$|存在{_LEADING}|发现{_LEADING}|查出{_LEADING}|主要{_LEADING}"
)


def role_of(title: str) -> SectionRole:
    """Role of a section by its heading; ``other`` where the words do not tell."""
    words = clean(title)
    apart = bracket(words)
    if apart is not None and is_said(apart[1]) and stated_for_all(words) is None:
        words = apart[0]
    if words.startswith(("下", "今后", "后续")) and _ROLES[-2][1].search(words):
        return SectionRole.NEXT_STEPS
    if tells_what_is_left(words):
        return SectionRole.NEXT_STEPS
    organisation = _ORGANISATION.search(words)
    strong = _STRONGLY_FINDINGS.search(words)
    for candidate, pattern in _ROLES:
        if pattern.search(words) and not (
            candidate is SectionRole.NEXT_STEPS and (strong or _ROLES[-1][1].search(words))
        ):
            return candidate
    if strong and not (organisation and re.search(r"组织|部署|总体|主体责任|开展", organisation[0])):
        return SectionRole.FINDINGS
    if organisation:
        return SectionRole.ORGANISATION
    if _FINDINGS.search(words) or stated_for_all(words) is not None:
        return SectionRole.FINDINGS
    return SectionRole.OTHER
