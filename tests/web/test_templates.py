"""Every template: nothing inline, nothing from elsewhere, no word that cannot be translated."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import get_template

import zhenggai.web

WEB = Path(zhenggai.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
NAMES = [path.relative_to(WEB / "templates").as_posix() for path in TEMPLATES]
STATIC = sorted(path for path in (WEB / "static").glob("*.*") if path.suffix in {".css", ".js", ".svg"})

BLOCKTRANSLATE = re.compile(r"{%\s*blocktranslate\b.*?%}.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", re.DOTALL)
CLASSES = re.compile(r"{%\s*block body_class\s*%}[\w -]*{%\s*endblock\s*%}")
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
SPOKEN = ("title", "placeholder", "aria-label", "alt", "data-label")
WORD = re.compile(r"[^\W\d_]{2,}")
# names of formats and of a hash, the same in every language
SAME_EVERYWHERE = {"SHA-256", "CSV", "JSON", "Ctrl", "Tab", "Enter", "Esc"}


class Page(HTMLParser):
    """Collects what a browser would run, load or read out."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.loads: list[str] = []
        self.texts: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        given = dict(attrs)
        if tag == "style" or "style" in given:
            self.inline.append(tag)
        self.inline += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.loads += [value for name in ("src", "href", "action") if (value := given.get(name))]
        self.texts += [value for name in SPOKEN if (value := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and data.strip():
            self.inline.append(data)
        elif data.strip():
            self.texts.append(data.strip())


def page_of(path: Path) -> Page:
    source = path.read_text("utf-8")
    for pattern in (COMMENT, BLOCKTRANSLATE, CLASSES, TAG):
        source = pattern.sub("", source)
    page = Page()
    page.feed(source)
    return page


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_runs_nothing_inline(path: Path) -> None:
    assert page_of(path).inline == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_loads_nothing_from_elsewhere(path: Path) -> None:
    assert [load for load in page_of(path).loads if "//" in load or load.startswith("data:")] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    texts = [text for text in page_of(path).texts if text not in SAME_EVERYWHERE]
    assert [text for text in texts if WORD.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_well_formed_for_django(name: str) -> None:
    assert get_template(name)


@pytest.mark.parametrize("path", STATIC, ids=[path.name for path in STATIC])
def test_a_style_or_script_of_ours_loads_nothing_from_elsewhere(path: Path) -> None:
    source = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "//cdn" not in source
    assert not re.search(r"url\(\s*['\"]?https?:|@import|https?://", source)


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    listed = {
        line.strip()
        for line in (WEB.parents[2] / "frontend" / "icons.txt").read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    }
    sources = [*TEMPLATES, *WEB.rglob("*.py")]
    used = {
        name for path in sources for name in re.findall(r"{%\s*icon\s+\"([\w-]+)\"", path.read_text("utf-8"))
    }
    assert used - listed == set()
