"""The life cycle as a drawing (生命周期图): made from the table of transitions, equal input, equal bytes.

No colour but two greys that show on light and on dark ground, and no style sheet, which a page might refuse.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from zhenggai.domain.lifecycle import FINAL_STAGES, TRANSITIONS, Nature, Stage, next_stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from zhenggai.domain.actions import Action

_INK: Final = "#6b7280"
_LINE: Final = "#8b929c"
_FONT: Final = "font-family=\"system-ui, 'Noto Sans CJK SC', sans-serif\""
_STAGES: Final = tuple(Stage)
_WIDTH: Final = 780
_CENTRE: Final = 212
_HALF: Final = 92
_BOX: Final = 34
_STEP: Final = 74
_TOP: Final = 30
_LANE: Final = 24
_WORDS: Final = 364
_WORD_STEP: Final = 21
# how far from the middle of a box a line comes in, and leaves it
_ASIDE: Final = 8


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one stage to another (流转), by these actions; never from a stage to itself."""

    source: Stage
    target: Stage
    actions: tuple[Action, ...]

    @property
    def is_straight(self) -> bool:
        """Whether it leads to the stage that stands next."""
        return _STAGES.index(self.target) - _STAGES.index(self.source) == 1

    @property
    def is_back(self) -> bool:
        """Whether it leads to an earlier stage."""
        return _STAGES.index(self.target) < _STAGES.index(self.source)


def life_cycle_edges() -> tuple[Edge, ...]:
    """Every way between two stages, in their order (环节流转), whatever the nature of the finding."""
    found: dict[tuple[Stage, Stage], dict[Action, None]] = defaultdict(dict)
    for (stage, action), told in TRANSITIONS.items():
        for nature in (Nature.TIME_BOUND, Nature.LONG_TERM):
            if told is not stage:
                found[stage, next_stage(stage, action, nature)][action] = None
    order = _STAGES.index
    keys = sorted(found, key=lambda way: (order(way[0]), order(way[1])))
    return tuple(Edge(source, target, tuple(found[source, target])) for source, target in keys)


def life_cycle_svg(
    title: str, *, stage_word: Callable[[Stage], str], action_word: Callable[[Action], str]
) -> str:
    """The drawing as SVG text (生命周期图); ``title`` is read aloud in its place.

    Numbers on the ways lead to the actions written beside them.
    """
    edges = life_cycle_edges()
    lines = sum(len(edge.actions) for edge in edges) + len(edges) // 2
    height = max(_TOP * 2 + _STEP * (len(_STAGES) - 1) + _BOX, _TOP * 2 + _WORD_STEP * lines)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"'
    parts = [
        f'{head} {_FONT} font-size="14" fill="{_INK}">',
        f"<title>{escape(title)}</title>",
        *_ways(edges),
        *(_box(stage, stage_word(stage)) for stage in _STAGES),
        *_legend(edges, action_word),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _y(stage: Stage) -> int:
    return _TOP + _BOX // 2 + _STEP * _STAGES.index(stage)


def _box(stage: Stage, word: str) -> str:
    wide = 3 if stage in FINAL_STAGES else 1.5
    middle = f'x="{_CENTRE}" y="{_y(stage) + 5}" text-anchor="middle"'
    return (
        f'<rect x="{_CENTRE - _HALF}" y="{_y(stage) - _BOX // 2}" width="{2 * _HALF}" height="{_BOX}" rx="6"'
        f' fill="none" stroke="{_LINE}" stroke-width="{wide}"/>'
        f'<text {middle} font-weight="600">{escape(word)}</text>'
    )


def _ways(edges: Sequence[Edge]) -> Iterator[str]:
    taken: dict[bool, list[list[tuple[int, int]]]] = {True: [], False: []}
    for number, edge in enumerate(edges, 1):
        start, end = _y(edge.source), _y(edge.target)
        if edge.is_straight:
            top, bottom = start + _BOX // 2, end - _BOX // 2
            yield f'<path d="M{_CENTRE} {top}V{bottom}" fill="none" stroke="{_LINE}"/>'
            yield f'<path d="M{_CENTRE - 5} {bottom - 8}h10l-5 8z" fill="{_LINE}"/>'
            yield _mark(_CENTRE, (top + bottom) // 2 - 3, number)
            continue
        lane = _lane(taken[edge.is_back], min(start, end), max(start, end))
        side = -1 if edge.is_back else 1
        near, far = _CENTRE + side * _HALF, _CENTRE + side * (_HALF + _LANE * (lane + 1))
        leaves, comes = start + _ASIDE, end - _ASIDE
        yield f'<path d="M{near} {leaves}H{far}V{comes}H{near}" fill="none" stroke="{_LINE}"/>'
        yield f'<path d="M{near + side * 8} {comes - 5}v10l{-side * 8} -5z" fill="{_LINE}"/>'
        yield _mark(far, (leaves + comes) // 2, number)


def _lane(lanes: list[list[tuple[int, int]]], low: int, high: int) -> int:
    """The nearest lane in which nothing lies beside this stretch yet."""
    for number, stretches in enumerate(lanes):
        if all(high <= other_low or other_high <= low for other_low, other_high in stretches):
            stretches.append((low, high))
            return number
    lanes.append([(low, high)])
    return len(lanes) - 1


def _mark(x: int, y: int, number: int) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="9" fill="{_INK}"/>'
        f'<text x="{x}" y="{y + 4}" text-anchor="middle" font-size="11" fill="#ffffff">{number}</text>'
    )


def _legend(edges: Sequence[Edge], action_word: Callable[[Action], str]) -> Iterator[str]:
    y = _TOP + 6
    for number, edge in enumerate(edges, 1):
        yield _mark(_WORDS, y - 4, number)
        for action in edge.actions:
            yield f'<text x="{_WORDS + 18}" y="{y}">{escape(action_word(action))}</text>'
            y += _WORD_STEP
        y += _WORD_STEP // 2
