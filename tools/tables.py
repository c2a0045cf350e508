"""What the documents say of the tables of the domain, made from those tables: `make tables` writes it anew.

A generated part of a document stands between two comments that name it. `problems` says which are not what
the tables say today; `make docs` asks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from babel.messages.pofile import read_po

from harmless import HARMLESS
from zhenggai.documents.life_cycle import life_cycle_svg
from zhenggai.domain.actions import ACTION_LABELS, Action
from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.domain.case import ClosureCase
from zhenggai.domain.extending import DEFAULT_EXTENSION_LADDER, EXTENSION_STEPS
from zhenggai.domain.gates import check_gates
from zhenggai.domain.grants import GRANTS, Scope
from zhenggai.domain.ladder import DEFAULT_LADDER, PLAN_STEPS, STEPS
from zhenggai.domain.lifecycle import STAGE_LABELS, TRANSITIONS, Nature, Stage, next_stage
from zhenggai.domain.profiles import DEFAULT_PROFILE
from zhenggai.web.sure_topics import TOPICS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
CATALOGUE = ROOT / "src" / "zhenggai" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
MENDS = "`make tables` writes it anew"
SCOPES = {
    Scope.SUBJECT: "s",
    Scope.UNIT: "u",
    Scope.UNITS: "w",
    Scope.OWN: "o",
    Scope.INSPECTOR: "i",
    Scope.HEAD: "h",
    Scope.REVIEW: "r",
}


def main() -> None:
    """Write every generated part and drawing that is not what the tables say."""
    for path, text in wanted().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(ROOT)} is written anew")


def problems(files: Mapping[Path, str] | None = None) -> Iterator[str]:
    """One sentence for each document or drawing that is not what the tables say."""
    for path, text in (wanted() if files is None else files).items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
            yield f"{name}: what is made from the tables is not what they say; {MENDS}."


def wanted() -> dict[Path, str]:
    """Every file that holds something generated, as it is to be."""
    found = {page: page.read_text(encoding="utf-8") for page, _ in PARTS.values()}
    for name, (page, made) in PARTS.items():
        found[page] = replaced(found[page], name, made())
    return {DOCS / "images" / "life-cycle.svg": drawing(), **found}


def replaced(text: str, name: str, body: str) -> str:
    """The document with the part of that name as it is to be.

    :raises LookupError: when the document has no such part.
    """
    part = re.compile(rf"(<!-- made by tools/tables\.py: {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not part.search(text):
        raise LookupError(f"There is no place for the part {name}.")
    return part.sub(lambda found: f"{found[1]}{body}{found[2]}", text)


def drawing() -> str:
    """The life cycle for the documents, in English."""
    return life_cycle_svg(
        "Life cycle of a finding",
        stage_word=lambda stage: STAGE_LABELS[stage],
        action_word=lambda action: f"{action.value}: {ACTION_LABELS[action]}",
    )


def transitions() -> str:
    """Every action at every stage: where it leads, a dot where the finding stays."""
    actions = [action for action in Action if any((stage, action) in TRANSITIONS for stage in Stage)]
    rows = [[f"`{action.value}`", *(_leads(stage, action) for stage in Stage)] for action in actions]
    return table(["action", *(f"`{stage.value}`" for stage in Stage)], rows)


def _leads(stage: Stage, action: Action) -> str:
    if (stage, action) not in TRANSITIONS:
        return ""
    natures = (Nature.TIME_BOUND, Nature.LONG_TERM)
    targets = [next_stage(stage, action, nature) for nature in natures]
    if TRANSITIONS[stage, action] is stage:
        return "·"
    return " or ".join(f"→ `{target.value}`" for target in dict.fromkeys(targets))


def gates() -> str:
    """Every gate of closing, with what it says of a finding on which nothing was done."""
    words = chinese()
    case = ClosureCase(on=date(2026, 1, 5), round=1)
    rows = [
        [
            f"`{gate.code}`",
            words.get(gate.title.template, ""),
            gate.title.render(),
            " ".join(each.render() for each in gate.missing) or gate.state.value.replace("_", " "),
        ]
        for gate in check_gates(case)
    ]
    return table(["gate", "中文", "English", "says of a finding on which nothing was done"], rows)


def steps() -> str:
    """Every step of a ladder: whose it is, whether it confirms, how it is signed, and where it may stand."""
    words = chinese()
    closing = {step.name for step in DEFAULT_LADDER}
    plans = {step.name for step in DEFAULT_PROFILE.plan_ladder}
    extensions = {step.name for step in DEFAULT_EXTENSION_LADDER}
    rows = [
        [
            f"`{step.name}`",
            words.get(step.label, ""),
            f"`{step.role.value}`",
            "yes" if step.confirms else "no",
            ", ".join(f"`{kind.value}`" for kind in step.kinds),
            _stands(name in closing),
            _stands(name in plans, possible=name in PLAN_STEPS),
            _stands(name in extensions, possible=name in EXTENSION_STEPS),
        ]
        for name, step in STEPS.items()
    ]
    heads = ["step", "中文", "post", "confirms", "signed by", "closing", "plan", "extension"]
    return table(heads, rows)


def _stands(default: bool, *, possible: bool = True) -> str:  # noqa: FBT001 - read at once from its three calls
    return "default" if default else "possible" if possible else ""


def grants() -> str:
    """Roles against actions, a letter for what the role must stand in relation to."""
    words = chinese()
    roles = [role for role in Role if any(role is each for pairs in GRANTS.values() for each, _ in pairs)]
    rows = [
        [
            f"`{action.value}`",
            words.get(ACTION_LABELS[action], ""),
            *("".join(SCOPES[scope] for each, scope in GRANTS[action] if each is role) for role in roles),
        ]
        for action in Action
    ]
    return table(["action", "中文", *(words.get(ROLE_LABELS[role], "") for role in roles)], rows)


def topics() -> str:
    """What the page `/sure/` says, topic by topic."""
    case = ClosureCase(on=date(2026, 1, 5), round=1)
    listed = "".join(f"1. {gate.title.render()}\n" for gate in check_gates(case))
    shown = {
        "conditions": f"{listed}\n[What each asks for](../reference/gates.md)\n\n",
        "drawing": "![The life cycle as a drawing](../images/life-cycle.svg)\n\n",
        "roles": "[Every action and every role](../reference/tables.md#every-action-and-every-role)\n\n",
        "facts": "",
        "": "",
    }
    return "".join(
        f"## {topic.title}\n" + "".join(f"- {one}\n" for one in topic.sentences) + "\n" + shown[topic.more]
        for topic in TOPICS
    )


def harmless() -> str:
    """Mutants of the rules that no test notices, each with why it does no harm."""
    domain = ROOT / "src" / "zhenggai" / "domain"
    rows = [
        (f"`{file}`", f"`{line}`", f"`{''.join(what)}`" if what else "any", why)
        for (file, line, *what), why in sorted(HARMLESS.items())
        if file == "*" or (domain / file).exists()
    ]
    heads = ("module", "line", "what is changed", "why it does no harm")
    return table(heads, rows)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def chinese() -> dict[str, str]:
    """The Simplified words of the catalogue, by their English ones."""
    with CATALOGUE.open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if isinstance(each.id, str)}


PAGE = DOCS / "reference" / "tables.md"
SURE = DOCS / "explanation" / "how-you-can-be-sure.md"
PROVEN = DOCS / "explanation" / "how-closing-is-proven.md"
PARTS: dict[str, tuple[Path, Callable[[], str]]] = {
    "transitions": (PAGE, transitions),
    "gates": (PAGE, gates),
    "steps": (PAGE, steps),
    "grants": (PAGE, grants),
    "topics": (SURE, topics),
    "harmless": (PROVEN, harmless),
}

if __name__ == "__main__":
    main()
