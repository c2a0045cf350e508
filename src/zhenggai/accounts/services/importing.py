"""Organisations, people and posts made out of a spreadsheet (批量导入), after a trial."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from zhenggai.accounts.errors import ImportChangedError, ImportFaultyError
from zhenggai.accounts.importing.columns import SheetKind, sheet_read
from zhenggai.accounts.importing.outcomes import Plan, plan_of
from zhenggai.accounts.importing.places import Places
from zhenggai.accounts.importing.tables import TableUnreadableError, tables_read
from zhenggai.accounts.models import Organisation
from zhenggai.accounts.selectors import below
from zhenggai.accounts.services.passwords import one_time_password
from zhenggai.accounts.services.standing import recorded
from zhenggai.domain.actions import Action
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import InvalidError, NotPermittedError
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Facts, judge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhenggai.accounts.importing.columns import Row, SheetRead
    from zhenggai.domain.actor import Actor

# each password is hashed as slowly as any other, so a file of more people would take minutes
PEOPLE_MOST: Final = 200


def accounts_import_try(*, content: bytes, name: str, actor: Actor, at: datetime) -> Plan:
    """Says what a spreadsheet would make, and every fault with its cell; makes nothing (试导入).

    :raises NotPermittedError: when the actor administers nothing.
    :raises TableUnreadableError: when the file is no spreadsheet, or none of its sheets is one of ours.
    :raises InvalidError: when it names too many people.
    """
    with transaction.atomic():
        plan = _run(content, name, {}, actor, at)
        transaction.set_rollback(True)
    return plan


def accounts_import(
    *, content: bytes, name: str, agreed: str, actor: Actor, at: datetime
) -> tuple[Plan, dict[str, str]]:
    """Makes what a trial listed, all or nothing (导入); that, and one-time passwords by user name.

    ``agreed`` is the digest of the plan that was looked at. What is there already is not made again; a post
    that signs or administers stays proposed until the security administrator has confirmed it.

    :raises ImportFaultyError: when there is a fault.
    :raises ImportChangedError: when the file or what is there has changed since the trial.
    """
    trial = accounts_import_try(content=content, name=name, actor=actor, at=at)
    _agreed(trial, agreed)
    given = {each.username: one_time_password() for each in trial.made if each.username}
    # hashed before anything is locked: it takes long, and a long transaction stops everybody else
    hashed = {username: make_password(password) for username, password in given.items()}
    with transaction.atomic():
        plan = _run(content, name, hashed, actor, at)
        _agreed(plan, agreed)
        if plan.made:
            _recorded(plan, content, name, actor, at)
    return plan, given


def _agreed(plan: Plan, agreed: str) -> None:
    if plan.faults:
        raise ImportFaultyError(count=len(plan.faults))
    if plan.digest != agreed:
        raise ImportChangedError


def _run(content: bytes, name: str, passwords: Mapping[str, str], actor: Actor, at: datetime) -> Plan:
    from zhenggai.accounts.importing.running import Run  # noqa: PLC0415 - it works through these services

    verdict = judge(
        actor, Action.PERSON_MANAGE, Facts(subject_path=_paths(actor)[0] if _paths(actor) else None)
    )
    if verdict.reason is not None:
        raise NotPermittedError(verdict.reason.template, **verdict.reason.values)
    sheets = [sheet_read(table) for table in tables_read(content, name)]
    rows = _rows(sheets, name)
    if len(rows[SheetKind.PEOPLE]) > PEOPLE_MOST:
        raise InvalidError(
            msg("One file opens at most %(most)s accounts; this one has %(count)s. Divide it."),
            most=PEOPLE_MOST,
            count=len(rows[SheetKind.PEOPLE]),
        )
    organisations = Organisation.objects.filter(below("path", _paths(actor))).order_by("path")
    run = Run(actor, at, passwords, Places.of(organisations))
    run.organisations(rows[SheetKind.ORGANISATIONS])
    run.people(rows[SheetKind.PEOPLE])
    run.posts(rows[SheetKind.POSTS])
    return plan_of(content, sheets, run.outcomes)


def _paths(actor: Actor) -> tuple[str, ...]:
    return actor.paths_of(Role.SYSTEM_ADMIN)


def _rows(sheets: list[SheetRead], name: str) -> dict[SheetKind, list[Row]]:
    if all(sheet.kind is None for sheet in sheets):
        raise TableUnreadableError(
            name=name,
            why=Message(msg("no sheet has the headings of the template")),
        )
    return {kind: [row for sheet in sheets if sheet.kind is kind for row in sheet.rows] for kind in SheetKind}


def _recorded(plan: Plan, content: bytes, name: str, actor: Actor, at: datetime) -> None:
    root = Organisation.objects.get(path=_paths(actor)[0][: Organisation.steplen])
    made = {kind: sum(each.row.kind is kind for each in plan.made) for kind in SheetKind}
    recorded(
        organisation=root,
        name="accounts.import.made",
        actor=actor,
        at=at,
        subject=("organisation", root.pk),
        values={
            "file_name": name,
            "sha256": hashlib.sha256(content).hexdigest(),
            **{kind.value: count for kind, count in made.items()},
        },
    )
