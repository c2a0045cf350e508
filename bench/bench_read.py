"""How fast a notice is read, as a ratio to one OpenCC t2s pass: ``python bench/bench_read.py [MB …]``."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

from zhenggai.reading import restore_text
from zhenggai.reading.interpreting import interpret

if TYPE_CHECKING:
    from collections.abc import Callable

TWIN = Path(__file__).resolve().parents[1] / "src" / "zhenggai" / "ops" / "samples" / "twin.txt"


def best_of(repeats: int, work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def measure(label: str, text: str, repeats: int) -> None:
    data = text.encode()
    converter = opencc.OpenCC("t2s")
    floor = best_of(repeats, lambda: converter.convert(text))
    restored = restore_text(data, name=label)
    restoring = best_of(repeats, lambda: restore_text(data, name=label))
    interpreting = best_of(repeats, lambda: interpret(restored))
    whole = restoring + interpreting
    speed = len(text) / whole / 1e6
    print(
        f"{label:>12}  {len(text):>11,} characters  t2s {floor * 1e3:9.2f} ms",
        f"restore {restoring * 1e3:9.2f} ms  interpret {interpreting * 1e3:9.2f} ms",
        f"{speed:5.2f} million characters/s  1/{whole / floor:.1f} of t2s",
        sep="  ",
    )


def main(sizes: list[int]) -> None:
    text = TWIN.read_text(encoding="utf-8")
    measure("one notice", text, 20)
    for megabytes in sizes:
        copies = megabytes * 1024 * 1024 // len(text.encode()) + 1
        measure(f"{megabytes} MB", text * copies, 1)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1, 10, 50])
