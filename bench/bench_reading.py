"""How well notices are read: precision and recall by layout, clean and garbled.

``python bench/bench_reading.py`` scores every sample of ``tests/reading/samples``; ``--save`` keeps the
scores beside this file, ``--check`` fails where something got worse than kept and ``reading_losses.txt`` does
not say why. ``--gold FILE.json --source FILE`` scores one outside document; the gold names only the fields
it judges.
How things are matched: docs/reference/reading-quality.md.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import re
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests" / "reading" / "samples"
KEPT = Path(__file__).with_name("reading_scores.json")
LOSSES = Path(__file__).with_name("reading_losses.txt")
MEASURES = ("findings", "status", "people", "dates", "figures", "items")
PEOPLE = ("responsible_leader", "lead_unit", "supporting_units")
STATED = ("stated_progress", "stated_nature", "stated_closed")
DATES = ("on_site", "feedback_on", "as_of", "published_on")
LIKE = 0.6
SEED = 20_260_101
MIRROR_DAY = "2024-03-28"

Counts = dict[str, list[int]]  # measure → [right, read, gold]


def letters(text: object) -> str:
    """Han characters, letters and digits of a wording; nothing else tells two wordings apart."""
    return "".join(letter for letter in str(text or "") if letter.isalnum()).lower()


def match(gold: list[dict[str, Any]], read: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Pairs of findings: the same number and a like title first, then the likest titles left."""
    likeness = [
        (
            _like(one, other) + (one.get("number") == other.get("number") and one.get("number") is not None),
            i,
            j,
        )
        for i, one in enumerate(gold)
        for j, other in enumerate(read)
    ]
    pairs: list[tuple[int, int]] = []
    for worth, i, j in sorted(likeness, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if (
            worth >= LIKE
            and _like(gold[i], read[j]) >= LIKE / 2
            and not any(i == a or j == b for a, b in pairs)
        ):
            pairs.append((i, j))
    return sorted(pairs)


def _like(one: dict[str, Any], other: dict[str, Any]) -> float:
    mine, theirs = letters(one.get("title")), letters(other.get("title"))
    if mine == theirs:
        return 1.0
    if mine and theirs and (mine in theirs or theirs in mine):
        return max(min(len(mine), len(theirs)) / max(len(mine), len(theirs)), LIKE)
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()


def score(gold: dict[str, Any], read: dict[str, Any]) -> Counts:
    """Right, read and gold of every measure that the gold judges."""
    counts: Counts = {}

    def add(measure: str, expected: Counter[str], found: Counter[str]) -> None:
        here = counts.setdefault(measure, [0, 0, 0])
        for place, number in enumerate((expected & found, found, expected)):
            here[place] += number.total()

    wanted, got = gold.get("findings") or [], read["findings"]
    if "findings" in gold:
        pairs = match(wanted, got)
        counts["findings"] = [len(pairs), len(got), len(wanted)]
        judged = {name for finding in wanted for name in finding}
        theirs = dict(pairs)
        for i, finding in enumerate(wanted):
            other = got[theirs[i]] if i in theirs else {}
            for measure, names in (("status", STATED), ("people", PEOPLE)):
                if judged & set(names) or (measure == "status" and "status_text" in judged):
                    add(measure, _facts(finding, names), _facts(other, names))
            add("dates", _facts(finding, ("due_on",)), _facts(other, ("due_on",)))
            add("items", _items(finding), _items(other))
        for j, finding in enumerate(got):
            if j not in theirs.values() and judged:
                add("items", Counter(), _items(finding))
    if "dates" in gold:
        add(
            "dates", _facts(gold["dates"], DATES), _facts({n: read["dates"][n] for n in gold["dates"]}, DATES)
        )
    if "statistics" in gold:
        add("figures", _figures(gold), _figures(read))
    return counts


def _facts(holder: dict[str, Any], names: tuple[str, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in names:
        value = holder.get(name)
        values = value if isinstance(value, list) and name == "supporting_units" else [value]
        found.update(f"{name}={letters(one)}" for one in values if one not in (None, False, "", []))
    return found


def _items(finding: dict[str, Any]) -> Counter[str]:
    return Counter(
        f"{kind}={letters(item if isinstance(item, str) else item['text'])}"
        for kind in ("measures", "actions")
        for item in finding.get(kind) or []
    )


def _figures(reading: dict[str, Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    for statistic in reading["statistics"]:
        for figure in statistic if isinstance(statistic, list) else statistic["figures"]:
            if isinstance(figure, str):
                # expected structures keep a figure as one line: group, label, value, unit
                value, unit = figure.split(" ")[-2:]
                found[f"{value} {unit}"] += 1
            else:
                found[f"{figure['value']} {figure['unit']}"] += 1
    return found


def mirrored(gold: dict[str, Any]) -> dict[str, Any]:
    """What a mirror's page adds to a sample that names no day of publication: that of its source line."""
    published = gold["dates"]["published_on"] or MIRROR_DAY
    return {**gold, "dates": {**gold["dates"], "published_on": published}}


def garbled(text: str) -> str:
    """The sample as a mirror of the first family would show it, always in the same way."""
    sys.path.insert(0, str(ROOT / "tests" / "reading"))
    generator = importlib.import_module("garble")
    noisy: str = generator.family_a(text, random.Random(SEED))
    return noisy


def all_scores() -> dict[str, Counts]:
    """The scores of every sample, clean and garbled, by its name."""
    from zhenggai.reading import read  # noqa: PLC0415 - the help needs no reader

    scores: dict[str, Counts] = {}
    for path in sorted(SAMPLES.iterdir()):
        expected = path.with_name(f"{path.stem}.expected.json")
        if path.suffix not in {".txt", ".html"} or not expected.exists():
            continue
        gold = json.loads(expected.read_text(encoding="utf-8"))
        scores[path.stem] = score(gold, read(path).to_dict())
        if path.suffix == ".txt" and path.stem != "family_b":
            noisy = garbled(path.read_text(encoding="utf-8").removesuffix("\n"))
            scores[f"{path.stem} (garbled)"] = score(mirrored(gold), read(noisy).to_dict())
    return scores


def rate(right: int, of: int) -> str:
    return f"{right / of:5.3f}" if of else "    –"


def table(scores: dict[str, Counts]) -> list[str]:
    """One line a layout: precision/recall of every measure; a dash where there is nothing to find."""
    total: Counts = {}
    for counts in scores.values():
        for measure, numbers in counts.items():
            here = total.setdefault(measure, [0, 0, 0])
            for place, number in enumerate(numbers):
                here[place] += number
    lines = [f"{'precision/recall':<34}" + "".join(f"{measure:>14}" for measure in MEASURES)]
    for name, counts in [*scores.items(), ("all", total)]:
        cells = (counts.get(measure, [0, 0, 0]) for measure in MEASURES)
        pairs = (f"{rate(right, read)}/{rate(right, gold).strip()}" for right, read, gold in cells)
        lines.append(f"{name:<34}" + "".join(f"{pair:>14}" for pair in pairs))
    return lines


def changes(before: dict[str, Counts], now: dict[str, Counts]) -> tuple[list[str], list[str]]:
    """What was gained and what was lost against the kept scores, each as layout, measure, rate."""
    gained: list[str] = []
    lost: list[str] = []
    for name in sorted(before.keys() & now.keys()):
        for measure in MEASURES:
            old, new = before[name].get(measure), now[name].get(measure)
            if old is None or new is None or old == new:
                continue
            for which, of in (("precision", 1), ("recall", 2)):
                was = old[0] / old[of] if old[of] else 1.0
                value = new[0] / new[of] if new[of] else 1.0
                line = f"{name}: {which} of {measure} {was:.3f} → {value:.3f}"
                (gained if value > was else lost).extend([line] if abs(value - was) > 1e-9 else [])
    lost.extend(f"{name}: the layout is gone" for name in sorted(before.keys() - now.keys()))
    return gained, lost


def check(lost: list[str]) -> int:
    """1 where a loss has no sentence in ``reading_losses.txt`` (``layout: sentence``)."""
    told = LOSSES.read_text(encoding="utf-8") if LOSSES.exists() else ""
    named = {line.partition(":")[0].strip() for line in told.splitlines() if re.search(r":\s*\S", line)}
    silent = [line for line in lost if line.partition(":")[0].strip() not in named]
    if silent:
        print(f"{len(silent)} losses without a sentence in {LOSSES.relative_to(ROOT)}; say there why:")
        print("\n".join(f"  {line}" for line in silent))
    return 1 if silent else 0


def outside(gold: Path, source: Path) -> int:
    """Scores one document that is no sample."""
    from zhenggai.reading import read  # noqa: PLC0415 - as above

    wanted = json.loads(gold.read_text(encoding="utf-8"))
    print("\n".join(table({source.name: score(wanted, read(source).to_dict())})[:2]))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--source", type=Path)
    given = parser.parse_args()
    if given.gold or given.source:
        if not (given.gold and given.source):
            parser.error("--gold and --source belong together")
        return outside(given.gold, given.source)
    now = all_scores()
    before = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    gained, lost = changes(before, now)
    lines = table(now)
    print("\n".join([lines[0], lines[-1]] if given.check else lines))
    for word, found in (("gained", gained), ("lost", lost)):
        print(f"{word}: {len(found)}", *(f"  {line}" for line in found), sep="\n")
    if given.save:
        pairs = (f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in now.items())
        KEPT.write_text("{\n" + ",\n".join(pairs) + "\n}\n", encoding="utf-8")
    return check(lost) if given.check else 0


if __name__ == "__main__":
    sys.exit(main())
