"""How fast noise comes out, against one OpenCC t2s pass: ``python bench/bench_restore.py``.

The aim is 1/15 of that pass or better, the same at every size; then the time from process start.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from opencc import OpenCC

from zhenggai.reading.decode import from_text
from zhenggai.reading.restoring import restore

if TYPE_CHECKING:
    from collections.abc import Callable

TWIN = Path(__file__).resolve().parents[1] / "src" / "zhenggai" / "ops" / "samples" / "twin.txt"
COLD = """
import sys
from zhenggai.reading.decode import decode
from zhenggai.reading.restoring import restore
print(len(restore(decode(sys.stdin.buffer.read(), name='-')).text))
"""


def best_of(repeats: int, work: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def measure(label: str, text: str, repeats: int) -> dict[str, float | int | str]:
    """One row of the table."""
    converter = OpenCC("t2s")
    floor = best_of(repeats, lambda: converter.convert(text))
    restoring = best_of(repeats, lambda: restore(from_text(text, name=label)))
    return {
        "text": label,
        "characters": len(text),
        "t2s_seconds": round(floor, 5),
        "restore_seconds": round(restoring, 5),
        "characters_a_second": round(len(text) / restoring),
        "t2s_passes": round(restoring / floor, 1),
    }


def cold(data: bytes) -> float:
    """Seconds from the start of an interpreter to a restored notice."""
    command = [sys.executable, "-c", COLD]
    return best_of(5, lambda: subprocess.run(command, input=data, check=True, capture_output=True))  # noqa: S603  # ourselves


def main() -> int:
    """Print the figures as a table, or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("megabytes", type=int, nargs="*", default=[1, 10, 50])
    options = parser.parse_args()
    notice = TWIN.read_text(encoding="utf-8")
    rows = [measure("one notice", notice, 20)]
    for megabytes in options.megabytes:
        copies = megabytes * 1024 * 1024 // len(notice.encode()) + 1
        rows.append(measure(f"{megabytes} MB", notice * copies, 3 if megabytes < 20 else 1))
    seconds = round(cold(notice.encode()), 3)
    if options.json:
        print(json.dumps({"rows": rows, "cold_seconds": seconds}, indent=1))
        return 0
    for row in rows:
        print(
            f"{row['text']:>12}  {row['characters']:>11,} characters  t2s {row['t2s_seconds']:9.5f} s  "
            f"restore {row['restore_seconds']:9.5f} s  {row['characters_a_second']:>10,} characters/s  "
            f"1/{row['t2s_passes']} of t2s"
        )
    print(f"process start to restored notice: {seconds} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
