"""The tables of people, organisations and posts (人员、单位、职务), of leading groups and oversight."""

from __future__ import annotations

from zhenggai.accounts.models.leading import GroupSeat, LeadingGroup, Oversight
from zhenggai.accounts.models.past import OrganisationPast
from zhenggai.accounts.models.posts import Organisation, Person, Post
from zhenggai.accounts.models.programs import ApiCall, ApiToken
from zhenggai.accounts.models.signing_in import Factor, FactorRemoval, FailedSignIns, RecoveryCode, SignIn

__all__ = [
    "ApiCall",
    "ApiToken",
    "Factor",
    "FactorRemoval",
    "FailedSignIns",
    "GroupSeat",
    "LeadingGroup",
    "Organisation",
    "OrganisationPast",
    "Oversight",
    "Person",
    "Post",
    "RecoveryCode",
    "SignIn",
]
