"""快办: a short matter, served at once where the citizen stands; no line, no slip."""

from datetime import datetime

from sqlmodel import Session

from db.tables import CounterGroup, Service, ServiceGroup, Ticket, TicketOrigin
from hall.errors.tickets import MatterNotTakenHere
from hall.hall_rules import HallRules
from hall.tickets import business_day, tickets
from hall.tickets.calling import ready_counter
from hall.tickets.ticket_course import Step
from hall.tickets.tickets import Circumstances
from hall.tickets.transfers import take


def begin(
    session: Session,
    rules: HallRules,
    counter: int,
    service: Service,
    group: ServiceGroup,
    now: datetime,
) -> Ticket:
    """A number of the day for somebody who stands here, served from this moment on.

    It was never called, neither spoken nor on the board, so it has no `called_at`, and figures of
    waiting do not count it; nor does it count as a turn of the privileged.
    Raises CounterNotOpen, CounterPausedNow, TicketInHand, MatterNotTakenHere.
    """
    business_day.settle_past(session, rules, now)
    at_work = ready_counter(session, rules, counter, now)
    if session.get(CounterGroup, (at_work.id, group.id)) is None:
        raise MatterNotTakenHere(counter=counter, service=service.code)
    issued = tickets.issue(
        session,
        rules,
        service,
        group,
        now,
        place=f"counter {counter}",
        print_slip=False,
        circumstances=Circumstances(origin=TicketOrigin.COUNTER, who=at_work.staff_number),
    )
    ticket = session.get_one(Ticket, issued.ticket_id)
    # Nobody was told how many are ahead or how long it takes; what is told is held to later.
    ticket.ahead, ticket.wait_low_s, ticket.wait_high_s = 0, None, None
    return take(
        session,
        at_work,
        ticket,
        Step.WALKED_IN,
        now,
        counter_id=at_work.id,
        clerk_id=at_work.clerk_id,
        started_at=now,
    )
