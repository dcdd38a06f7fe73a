"""首办: who brings the papers a notice asked for goes back to whoever asked, ahead of new ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from db import journal
from db.tables import (
    Clerk,
    Counter,
    CounterGroup,
    CounterState,
    Notice,
    PriorityClass,
    SelfCheck,
    Service,
    ServiceGroup,
    Ticket,
    TicketOrigin,
    TicketState,
)
from db.tables.tickets import HELD, IN_HAND, WAITING
from hall import rights
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.catalogue import ServiceWithdrawn, UnknownService
from hall.errors.notices import UnknownNotice
from hall.errors.tickets import AlreadyBack
from hall.hall_rules import HallRules
from hall.names import name_in, plain
from hall.notices import notice_corrections, notices, self_checks
from hall.printing import print_jobs
from hall.rights import Right
from hall.tickets import business_day, next_in_line, tickets
from hall.tickets.identity_number import IdentityNumber
from hall.tickets.tickets import Circumstances, Issued

KIOSK = "kiosk"


@dataclass(frozen=True)
class Reserved:
    """For whom alone the ticket waits: a clerk, else a counter, else nobody."""

    clerk_id: int | None = None
    counter_id: int | None = None
    counter: int | None = None
    """The number of the counter, for the slip."""


def find(session: Session, rules: HallRules, code_or_serial: str, place: str) -> Notice:
    """By what its QR carries, or its serial number; raises UnknownNotice.

    At a kiosk by the code alone: anybody could type the serial number before the own one and be
    called ahead of others.
    """
    scanned = session.exec(
        select(Notice).where(Notice.hall_id == rules.hall_id, Notice.code == plain(code_or_serial))
    ).first()
    if scanned is None and place.partition(" ")[0] == KIOSK:
        raise UnknownNotice(serial=plain(code_or_serial))
    return scanned or notices.by_serial(session, rules, code_or_serial)


def come_back(
    session: Session,
    rules: HallRules,
    code_or_serial: str,
    now: datetime,
    *,
    who: str = "",
    place: str = KIOSK,
    priority_class: PriorityClass = PriorityClass.ORDINARY,
    person: IdentityNumber | None = None,
    by_age: bool = True,
    language: str = "zh",
    print_slip: bool = True,
    printer: str = print_jobs.DEFAULT_PRINTER,
    large_print: bool = False,
) -> Issued:
    """Give a number of the notice's matter, for its clerk or counter if somebody is there.

    A notice of any age is good; one that was corrected counts as its correction. `who`: staff
    number of whoever takes it for the citizen. Needs a write transaction. Raises UnknownNotice,
    UnknownClerk, NotAllowed, ServiceWithdrawn, AlreadyBack, and by `person` as `tickets.issue`.
    """
    business_day.settle_past(session, rules, now)  # who sits where today is asked below
    if who:
        clerk = counters.clerk_by_staff_number(session, rules, who)
        rights.check(clerk, Right.ASSIST)
        who = clerk.staff_number
    related = notice_corrections.chain(session, find(session, rules, code_or_serial, place))
    notice = related[0]
    refuse_twice(session, rules, [one.serial for one in related], now)
    service, group = matter_of(session, rules, notice, language)
    reserved = reserved_for(session, notice, group)
    target = timedelta(minutes=rules.numbers.returning_target_minutes)
    issued = tickets.issue(
        session,
        rules,
        service,
        group,
        now,
        priority_class=priority_class,
        language=language,
        place=place,
        print_slip=print_slip,
        printer=printer,
        large_print=large_print,
        circumstances=Circumstances(
            origin=TicketOrigin.DESK if who else TicketOrigin.KIOSK,
            who=who,
            notice_serial=notice.serial,
            asks_name=not who,
            person=person,
            by_age=by_age,
            target_wait=min(target, next_in_line.target_wait(priority_class, rules.numbers)),
            reserved_clerk_id=reserved.clerk_id,
            reserved_counter_id=reserved.counter_id,
            counter=reserved.counter,
        ),
    )
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            "notice.came_back",
            who=who,
            place=place,
            subject=f"ticket/{issued.ticket_id}",
            after={"serial": notice.serial, "number": issued.number},
        ),
        now,
    )
    return issued


def come_back_checked(
    session: Session,
    rules: HallRules,
    code: str,
    now: datetime,
    *,
    place: str = KIOSK,
    priority_class: PriorityClass = PriorityClass.ORDINARY,
    person: IdentityNumber | None = None,
    by_age: bool = True,
    language: str = "zh",
    print_slip: bool = True,
    printer: str = print_jobs.DEFAULT_PRINTER,
    large_print: bool = False,
) -> Issued:
    """As `come_back`, with the list a kiosk printed: no clerk has seen the papers, so any counter.

    Raises UnknownNotice, ServiceWithdrawn, AlreadyBack.
    """
    check = self_checks.by_code(session, rules, code)
    refuse_twice(session, rules, [check.serial], now)
    service, group = matter_of(session, rules, check, language)
    target = next_in_line.target_wait(priority_class, rules.numbers)
    fetched = now - check.made_at >= timedelta(minutes=rules.numbers.self_check_ahead_minutes)
    if fetched and check.used_at is None:
        target = min(target, timedelta(minutes=rules.numbers.returning_target_minutes))
    issued = tickets.issue(
        session,
        rules,
        service,
        group,
        now,
        priority_class=priority_class,
        language=language,
        place=place,
        print_slip=print_slip,
        printer=printer,
        large_print=large_print,
        circumstances=Circumstances(
            notice_serial=check.serial,
            target_wait=target,
            asks_name=True,
            person=person,
            by_age=by_age,
        ),
    )
    check.used_at = check.used_at or now
    entry = journal.Entry(
        "self_check.came_back",
        place=place,
        subject=f"ticket/{issued.ticket_id}",
        after={"serial": check.serial, "number": issued.number},
    )
    journal.append(session, rules.hall_id, entry, now)
    return issued


def refuse_twice(session: Session, rules: HallRules, serials: list[str], now: datetime) -> None:
    """Raises AlreadyBack while a ticket taken for one of them today waits, is in hand or absent:
    who was absent comes back behind others, not ahead of them with a second number."""
    absent = col(Ticket.state) == TicketState.NO_SHOW
    for still_open in (WAITING, IN_HAND, HELD, absent):  # three have an index of their own
        ticket = session.exec(
            select(Ticket).where(
                still_open,
                Ticket.hall_id == rules.hall_id,
                Ticket.business_day == rules.business_day(now),
                col(Ticket.notice_serial).in_(serials),
            )
        ).first()
        if ticket is not None:
            raise AlreadyBack(number=ticket.name, state=str(ticket.state))


def matter_of(
    session: Session, rules: HallRules, notice: Notice | SelfCheck, language: str
) -> tuple[Service, ServiceGroup]:
    """As the catalogue in force has it. Raises ServiceWithdrawn."""
    told = session.get_one(Service, notice.service_id)
    try:
        return catalogue.service(session, rules, told.code)
    except UnknownService as error:
        raise ServiceWithdrawn(service=name_in(told.names, language)) from error


def reserved_for(session: Session, notice: Notice, group: ServiceGroup) -> Reserved:
    """Who issued it, wherever that clerk sits today; else its counter, if it takes the matter."""
    clerk = session.get_one(Clerk, notice.clerk_id)
    seat = counters.where_sits(session, clerk)
    if seat is not None:
        return Reserved(clerk_id=clerk.id, counter=seat.number)
    counter = session.get(Counter, notice.counter_id) if notice.counter_id is not None else None
    if counter is None or counter.withdrawn or counter.state == CounterState.CLOSED:
        return Reserved()
    if session.get(CounterGroup, (counter.id, group.id)) is None:
        return Reserved()
    return Reserved(counter_id=counter.id, counter=counter.number)
