"""Why the reader filled each field of a draft (识读依据): the rule and its words, as a draft keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.intake.fields import DOCUMENT_FIELDS, FINDING_FIELDS
from zhenggai.reading.rules import rule_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenggai.domain.messages import Message
    from zhenggai.domain.reading import Explanation
    from zhenggai.intake.models import DraftFinding

# A rule's stable name and the words that its sentence names.
Reason = list[Any]

FACT_PATHS: Final = {
    "kind": ("kind",),
    "title": ("title",),
    "organisation_label": ("organisation",),
    "inspector": ("inspector",),
    "on_site_from": ("dates/on_site", "dates/on_site/0"),
    "on_site_to": ("dates/on_site/1", "dates/on_site"),
    "feedback_on": ("dates/feedback_on",),
    "as_of": ("dates/as_of",),
    "published_on": ("dates/published_on",),
}
FINDING_PATHS: Final = {
    name: ("organisation" if name == "organisation_label" else name,) for name in FINDING_FIELDS
}


class Reasons:
    """The explanations of one reading, by the fields of the draft."""

    def __init__(self, explained: Iterable[Explanation]) -> None:
        self.known = {one.path: one for one in explained}

    def document(self, facts: Mapping[str, Any]) -> dict[str, Reason]:
        """Fact → reason, for the facts that the document states."""
        filled = [name for name in DOCUMENT_FIELDS if facts[name]]
        return self._reasons("", {name: FACT_PATHS[name] for name in filled})

    def finding(self, index: int, row: DraftFinding) -> dict[str, Reason]:
        """Field → reason, for the fields that the reader filled."""
        filled = [name for name in FINDING_FIELDS if getattr(row, name) not in {"", None}]
        return self._reasons(f"findings/{index}/", {name: FINDING_PATHS[name] for name in filled})

    def item(self, root: str) -> dict[str, Reason]:
        """Field → reason of one measure or action."""
        return self._reasons(f"{root}/", {"text": ("text",)})

    def places(self, root: str, paths: Mapping[str, tuple[str, ...]]) -> dict[str, list[int]]:
        """Field → place in the restored text, where what told it stands there."""
        found = {name: self._first(root, several) for name, several in paths.items()}
        return {name: list(one.span) for name, one in found.items() if one is not None and one.span}

    def _reasons(self, root: str, paths: Mapping[str, tuple[str, ...]]) -> dict[str, Reason]:
        found = {name: self._first(root, several) for name, several in paths.items()}
        return {name: [one.rule, dict(one.words)] for name, one in found.items() if one is not None}

    def _first(self, root: str, paths: tuple[str, ...]) -> Explanation | None:
        return next((self.known[root + path] for path in paths if root + path in self.known), None)


def reason_message(reason: object) -> Message | None:
    """The sentence of a kept reason, for a page to render in its language; nothing where none was kept."""
    if not isinstance(reason, list) or len(reason) != 2 or not isinstance(reason[1], dict):
        return None
    return rule_message(str(reason[0]), {str(name): str(value) for name, value in reason[1].items()})
