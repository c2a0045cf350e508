from __future__ import annotations

import pytest

from zhenggai.reading import html, html_tags, page_metadata
from zhenggai.reading.decode import decode

PROSE = (
    "<p>　　根据县委统一部署，2023年4月13日至6月2日，县委第一巡察组对示例局党组进行了巡察。</p>"
    "<p>现将巡察整改情况予以公布，请广大干部群众监督。</p>"
    "<p>一、整改工作开展情况</p><p>局党组高度重视，立即召开专题会议，逐项研究整改措施，明确责任领导和时限。</p>"
)
LINES = [
    "根据县委统一部署，2023年4月13日至6月2日，县委第一巡察组对示例局党组进行了巡察。",
    "现将巡察整改情况予以公布，请广大干部群众监督。",
    "一、整改工作开展情况",
    "局党组高度重视，立即召开专题会议，逐项研究整改措施，明确责任领导和时限。",
]
NAVIGATION = "<ul>" + "".join(f"<li><a href='#'>栏目{n}</a></li>" for n in "甲乙丙丁戊") + "</ul>"


def page(body: str, head: str = "") -> html.Page:
    return html.read_page(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")


@pytest.mark.parametrize(
    "container",
    [
        'div class="TRS_Editor"',
        'div id="zoom"',
        'div class="article-content"',
        'div id="UCAP-CONTENT"',
        'div class="v_news_content"',
        "article",
        'div class="content"',
        'div class="unknown-name"',
        "section",
        "td",
    ],
)
def test_the_main_text_is_found_and_what_surrounds_it_left_out(container: str):
    tag = container.split(maxsplit=1)[0]
    inner = f"<{container}>{PROSE}</{tag}>"
    if tag == "td":
        inner = f"<table><tr>{inner}</tr></table>"
    found = page(
        f'<div class="header"><a>首页</a><a>政务公开</a></div><nav>{NAVIGATION}</nav>'
        f'<div class="crumb">当前位置：<a>首页</a> &gt; 公示</div><div class="wrap">{inner}</div>'
        f'<div class="share">分享到：</div><div class="related">{NAVIGATION}</div>'
        "<div class='footer'>版权所有 示例县人民政府</div>"
    )

    assert found.text.split("\n") == LINES


def test_scripts_styles_comments_and_hidden_parts_are_no_text():
    found = page(
        "<div class='TRS_Editor'><style>p{}</style><script>var a='甲'</script><!-- 乙 -->"
        "<noscript>丙</noscript>"
        f"<p style='display: none'>丁</p><p hidden>戊</p>{PROSE}<textarea>己</textarea></div>"
    )

    assert found.text.split("\n") == LINES


def test_entities_breaks_and_wrapped_source_lines_are_resolved():
    found = page(
        "<div id='zoom'><p>&ldquo;整改&rdquo;&nbsp;情况&#12288;与\n   成效 A\n B</p>第一行<br>第二行<br/>"
        f"<pre>甲  乙\n丙</pre>{PROSE}</div>"
    )

    assert found.text.split("\n")[:5] == ["“整改” 情况　与成效 A B", "第一行", "第二行", "甲  乙", "丙"]


def test_a_table_becomes_one_line_a_row_with_cells_joined_by_tabs():
    found = page(
        f"<div id='zoom'>{PROSE}<table><tr><th>序号</th><th>问题</th><th colspan='2'>整改情况</th></tr>"
        "<tr><td rowspan='2'>1</td><td><p>问题甲</p><p>续行</p></td><td>已完成</td><td>示例科</td></tr>"
        "<tr><td>问题乙</td><td></td><td>示例股</td></tr><tr><td></td><td> </td></tr>"
        "<tr><td colspan='x'>注：完</td></tr></table><p>尾</p></div>"
    )

    assert found.text.split("\n")[4:] == [
        "序号\t问题\t整改情况",
        "1\t问题甲 续行\t已完成\t示例科",
        "\t问题乙\t\t示例股",
        "注：完",
        "尾",
    ]


def test_a_table_that_only_lays_out_the_page_keeps_its_paragraphs():
    found = page(
        f"<table><tr><td>{NAVIGATION}</td><td><table><tr><td>{PROSE}</td></tr></table></td></tr>"
        "<tr><td>版权所有</td></tr></table>"
    )

    assert found.text.split("\n")[: len(LINES)] == LINES


def test_a_table_of_data_alone_is_the_main_text():
    rows = "".join(
        f"<tr><td>{n}</td><td>问题{n}的具体表现和整改要求</td><td>责任单位示例科</td></tr>" for n in range(9)
    )

    found = page(f"<div>{NAVIGATION}</div><div><table>{rows}</table></div>")

    assert found.text.split("\n")[0] == "0\t问题0的具体表现和整改要求\t责任单位示例科"
    assert len(found.text.split("\n")) == 9


def test_a_teaser_in_a_known_container_does_not_hide_the_text():
    found = page(f"<div class='content'>通知公告</div><div class='zw'>{PROSE}</div>")

    assert found.text.split("\n") == LINES


def test_a_known_container_full_of_links_is_passed_over():
    links = "".join(f"<a href='#'>{'相关通知公告标题' * 2}{n}</a>" for n in range(30))

    found = page(f"<div id='content'>{links}</div><div class='zw'>{PROSE * 2}</div>")

    assert found.text.split("\n")[: len(LINES)] == LINES


def test_the_largest_of_several_containers_is_taken():
    found = page(
        f"<div class='content'>甲乙</div><div class='content'>{PROSE}</div><div class='content'>丙</div>"
    )

    assert found.text.split("\n") == LINES


def test_a_page_whose_body_has_a_furniture_name_is_still_read():
    found = html.read_page(
        f"<html><body class='page nav'><div class='main share'>{PROSE}</div></body></html>"
    )

    assert found.text.split("\n") == LINES


def test_a_heading_outside_the_main_text_comes_first():
    found = page(
        f"<h1>中共示例局党组关于巡察整改情况的通报</h1><div id='zoom'>{PROSE}</div>",
        "<title>中共示例局党组关于巡察整改情况的通报-云山县人民政府</title>",
    )

    assert found.text.split("\n") == ["中共示例局党组关于巡察整改情况的通报", *LINES]
    assert found.metadata["title"] == "中共示例局党组关于巡察整改情况的通报"


def test_a_heading_inside_the_main_text_is_not_repeated():
    found = page(f"<div id='zoom'><h1>中共示例局党组关于\n巡察整改情况的通报</h1>{PROSE}</div>")

    assert found.text.split("\n")[0] == "中共示例局党组关于巡察整改情况的通报"
    assert found.text.count("通报") == 1


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<meta name="ArticleTitle" content="示例局公告">', "", "示例局公告"),
        ("<title>示例县人民政府</title>", "", None),
        ("<title>关于巡察整改情况的公告_示例县</title>", "", "关于巡察整改情况的公告"),
        ("<title>x</title>", "<h2>关于示例局巡察整改情况的公告</h2>", "关于示例局巡察整改情况的公告"),
        ("<title>示例之窗</title>", "<h1>示例之窗综合门户首页</h1>", "示例之窗综合门户首页"),
        ("", "<h2>栏目</h2>", None),
    ],
)
def test_the_title_is_the_heading_that_reads_like_one(head: str, body: str, title: str | None):
    assert page(f"{body}<div id='zoom'>{PROSE}</div>", head).metadata.get("title") == title


def test_metadata_comes_from_the_head_and_from_labels_around_the_text():
    found = page(
        "<div class='info'>发布时间：2024-03-28 10:20　来源：示例局　浏览量：12</div>"
        "<table><tr><td>索引号：</td><td>000-1/2024</td><td>发布机构：</td><td>示例镇</td></tr>"
        f"<tr><td>文号：</td><td></td></tr></table><div id='zoom'>{PROSE}</div>",
        '<meta name="SiteName" content="示例县"><meta property="og:title" content=" "><meta name="other">',
    )

    assert found.metadata == {
        "site": "示例县",
        "published": "2024-03-28",
        "source": "示例局",
        "index_number": "000-1/2024",
        "organisation": "示例镇",
        "published_on": "2024-03-28",
    }


def test_a_day_beside_the_source_is_the_day_of_publication():
    found = page(f"<div>2024年3月8日 来源：示例局</div><div id='zoom'>{PROSE}</div>")

    assert (found.metadata["published_on"], found.metadata["source"]) == ("2024-03-08", "示例局")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-3-8", "2024-03-08"),
        ("2024年13月8日，2024/03/09", "2024-03-09"),
        ("3月8日", "None"),
        ("", "None"),
    ],
)
def test_only_days_of_the_calendar_count(text: str, day: str):
    assert str(page_metadata.first_day(text)) == day


def test_deep_nesting_is_bounded():
    found = html.read_page("<div>" * 50_000 + "<span>深处的整改情况说明</span>" + "</div>" * 50_001)

    assert found.text == "深处的整改情况说明"


def test_flattened_blocks_leave_their_line_breaks_and_unopened_ends_go():
    depth = html_tags.MAX_DEPTH
    markup = "</b>" + "<div>" * depth + "甲<div>乙</div><b>丙</b>" + "</div>" * depth

    assert html.read_page(markup).text.split("\n") == ["甲", "乙丙"]


def test_one_line_of_many_megabytes_is_read():
    text = "整改情况说明。" * 200_000

    decoded = decode(f"<html><body><p>{text}</p></body></html>".encode(), name="x.html")

    assert decoded.text == text


def items(listed: str, attributes: str = "") -> list[str]:
    found = page(f"<article>{PROSE}<ol{attributes}>{listed}</ol></article>").text.split("\n")
    return found[len(LINES) :]


def test_the_numbers_of_a_list_are_printed_as_a_browser_prints_them():
    assert items(
        "<li>学习不深入。</li><li><p>账目不清。</p><p>已整改。</p></li><li></li><li>记录不全。</li>"
    ) == [
        "1.学习不深入。",
        "2.账目不清。",
        "已整改。",
        "4.记录不全。",
    ]
    assert items("<li>学习不深入。</li>", ' start="3" style="list-style-type: decimal"') == ["3.学习不深入。"]
    assert items("<li>学习不深入。</li>", ' start="x"') == ["1.学习不深入。"]
    assert items("<li>方面一<ol><li>甲不足</li><li>乙不足</li></ol></li><li>方面二</li>") == [
        "1.方面一",
        "1.甲不足",
        "2.乙不足",
        "2.方面二",
    ]


@pytest.mark.parametrize("attributes", [' style="list-style: none"', ' type="a"'])
def test_a_list_that_prints_no_numbers_or_letters_has_none(attributes: str):
    assert items("<li>学习不深入。</li>", attributes) == ["学习不深入。"]


def test_an_item_that_begins_with_its_own_number_has_no_second_one():
    assert items("<li>（一）学习不深入。</li><li>2.账目不清。</li>") == ["（一）学习不深入。", "2.账目不清。"]
    assert page(f"<article>{PROSE}<li>学习不深入。</li></article>").text.split("\n")[-1] == "学习不深入。"
