"""实名取号: one person, one open number a matter. What is kept of a person is gone next day."""

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from db import journal
from db.tables import PriorityClass, RealName, RealNameKey, Service, Ticket, TicketState
from hall.errors.identity import HasNumber, PersonLimitReached
from hall.hall_rules import HallRules
from hall.tickets.identity_number import IdentityNumber

OPEN = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.HELD)
ERASED = "real_name.erased"

# -- rules ---------------------------------------------------------------------------------------


def are_wanted(rules: HallRules, service: Service) -> bool:
    return rules.numbers.real_name or service.code in rules.numbers.real_name_services


def are_asked(rules: HallRules) -> bool:
    """Of any matter."""
    return rules.numbers.real_name or bool(rules.numbers.real_name_services)


def is_elderly(rules: HallRules, person: IdentityNumber, now: datetime) -> bool:
    numbers = rules.numbers
    is_old = person.age(rules.business_day(now)) >= numbers.elderly_from
    return is_old and PriorityClass.ELDERLY.value in numbers.priority_classes


# -- reading -------------------------------------------------------------------------------------


def last_of(session: Session, ticket_id: int) -> str:
    """The last characters of whose ticket it is; empty: nobody was asked, or it is erased."""
    row = session.get(RealName, ticket_id)
    return row.last if row is not None else ""


# -- operations ----------------------------------------------------------------------------------


def refuse_second(
    session: Session, rules: HallRules, person: IdentityNumber, service: Service, now: datetime
) -> None:
    """Needs a write transaction where a number follows. Raises HasNumber, PersonLimitReached."""
    theirs = (
        RealName.hall_id == rules.hall_id,
        RealName.business_day == rules.business_day(now),
        RealName.digest == digest(session, rules, person, now),
    )
    ticket = session.exec(
        select(Ticket)
        .join(RealName, col(RealName.ticket_id) == col(Ticket.id))
        .join(Service, col(Service.id) == col(Ticket.service_id))
        .where(*theirs, Service.code == service.code, col(Ticket.state).in_(OPEN))
    ).first()
    if ticket is not None:
        raise HasNumber(number=ticket.name, ticket_id=ticket.id)
    limit = rules.numbers.numbers_per_person
    if session.exec(select(func.count()).select_from(RealName).where(*theirs)).one() >= limit:
        raise PersonLimitReached(limit=limit)


def keep(
    session: Session, rules: HallRules, ticket_id: int, person: IdentityNumber, now: datetime
) -> None:
    session.add(
        RealName(
            ticket_id=ticket_id,
            hall_id=rules.hall_id,
            business_day=rules.business_day(now),
            digest=digest(session, rules, person, now),
            last=person.last,
        )
    )


def digest(session: Session, rules: HallRules, person: IdentityNumber, now: datetime) -> str:
    today = rules.business_day(now)
    row = session.get(RealNameKey, (rules.hall_id, today))
    if row is None:
        row = RealNameKey(hall_id=rules.hall_id, business_day=today, key=secrets.token_hex(32))
        session.add(row)
        session.flush()
    return hmac.new(bytes.fromhex(row.key), person.text.encode(), hashlib.sha256).hexdigest()


def erase(session: Session, rules: HallRules, person: IdentityNumber, now: datetime) -> int:
    """All that is kept of this person; how many of today's tickets are nobody's now.

    What an earlier day left goes with it: its digests cannot be asked whose they are.
    """
    forget_past(session, rules, now)
    found = session.exec(
        select(RealName).where(
            RealName.hall_id == rules.hall_id,
            RealName.digest == digest(session, rules, person, now),
        )
    ).all()
    for row in found:
        session.delete(row)
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(ERASED, why="asked_for", after={"count": len(found)}),
        now,
    )
    return len(found)


def forget_past(session: Session, rules: HallRules, now: datetime) -> None:
    """Of earlier business days: persons and the keys they were kept under."""
    for table in (RealName, RealNameKey):
        session.exec(
            delete(table).where(
                col(table.hall_id) == rules.hall_id,
                col(table.business_day) < rules.business_day(now),
            )
        )
