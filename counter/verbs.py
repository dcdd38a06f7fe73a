"""What a clerk can do, on which key, and what is sensible now."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from hall.marked import _

if TYPE_CHECKING:
    from hall.counters.counter_view import CounterView


class Verb(StrEnum):
    NEXT = "next"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no_show"
    BRING_BACK = "bring_back"
    UNDO = "undo"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    MATTERS = "matters"
    PROOF = "proof"
    QUICK = "quick"
    ASSIST = "assist"
    INQUIRY = "inquiry"
    NOTICE = "notice"
    LOOK_UP = "look_up"
    REPRINT = "reprint"
    READ = "read"
    MANAGER = "manager"
    EMERGENCY = "emergency"
    PAUSE = "pause"
    REOPEN = "reopen"
    CLOSE = "close"


KEYS = {
    Verb.NEXT: "n",
    Verb.CALL: "c",
    Verb.RECALL: "r",
    Verb.START: "s",
    Verb.FINISH: "f",
    Verb.NO_SHOW: "x",
    Verb.BRING_BACK: "q",
    Verb.UNDO: "z",
    Verb.HOLD: "h",
    Verb.RESUME: "g",
    Verb.TRANSFER: "t",
    Verb.MATTERS: "k",
    Verb.PROOF: "v",
    Verb.QUICK: "b",
    Verb.ASSIST: "a",
    Verb.INQUIRY: "i",
    Verb.LOOK_UP: "l",
    Verb.READ: "y",
    Verb.MANAGER: "d",
    Verb.EMERGENCY: "u",
    Verb.PAUSE: "p",
    Verb.REOPEN: "o",
    Verb.NOTICE: "m",
    Verb.REPRINT: "w",
    Verb.CLOSE: "e",
}

LABELS = {
    Verb.NEXT: _("Call next"),
    Verb.CALL: _("Call one"),
    Verb.RECALL: _("Recall"),
    Verb.START: _("Serve"),
    Verb.FINISH: _("Finish"),
    Verb.NO_SHOW: _("No-show"),
    Verb.BRING_BACK: _("Take back"),
    Verb.UNDO: _("Undo"),
    Verb.HOLD: _("Put aside"),
    Verb.RESUME: _("Take up"),
    Verb.TRANSFER: _("Transfer"),
    Verb.MATTERS: _("Matters"),
    Verb.PROOF: _("Proof"),
    Verb.QUICK: _("Quick one"),
    Verb.ASSIST: _("Assist"),
    Verb.INQUIRY: _("Question"),
    Verb.LOOK_UP: _("Look up"),
    Verb.READ: _("Read"),
    Verb.MANAGER: _("Manager"),
    Verb.EMERGENCY: _("Emergency"),
    Verb.PAUSE: _("Pause"),
    Verb.REOPEN: _("Reopen"),
    Verb.NOTICE: _("Notice"),
    Verb.REPRINT: _("Reprint"),
    Verb.CLOSE: _("Close up"),
}

MEANINGS = {
    Verb.NEXT: _("Call whoever is next in this counter's line."),
    Verb.CALL: _("Call one ticket by its number, out of turn, and say why."),
    Verb.RECALL: _("Say the call in hand once more."),
    Verb.START: _("The citizen has come; serving begins."),
    Verb.FINISH: _("The matter is done."),
    Verb.NO_SHOW: _("Called often enough and nobody came."),
    Verb.BRING_BACK: _("One marked absent has come after all: back into the line."),
    Verb.UNDO: _("Take back the last step, while nothing has followed it."),
    Verb.HOLD: _("Put the citizen aside, with a reason: your hands are free."),
    Verb.RESUME: _("Go on with one who was put aside, here or elsewhere."),
    Verb.TRANSFER: _("To another matter, counter or clerk; the number stays."),
    Verb.MATTERS: _("What the visit was about, where it was about several matters."),
    Verb.PROOF: _("The proof of the priority class is seen; once more: it was not shown."),
    Verb.QUICK: _("Serve somebody at once who has no ticket."),
    Verb.ASSIST: _("Take a ticket for somebody who cannot."),
    Verb.INQUIRY: _("A question: answer it, lead on, or hand it to somebody by name."),
    Verb.LOOK_UP: _("Find a notice: print it again, correct it, or who comes back with it."),
    Verb.READ: _("The message on the screen is read and can go."),
    Verb.MANAGER: _("Ask the duty manager to come."),
    Verb.EMERGENCY: _("Somebody is ill or in danger: everyone on duty is told."),
    Verb.PAUSE: _("The counter pauses; the sign says why and until when."),
    Verb.REOPEN: _("The pause is over."),
    Verb.NOTICE: _("The one-time notice: what is missing or wrong, in two copies."),
    Verb.REPRINT: _("Print the slip in hand, or this counter's last notice, once more."),
    Verb.CLOSE: _("Close the counter and leave."),
}


BESIDE_THE_CLASS = Verb.PROOF
"""Offered where the class of the citizen in hand is told, and only then."""

NEVER_LATER = frozenset({Verb.FINISH, Verb.NO_SHOW, Verb.UNDO, Verb.CLOSE})
"""Pressed while another verb is under way, they might end the visit of the next citizen."""


ALWAYS = frozenset(
    {
        Verb.ASSIST,
        Verb.INQUIRY,
        Verb.NOTICE,
        Verb.LOOK_UP,
        Verb.REPRINT,
        Verb.MANAGER,
        Verb.EMERGENCY,
        Verb.PAUSE,
    }
)
"""Of a counter that is not closed."""


def applicable(view: CounterView | None) -> frozenset[Verb]:
    """What would not be refused outright; the database has the last word."""
    if view is None or view.state == "closed":
        return frozenset()
    verbs = set(ALWAYS)
    if view.messages:
        verbs.add(Verb.READ)
    if view.absent:
        verbs.add(Verb.BRING_BACK)
    if view.undoable is not None:
        verbs.add(Verb.UNDO)
    if view.state == "paused":
        verbs.add(Verb.REOPEN)
    if view.in_hand is None:
        verbs.add(Verb.CLOSE)
        if view.state == "open":
            verbs |= {Verb.NEXT, Verb.CALL, Verb.QUICK}
            if view.held:
                verbs.add(Verb.RESUME)
    else:
        verbs |= {Verb.FINISH, Verb.HOLD, Verb.TRANSFER, Verb.MATTERS}
        if view.in_hand.state == "called":
            verbs |= {Verb.RECALL, Verb.START, Verb.NO_SHOW}
        if view.in_hand.proof:
            verbs.add(Verb.PROOF)
    return frozenset(verbs)


def next_step(view: CounterView | None) -> Verb | None:
    """The next sensible action: highlighted, on Enter and Space."""
    if view is None or view.state == "closed":
        return None
    if view.in_hand is not None:
        return Verb.START if view.in_hand.state == "called" else Verb.FINISH
    if view.state == "paused":
        return Verb.REOPEN
    left_alone = not view.next_tickets and any(held.own for held in view.held)
    return Verb.RESUME if left_alone else Verb.NEXT
