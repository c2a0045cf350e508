"""What the pages of one part are for (人员与机构页面). Part of `zhenggai.web.help`."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.web.help.texts import Help

HELPS: Final[dict[str, Help]] = {
    "people": Help(
        msg("People and posts"),
        msg("Organisations as a tree, and the people and posts of the one you choose."),
        (
            msg("An organisation is entered below another one: choose that one first."),
            msg("Enter people one by one or from a workbook; give posts, which others confirm."),
        ),
    ),
    "person-create": Help(
        msg("Enter a person"),
        msg("Enters a person with a name to sign in by and a one-time password."),
        (
            msg("The one-time password is shown once: hand it over in person or on paper."),
            msg("Give a post next; without one the person sees nothing."),
        ),
    ),
    "people-import": Help(
        msg("Import people"),
        msg("Takes organisations, people and posts in from a workbook; first as a trial."),
        (msg("Take the template, fill it in, look at the trial, then enter it."),),
    ),
    "person": Help(
        msg("Person"),
        msg("One person with posts, where they hold, and what may be done."),
        (
            msg("Give or end posts, set a one-time password, close the account."),
            msg(
                "A post of the rectification office, a leader or a verifier is given at the inspected "
                "organisation."
            ),
        ),
    ),
    "groups": Help(
        msg("Leading groups"),
        msg("Leading groups with their offices and members, and who oversees which unit."),
        (msg("Set up a group, give places in it; say who oversees a unit."),),
    ),
    "group-create": Help(
        msg("Set up a leading group"),
        msg("Sets up a leading group of an organisation."),
        (msg("Give the head a place in it next; the security administrator confirms the head."),),
    ),
    "audit": Help(
        msg("Trail of accounts"),
        msg("Everything that happened to people, posts and sign-ins, newest first."),
        (msg("Choose what is shown; the chain is checked."),),
    ),
    "jobs": Help(
        msg("Background work"),
        msg("Workers, recurring tasks and jobs, the newest first."),
        (msg("Let a job that was given up be tried again."),),
    ),
}
