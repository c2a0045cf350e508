"""How long ``zhenggai read`` takes from start to end, beside a bare Python: ``python bench/bench_start.py``.

Processor time of the child, the best of ten: a busy machine does not change it much. Aim: under 0.6 s.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

NOTICE = Path(__file__).resolve().parents[1] / "src" / "zhenggai" / "ops" / "samples" / "twin.txt"


def best_of(repeats: int, *command: str) -> float:
    best = float("inf")
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - words of this file
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return best


def main() -> None:
    bare = best_of(10, sys.executable, "-c", "pass")
    read = best_of(10, str(Path(sys.executable).with_name("zhenggai")), "read", str(NOTICE))
    print(f"bare Python {bare:.2f} s  zhenggai read {read:.2f} s  {read / bare:.1f} times as long")


if __name__ == "__main__":
    main()
