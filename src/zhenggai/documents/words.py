"""The words of states in files (导出用语): Chinese, whatever the language of the pages."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.closing import RequestState
from zhenggai.domain.deadlines import Light
from zhenggai.domain.extending import DeadlineKind
from zhenggai.domain.gate_results import GateState
from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.domain.markings import Marking
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.domain.situations import Level

# The Chinese words of DOMAIN §2: a ledger is exchanged between offices.
STAGE_WORDS: Final[dict[Stage, str]] = {
    Stage.REGISTERED: "已登记",
    Stage.ASSIGNED: "已交办",
    Stage.ACCEPTED: "已受领",
    Stage.RECTIFYING: "整改中",
    Stage.CLOSURE_REQUESTED: "已申请销号",
    Stage.STAGE_CLOSED: "阶段销号",
    Stage.CLOSED: "已销号",
}
# A stated value equals ours of the same name, so one table serves both.
NATURE_WORDS: Final[dict[Nature | StatedNature, str]] = {
    Nature.IMMEDIATE: "立行立改",
    Nature.TIME_BOUND: "限期整改",
    Nature.LONG_TERM: "长期坚持",
}
PROGRESS_WORDS: Final[dict[Progress | StatedProgress, str]] = {
    Progress.NOT_STARTED: "未启动",
    Progress.IN_PROGRESS: "正在整改",
    Progress.SUBSTANTIALLY_DONE: "基本完成",
    Progress.DONE: "整改完成",
}
DEADLINE_STATE_WORDS: Final[dict[str, str]] = {
    RequestState.OPEN: "待审批",
    RequestState.SENT_BACK: "已退回",
    RequestState.WITHDRAWN: "已撤回",
    RequestState.GRANTED: "已批准",
}
LIGHT_WORDS: Final[dict[Light, str]] = {
    Light.NONE: "未设时限",
    Light.FAR: "正常",
    Light.NEAR: "临近到期",
    Light.VERY_NEAR: "即将到期",
    Light.OVERDUE: "已逾期",
}
MARKING_WORDS: Final[dict[Marking, str]] = {
    Marking.OPEN: "公开",
    Marking.INTERNAL: "内部",
    Marking.CONFIDENTIAL: "秘密",
    Marking.SECRET: "机密",
    Marking.TOP_SECRET: "绝密",
}
DEADLINE_KIND_WORDS: Final[dict[str, str]] = {
    DeadlineKind.EXTENSION: "申请延期",
    DeadlineKind.LONG_TERM: "申请长期整改",
}
LEVEL_WORDS: Final[dict[str, str]] = {
    Level.UNIT_HEAD: "责任单位负责人",
    Level.LEADER: "责任领导",
    Level.OFFICE: "整改办",
    Level.INSPECTOR: "巡察机构",
}
# on paper a sign is looked for before a word is read
GATE_WORDS: Final[dict[GateState, str]] = {
    GateState.MET: "√ 具备",
    GateState.NOT_APPLICABLE: "— 不适用",
    GateState.NOT_MET: "× 不具备",
}
