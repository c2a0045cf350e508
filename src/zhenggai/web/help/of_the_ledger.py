"""What the pages of one part are for (台账页面). Part of `zhenggai.web.help`."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.web.help.texts import Help

HELPS: Final[dict[str, Help]] = {
    "inspection": Help(
        msg("Ledger list"),
        msg("The findings of an inspection as a table: narrowed, sorted, grouped, counted."),
        (
            msg("Narrow with the filters; each chip is taken back by itself. Press a column's head to sort."),
            msg(
                "Keep the list as a view under a name, choose columns, take exactly this list away as a file."
            ),
            msg(
                "Arrows go from cell to cell; F2 or a double click edits, Ctrl-Z takes your latest edit back."
            ),
            msg("Tick findings to act on many at once; Ctrl-C copies them, Ctrl-V pastes rows."),
        ),
    ),
    "finding-cell": Help(
        msg("One cell of the ledger"),
        msg(
            "What a cell of the list says is changed here, by the field or by the request the rules ask for."
        ),
        (
            msg("Set the value and keep it; where the rules ask for a reason, a field for it stands below."),
            msg("Where nothing can be typed, the page says why and who can."),
        ),
    ),
    "ledger-take-back": Help(
        msg("Take an edit back"),
        msg("What your latest edit of this list changed, before it is taken back."),
        (
            msg(
                "Taking back is a change of its own in the trail. It is possible while the value is still "
                "what the edit left, and never across a signature."
            ),
        ),
    ),
    "ledger-many": Help(
        msg("Chosen before"),
        msg("The findings you chose together in this ledger, with what became of each choice."),
        (msg("Open one to see what was done to each finding, or to choose an action for it."),),
    ),
    "many": Help(
        msg("Many findings at once"),
        msg("Findings chosen together: first what an action would change, then the action itself."),
        (
            msg("Choose an action; the page shows for each finding what would change, or why it stays."),
            msg("Carry it out for those that can. Every finding obeys its own rules and has its own line."),
            msg("Take the report as a file, or open it again later under “Chosen before”."),
        ),
    ),
    "ledger-paste": Help(
        msg("Paste rows"),
        msg("Rows copied from a spreadsheet become a document that is compared with the ledger."),
        (
            msg("Say which column is what; a first row with headings is recognised."),
            msg("Nothing enters the ledger before you choose it in the comparison."),
        ),
    ),
    "inspection-evaluate": Help(
        msg("Evaluation of the rectification"),
        msg("The inspecting body's grade for the whole rectification, on figures as of a day."),
        (
            msg("The inspecting body chooses a grade of the profile, gives its ground, and evaluates."),
            msg("An evaluation is never changed; a later one supersedes it, and both stay readable."),
        ),
    ),
    "inspection-tree": Help(
        msg("Tree"),
        msg("Theme, group, finding and measure in one another, each branch with what is done in it."),
        (
            msg(
                "Arrows move through the tree: right unfolds, left folds; Home, End, or type the "
                "beginning of a title."
            ),
            msg(
                "Until a plan has them the office moves findings and groups by handle, by “Move…” or "
                "with Alt and the arrows."
            ),
        ),
    ),
    "inspection-dashboard": Help(
        msg("Dashboard"),
        msg(
            "Where the trouble is: counts, lights by unit, age, burn-down, forecast, outcomes, as a "
            "day ended."
        ),
        (
            msg("Every number opens the list of what it counts; a unit opens its own dashboard."),
            msg("Big screen for the wall, print for one A4 page."),
        ),
    ),
    "inspection-figures": Help(
        msg("Figures"),
        msg("Every figure with its rule and the list that it counts, as a day ended."),
        (msg("Choose a day; press a figure to open its list."),),
    ),
    "inspection-schedule": Help(
        msg("Schedule"),
        msg("The findings of a list as bars from their beginning to their deadline."),
        (msg("It is narrowed and ordered as the list it was opened from."),),
    ),
    "inspection-situations": Help(
        msg("New situations"),
        msg("What the units met while working and passed up, the open ones by the day of their answer."),
        (msg("Open one to answer it or pass it up."),),
    ),
    "finding": Help(
        msg("Finding"),
        msg(
            "Everything about one finding: what is wrong, who, by when, measures, evidence, "
            "conditions of closing, signatures."
        ),
        (
            msg("The next step stands on top; what is greyed says why."),
            msg("Conditions that are not met offer the action that meets them."),
        ),
    ),
    "case-file": Help(
        msg("Case file"),
        msg("One finding with all its papers on one page, for the file and for print."),
        (msg("Print it, or save it as PDF from the print window."),),
    ),
    "finding-report": Help(
        msg("Report with photo"),
        msg("What was done, how far it is, a photo: one screen for a phone."),
        (
            msg("The photo is filed as evidence of today; more can be said below the button."),
            msg("Without a connection words and photo wait on the page and are sent once it is back."),
        ),
    ),
    "finding-comments": Help(
        msg("Comments"),
        msg("Questions and answers about a finding; they decide nothing."),
        (msg("Name people to have them told; take back what you wrote yourself, with a reason."),),
    ),
    "source": Help(
        msg("Document"),
        msg("The text of a document with the place marked that a claim comes from."),
        (msg("Go back to the finding, or on to the next part of a long text."),),
    ),
    "trail": Help(
        msg("Trail of the inspection"),
        msg("Everything that happened in an inspection, newest first, with the check of its chain."),
        (msg("Check a long chain with the button; it says whether an entry is missing or altered."),),
    ),
    "inspection-book": Help(
        msg("Take the ledger away"),
        msg("A workbook of exactly the list you saw, with columns and sheets of your choice."),
        (msg("The choice is offered again next time; a large one is made in the background."),),
    ),
    "inspection-create": Help(
        msg("Open an inspection"),
        msg("Opens a ledger for one inspection of one organisation."),
        (
            msg(
                "Not needed where the feedback is at hand: upload it, and confirming opens the inspection. "
                "By hand title, kind and organisation are enough; the five steps that follow name what is "
                "missing."
            ),
        ),
    ),
    "inspection-setup": Help(
        msg("Set-up in five steps"),
        msg("Five steps from the feedback to work that has begun: upload, confirm, assign, set dates, go."),
        (
            msg(
                "Begin by uploading the feedback: confirming what was read opens the inspection, if there is "
                "none yet."
            ),
            msg(
                "Below the steps stands who leads and signs; what is missing there is an "
                "administrator's to give."
            ),
            msg(
                "Leave at any time; every step is read off the ledger, so anybody of the office goes "
                "on where it stands."
            ),
        ),
    ),
}
