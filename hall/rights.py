"""Who may do what: every role and its rights."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from db import journal
from db.engine import writing
from db.faults import DatabaseFault
from db.tables import Clerk, Role
from hall.errors import Refused
from hall.errors.accounts import NotAllowed
from hall.errors.counters import CounterTaken
from hall.errors.inquiries import NotResponsible
from hall.right_words import RIGHT_WORDS

if TYPE_CHECKING:
    from hall.open_hall import OpenHall


class Right(StrEnum):
    SERVE = "serve"
    """Open a counter, and all one does there with citizens."""
    PAUSE = "pause"
    REPRINT = "reprint"
    ISSUE_NOTICE = "issue_notice"
    RELEASE_TICKET = "release_ticket"
    """Give back to the line what waits for another counter or clerk alone."""
    ASSIST = "assist"
    """Take a ticket for somebody, handle questions, send a word to a counter."""
    CONSENT = "consent"
    """Let the last counter of a matter pause; answer those who call for help."""
    RUN_HALL = "run_hall"
    """Change what a counter takes, put up bulletins, speak to everyone."""
    SEE_HALL = "see_hall"
    """Look at lines, counters, devices and figures."""
    ANSWER_SUGGESTIONS = "answer_suggestions"
    MANAGE_USERS = "manage_users"
    READ_JOURNAL = "read_journal"


AT_THE_COUNTER = frozenset(
    {Right.SERVE, Right.PAUSE, Right.REPRINT, Right.ISSUE_NOTICE, Right.ASSIST}
)
OVER_THE_HALL = frozenset({Right.SEE_HALL, Right.RELEASE_TICKET, Right.CONSENT, Right.RUN_HALL})

RIGHTS: dict[str, frozenset[Right]] = {
    Role.DESK: AT_THE_COUNTER,
    Role.CLERK: AT_THE_COUNTER,
    Role.LEAD: AT_THE_COUNTER | {Right.SEE_HALL, Right.RELEASE_TICKET},
    Role.DUTY_MANAGER: AT_THE_COUNTER
    | OVER_THE_HALL
    | {Right.READ_JOURNAL, Right.ANSWER_SUGGESTIONS},
    # Who looks over the others' shoulders, and who gives out passwords, serves nobody.
    Role.SUPERVISION: frozenset({Right.READ_JOURNAL, Right.SEE_HALL, Right.ANSWER_SUGGESTIONS}),
    Role.ADMINISTRATOR: frozenset({Right.MANAGE_USERS, Right.READ_JOURNAL, Right.SEE_HALL}),
}


def may(role: str, right: Right) -> bool:
    return right in RIGHTS.get(role, frozenset())


def check(clerk: Clerk, right: Right) -> None:
    """Raises NotAllowed."""
    if not may(clerk.role, right):
        raise NotAllowed(clerk=clerk.staff_number, right=RIGHT_WORDS[right], code=right.value)


JOURNALLED: dict[type[Refused], str] = {
    NotAllowed: "account.not_allowed",
    NotResponsible: "account.not_responsible",
    CounterTaken: "account.counter_taken",
}
"""Refusals that supervision wants to know of: a right that lacks, and acting for another."""


@contextmanager
def refusals_told(hall: "OpenHall", place: str) -> Iterator[None]:
    """Stands around a transaction: what it refused to this clerk is journalled after all."""
    try:
        yield
    except tuple(JOURNALLED) as refusal:
        with suppress(DatabaseFault):  # it is refused either way, and that is told
            tell(hall, refusal, place)
        raise


def tell(hall: "OpenHall", refusal: Refused, place: str) -> None:
    """`refusal` is one of JOURNALLED."""
    facts = refusal.facts
    entry = journal.Entry(
        next(what for kind, what in JOURNALLED.items() if isinstance(refusal, kind)),
        who=facts["by"] if "by" in facts else facts["clerk"],
        place=place,
        why=facts.get("code", refusal.code),
        after={"instead_of": facts["clerk"]} if "by" in facts else None,
    )
    with writing(hall.engine) as session:
        journal.append(session, hall.rules.hall_id, entry, hall.now())
