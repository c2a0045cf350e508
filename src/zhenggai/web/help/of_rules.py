"""What the pages of one part are for (规则与轮次页面). Part of `zhenggai.web.help`."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.web.help.texts import Help

HELPS: Final[dict[str, Help]] = {
    "profiles": Help(
        msg("Profiles"),
        msg("The rules of inspections: days, colours, ladder of signatures, counting."),
        (msg("Look at those that come along, or make your organisation's own from one of them."),),
    ),
    "profile": Help(
        msg("Profile"),
        msg("One set of rules line by line, with all versions and what changed."),
        (msg("An inspection keeps the version it began with."),),
    ),
    "profile-create": Help(
        msg("New profile"),
        msg("Makes rules of an organisation's own, beginning with those of another profile."),
        (),
    ),
    "profile-revise": Help(
        msg("New version of a profile"),
        msg("Makes a new version of rules; inspections that began keep theirs."),
        (),
    ),
    "rounds": Help(
        msg("Rounds"),
        msg("One round with many inspected organisations, each its own inspection."),
        (msg("The inspecting body opens a round and puts inspections in it."),),
    ),
    "round-create": Help(
        msg("Open a round"),
        msg("Opens a round of the inspecting body."),
        (),
    ),
    "round": Help(
        msg("Round"),
        msg("The inspections of one round side by side, plans to approve, what is late."),
        (msg("Open an inspection, approve its plan, or put another one in."),),
    ),
}
