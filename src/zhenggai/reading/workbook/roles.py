"""What the columns of a ledger hold (列的含义), by their names (DOMAIN §9), with how sure that is and why."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from zhenggai.domain.messages import msg
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import columns, status
from zhenggai.reading.interpreting.label_words import WORDS, Field, field_of


class Role(StrEnum):
    """What a column holds: the fields of a finding, and what a reading keeps without a field of its own."""

    NUMBER = "number"
    COUNT = "count"
    THEME = "theme"
    GROUP = "group"
    PROBLEM = "problem"
    DETAIL = "detail"
    GOAL = "goal"
    MEASURES = "measures"
    RESULT = "result"
    STATUS = "status"
    NATURE = "nature"
    CLOSED = "closed"
    CLOSED_ON = "closed_on"
    LEADER = "leader"
    PERSON = "person"
    LEAD_UNIT = "lead_unit"
    SUPPORTING = "supporting"
    ANSWERABLE = "answerable"
    DUE = "due"
    FOUND_ON = "found_on"
    START = "start"
    DONE_ON = "done_on"
    ORGANISATION = "organisation"
    AMOUNT = "amount"
    RECOVERED = "recovered"
    REASON = "reason"
    CAUSE = "cause"
    OVERSEER = "overseer"
    EVIDENCE = "evidence"
    HANDLER = "handler"
    REMARK = "remark"
    KEY = "key"


LABELS: Final[dict[Role, str]] = {
    Role.NUMBER: msg("number"),
    Role.COUNT: msg("number of the measure"),
    Role.THEME: msg("theme"),
    Role.GROUP: msg("group"),
    Role.PROBLEM: msg("problem"),
    Role.DETAIL: msg("details of the problem"),
    Role.GOAL: msg("goal or criterion"),
    Role.MEASURES: msg("measures"),
    Role.RESULT: msg("what was done"),
    Role.STATUS: msg("status"),
    Role.NATURE: msg("nature"),
    Role.CLOSED: msg("whether closed"),
    Role.CLOSED_ON: msg("day of closing"),
    Role.LEADER: msg("responsible leader"),
    Role.PERSON: msg("responsible person"),
    Role.LEAD_UNIT: msg("responsible unit"),
    Role.SUPPORTING: msg("supporting units"),
    Role.ANSWERABLE: msg("unit and person"),
    Role.DUE: msg("deadline"),
    Role.FOUND_ON: msg("day of finding"),
    Role.START: msg("day of beginning"),
    Role.DONE_ON: msg("day of completion"),
    Role.ORGANISATION: msg("inspected organisation"),
    Role.AMOUNT: msg("amount"),
    Role.RECOVERED: msg("amount recovered"),
    Role.REASON: msg("reason why it is not done"),
    Role.CAUSE: msg("cause"),
    Role.OVERSEER: msg("supervising unit"),
    Role.EVIDENCE: msg("evidence"),
    Role.HANDLER: msg("handler"),
    Role.REMARK: msg("remark"),
    Role.KEY: msg("key of the ledger"),
}
# what the labels of a notice hold in one field, or have no field for
_OWN: Final[dict[Role, str]] = {
    Role.NUMBER: (
        "问题编号 问题编码 问题号 台账编号 台账序号 事项编号 编码 清单编号 问题清单编号 总序号 "
        "对应问题编号 对应问题序号 对应问题号 对应编号 对应序号 所属问题编号 所属问题序号 关联问题编号 "
        "对应问题清单编号 对应问题清单序号"
    ),
    Role.STATUS: "完成比例 完成百分比 整改完成比例 整改完成率 进度百分比 整改进度百分比",
    Role.CLOSED: (
        "是否销号 是否已销号 销号 销号与否 销号情况 销号状态 是否完成销号 是否验收销号 是否申请销号 销号标记"
    ),
    Role.CLOSED_ON: "销号时间 销号日期 完成销号时间 验收销号时间 验收销号日期 实际销号时间 销号完成时间",
    Role.FOUND_ON: (
        "发现时间 发现日期 反馈时间 反馈日期 检查时间 检查日期 问题发现时间 问题反馈时间 "
        "排查时间 交办时间 交办日期 移交时间 审计时间 巡察时间 巡察反馈时间 登记时间 登记日期"
    ),
    Role.START: (
        "开始时间 开始日期 启动时间 启动日期 起始时间 起始日期 整改开始时间 整改启动时间 "
        "整改起始时间 整改起始日期 整改开始日期"
    ),
    Role.DONE_ON: (
        "完成日期 实际完成时间 实际完成日期 整改完成日期 办结时间 办结日期 实际办结时间 "
        "整改实际完成时间 实际完成整改时间 实际整改完成时间 整改完成实际时间"
    ),
    Role.EVIDENCE: (
        "佐证材料 佐证 佐证资料 证明材料 支撑材料 印证材料 附件 佐证材料名称 佐证材料清单 "
        "印证资料 整改佐证材料 相关佐证材料 佐证附件 支撑资料 证明资料 佐证材料目录 整改前图片 "
        "整改后图片 整改前照片 整改后照片"
    ),
    Role.HANDLER: "经办人 联络员 联系人 填报人 整改联络员 具体经办人 工作联络员",
    Role.REMARK: "备注 说明 备注说明 其他说明",
    # nothing but what an exported ledger has, for a column of that name is believed
    Role.KEY: "系统标识",
    Role.COUNT: "措施序号 任务序号 措施编号 任务编号 整改措施序号",
    Role.SUPPORTING: "配合责任单位 配合部门单位 责任配合单位",
    Role.NATURE: "整改类型 整改类别 整改性质 问题性质 整改方式 整改时限类型 时限类别 时限类型",
    Role.PERSON: "责任人 责任人姓名 具体负责人",
    Role.DUE: (
        "完成时限 截止时间 截止日期 到期时间 到期日期 限改时间 完成期限 整改截止时间 "
        "整改截止日期 计划完成日期 整改到期时间 要求时限"
    ),
}
_WORDS: Final[dict[str, Role]] = {word: role for role, words in _OWN.items() for word in words.split()}
_FIELDS: Final[dict[Field, Role]] = {
    Field.TASK: Role.DETAIL,
    **{field: Role(field.value) for field in Field if field.value in set(Role)},
}
_COUNT: Final = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}[、.]|[(][一二三四五六七八九十\d]{1,2}[)]|\d{1,2}[、.]|[①-⑳])"
)
_ASIDE: Final = re.compile(r"[(\[【〔][^()\[\]【】〔〕]{0,40}[)\]】〕]")
_NOISE: Final = re.compile(r"[\s:*＊★☆√✓#'\"“”·_.。,，]+")
_PLAN: Final = re.compile(r"限|计划|拟|要求|截止|预计|到期")
_COUNTED: Final = re.compile(r"(?:个|总|项|件|条|数|次)数量?\Z|(?:问题|任务|措施)(?:数|数量)\Z")
"""A column that counts findings (问题数) and holds none."""
_RECOVERED: Final = re.compile(
    r"上缴|归还|退还|退缴|收缴|收回|追回|挽回|核减|盘活|统筹使用|归垫|补缴|金额|资金"
)
_DONE: Final = re.compile(r"实际|完成日期|办结[时日]")
_HEADING_MOST: Final = 30
_AND: Final = re.compile(r"[/、和及与]|以及|(?<=[人导位门室])兼")
_TAIL: Final = re.compile(r"(?:[一二三四五六七八九十]|\d{1,2}|原文|原话|表述|摘要|全文)\Z")
_UNITS_TAIL: Final = re.compile(
    r"(?<=[任办头合导])[部办局科股站所室处院系委组会队]{2,5}\Z|(?<=责任)(?:学校|医院|企业|公司|镇街|乡镇|社区|村居?)\Z"
)
_UNITS: Final = frozenset({Field.LEAD_UNIT, Field.SUPPORTING})
_WHO: Final = _UNITS | {Field.LEADER, Field.PERSON}
_FIRST_HOLDS: Final = frozenset(
    {(Field.DUE, Field.STATUS), (Field.DUE, Field.RESULT), (Field.STATUS, Field.RESULT)}
)

KNOWN: Final = msg("The name is one of those that offices use for it.")
COMPOSED: Final = msg("The name is made of words that offices use for it.")
LIKE: Final = msg("The name is like those that offices use for it; look whether it is meant.")
UNKNOWN: Final = msg("The name is not known; the column is kept as it is printed.")
NO_NAME: Final = msg("The column has no name; it is kept as it is printed.")
CHOSEN: Final = msg("Somebody chose it.")
ABOVE: Final = msg("The name above it, over several columns, says what it is.")
SECOND: Final = msg("Another column is this already; of two alike the first holds the field.")
BESIDE: Final = msg("Another table begins beside the first; its columns are kept as they are printed.")
NUMBERED: Final = msg(
    "Every detail has a number that goes on: each is a finding, the problem above is their group."
)
OPTION: Final = msg("The column is one choice of several: a tick in it says its name.")


class Guess(NamedTuple):
    """What a column is held to be: the role (null: not known), how sure from 0 to 1, and why (msgid)."""

    role: Role | None
    confidence: float
    why: str


NOT_KNOWN: Final = Guess(None, 0.0, UNKNOWN)


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A column's name without what varies: blanks, line breaks, brackets, counts, stars (列名归一)."""
    plain = _COUNT.sub("", unicodedata.normalize("NFKC", name).strip(), count=1)
    shorter = _NOISE.sub("", _ASIDE.sub("", plain))
    return shorter or _NOISE.sub("", plain).strip("()[]【】〔〕")


@lru_cache(maxsize=4096)
def guess(name: str) -> Guess:
    """What a column of this name holds (猜测列义)."""
    plain = folded(name)
    if not plain or len(plain) > _HEADING_MOST:
        return NOT_KNOWN
    if plain in _WORDS:
        return Guess(_WORDS[plain], 1.0, KNOWN)
    field = WORDS.get(plain)
    if field in _FIELDS:
        return Guess(_FIELDS[field], 1.0, KNOWN)
    if _COUNTED.search(plain):
        return NOT_KNOWN
    for find, confidence, why in (
        (field_of, 0.9, COMPOSED),
        (_of_several, 0.9, COMPOSED),
        (_without_tail, 0.9, COMPOSED),
        (_of_unit, 0.9, COMPOSED),
        (columns.like, 0.6, LIKE),
    ):
        field = find(plain)
        if field in _FIELDS:
            done = field is Field.DUE and _DONE.search(plain) and not _PLAN.search(plain)
            return Guess(Role.DONE_ON if done else _FIELDS[field], confidence, why)
    return NOT_KNOWN


def _of_several(plain: str) -> Field | None:
    """What a name of two holds (责任人/责任单位, 完成时间及进度): who answers, or what the first does."""
    first, _sign, second = _AND.sub("/", plain, count=1).partition("/")
    fields = [WORDS.get(part) or field_of(part) for part in (first, second)] if second else []
    if len(fields) != 2 or None in fields:
        return None
    if fields[0] in _WHO and fields[1] in _WHO and (fields[0] in _UNITS) is not (fields[1] in _UNITS):
        return Field.ANSWERABLE
    return fields[0] if (fields[0], fields[1]) in _FIRST_HOLDS else None


def _of_unit(plain: str) -> Field | None:
    """What a name means that ends with several kinds of units (责任站办所、责任部室)."""
    shorter = _UNITS_TAIL.sub("单位", plain)
    return WORDS.get(shorter) if shorter != plain else None


def _without_tail(plain: str) -> Field | None:
    """What a name means without its count or what it adds (整改措施2, 巡察反馈意见原文)."""
    shorter = _TAIL.sub("", plain)
    return WORDS.get(shorter) or field_of(shorter) if shorter and shorter != plain else None


@lru_cache(maxsize=1024)
def is_option(name: str) -> bool:
    """Whether a name below another one is a choice to be ticked (已完成、长期坚持、是): it says a status."""
    plain = folded(name)
    return plain in {"是", "否", "已销号", "未销号"} or status.is_status(plain)


def is_recovered(name: str) -> bool:
    """Whether the name of a column below what was done says money that came back (其中：上缴财政)."""
    return _RECOVERED.search(folded(name)) is not None


def is_task(name: str) -> bool:
    """Whether a column names what is to be done and no problem (整改任务)."""
    return WORDS.get(folded(name)) is Field.TASK


def is_plan(name: str) -> bool:
    """Whether the name of a column of days says that they lie ahead (计划完成时间)."""
    return _PLAN.search(folded(name)) is not None
