"""优先凭证: whether whoever is served sooner could show why."""

from datetime import datetime

from sqlmodel import Session

from db import journal
from db.tables import Proof, Ticket
from hall.errors.identity import NoProofAsked
from hall.hall_rules import HallRules
from hall.tickets import calling

LOOKED_AT = "proof.looked_at"
"""No step of the ticket: one that was can still be undone."""


def look(
    session: Session,
    rules: HallRules,
    counter: int,
    now: datetime,
    *,
    is_shown: bool | None = None,
) -> Ticket:
    """Whoever is in hand shows the proof of the priority class, or does not; None: the other of
    the two, and shown at first. Nobody loses a place that was given.

    Raises UnknownCounter, NoTicketInHand, NoProofAsked.
    """
    at_work, ticket = calling.ticket_at(session, rules, counter, now)
    before = ticket.proof
    if before == Proof.NOT_ASKED:
        raise NoProofAsked(number=ticket.name)
    if is_shown is None:
        is_shown = before != Proof.SEEN
    ticket.proof = Proof.SEEN if is_shown else Proof.MISSING
    session.flush()
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            LOOKED_AT,
            who=at_work.staff_number,
            place=f"counter {counter}",
            subject=f"ticket/{ticket.id}",
            before={"proof": str(before)},
            after={"proof": str(ticket.proof), "class": ticket.priority_class},
        ),
        now,
    )
    return ticket
