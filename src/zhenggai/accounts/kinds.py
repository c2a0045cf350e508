"""Kinds of organisation and languages, for models and for pages (单位类别、语言)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


class OrganisationKind(StrEnum):
    """What an organisation is (单位类别)."""

    AREA = "area"
    AUTHORITY = "authority"
    UNIT = "unit"
    OFFICE = "office"
    INSPECTING_BODY = "inspecting_body"
    OTHER = "other"


ORGANISATION_KIND_LABELS: Final[dict[OrganisationKind, str]] = {
    OrganisationKind.AREA: msg("area"),
    OrganisationKind.AUTHORITY: msg("authority"),
    OrganisationKind.UNIT: msg("unit of an authority"),
    OrganisationKind.OFFICE: msg("rectification office"),
    OrganisationKind.INSPECTING_BODY: msg("inspecting body"),
    OrganisationKind.OTHER: msg("other organisation"),
}


class Language(StrEnum):
    """A language of the pages (界面语言); the values are Django's language codes."""

    SIMPLIFIED = "zh-hans"
    TRADITIONAL = "zh-hant"
    ENGLISH = "en"


class Theme(StrEnum):
    """How the pages look (界面外观): as the device asks, light, or dark."""

    DEVICE = "device"
    LIGHT = "light"
    DARK = "dark"


class Warrant(StrEnum):
    """What a post rests on (任职依据): two persons, or one of the ways by which a system begins or is saved.

    ``set_up``: the first two administrators; ``shell``: whoever may use the server's shell; ``earlier``: an
    administrator's post from before there were three kinds.
    """

    TWO = "two"
    SET_UP = "set_up"
    SHELL = "shell"
    EARLIER = "earlier"


WARRANT_LABELS: Final[dict[Warrant, str]] = {
    Warrant.SET_UP: msg("from the first set-up"),
    Warrant.SHELL: msg("given at the server"),
    Warrant.EARLIER: msg("from before administrators were divided"),
}


class SignInEnd(StrEnum):
    """Why a sign-in no longer stands (登录结束原因)."""

    SIGNED_OUT = "signed_out"
    ELSEWHERE = "elsewhere"
    PASSWORD = "password"  # noqa: S105 - a reason, no secret
    POST = "post"
    CLOSED = "closed"
    FACTOR = "factor"
    IDLE = "idle"
    LONG = "long"


SIGN_IN_END_LABELS: Final[dict[SignInEnd, str]] = {
    SignInEnd.SIGNED_OUT: msg("signed out"),
    SignInEnd.ELSEWHERE: msg("ended by the person from another place"),
    SignInEnd.PASSWORD: msg("the password was set anew"),
    SignInEnd.POST: msg("a post ended"),
    SignInEnd.CLOSED: msg("the account was closed"),
    SignInEnd.FACTOR: msg("the second factor was changed"),
    SignInEnd.IDLE: msg("nothing was done for too long"),
    SignInEnd.LONG: msg("the longest time was over"),
}


class TokenReach(StrEnum):
    """What a program with a token may do (令牌权限); each includes what stands before it.

    ``calendar`` reads the days of the calendar under an address that carries the token, and nothing else.
    """

    CALENDAR = "calendar"
    READ = "read"
    REPORT = "report"
    SIGN = "sign"


TOKEN_REACH_LABELS: Final[dict[TokenReach, str]] = {
    TokenReach.CALENDAR: msg("subscribe to the calendar, nothing else"),
    TokenReach.READ: msg("read"),
    TokenReach.REPORT: msg("read and report: progress, measures, evidence, situations, requests to close"),
    TokenReach.SIGN: msg("read, report, sign and send back"),
}


class GroupPlace(StrEnum):
    """A place in a leading group (领导小组中的位置)."""

    HEAD = "head"
    DEPUTY = "deputy"
    MEMBER = "member"
    OFFICE_HEAD = "office_head"


GROUP_PLACE_LABELS: Final[dict[GroupPlace, str]] = {
    GroupPlace.HEAD: msg("head of the leading group"),
    GroupPlace.DEPUTY: msg("deputy head"),
    GroupPlace.MEMBER: msg("member"),
    GroupPlace.OFFICE_HEAD: msg("head of the office"),
}


class PastWhy(StrEnum):
    """What changed an organisation (沿革事由)."""

    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"


PAST_WHY_LABELS: Final[dict[PastWhy, str]] = {
    PastWhy.RENAMED: msg("renamed"),
    PastWhy.MOVED: msg("moved"),
    PastWhy.MERGED: msg("merged into another"),
}
