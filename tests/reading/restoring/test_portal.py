from __future__ import annotations

import pytest

from zhenggai.reading.restoring import portal

PROSE = (
    "根据县委统一部署，县委第一巡察组对示例局党组进行了巡察，并反"
    "馈了意见。现将整改情况予以公布，请监督，欢迎提出意见和建议。"
)


def top(*lines: str) -> tuple[set[int], dict[str, str]]:
    edge = portal.top(lines, [False] * len(lines))
    return edge.lines, edge.facts


def bottom(*lines: str) -> set[int]:
    return portal.bottom(lines, [False] * len(lines)).lines


@pytest.mark.parametrize(
    "line",
    [
        "索引号：000-1/2024",
        "【索 引 号】：000-1",
        "索引号: | 000-1 | 成文日期: | 2024-03-28 |",
        "发布机构：\t示例局\t发布日期：\t2024-03-28",
        "发布时间：2024-03-28 10:20　来源：示例局　浏览量：12次",
        "2024-03-28 16:57 来源：示例局",
        "时间：2024-03-28 点击：33",
        "信息来源:示例局 信息提供日期:2024-03-28 15:39 视力保护色:",
        "有效性： 有效 附加说明：无",
        "【字体：大 中 小】 【打印】 【关闭】",
        "打印 关闭 分享到：",
        "分享到 微信 微博",
        "• 微信",
        "字号",
        "扫一扫在手机打开当前页",
        "用微信“扫一扫”分享",
        "当前位置：首页 > 政务公开",
        "您现在的位置: 首页 > 政务服务",
        "首页 >> 公示公告 >> 正文",
        "上一篇：示例公告",
        "责任编辑：张示例 审核：李示例",
        "繁体 简体 无障碍阅读",
    ],
)
def test_a_line_of_the_portal_is_known_whole(line: str):
    assert top(line, PROSE)[0] == {0}
    assert bottom(PROSE, line) == {1}


@pytest.mark.parametrize(
    "line",
    [
        "中共示例局党组关于巡察整改情况的通报",
        "2024年3月8日",
        "2024-03-28",
        "123",
        "联系电话：0000-1234567",
        "责任领导：张示例",
        "整改时限：2024年6月底前",
        "来源不明的资金已经清退",
        "位置偏僻的村卫生室",
        "导航标识不清的问题",
        "时间：2024年3月",
        "发布时间：另行通知",
        "名称：示例项目",
        "首页内容陈旧",
        "作者：" + "长" * 80,
        "编辑：甲；审核：乙；问题：三。",
        "分享经验做法",
        "打印材料过多",
        "浏览器兼容问题",
        "甲" * 500,
        "公示期：7日 联系人：张示例",
        "已整改 索引号：000-1",
        "索引号：1 " + "长标签：" + "长" * 80,
    ],
)
def test_the_documents_own_lines_stay(line: str):
    assert top(line, PROSE)[0] == set()
    assert bottom(PROSE, line) == set()


def test_labels_give_facts_of_known_names():
    _, facts = top(
        "索引号：1 文号：示发〔2024〕1号",
        "发布日期：2024年3月8日 成文日期：2024-03-07",
        "更新时间：2024-03-09",
        "来源：示例局",
        PROSE,
    )

    assert facts == {
        "index_number": "1",
        "document_number": "示发〔2024〕1号",
        "published_on": "2024-03-08",
        "dated_on": "2024-03-07",
        "updated_on": "2024-03-09",
        "source": "示例局",
    }


def test_an_empty_label_is_the_portals_too():
    assert top("浏览量：", "来源：", "发布时间：", PROSE) == ({0, 1, 2}, {})


def test_labels_and_values_on_lines_by_turns_are_a_table():
    lines = ("索引号", "000-1", "发布机构", "示例局", "发布日期", "2024-03-28", "关于整改情况的通报", PROSE)

    assert top(*lines) == (
        {0, 1, 2, 3, 4, 5},
        {"index_number": "000-1", "organisation": "示例局", "published_on": "2024-03-28"},
    )


def test_a_lone_label_or_a_value_of_another_kind_is_no_table():
    assert top("索引号", "000-1", PROSE)[0] == set()
    assert top("发布日期", "另行通知", "索引号", "000-1", PROSE)[0] == {2, 3}
    assert top("来源", "来源", "来源", PROSE)[0] == set()
    assert top("来源") == (set(), {})


def test_the_document_ends_the_search_at_the_top():
    assert top(PROSE, "浏览量：12")[0] == set()
    assert top(*["短标题行"] * 7, "浏览量：12")[0] == set()
    assert top(*["短标题行"] * 3, "", "浏览量：12", PROSE)[0] == {4}


def test_the_document_ends_the_search_at_the_bottom():
    assert bottom("浏览量：12", PROSE) == set()
    assert bottom("浏览量：12", *["落款一行"] * 6) == set()
    assert bottom("浏览量：12", "", *["落款一行"] * 3) == {0}


@pytest.mark.parametrize(
    "line",
    [
        "版权所有：示例县人民政府",
        "Copyright © 2024 All Rights Reserved",
        "主办单位：示例县人民政府 承办单位：示例县大数据中心",
        "示ICP备00000000号 示公网安备 00000000000000号",
        "网站地图 | 联系我们 | 隐私声明",
        "技术支持：示例公司",
        "免责声明：本文来源于网络，如有侵权请联系删除。",
        "本站部分内容转载自网络。",
    ],
)
def test_a_footer_goes_at_the_bottom_only(line: str):
    assert bottom(PROSE, line) == {1}
    assert top(line, PROSE)[0] == set()


@pytest.mark.parametrize(
    "line",
    [
        "整改情况已在县政府网站公开。",
        "本局将继续做好整改工作。",
        "版权所有的问题已整改。",
        "主办单位：" + "长" * 300,
    ],
)
def test_the_last_sentence_of_the_document_stays(line: str):
    assert bottom(PROSE, line) == set()


def test_a_list_of_other_articles_goes_from_its_heading_to_the_end():
    assert bottom(PROSE, "相关链接", "某某公告标题", "另一公告标题", "", "第三公告标题") == {1, 2, 3, 5}
    assert bottom(PROSE, "推荐阅读：", *[f"公告标题{n}" for n in range(12)]) == set(range(1, 14))
    assert bottom("相关链接", *[f"公告标题{n}" for n in range(40)]) == set()


def test_lines_already_taken_are_passed_over():
    edge = portal.top(["甲", "浏览量：12", PROSE], [True, False, False])

    assert edge.lines == {1}
    assert portal.bottom([PROSE, "浏览量：12", "甲"], [False, False, True]).lines == {1}
