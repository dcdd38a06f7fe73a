"""一票到底: every matter of a visit is a case of its own, however many the citizen brings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import journal
from db.tables import Case, CaseResult, Counter, Service, Ticket
from hall.cases import case_rows
from hall.errors.cases import CaseOfAnotherCounter, TooManyCases, UnknownCase
from hall.hall_rules import HallRules
from hall.tickets.calling import CounterAtWork, ticket_at

Given = Sequence[tuple[Service, CaseResult]]
"""What the clerk says the visit was about."""


def of_ticket(session: Session, ticket_id: int | None) -> list[Case]:
    """In the order in which they were recorded, at whatever counter."""
    return case_rows.of_ticket(session, ticket_id)


def record(
    session: Session,
    rules: HallRules,
    counter: int,
    service: Service,
    result: CaseResult,
    now: datetime,
) -> Case:
    """One more matter of the citizen in hand; the same one twice is two. Raises TooManyCases."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    check_room(session, rules, ticket, 1)
    case = case_rows.add(session, ticket, at_work.id, at_work.clerk_id, service, result, now)
    told = case_rows.told(session, case)
    tell(session, rules, at_work, ticket, "case.recorded", now, after=told)
    return case


def strike(
    session: Session, rules: HallRules, counter: int, case_id: int, now: datetime
) -> Service:
    """It was no matter after all; only here, and while the citizen is in hand.

    Returns what it was about. Raises UnknownCase, CaseOfAnotherCounter.
    """
    at_work, ticket = ticket_at(session, rules, counter, now)
    case = session.get(Case, case_id)
    if case is None or case.ticket_id != ticket.id:
        raise UnknownCase(number=ticket.name)
    if case.counter_id != at_work.id:
        raise CaseOfAnotherCounter(counter=session.get_one(Counter, case.counter_id).number)
    service = session.get_one(Service, case.service_id)
    told = case_rows.told(session, case)
    session.delete(case)
    session.flush()
    tell(session, rules, at_work, ticket, "case.struck", now, before=told)
    return service


def check_room(session: Session, rules: HallRules, ticket: Ticket, more: int) -> None:
    """Raises TooManyCases."""
    limit = rules.numbers.cases_per_visit
    if more and len(of_ticket(session, ticket.id)) + more > limit:
        raise TooManyCases(number=ticket.name, limit=limit)


def tell(
    session: Session,
    rules: HallRules,
    at_work: CounterAtWork,
    ticket: Ticket,
    what: str,
    now: datetime,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    entry = journal.Entry(
        what,
        who=at_work.staff_number,
        place=f"counter {at_work.number}",
        subject=f"ticket/{ticket.id}",
        before=before,
        after=after,
    )
    journal.append(session, rules.hall_id, entry, now)


# -- with a step of the ticket -------------------------------------------------------------------


def record_at_the_end(
    session: Session,
    rules: HallRules,
    at_work: CounterAtWork,
    ticket: Ticket,
    given: Given,
    now: datetime,
) -> dict[str, Any]:
    """No visit ends without a matter: what is given, or else what the ticket is for.

    Returns what the journal tells of it beside the step. Raises TooManyCases.
    """
    check_room(session, rules, ticket, len(given))
    clerk_id = at_work.clerk_id
    added = [
        case_rows.add(session, ticket, at_work.id, clerk_id, service, result, now)
        for service, result in given
    ] or case_rows.add_by_itself(session, ticket, at_work.id, clerk_id, now)
    return case_rows.told_with_step(session, added)
