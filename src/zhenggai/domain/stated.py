"""What a document calls the state of a finding (原件所称状态), split into its separate facts."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from zhenggai.domain.reading import StatedNature, StatedProgress


class Status(NamedTuple):
    """One printed status as three facts; ``None`` where the words do not say."""

    progress: StatedProgress | None = None
    nature: StatedNature | None = None
    closed: bool | None = None


_DONE = StatedProgress.DONE
_SUBSTANTIAL = StatedProgress.SUBSTANTIALLY_DONE
_UNDER_WAY = StatedProgress.IN_PROGRESS
_NOT_STARTED = StatedProgress.NOT_STARTED
_LONG = StatedNature.LONG_TERM
_UNKNOWN = Status()

# Each line: the whole of one clause → what it says. A clause that matches no line is unknown.
# Source: DOMAIN §3; the variants differ only in 已/均/全部 and in 任务/工作.
_ALL = r"(?:均|都|全部|已经|已|现已)*"
_TASK = r"(?:任务|工作|落实|事项|措施)?"
STATUS_WORDS: tuple[tuple[str, Status], ...] = (
    (
        rf"{_ALL}(?:按期|如期|按时)?(?:完成|整改完成|整改完毕|完成整改|整改|整改到位|整改落实到位)",
        Status(_DONE),
    ),
    (rf"{_ALL}(?:按期|如期|按时)?(?:完成)?整改{_TASK}{_ALL}(?:完成|到位|完毕|办结)", Status(_DONE)),
    (rf"{_ALL}完成(?:了)?(?:全部)?整改{_TASK}", Status(_DONE)),
    (rf"{_ALL}(?:办结|落实到位|整改办结)", Status(_DONE)),
    (
        rf"{_ALL}(?:(?:完成)?整改)?(?:完成|到位)?(?:并|予以|给予|申请通过)?{_ALL}(?:完成)?销号",
        Status(_DONE, None, closed=True),
    ),
    (rf"(?:尚|还|暂)?未(?:予)?(?:完成)?销号{_TASK}", Status(None, None, closed=False)),
    (
        rf"{_ALL}基本(?:上)?{_ALL}(?:完成|整改完成|整改到位|整改|完成整改|到位)(?:整改)?{_TASK}",
        Status(_SUBSTANTIAL),
    ),
    (rf"整改{_TASK}{_ALL}基本{_ALL}(?:完成|到位)", Status(_SUBSTANTIAL)),
    (
        rf"{_ALL}(?:完成)?阶段性(?:整改)?{_ALL}(?:完成|整改|整改完成|完成整改|目标|整改目标){_TASK}",
        Status(_SUBSTANTIAL),
    ),
    (rf"{_ALL}取得(?:了)?(?:阶段性|初步|明显阶段性)(?:整改)?(?:成效|进展|成果)", Status(_UNDER_WAY)),
    (
        rf"(?:仍|还)?(?:正|正在|在|持续|继续|仍在)(?:进行)?(?:整改|推进|落实|推进整改|整改推进){_TASK}(?:中|之中)?",
        Status(_UNDER_WAY),
    ),
    (rf"(?:整改|推进|进行|落实|办理){_TASK}(?:推进|进行)?(?:中|之中)", Status(_UNDER_WAY)),
    (rf"{_ALL}部分(?:{_ALL}整改|{_ALL}完成|整改完成|完成整改|整改到位){_TASK}", Status(_UNDER_WAY)),
    (
        rf"(?:尚|还|暂|仍|均)?未(?:全部|完全)?(?:完成|整改完成|完成整改|整改到位|整改完毕|办结){_TASK}",
        Status(_UNDER_WAY),
    ),
    (
        rf"(?:尚|还|暂|仍|均)?未(?:启动|整改|开始|开展|启动整改|开始整改|开展整改){_TASK}",
        Status(_NOT_STARTED),
    ),
    (r"(?:已)?申请(?:延期|延期整改|整改延期)", Status()),
    (r"(?:尚|还)?未到(?:期|整改时限|整改期限|完成时限|时限|期限)", Status()),
    (
        r"(?:并|需要|需|须|应)*(?:长期坚持|长期整改|坚持长期整改|长期坚持整改|持续坚持|长期推进)",
        Status(None, _LONG),
    ),
    (r"(?:属于|属)?立行立改(?:问题|事项|类)?", Status(None, StatedNature.IMMEDIATE)),
    (r"(?:属于|属)?限期整改(?:问题|事项|类)?", Status(None, StatedNature.TIME_BOUND)),
)
_RULES = tuple((re.compile(pattern), status) for pattern, status in STATUS_WORDS)

# 取得阶段性成效并持续推进 is long-term work, though neither half alone says so.
_STAGE_RESULT = re.compile(r"取得(?:了)?(?:阶段性|初步|明显阶段性)")
_GOES_ON = re.compile(r"(?:持续|继续|长期)")

_FOLD = str.maketrans(
    "長堅堅辦結銷號啟啓動進續階達標請無開時應於給經過屬類還須實畢現從",
    "长坚坚办结销号启启动进续阶达标请无开时应于给经过属类还须实毕现从",
)
_LABEL = re.compile(r"^(?:整改)?(?:状态|进度|进展|完成情况|完成状态|整改情况|整改类型|类型|销号情况)[:：]")
_SUBJECT = re.compile(
    r"^(?:截至目前|截止目前|目前|现|该项|此项|该|此|本)*(?:问题|整改事项|事项|任务)?(?:目前)?(?=.)"
)
_JOINT = re.compile(
    r"[\s,，、;；。.．!！/+()（）\[\]【】〔〕《》<>\"“”'‘’]+|(?<=.)(?:并且|并|且|同时|但)(?=(?:需|须|应|要)?(?:长期|持续|继续|坚持))"
)


def map_status(text: str | None) -> Status:
    """The facts in a printed status (整改状态); all ``None`` for an unknown word.

    Whether the empty answer means "says nothing" (申请延期) or "unknown" is told by `is_known_status`.

    Source: DOMAIN §3, words → (stated_progress, stated_nature).
    """
    return _status(text) or _UNKNOWN


def is_known_status(text: str | None) -> bool:
    """Whether every clause of the status is in the table; an unknown one is asked about, never guessed."""
    return _status(text) is not None


def _status(text: str | None) -> Status | None:
    plain = unicodedata.normalize("NFKC", text or "").translate(_FOLD).strip()
    plain = _LABEL.sub("", plain)
    clauses = [clause for clause in _JOINT.split(plain) if clause]
    facts = [_clause(clause) for clause in clauses]
    if not facts:
        return None
    progress: StatedProgress | None = None
    nature: StatedNature | None = None
    closed: bool | None = None
    stage_result = any(_STAGE_RESULT.search(clause) for clause in clauses)
    for clause, fact in zip(clauses, facts, strict=True):
        if fact is None or _disagree(progress, fact.progress) or _disagree(nature, fact.nature):
            return None
        if _disagree(closed, fact.closed):
            return None
        progress = progress or fact.progress
        nature = nature or fact.nature
        closed = fact.closed if closed is None else closed
        if stage_result and _GOES_ON.match(clause):
            nature = _LONG
    return Status(progress, nature, closed)


def _clause(clause: str) -> Status | None:
    for candidate in (clause, _SUBJECT.sub("", clause)):
        for pattern, status in _RULES:
            if pattern.fullmatch(candidate):
                return status
    return None


def _disagree(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other
