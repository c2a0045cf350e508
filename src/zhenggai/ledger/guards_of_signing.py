"""Triggers of signing (签批保护): each step by whom it asks for, in order, and a closure once all are signed.

Part of `zhenggai.ledger.guards`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.closing import RequestState
from zhenggai.domain.ladder import StepKind
from zhenggai.trail.guards import Guard, json_at, json_count, json_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN: Final = RequestState.OPEN.value
_ALL: Final = StepKind.ALL.value
_ONE: Final = StepKind.ONE.value
# Those who fixed, by every row that says so; the services count the same people.
FIXED: Final = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} WHERE finding_id = {{finding}} AND {column} = {{person}}{rest})"
    for table, column, rest in (
        ("ledger_progressreport", "by_id", ""),
        ("ledger_measure", "done_by_id", ""),
        ("ledger_evidence", "uploaded_by_id", ""),
        ("ledger_evidence", "withdrawn_by_id", ""),
        ("ledger_outcome", "by_id", ""),
        ("ledger_outcome", "withdrawn_by_id", ""),
        ("ledger_requirementanswer", "by_id", " AND evidence_id IS NOT NULL"),
        (
            "ledger_measuretask JOIN ledger_measure ON ledger_measure.id = ledger_measuretask.measure_id",
            "ledger_measuretask.done_by_id",
            "",
        ),
    )
)
_CONTENT: Final = "ledger_profileversion.content"
_RULES: Final = """
    ledger_closurerequest
    JOIN ledger_finding ON ledger_finding.id = ledger_closurerequest.finding_id
    JOIN ledger_inspection ON ledger_inspection.id = ledger_finding.inspection_id
    JOIN ledger_profileversion ON ledger_profileversion.id = ledger_inspection.profile_version_id
"""


def _heard(person: str, request: str) -> str:
    """Whether somebody's word stands on a request, by a signature or by whoever acted."""
    return (
        f"EXISTS (SELECT 1 FROM ledger_signature WHERE request_id = {request}"
        f" AND (by_id = {person} OR acting_for_id = {person}))"
    )


def _signed(step: str) -> str:
    """Whether a step of a request has all its signatures; as `domain.ladder.is_signed`."""
    return f"""(
        (SELECT COUNT(*) FROM ledger_signature
            WHERE request_id = {step}.request_id AND step = {step}.step) >= {step}.needed
        AND ({step}.kind <> '{_ALL}' OR NOT EXISTS (
            SELECT 1 FROM ledger_calledsigner AS called
            WHERE called.request_id = {step}.request_id AND called.step = {step}.step
            AND NOT {_heard("called.person_id", "called.request_id")})))"""


_IN_TURN: Final = f"""
    EXISTS (
        SELECT 1 FROM ledger_requeststep AS asked
        WHERE asked.request_id = NEW.request_id AND asked.step = NEW.step AND NOT {_signed("asked")}
        AND NOT EXISTS (
            SELECT 1 FROM ledger_requeststep AS earlier
            WHERE earlier.request_id = NEW.request_id AND earlier.position < asked.position
            AND NOT {_signed("earlier")}))
"""
_CALLED: Final = "SELECT 1 FROM ledger_calledsigner WHERE request_id = NEW.request_id AND step = NEW.step"
_BODIES: Final = (
    f"SELECT 1 FROM {_RULES}"
    " JOIN ledger_profilebody ON ledger_profilebody.version_id = ledger_profileversion.id"
    " WHERE ledger_closurerequest.id = NEW.request_id AND ledger_profilebody.step = NEW.step"
)
# The body that signs lies, or was merged, inside the inspected organisation.
_INSPECTED: Final = """
    EXISTS (
        SELECT 1 FROM ledger_closurerequest
        JOIN ledger_finding ON ledger_finding.id = ledger_closurerequest.finding_id
        JOIN ledger_inspection ON ledger_inspection.id = ledger_finding.inspection_id
        JOIN accounts_organisation AS inspected ON inspected.id = ledger_inspection.subject_id
        JOIN accounts_organisation AS body ON body.id = NEW.body_id
        LEFT JOIN accounts_organisation AS heir ON heir.id = body.successor_id
        WHERE ledger_closurerequest.id = NEW.request_id
        AND SUBSTR(COALESCE(heir.path, body.path), 1, LENGTH(inspected.path)) = inspected.path)
"""
# A step as the rules of the inspection say it, of a request that nobody has signed yet.
_RULED: Final = f"""
    EXISTS (
        SELECT 1 FROM {_RULES}
        WHERE ledger_closurerequest.id = NEW.request_id AND ledger_closurerequest.state = '{_OPEN}'
        AND NOT EXISTS (SELECT 1 FROM ledger_signature WHERE request_id = NEW.request_id)
        AND {json_at(_CONTENT, "ladder", "NEW.position")} = NEW.step
        AND COALESCE({json_in(_CONTENT, "steps", "NEW.step", "kind")}, '{_ONE}') = NEW.kind
        AND NEW.needed >= CAST(COALESCE({json_in(_CONTENT, "steps", "NEW.step", "count")}, '1') AS INTEGER)
        AND NEW.needed >= (
            SELECT COUNT(*) FROM ledger_profilebody
            WHERE version_id = ledger_profileversion.id AND step = NEW.step))
"""
# What a closure needs of its signatures.
ALL_SIGNED: Final = f"""
    NOT EXISTS (
        SELECT 1 FROM ledger_requeststep AS asked
        WHERE asked.request_id = NEW.request_id AND NOT {_signed("asked")})
    AND EXISTS (
        SELECT 1 FROM {_RULES}
        WHERE ledger_closurerequest.id = NEW.request_id AND {json_count(_CONTENT, "ladder")} = (
            SELECT COUNT(*) FROM ledger_requeststep WHERE request_id = NEW.request_id))
"""


_MEETING: Final = StepKind.COLLECTIVE.value
_TAKES_PART: Final = (
    "EXISTS (SELECT 1 FROM ledger_closurerequest WHERE id = NEW.request_id"
    f" AND (by_id = {{person}} OR state <> '{_OPEN}'"
    f" OR {FIXED.replace('{finding}', 'ledger_closurerequest.finding_id')}))"
)
# A record is confirmed by a second person, who neither signed it, nor requested, nor fixed.
MAY_CONFIRM: Final = (
    "OLD.refused_at IS NULL AND NEW.confirmed_by_id <> NEW.recorded_by_id"
    " AND NEW.confirmed_by_id <> COALESCE(NEW.signer_id, -1)"
    f" AND NOT {_TAKES_PART.format(person='NEW.confirmed_by_id')}"
)
# A signature by a record: of its step, confirmed, and of whom it names or, of a meeting, who confirmed it.
_RECORDED: Final = """
    EXISTS (
        SELECT 1 FROM ledger_signaturerecord
        WHERE id = NEW.record_id AND request_id = NEW.request_id AND step = NEW.step
        AND confirmed_at IS NOT NULL AND NEW.by_id = COALESCE(signer_id, confirmed_by_id)
        AND COALESCE(NEW.acting_for_id, -1) NOT IN (recorded_by_id, confirmed_by_id))
"""


def signing_guards() -> Iterator[Guard]:
    """The triggers of steps, of those called to them, of bodies, and of signatures."""
    yield Guard(
        "ledger_requeststep",
        "INSERT",
        "insert_ruled",
        f"NOT COALESCE(({_RULED}), FALSE)",
        "A step of a request is one of the ladder of its inspection, at its place and signed as that says.",
    )
    yield Guard(
        "ledger_calledsigner",
        "INSERT",
        "insert_late",
        "NOT EXISTS (SELECT 1 FROM ledger_requeststep"
        " JOIN ledger_closurerequest ON ledger_closurerequest.id = ledger_requeststep.request_id"
        f" WHERE request_id = NEW.request_id AND step = NEW.step AND state = '{_OPEN}')"
        " OR EXISTS (SELECT 1 FROM ledger_signature WHERE request_id = NEW.request_id)"
        " OR EXISTS (SELECT 1 FROM ledger_closurerequest"
        " WHERE id = NEW.request_id AND by_id = NEW.person_id)",
        "People are called to a step with the request, before anybody signs, and never who requests.",
    )
    yield Guard(
        "ledger_profilebody",
        "INSERT",
        "insert_used",
        "EXISTS (SELECT 1 FROM ledger_inspection WHERE profile_version_id = NEW.version_id)",
        "A version that an inspection goes by takes no further body.",
    )
    for verb in ("INSERT", "UPDATE"):
        yield Guard(
            "ledger_inspection",
            verb,
            f"{verb.lower()}_reviewed",
            "EXISTS (SELECT 1 FROM ledger_profilebody WHERE version_id = NEW.profile_version_id"
            " AND organisation_id = NEW.subject_id)",
            "The inspected organisation is none of the bodies of its joint review.",
        )
    yield Guard(
        "ledger_signature",
        "INSERT",
        "insert_turn",
        f"NOT COALESCE(({_IN_TURN}), FALSE)",
        "A signature is given at the step of the ladder that comes next, and no more than it takes.",
    )
    yield Guard(
        "ledger_signature",
        "INSERT",
        "insert_called",
        f"EXISTS ({_CALLED}) AND NOT EXISTS ({_CALLED}"
        " AND person_id IN (NEW.by_id, COALESCE(NEW.acting_for_id, NEW.by_id)))",
        "A step of several is signed by those who were called to it.",
    )
    yield Guard(
        "ledger_signature",
        "INSERT",
        "insert_body",
        f"(NEW.body_id IS NOT NULL OR EXISTS ({_BODIES})) AND NOT EXISTS ({_BODIES}"
        " AND ledger_profilebody.organisation_id = NEW.body_id)"
        " OR EXISTS (SELECT 1 FROM ledger_signature WHERE request_id = NEW.request_id"
        f" AND step = NEW.step AND body_id = NEW.body_id) OR {_INSPECTED}",
        "A joint review is signed once for each of its bodies, none of which is inspected itself.",
    )
    yield Guard(
        "ledger_signature",
        "INSERT",
        "insert_acted",
        f"{_heard('NEW.by_id', 'NEW.request_id')}"
        f" OR (NEW.acting_for_id IS NOT NULL AND {_heard('NEW.acting_for_id', 'NEW.request_id')})"
        " OR EXISTS (SELECT 1 FROM ledger_closurerequest"
        " WHERE id = NEW.request_id AND by_id = NEW.acting_for_id)",
        "Nobody signs twice, nor for somebody who has signed, nor for who requests.",
    )
    yield Guard(
        "ledger_signature",
        "INSERT",
        "insert_recorded",
        f"(NEW.record_id IS NOT NULL AND NOT {_RECORDED}) OR (NEW.record_id IS NULL AND EXISTS ("
        "SELECT 1 FROM ledger_requeststep WHERE request_id = NEW.request_id AND step = NEW.step"
        f" AND kind = '{_MEETING}'))",
        "A signature on paper, and a meeting, count by a record that a second person has confirmed.",
    )
    yield Guard(
        "ledger_signaturerecord",
        "INSERT",
        "insert_own",
        "NEW.confirmed_at IS NOT NULL OR NEW.refused_at IS NOT NULL OR NEW.recorded_by_id = NEW.signer_id"
        f" OR {_TAKES_PART.format(person='NEW.recorded_by_id')}"
        f" OR (NEW.signer_id IS NOT NULL AND {_TAKES_PART.format(person='NEW.signer_id')})",
        "What was signed elsewhere is recorded while the request waits, never by who signed, requested or "
        "fixed.",
    )
    yield Guard(
        "ledger_signaturerecord",
        "INSERT",
        "insert_again",
        "EXISTS (SELECT 1 FROM ledger_signaturerecord AS before"
        " JOIN ledger_closurerequest AS earlier ON earlier.id = before.request_id"
        " JOIN ledger_closurerequest AS asked ON asked.finding_id = earlier.finding_id"
        " WHERE asked.id = NEW.request_id AND earlier.id <> asked.id AND before.blob_id = NEW.blob_id)",
        "A scan of an earlier request of the finding signs no later one.",
    )
