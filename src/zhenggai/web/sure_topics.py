"""How one can be sure (如何放心): what the page and the document of that name say, sentence by sentence.

One text for both, so that neither says what the other does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zhenggai.domain.messages import msg


@dataclass(frozen=True, slots=True)
class Topic:
    """One screen of the page (一个话题): its name in addresses, title, and sentences, each a msgid.

    ``more`` names what is shown below them: the conditions, the drawing, the roles, the facts of the trail.
    """

    name: str
    title: str
    sentences: tuple[str, ...]
    more: str = ""


TOPICS: Final = (
    Topic(
        "promise",
        msg("What is promised"),
        (
            msg("A finding is closed only when it is really fixed, one at a time, whoever asks for it."),
            msg(
                "Nobody can set “closed”: no button, field, file, import or command does. The last "
                "signature closes, and only if every condition holds at that very moment."
            ),
            msg(
                "A document that says a problem is closed changes nothing here: it stands beside the "
                "finding as what the document says."
            ),
            msg(
                "A closing is never edited. A fault that comes back is registered as a finding of its "
                "own, and its origin counts as not closed while that one is open."
            ),
        ),
    ),
    Topic(
        "conditions",
        msg("What a closing must meet"),
        (
            msg(
                "Each of these is judged when closing is asked for and again at every signature, on the "
                "facts of that moment. One that is not met stops it, and the page says which and why."
            ),
            msg(
                "Where a condition does not apply, the office says so under its name, with a reason "
                "where it waives one, and both stay visible. What nobody has said counts as not met."
            ),
        ),
        "conditions",
    ),
    Topic(
        "way",
        msg("The way of a finding"),
        (
            msg(
                "These are all the ways there are from one stage to another. Anything else is refused, "
                "with how things stand and what is possible instead."
            ),
        ),
        "drawing",
    ),
    Topic(
        "people",
        msg("Who may do what"),
        (
            msg(
                "Whoever reported, filed evidence, completed a measure or asked for the closing judges "
                "nothing of it and signs nothing of it."
            ),
            msg("Nobody signs two steps of one closing, nor beside somebody who signed for him."),
            msg(
                "Whoever confirms does not belong to a unit that was ever given the work. What counts is "
                "the person, not the post."
            ),
            msg(
                "A post that signs is given by two people. Which steps a closing takes is written down "
                "with the request, before anybody signs."
            ),
        ),
        "roles",
    ),
    Topic(
        "administrators",
        msg("What no administrator can do"),
        (
            msg(
                "Who administers accounts does nothing on a ledger, also with another post: no report, "
                "no judgement, no signature, no closing."
            ),
            msg(
                "No administrator alone gives a post that signs, nor sets another administrator's "
                "password, nor gives himself anything."
            ),
            msg(
                "No setting, command or import closes a finding, changes a closing or lifts a condition. "
                "There is no way for emergencies either."
            ),
            msg(
                "A password that somebody else has set, or a second factor that was taken away, stands "
                "beside later signatures for good."
            ),
        ),
    ),
    Topic(
        "trail",
        msg("How the trail is kept and checked"),
        (
            msg(
                "Every change is recorded with person, moment and content at the same instant. What "
                "cannot be recorded does not happen."
            ),
            msg(
                "Each record carries a seal computed over the one before it, so that a record that was "
                "changed, taken out or put in shows."
            ),
            msg(
                "The database itself refuses to change or delete what was recorded, and a closing "
                "without its signatures, whoever writes."
            ),
            msg(
                "The newest seals are signed and written to a file outside the database: every day, at "
                "every closing and with every export."
            ),
            msg(
                "The trail page of an inspection checks its records. On the server “zhenggai trail "
                "verify” checks all of them, compares the ledger with them row by row, and with "
                "“--files” reads every stored file."
            ),
        ),
        "facts",
    ),
    Topic(
        "figures",
        msg("How to recompute the figures"),
        (
            msg("Every figure opens the list that it counts, and the list can be taken away as CSV or JSON."),
            msg(
                "A rate says of what it is a share, whether closings of a stage count and how it was "
                "rounded. These rules belong to the inspection and do not change while it runs."
            ),
            msg(
                "Figures can be asked for as of the end of any past day. Days overdue are never "
                "forgotten, also when the work was finished late."
            ),
            msg("Findings kept to listed people count for those people alone, and the pages say so."),
        ),
    ),
    Topic(
        "proof",
        msg("How it was proven"),
        (
            msg(
                "Every rule of closing is a test that tries the opposite: each role, each action and "
                "each stage, by page, by program, by command, and by writing into the database past the "
                "program."
            ),
            msg(
                "The tests are part of the program's source and run at every change, on both databases. "
                "What they try stands in docs/explanation/how-closing-is-proven.md."
            ),
        ),
    ),
    Topic(
        "limits",
        msg("What is not protected"),
        (
            msg(
                "Whoever is master of the server and of the database can switch the guards off and write "
                "everything anew, and with the signing key the seals too. Only a copy of the anchor file "
                "kept elsewhere, with the public key on paper, shows it then: keep both at the "
                "inspecting body."
            ),
            msg("What was recorded since the last anchor is covered by the next one only."),
            msg(
                "The program does not know whether a photograph shows what its title says, nor whether "
                "two people sign each other's work as a favour. It shows who judged what, on which "
                "evidence, when."
            ),
            msg(
                "Whoever gives his password away lends his name. A second factor makes that harder, not "
                "impossible."
            ),
            msg("What nobody reported is not here, and state secrets do not belong here."),
        ),
    ),
)
