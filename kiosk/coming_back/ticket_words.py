"""Where a ticket stands, in words for its citizen."""

from collections.abc import Callable

from hall.marked import _
from hall.names import name_in
from kiosk.coming_back.found import FoundTicket, NotFound

Say = Callable[..., str]

CALLED = _("You are called: please go to counter {counter} now.")
AT_COUNTER = _("You are being served at counter {counter}.")
HELD = _("Put aside at counter {counter}; please go back there when you are ready.")
NO_SHOW = _("You were called and did not come. Please ask at a counter or the desk: you can go on.")
OVER = _("The visit is over.")
RATED = _("The visit is over, and your rating is kept. Thank you.")
EXPIRED = _("This number is not valid any more; please take a new one.")
AHEAD = _("{count} ahead of you")
NOBODY_AHEAD = _("Nobody is ahead of you")


UNKNOWN: dict[NotFound, str] = {
    "unknown": _("This code is not known here."),
    "another_day": _("This ticket is of another day."),
}


def looking(say: Say, language: str) -> tuple[str, list[str]]:
    return say("One moment, please…"), []


def place(ticket: FoundTicket, say: Say, language: str) -> tuple[str, list[str]]:
    return ticket.number, [where(say, ticket), name_in(ticket.service, language)]


def unknown(reason: NotFound, say: Say, language: str) -> tuple[str, list[str]]:
    return "", [say(UNKNOWN[reason]), say("Please ask at the information desk.")]


def thanks(say: Say, language: str) -> tuple[str, list[str]]:
    return say(_("Thank you")), [say(_("Thank you. Your rating is kept."))]


def where(say: Say, ticket: FoundTicket) -> str:
    match ticket.state:
        case "waiting":
            return waiting(say, ticket)
        case "called":
            return say(CALLED, counter=ticket.counter)
        case "serving":
            return say(AT_COUNTER, counter=ticket.counter)
        case "held":
            return say(HELD, counter=ticket.counter)
        case "no_show":
            return say(NO_SHOW)
        case "finished":
            return say(RATED if ticket.is_rated else OVER)
        case _:
            return say(EXPIRED)


def waiting(say: Say, ticket: FoundTicket) -> str:
    told = [say(AHEAD, count=ticket.ahead) if ticket.ahead else say(NOBODY_AHEAD)]
    if ticket.wait_minutes is not None:
        low, high = ticket.wait_minutes
        words = _("about {low} to {high} min more") if low else _("up to {high} min more")
        told.append(say(words, low=low, high=high))
    if ticket.counters:
        counters = say(", ").join(map(str, ticket.counters))
        told.append(say("Counters: {counters}", counters=counters))
    return "  ".join(told)
