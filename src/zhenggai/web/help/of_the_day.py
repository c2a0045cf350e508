"""What the pages of one part are for (日常页面). Part of `zhenggai.web.help`."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.web.help.texts import Help

HELPS: Final[dict[str, Help]] = {
    "home": Help(
        msg("Start page"),
        msg("What waits for you, what you wait for, and what changed since you were last here."),
        (
            msg("Do the next step of a finding with the button beside it; the most urgent stands first."),
            msg("Open an inspection from the list of those you see."),
        ),
    ),
    "dashboard": Help(
        msg("Inspections side by side"),
        msg("All inspections that you see, side by side as a day ended, each by its own counting rule."),
        (msg("Press a number to open the list of what it counts; choose an earlier day to see how it was."),),
    ),
    "calendar": Help(
        msg("Calendar"),
        msg("What is due in a month: deadlines, reports, re-checks, days of the plan."),
        (msg("Choose a day to list it alone; subscribe to see the same in your own calendar program."),),
    ),
    "search": Help(
        msg("Search everywhere"),
        msg(
            "Findings, evidence, people, organisations and documents that contain your words, as far "
            "as you may see them."
        ),
        (msg("Ctrl-K opens the search on every page; arrows choose, Enter opens."),),
    ),
    "inbox": Help(
        msg("Inbox"),
        msg("Notices about what happened to findings that concern you."),
        (
            msg("Open a notice to go to its matter, or mark it as read."),
            msg("Choose how often a digest comes."),
        ),
    ),
    "exports": Help(
        msg("Files made for you"),
        msg("Workbooks that were made for you, for as long as they are kept."),
        (msg("Take a file that is ready; one that is being made says how far it is."),),
    ),
    "help": Help(
        msg("Help"),
        msg(
            "What every page is for and what can be done there; it comes with the program and needs "
            "no network."
        ),
        (msg("F1 or ? opens the help of the page you are on."),),
    ),
    "help-page": Help(
        msg("Help of one page"),
        msg("What one page is for, what can be done there, and by which keys."),
        (),
    ),
    "settings": Help(
        msg("Settings"),
        msg("Everything that can be set, by whom, how it stands now, and the way there."),
        (msg("Open what you may set; what others set is named with who does."),),
    ),
}
