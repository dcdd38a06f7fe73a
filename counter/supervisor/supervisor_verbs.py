"""What one can do at the manager's console, on which key, and which right it takes."""

from __future__ import annotations

from enum import StrEnum

from hall.marked import _


class SupervisorVerb(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    ANSWER = "answer"
    GROUPS = "groups"
    TAKE_ALL = "take_all"
    RELEASE = "release"
    MESSAGE = "message"
    LIFE = "life"
    PUT_UP = "put_up"
    TAKE_DOWN = "take_down"
    ANNOUNCE = "announce"


KEYS = {
    SupervisorVerb.GRANT: "g",
    SupervisorVerb.REFUSE: "f",
    SupervisorVerb.ANSWER: "a",
    SupervisorVerb.GROUPS: "c",
    SupervisorVerb.TAKE_ALL: "o",
    SupervisorVerb.RELEASE: "r",
    SupervisorVerb.MESSAGE: "m",
    SupervisorVerb.LIFE: "t",
    SupervisorVerb.PUT_UP: "b",
    SupervisorVerb.TAKE_DOWN: "x",
    SupervisorVerb.ANNOUNCE: "n",
}

LABELS = {
    SupervisorVerb.GRANT: _("Grant"),
    SupervisorVerb.REFUSE: _("Refuse"),
    SupervisorVerb.ANSWER: _("Answer"),
    SupervisorVerb.GROUPS: _("Assign"),
    SupervisorVerb.TAKE_ALL: _("Take all"),
    SupervisorVerb.RELEASE: _("Release"),
    SupervisorVerb.MESSAGE: _("Tell"),
    SupervisorVerb.LIFE: _("Ticket"),
    SupervisorVerb.PUT_UP: _("Bulletin"),
    SupervisorVerb.TAKE_DOWN: _("Take down"),
    SupervisorVerb.ANNOUNCE: _("Announce"),
}

MEANINGS = {
    SupervisorVerb.GRANT: _("The counter that asks leave to pause may: it pauses at once."),
    SupervisorVerb.REFUSE: _("It may not pause now; say why."),
    SupervisorVerb.ANSWER: _("Answer whoever called for help; the call is then over."),
    SupervisorVerb.GROUPS: _("Choose which matters the chosen counter takes, from its next call."),
    SupervisorVerb.TAKE_ALL: _("The chosen counter takes every matter."),
    SupervisorVerb.RELEASE: _("A ticket that is stuck goes back into the line, for every counter."),
    SupervisorVerb.MESSAGE: _("A short word to one counter, or to all."),
    SupervisorVerb.LIFE: _("All that has happened to one of today's tickets."),
    SupervisorVerb.PUT_UP: _("A line of text on the board, for everyone."),
    SupervisorVerb.TAKE_DOWN: _("Take the chosen bulletin or announcement off the board."),
    SupervisorVerb.ANNOUNCE: _("Speak to everyone in the hall; it also stands on the board."),
}

OF_A_CALL = frozenset({SupervisorVerb.GRANT, SupervisorVerb.REFUSE, SupervisorVerb.ANSWER})

NEEDS = {
    SupervisorVerb.GRANT: "consent",
    SupervisorVerb.REFUSE: "consent",
    SupervisorVerb.ANSWER: "consent",
    SupervisorVerb.GROUPS: "run_hall",
    SupervisorVerb.TAKE_ALL: "run_hall",
    SupervisorVerb.RELEASE: "release_ticket",
    SupervisorVerb.MESSAGE: "assist",
    SupervisorVerb.LIFE: "read_journal",
    SupervisorVerb.PUT_UP: "run_hall",
    SupervisorVerb.TAKE_DOWN: "run_hall",
    SupervisorVerb.ANNOUNCE: "run_hall",
}
"""By the name of the `hall.rights.Right`; a verb one has no right to is not offered."""


def allowed(rights: frozenset[str]) -> frozenset[SupervisorVerb]:
    return frozenset(verb for verb in SupervisorVerb if NEEDS[verb] in rights)
