"""Check the documents: links, anchors and make verbs exist, and generated parts are what the tables say."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import tables

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"(?<![\w-])make ([a-z]+)(?=[`\s])")
VERB = re.compile(r"^([a-z-]+):.*?## ", re.MULTILINE)


def main() -> None:
    """Print every problem with its document and end with 1 where there is one."""
    problems = [*(problem for path in documents() for problem in check(path)), *tables.problems()]
    for problem in problems:
        print(problem)
    print(f"{len(documents())} documents, {len(problems)} problems")
    sys.exit(1 if problems else 0)


def documents() -> list[Path]:
    """The documents of the project."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def check(path: Path) -> Iterator[str]:
    """What is wrong in one document."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT)
    for target in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        file, _, anchor = unquote(target).partition("#")
        aim = (path.parent / file).resolve() if file else path
        if not aim.exists():
            yield f"{name}: the link {target} leads to nothing."
        elif anchor and aim.suffix == ".md" and anchor not in anchors(aim):
            yield f"{name}: the link {target} names a heading that is not there."
    verbs = set(VERB.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    code = " ".join(re.findall(r"`([^`\n]+)`", text)) + " " + " ".join(FENCE.findall(text)) + " "
    for verb in sorted(set(MAKE.findall(code)) - verbs):
        yield f"{name}: there is no `make {verb}`."


def anchors(path: Path) -> set[str]:
    """The anchors a Markdown reader makes of the headings."""
    headings = HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


if __name__ == "__main__":
    main()
