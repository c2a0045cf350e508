"""The words of labels and columns (标签用词): those that are known, and those made of the same parts."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final

from zhenggai.reading import patterns as re


class Field(StrEnum):
    """What a label or a column stands for."""

    NUMBER = "number"
    THEME = "theme"
    GROUP = "group"
    PROBLEM = "problem"
    DETAIL = "detail"
    TASK = "task"
    GOAL = "goal"
    MEASURES = "measures"
    RESULT = "result"
    STATUS = "status"
    NATURE = "nature"
    CLOSED = "closed"
    LEADER = "leader"
    PERSON = "person"
    LEAD_UNIT = "lead_unit"
    SUPPORTING = "supporting"
    OVERSEER = "overseer"
    CAUSE = "cause"
    AMOUNT = "amount"
    RECOVERED = "recovered"
    REASON = "reason"
    ANSWERABLE = "answerable"
    COUNT = "count"
    DUE = "due"
    ORGANISATION = "organisation"
    REMARK = "remark"


META = frozenset(
    {
        Field.STATUS, Field.NATURE, Field.CLOSED, Field.LEADER, Field.PERSON, Field.LEAD_UNIT,
        Field.SUPPORTING, Field.OVERSEER, Field.DUE, Field.REMARK, Field.ANSWERABLE,
    }
)  # fmt: skip
NAMING = frozenset({Field.NUMBER, Field.THEME, Field.GROUP, Field.ORGANISATION})
BESIDE = frozenset({Field.AMOUNT, Field.RECOVERED, Field.REASON})
"""What stands beside a problem or a result and means nothing without the name of its column."""
ANSWERS = frozenset({Field.RESULT, Field.MEASURES, Field.STATUS})
TELLING = ANSWERS | {
    Field.PROBLEM, Field.DETAIL, Field.TASK, Field.GOAL, Field.DUE, Field.LEAD_UNIT, Field.LEADER,
}  # fmt: skip
_WORDS: dict[Field, str] = {
    Field.NUMBER: "序号 编号 问题序号 号 序 受理编号 交办编号 转办编号 信访件编号 信访编号 案件编号",
    Field.THEME: "问题类别 类别 问题类型 方面 问题分类 分类 反馈方面 所属方面 问题大类",
    Field.GROUP: "大项 主要问题类别 问题小类 问题概述",
    Field.PROBLEM: (
        "问题 存在问题 反馈问题 具体问题 问题内容 主要问题 发现问题 突出问题 存在的问题 存在的主要问题 "
        "隐患 存在的隐患 隐患问题 隐患描述 主要隐患 隐患情况 问题隐患 "
        "存在主要问题 问题描述 反馈的问题 "
        "巡察反馈问题 巡视反馈问题 审计发现问题 审计查出问题 督察反馈问题 整改问题 反馈意见 巡察反馈意见 "
        "巡察发现问题 "
        "发现的问题 反馈具体问题 问题清单 问题名称 需整改问题 存在隐患 隐患内容 问题事项 整改事项 "
        "督察发现问题 主要问题表现 审计反馈问题 "
        "反映情况 反映内容 反映问题 反映的问题 举报内容 举报问题 信访内容 投诉内容 交办问题 交办问题基本情况 "
        "举报事项 信访问题 信访反映问题 群众反映问题 反映主要问题 反映问题基本情况 "
        "缺失情形 缺失事项 缺失项目 缺失内容 "
        "审计查出的问题 审计发现的问题 审计指出问题 审计指出的问题 查出问题 查出的问题 指出问题 指出的问题 "
        "巡察指出问题 巡察指出的问题 巡视指出问题 巡视发现问题 督察指出问题 检查发现问题 检查发现的问题 "
        "检查出的问题 检查发现隐患 发现隐患 发现的隐患 排查隐患 安全隐患 重大隐患 一般隐患 存在风险 风险隐患 "
        "审计发现 审计查出 审计指出 巡察发现 巡察指出 巡视发现 巡视指出 督察发现 督察指出 检查发现 检查指出 "
        "反馈意见指出 反馈指出 巡察反馈指出 巡视反馈指出 巡察反馈意见指出 巡视反馈意见指出 督察反馈意见指出 "
        "风险点 疑点 疑点问题 疑点内容 问题疑点 "
        "反馈问题原文 问题原文 反馈意见原文 问题情况 基本情况"
    ),
    Field.DETAIL: (
        "问题表现 具体表现 主要表现 表现形式 问题具体表现 具体情形 问题详情 具体内容 "
        "调查核实情况 核实情况 核查情况 调查情况 现场核查情况 调查核查情况 是否属实"
    ),
    Field.TASK: "整改任务 任务 整改任务内容 任务内容 整改内容",
    Field.GOAL: (
        "整改目标 整改标准 验收标准 销号标准 目标 销号目标 整改目标任务 整改要求 目标任务 工作目标 "
        "预期目标 整改目标要求"
    ),
    Field.MEASURES: (
        "整改措施 整改举措 具体措施 工作措施 主要措施 措施 具体整改措施 拟采取的整改措施 采取措施 "
        "采取的整改措施 整改办法 具体举措 "
        "正在推进的整改措施 正在推进的措施 正在落实的整改措施 持续推进的整改措施 需长期坚持的整改措施 "
        "长期坚持的整改措施 后续整改工作 下一步整改工作 下一步整改安排 "
        "下一步措施 下一步整改措施 下步整改措施 下一步工作措施 下一步工作打算 下一步打算 下步打算 "
        "下一步计划 下一步工作 下一步工作计划 "
        "下一步整改打算 下一步整改计划 下步工作打算 下步措施 整改方案 整改思路 工作举措 后续措施 "
        "后续整改措施 整改计划 "
        "下一步工作安排 下步工作安排 后续工作安排 下一步安排 后续工作打算 今后工作打算 今后工作安排"
    ),
    Field.RESULT: (
        "整改情况 整改落实情况 整改进展情况 整改进展 整改完成情况 完成情况 落实情况 整改成效 整改结果 "
        "整改效果 取得成效 工作成效 进展情况 "
        "整改落实 整改情况及成效 整改措施及成效 整改措施及完成情况 整改措施落实情况 整改措施和成效 "
        "整改工作情况 整改进展及成效 整改落实进展 "
        "已完成的整改措施 已完成整改措施 已完成的措施 已采取的整改措施 已采取的措施 已落实的整改措施 "
        "已开展的工作 已完成的工作 取得的整改成效 整改完成情况和成效 整改落实情况和成效 问题整改进展情况 "
        "问题整改进展 问题整改成效 具体整改情况 整改落实情况及成效 "
        "整改措施完成情况 整改措施及落实情况 整改举措及成效 整改情况和成效 "
        "整改进展情况及成效 已采取措施 "
        "整改工作进展 整改工作进展情况 整改完成情况及成效 主要整改情况 整改措施及进展 整改措施及进展情况 "
        "任务完成情况 目前进展 目前进展情况 "
        "落实整改情况 问题整改情况 整改结果及成效 取得的成效 整改措施与成效 整改任务完成情况 "
        "整改措施及整改情况 整改主要工作及成效 阶段性成效 "
        "整改主要措施及成效 整改主要工作 主要工作及整改成效 整改落实成效 整改具体情况 整改措施及整改成效 "
        "处理情况 处理和整改情况 处理及整改情况 处理整改情况 处理结果 办理情况 办理结果 处置情况 "
        "改善情形 改善情况 改进情形 改善结果 改善办理情形 "
        "工作进展 整改推进情况 已整改情况 整改 成效 进展 结果 复查结果 复核结果 验收结果 "
        "验收情况 验收销号情况"
    ),
    Field.STATUS: (
        "整改进度 整改状态 完成状态 状态 办理状态 完成进度 是否完成 是否整改到位 是否完成整改 整改完成度 "
        "整改结论 进度 当前状态 是否整改 是否办结 办结情况 办结状态 "
        "目前状态 问题状态"
    ),
    Field.NATURE: "整改类型 整改类别 整改性质 问题性质 整改方式",
    Field.CLOSED: "是否销号 是否已销号 是否验收销号 销号情况 销号状态 销号时间 销号日期 验收销号时间",
    Field.LEADER: (
        "责任领导 牵头领导 包抓领导 分管领导 牵头校领导 责任校领导 主要责任领导 整改责任领导 牵头责任领导 "
        "责任县领导 包案领导 牵头县领导 "
        "整改牵头领导 责任市领导 牵头市领导 责任区领导 牵头区领导 督办领导 主责领导 分管校领导"
    ),
    Field.PERSON: "责任人 整改责任人 责任人员 第一责任人 直接责任人 具体责任人 主要责任人 负责人 经办人",
    Field.LEAD_UNIT: (
        "责任单位 责任部门 责任科室 责任股室 承办单位 牵头单位 牵头部门 牵头科室 整改责任单位 整改实施主体 "
        "责任主体 整改单位 主责部门 "
        "整改责任部门 实施单位 责任处室 牵头责任单位 牵头处室 主责单位 整改主体 整改责任主体 牵头股室 "
        "承办部门 承办科室 责任学院 整改牵头单位 "
        "整改实施单位 责任部门单位 主办单位 整改落实单位"
    ),
    Field.SUPPORTING: (
        "配合单位 协办单位 配合部门 配合科室 责任协办单位 参与单位 协同单位 配合股室 协助单位 协办部门 "
        "协助部门 配合处室 协同部门 参与部门"
    ),
    Field.OVERSEER: (
        "督导单位 验收单位 督办单位 监督单位 督导部门 验收部门 督导领导 验收销号单位 联系单位 监管单位 "
        "督导责任单位 督促指导单位 复查人"
    ),
    Field.DUE: (
        "完成时限 整改时限 整改期限 完成时间 计划完成时间 时限 完成期限 期限 整改完成时限 办结时限 "
        "整改时间 整改完成时间 时间节点 "
        "完成整改时限 拟完成时间 整改时限要求 要求完成时间 预计完成时间 时限要求 整改时间节点"
    ),
    Field.CAUSE: "原因分析 问题原因 产生原因 存在原因 原因剖析 问题成因 成因分析 问题产生原因 剖析原因",
    Field.AMOUNT: (
        "问题金额 涉及金额 金额 违规金额 涉及资金 涉及问题金额 查出金额 涉案金额 审计查出金额 "
        "审计查出问题金额"
    ),
    Field.RECOVERED: (
        "整改金额 已整改金额 完成整改金额 追缴金额 追回金额 已追回金额 收回金额 已收回金额 上缴金额 "
        "已上缴金额"
    ),
    Field.REASON: (
        "未完成原因 未完成的原因 未完成整改原因 未完成整改的原因 未整改原因 未整改到位原因 未整改到位的原因 "
        "未按期完成原因 尚未完成原因 尚未完成整改原因 未销号原因 逾期原因 延期原因 未完成整改原因说明 "
        "未完成整改的原因说明 未完成原因说明"
    ),
    Field.ANSWERABLE: (
        "责任单位及责任人 整改责任单位及责任人 责任部门及责任人 整改责任部门及责任人 责任科室及责任人 "
        "责任单位和责任人 责任部门和责任人 责任单位责任人 责任部门责任人 责任单位、责任人 责任部门、责任人 "
        "责任单位/责任人 责任部门/责任人 责任领导及责任单位 责任领导及责任部门 牵头领导及责任单位 "
        "责任领导和责任部门"
    ),
    Field.ORGANISATION: (
        "被检查单位 受检单位 检查单位 隐患单位 企业名称 "
        "单位 被巡察单位 单位名称 被审计单位 被巡察党组织 涉及单位 被督察单位 问题单位"
    ),
    Field.REMARK: "备注 说明 佐证材料 附件 完成日期 整改依据 问题来源 隐患来源",
}
WORDS: dict[str, Field] = {word: field for field, words in _WORDS.items() for word in words.split()}
_COLUMN_WORDS = (
    "号 序 序号 编号 问题序号 类别 方面 分类 大项 反馈方面 目标任务 期限 单位 单位名称 联系单位 说明 附件 "
    "完成日期 "
    "基本情况 具体内容 整改依据 整改方案 负责人 "
    f"{_WORDS[Field.AMOUNT]} {_WORDS[Field.RECOVERED]}"
)
COLUMN_ONLY = frozenset(_COLUMN_WORDS.split())
INLINE = frozenset(WORDS) - COLUMN_ONLY
"""Words that make a label before a colon; the others name only columns."""

MOST: Final = 14
"""Letters of a label made of parts."""
_OF = r"(?:的|及其?|和|与|、)"
_ABOUT = (
    rf"(?:本项|实际|再次?|该|此项?|主要|具体|目前|当前|阶段性?|最新|反馈|巡[察视]|审计|督察|隐患|问题|整改|工作|任务|事项|责任|落实|推进|办理|处置"
    rf"|处理|实施|进展|完成|取得|采取|已|后续|下一?步|下阶段|意见|销号|{_OF})"
)
_PLACES = r"(?:省|市|县|区|旗|州|镇|乡|街道|校|院|所|局|处|馆|社|公司|集团|班子|党委|党组|党政)"
_UNITS = r"(?:职能)?(?:单位|部门|科室|股室|处室|办所|站所|学院|机构|院系|党组织|党支部|支部|中心|科|股|处)"
_STEPS = r"(?:整改|计划|预计|拟|要求|任务|完成|办结|到位|销号|工作|最终|的)*"
_LEADS = r"(?:责任|牵头|分管|包联|包保|包抓|督办|主管|联系|主责)"
_COMPOSED: tuple[tuple[re.Pattern[str], Field], ...] = tuple(
    (re.compile(pattern), kind)
    for kind, pattern in (
        (
            Field.RESULT,
            (
                rf"(?=.*(?:整改|落实|完成|办理|处[理置]|推进|实施)){_ABOUT}*"
                rf"(?:情况|成效|成果|效果|实效|进展|结果)(?:{_OF}(?:成效|成果|效果|情况|进展))?"
            ),
        ),
        (
            Field.PROBLEM,
            (
                r"(?:再次?整改|(?:专项|重点)?整治|(?:本[次轮]|“?回头看”?|自查|抽查|复查|督查|督导|暗访|调研)(?:检查)?(?:发现|反馈|指出)?)"
                r"的?(?:具体|主要)?问题"
            ),
        ),
        (
            Field.RESULT,
            rf"(?=.*整改){_ABOUT}*(?:措施|举措)(?:{_OF}{_ABOUT}*(?:情况|成效|成果|效果|进展))",
        ),
        (Field.MEASURES, rf"(?=.*(?:整改|采取|下一?步|下阶段|后续)){_ABOUT}*(?:措施|举措)"),
        (Field.STATUS, rf"(?=.*(?:整改|完成|办理)){_ABOUT}*(?:状态|进度|程度)"),
        (Field.STATUS, r"(?:整改|验收|复查|核查|复核|评估|销号|认定)(?:的)?(?:结论|意见|评价)"),
        (
            Field.DUE,
            rf"(?=.*(?:整改|完成|办结|到位)){_STEPS}(?:时限|期限|时间|日期)(?:要求|节点)?",
        ),
        (
            Field.LEADER,
            rf"(?:主要|整改|问题)?{_LEADS}(?:责任)?{_PLACES}*(?:领导|成员)(?:干部)?",
        ),
        (Field.PERSON, r"(?:整改|牵头|主要|直接|具体|第一|落实|问题)*责任人(?:员)?(?:姓名)?"),
        (
            Field.LEAD_UNIT,
            rf"(?:主要|整改|问题)?(?:责任|牵头|承办|主办|主责|实施|落实){{1,2}}{_PLACES}?{_UNITS}",
        ),
        (Field.SUPPORTING, rf"(?:整改)?(?:配合|协办|协同|协助|参与)(?:责任|落实)?{_UNITS}"),
    )
)


@lru_cache(maxsize=4096)
def field_of(word: str) -> Field | None:
    """What a label of these words stands for: a known one, or one made of the parts of such; else null."""
    known = WORDS.get(word)
    if known is not None or not 3 <= len(word) <= MOST:
        return known
    return next((kind for pattern, kind in _COMPOSED if pattern.fullmatch(word)), None)
