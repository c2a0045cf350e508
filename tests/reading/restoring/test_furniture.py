"""Lines are taken out only where the whole line is known; the document's own words stay."""

from __future__ import annotations

import pytest

from zhenggai.domain.spans import EditKind
from zhenggai.reading.restoring import furniture, signs
from zhenggai.reading.restoring.edits import apply

BODY = (
    "中共示例局党组关于巡察整改情况的通报\n"
    "根据县委统一部署，2023年4月13日至6月2日，县委第一巡察组对示例局党组进行了巡察。现将整改情况予以公布。\n"
    "一、整改工作开展情况\n"
    "局党组高度重视，立即召开专题会议，逐项研究整改措施。会议明确了责任领导、责任单位和整改时限，做到件件有着落。\n"
    "联系电话：0000-1234567；电子邮箱：sample@example.com。\n"
    "中共示例局党组\n"
    "2024年3月8日"
)


def clear(text: str) -> tuple[str, furniture.Furniture]:
    plain, _, found = furniture.clear(text, signs.look(text))
    return plain, found


def cleared(text: str) -> str:
    plain, found = clear(text)
    assert plain == apply(text, found.changes)
    return plain


def test_a_clean_notice_has_no_furniture():
    plain, found = clear(BODY)

    assert plain == BODY
    assert (found.changes, found.facts, found.mirror_lines, found.readings_inside) == ([], {}, 0, 0)


@pytest.mark.parametrize(
    "line",
    [
        "来源时间为:2024-03-28",
        "來源時間為:2024-03-28",
        "來源時間為：2024年3月28日 10:20",
        "來(lái)源時間(jiān)為:2024-03-28",
    ],
)
def test_the_line_of_the_source_gives_the_day_of_publication(line: str):
    plain, found = clear(f"{line}\n{BODY}")

    assert plain == BODY
    assert found.facts == {"published_on": "2024-03-28", "published_source": "source_line"}
    assert found.mirror_lines == 1


def test_a_line_of_the_source_without_a_day_stays():
    assert cleared(f"來源時間為:不详不详不详\n{BODY}") == f"來源時間為:不详不详不详\n{BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "文章來源於:http://www.example.com 示例直播",
        "文章(zhāng)來源於:http://www.example.com",
        "文章来源：https://example.com/a/b.html",
        "網站內容來源於網絡,其真實性(xìng)與(yǔ)本站無關,請網友慎重判斷",
        "本頁麵內容來源於網絡，如有侵權請聯係刪除",
        "本页面内容均来自网络，仅供参考",
        "本网站内容均来自互联网络，如有侵权请联系删除",
        "感谢您访问我们的网站，您可能还对以下资源感兴趣：甲乙丙",
        "主站蜘蛛池模板： 甲| 乙| 丙",
        "……(示例秘书网http://example.com省略330字,正式会员可完整阅读)……",
        "……(新文秘網(wǎng)http://example.com省略330字)……",
    ],
)
def test_a_line_of_the_mirror_goes_wherever_it_stands(line: str):
    first, rest = BODY.split("\n", 1)

    assert cleared(f"{BODY}\n{line}") == BODY
    assert cleared(f"{first}\n{line}\n{rest}") == BODY


def test_lines_at_the_end_are_changes_of_their_own_and_take_their_line_feed():
    text = BODY + "\r\n文章来源于:http://example.com\r\n网站内容来源于网络,请慎重判断\r\n"

    plain, found = clear(text)

    assert plain == BODY + "\r\n"
    assert [(change.kind, change.why) for change in found.changes] == [
        (EditKind.FURNITURE, furniture.WHY_MIRROR)
    ] * 2
    assert found.changes[0].end == found.changes[1].start


def test_a_text_of_furniture_alone_leaves_nothing_to_read():
    assert cleared("来源时间为:2024-03-28\n文章来源于:http://example.com").strip() == ""


def test_readings_inside_are_counted_with_the_line():
    _, found = clear(BODY + "\n網站內容來源於網絡,其真實性(xìng)與(yǔ)本站無關")

    assert found.readings_inside == 2


def test_a_part_left_out_inside_a_paragraph_is_taken_out_there():
    plain, found = clear("局党组……（示例网省略200字）……认真整改。")

    assert plain == "局党组认真整改。"
    assert [change.why for change in found.changes] == [furniture.WHY_OMITTED]


@pytest.mark.parametrize(
    "line",
    [
        "久久精品国产亚洲综合 一区二区三区 免费视频",
        "百家乐平台 真人娱乐 注册送彩金 时时彩",
        "国产精品|无码|在线观看",
        "http://a.example http://b.example www.c.example 示例",
        "國產精品無(wú)碼在線觀看",
    ],
)
def test_spam_goes_at_the_top_and_at_the_bottom(line: str):
    plain, found = clear(f"{line}\n{BODY}\n{line}")

    assert plain == BODY
    assert {change.why for change in found.changes} == {furniture.WHY_SPAM}
    assert found.mirror_lines == 2


@pytest.mark.parametrize(
    "line",
    [
        "一是对参与棋牌室赌博的2名党员给予党内警告处分；二是取缔非法彩票投注点3处；三是开展警示教育。",
        "对沉迷百家乐等网络赌博的干部进行约谈",
        "详见http://www.example.com和http://bbs.example.com。",
        "x" * 7000,
    ],
)
def test_a_finding_about_gambling_is_no_spam(line: str):
    assert not furniture.is_spam(line)
    assert cleared(f"{BODY}\n{line}") == f"{BODY}\n{line}"


def test_spam_in_the_middle_of_a_long_text_is_left_to_the_reader():
    long = "\n".join(f"{number}.示例问题的整改情况说明，已经完成。" for number in range(200))
    lines = long.split("\n")
    lines.insert(100, "国产精品 无码 在线观看")

    assert cleared("\n".join(lines)) == "\n".join(lines)
    assert cleared("国产精品 无码\n" + long + "\n国产精品 无码") == long


def test_page_numbers_that_count_on_go():
    pages = "第一段。\n— 1 —\n第二段。\n- 2 -\n第三段。\n第3页 共3页\n第四段。"

    assert cleared(pages) == "第一段。\n第二段。\n第三段。\n第四段。"


@pytest.mark.parametrize("text", ["甲。\n— 1 —\n乙。", "甲。\n-5-\n乙。\n-3-\n丙。\n-1-\n丁。", "— 1 — 甲"])
def test_numbers_that_do_not_count_on_stay(text: str):
    assert cleared(text) == text


def test_leaked_markup_becomes_what_it_meant():
    text = (
        '<p style="x">一、整改&nbsp;情况</p><p>&ldquo;整改&rdquo;<br/>完成</p>\n<b>二、</b>落实<br>\r\n三、'
    )

    assert cleared(text) == "一、整改 情况\n“整改”\n完成\n二、落实\r\n三、"


def test_random_letters_at_the_ends_of_lines_go_where_they_recur():
    spoiled = "一、整改。k3fx9\n二、落实。 p0q8z\n三、督查。7yhn2\n四、共3项。"

    plain, found = clear(spoiled)

    assert plain == "一、整改。\n二、落实。\n三、督查。\n四、共3项。"
    assert {change.why for change in found.changes} == {furniture.WHY_RANDOM}
    assert cleared("见表。A1B2\n见图。") == "见表。A1B2\n见图。"
    assert cleared("甲。2024\n乙。2025\n丙。2026\n") == "甲。2024\n乙。2025\n丙。2026\n"
    assert cleared("甲。good\n乙。fine\n丙。well\n") == "甲。good\n乙。fine\n丙。well\n"


def test_markup_inside_a_line_that_goes_is_not_counted_twice():
    text = "<p>甲</p>\n文章来源于:http://example.com <b>示例</b>\n<p>乙</p>"

    plain, found = clear(text)

    assert plain == "甲\n乙"
    assert sum(change.why == furniture.WHY_MIRROR for change in found.changes) == 1


@pytest.mark.parametrize("text", ["三类<问题>", "A&B公司", "小于<5万元", "x<y>z"])
def test_signs_that_are_no_markup_stay(text: str):
    assert cleared(text) == text


def test_the_portal_around_a_notice_goes_and_its_facts_stay():
    text = (
        "首页 > 政务公开 > 公示公告\n索引号：000-1/2024 发布机构：示例县水利局\n"
        "发布日期：2024-03-28\n\n"
        + BODY
        + "\n\n【打印本页】 【关闭窗口】\n上一篇：没有了\n下一篇：某某公告\n"
        "版权所有：示例县人民政府 网站标识码：0000000000"
    )

    plain, found = clear(text)

    assert plain.strip() == BODY
    assert found.facts == {
        "index_number": "000-1/2024",
        "organisation": "示例县水利局",
        "published_on": "2024-03-28",
        "published_source": "metadata",
    }
    assert found.mirror_lines == 0


def test_a_sentence_that_a_page_counter_cuts_is_whole_and_a_heading_above_one_ends():
    text = (
        "一、学习抓得不紧，该问题已完成\n— 1 —\n整改。\n二、考勤不严\n— 2 —\n开展检查，全部整改。\r\n"
        "甲已，\r\n— 3 —\r\n乙。"
    )

    assert cleared(text) == (
        "一、学习抓得不紧，该问题已完成\n整改。\n二、考勤不严\n开展检查，全部整改。\r\n甲已，乙。"
    )


def test_a_page_counter_below_a_line_that_goes_takes_no_more_than_itself():
    text = "甲已开展，并\n来源时间为:2024-03-28\n— 1 —\n整改，完成。\n乙\n— 2 —\n丙。"

    assert cleared(text) == "甲已开展，并\n整改，完成。\n乙\n丙。"
