"""Message catalogues without a system gettext: extract, check and compile with Babel; zh_Hant made by OpenCC.

``extract`` brings ``zh_Hans/django.po`` up to date with sources and templates (translations are kept, what is
no longer used goes); ``missing`` lists what it would leave open. ``check`` fails on a missing, fuzzy or
outdated message or on places that differ. ``compile`` writes the ``.mo`` files of zh_Hans and of zh_Hant,
which is generated and not committed.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "zhenggai"
LOCALE = PACKAGE / "locale"
HANS = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
HANT = LOCALE / "zh_Hant" / "LC_MESSAGES" / "django.po"
HEADER = "# Chinese (Simplified) messages of Zhenggai.\n"

CALLS = {"msg", "Message", "_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL_CALLS = {"ngettext", "ngettext_lazy"}
CONTEXT_CALLS = {"pgettext", "pgettext_lazy"}
KEYWORDS = {"why"}
CLASS_FIELDS = {"template"}
# errors of the language: what they say is for whoever reads a traceback
UNTRANSLATED_ERRORS = {"AssertionError", "LookupError", "RuntimeError", "TypeError", "ValueError"}
UNSTABLE_HEADERS = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team'
    r"|Report-Msgid-Bugs-To|Project-Id-Version):.*\n",
    re.MULTILINE,
)
PLACES = re.compile(r"%\((\w+)\)[sd]")
SLIP = re.compile("(?<![標書])籤")
TEMPLATE_CALL = re.compile(r"\b(_|gettext|ngettext|pgettext|npgettext)\(")

Found = tuple[str | tuple[str, str], str | None, int]


def main() -> None:
    """One of the three verbs of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["extract", "check", "compile", "missing"])
    verb = parser.parse_args().verb
    if verb == "extract":
        extract()
    elif verb == "compile":
        compile_all()
    elif verb == "missing":
        for message in updated():
            if message.id and not message.string:
                print(repr(message.id))
    else:
        problems = list(check())
        for problem in problems:
            print(problem)
        sys.exit(1 if problems else 0)


def template() -> Catalog:
    """Every message of the sources, with the places it stands."""
    catalog = Catalog(project="zhenggai", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            _add(catalog, path, from_python(path.read_text(encoding="utf-8")))
    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            _add(catalog, path, from_template(path.read_text(encoding="utf-8")))
    return catalog


def _add(catalog: Catalog, path: Path, messages: Iterator[Found]) -> None:
    for message, context, _line in messages:
        first = message[0] if isinstance(message, tuple) else message
        if not first:
            continue
        # places without line numbers: a moved line is no change of the catalogue
        place = (path.relative_to(ROOT).as_posix(), 0)
        flags = ["python-format"] if PLACES.search(first) else []
        catalog.add(message, context=context, locations=[place], flags=flags)


def from_python(source: str) -> Iterator[Found]:
    """Marked strings of Python: gettext calls, ``msg``, an error's sentence, ``why=`` and ``template =``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _from_call(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = any(isinstance(target, ast.Name) and target.id in CLASS_FIELDS for target in targets)
            if named and (string := _string(node.value)) is not None:
                yield string, None, node.lineno


def _from_call(node: ast.Call) -> Iterator[Found]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    strings = [_string(argument) for argument in node.args]
    if name in PLURAL_CALLS and len(strings) > 1 and strings[0] and strings[1]:
        yield (strings[0], strings[1]), None, node.lineno
    elif name in CONTEXT_CALLS and len(strings) > 1 and strings[1]:
        yield strings[1], strings[0], node.lineno
    elif strings and strings[0] and (name in CALLS or (_says_its_sentence(name) and " " in strings[0])):
        yield strings[0], None, node.lineno
    for keyword in node.keywords:
        if keyword.arg in KEYWORDS and (string := _string(keyword.value)):
            yield string, None, node.lineno


def _says_its_sentence(name: str) -> bool:
    return name.endswith("Error") and name not in UNTRANSLATED_ERRORS


def _string(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def from_template(source: str) -> Iterator[Found]:
    """Marked strings of a Django template."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - only needed here

    text = templatize(source)
    for match in TEMPLATE_CALL.finditer(text):
        arguments = _arguments(text, match.end())
        line = text.count("\n", 0, match.start()) + 1
        if not arguments:
            continue
        if match.group(1) == "ngettext":
            yield (arguments[0], arguments[1]), None, line
        elif match.group(1) == "pgettext":
            yield arguments[1], arguments[0], line
        elif match.group(1) == "npgettext":
            yield (arguments[1], arguments[2]), arguments[0], line
        else:
            yield arguments[0], None, line


def _arguments(text: str, start: int) -> list[str]:
    end = start
    while (end := text.find(")", end) + 1) > 0:
        try:
            call = ast.parse(f"f({text[start:end]}", mode="eval").body
        except SyntaxError:
            continue
        if isinstance(call, ast.Call):
            return [string for argument in call.args if (string := _string(argument)) is not None]
    return []


def current() -> Catalog:
    """The committed zh_Hans catalogue, or an empty one."""
    if HANS.is_file():
        with HANS.open("rb") as file:
            return read_po(file, locale="zh_Hans_CN")
    return Catalog(locale="zh_Hans_CN", project="zhenggai", charset="utf-8")


def updated() -> Catalog:
    """The committed catalogue brought to today's messages."""
    catalog = current()
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = HEADER
    catalog.fuzzy = False
    return catalog


def extract() -> None:
    """Write the catalogue anew, sorted, without dates, so that equal sources give equal bytes."""
    HANS.parent.mkdir(parents=True, exist_ok=True)
    catalog = updated()
    missing = sum(1 for message in catalog if message.id and not _complete(message.string))
    with HANS.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, omit_header=False, include_lineno=False)
    HANS.write_text(UNSTABLE_HEADERS.sub("", HANS.read_text("utf-8")), "utf-8")
    print(f"{HANS.relative_to(ROOT)}: {len(catalog)} messages, {missing} without a translation")


def _complete(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def check() -> Iterator[str]:
    """What is wrong with the catalogue, a sentence each."""
    committed = current()
    wanted = template()
    for message in wanted:
        if not message.id:
            continue
        there = committed.get(message.id, context=message.context)
        where = ", ".join(sorted({place for place, _ in message.locations}))
        if there is None or not _complete(there.string):
            yield f"The message {message.id!r} ({where}) has no translation; run make messages and add it."
        elif there.fuzzy:
            yield f"The translation of {message.id!r} ({where}) is marked fuzzy; settle it."
        else:
            yield from _places(message.id, there.string)
    for message in committed:
        if message.id and wanted.get(message.id, context=message.context) is None:
            yield f"The message {message.id!r} is no longer used; run make messages to drop it."


def _places(source: object, target: object) -> Iterator[str]:
    sources = list(source) if isinstance(source, tuple | list) else [source]
    targets = list(target) if isinstance(target, tuple | list) else [target]
    allowed = set().union(*(PLACES.findall(str(text)) for text in sources))
    for text in targets:
        if strange := set(PLACES.findall(str(text))) - allowed:
            yield f"The translation {text!r} names places {sorted(strange)} that its message has not."
        if missing := set(PLACES.findall(str(sources[-1]))) - set(PLACES.findall(str(text))):
            yield f"The translation {text!r} leaves out the places {sorted(missing)} of its message."


def compile_all() -> None:
    """Write zh_Hans.mo, and zh_Hant from it (the places ``%(name)s`` are ASCII and stay)."""
    if not HANS.is_file():
        return
    from opencc import OpenCC  # noqa: PLC0415 - only needed here

    hans = current()
    simple = OpenCC("s2tw").convert

    def convert(text: str) -> str:
        # 签 is 籤 only where a slip is meant; OpenCC knows 签名 and not 签批
        return SLIP.sub("簽", simple(text))

    hant = Catalog(locale="zh_Hant_TW", project="zhenggai", charset="utf-8")
    for message in hans:
        if not message.id:
            continue
        string = message.string
        converted = tuple(map(convert, string)) if isinstance(string, tuple | list) else convert(string or "")
        hant.add(message.id, converted, context=message.context, flags=message.flags)
    HANT.parent.mkdir(parents=True, exist_ok=True)
    for catalog, path in ((hans, HANS), (hant, HANT)):
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    main()
