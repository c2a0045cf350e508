"""How fast many notices are read on one process and on two: ``python bench/bench_many.py [notices]``."""

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.reading.many import read_many
from zhenggai.reading.named import Named

if TYPE_CHECKING:
    from zhenggai.domain.reading import Reading

TWIN = Path(__file__).resolve().parents[1] / "src" / "zhenggai" / "ops" / "samples" / "twin.txt"
AIM = 1.8
MEMORY_AIM = 40


def variants(count: int) -> list[Named]:
    """The shipped sample, spoiled differently each time: lines dropped, doubled, and letters lost."""
    lines = TWIN.read_text(encoding="utf-8").split("\n")
    made = []
    for number in range(count):
        rng = random.Random(number)
        kept = [line for line in lines if rng.random() > 0.03 for _ in range(1 + (rng.random() < 0.02))]
        text = "\n".join(line[:-1] if rng.random() < 0.05 else line for line in kept)
        made.append(Named(f"{number}.txt", text.encode(rng.choice(["utf-8", "gb18030"]))))
    return made


def findings_of(reading: Reading) -> int:
    return len(reading.findings)


def main(count: int) -> None:
    documents = variants(count)
    size = sum(len(document.data) for document in documents)
    list(read_many(documents[:8], finish=findings_of))
    seconds: dict[int, float] = {}
    found: dict[int, int] = {}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for jobs in (1, 2):
        begin = time.perf_counter()
        found[jobs] = sum(outcome.findings for outcome in read_many(documents, jobs=jobs, finish=findings_of))
        seconds[jobs] = time.perf_counter() - begin
        took = f"{seconds[jobs]:.2f} s, {found[jobs]} findings"
        print(f"{jobs} process(es): {count} notices, {size / 1e6:.1f} MB in {took}")
    assert found[1] == found[2]
    ratio = seconds[1] / seconds[2]
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    print(f"two processes: {ratio:.2f} times as fast (aim {AIM} on an idle machine)")
    print(f"memory of the parent grew by {grown / size:.1f} times the input (aim below {MEMORY_AIM})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
