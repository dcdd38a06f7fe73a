"""取号: a number for a matter."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert
from sqlmodel import Session
from sqlmodel import select as rows_of

from db import journal
from db.prepared import Prepared
from db.tables import (
    PrintJobKind,
    PriorityClass,
    Proof,
    Service,
    ServiceGroup,
    Ticket,
    TicketOrigin,
    number_text,
)
from hall.errors.catalogue import ServiceWithdrawn
from hall.errors.identity import RealNameWanted
from hall.errors.tickets import UnknownTicket
from hall.hall_rules import HallRules
from hall.hours import gatekeeping, opening_hours
from hall.hours.gate import Gate
from hall.names import name_in
from hall.printing import print_jobs
from hall.tickets import arrivals, business_day, expected_waits, next_in_line, real_names
from hall.tickets.estimate import Newcomer
from hall.tickets.identity_number import IdentityNumber

TICKET = Ticket.__table__  # type: ignore[attr-defined]


class Issued(NamedTuple):
    """A ticket just issued, and what its citizen is told."""

    ticket_id: int
    number: str
    service: Service
    group: ServiceGroup
    priority_class: PriorityClass
    business_day: date
    issued_at: datetime
    ahead: int
    wait_low_s: int | None
    wait_high_s: int | None
    counters: list[int]
    """Every counter that takes the matter, open or not; open ones first."""
    code: str


@dataclass(frozen=True)
class Circumstances:
    """Of a ticket that is not simply taken at the kiosk by the one who will be served."""

    origin: TicketOrigin = TicketOrigin.KIOSK
    who: str = ""
    """Staff number of whoever takes it; empty: the citizen does."""
    assisted_by_id: int | None = None
    """The clerk who took it for the citizen."""
    assistance: str = ""
    notice_serial: str = ""
    """Of the notice whose papers the citizen brings."""
    target_wait: timedelta | None = None
    """How long it should wait at most; None: as its class has it."""
    reserved_counter_id: int | None = None
    reserved_clerk_id: int | None = None
    """For that counter or clerk alone; who asks for it makes sure that somebody is there."""
    counter: int | None = None
    """The number of the counter the slip names, where it waits for that one alone."""
    keeps_hours: bool = False
    """Only when numbers are given, and as many as there are; whom staff send needs neither."""
    asks_name: bool = False
    """A matter with real names needs a `person`; staff who give a number see the card."""
    person: IdentityNumber | None = field(default=None, repr=False)
    by_age: bool = True
    """Whether an ordinary ticket of somebody old enough is a privileged one; false where the
    citizen has been asked, and would rather not."""


AT_THE_KIOSK = Circumstances()
BY_ONESELF = Circumstances(keeps_hours=True, asks_name=True)
"""Taken by the citizen, with no staff to decide whether it can still be served."""

ADD = Prepared(
    insert(TICKET)
    .values(
        hall_id=bindparam("hall_id"),
        business_day=bindparam("business_day"),
        prefix=bindparam("prefix"),
        number=bindparam("number"),
        code=bindparam("code"),
        service_id=bindparam("service_id"),
        group_id=bindparam("group_id"),
        priority_class=bindparam("priority_class"),
        proof=bindparam("proof"),
        language=bindparam("language"),
        state="waiting",
        issued_at=bindparam("issued_at"),
        due_at=bindparam("due_at"),
        ahead=bindparam("ahead"),
        wait_low_s=bindparam("wait_low_s"),
        wait_high_s=bindparam("wait_high_s"),
        calls=0,
        held_s=0,
        served_s=0,
        hold_reason="",
        note="",
        origin=bindparam("origin"),
        assisted_by_id=bindparam("assisted_by_id"),
        assistance=bindparam("assistance"),
        notice_serial=bindparam("notice_serial"),
        reserved_counter_id=bindparam("reserved_counter_id"),
        reserved_clerk_id=bindparam("reserved_clerk_id"),
    )
    .returning(TICKET.c.id)
)


def issue(
    session: Session,
    rules: HallRules,
    service: Service,
    group: ServiceGroup,
    now: datetime,
    *,
    priority_class: PriorityClass = PriorityClass.ORDINARY,
    language: str = "zh",
    place: str = "kiosk",
    print_slip: bool = True,
    printer: str = print_jobs.DEFAULT_PRINTER,
    large_print: bool = False,
    circumstances: Circumstances = AT_THE_KIOSK,
) -> Issued:
    """Give the next number of the service's group, and have its slip printed.

    Needs a write transaction: only that keeps two kiosks from giving the same number. Raises
    ServiceWithdrawn when no counter takes the matter any more, NoNumbersNow when the hall gives
    none, RealNameWanted, HasNumber or PersonLimitReached by whose it is; the transaction is then
    not to be committed.
    """
    assert service.id is not None and group.id is not None
    came_at = now
    person = circumstances.person
    if person is not None:
        real_names.refuse_second(session, rules, person, service, now)
        ordinary = circumstances.by_age and priority_class is PriorityClass.ORDINARY
        if ordinary and real_names.is_elderly(rules, person, now):
            priority_class = PriorityClass.ELDERLY
    elif circumstances.asks_name and real_names.are_wanted(rules, service):
        raise RealNameWanted(service=name_in(service.names, language))
    if circumstances.keeps_hours:
        pass_gate(service, opening_hours.by_the_clock(rules, came_at))
        pass_gate(service, gatekeeping.by_the_quota(session, rules, service, came_at))
    today = rules.business_day(now)
    number, now = arrivals.take_number(session, rules.hall_id, group.prefix, today, now)
    counters = expected_waits.read_counters(session, rules.hall_id)
    serving = [(row.number, row.state) for row in counters if row.group_id == group.id]
    if not serving:  # a kiosk that has not seen the new catalogue yet
        raise ServiceWithdrawn(service=name_in(service.names, language))
    if number == 1 and business_day.settle_past(session, rules, now):
        counters = expected_waits.read_counters(session, rules.hall_id)
    due = next_in_line.due_at(now, priority_class, rules.numbers)
    if circumstances.target_wait is not None:
        due = now + circumstances.target_wait
    newcomer = Newcomer(
        next_in_line.line_of(
            group.id, circumstances.reserved_counter_id, circumstances.reserved_clerk_id
        ),
        privileged=priority_class is not PriorityClass.ORDINARY,
    )
    ahead, expected = expected_waits.of_newcomer(session, rules, newcomer, due, counters, now)
    if circumstances.keeps_hours:
        pass_gate(service, gatekeeping.by_the_line(rules, service, expected, came_at))
    low, high = (expected.low_s, expected.high_s) if expected is not None else (None, None)
    code = secrets.token_urlsafe(9)
    added = ADD.one(
        session,
        hall_id=rules.hall_id,
        business_day=today,
        prefix=group.prefix,
        number=number,
        code=code,
        service_id=service.id,
        group_id=group.id,
        priority_class=priority_class.value,
        proof=(Proof.NOT_ASKED if priority_class is PriorityClass.ORDINARY else Proof.ASKED).value,
        language=language,
        issued_at=now,
        due_at=due,
        ahead=ahead,
        wait_low_s=low,
        wait_high_s=high,
        origin=circumstances.origin.value,
        assisted_by_id=circumstances.assisted_by_id,
        assistance=circumstances.assistance,
        notice_serial=circumstances.notice_serial,
        reserved_counter_id=circumstances.reserved_counter_id,
        reserved_clerk_id=circumstances.reserved_clerk_id,
    )
    assert added is not None
    if person is not None:
        real_names.keep(session, rules, added[0], person, came_at)
    issued = Issued(
        ticket_id=added[0],
        number=number_text(group.prefix, number),
        service=service,
        group=group,
        priority_class=priority_class,
        business_day=today,
        issued_at=now,
        ahead=ahead,
        wait_low_s=low,
        wait_high_s=high,
        counters=[circumstances.counter]
        if circumstances.counter is not None
        else [n for n, _ in sorted(serving, key=lambda row: (row[1] != "open", row[0]))],
        code=code,
    )
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            "ticket.issued",
            who=circumstances.who,
            place=place,
            subject=f"ticket/{issued.ticket_id}",
            after={
                "number": issued.number,
                "service": service.code,
                "class": priority_class.value,
                "due_at": due.isoformat(),
                "state": "waiting",
                "origin": circumstances.origin.value,
                "reserved_counter_id": circumstances.reserved_counter_id,
                "reserved_clerk_id": circumstances.reserved_clerk_id,
            },
        ),
        now,
    )
    if print_slip:
        content = slip_content(rules, issued, language)
        print_jobs.add(
            session,
            rules.hall_id,
            PrintJobKind.TICKET,
            issued.ticket_id,
            content | {"large_print": True} if large_print else content,
            timedelta(minutes=rules.numbers.slip_lifetime_minutes),
            now,
            printer=printer,
        )
    return issued


def pass_gate(service: Service, gate: Gate) -> None:
    """Raises NoNumbersNow."""
    if not gate.is_open:
        raise gate.refusal(service.phone, service.bookable)


def slip_content(rules: HallRules, issued: Issued, language: str) -> dict[str, Any]:
    return {
        "hall": rules.names,
        "number": issued.number,
        "service": issued.service.names,
        "counters": issued.counters,
        "ahead": issued.ahead,
        "wait_low_s": issued.wait_low_s,
        "wait_high_s": issued.wait_high_s,
        "issued_at": rules.local(issued.issued_at).isoformat(timespec="seconds"),
        "code": issued.code,
        "class": issued.priority_class.value,
        "language": language,
        "phone": rules.supervision_phone,
    }


def parse_number(text: str) -> tuple[str, int] | None:
    """("A", 12) of "A012", also of "a12" and full-width letters; None for anything else."""
    text = text.strip().upper().translate(FULL_WIDTH)
    prefix = text.rstrip("0123456789")
    digits = text[len(prefix) :]
    if not (1 <= len(prefix) <= 2 and prefix.isalpha() and prefix.isascii()):
        return None
    return (prefix, int(digits)) if digits and len(digits) < 7 else None


FULL_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {
    0xFF21 + letter: 0x41 + letter for letter in range(26)
}


def by_number(session: Session, rules: HallRules, text: str, now: datetime) -> Ticket:
    """Today's ticket of that number; raises UnknownTicket."""
    parsed = parse_number(text)
    if parsed is not None:
        prefix, number = parsed
        ticket = session.exec(
            rows_of(Ticket).where(
                Ticket.hall_id == rules.hall_id,
                Ticket.business_day == rules.business_day(now),
                Ticket.prefix == prefix,
                Ticket.number == number,
            )
        ).first()
        if ticket is not None:
            return ticket
    raise UnknownTicket(number=text)
