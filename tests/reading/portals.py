"""Saved pages of invented portals, laid out as the common content systems of Chinese sites lay theirs out."""

from __future__ import annotations

TITLE = "中共云山县示例局党组关于巡察整改进展情况的通报"
LINES = [
    "根据县委统一部署，2024年4月13日至6月2日，县委第一巡察组对示例局党组进行了巡察，8月20日反馈了巡察意见。按照党务公开原则，现将巡察整改进展情况予以公布。",
    "一、整改工作组织情况",
    "局党组高度重视巡察整改工作，先后召开三次专题会议研究整改措施，逐条逐项明确责任领导、责任科室和完成时限。",
    "二、反馈问题整改情况",
    "（一）关于“理论学习不够深入”问题的整改",
    "整改情况：一是修订学习制度，全年开展集中学习十二次。二是建立学习档案，每季度检查一次。该问题已完成整改。",
    "（二）关于“固定资产台账不清”问题的整改",
    "整改情况：逐件清点登记，补录台账四十六条。该问题正在整改。",
    "欢迎广大干部群众对巡察整改落实情况进行监督。联系电话：0999-5550123。",
    "中共云山县示例局党组",
    "2024年12月20日",
]
_MENU = "".join(
    f"<li><a href='/{n}/'>{n}</a></li>" for n in ("首页", "政务公开", "办事服务", "互动交流", "专题专栏")
)
_NEWS = "".join(
    f"<li><a href='/t{n}.html'>云山县召开第{n}次示例工作推进会议部署下半年任务</a><span>12-0{n}</span></li>"
    for n in range(1, 8)
)
_FOOT = (
    "主办单位：云山县人民政府办公室　地址：云山县示例路1号　邮编：000000<br>网站标识码：0000000001　"
    "示例ICP备00000000号　示例公网安备 00000000000001号　版权所有 云山县人民政府　技术支持：示例软件公司"
)


def paragraphs(open_tag: str = "<p>", close_tag: str = "</p>") -> str:
    return "\n".join(f"{open_tag}{line}{close_tag}" for line in LINES)


def _page(body: str, head: str = "", site: str = "云山县人民政府") -> str:
    return (
        "<!DOCTYPE html>\n<html lang='zh-CN'><head><meta charset='utf-8'>"
        f"<title>{TITLE}_{site}</title>{head}</head>\n<body>{body}</body></html>"
    )


def _font_soup() -> str:
    return "".join(
        f'<P class=MsoNormal align=left style="TEXT-INDENT: 32pt"><FONT face=仿宋_GB2312 size=4><SPAN lang=EN-US>'
        f"</SPAN><SPAN style='FONT-SIZE: 16pt'>{line[: len(line) // 2]}</SPAN><span>{line[len(line) // 2 :]}</span></FONT></P>"
        for line in LINES
    )


def _word_export() -> str:
    number = "<![if !supportLists]><span style='mso-list:Ignore'></span><![endif]>"
    return (
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
        "<div class=WordSection1 style='layout-grid:15.6pt'>"
        + "".join(
            f"<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'>{number}<span style='font-size:"
            f"16.0pt;font-family:仿宋'>{line}<del cite='mailto:x' datetime='2024-01-01T00:00'>旧的一句话</del><o:p></o:p>"
            "</span></p>"
            for line in LINES
        )
        + "</div><div style='mso-element:footer' id=f1><p class=MsoFooter>— <!--[if supportFields]><![endif]-->1 —</p></div>"
    )


PORTALS: dict[str, str] = {
    "trs": _page(
        f"<div class='header'><ul class='nav'>{_MENU}</ul></div><div class='wrap'><div class='bread'>您当前所在的位置："
        f"<a>首页</a>&gt;<a>巡察整改</a></div><div class='xl'><h1 class='xl-title'>{TITLE}</h1><div class='xl-info'>"
        "<span>发布时间：2024-12-20</span><span>来源：云山县示例局</span><span>浏览次数：<i id='hits'>12</i></span>"
        "<span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span></div>"
        f"<div class='view TRS_UEDITOR trs_paper_default trs_web'>{paragraphs()}</div>"
        "<div class='fj'>扫一扫在手机打开当前页</div><div class='tools'><a>打印本页</a><a>关闭窗口</a></div></div>"
        f"<div class='right'><h3>相关链接</h3><ul>{_NEWS}</ul></div></div><div class='foot'>{_FOOT}</div>"
    ),
    "jcms": _page(
        f"<table width='1000' align='center'><tr><td><table><tr><td class='bt_title'>{TITLE}</td></tr><tr><td>"
        "发布日期：2024-12-20 字体：[<a>大</a> <a>中</a> <a>小</a>] 浏览次数：<script>document.write(1)</script></td></tr>"
        f"<tr><td class='bt_content'><div id='zoom'><!--ZJEG_RSS.content.begin-->{paragraphs()}<!--ZJEG_RSS.content.end-->"
        "</div></td></tr><tr><td>上一篇：<a>云山县甲局通知</a><br>下一篇：<a>云山县乙局通知</a></td></tr></table></td></tr>"
        f"<tr><td align='center'>{_FOOT}</td></tr></table>",
        f"<meta name='ArticleTitle' content='{TITLE}'><meta name='PubDate' content='2024-12-20 10:00'>",
    ),
    "kaipu": _page(
        f"<div id='barrierfree_container'><header>{_MENU}</header><div class='mbx'>当前位置：<a>首页</a></div><div class='con'>"
        f"<ucaptitle><h1>{TITLE}</h1></ucaptitle><div class='pages-date'>2024-12-20 <publishtime></publishtime></div>"
        f"<div class='pages_content' id='UCAP-CONTENT'><ucapcontent>{paragraphs()}</ucapcontent></div>"
        f"<div class='related'><ul>{_NEWS}</ul></div></div><footer>{_FOOT}</footer></div>"
    ),
    "wordpress": _page(
        f"<div id='page'><nav class='main-navigation'><ul>{_MENU}</ul></nav><article class='post-12 post hentry'>"
        f"<header class='entry-header'><h1 class='entry-title'>{TITLE}</h1><span class='posted-on'>2024年12月20日</span>"
        f"</header><div class='entry-content'>{paragraphs()}<div class='sharedaddy share-box'>分享到：<a>微博</a></div></div>"
        f"</article><aside id='secondary' class='widget-area'><ul>{_NEWS}</ul></aside><div id='comments'><h2>发表回复</h2>"
        f"<p>您的电子邮箱地址不会被公开。</p></div><footer class='site-footer'>{_FOOT}</footer></div>",
        f"<meta property='og:title' content='{TITLE}'>",
    ),
    "discuz": _page(
        f"<div id='hd'><ul>{_MENU}</ul></div><div id='postlist' class='pl bm'><table><tr><td class='plc'><h1 class='ts'>"
        f"<span id='thread_subject'>{TITLE}</span></h1></td></tr></table><div id='post_1'><table class='plhin'><tr>"
        "<td class='pls'><div class='authi'><a>示例用户</a></div><p>主题 12 帖子 34 积分 56</p></td><td class='plc'>"
        "<div class='pct'><div class='pcb'><div class='t_fsz'><table><tr><td class='t_f' id='postmessage_1'>"
        + "<br />\n".join(LINES)
        + "</td></tr></table></div></div></div></td></tr></table></div><div id='post_2'><table><tr><td class='plc'>"
        "<div class='pcb'><div class='t_fsz'><table><tr><td class='t_f' id='postmessage_2'>谢谢分享</td></tr></table></div>"
        f"</div></td></tr></table></div></div><div id='ft'>{_FOOT}</div>"
    ),
    "dedecms": _page(
        f"<div class='header'>{_MENU}</div><div class='w960'><div class='place'><strong>当前位置:</strong><a>主页</a> &gt;</div>"
        f"<div class='viewbox'><div class='title'><h2>{TITLE}</h2></div><div class='info'><small>时间:</small>2024-12-20 "
        "<small>来源:</small>示例局 <small>点击:</small>12次</div><div class='intro'>摘要</div><div class='content'><table "
        f"width='100%'><tr><td>{paragraphs()}</td></tr></table></div><div class='dede_pages'><ul class='pagelist'></ul></div>"
        "<div class='boxoff'><strong>------分隔线----------------------------</strong></div></div>"
        f"<div class='pleft'><dl class='tbox'><dt>热点内容</dt><dd><ul>{_NEWS}</ul></dd></dl></div></div>"
        f"<div class='footer'>{_FOOT}</div>"
    ),
    "wechat": _page(
        f"<div id='js_article' class='rich_media'><h1 class='rich_media_title' id='activity-name'>\n  {TITLE}\n</h1>"
        "<div id='meta_content'><span id='profileBt'><a id='js_name'> 云山示例发布 </a></span><em id='publish_time'></em></div>"
        "<div class='rich_media_content js_underline_content' id='js_content' style='visibility: hidden; opacity: 0; '>"
        + "".join(
            f"<section style='margin:0'><p style='text-indent:2em'><span>{line}</span></p></section>"
            for line in LINES
        )
        + "</div><div class='rich_media_tool'>阅读 100+ 在看 3</div></div><div id='js_pc_qr_code' style='display:none'>"
        '微信扫一扫关注该公众号，长按识别二维码，获取更多权威信息</div><script>var ct = "1734660000";</script>',
        f"<meta property='og:title' content='{TITLE}'>",
        "微信公众平台",
    ),
    "font_soup": _page(f"<div id=Zoom>{_font_soup()}</div><div class=footer>{_FOOT}</div>"),
    "word_export": f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta charset=utf-8><title>{TITLE}</title>"
    f"<style>p.MsoNormal{{mso-style-parent:''}}</style></head><body lang=ZH-CN>{_word_export()}</body></html>",
    "br_paragraphs": _page(
        f"<div class='top'><ul>{_MENU}</ul></div><div class='nr'><h2>{TITLE}</h2><div class='nrbox'>"
        + "<br/><br/>\n".join(f"　　{line}" for line in LINES)
        + f"</div></div><div class='btm'>{_FOOT}</div>"
    ),
    "unknown_names": _page(
        f"<div class='a1'><ul>{_MENU}</ul></div><div class='a2'><div class='b1'>您所在的位置：<a>首页</a> &gt; <a>公开</a></div>"
        f"<div class='b2'><div class='c1'>{TITLE}</div><div class='c2'>发布时间：2024-12-20　浏览次数：12　打印本页</div>"
        f"<div class='c3'>{paragraphs('<div>', '</div>')}</div><div class='c4'>上一篇：没有了<br>下一篇：没有了</div></div>"
        f"<div class='b3'><ul>{_NEWS}</ul></div></div><div class='a3'><p>{_FOOT}</p></div>"
    ),
    "layout_tables": _page(
        "<table><tr><td><a>首页</a>|<a>公开</a>|<a>服务</a>|<a>互动</a></td></tr><tr><td><table><tr><td width='200'><table>"
        + "".join(f"<tr><td><a>栏目{n}</a></td></tr>" for n in "甲乙丙丁戊己")
        + f"</table></td><td><table><tr><td align='center'><b>{TITLE}</b></td></tr><tr><td>{paragraphs()}</td></tr></table>"
        f"</td></tr></table></td></tr><tr><td>{_FOOT}</td></tr></table>"
    ),
    "honeypot": _page(
        "<div class='article-con'>"
        + "".join(
            f"<p>{line}</p><p style='position:absolute;left:-9999px'>本站提供代开各类票据服务请联系客服办理{n}</p>"
            "<span aria-hidden='true'>隐藏的推广文字</span><font style='font-size:0px'>看不见的文字</font>"
            for n, line in enumerate(LINES)
        )
        + f"</div><div class='footer'>{_FOOT}</div>"
    ),
    "inline_pictures": _page(
        f"<div class='sf-hidden' hidden></div><img src='data:image/png;base64,{'iVBORw0KGgo' * 20000}'><div class='news_content'>"
        f"{paragraphs()}<p><img alt='' style='background:url(data:image/gif;base64,{'R0lGODlh' * 9000})'></p></div>"
        f"<div class='bottom' style=\"background-image:url('data:image/svg+xml;base64,{'PHN2Zz4' * 9000}')\">{_FOOT}</div>",
        "<!--\n Page saved with SingleFile \n url: https://portal.example/t1.html \n-->",
    ),
}
"""Markup by the name of the layout; the main text of each is ``LINES`` under ``TITLE``."""
