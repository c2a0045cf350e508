"""What the wording of a heading gives away: a problem, a deed, a wrapper, the role of a section."""

from __future__ import annotations

from typing import NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.status import falls_short, is_said, stated

_STRIP = " \u3000\t。．.；;，,：:、!！\n"
_NOT_NEGATIVE = re.compile(
    r"不(?:断|忘|懈|折不扣|仅|但|动摇|松劲|停|放松|止步|敢腐|能腐|想腐|定期|同|少于|低于|遗余力|打折扣"
    r"|走过场|留死角|留空白|变|等不靠|误|负|含糊|手软|留情|漏|获全胜|改不放过)"
    r"|坚定不移|毫不|绝不|决不|从不|无不|不(?:得|能|可|会|敢|无|是|可能|应)不"
)
_AIMED_AT = re.compile(
    r"(?:着力)?(?:解决|整治|纠正|纠治|防止|防范|杜绝|避免|破解|补齐|补足|化解|消除|克服|扭转|治理|改进|聚焦"
    r"|紧盯|围绕|立足|坚持|破除|打通|堵塞|排查|梳理|整改落实)"
    r"[^,，;；。]*?(?:问题|短板|弱项|漏洞|隐患|风险|不足|差距|弊端|难点|堵点|痛点|顽疾|薄弱环节|不正之风"
    r"|落实不到位)"
)
_PROBLEM = re.compile(
    r"不|未(?!来|雨|成年)|没有|缺[失乏少位岗编勤]|短缺|紧缺|欠缺|滞后|薄弱|弱化|淡化|虚化|边缘化|宽松软"
    r"|差距|短板|隐患|漏洞|偏差|落差|温差|偏[低高软少慢弱窄大松]"
    r"|占比低|较[弱差低慢少]|过[多少低高慢长松大]|违规|违反|违纪|违法|超标|超范围|超期|逾期|超编|混乱"
    r"|流于形式|走形式|走过场|形式主义|官僚主义|松懈|松弛|松散|乏力"
    r"|有待|脱节|倒挂|挪用|侵占|截留|套取|虚报|虚列|冒领|浪费|闲置|迟缓|缓慢|拖延|拖欠|欠缴|断层|老化|单一"
    r"|泛化|推诿|弄虚作假|随意|失衡|失管|失察|失责|失真|偏离|缺项|缺口"
    r"|重[^,，轻]{1,8}轻|难(?:以|点|题)?$|存在|问题|弊端|不足|空白|盲区|梗阻|堵点|风险(?:较|点|突)|积压"
    r"|流失|重复|错误|遗漏|擅自|私自|虚假|造假|不作为|乱作为|慢作为|懒政|敷衍"
    r"|粗放|粗糙|简单化|表面化|碎片化|空转|空泛|照搬|照抄|雷同|薄弱环节|软弱涣散|涣散"
    r"|[弱低差少难乱慢散松虚浅窄软]$|老大难|粗暴|生硬|冷漠|冷硬横推|故障|损坏|破损|破裂|无人|过期|堵塞|裸露|失效|失修|泄[漏露]|锈蚀|两张皮|脱岗|挂账|挤占|打折扣|一言堂|青黄不接"
    r"|递减|衰减|断档|脱钩|悬空|虚设|摆设|荒废|撂荒(?!地)|优亲厚友|小金库|吃空饷|跑冒滴漏|拖沓|疲软|失范|应付了事|多占|超支"
    r"|淡薄|力度小|压力大|弱项|倒置|失之于|较多$|吃拿卡要|乱(?:收费|发|摊派|罚款)|坐收坐支|公款私存|账外"
    r"|无(?:计划|依据|预算|审批|合同|台账|记录|手续|标识)|(?:[仍还尚]|亟)需|需(?:进一步)?(?:加强|提升|提高|完善|改进|规范|强化)$"
    r"|以(?P<same>.{2,3})(?:落实|贯彻)(?P=same)|直排|偷排|超排|恶臭|扰民|黑臭|违建|污染严重"
    r"|超(?:预算|概算|限额|标准|权限|比例|进度)|白条|应[\u4e00-\u9fff]{1,4}未|底数不|多头|反弹|突出$|抄袭|(?:破|陈)旧$|简陋$|以[^,，]{1,6}代[^,，]{1,6}"
)
_DEED = re.compile(
    r"(?:进一步|持续|切实|全面|深入|扎实|着力|大力|积极|主动|严格|认真|坚决|不断|坚持|一体)*"
    r"(?:坚持|坚决|切实|着力|扎实|全力|紧盯|真改|对照|逐条|逐项|全面|深入|加强|强化|深化|严格|完善|健全"
    r"|建立|推进|推动|提升|提高|压实|压紧|聚焦|抓好|抓实|抓细|做好|做实|做细|开展|组织|制定|召开|夯实|筑牢"
    r"|突出|狠抓|规范|优化"
    r"|统筹|严肃|细化|明确|高度重视|迅速|成立|督促|严把|统一|增强|凝聚|扛牢|扛起|履行|落细|注重|巩固|构建"
    r"|发挥|带头|树牢|引导|以上率下|举一反三|立行立改|确保|精心|靠前|紧扣"
    r"|对标|锚定|坚定|拧紧|传导|动真碰硬|标本兼治|建章立制|深刻|周密|专题|成效|提高政治站位|领导|学习贯彻)"
)
_RIGHTED = re.compile(
    r"(?:主动)?(?:认领|追(?:缴|回|究)|清(?:退|缴|收|理)|退(?:还|缴|回)|收(?:回|缴)|约谈|补(?:缴|办|录|齐))"
)
_TREATS = re.compile(
    r"对[^,，。“”\"]{2,40}(?:进行|予以|给予|作出|开展)了?[^不未缺弱差少慢低难,，。]{2,12}(?:[,，][^不未]*)?$"
)
_WRAPPED = re.compile(
    r"(?:关于|针对|对于|对|在)\s*+(?:[“\"「『](?P<quoted>.+)[”\"」』]"
    r"|(?P<bare>.+?))(?<!\s)\s*+(?:等)?(?:的)?(?:方面)?(?:的)?(?:存在)?(?:的)?"
    r"(?P<tail>(?:具体|反馈|突出)?问题(?:方面)?(?:的)?(?:整改)?(?:工作)?(?:落实|进展|完成)?(?:的)?(?:情况"
    r"|措施|成效|方面|任务)?(?:及成效)?"
    r"|(?:的)?整改(?:工作)?(?:落实|进展|完成)?(?:情况|成效)?|方面(?:的问题|存在的问题)?(?:的整改)?(?:情况)?)?"
)
_FAULT = re.compile(
    r"不|未(?!来)|没有|缺[失乏少位]|滞后|薄弱|弱化|(?:[虚淡泛矮软]|空心|边缘|形式|表面|简单|碎片)化|混乱|松懈|松散|松弛|涣散|缓慢|迟缓|乏力|宽松软"
    r"|脱节|老化|断层|违规|违反|流于形式|走形式|走过场|有待|(?:有|存在)(?:较大|一定|明显)?(?:差距|短板|弱项|盲区|漏洞|[落温偏]差|欠缺|不足|隐患|薄弱)|[弱低差少慢松]$|较[弱差低慢少]"
)
_QUOTED_ONLY = re.compile(
    r"[“\"「『](?P<quoted>(?:[^“”\"「」『』]|[“「『][^“”「」『』]*[”」』])+)[”\"」』](?:的?问题"
    r"|方面)?(?:的)?(?:整改)?(?:落实|进展)?(?:情况)?"
)
_BARE_TAIL = re.compile(r"(?P<bare>.{4,}?)(?:的)?问题(?:的)?整改(?:工作)?(?:落实|进展|完成)?(?:情况|成效)?")
_RUN_ON = re.compile(
    r"(?:针对|对于?|关于)\s*+(?:[“\"「『](?P<quoted>[^”」』\"]{2,120})[”\"」』](?:等)?(?:的)?(?:问题|方面)?"
    r"|(?P<bare>[^。；;:：]{3,80}?)(?:等)?(?:的)?(?:问题|方面))(?:的)?(?:整改)?\s*[,，:：]\s*"
)
_BRACKET = re.compile(r"[(（【\[](?P<inside>[^()（）【】\[\]]{2,40})[)）】\]]\s*$")


_SAID = re.compile(
    r"^(?:中央|[省市区县旗州]委)?(?:第[一二三四五六七八九十]+)?(?:巡[察视]组?|审计组?|督[察查]组?)?(?:反馈)?(?:意见)?"
    r"(?:指出|提出|反映|(?<=反馈))的?[:：]?\s*(?=[“\"「『])"
)
_INNER = re.compile(r"^(?:关于|针对)(?=.{4})")


class Unwrapped(NamedTuple):
    """A heading without the words round its problem; ``wrapped`` tells whether it had them."""

    title: str
    wrapped: bool


def clean(text: str) -> str:
    """``text`` without line breaks, outer blanks and closing punctuation."""
    if "\n" in text:
        text = re.sub(r"(?<![ \t\u3000])[ \t\u3000]*+\n[ \t\u3000]*+", "", text)
    return text.strip(_STRIP)


def unwrap(printed: str) -> Unwrapped:
    """The problem inside 关于“…”问题的整改情况 and its relatives; any other heading as it is."""
    title = _SAID.sub("", clean(printed))
    found = _QUOTED_ONLY.fullmatch(title)
    if found:
        return Unwrapped(_INNER.sub("", found["quoted"].strip(_STRIP)), wrapped=True)
    found = _WRAPPED.fullmatch(title)
    if found and (
        found["quoted"]
        or (not title.startswith(("对", "在")) and found["tail"] and not found["tail"].startswith("方面"))
    ):
        inner = (found["quoted"] or found["bare"]).strip(_STRIP)
        return Unwrapped(inner if len(inner) > 1 else title, wrapped=True)
    found = _BARE_TAIL.fullmatch(title)
    if found and (is_problem(found["bare"]) or not _DEED.match(found["bare"])):
        return Unwrapped(found["bare"].strip(_STRIP), wrapped=True)
    return Unwrapped(title, wrapped=False)


_PROBLEM_LABEL = re.compile(
    r"^(?:巡[察视]|审计|督察)?(?:反馈|存在|具体|主要)?(?:的)?问题[:：][ \u3000]*(?=.)"
)


def named(printed: str) -> str:
    """Name of a theme or group: the problem inside 关于“…”问题的整改, any other heading as it is."""
    words = _PROBLEM_LABEL.sub("", clean(printed))
    found = _WRAPPED.fullmatch(words)
    if found and found["quoted"] and "问题" in (found["tail"] or ""):
        return found["quoted"].strip(_STRIP)
    found = _QUOTED_ONLY.fullmatch(words)
    if found and words[-1] not in '”"」』' and "方面" not in words[-4:]:
        return found["quoted"].strip(_STRIP)
    return words


_TELLS_RESULTS = re.compile(r"[^\s。；;：:]整改(?:落实|进展|完成)?情况[。：:\s]*\Z")


def tells_results(heading: str) -> bool:
    """Whether a line ends by saying that what follows was done (…问题的整改情况)."""
    return _TELLS_RESULTS.search(heading) is not None


def run_on(text: str, start: int, end: int) -> re.Match[str] | None:
    """The opening 对…问题， of a sentence that goes on with what was done, or null."""
    return _RUN_ON.match(text, start, end)


_DASHED = re.compile(r"[—－–]{1,3}\s*(?P<inside>[^—－–()（）\s]{2,14})\s*$")


def bracket(printed: str) -> tuple[str, str] | None:
    """``printed`` apart from the bracket or dash that ends it: (text, inside of the bracket), or null."""
    printed = printed.rstrip(_STRIP)
    found = _BRACKET.search(printed) or _DASHED.search(printed)
    return (printed[: found.start()].rstrip(), found["inside"]) if found else None


def is_problem(title: str) -> bool:
    """Whether a heading names something wrong rather than something done."""
    words = _NOT_NEGATIVE.sub("", _TREATS.sub("", title))
    if _DEED.match(words) or _RIGHTED.match(words):
        words = _AIMED_AT.sub("", words)
        if re.search(r"不|未(?!来)|缺|滞后|弱|差距|短板|有待", words):
            return True
        return _ENDS_IN_FAULT.search(words) is not None and _SETS_RIGHT.search(words) is None
    words = _AIMED_AT.sub("", words)
    return _PROBLEM.search(words) is not None


_QUOTING = re.compile(r"[“\"「](?P<q>[^“”\"「」]{4,80})[”\"」](?:的)?问题")


def quotes_a_problem(title: str) -> bool:
    """Whether a heading quotes a problem that it goes about (着力解决“学习不深入”的问题)."""
    found = _QUOTING.search(title)
    return found is not None and is_problem(found["q"])


_LEFT_OVER = re.compile(
    r"(?:目前|当前)?(?:整改)?(?:工作)?(?:过程)?中?(?:仍|还)?(?:存在|面临)的?(?:主要)?(?:困难|不足)(?:[和与及].{0,12})?$|"
    r"(?:目前)?(?:存在|面临)?(?:的)?(?:主要)?(?:困难|不足|问题)(?:及|和|与|以及)(?:下一?步|今后)"
)
_AHEAD = re.compile(r"(?:下一?步|下阶段|后续|今后)[^,，]{0,10}(?:安排|打算|计划|措施|举措|考虑)$")
_ENDS_IN_FAULT = re.compile(
    r"(?:不够|有待[\u4e00-\u9fff]{2}|不(?:[够到]?位|够?[严实深力足高强紧牢细准精全透好大快广畅清明顺多密硬]"
    r"|(?:够)?[\u4e00-\u9fff]{2})|(?:有|存在)(?:较大|一定|明显)?(?:差距|短板|弱项|盲区|漏洞|[落温偏]差|欠缺|不足)"
    r"|[薄软]弱|滞后|缓慢|迟缓|缺[失位]|弱化|淡化|混乱|流于形式|走形式|走过场|打折扣|脱节|乏力|松[散懈弛]|涣散|漂浮)$"
)
_SETS_RIGHT = re.compile(
    r"解决|整治|纠正|纠治|防止|防范|杜绝|避免|破解|补齐|克服|扭转|(?<!基层)(?<!社会)(?<!社区)(?<!乡村)(?<!城市)(?<!公司)(?<!法人)治理"
    r"(?!体系|能力|职[责能]|责任|工作|结构|水平|机制|效能)|改进|消除|做到|确保|保持|[绝决]不"
)
"""That a deed sets right what is wrong; 治理 is one, 基层治理 and 治理责任 are fields of work."""


def is_fault(title: str) -> bool:
    """Whether a heading says outright that something is wrong (…不及时), not only that there are problems."""
    if tells_what_is_left(title):
        return False
    words = _NOT_NEGATIVE.sub("", title)
    if is_deed(title):
        return _ENDS_IN_FAULT.search(words) is not None and _SETS_RIGHT.search(words) is None
    return _FAULT.search(words) is not None


def tells_what_is_left(title: str) -> bool:
    """Whether a heading goes on to what is left to do (存在的困难和下一步打算)."""
    return _LEFT_OVER.match(clean(title)) is not None


def looks_ahead(title: str) -> bool:
    """Whether a heading ends with what comes next (部分问题未整改到位的原因及下一步安排)."""
    return _AHEAD.search(title) is not None


def is_announced_deed(title: str) -> bool:
    """Whether a heading says that the inspection is being answered (坚持问题导向，确保整改取得实效)."""
    return is_deed(title) and not is_theme(title) and not is_fault(title) and "整改" in title


def is_deed(title: str) -> bool:
    """Whether a heading begins like something done or to be done (加强…、建立…)."""
    return _DEED.match(title) is not None or _TREATS.match(title) is not None


_ACT = re.compile(
    r"因(?![公私])|已(?!婚)|经(?![费营济常办手责])|对(?![外账标口照内上下])|(?:追(?:缴|回|究|责|偿)|清(?:退|缴|收|理|查|偿)|查处|整改|退(?:还|缴|回)|收(?:回|缴)|上(?:线|缴)|拆除|约谈|问责"
    r"|处(?:理|置|分|罚)|修(?:订|复|缮|改)|化解|纠正|核(?:查|减|销)|腾退|补(?:缴|办|录|发|齐)|申请|办理|调整|更换|解决"
    r"|整治|责令|给予|立案|移送|通报|封堵|消除|取缔|关停|盘活)"
)


def is_act(title: str) -> bool:
    """Whether a line under a problem tells an act or its reason (追缴违规…、因…) and no fault of its own."""
    words = clean(title)
    if unwrap(words).wrapped or _ENDS_IN_FAULT.search(_NOT_NEGATIVE.sub("", words)):
        return False
    return is_deed(words) or _ACT.match(words) is not None


def names_its_problem(title: str) -> bool:
    """Whether a heading is a problem in its wrapper (关于经费把关不严的问题) and not a field of work."""
    apart = unwrap(title)
    return apart.wrapped and not is_theme(title) and is_problem(apart.title)


_GENERIC = re.compile(
    r"(?:中央|省委|市委|县委|区委|旗委|州委|校?党委|党组|第[一二三四五六七八九十]+|巡[察视](?:组|办)?"
    r"|审计(?:厅|局|组)?|督[察查](?:组)?|反馈|意见|指出|提出|具体|存在|发现|查出|反映|主要|突出|重点|共性"
    r"|个性|各类|各项|各"
    r"|集中|整改|落实|进展|完成|推进|工作|任务|问题|方面|情况|成效|措施|清单|事项|及|和|与|的|了|对|关于"
    r"|针对|回头看|常规|专项|“|”|本轮|目前|不足|薄弱环节|困难|有关|相关|逐项|逐条|台账|以来|主体|结果|隐患"
    r"|排查|治理|检查|督察|生态环境|环保|环境|保护|巡察"
    r"|(?:立行立改|分阶段整改|限期整改|持续整改|长期整改|长期坚持)类)+"
)
_THEME = re.compile(
    r"方面(?:的|存在的?|反馈的?)?(?:主要)?(?:问题|不足)?(?:的)?(?:整改)?(?:落实)?(?:情况)?$|^(?:在|关于)?[“\"]?聚焦(?!.*(?:不够|不到位|不足|不力|差距|短板|薄弱))(?!(?:巡[察视]|审计|督察)?(?:反馈|整改|(?:突出|重点|主要|具体|关键)?问题))"
    r"|^围绕"
)
_UNIT = re.compile(
    r"(?P<unit>[\u4e00-\u9fff·()（）]{1,28}(?:局|委|委员会|办|办公室|镇|乡|街道|街道办事处|中心|学校"
    r"|[中小]学|幼儿园|大学|学院|公司|集团|医院|院|馆|站|处|厅|联|会|社|社区|村|队|所|银行|联社|园区|管委会"
    r"|(?<![干全内外])部|党校|机关|[文科政]协|[支商]行|[一二三四五六七八九十]中|公路段|水库|高新区|景区|政府|酒店|宾馆|饭店|超市|商场|林场|农场|厂|煤矿)"
    r"(?:(?:机关)?党(?:组|委|总支|支部|工委))?)(?:(?:存在)?(?:的)?(?:主要)?问题(?:及|和)?)?"
    r"(?:(?:的)?(?:巡[察视])?(?:反馈)?(?:意见)?(?:问题)?(?:的)?整改(?:落实|进展"
    r"|完成|工作)*(?:情况)?(?:及成效)?)?(?:[(（]共?\d{1,3}[个项条](?:问题)?[)）])?"
)


_MATTERS = ("问题", "事项", "任务")
_STATES = re.compile(
    r"(?:(?:集中)?整改(?:期限?|阶段)[内间]?)?(?:对|对于)?"
    r"(?P<s>[^。；;:：的]{2,18}?)(?:的)?(?:主要)?(?:整改)?(?:问题|事项|任务)(?:[(（](?P<b>.{1,12})[)）])?"
    r"(?:的?整改|(?:的?整改)?(?:的?主要)?(?:落实|完成|进展)?(?:情况|成效))?(?:[及和].{0,12}|\d+.{1,3})?"
)


def stated_for_all(title: str) -> tuple[str, str | None] | None:
    """The status a heading states for all findings under it (已完成整改的问题（9项）), or null.

    Where a bracket states it (立行立改问题（已整改到位）), the second value is the nature before the bracket.
    """
    words = clean(title)
    found = _STATES.fullmatch(words) if any(kind in words for kind in _MATTERS) else None
    if found is None:
        return None
    if falls_short(found["s"]):
        return found["s"], None
    if not is_said(found["s"]):
        # 限期整改问题: what 整改 belongs to shows only by the word before it.
        longer = words[found.start("s") : found.end("s") + 2]
        return (longer, None) if longer.endswith("整改") and is_said(longer) else None
    if found["b"] and is_said(found["b"]) and stated(found["s"]).progress is None:
        return found["b"], found["s"]
    return found["s"], None


_COUNTED_DONE = re.compile(
    r"问题\D{0,2}(?P<n>\d+)[ \u3000]?[个项条][,，、；](?:目前)?"
    r"(?P<s>(?:均|全部)?(?:已(?:完成)?整改(?:完成|到位)?|(?:整改)?完成整改?))"
    r"(?P=n)[ \u3000]?[个项条](?!\d)"
)


def counted_done(title: str) -> str | None:
    """The status by which a heading counts all its problems done (反馈问题2个，已整改2个), or null."""
    found = _COUNTED_DONE.search(title)
    return found["s"] if found else None


def may_be_problem(title: str) -> bool:
    """Whether a heading that states how far a part is may be a problem itself (整改不到位的问题)."""
    stated_one = stated_for_all(title)
    return stated_one is not None and falls_short(stated_one[0])


def is_generic(title: str) -> bool:
    """Whether a heading only says that findings follow (反馈问题整改落实情况) and names none."""
    return _GENERIC.fullmatch(re.sub(r"[\s，,。、]", "", title)) is not None


_ANNOUNCES = re.compile(
    r"^[^“”\"]*(?:反馈|巡[察视]|审计|督[察查]|移交|检查)[^“”\"]*(?:情况|成效|进展|落实|整改|清单|任务)$"
)


def announces(title: str) -> bool:
    """Whether a heading says whose findings follow (区委巡察组反馈的党建问题整改情况)."""
    return _ANNOUNCES.match(title) is not None


_ASKS = re.compile(
    r"[^。；;\n]{0,40}提出?[^。；;\n]{0,8}(?:如下|以下|下列|[\d一二三四五六七八九十]{1,2}[点条项个])[^。；;\n]{0,12}(?:意见|建议|要求)"
    r"|(?:针对|对|就|围绕)[^。；;\n]{2,24}问题[^。；;\n]{0,16}提出[^。；;\n]{0,16}(?:意见|建议|要求)"
)
_PASSES_ON = re.compile(
    r"(?:(?:同时|此外|另外|另)[,，]|[^。；;\n]{0,12}巡[察视]组)[^。；;\n]{0,24}(?:收到|移交|反映)[^。；;\n]{0,40}线索[^\n]{0,80}(?:转|移交|处理)"
)


def asks(text: str, start: int, end: int) -> int | None:
    """Where the line of ``text[start:end]`` begins after which demands follow (提出如下整改意见建议：)."""
    return _line_like(_ASKS, text, start, end)


def passes_on(text: str, start: int, end: int) -> int | None:
    """Where the line of ``text[start:end]`` begins that leads were passed on (收到…问题线索，已转…处理)."""
    return _line_like(_PASSES_ON, text, start, end)


def _line_like(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    line = text.find("\n", start, end) + 1
    while line:
        begin = line + len(text[line : line + 12]) - len(text[line : line + 12].lstrip(" \u3000"))
        if pattern.match(text, begin, end):
            return line
        line = text.find("\n", line, end) + 1
    return None


_ACT_MOST = 20


def first_clause(title: str) -> str:
    """The clause a long title begins with, an act before its explanation; another short one whole."""
    act, colon, _ = title.replace(":", "：").partition("：")
    if colon and len(act) <= _ACT_MOST and is_act(act):
        return act
    return title if len(title) <= 60 else re.split(r"[,，；;：:]", title)[0]


def is_theme(title: str) -> bool:
    """Whether a heading names a field of work (…方面、聚焦…)."""
    return _THEME.search(clean(title)) is not None


def unit_of(title: str) -> str | None:
    """The organisation that a heading consists of (云山县示例局党组整改情况), or null."""
    found = _UNIT.fullmatch(clean(title))
    return found["unit"] if found else None
