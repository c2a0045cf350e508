"""What a printed status says (原件所称状态), by the table of DOMAIN §3; an unknown word says nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from collections.abc import Sequence


class Stated(NamedTuple):
    """Progress, nature and closure that a printed status states; null where it does not."""

    progress: StatedProgress | None = None
    nature: StatedNature | None = None
    closed: bool | None = None


_FULLY = r"(?:已|均|都|全部|经|按期|按时|如期|现|按要求|立即|完全)*"
_RATE = r"(?:已?完成|整改(?:完成)?(?:率|进度)(?:达到?|为)?)?"
_NOW = r"(?:目前|现|尚|均|仍|还|已)*"
_TABLE: tuple[tuple[str, Stated], ...] = (
    (
        (
            rf"{_FULLY}(?:完成)?(?:整改)?(?:完成|到位)?并?(?:已?通过)?(?:验收|审核)?(?:予以)?销号(?:整改|完成)?了?"
            r"|已于20\d\d年\d{1,2}月(?:\d{1,2}日)?(?:完成)?(?:整改)?(?:验收)?并?销号"
        ),
        Stated(StatedProgress.DONE, None, closed=True),
    ),
    (
        r"(?:一致)?(?:同意|予以|准予|准许|可以?|通过)(?:予以)?(?:验收)?销号",
        Stated(StatedProgress.DONE, None, closed=True),
    ),
    (rf"{_NOW}(?:暂)?(?:未(?:完成|予以?|申请|通过)?(?:验收)?|不予)销号", Stated(closed=False)),
    (
        (
            rf"{_FULLY}(?:整改(?:任务|工作)?(?:全部|已)?(?:完成|到位|完毕|落实到位|办结|结束)"
            rf"|完成(?:了)?整改(?:任务|工作)?"
            r"|全部整改)了?"
        ),
        Stated(StatedProgress.DONE),
    ),
    (
        r"(?:均|全部|都|现)*已(?:经|全部|按期|按时|按要求)*(?:整改|办结|完成|落实到位)了?|完成|办结",
        Stated(StatedProgress.DONE),
    ),
    (
        rf"(?:整改(?:任务|工作)?)?{_FULLY}基本(?:上)?(?:(?:整改|完成|到位)(?:完成|到位|整改)?(?:任务)?)",
        Stated(StatedProgress.SUBSTANTIALLY_DONE),
    ),
    (
        (
            rf"{_FULLY}阶段性(?:(?:整改)?(?:完成|办结|到位)(?:整改)?|整改)"
            rf"|{_FULLY}完成(?:了)?阶段性(?:整改)?(?:任务|目标)?"
        ),
        Stated(StatedProgress.SUBSTANTIALLY_DONE),
    ),
    (
        (
            rf"{_NOW}(?:正在?(?:持续|抓紧|加快)?|持续|部分|尚?在)整改中?|整改中|{_NOW}大?部分(?:已)?完成(?:整改)?|{_NOW}未(?:整改)?(?:完成|办结)(?:整改)?"
            r"|正在进行整改|整改(?:还|仍|尚)?不(?:够)?到位|尚未整改(?:完成|到位)|未整改(?:完成|到位)"
            rf"|{_NOW}正在?(?:有序|稳步|持续|加快|全力|抓紧|按计划)?(?:推进|推动|落实|办理|实施)(?:整改|落实)?中?"
            rf"|(?:整改|{_NOW}持续)推进(?:整改)?中?|{_NOW}(?:推进|办理|落实)中"
            rf"|(?:整改(?:工作)?)?{_FULLY}取得(?:了)?阶段性(?:整改)?(?:成效|成果|进展)"
            r"|阶段性(?:整改)?(?:成效|成果)(?:较?为?明显|显著)"
            rf"|整改(?:任务|工作)?{_NOW}(?:正在?|有序|稳步|持续|加快|抓紧|按计划)+(?:进行|推进|推动|开展|实施|落实)中?"
            rf"|整改(?:任务|工作)?{_NOW}进行中|{_NOW}正在进行(?:中|整改)?"
            rf"|(?:整改)?{_NOW}(?:正在?)?(?:按照?(?:整改)?(?:计划|期|时|要求|(?:序时|时序)(?:进度|要求)?)|如期|序时|时序)"
            r"(?:有序|稳步|持续|加快)?(?:推进|整改)(?:整改|落实)?中?"
        ),
        Stated(StatedProgress.IN_PROGRESS),
    ),
    # the words that ledgers offer to choose from (进行中、逾期未完成)
    (
        (
            r"(?:正在)?(?:进行|实施|处理|开展)中|正常推进中?"
            r"|(?:未达到?|落后于?|滞后于?)序时进度|进度滞后"
            r"|(?:已)?(?:逾期|超期|到期)(?:仍|尚)?未(?:完成|整改|办结)|已(?:逾期|超期)|部分(?:落实|解决)|(?:尚|仍)?未(?:解决|落实)"
        ),
        Stated(StatedProgress.IN_PROGRESS),
    ),
    (
        r"(?:按期|按时|如期|提前|逾期|超期)(?:已)?(?:完成|办结)(?:整改)?|已落实",
        Stated(StatedProgress.DONE),
    ),
    (r"已?基本落实", Stated(StatedProgress.SUBSTANTIALLY_DONE)),
    (r"(?:尚)?未开始(?:整改)?|待(?:启动|整改|办理)", Stated(StatedProgress.NOT_STARTED)),
    (r"待验收|验收中|(?:已)?提交验收", Stated()),
    # a rate in the place of a status (100%，已完成)
    (rf"{_RATE}100[%％]", Stated(StatedProgress.DONE)),
    (
        rf"{_RATE}[1-9]\d?(?:\.\d+)?[%％]",
        Stated(StatedProgress.IN_PROGRESS),
    ),
    (rf"{_NOW}未(?:启动|开展|开始)?(?:整改)?(?:工作)?", Stated(StatedProgress.NOT_STARTED)),
    (r"(?:符合|具备|达到)(?:整改)?(?:验收)?销号(?:条件|标准|要求)", Stated()),
    (r"(?:已|正在?|拟|现)?申请延期(?:整改)?|(?:尚|还)?未到(?:整改|完成)?(?:时限|期限)", Stated()),
    (
        r"(?:后续)?(?:需|需要|仍需|并|且|继续|将)*(?:长期(?:坚持|整改|推进|巩固)(?:整改)?|(?:持续|常态化?)坚持)",
        Stated(None, StatedNature.LONG_TERM),
    ),
    # what a column asks (是否整改到位)
    (r"是|√", Stated(StatedProgress.DONE)),
    (r"否|×", Stated(StatedProgress.IN_PROGRESS)),
    (r"已?立行立改", Stated(None, StatedNature.IMMEDIATE)),
    (r"已?立行立改(?:完成|到位|完毕)", Stated(StatedProgress.DONE, StatedNature.IMMEDIATE)),
    (r"已得到(?:有效|全面|彻底|切实)?整改", Stated(StatedProgress.DONE)),
    (r"(?:均|全部)?已(?:全部|彻底|有效|得到|妥善)*解决", Stated(StatedProgress.DONE)),
    (r"(?:均)?已?基本解决", Stated(StatedProgress.SUBSTANTIALLY_DONE)),
    # Taiwan's words (改善情形)
    (rf"{_FULLY}(?:完成改善|改善(?:完成|完竣|完毕))|(?:已|均|全部)+改善", Stated(StatedProgress.DONE)),
    (
        rf"{_NOW}(?:正在?|持续|部分|尚?在)?改善中|{_NOW}(?:持续|部分)改善",
        Stated(StatedProgress.IN_PROGRESS),
    ),
    (r"(?:已|正在?|待|可|拟|现)?(?:申请|提请|报请|待)(?:验收)?销号", Stated()),
    (r"限期整改", Stated(None, StatedNature.TIME_BOUND)),
)
_WORDS: tuple[tuple[re.Pattern[str], Stated], ...] = tuple(
    (re.compile(pattern), stated) for pattern, stated in _TABLE
)
_LETTERS = frozenset("0123456789").union(*(pattern for pattern, _ in _TABLE))
"""What the words of the table consist of: no pattern of it lets any letter stand."""
_NOT_STARTED = re.compile(rf"{_NOW}未(?:启动(?:整改)?|整改|开始(?:整改)?)(?:工作)?|待(?:启动|整改|办理)")
_GOES_ON = re.compile(
    r"(?:后续)?(?:需|需要|仍需|并|且|继续|将)*(?:(?:长期|持续|不断|常态化?|继续)(?:推进|坚持|深化|巩固|抓好"
    r"|落实|提升|用力)(?:整改|落实|提升|成果|成效|深化|坚持)*|坚持(?:长期|常态化?|不懈|常抓不懈)(?:整改|推进)?|常抓不懈"
    r"|转入常态化?(?:推进|坚持)?)"
)
"""That work goes on after what was reached (已完成，持续推进): it is sustained, whatever else it says."""
_LONG = Stated(None, StatedNature.LONG_TERM)
_REACHED = frozenset({StatedProgress.DONE, StatedProgress.SUBSTANTIALLY_DONE})
_IS_LEFT = re.compile(r"(?:需)?(?:持续|长期)整改")
_PLANNED = re.compile(
    r"(?:预计|计划|拟|力争|确保)(?:于|在|到)?(?:20\d\d年|今年|明年|本|\d)[^,，。；;]{0,8}?"
    r"(?:日|月|底|末|季度|上旬|中旬|下旬|年)[前内]?(?:全部|全面)?(?:完成|到位|整改到位|整改完成|完成整改)"
)
"""By when what is left is to be done (基本完成，计划12月底前全部完成)."""
_EFFECT = re.compile(
    r"(?:并|且|现已|已)?(?:取得|达到|收到|实现|起到)(?:了|较好的?)*(?:[^不未无]{0,8})(?:成效|成果|效果|实效|进展|目标|标准|要求|作用)"
    r"|(?:整改|工作)?(?:成效|效果|成果|实效)(?:较为?|比较|非常|十分|总体)?(?:明显|显著|良好|突出|较好|好)"
    r"|(?:群众|师生|职工|居民|企业|各方|社会|患者|学生|家长)(?:普遍)?(?:反映|反响|评价)?(?:较为?|比较|普遍|基本)?(?:良好|满意|认可|较好|好)"
    r"|(?:并|且|已)*(?:建立|健全|完善|形成|制定)了?[^不未]{0,16}(?:机制|制度|办法|规定|台账|规范)"
    r"|(?:并|且|已)*(?:经|通过)?[^不未]{0,10}(?:验收|核查|复核|复查|审核|认定|评估)(?:合格|通过|达标)?"
    r"|(?:且|并)?(?:无|未(?:发生|出现|发现)?)(?:新的?|再次?)?(?:反弹|遗留(?:问题)?|反复|复发)|(?:目前)?运行(?:正常|良好|平稳|稳定)"
)
"""What praises what was done (取得明显成效) or goes on from it (并建立长效机制)."""
_REST = re.compile(r"(?:剩余|其余|余下|尚有|还有|个别|另有)[^,，。；;]{1,24}")
"""What is left, behind a status that leaves something (基本完成，剩余12卷正在整理)."""
_BOX = re.compile(r"[☑√✓✔■🗹□☐▢](?:\ufe0e|\ufe0f)?")
_BRACKETS = re.compile(r"[(（][ \u3000]{0,9}(?:[√✓✔☑][ \u3000]{0,9})?[)）]")
"""A bracket to be ticked behind each option (已完成（√）未完成（ ）)."""
_MAY_BE_TICKED = re.compile(r"[☑√✓✔■🗹□☐▢(（]")
_EMPTY = frozenset("□☐▢")
_STAGE_RESULT = re.compile(
    rf"(?:整改(?:工作)?)?{_FULLY}(?:取得(?:了)?阶段性(?:整改)?(?:成效|成果|进展)"
    r"|阶段性(?:整改)?(?:成效|成果)(?:较?为?明显|显著))"
)
_SPLIT = re.compile(
    r"[,，、;；/+＋(（)）]|并且|并(?=长期|需|将|持续|不断|坚持|常态|转入)|且(?=长期|需)|但需|[仍还]?需(?=长期)|(?<=[成位改])(?=长期|持续坚持)"
)
_SUBJECT = re.compile(
    r"^(?:截至[^,，。]{2,14}[,，])?(?:目前[,，]?|现)?(?:(?:该|此|本|这|上述|以上|所反映|反馈)(?:项|个|类"
    r"|些)*(?:具体|反馈)?(?:问题|任务|事项|工作|项|隐患)|[该此本这](?=整改)|问题(?=[已均都全]))?"
    r"(?:目前|现|的)?[,，:：]?(?:整改(?:状态|进度|情况)[:：为是])?"
)


@lru_cache(maxsize=4096)
def stated(printed: str) -> Stated:
    """What ``printed`` (整改完成，长期坚持) states.

    All null where a part of it is not in the table, or where two parts contradict each other.
    """
    words = _normal(printed)
    meanings = _meanings([word for word in _SPLIT.split(words) if word], remarked=True)
    result = Stated()
    for meaning in meanings or ():
        for before, now in zip(result, meaning, strict=True):
            if None not in (before, now) and before is not now and not isinstance(now, StatedNature):
                return Stated()
        result = Stated(
            result.progress or meaning.progress,
            result.nature or meaning.nature,
            meaning.closed if result.closed is None else result.closed,
        )
    return result


def together(rows: Sequence[str]) -> Stated:
    """What the statuses of several ``rows`` of one finding state together; nothing where they differ."""
    meanings = [stated(printed) for printed in rows]
    if len({(meaning.progress, meaning.closed) for meaning in meanings}) > 1:
        return Stated()
    return stated("；".join(rows))


def ticked(printed: str) -> str:
    """The option that is ticked of those ``printed`` with a box each (☑已完成 □未完成).

    ``printed`` as it is where there are no such boxes, or not exactly one of them is ticked.
    """
    if _MAY_BE_TICKED.search(printed) is None:
        return printed
    brackets = list(_BRACKETS.finditer(printed))
    boxes = brackets if len(brackets) > 1 else list(_BOX.finditer(printed))
    chosen = [place for place, box in enumerate(boxes) if _is_ticked(box[0])]
    if len(boxes) < 2 or len(chosen) != 1:
        return printed
    place = chosen[0]
    if not printed[: boxes[0].start()].strip():
        end = boxes[place + 1].start() if place + 1 < len(boxes) else len(printed)
        return printed[boxes[place].end() : end].strip()
    return printed[boxes[place - 1].end() if place else 0 : boxes[place].start()].strip()


def _is_ticked(box: str) -> bool:
    """Whether a box is full (■), or a bracket has anything in it."""
    return box[0] not in _EMPTY if box[0] not in "(（" else bool(box.strip("()（） \u3000"))


def _meanings(words: Sequence[str], *, remarked: bool = False) -> list[Stated] | None:
    """What each of ``words`` states; null where one of them is not in the table.

    With ``remarked`` the words behind the first may be a remark on what it states (已完成，成效明显).
    """
    meanings: list[Stated] = []
    reached = at_stage = False
    for word in words:
        progress = meanings[0].progress if meanings else None
        if reached and _PLANNED.fullmatch(word):
            continue
        goes_on = reached and (_GOES_ON.fullmatch(word) or (at_stage and _IS_LEFT.fullmatch(word)))
        meaning = _LONG if goes_on else _word(word)
        praises = progress is StatedProgress.DONE and _STAGE_RESULT.fullmatch(word)
        if remarked and progress is not None and (praises or meaning is None) and _remarks(progress, word):
            continue
        if meaning is None:
            return None
        meanings.append(meaning)
        at_stage = at_stage or _STAGE_RESULT.fullmatch(word) is not None
        reached = reached or at_stage or meaning.progress in _REACHED
    return meanings


def _remarks(progress: StatedProgress, word: str) -> bool:
    """Whether ``word`` is a remark on what was stated before it and takes nothing of that back."""
    remarks = (_EFFECT,) if progress is StatedProgress.DONE else (_EFFECT, _REST, _PLANNED)
    return any(remark.fullmatch(word) for remark in remarks)


@lru_cache(maxsize=4096)
def is_status(printed: str) -> bool:
    """Whether ``printed`` is nothing but a status the table knows."""
    words = _normal(printed)
    if not _LEAST <= len(words) <= _MOST or _FALLS_SHORT.fullmatch(words):
        return False
    return bool(_meanings([word for word in _SPLIT.split(words) if word]))


@lru_cache(maxsize=4096)
def is_known(printed: str) -> bool:
    """Whether every part of ``printed`` is in the table and none contradicts another (状态用词已知)."""
    words = [word for word in _SPLIT.split(_normal(printed)) if word]
    meanings = _meanings(words, remarked=True)
    return bool(meanings) and (stated(printed) != Stated() or not any(map(any, meanings or ())))


_LEAST, _MOST = 2, 24
_FALLS_SHORT = re.compile(r"整改(?:还|仍|尚)?不(?:够)?到位")
"""A status in the heading of a part, a problem in a sentence."""
_UNDER_WAY = re.compile(
    rf"{_NOW}(?:需)?(?:正在?|持续|有序|稳步|长期|加快|继续)(?:有序|稳步|持续|加快|按计划|长期)?(?:推进|开展|实施|落实|办理"
    r"|推动|巩固|深化)中?(?:整改)?|已?(?:达到?|符合|按)?(?:时序|序时)(?:要求)?(?:进度)?(?:要求|推进)?"
)


def is_said(printed: str) -> bool:
    """Whether ``printed`` says how far the work is: by the table, or with a word that stays as printed."""
    if is_status(printed):
        return True
    words = _normal(printed)
    pieces = [word for word in _SPLIT.split(words) if word]
    return _LEAST <= len(words) <= _MOST and all(
        _word(word) is not None or _UNDER_WAY.fullmatch(word) for word in pieces
    )


def falls_short(printed: str) -> bool:
    """Whether the heading of a part says that what stands under it is not done (整改不到位)."""
    return _FALLS_SHORT.fullmatch(_normal(printed)) is not None


def without_subject(sentence: str) -> str:
    """``sentence`` without 该问题、目前 and the like before its status."""
    return _SUBJECT.sub("", sentence.strip(), count=1)


def _normal(printed: str) -> str:
    return re.sub(r"\s", "", without_subject(ticked(printed))).strip("。.；;，,!！()（）【】[]“”")


def _word(word: str) -> Stated | None:
    if not _LETTERS.issuperset(word):
        return None
    for pattern, meaning in _WORDS:
        if pattern.fullmatch(word):
            if meaning.progress is StatedProgress.NOT_STARTED and not _NOT_STARTED.fullmatch(word):
                continue
            return meaning
    return None
