"""Saving a system whose administrators cannot sign in (应急处置)."""

from __future__ import annotations

import click
from django.utils import timezone

from zhenggai.accounts import services
from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.ops.language import _, translate
from zhenggai.ops.migrating import bring_up_to_date
from zhenggai.ops.terminal import strong


def administer(*, username: str, appoint: str | None) -> None:
    """Sets a one-time password and prints it, or gives a post that nobody holds.

    Raises:
        ZhenggaiError: when there is no such person, or it is not for the shell to do.
    """
    bring_up_to_date()
    now = timezone.now()
    if appoint is not None:
        post = services.administrator_appoint(username=username, role=Role(f"{appoint}_admin"), at=now)
        click.echo(
            _(
                "%(person)s is %(role)s from now on; it is recorded in the trail.",
                person=post.person.name,
                role=translate(ROLE_LABELS[Role(post.role)]),
            )
        )
        return
    given = services.one_time_password()
    person = services.administrator_password_reset(username=username, password=given, at=now)
    click.echo(_("One-time password of %(person)s: %(password)s", person=person.name, password=strong(given)))
    click.echo(_("It has to be changed at the first sign-in; that it was set here is recorded in the trail."))
