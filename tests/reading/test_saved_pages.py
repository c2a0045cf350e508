from __future__ import annotations

import codecs

import pytest

from reading.portals import LINES, PORTALS, TITLE, paragraphs
from zhenggai.reading import html
from zhenggai.reading.decode import decode
from zhenggai.reading.errors import EmptySourceError
from zhenggai.reading.html_tags import MAX_TAGS, tame
from zhenggai.reading.page_errors import FramedPageError, PageTooIntricateError, ScriptedPageError

WHOLE = [TITLE, *LINES]


@pytest.mark.parametrize("layout", PORTALS)
def test_the_main_text_of_a_portal_page_is_all_that_is_read(layout: str):
    decoded = decode(PORTALS[layout].encode(), name=f"{layout}.html")

    assert decoded.text.split("\n") == WHOLE
    assert decoded.metadata["title"] == TITLE
    assert decoded.byte_edits == ()


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb18030", "utf-8"),
        ("gb18030", "gb2312"),
        ("utf-8", "gb2312"),
        ("utf-8", "big5"),
        ("utf-16-le", "utf-8"),
        ("utf-16-be", "gb2312"),
        ("utf-32-le", "utf-8"),
    ],
)
@pytest.mark.parametrize(
    "head", ["<meta charset={}>", "<meta http-equiv=Content-Type content='text/html; charset={}'>"]
)
def test_what_a_page_says_of_its_encoding_does_not_count_against_its_bytes(
    head: str, encoding: str, declared: str
):
    page = PORTALS["trs"].replace("<meta charset='utf-8'>", head.format(declared))

    decoded = decode(page.encode(encoding), name="x.html")

    assert decoded.text.split("\n") == WHOLE
    assert decoded.encoding == encoding


def test_an_xml_declaration_decides_between_equals():
    page = f"<?xml version='1.0' encoding='Big5'?>\n<html><body><p>{'整改'}</p></body></html>"

    assert decode(page.encode("big5"), name="x.xhtml").text == "整改"


def test_a_page_that_was_saved_twice_is_put_right():
    page = PORTALS["trs"].encode().decode("latin-1")

    decoded = decode(page.encode(), name="x.html")

    assert decoded.text.split("\n") == WHOLE
    assert [edit.why[:40] for edit in decoded.byte_edits] == ["These lines had been saved in a wrong en"]


def test_a_page_saved_from_the_view_of_its_source_is_read():
    lines = PORTALS["trs"].replace("&", "&amp;").replace("<", "&lt;").split("\n")
    rows = "".join(
        f'<tr><td class="line-number" value="{n}"></td><td class="line-content">{line}</td></tr>'
        for n, line in enumerate(lines, 1)
    )
    saved = f'<html><body><div class="line-gutter"></div><table><tbody>{rows}</tbody></table></body></html>'

    assert decode(saved.encode(), name="x.html").text.split("\n") == WHOLE


def test_text_in_a_frame_that_was_saved_inside_is_read_and_said():
    inner = PORTALS["kaipu"].replace("&", "&amp;").replace('"', "&quot;")

    decoded = decode(f'<html><body><iframe srcdoc="{inner}"></iframe></body></html>'.encode(), name="x.html")

    assert decoded.text.split("\n") == WHOLE
    assert [edit.why for edit in decoded.byte_edits] == [html.WHY_INNER]


_MARKUP = paragraphs().replace("\n", "\\n")


@pytest.mark.parametrize(
    "script",
    [
        'window.__DATA__ = {"title": "t", "html": "' + _MARKUP + '"};',
        f"var html = '{_MARKUP}';",
        f"var html = `{paragraphs()}`;",
        '{"content": "' + _MARKUP.replace("<", "&lt;") + '"}',
        '{"content": "' + _MARKUP.encode("ascii", "backslashreplace").decode() + '"}',
        '{"text": "' + "\\n".join(LINES) + '"}',
    ],
)
def test_text_in_a_script_is_read_and_said(script: str):
    page = (
        f"<html><head><title>{TITLE}</title></head><body><div id=app></div><script>{script}</script></body>"
    )

    decoded = decode(page.encode(), name="x.html")

    assert decoded.text.split("\n") == WHOLE
    assert [edit.why for edit in decoded.byte_edits] == [html.WHY_SCRIPT]


def test_half_a_character_of_a_script_is_left_out():
    page = f"<html><body><script>var t = '\\ud83d{'整改情况说明。' * 20}\\x41'</script></body></html>"

    assert decode(page.encode(), name="x.html").text == "整改情况说明。" * 20 + "A"


def test_a_page_of_frames_is_refused_with_their_addresses():
    page = "<html><frameset cols='20%,80%'><frame src='menu.htm'><frame src='main.htm'></frameset></html>"

    with pytest.raises(FramedPageError) as refusal:
        decode(page.encode(), name="框架.htm")

    assert str(refusal.value) == (
        "The web page “框架.htm” only shows other pages in frames (menu.htm、main.htm) and has no text of "
        "its own. Open the framed page by itself in the browser, save it and choose that file."
    )


def test_a_short_page_with_a_frame_says_so():
    decoded = decode(
        "<html><body><p>整改情况见下</p><iframe src='b.htm'></iframe></body></html>".encode(), name="x"
    )

    assert decoded.text == "整改情况见下"
    assert [edit.why for edit in decoded.byte_edits] == [html.WHY_FRAME]


def test_a_page_whose_scripts_fetch_its_text_is_refused():
    with pytest.raises(ScriptedPageError, match="its scripts fetch it"):
        decode(
            b"<!doctype html><html><body><div id=app></div><script>load('/api')</script></body></html>",
            name="x",
        )
    with pytest.raises(EmptySourceError) as refusal:
        decode(b"<!doctype html><html><body><div></div></body></html>", name="x")
    assert refusal.value.code == "reading.empty"


def test_what_is_hidden_is_read_where_nothing_else_is_there():
    page = f"<html><body><p>请稍候</p><div style='display:none'>{paragraphs()}</div></body></html>"

    assert decode(page.encode(), name="x.html").text.split("\n") == LINES


def test_pages_inside_pages_are_followed_only_so_far():
    page = f"<html><body>{paragraphs()}</body></html>"
    for _ in range(6):
        inner = page.replace("&", "&amp;").replace('"', "&quot;")
        page = f'<html><body><iframe srcdoc="{inner}"></iframe></body></html>'

    with pytest.raises(EmptySourceError):
        decode(page.encode(), name="x.html")


@pytest.mark.parametrize("unit", ["<td>1</td>", "<p>", "<div>", "</b>", "<o:p/>", "<b x>"])
def test_a_page_of_more_tags_than_a_document_has_is_refused(unit: str):
    with pytest.raises(PageTooIntricateError) as refusal:
        decode(("<html><body>" + unit * (MAX_TAGS + 1)).encode(), name="密.html")

    assert "more than 300000 tags" in str(refusal.value)


def test_tags_are_tamed_and_words_stay():
    depth, many = 256, " ".join(f"a{n}" for n in range(400))
    for markup, tamed in (
        ("<!-- <div> --><!--><p>甲</p><!-- 未完", "<p>甲</p>"),
        ("甲<svg><path d='1'/></svg>乙<math>丙", "甲乙丙"),
        (f"<div {many} id=x class='y'>甲</div>", "<div id=x class='y'>甲</div>"),
        (f"<img alt='' src='data:image/png;base64,{'A' * 200}'>", "<img src=''>"),
        (f"<p hidden title={'b' * 200}>", "<p hidden>"),
        ("<script>if (a<b) '<div>'</script>甲", "<script>if (a<b) '<div>'</script>甲"),
        ("<title>甲", "<title>"),
        ("<b>甲</b><b style=x>乙</b></b>", "甲<b style=x>乙</b>"),
        ("<o:p/>甲<div/>乙", "甲<div/>乙"),
        ("甲<a title='", "甲"),
        ("<i style=1><i style=2><i style=3>甲", "<i style=1><i style=2>甲"),
        (f"<p {'id=1 ' * 40}>", f"<p {' '.join(['id=1'] * 12)}>"),
        ("<x>" * (depth + 1) + "甲" + "</x>" * (depth + 2), "<x>" * depth + "甲" + "</x>" * depth),
    ):
        assert tame(markup, "x") == tamed


def test_absurd_spans_of_cells_stay_small():
    row = "<tr><td colspan=65535 rowspan=65535>甲</td><td rowspan=65535>乙</td></tr>"
    page = f"<html><body><table>{row * 3000}</table></body></html>"

    decoded = decode(page.encode(), name="x.html")

    assert len(decoded.text) < 30 * len(page)
    assert decoded.text.count("甲") == 3000


def test_a_page_with_a_mark_of_utf8_before_other_bytes_is_read():
    data = codecs.BOM_UTF8 + PORTALS["trs"].encode("gb18030")

    assert decode(data, name="x.html").text.split("\n") == WHOLE


@pytest.mark.parametrize(
    ("script", "name", "day", "source"),
    [
        ("var a = 1;</script><script>var ct = '1734660000';", "云山示例", "2024-12-20", "云山示例"),
        ("var createTime = '2024-12-20 10:00';", " ", "2024-12-20", None),
        ("var a = 1;", None, None, None),
    ],
)
def test_an_article_of_wechat_says_its_day_and_account(script, name, day, source):
    account = f"<a id=js_name>{name}</a>" if name else ""
    page = (
        f"<html><body>{account}<div id=js_content>{paragraphs()}</div><script>{script}</script></body></html>"
    )

    metadata = decode(page.encode(), name="x.html").metadata

    assert (metadata.get("published_on"), metadata.get("source")) == (day, source)
