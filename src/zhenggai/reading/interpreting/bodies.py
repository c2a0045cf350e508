"""Who is inspected and who inspects (被巡察单位、巡察组), as title and lead name them."""

from __future__ import annotations

from zhenggai.reading import patterns as re

_ORG_TITLE = re.compile(
    r"^(?!致)(?P<org>(?:(?!关于)[^\n\d在“，,。：:]){2,50}?(?:委员会|党组|党委|党总支|党支部|总支部|工委|局|委|办|办公室|政府|厅|院"
    r"|部|学校|大学|学院|公司|集团|中心|处|站|所|会|馆|镇|乡|街道|办事处|医院|队|社|联|台|园|行|[中小]学|幼儿园))(?:关于|对|落实"
    r"|贯彻|(?<![省市县区旗州盟]委)巡[察视]|(?<!审计[局厅署])审计|督[察查]|整改|推进|问题|隐患|安全生产|二[〇○零]|20\d\d年|“回头看”)"
)
_ORG_INSIDE = re.compile(
    r"^关于(?:对|巡[察视])?(?P<org>[\u4e00-\u9fff·()（）]{3,40}?(?:委员会|党组|党委|党总支|党支部|总支部|工委|局"
    r"|办公室|政府|厅|学校|大学|学院|公司|集团|中心|镇|乡|街道|医院|[中小]学))(?:巡[察视]|落实|整改|审计|安全|消防|隐患|存在"
    r"|开展|领导班子|的|原|反馈|20)"
)
_INSPECTED = re.compile(
    r"关于巡[察视](?P<org>[\u4e00-\u9fff·（）()]{3,40}?(?:委员会|党组|党委|党总支|党支部|党工委))(?:的)?(?:情况|反馈|整改)"
)
_OBJECT = re.compile(
    r"^[\u4e00-\u9fff]{0,16}?(?:(?:委|党委|党组|党工委|轮|次|批)(?:常规|专项|交叉|提级|联动|机动)?|(?<![\u4e00-\u9fff]))巡[察视]"
    r"(?P<org>[\u4e00-\u9fff·（）()]{2,40}?(?:委员会|党组|党委|党总支|党支部|总支部|党工委))"
    r"(?:领导班子)?(?:的)?(?:反馈|发现|指出|情况|存在|问题|整改)"
)
"""Whom the title of a list says was inspected (巡察…党组反馈问题清单)."""
_GIVEN = re.compile(
    r"巡[察视]组(?:关于)?(?:巡[察视]|向|对)(?P<org>[\u4e00-\u9fff·（）()]{2,40}?(?:委员会|党组|党委|党总支|党支部|党工委|局|镇|乡|街道))"
    r"(?:领导班子)?(?:进行)?(?:的)?(?:巡[察视])?(?:反馈|情况|问题)"
)
"""Whom the title of feedback says it was given to (…巡察组向…党组反馈巡察情况)."""
_INSPECTING = re.compile(r"巡[察视]组|巡[察视]办|反馈|审计组|督[察查](?![室局办])|交办|转办|查出|发现")
_INSPECTOR = re.compile(
    r"(?:中共)?(?:[\u4e00-\u9fff]{0,8}?(?:省|市|县|区|旗|州|盟|自治区)?(?:委|党委|党组|党工委)|中央|国家|省"
    r"|市|区|县|学校|集团(?:公司)?|公司|教育部)?(?:党委)?(?:[\u4e00-\u9fff]{2,4}系统)?第?[一二三四五六七八九十0-9]{0,3}(?:轮)?(?:提级"
    r"|上下联动|异地交叉|交叉|联动|专项|常规|对村|村级|延伸|机动|教育|安全生产|自然资源|政治|生态环境保护|环境保护|环保)*"
    r"(?:巡[察视](?:第?[一二三四五六七八九十0-9]{1,3})?组|督[察查]组|督导(?:检查)?组)(?!长)"
)
_NUMBER = re.compile(r"第[一二三四五六七八九十0-9]{1,3}(?=[\u4e00-\u9fff]{0,8}组)")
"""What tells one of the groups of an inspecting body from the others (市委第三巡察组)."""
_RUN = re.compile(r"[\u4e00-\u9fff0-9]+")
"""Letters that the name of an inspecting body may hold: one stands in such a run or not at all."""
_UP_TO = re.compile(
    r"^.*(?:关于|根据|对照|参照|按照|做好|抓好|落实|接受|配合|收到|派出|由|经(?![开济信贸])|自(?![治贡然])|现[将就]|向(?!阳)|对(?!村)"
    r"|(?<![青少])年度?|月|日(?!照|喀则)|至|后|以来)(?=.{4})"
)
_AUDITOR = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[由经据照日月致]))(?P<i>(?:[\u4e00-\u9fff]{0,8}(?:省|市|县|区|州|旗"
    r"|盟))?审计(?:署(?:[\u4e00-\u9fff]{1,6}特派员办事处)?|厅|局|组)|国家审计署)"
)
_BEFORE_AUDITOR = re.compile(
    r"^(?:由|经(?![开济])|向(?!阳)|日至|.{0,4}?(?:致|根据|按照|呈报|报送|收到|接受|配合))(?=.{4})"
)
_SUBJECT = (
    re.compile(
        r"(?<![应面针])对(?:我)?(?P<o>[^,，。；;：:]{2,40}?)(?:领导班子)?(?:(?:党组织)?(?:进行了?|开展了?"
        r"|实施了?)[^,，。]{0,24}(?:巡[察视]|审计|督[察查]|检查|回头看)|20\d\d年)"
    ),
    re.compile(
        r"向(?P<o>[^,，。；;：:]{2,40}?)(?:领导班子)?(?:及其主要负责人)?(?:进行了?)?(?:反馈了|反馈|通报了)"
    ),
    re.compile(
        r"(?:巡[察视](?!组|办|工作)|进驻)(?:了)?(?P<o>[\u4e00-\u9fff]{3,30}?(?:党组|党委|党总支|党支部|党工委))"
    ),
    re.compile(
        r"现将(?P<o>[\u4e00-\u9fff]{3,30}?(?:党组|党委|党总支|党支部|党工委|委员会))"
        r"[^,，。]{0,16}整改"
    ),
)
_ADDRESSED = re.compile(
    r"^[ \u3000]*(?:致|呈报?|主送)[ \u3000]*[:：]?[ \u3000]*(?P<i>[\u4e00-\u9fff]{2,16}"
    r"(?:审计[局厅]|巡[察视](?:工作领导小组)?(?:办公室|办|组)))[ \u3000]*[:：]?[ \u3000]*$",
    re.MULTILINE,
)
_COLUMN_NAME = re.compile(r"^(?:【[^】]{2,12}】|\[[^\]]{2,12}\])\s*")
_NAMED = re.compile(
    r"被(?:巡[察视]|审计|督[察查]|检查)(?:单位|党组织|对象)[:：]\s*(?P<o>[^,，。；;：:\s]{2,40})"
)
_BEHIND = re.compile(
    r"巡[察视]情况|的?反馈意见|派驻|开展|进行|(?<=[委组部局])书记|主要负责|党政|领导班子|落实|贯彻|执行|及其|党组织主要"
)
_NAME = 3
_SHORT_FOR = re.compile(r"[(（](?:以下|下)?(?:简)?称[^()（）]*[)）]?")
_MANY = re.compile(
    r"[两二三四五六七八九十百]+[个家]|联动|二级党|所辖|多个|部分|所属|有关|相关|等\d*(?:[一二三四五六七八九十\d]+)?(?:家|个|所)|、|\d+(?:家|个|所)|被巡[察视]|各"
)


def without_column(title: str) -> str:
    """``title`` without the name of the column of a portal before it (【整改公开】)."""
    return _COLUMN_NAME.sub("", title)


def organisation_of(title: str | None, lead: str, top: str) -> str | None:
    """The inspected organisation as the title, a line of ``top`` or the lead names it; null for several."""
    if title:
        title = without_column(title)
        for pattern in (_GIVEN, _OBJECT, _ORG_TITLE, _ORG_INSIDE, _INSPECTED):
            found = pattern.search(title)
            if found and not _INSPECTING.search(found["org"]):
                return _SHORT_FOR.sub("", found["org"])
    named = _NAMED.search(top)
    if named and not _MANY.search(named["o"]):
        return named["o"]
    for pattern in _SUBJECT:
        for found in pattern.finditer(lead[:1200]):
            name = _BEHIND.split(_SHORT_FOR.sub("", found["o"]).strip("“”的"))[0]
            if not _MANY.search(name) and len(name) >= _NAME and name[0] not in "你我本该其各被的":
                return name
    return None


def inspector_of(lead: str) -> str | None:
    """The inspecting body (巡察组、审计局、督察组) as the lead names it, most fully first."""
    found = [
        item[0]
        for run in _RUN.finditer(lead[:1200])
        if "组" in run[0]
        for item in _INSPECTOR.finditer(lead, *run.span())
    ]
    full = [name for name in (_UP_TO.sub("", name, count=1) for name in found) if len(name) > 3]
    if full:
        numbered = (name for name in full if name != full[0] and _NUMBER.sub("", name) == full[0])
        return next(numbered, full[0])
    auditor = _AUDITOR.search(lead[:1200])
    if auditor:
        return _BEFORE_AUDITOR.sub("", auditor["i"])
    return None


def addressed_in(top: str) -> str | None:
    """The inspecting body that a line of ``top`` says a letter is written to (致：云山县审计局), or null."""
    found = _ADDRESSED.search(top)
    return found["i"] if found else None
