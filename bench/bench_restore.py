"""How fast noise comes out, against one OpenCC t2s pass over the same text in the same run.

Run: ``.venv/bin/python bench/bench_restore.py [--json]``. A ratio of 1/15 or better is the aim.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from opencc import OpenCC

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from reading import garble

from zhenggai.reading.decode import from_text
from zhenggai.reading.restoring import restore

MEGABYTE = 1_000_000
PARAGRAPH = (
    "三、关于示例问题{n}的整改。一是示例局党委高度重视,立即召开专题会议,制定整改方案,明确责任领导和责任单位;"
    "二是全面排查存在的问题,建立问题清单,逐项对照落实;三是加强监督检查,确保件件有着落、事事有回音。\n整改进度:整改完成。\n"
)


def noisy(code_points: int) -> str:
    """A fictional page of family A of about this length, every piece with noise of its own."""
    rng = random.Random(7)
    clean = "".join(PARAGRAPH.format(n=number) for number in range(400))
    page = garble.family_a(clean, rng)
    return (page * (code_points // len(page) + 1))[:code_points]


def best(action: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in seconds."""
    spent: list[float] = []
    for _ in range(times):
        begin = time.perf_counter()
        action()
        spent.append(time.perf_counter() - begin)
    return min(spent)


def cold() -> float:
    """Seconds from the start of a process to a restored notice of 5,500 code points, the interpreter included."""
    program = (
        "import sys\nfrom zhenggai.reading.decode import decode\nfrom zhenggai.reading.restoring import restore\n"
        "print(len(restore(decode(sys.stdin.buffer.read(), name='-')).text))"
    )
    data = noisy(5500).encode()
    return best(lambda: subprocess.run([sys.executable, "-c", program], input=data, check=True, capture_output=True), 5)


def main() -> int:
    """Print the figures as a table, or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--megabytes", type=int, nargs="*", default=[1, 10, 50])
    options = parser.parse_args()
    converter = OpenCC("t2s")
    rows: list[dict[str, float | int | str]] = []
    sizes = [("5,500 characters", 5500, 20), *((f"{size} MB", size * MEGABYTE // 3, 3) for size in options.megabytes)]
    for name, size, times in sizes:
        text = noisy(size)
        plain = best(lambda text=text: converter.convert(text), times)  # type: ignore[misc]
        restoring = best(lambda text=text: restore(from_text(text, name=name)), times)  # type: ignore[misc]
        rows.append(
            {
                "text": name,
                "characters": size,
                "t2s_seconds": round(plain, 5),
                "restore_seconds": round(restoring, 5),
                "characters_a_second": round(size / restoring),
                "times_t2s": round(restoring / plain, 2),
            }
        )
    figures = {"rows": rows, "cold_seconds": round(cold(), 3)}
    if options.json:
        print(json.dumps(figures, indent=1))
        return 0
    for row in rows:
        print(
            f"{row['text']:>17}  t2s {row['t2s_seconds']:.5f} s  restore {row['restore_seconds']:.5f} s  "
            f"{row['characters_a_second']:>10,} characters/s  {row['times_t2s']} x t2s"
        )
    print(f"process start to restored notice: {figures['cold_seconds']} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
