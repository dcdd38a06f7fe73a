"""What a clerk sees: one counter, the citizen there, the line before it and the clerk's day.

Every text in it can reach a terminal as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from db.tables import (
    Clerk,
    Counter,
    CounterState,
    HelpKind,
    Post,
    Service,
    Ticket,
    TicketState,
)
from hall.accounts.signed_in import Guard, left_open_since, read_guard
from hall.announcing import emergencies
from hall.announcing.bulletins import Shown
from hall.counters import counter_messages, counters, help_requests, stand_ins
from hall.counters.counter_messages import Unread
from hall.counters.help_requests import Help
from hall.counters.stand_ins import Lent
from hall.errors.tickets import ChangedMeanwhile, NoTicketInHand
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names
from hall.notices.notice_view import Paper, read_papers
from hall.printing import print_jobs, printers
from hall.printing.printers import Printer
from hall.tickets import real_names, undo
from hall.tickets.line_view import (
    Absent,
    GroupLine,
    Held,
    Waiting,
    read_absent,
    read_groups,
    read_held,
    read_next,
)
from hall.tickets.undo import Undoable
from hall.tickets.visit_view import Visit, read_visit


@dataclass(frozen=True)
class Person:
    staff_number: str
    name: str


@dataclass(frozen=True)
class CitizenInHand:
    ticket_id: int
    number: str
    service_id: int
    service: Names
    priority_class: str
    proof: str
    """Of the class, as `db.tables.Proof`."""
    card: str
    """The last characters of the identity card; empty where no names are asked for."""
    language: str
    state: str
    """"called" or "serving"."""
    calls: int
    issued_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    visit: Visit
    papers: tuple[Paper, ...]
    """What the matter takes, in the version the ticket was issued under."""


@dataclass(frozen=True)
class Day:
    """What the clerk has done today."""

    served: int
    average: timedelta | None
    """Of the service times; None before the first."""
    held: int = 0
    """Put aside now."""
    held_time: timedelta = timedelta()
    """How long they and others today were put aside."""


@dataclass(frozen=True)
class CounterView:
    hall: Names
    number: int
    names: Names
    state: str
    pause_reason: str | None
    pause_until: datetime | None
    """Local time of the hall."""
    clerk: Person | None
    primary: Person | None
    """The post's A."""
    standby: Person | None
    """The post's B."""
    in_hand: CitizenInHand | None
    groups: tuple[GroupLine, ...]
    next_tickets: tuple[Waiting, ...]
    """In the order in which they would be called now."""
    held: tuple[Held, ...]
    """Its own first."""
    absent: tuple[Absent, ...]
    """The latest first."""
    undoable: Undoable | None
    """The step that could be undone here now."""
    day: Day
    calls_needed: int
    """Before one may be marked absent."""
    printer_troubles: tuple[Printer, ...]
    """Printers of the hall that need somebody, the worst first."""
    guard: Guard
    left_open_since: datetime | None
    """Local time; of a closed counter that nobody had closed on the day it was opened."""
    stands_in_for: Person | None
    """The post's A while somebody else sits there."""
    lent: tuple[Lent, ...]
    """Groups it takes only because another counter pauses."""
    messages: tuple[Unread, ...]
    """Not read yet, the oldest first."""
    help: tuple[Help, ...]
    """What this counter has asked: first what is open, then what was answered lately."""
    emergencies: tuple[Help, ...]
    """Open ones, wherever in the hall."""
    hall_emergency: Shown | None
    """What covers the public screens; None: nothing does."""

    @property
    def waiting(self) -> int:
        return sum(group.waiting for group in self.groups)

    @property
    def oldest_at(self) -> datetime | None:
        return min((g.oldest_at for g in self.groups if g.oldest_at is not None), default=None)


# -- rules ---------------------------------------------------------------------------------------


def average(lengths: Sequence[timedelta]) -> timedelta | None:
    return sum(lengths, timedelta()) / len(lengths) if lengths else None


# -- reading -------------------------------------------------------------------------------------


def read_counter(
    session: Session,
    rules: HallRules,
    counter_number: int,
    now: datetime,
    *,
    printer: str = print_jobs.DEFAULT_PRINTER,
) -> CounterView:
    """`printer` is that of the clerk's machine. Raises UnknownCounter."""
    counter = counters.by_number(session, rules, counter_number)
    assert counter.id is not None
    today = rules.business_day(now)
    clerk = session.get(Clerk, counter.clerk_id) if counter.clerk_id is not None else None
    post = session.exec(select(Post).where(Post.counter_id == counter.id)).first()
    primary = read_person(session, post.primary_id) if post else None
    is_primary = clerk is None or post is None or clerk.id == post.primary_id
    place = f"counter {counter.number}"
    asked = help_requests.open_requests(session, rules, now)
    return CounterView(
        hall=plain_names(rules.names),
        number=counter.number,
        names=plain_names(counter.names),
        state=counter.state,
        pause_reason=plain(counter.pause_reason) if counter.pause_reason else None,
        pause_until=rules.local(counter.pause_until) if counter.pause_until else None,
        clerk=person(clerk),
        primary=primary,
        standby=read_person(session, post.standby_id) if post else None,
        in_hand=read_in_hand(session, rules, counter, today),
        groups=read_groups(session, rules, counter, today),
        next_tickets=read_next(session, rules, counter, today),
        held=read_held(session, rules, counter, today),
        absent=read_absent(session, rules, counter, today),
        undoable=undo.find(session, rules, counter.number, now),
        day=read_day(session, rules, clerk, now),
        calls_needed=rules.numbers.calls_before_no_show,
        printer_troubles=printers.troubles(
            printers.read(session, rules.hall_id, now), printer, now
        ),
        guard=read_guard(session, rules, counter),
        left_open_since=read_left_open(session, rules, counter),
        stands_in_for=None if is_primary else primary,
        lent=stand_ins.read_lent(session, counter),
        messages=counter_messages.unread(session, rules, counter.id, now),
        help=tuple(help_ for help_ in asked if help_.place == place)
        + help_requests.answered_lately(session, rules, place, now),
        emergencies=tuple(help_ for help_ in asked if help_.kind == HelpKind.EMERGENCY),
        hall_emergency=emergencies.standing(session, rules, now),
    )


def person(clerk: Clerk | None) -> Person | None:
    return None if clerk is None else Person(plain(clerk.staff_number), plain(clerk.name))


def read_left_open(session: Session, rules: HallRules, counter: Counter) -> datetime | None:
    if counter.state != CounterState.CLOSED:
        return None
    since = left_open_since(session, counter)
    return rules.local(since) if since is not None else None


def read_person(session: Session, clerk_id: int) -> Person | None:
    """None for one who has left the office."""
    clerk = session.get(Clerk, clerk_id)
    return None if clerk is not None and clerk.withdrawn else person(clerk)


def read_in_hand(
    session: Session, rules: HallRules, counter: Counter, today: date
) -> CitizenInHand | None:
    ticket = counters.in_hand(session, counter.id, today)
    if ticket is None:
        return None
    service = session.get(Service, ticket.service_id)
    assert ticket.id is not None and service is not None
    return CitizenInHand(
        ticket_id=ticket.id,
        number=ticket.name,
        service_id=ticket.service_id,
        service=plain_names(service.names),
        priority_class=ticket.priority_class,
        proof=ticket.proof,
        card=real_names.last_of(session, ticket.id) if real_names.are_asked(rules) else "",
        language=ticket.language,
        state=ticket.state,
        calls=ticket.calls,
        issued_at=ticket.issued_at,
        called_at=ticket.called_at,
        started_at=ticket.started_at,
        visit=read_visit(session, ticket),
        papers=read_papers(session, ticket.service_id).papers,
    )


def read_day(session: Session, rules: HallRules, clerk: Clerk | None, now: datetime) -> Day:
    if clerk is None:
        return Day(0, None)
    own = session.execute(
        columns_of(
            col(Ticket.state),
            col(Ticket.started_at),
            col(Ticket.ended_at),
            col(Ticket.held_at),
            col(Ticket.held_s),
        ).where(
            col(Ticket.hall_id) == rules.hall_id,
            col(Ticket.business_day) == rules.business_day(now),
            col(Ticket.clerk_id) == clerk.id,
        )
    ).all()
    served = [one for one in own if one.state == TicketState.FINISHED]
    lengths = [
        one.ended_at - one.started_at
        for one in served
        if one.started_at is not None and one.ended_at is not None
    ]
    held = [one for one in own if one.state == TicketState.HELD and one.held_at is not None]
    held_time = timedelta(seconds=sum(one.held_s for one in own))
    held_time += sum((max(now - one.held_at, timedelta()) for one in held), timedelta())
    return Day(len(served), average(lengths), len(held), held_time)


def expect_in_hand(
    session: Session, rules: HallRules, counter_number: int, ticket_id: int | None, now: datetime
) -> None:
    """What was pressed was meant for this ticket; raises when the counter has moved on since.

    Another program may work at the same counter: what one clerk sees must not end another's call.
    """
    here = counters.by_number(session, rules, counter_number)
    held = counters.in_hand(session, here.id, rules.business_day(now))
    if held is None:
        raise NoTicketInHand(counter=counter_number)
    if held.id != ticket_id:
        raise ChangedMeanwhile(counter=counter_number, number=held.name)


def returns_to(session: Session, ticket_id: int | None) -> int | None:
    """The number of the counter this ticket goes back to when it is finished."""
    ticket = session.get(Ticket, ticket_id)
    if ticket is None or ticket.return_counter_id is None:
        return None
    return session.get_one(Counter, ticket.return_counter_id).number
