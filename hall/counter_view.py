"""What a clerk sees: one counter, the citizen there, the line before it and the clerk's day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.tables import (
    Clerk,
    Counter,
    CounterGroup,
    Post,
    PriorityClass,
    Service,
    ServiceGroup,
    Ticket,
    TicketState,
)
from hall import counters
from hall.errors import ChangedMeanwhile, NoTicketInHand
from hall.hall_rules import HallRules

NEXT_SHOWN = 5
ABSENT_SHOWN = 50

Names = dict[str, str]


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
    language: str
    state: str
    """"called" or "serving"."""
    calls: int
    issued_at: datetime
    called_at: datetime | None
    started_at: datetime | None


@dataclass(frozen=True)
class Waiting:
    number: str
    service: Names
    priority_class: str
    issued_at: datetime


@dataclass(frozen=True)
class Absent:
    """No-show today; can be brought back."""

    number: str
    service: Names
    priority_class: str
    since: datetime | None


@dataclass(frozen=True)
class ServiceLine:
    service: Names
    waiting: int
    oldest_at: datetime


@dataclass(frozen=True)
class GroupLine:
    group: Names
    prefix: str
    services: tuple[ServiceLine, ...]
    """Only those somebody waits for."""

    @property
    def waiting(self) -> int:
        return sum(line.waiting for line in self.services)

    @property
    def oldest_at(self) -> datetime | None:
        return min((line.oldest_at for line in self.services), default=None)


@dataclass(frozen=True)
class Day:
    """What the clerk has done today."""

    served: int
    average: timedelta | None
    """Of the service times; None before the first."""


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
    post: tuple[Person, ...]
    """A first, then B; empty for a counter without a post."""
    in_hand: CitizenInHand | None
    groups: tuple[GroupLine, ...]
    next_tickets: tuple[Waiting, ...]
    """In the order in which they would be called now."""
    absent: tuple[Absent, ...]
    """The latest first."""
    day: Day
    calls_needed: int
    """Before one may be marked absent."""

    @property
    def waiting(self) -> int:
        return sum(group.waiting for group in self.groups)

    @property
    def oldest_at(self) -> datetime | None:
        return min((g.oldest_at for g in self.groups if g.oldest_at is not None), default=None)


# -- rules ---------------------------------------------------------------------------------------


def in_turn(
    line: Sequence[Ticket], ordinary: Sequence[Ticket], in_a_row: int, limit: int
) -> list[Ticket]:
    """The order in which a line is called; both sequences are by due time.

    `ordinary` are the ordinary tickets of the same line: after `limit` privileged in a row the
    earliest of them goes first.
    """
    called: list[Ticket] = []
    gone: set[int | None] = set()
    while True:
        rest = [ticket for ticket in line if ticket.id not in gone]
        waiting = [ticket for ticket in ordinary if ticket.id not in gone]
        if in_a_row >= limit and waiting:
            first = waiting[0]
        elif rest:
            first = rest[0]
        else:
            return called
        called.append(first)
        gone.add(first.id)
        in_a_row = 0 if first.priority_class == PriorityClass.ORDINARY else in_a_row + 1


def average(lengths: Sequence[timedelta]) -> timedelta | None:
    return sum(lengths, timedelta()) / len(lengths) if lengths else None


# -- reading -------------------------------------------------------------------------------------


def read_counter(
    session: Session, rules: HallRules, counter_number: int, now: datetime
) -> CounterView:
    """Raises UnknownCounter."""
    counter = counters.by_number(session, rules, counter_number)
    assert counter.id is not None
    today = rules.business_day(now)
    clerk = session.get(Clerk, counter.clerk_id) if counter.clerk_id is not None else None
    return CounterView(
        hall=rules.names,
        number=counter.number,
        names=counter.names,
        state=counter.state,
        pause_reason=counter.pause_reason,
        pause_until=rules.local(counter.pause_until) if counter.pause_until else None,
        clerk=person(clerk) if clerk else None,
        post=read_post(session, counter.id),
        in_hand=read_in_hand(session, counter),
        groups=read_groups(session, rules, counter.id, today),
        next_tickets=read_next(session, rules, counter, today),
        absent=read_absent(session, rules, counter.id, today),
        day=read_day(session, rules, clerk, today),
        calls_needed=rules.numbers.calls_before_no_show,
    )


def person(clerk: Clerk) -> Person:
    return Person(clerk.staff_number, clerk.name)


def read_post(session: Session, counter_id: int) -> tuple[Person, ...]:
    post = session.exec(select(Post).where(Post.counter_id == counter_id)).first()
    if post is None:
        return ()
    both = (session.get(Clerk, post.primary_id), session.get(Clerk, post.standby_id))
    return tuple(person(clerk) for clerk in both if clerk is not None and not clerk.withdrawn)


def read_in_hand(session: Session, counter: Counter) -> CitizenInHand | None:
    ticket = counters.in_hand(session, counter)
    if ticket is None:
        return None
    service = session.get(Service, ticket.service_id)
    assert ticket.id is not None and service is not None
    return CitizenInHand(
        ticket_id=ticket.id,
        number=ticket.name,
        service_id=ticket.service_id,
        service=service.names,
        priority_class=ticket.priority_class,
        language=ticket.language,
        state=ticket.state,
        calls=ticket.calls,
        issued_at=ticket.issued_at,
        called_at=ticket.called_at,
        started_at=ticket.started_at,
    )


def read_groups(
    session: Session, rules: HallRules, counter_id: int, today: date
) -> tuple[GroupLine, ...]:
    """Every group the counter takes, in the order of the office's workbook."""
    groups = session.exec(
        select(ServiceGroup)
        .join(CounterGroup, col(CounterGroup.group_id) == col(ServiceGroup.id))
        .where(CounterGroup.counter_id == counter_id)
        .order_by(col(ServiceGroup.position))
    ).all()
    counted = session.exec(
        select(Service, func.count(), func.min(Ticket.issued_at))
        .join(Ticket, col(Ticket.service_id) == col(Service.id))
        .where(
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == today,
            col(Ticket.state) == TicketState.WAITING,
            col(Ticket.group_id).in_([group.id for group in groups]),
        )
        .group_by(col(Service.id))
        .order_by(col(Service.position))
    ).all()
    return tuple(
        GroupLine(
            group.names,
            group.prefix,
            tuple(
                ServiceLine(service.names, waiting, oldest_at)
                for service, waiting, oldest_at in counted
                if service.group_id == group.id
            ),
        )
        for group in groups
    )


def read_next(
    session: Session, rules: HallRules, counter: Counter, today: date
) -> tuple[Waiting, ...]:
    served = select(CounterGroup.group_id).where(CounterGroup.counter_id == counter.id)
    line = (
        select(Ticket)
        .where(
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == today,
            col(Ticket.state) == TicketState.WAITING,
            col(Ticket.group_id).in_(served),
        )
        .order_by(col(Ticket.due_at), col(Ticket.id))
        .limit(NEXT_SHOWN)
    )
    ordered = in_turn(
        session.exec(line).all(),
        session.exec(line.where(Ticket.priority_class == PriorityClass.ORDINARY)).all(),
        counter.privileged_in_a_row,
        rules.numbers.privileged_in_a_row,
    )
    return tuple(
        Waiting(
            ticket.name, names_of(session, ticket), ticket.priority_class, ticket.issued_at
        )
        for ticket in islice(ordered, NEXT_SHOWN)
    )


def read_absent(
    session: Session, rules: HallRules, counter_id: int, today: date
) -> tuple[Absent, ...]:
    served = select(CounterGroup.group_id).where(CounterGroup.counter_id == counter_id)
    tickets = session.exec(
        select(Ticket)
        .where(
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == today,
            col(Ticket.state) == TicketState.NO_SHOW,
            col(Ticket.group_id).in_(served),
        )
        .order_by(col(Ticket.ended_at).desc(), col(Ticket.id).desc())
        .limit(ABSENT_SHOWN)
    ).all()
    return tuple(
        Absent(
            ticket.name,
            names_of(session, ticket),
            ticket.priority_class,
            rules.local(ticket.ended_at) if ticket.ended_at else None,
        )
        for ticket in tickets
    )


def names_of(session: Session, ticket: Ticket) -> Names:
    service = session.get(Service, ticket.service_id)
    assert service is not None
    return service.names


def read_day(session: Session, rules: HallRules, clerk: Clerk | None, today: date) -> Day:
    if clerk is None:
        return Day(0, None)
    served = session.exec(
        select(Ticket.started_at, Ticket.ended_at).where(
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == today,
            Ticket.clerk_id == clerk.id,
            col(Ticket.state) == TicketState.FINISHED,
        )
    ).all()
    lengths = [end - start for start, end in served if start is not None and end is not None]
    return Day(len(served), average(lengths))


def expect_in_hand(
    session: Session, rules: HallRules, counter_number: int, ticket_id: int | None
) -> None:
    """What was pressed was meant for this ticket; raises when the counter has moved on since.

    Another program may work at the same counter: what one clerk sees must not end another's call.
    """
    held = counters.in_hand(session, counters.by_number(session, rules, counter_number))
    if held is None:
        raise NoTicketInHand(counter=counter_number)
    if held.id != ticket_id:
        raise ChangedMeanwhile(counter=counter_number, number=held.name)
