"""One sentence that states the status of all findings together (以上问题均已整改完成)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from zhenggai.domain.reading import DocumentKind, PartKind
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import status
from zhenggai.reading.interpreting.finish import spread
from zhenggai.reading.interpreting.parts import Claim, claim
from zhenggai.reading.interpreting.wording import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.domain.reading import ReadFinding
    from zhenggai.reading.interpreting.drafts import Draft

_MOST = 20
_KINDS = frozenset({DocumentKind.NOTICE, DocumentKind.REPORT})
_BLANKET = re.compile(
    # A letter first, what must not stand before it after that: the search can skip.
    r"[以上反所全发查指移](?<![保争现求促].)(?:(?<=以)上|(?<=上)述|(?:(?<=反)馈|(?<=发)现|(?<=查)出|(?<=指)出"
    r"|(?<=移)交)(?:的)?|(?<=所)有|(?<=全)部)[^。；;\n]{0,30}?(?:\d+\s?(?:个|项"
    r"|条))?(?:具体)?(?:问题|(?<=[以上][上述])隐患)[^。；;\n\d]{0,6}?[,，]?(?:目前)?(?P<s>(?:均|都|全部|已全部"
    r"|已经全部)[^。；;，,\n\d]{2,16})"
)

_ABOUT_ALL = re.compile(r"[题患][^。；;\n\d]{0,6}?[,，]?(?:目前)?(?:均|都|全部|已全部|已经全部)")
"""The middle of such a sentence. Most texts have none, and the search for it is quicker."""
_DECLARED = re.compile(
    r"[以上下](?:(?<=以)[下上]|(?<=上)述|(?<=下)[列述])[^。；;\n，,]{0,20}?(?:问题|隐患|任务|事项)[,，]?(?:目前)?"
    r"(?P<s>(?:均|都|全部)*已[^。；;\n\d]{2,24}?)[,，]?(?:现|特)(?:将[^。；;\n]{0,20})?(?:予以)?(?:公示|公告|通报)"
)
"""The lead that declares the findings below it done (以下2项整改任务已完成整改并予以销号，现公示如下：)."""
_DECLARING = _KINDS | {DocumentKind.CLOSURE_NOTICE}


def blanket(
    text: str,
    findings: tuple[ReadFinding, ...],
    drafts: Sequence[Draft],
    kind: DocumentKind,
    claims: list[Claim],
) -> tuple[ReadFinding, ...]:
    """``findings`` with the status that a sentence about all of them states; its place joins ``claims``."""
    if all(finding.status_text for finding in findings):
        return findings
    declared = _DECLARED.search(text, 0, drafts[0].start) if kind in _DECLARING else None
    if declared is not None and status.is_status(declared["s"]):
        claims.append(claim(*declared.span("s"), PartKind.FIELD, "findings/*/status_text", "blanket"))
        return spread(findings, clean(declared["s"]))
    if kind not in _KINDS or _ABOUT_ALL.search(text) is None:
        return findings
    for found in islice(_BLANKET.finditer(text), _MOST):
        printed = clean(found["s"])
        inside = any(draft.start <= found.start() < draft.end for draft in drafts[:-1])
        before = re.split(r"[。；;：:\n]", text[max(0, found.start() - 12) : found.start("s")])[-1]
        intended = re.search(r"确保|力争|推动|实现|要求|督促|将", before)
        if status.is_status(printed) and not inside and not intended:
            claims.append(claim(*found.span("s"), PartKind.FIELD, "findings/*/status_text", "blanket"))
            return spread(findings, printed)
    return findings
