"""Who may do what: every role and its rights."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from db import journal
from db.engine import writing
from db.faults import DatabaseFault
from db.tables import Clerk, Role
from hall.errors import NotAllowed
from hall.marked import _

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
    MANAGE_USERS = "manage_users"
    READ_JOURNAL = "read_journal"


WORDS = {
    Right.SERVE: _("serve at a counter"),
    Right.PAUSE: _("pause a counter"),
    Right.REPRINT: _("print a slip again"),
    Right.ISSUE_NOTICE: _("issue a notice"),
    Right.RELEASE_TICKET: _("release a ticket kept for somebody else"),
    Right.ASSIST: _("act for citizens at the desk"),
    Right.CONSENT: _("consent to a pause"),
    Right.RUN_HALL: _("run the hall"),
    Right.SEE_HALL: _("look over the hall"),
    Right.MANAGE_USERS: _("manage users"),
    Right.READ_JOURNAL: _("read the journal"),
}

AT_THE_COUNTER = frozenset(
    {Right.SERVE, Right.PAUSE, Right.REPRINT, Right.ISSUE_NOTICE, Right.ASSIST}
)
OVER_THE_HALL = frozenset({Right.SEE_HALL, Right.RELEASE_TICKET, Right.CONSENT, Right.RUN_HALL})

RIGHTS: dict[str, frozenset[Right]] = {
    Role.DESK: AT_THE_COUNTER,
    Role.CLERK: AT_THE_COUNTER,
    Role.LEAD: AT_THE_COUNTER | {Right.SEE_HALL, Right.RELEASE_TICKET},
    Role.DUTY_MANAGER: AT_THE_COUNTER | OVER_THE_HALL | {Right.READ_JOURNAL},
    # Who looks over the others' shoulders, and who gives out passwords, serves nobody.
    Role.SUPERVISION: frozenset({Right.READ_JOURNAL, Right.SEE_HALL}),
    Role.ADMINISTRATOR: frozenset({Right.MANAGE_USERS, Right.READ_JOURNAL, Right.SEE_HALL}),
}


def may(role: str, right: Right) -> bool:
    return right in RIGHTS.get(role, frozenset())


def check(clerk: Clerk, right: Right) -> None:
    """Raises NotAllowed."""
    if not may(clerk.role, right):
        raise NotAllowed(clerk=clerk.staff_number, right=WORDS[right], code=right.value)


@contextmanager
def refusals_told(hall: "OpenHall", place: str) -> Iterator[None]:
    """Stands around a transaction: what it refused for want of a right is journalled after all."""
    try:
        yield
    except NotAllowed as refusal:
        with suppress(DatabaseFault):  # it is refused either way, and that is told
            tell(hall, refusal, place)
        raise


def tell(hall: "OpenHall", refusal: NotAllowed, place: str) -> None:
    entry = journal.Entry(
        "account.not_allowed",
        who=refusal.facts["clerk"],
        place=place,
        why=refusal.facts["code"],
    )
    with writing(hall.engine) as session:
        journal.append(session, hall.rules.hall_id, entry, hall.now())
