"""The process that opens PDFs (隔离进程): native code meets a stranger's file only here.

``python -m zhenggai.reading.pdf.child MEMORY [ocr]`` reads requests from standard input, each one line of
JSON and then the bytes of the file, and answers in lines of JSON: ``{"page": …}`` while it works, then the
result.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhenggai.reading.pdf.shapes import Piece

_EVERY_SECONDS: Final = 0.2


def serve(
    requests: BinaryIO, answers: BinaryIO, recognise: Callable[[Any], list[Piece]] | None = None
) -> None:
    """Answer every request until there is none."""
    from zhenggai.reading.pdf.extract import extract  # noqa: PLC0415 - loaded under the limits of this process

    while line := requests.readline():
        request = json.loads(line)
        told = time.monotonic()

        def tell(page: int, pages: int) -> None:
            nonlocal told
            if time.monotonic() - told >= _EVERY_SECONDS or recognise is not None:
                told = time.monotonic()
                _answer(answers, {"page": page, "of": pages})

        data = requests.read(request["size"])
        _answer(answers, extract(data, max_pages=request["max_pages"], on_page=tell, recognise=recognise))


def _answer(answers: BinaryIO, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    answers.flush()


def limit_memory(size_bytes: int) -> None:
    """Bound the memory of this process, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - absent on Windows

        resource.setrlimit(resource.RLIMIT_AS, (size_bytes, size_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: Sequence[str]) -> None:
    """Serve standard input; whatever a library prints goes to standard error."""
    limit_memory(int(arguments[0]))
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        recognise = None
        if "ocr" in arguments[1:]:
            from zhenggai.reading.pdf.ocr import Recogniser  # noqa: PLC0415 - an optional extra

            recognise = Recogniser()
        serve(sys.stdin.buffer, answers, recognise)


if __name__ == "__main__":  # pragma: no cover - runs in a process that is not measured
    main(sys.argv[1:])
