"""What each role does, told where a post is given (角色说明)."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.domain.messages import msg

_WORDS: Final[dict[Role, str]] = {
    Role.HANDLER: msg("Does the work of a unit: reports progress, files evidence. Given at the unit."),
    Role.UNIT_HEAD: msg(
        "Answers for a unit: accepts what is assigned to it, reports, asks for closing. Given at the unit."
    ),
    Role.RESPONSIBLE_LEADER: msg(
        "Is named on findings and signs for them first. Given at the inspected organisation."
    ),
    Role.OFFICE_CLERK: msg(
        "Takes documents in, assigns, sets dates, submits the plan and signs for the office. Given at the "
        "inspected organisation, not at the office in which its holder sits."
    ),
    Role.LEADING_GROUP: msg(
        "Sees everything of the organisation and approves plans. Whoever is to head its leading group needs "
        "this post first, and then the place under “Leading groups”. Given at the inspected organisation."
    ),
    Role.INSPECTOR: msg(
        "Works for the inspecting body: sees its inspections, judges and evaluates. Given at that body."
    ),
    Role.VERIFIER: msg(
        "Judges whether evidence shows an effect and whether criteria are met; never of a unit that puts the "
        "finding right. Given at the inspected organisation."
    ),
    Role.PUBLISHER: msg("Sees the ledger, and changes nothing. Given at the inspected organisation."),
    Role.AUDITOR: msg(
        "Sees the ledger and its trail, and changes nothing. Given at the inspected organisation."
    ),
    Role.SYSTEM_ADMIN: msg("Enters organisations and people and proposes posts; sees no ledger."),
    Role.SECURITY_ADMIN: msg(
        "Confirms posts that sign or administer, sets one-time passwords, lifts waits; sees no ledger."
    ),
    Role.AUDIT_ADMIN: msg("Reads the trail of accounts and sign-ins, and nothing else."),
}
# each role with its word and what it does, in the order in which roles are offered
ROLES_TOLD: Final = tuple((label, _WORDS[role]) for role, label in ROLE_LABELS.items())
