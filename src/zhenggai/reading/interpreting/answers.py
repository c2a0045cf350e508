"""Where a problem goes over to its answer without a label (问题之后的整改)."""

from __future__ import annotations

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.status import is_status

_SWALLOWS = re.compile(
    r"(?P<title>[^。；;:：\n]{3,100}?的?问题)(?:[,，:：]\s*|(?=(?:目前|现)?(?:均|都)?[已正]))(?P<rest>[^。；;\n]{2,})"
)
_THEN_DONE = re.compile(
    r"(?P<title>[^。；;:：\n]{4,80}?)[,，](?P<rest>(?:目前|现|均|都|全部)*已(?:经|全部|全额|按[^,，]{2,6}|及时|于[^,，]{2,12}日?)?"
    r"(?:完成|整改|补[缴办录发齐登记建签]|修[订复改缮]|制[定订]|建立|清[退理缴收]|退[还回缴]|追[回缴]|收[回缴]|上缴|取消|拆除|更换"
    r"|安装|约谈|公开|开展|组织|印发|出台|健全|完善|纠正|处理|下发|督促|责令|调整|停止|归还|腾退|移交|配[齐备]|新增|增[设加]|包案|化解|办结|落实|分配|解决|更新|排查|整治|明确|核销|回收|盘活|[支拨兑]付|入账|登记)[^。；;\n]*)"
)
_DASHED = re.compile(r"(?P<title>[^。；;:：\n—–]{4,60})[—–]{1,2}(?P<rest>[^。；;\n—–]{4,})")
_FAULTY_CLAUSE = re.compile(r"^(?:已|正在?)?(?:造成|导致|成为|影响|存在|引发|形成|出现)|长达|之久")
_LATER = re.compile(r"[,，](?:目前|现)?(?:均|都)?[已正]")
_ACTS_NOW = re.compile(r"(?:目前|现|均|都)*(?:已|正在?|拟|将|立即|通过|由|经(?![费营济])|组织|及时)")


def swallowed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a title ends that goes on with its answer (…的问题，已取消…), and where that begins, or null."""
    found = _SWALLOWS.match(text, start, end)
    if found is not None:
        rest = wording.clean(found["rest"])
        acts = wording.is_act(rest) and not (rest.startswith("因") and _LATER.search(rest) is None)
        if (is_status(rest) or acts or _ACTS_NOW.match(rest)) and not _FAULTY_CLAUSE.search(rest):
            return found.end("title"), found.start("rest")
    found = _DASHED.match(text, start, end)
    if found is not None and wording.is_problem(found["title"]) and not wording.is_problem(found["rest"]):
        return found.end("title"), found.start("rest")
    found = _THEN_DONE.match(text, start, end)
    if found is None or wording.is_deed(found["title"]):
        return None
    is_problem = wording.is_problem(found["title"]) or wording.is_fault(found["title"])
    return (found.end("title"), found.start("rest")) if is_problem else None


_ANSWERING = re.compile(
    r"(?<![^。！？\n])[ \u3000]*(?:针对(?:该|此|这|上述|以上|反馈|存在)[^,，。；;]{0,12}[,，]|[对为]此[,，]"
    r"|(?:收到|接到)[^,，。；;]{0,10}反馈[^,，。；;]{0,8}后[,，]"
    r"|(?:巡[察视]|问题|意见|审计)*反馈(?:以)?后[,，]|整改(?:中|过程中|期间|以来)[,，]"
    r"|(?:[\u4e00-\u9fff]{0,16}(?:[局镇乡县区市委校院组部处中心司团位]|街道|领导班子)(?:对此)?)?"
    r"(?:高度重视|第一时间|主动认领|专题研究(?:部署)?整改"
    r"|(?:立即|迅速)(?:召开|组织|成立|研究|开展|行动)))"
    r"(?!不|[^。]{0,6}不[够到足])"
)


def answering(text: str, start: int, end: int) -> int | None:
    """Where the sentence of ``text[start:end]`` begins that leads from the problem to its answer, or null.

    收到反馈后，办公室立即核查。 stands under the problem, before 整改情况：, and is no part of it.
    """
    found = _ANSWERING.search(text, start, end)
    return None if found is None else found.start()


_OF_OTHERS = re.compile(
    r"(?:问题|隐患|风险点|线索|点位|缺陷|[错差]错|图斑)[^,，。；;\n]{0,8}\d+[^,，。；;\n]{0,4}[,，]\s*\Z"
    r"|\d+[余多]?[个处项条件起类][^,，。；;\n]{0,8}(?:问题|隐患|风险点|线索|点位|缺陷|[错差]错|图斑)[^,，。；;\n]{0,4}[,，]\s*\Z"
)
"""Before a clause that says of several things that they are done: what was found, not the finding itself."""
_ALL = re.compile(r"(?:目前|现)?(?:均|都|已?全部|已均)")


def is_of_others(text: str, low: int, start: int, end: int) -> bool:
    """Whether the clause ``text[start:end]`` says that what was found is done (发现问题23个，均已整改到位).

    What it goes on with is looked for behind ``low``; such a clause is no status of the finding.
    """
    return _ALL.match(text, start, end) is not None and _OF_OTHERS.search(text, low, start) is not None
