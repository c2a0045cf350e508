"""Ledgers in the shapes in which offices keep them, and what is to be read of each, written by hand.

Everything in them is invented: 云山县 and its offices do not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from reading.workbook.bookmaking import Page, csv, ods, xls, xlsx


@dataclass
class Known:
    """What a sample's finding says; what is left out is not compared."""

    number: str | None
    title: str
    theme: str | None = None
    group: str | None = None
    problem: str | None = None
    measures: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    status: str | None = None
    progress: str | None = None
    nature: str | None = None
    closed: bool | None = None
    leader: str | None = None
    unit: str | None = None
    beside: list[str] = field(default_factory=list)
    due: str | None = None
    due_on: date | None = None
    measure_dues: list[date | None] | None = None
    measure_units: list[str | None] | None = None


@dataclass
class Sample:
    name: str
    data: bytes
    findings: list[Known]
    title: str | None = None
    organisation: str | None = None
    issues: list[tuple[str, str]] = field(default_factory=list)
    """What is asked about: (code, cell); a clean ledger has nothing."""


JUNE = date(2031, 6, 30)
SEPTEMBER = date(2031, 9, 30)
DECEMBER = date(2031, 12, 31)


def shortest() -> Sample:
    """The five columns of the shortest ledger, no title, no numbers."""
    rows = [
        ["存在问题", "整改措施", "责任领导", "责任部门", "整改时限"],
        ["党组会记录不完整", "补齐记录；建立会前清单", "样甲", "办公室", "2031年6月底前"],
        ["固定资产账实不符", "1.全面盘点；2.修订办法。", "样乙", "财务科", "立行立改"],
    ]
    return Sample(
        "shortest.xlsx",
        xlsx(Page("Sheet1", rows)),
        [
            Known(
                None,
                "党组会记录不完整",
                measures=["补齐记录；建立会前清单"],
                leader="样甲",
                unit="办公室",
                due="2031年6月底前",
                due_on=JUNE,
            ),
            Known(
                None,
                "固定资产账实不符",
                measures=["全面盘点", "修订办法"],
                leader="样乙",
                unit="财务科",
                due="立行立改",
                nature="immediate",
            ),
        ],
    )


_LONG = [
    "序号",
    "问题类别",
    "反馈问题",
    "具体表现",
    "整改目标",
    "整改措施",
    "牵头领导",
    "牵头单位",
    "配合单位",
    "责任人",
    "整改类型",
    "完成时限",
    "整改进展",
    "整改状态",
    "佐证材料",
    "是否销号",
    "销号时间",
    "备注",
]


def longest() -> Sample:
    """All eighteen columns under a title and a line on who filled it in, themes merged down, notes below."""
    rows = [
        ["云山县教育局党组巡察整改台账"],
        [
            "填报单位：云山县教育局",
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            "填报时间：2031年7月1日",
        ],
        _LONG,
        [
            1,
            "党的领导方面",
            "理论学习不够深入",
            "全年学习记录缺2次",
            "学习制度落实",
            "一是制定计划；二是补学2次。",
            "样甲",
            "办公室",
            "人事科、机关党委",
            "样丙",
            "限期整改",
            "2031.6.30",
            "一是已制定计划；二是已补学2次。",
            "整改完成",
            "学习计划.pdf",
            "是",
            "2031年6月20日",
            None,
        ],
        [
            2,
            None,
            "议事规则不规范",
            "未记录表决结果",
            "规则完善",
            "修订议事规则",
            "样甲",
            "办公室",
            None,
            "样丁",
            "长期坚持",
            "长期坚持",
            "已修订规则并印发",
            "整改完成，长期坚持",
            "规则.docx",
            "否",
            None,
            "已印发",
        ],
        [
            3,
            "党的建设方面",
            "支部组织生活不严肃",
            None,
            "按期召开",
            "每月检查",
            "样乙",
            "机关党委",
            "各支部",
            "样戊",
            "立行立改",
            "立行立改",
            "正在检查",
            "正在整改",
            None,
            "否",
            None,
            None,
        ],
        ["注：1.本表由整改办汇总；2.状态按月更新。"],
        ["填表人：样己", None, None, None, "审核人：样庚"],
    ]
    merged = [(0, 0, 0, 17), (3, 1, 4, 1), (6, 0, 6, 17)]
    return Sample(
        "longest.xlsx",
        xlsx(Page("台账", rows, merged)),
        [
            Known(
                "1",
                "理论学习不够深入",
                theme="党的领导方面",
                problem="全年学习记录缺2次",
                measures=["制定计划", "补学2次"],
                actions=["已制定计划", "已补学2次"],
                status="整改完成",
                progress="done",
                nature="time_bound",
                closed=True,
                leader="样甲",
                unit="办公室",
                beside=["人事科", "机关党委"],
                due="2031.6.30",
                due_on=JUNE,
            ),
            Known(
                "2",
                "议事规则不规范",
                theme="党的领导方面",
                problem="未记录表决结果",
                measures=["修订议事规则"],
                actions=["已修订规则并印发"],
                status="整改完成，长期坚持",
                progress="done",
                nature="long_term",
                closed=False,
                leader="样甲",
                unit="办公室",
                due="长期坚持",
            ),
            Known(
                "3",
                "支部组织生活不严肃",
                theme="党的建设方面",
                measures=["每月检查"],
                actions=["正在检查"],
                status="正在整改",
                progress="in_progress",
                nature="immediate",
                closed=False,
                leader="样乙",
                unit="机关党委",
                beside=["各支部"],
                due="立行立改",
            ),
        ],
        title="云山县教育局党组巡察整改台账",
        organisation="云山县教育局",
    )


def two_rows_of_names() -> Sample:
    """Names in two rows, 责任落实 over three columns; measures of one problem in rows of their own."""
    rows = [
        ["示例县水务局审计整改台账"],
        ["序号", "审计查出的问题", "整改措施", "责任落实", None, None, "整改时限\n（年月日）", "整改\n情况"],
        [None, None, None, "责任领导", "责任\n单 位", "配合单位", None, None],
        ["1", "水费收缴不及时", "核对欠费名单", "样甲", "营业科", None, "2031/6/30", "已核对"],
        [None, None, "上门催缴", "样乙", "稽查科", "营业科", "2031/9/30", "已催缴12户"],
        [None, None, "完善收费制度", "样甲", "办公室", None, "2031/12/31", None],
        ["2", "工程验收资料不全", "补齐资料", "样乙", "工程科", "档案室", "2031年12月", None],
    ]
    merged = [
        (0, 0, 0, 7),
        (1, 0, 2, 0),
        (1, 1, 2, 1),
        (1, 2, 2, 2),
        (1, 3, 1, 5),
        (1, 6, 2, 6),
        (1, 7, 2, 7),
        (3, 0, 5, 0),
        (3, 1, 5, 1),
    ]
    return Sample(
        "two_rows.xlsx",
        xlsx(Page("审计整改", rows, merged)),
        [
            Known(
                "1",
                "水费收缴不及时",
                measures=["核对欠费名单", "上门催缴", "完善收费制度"],
                actions=["已核对", "已催缴12户"],
                leader="样甲；样乙",
                unit="营业科",
                beside=["稽查科", "办公室"],
                due="2031/6/30",
                due_on=JUNE,
                measure_dues=[JUNE, SEPTEMBER, DECEMBER],
                measure_units=["营业科", "稽查科", "办公室"],
            ),
            Known(
                "2",
                "工程验收资料不全",
                measures=["补齐资料"],
                leader="样乙",
                unit="工程科",
                beside=["档案室"],
                due="2031年12月",
                due_on=DECEMBER,
            ),
        ],
        title="示例县水务局审计整改台账",
        organisation="示例县水务局",
    )


def pages_and_totals() -> Sample:
    """Names repeated on every printed page, subtotals and a total, rows of themes, tick marks."""
    names = ["序号", "存在问题", "整改措施", "责任单位", "完成时限", "是否完成", "是否销号"]
    rows = [
        ["云山县安全隐患整改台账"],
        names,
        ["一、消防方面"],
        ["1", "灭火器过期", "更换灭火器", "后勤科", "2031年6月底前", "√", "√"],
        ["2", "通道堆放杂物", "清理通道", "后勤科", "2031年6月底前", "√", "×"],
        ["小计", "2项"],
        ["云山县安全隐患整改台账"],
        names,
        ["二、用电方面"],
        ["3", "线路老化", "改造线路", "设备科", "2031年9月底前", "×", "×"],
        ["合计", "3项"],
        ["说明：√表示是，×表示否。"],
    ]
    merged = [(0, 0, 0, 6), (2, 0, 2, 6), (6, 0, 6, 6), (8, 0, 8, 6)]
    return Sample(
        "pages.xlsx",
        xlsx(Page("台账", rows, merged)),
        [
            Known(
                "1",
                "灭火器过期",
                theme="消防方面",
                measures=["更换灭火器"],
                unit="后勤科",
                due="2031年6月底前",
                due_on=JUNE,
                status="√",
                progress="done",
                closed=True,
            ),
            Known(
                "2",
                "通道堆放杂物",
                theme="消防方面",
                measures=["清理通道"],
                unit="后勤科",
                due="2031年6月底前",
                due_on=JUNE,
                status="√",
                progress="done",
                closed=False,
            ),
            Known(
                "3",
                "线路老化",
                theme="用电方面",
                measures=["改造线路"],
                unit="设备科",
                due="2031年9月底前",
                due_on=SEPTEMBER,
                status="×",
                progress="in_progress",
                closed=False,
            ),
        ],
        title="云山县安全隐患整改台账",
    )


def three_lists() -> Sample:
    """问题清单、任务清单、责任清单 as sheets that join by number."""
    problems = Page(
        "问题清单",
        [["序号", "问题类别", "具体问题"], [1, "财务方面", "报销审核不严"], [2, "财务方面", "往来款未清理"]],
    )
    tasks = Page(
        "任务清单",
        [
            ["序号", "整改措施", "完成时限"],
            [1, "开展票据复核", "2031年6月底前"],
            [None, "组织培训", None],
            [2, "逐笔清理", "2031年9月底前"],
        ],
        [(1, 0, 2, 0), (1, 2, 2, 2)],
    )
    people = Page(
        "责任清单", [["序号", "责任领导", "责任科室"], [1, "样甲", "财务科"], [2, "样乙", "审计科"]]
    )
    return Sample(
        "lists.xlsx",
        xlsx(problems, tasks, people),
        [
            Known(
                "1",
                "报销审核不严",
                theme="财务方面",
                measures=["开展票据复核", "组织培训"],
                leader="样甲",
                unit="财务科",
                due="2031年6月底前",
                due_on=JUNE,
            ),
            Known(
                "2",
                "往来款未清理",
                theme="财务方面",
                measures=["逐笔清理"],
                leader="样乙",
                unit="审计科",
                due="2031年9月底前",
                due_on=SEPTEMBER,
            ),
        ],
    )


def several_sheets() -> Sample:
    """A ledger among a record of the process, of what was sent back, figures, and how to fill it in."""
    ledger = Page(
        "台账",
        [
            ["序号", "问题", "措施", "责任单位", "期限", "状态"],
            [1, "公车使用登记不全", "补登并公示", "办公室", "2031年6月30日", "已完成整改"],
        ],
    )
    process = Page(
        "过程记录",
        [
            ["序号", "问题", "记录时间", "记录内容", "记录人"],
            [1, "公车使用登记不全", "2031年5月1日", "已补登", "样甲"],
        ],
    )
    returns = Page(
        "驳回记录",
        [["序号", "问题", "退回原因", "退回时间"], [1, "公车使用登记不全", "材料不全", "2031年5月8日"]],
    )
    figures = Page("统计汇总", [["单位", "问题总数", "已完成数", "完成率"], ["办公室", 1, 1, 1]])
    guide = Page("填表说明", [["一、状态填写：整改完成、正在整改。"], ["二、日期按年月日填写。"]])
    return Sample(
        "several.xlsx",
        xlsx(guide, ledger, process, returns, figures),
        [
            Known(
                "1",
                "公车使用登记不全",
                measures=["补登并公示"],
                unit="办公室",
                due="2031年6月30日",
                due_on=JUNE,
                status="已完成整改",
                progress="done",
            ),
        ],
    )


def serial_numbers() -> Sample:
    """Days as Excel's numbers, shown as days or not, and as text without separators."""
    rows = [
        ["编号", "问题描述", "责任单位", "整改期限", "整改状态"],
        ["YS-001", "台账更新不及时", "档案室", 48029, "正在整改"],
        ["YS-002", "标识牌破损", "后勤科", 48029, "整改完成"],
        ["YS-003", "门禁记录缺失", "保卫科", "20310630", "基本完成"],
        ["YS-004", "值班表未公示", "保卫科", "2031-06-30 00:00:00", "未启动"],
    ]
    page = Page("Sheet1", rows, dated={(1, 3): 'yyyy"年"m"月"d"日"'})
    return Sample(
        "serial.xlsx",
        xlsx(page),
        [
            Known(
                "YS-001",
                "台账更新不及时",
                unit="档案室",
                due="2031-06-30",
                due_on=JUNE,
                status="正在整改",
                progress="in_progress",
            ),
            Known(
                "YS-002",
                "标识牌破损",
                unit="后勤科",
                due="48029",
                due_on=JUNE,
                status="整改完成",
                progress="done",
            ),
            Known(
                "YS-003",
                "门禁记录缺失",
                unit="保卫科",
                due="20310630",
                due_on=JUNE,
                status="基本完成",
                progress="substantially_done",
            ),
            Known(
                "YS-004",
                "值班表未公示",
                unit="保卫科",
                due="2031-06-30 00:00:00",
                due_on=JUNE,
                status="未启动",
                progress="not_started",
            ),
        ],
    )


def old_macintosh() -> Sample:
    """Days that count from 1904."""
    rows = [
        ["序号", "问题", "责任单位", "整改时限"],
        ["1", "印章登记不全", "办公室", 46567],
        ["2", "钥匙未登记", "办公室", 46567],
    ]
    page = Page("台账", rows, dated={(1, 3): "yyyy-mm-dd"})
    return Sample(
        "since1904.xlsx",
        xlsx(page, since_1904=True),
        [
            Known("1", "印章登记不全", unit="办公室", due="2031-06-30", due_on=JUNE),
            Known("2", "钥匙未登记", unit="办公室", due="46567", due_on=JUNE),
        ],
    )


def old_excel() -> Sample:
    """.xls with merged cells; .et of WPS is the same format."""
    rows = [
        ["云山县示例局巡察整改台账"],
        ["序号", "反馈问题", "整改措施", "牵头领导", "牵头单位", "责任单位", "完成时限"],
        [1, "采购程序不规范", "修订采购办法", "样甲", "办公室", "财务科", 48029],
        [None, None, "开展培训", "样甲", "办公室", "财务科", 48029],
        [2, "合同管理不到位", "清理合同", "样乙", "法规科", None, "2031年9月底前"],
    ]
    merged = [(0, 0, 0, 6), (2, 0, 3, 0), (2, 1, 3, 1)]
    page = Page("整改台账", rows, merged, dated={(2, 6): "yyyy-mm-dd", (3, 6): "yyyy-mm-dd"})
    return Sample(
        "old.xls",
        xls(page),
        [
            Known(
                "1",
                "采购程序不规范",
                measures=["修订采购办法", "开展培训"],
                leader="样甲",
                unit="办公室",
                beside=["财务科"],
                due="2031-06-30",
                due_on=JUNE,
            ),
            Known(
                "2",
                "合同管理不到位",
                measures=["清理合同"],
                leader="样乙",
                unit="法规科",
                due="2031年9月底前",
                due_on=SEPTEMBER,
            ),
        ],
        title="云山县示例局巡察整改台账",
        organisation="云山县示例局",
    )


def wps() -> Sample:
    sample = old_excel()
    return Sample("台账.et", sample.data, sample.findings, sample.title, sample.organisation)


def open_document() -> Sample:
    """.ods with merged cells and a hidden row, which is read like any other."""
    rows = [
        ["序号", "问题类别", "存在问题", "整改措施", "责任单位", "整改时限"],
        ["1", "作风方面", "会议过多", "精简会议", "办公室", "2031年6月底前"],
        ["2", None, "文件过长", "控制篇幅", "办公室", "2031年9月底前"],
        ["3", None, "调研不足", "每月下乡", "办公室", "长期坚持"],
    ]
    page = Page("台账", rows, [(1, 1, 3, 1)], hidden_rows=[2])
    return Sample(
        "open.ods",
        ods(page),
        [
            Known(
                "1",
                "会议过多",
                theme="作风方面",
                measures=["精简会议"],
                unit="办公室",
                due="2031年6月底前",
                due_on=JUNE,
            ),
            Known(
                "2",
                "文件过长",
                theme="作风方面",
                measures=["控制篇幅"],
                unit="办公室",
                due="2031年9月底前",
                due_on=SEPTEMBER,
            ),
            Known(
                "3",
                "调研不足",
                theme="作风方面",
                measures=["每月下乡"],
                unit="办公室",
                due="长期坚持",
                nature="long_term",
            ),
        ],
    )


_CSV = [
    ["序号", "问题", "整改措施", "责任单位", "整改期限", "整改情况"],
    ["1", "宣传栏未更新", "1.更换内容\n2.明确专人", "宣传科", "2031年6月底前", "已更换，共3处"],
    ["2", "网站信息陈旧", "逐栏清理", "信息科", "2031/9/30", "正在清理"],
]
_CSV_KNOWN = [
    Known(
        "1",
        "宣传栏未更新",
        measures=["更换内容", "明确专人"],
        actions=["已更换，共3处"],
        unit="宣传科",
        due="2031年6月底前",
        due_on=JUNE,
    ),
    Known(
        "2",
        "网站信息陈旧",
        measures=["逐栏清理"],
        actions=["正在清理"],
        unit="信息科",
        due="2031/9/30",
        due_on=SEPTEMBER,
    ),
]


def gb_text() -> Sample:
    """Comma-separated in GB18030, as Excel saves it, with line breaks inside a cell."""
    return Sample("gb.csv", csv(_CSV, encoding="gb18030"), _CSV_KNOWN)


def tabbed() -> Sample:
    """Tabs in UTF-16, as Excel saves Unicode text."""
    return Sample("unicode.tsv", csv(_CSV, encoding="utf-16", delimiter="\t"), _CSV_KNOWN)


def semicolons() -> Sample:
    """Semicolons in UTF-8 with its mark."""
    return Sample("marked.csv", csv(_CSV, encoding="utf-8-sig", delimiter=";"), _CSV_KNOWN)


def choices() -> Sample:
    """A status to be ticked in one of four columns, a nature in one of three."""
    rows = [
        ["序号", "具体问题", "整改类型", None, None, "责任单位", "整改状态", None, None, None],
        [None, None, "立行立改", "限期整改", "长期坚持", None, "已完成", "基本完成", "正在整改", "未启动"],
        [1, "接待超标", "√", None, None, "办公室", "√", None, None, None],
        [2, "培训不足", None, "√", None, "人事科", None, None, "√", None],
        [3, "监督不力", None, None, "√", "纪检组", None, "√", None, None],
    ]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 1, 5), (0, 6, 0, 9)]
    return Sample(
        "choices.xlsx",
        xlsx(Page("台账", rows, merged)),
        [
            Known("1", "接待超标", unit="办公室", status="已完成", progress="done", nature="immediate"),
            Known(
                "2", "培训不足", unit="人事科", status="正在整改", progress="in_progress", nature="time_bound"
            ),
            Known(
                "3",
                "监督不力",
                unit="纪检组",
                status="基本完成",
                progress="substantially_done",
                nature="long_term",
            ),
        ],
    )


def details() -> Sample:
    """One heading merged over problems that have numbers and wording of their own."""
    rows = [
        ["序号", "反馈问题", "具体表现", "整改措施", "责任领导及责任单位", "整改时限"],
        [1, "财经纪律执行不严", "超范围列支3.2万元", "追回资金", "样甲、财务科", "2031年6月底前"],
        [2, None, "大额资金未集体研究", "修订规则", "样甲、财务科", "2031年9月底前"],
        [3, "选人用人不规范", "干部档案缺页", "补齐档案", "样乙、人事科", "2031年9月底前"],
    ]
    return Sample(
        "details.xlsx",
        xlsx(Page("台账", rows, [(1, 1, 2, 1)])),
        [
            Known(
                "1",
                "超范围列支3.2万元",
                group="财经纪律执行不严",
                measures=["追回资金"],
                leader="样甲",
                unit="财务科",
                due="2031年6月底前",
                due_on=JUNE,
            ),
            Known(
                "2",
                "大额资金未集体研究",
                group="财经纪律执行不严",
                measures=["修订规则"],
                leader="样甲",
                unit="财务科",
                due="2031年9月底前",
                due_on=SEPTEMBER,
            ),
            Known(
                "3",
                "选人用人不规范",
                problem="干部档案缺页",
                measures=["补齐档案"],
                leader="样乙",
                unit="人事科",
                due="2031年9月底前",
                due_on=SEPTEMBER,
            ),
        ],
    )


def amounts() -> Sample:
    """An audit's ledger with amounts, a column that is not known, deadlines counted in one cell."""
    rows = [
        [
            "序号",
            "审计发现问题",
            "问题金额（万元）",
            "已整改金额（万元）",
            "整改措施",
            "责任单位（牵头）",
            "整改时限",
            "审计底稿页码",
            "整改状态",
        ],
        [
            1,
            "多计工程款",
            "1,280.50",
            1280.5,
            "1.追回工程款\n2.完善结算制度",
            "工程科（牵头）、财务科（配合）",
            "1.2031年6月底前；2.2031年9月底前",
            "P12",
            "整改完成",
        ],
        [2, "少缴税款", 3, 0, "补缴税款", "财务科", "2031年12月31日前", "P15", "正在整改"],
    ]
    return Sample(
        "amounts.xlsx",
        xlsx(Page("审计台账", rows)),
        [
            Known(
                "1",
                "多计工程款",
                problem="问题金额（万元）：1,280.50",
                measures=["追回工程款", "完善结算制度"],
                unit="工程科",
                beside=["财务科"],
                due="1.2031年6月底前；2.2031年9月底前",
                measure_dues=[JUNE, SEPTEMBER],
                status="整改完成",
                progress="done",
            ),
            Known(
                "2",
                "少缴税款",
                problem="问题金额（万元）：3",
                measures=["补缴税款"],
                unit="财务科",
                due="2031年12月31日前",
                due_on=DECEMBER,
                status="正在整改",
                progress="in_progress",
            ),
        ],
    )


def far_below() -> Sample:
    """Many lines above the table, columns that begin at C, and a sheet that is formatted far down."""
    rows: list = [[] for _ in range(14)]
    rows[2] = [None, None, "中共云山县示例镇委员会关于巡察反馈问题的整改台账"]
    rows[5] = [None, None, "（截至2031年6月30日）"]
    rows[8] = [None, None, "序 号", "问 题 内 容", "整改措施", "责任部门", "整改完成时限", "整改落实情况"]
    rows[9] = [None, None, "（一）", "低保核查不细", "入户核查", "民政办", "6月底前", "已核查320户"]
    rows[10] = [None, None, "（二）", "路灯损坏未修", "逐盏维修", "城建办", "2031年三季度", "已维修12盏"]
    rows[13] = [None, None, " "]
    return Sample(
        "far.xlsx",
        xlsx(Page("Sheet1", rows)),
        [
            Known(
                "一",
                "低保核查不细",
                measures=["入户核查"],
                unit="民政办",
                due="6月底前",
                actions=["已核查320户"],
            ),
            Known(
                "二",
                "路灯损坏未修",
                measures=["逐盏维修"],
                unit="城建办",
                due="2031年三季度",
                due_on=SEPTEMBER,
                actions=["已维修12盏"],
            ),
        ],
        title="中共云山县示例镇委员会关于巡察反馈问题的整改台账",
        organisation="中共云山县示例镇委员会",
        issues=[("date_without_year", "G10")],
    )


def lines_in_cells() -> Sample:
    """Measures as lines of one cell, a sentence wrapped by hand, progress told by counts in Chinese."""
    rows = [
        ["序号", "问题", "整改措施", "责任单位", "整改时限", "整改进展"],
        [
            1,
            "公文流转慢",
            "建立限时办结制度。\n每周通报办理情况。",
            "办公室",
            "2031年6月底前",
            "首先建章立制；其次开展通报。",
        ],
        [
            2,
            "对基层减负工作研究部署\n不够及时",
            "对各科室报送基层的各类文件和\n会议通知进行清理",
            "办公室",
            "2031年6月底前，长期坚持",
            "已清理",
        ],
    ]
    return Sample(
        "lines.xlsx",
        xlsx(Page("台账", rows)),
        [
            Known(
                "1",
                "公文流转慢",
                measures=["建立限时办结制度", "每周通报办理情况"],
                unit="办公室",
                due="2031年6月底前",
                due_on=JUNE,
                actions=["建章立制", "开展通报"],
            ),
            Known(
                "2",
                "对基层减负工作研究部署不够及时",
                measures=["对各科室报送基层的各类文件和会议通知进行清理"],
                unit="办公室",
                due="2031年6月底前，长期坚持",
                due_on=JUNE,
                nature="long_term",
                actions=["已清理"],
            ),
        ],
    )


CLEAN = [
    shortest, longest, two_rows_of_names, pages_and_totals, three_lists, several_sheets, serial_numbers,
    old_macintosh, old_excel, wps, open_document, gb_text, tabbed, semicolons, choices, details, amounts,
    far_below, lines_in_cells,
]  # fmt: skip
