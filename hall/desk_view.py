"""What the information desk sees: inquiries without a result, and where people could be sent.

Every text in it can reach a terminal as it is.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.tables import (
    Clerk,
    Counter,
    CounterGroup,
    CounterState,
    HelpKind,
    Inquiry,
    InquiryStep,
    ServiceGroup,
    Ticket,
)
from db.tables.inquiries import OPEN_INQUIRY
from db.tables.tickets import WAITING
from hall import rights
from hall.accounts.stations import Station
from hall.counters import help_requests
from hall.counters.help_requests import Help
from hall.hall_rules import HallRules
from hall.inquiries import inquiries
from hall.inquiries.inquiry_deadline import is_overdue
from hall.inquiries.inquiry_numbers import name_of
from hall.inquiries.inquiry_steps import chain
from hall.names import Names, plain, plain_names
from hall.printing import printers
from hall.printing.printers import Printer
from hall.rights import Right


@dataclass(frozen=True)
class Colleague:
    """Somebody of the hall, and how to reach them."""

    staff_number: str
    name: str
    department: str
    phone: str
    counter: int | None
    """Where this person sits now."""


@dataclass(frozen=True)
class Link:
    """One link of the chain."""

    at: datetime
    """Local time of the hall."""
    by: str
    to: str
    """Who has it from then on; empty: it ended."""
    words: str


@dataclass(frozen=True)
class InquiryShown:
    inquiry_id: int
    number: str
    state: str
    channel: str
    matter: str
    contact: str
    ticket: str
    """Its number; empty: without one."""
    asked_at: datetime
    overdue: bool
    responsible: Colleague
    chain: tuple[Link, ...]
    result: str


@dataclass(frozen=True)
class CounterShown:
    number: int
    names: Names
    clerk: str
    paused: bool


@dataclass(frozen=True)
class Line:
    """One group: who waits for it, and where it is taken."""

    prefix: str
    group: Names
    waiting: int
    oldest_at: datetime | None
    counters: tuple[CounterShown, ...]
    """Not closed."""


@dataclass(frozen=True)
class DeskView:
    hall: Names
    inquiries: tuple[InquiryShown, ...]
    """Without a result, the oldest first."""
    lines: tuple[Line, ...]
    help: tuple[Help, ...]
    """Alarms of the whole hall first, then who asks for help at a kiosk, then what the desk itself
    has asked for."""
    printer_troubles: tuple[Printer, ...]


# -- reading -------------------------------------------------------------------------------------


def read_desk(session: Session, rules: HallRules, now: datetime, *, printer: str) -> DeskView:
    """`printer` is that of the desk's machine."""
    known = printers.read(session, rules.hall_id, now)
    return DeskView(
        plain_names(rules.names),
        read_open(session, rules, now),
        read_lines(session, rules, now),
        read_help(session, rules, now),
        printers.troubles(known, printer, now),
    )


def read_help(session: Session, rules: HallRules, now: datetime) -> tuple[Help, ...]:
    asked = help_requests.open_requests(session, rules, now)
    of_hall = (HelpKind.EMERGENCY, HelpKind.ASSISTANT)
    alarms = tuple(one for one in asked if one.kind in of_hall)
    own = help_requests.of_place(session, rules, Station.DESK.value, now)
    return alarms + tuple(one for one in own if one not in alarms)


def read_open(session: Session, rules: HallRules, now: datetime) -> tuple[InquiryShown, ...]:
    steps: dict[int, list[InquiryStep]] = {}
    statement = (
        select(InquiryStep)
        .join(Inquiry, col(Inquiry.id) == col(InquiryStep.inquiry_id))
        .where(OPEN_INQUIRY, Inquiry.hall_id == rules.hall_id)
        .order_by(col(InquiryStep.inquiry_id), col(InquiryStep.number))
    )
    for step in session.exec(statement):
        steps.setdefault(step.inquiry_id, []).append(step)
    seated = seats(session, rules)
    return tuple(
        shown(session, rules, one, steps.get(one.id or 0, []), seated, now)
        for one in inquiries.open_inquiries(session, rules)
    )


def read_inquiry(
    session: Session, rules: HallRules, inquiry: Inquiry, now: datetime
) -> InquiryShown:
    """One, ended or not."""
    links = chain(session, inquiry)
    return shown(session, rules, inquiry, links, seats(session, rules), now)


def shown(
    session: Session,
    rules: HallRules,
    inquiry: Inquiry,
    steps: list[InquiryStep],
    seated: dict[int, int],
    now: datetime,
) -> InquiryShown:
    assert inquiry.id is not None
    ticket = session.get(Ticket, inquiry.ticket_id) if inquiry.ticket_id is not None else None
    responsible = session.get_one(Clerk, inquiry.responsible_id)
    return InquiryShown(
        inquiry.id,
        name_of(inquiry),
        str(inquiry.state),
        str(inquiry.channel),
        plain(inquiry.matter),
        plain(inquiry.contact),
        ticket.name if ticket is not None else "",
        inquiry.asked_at,
        inquiry.ended_at is None and is_overdue(rules, inquiry.asked_at, now),
        colleague(responsible, seated),
        tuple(
            Link(
                rules.local(step.at),
                plain(session.get_one(Clerk, step.by_id).name),
                plain(session.get_one(Clerk, step.to_id).name) if step.to_id is not None else "",
                plain(step.words),
            )
            for step in steps
        ),
        plain(inquiry.result),
    )


def read_lines(session: Session, rules: HallRules, now: datetime) -> tuple[Line, ...]:
    """Every group somebody takes or waits for, in the order of the office's workbook."""
    counted: dict[int, tuple[int, datetime | None]] = {
        group_id: (waiting, oldest_at)
        for group_id, waiting, oldest_at in session.exec(
            select(Ticket.group_id, func.count(), func.min(Ticket.issued_at))
            .where(
                WAITING,
                Ticket.hall_id == rules.hall_id,
                Ticket.business_day == rules.business_day(now),
            )
            .group_by(col(Ticket.group_id))
        )
    }
    takers: dict[int, list[CounterShown]] = {}
    for group_id, counter in session.exec(
        select(CounterGroup.group_id, Counter)
        .join(Counter, col(Counter.id) == col(CounterGroup.counter_id))
        .where(Counter.hall_id == rules.hall_id, col(Counter.withdrawn).is_(False))
        .order_by(col(Counter.number))
    ):
        taking = takers.setdefault(group_id, [])
        if counter.state != CounterState.CLOSED:
            taking.append(counter_shown(session, counter))
    groups = session.exec(
        select(ServiceGroup)
        .where(ServiceGroup.hall_id == rules.hall_id)
        .order_by(col(ServiceGroup.position))
    )
    lines = []
    for group in groups:
        assert group.id is not None
        if group.id in takers or group.id in counted:
            waiting, oldest_at = counted.get(group.id, (0, None))
            at = tuple(takers.get(group.id, ()))
            names = plain_names(group.names)
            lines.append(Line(plain(group.prefix), names, waiting, oldest_at, at))
    return tuple(lines)


def read_counters(session: Session, rules: HallRules) -> tuple[CounterShown, ...]:
    """Where somebody sits, so that a word to it is read."""
    return tuple(
        counter_shown(session, counter)
        for counter in session.exec(
            select(Counter)
            .where(Counter.hall_id == rules.hall_id, Counter.state != CounterState.CLOSED)
            .order_by(col(Counter.number))
        )
    )


def read_colleagues(session: Session, rules: HallRules) -> tuple[Colleague, ...]:
    """Who can be given an inquiry: they handle such, and a citizen can reach them."""
    seated = seats(session, rules)
    clerks = session.exec(
        select(Clerk)
        .where(Clerk.hall_id == rules.hall_id, col(Clerk.withdrawn).is_(False))
        .order_by(col(Clerk.department), col(Clerk.staff_number))
    )
    return tuple(
        colleague(clerk, seated)
        for clerk in clerks
        if rights.may(clerk.role, Right.ASSIST) and plain(clerk.phone)
    )


def seats(session: Session, rules: HallRules) -> dict[int, int]:
    """Clerk → the number of the counter they have open."""
    rows = session.exec(
        select(Counter.clerk_id, Counter.number).where(
            Counter.hall_id == rules.hall_id, Counter.state != CounterState.CLOSED
        )
    )
    return {clerk_id: number for clerk_id, number in rows if clerk_id is not None}


def colleague(clerk: Clerk, seated: dict[int, int]) -> Colleague:
    return Colleague(
        plain(clerk.staff_number),
        plain(clerk.name),
        plain(clerk.department),
        plain(clerk.phone),
        seated.get(clerk.id or 0),
    )


def counter_shown(session: Session, counter: Counter) -> CounterShown:
    clerk = session.get(Clerk, counter.clerk_id) if counter.clerk_id is not None else None
    return CounterShown(
        counter.number,
        plain_names(counter.names),
        plain(clerk.name) if clerk is not None else "",
        counter.state == CounterState.PAUSED,
    )
