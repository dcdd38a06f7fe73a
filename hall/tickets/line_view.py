"""The line before a counter: who comes next, who is absent, how many wait for what.

Every text in it can reach a terminal as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from db.tables import (
    Counter,
    CounterGroup,
    PriorityClass,
    Service,
    ServiceGroup,
    Ticket,
    TicketState,
)
from db.tables.tickets import HELD, WAITING
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names
from hall.tickets import next_in_line

NEXT_SHOWN = 5
ABSENT_SHOWN = 50
HELD_SHOWN = 50


@dataclass(frozen=True)
class Waiting:
    number: str
    service: Names
    priority_class: str
    issued_at: datetime
    only_here: bool
    """It waits for this counter, or for the clerk there, and for nobody else."""


@dataclass(frozen=True)
class Held:
    """Put aside; can be taken up again at this counter."""

    number: str
    service: Names
    reason: str
    since: datetime
    counter: int
    """Whose it is."""
    own: bool
    """This counter's."""


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
        if next_in_line.ordinary_first(in_a_row, limit) and waiting:
            first = waiting[0]
        elif rest:
            first = rest[0]
        else:
            return called
        called.append(first)
        gone.add(first.id)
        in_a_row = next_in_line.in_a_row_after(in_a_row, first.priority_class)


# -- reading -------------------------------------------------------------------------------------


def calls_it(counter: Counter) -> Any:
    """Tickets this counter would call."""
    # Bound, for None would become IS NULL: with nobody there everybody's ticket, not nobody's.
    return next_in_line.for_whom(counter.id, bindparam("clerk", counter.clerk_id))


def read_groups(
    session: Session, rules: HallRules, counter: Counter, today: date
) -> tuple[GroupLine, ...]:
    """Every group the counter takes, in the order of the office's workbook.

    Then those it does not take, of which somebody was sent to it.
    """
    taken = select(CounterGroup.group_id).where(CounterGroup.counter_id == counter.id)
    counted = session.exec(
        select(Service, func.count(), func.min(Ticket.issued_at))
        .join(Ticket, col(Ticket.service_id) == col(Service.id))
        .where(
            WAITING,
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == today,
            calls_it(counter),
        )
        .group_by(col(Service.id))
        .order_by(col(Service.position))
    ).all()
    takes = col(ServiceGroup.id).in_(taken)
    waited_for = [service.group_id for service, _, _ in counted]
    groups = session.exec(
        select(ServiceGroup)
        .where(takes | col(ServiceGroup.id).in_(waited_for))
        .order_by(takes.desc(), col(ServiceGroup.position))
    ).all()
    return tuple(
        GroupLine(
            plain_names(group.names),
            plain(group.prefix),
            tuple(
                ServiceLine(plain_names(service.names), waiting, oldest_at)
                for service, waiting, oldest_at in counted
                if service.group_id == group.id
            ),
        )
        for group in groups
    )


def read_next(
    session: Session, rules: HallRules, counter: Counter, today: date
) -> tuple[Waiting, ...]:
    line = (
        select(Ticket)
        .where(
            WAITING,
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == today,
            calls_it(counter),
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
            ticket.name,
            names_of(session, ticket),
            ticket.priority_class,
            ticket.issued_at,
            ticket.reserved_counter_id is not None or ticket.reserved_clerk_id is not None,
        )
        for ticket in islice(ordered, NEXT_SHOWN)
    )


def read_held(
    session: Session, rules: HallRules, counter: Counter, today: date
) -> tuple[Held, ...]:
    """This counter's own first, then those of others that it may take up; the longest first."""
    served = select(CounterGroup.group_id).where(CounterGroup.counter_id == counter.id)
    rows = session.exec(
        select(Ticket)
        .where(
            HELD,
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == today,
            (col(Ticket.counter_id) == counter.id) | col(Ticket.group_id).in_(served),
        )
        .order_by(
            (col(Ticket.counter_id) == counter.id).desc(), col(Ticket.held_at), col(Ticket.id)
        )
        .limit(HELD_SHOWN)
    ).all()
    return tuple(
        Held(
            ticket.name,
            names_of(session, ticket),
            plain(ticket.hold_reason),
            ticket.held_at or ticket.issued_at,
            session.get_one(Counter, ticket.counter_id).number,
            ticket.counter_id == counter.id,
        )
        for ticket in rows
    )


def read_absent(
    session: Session, rules: HallRules, counter: Counter, today: date
) -> tuple[Absent, ...]:
    """Of what the counter takes, and of those that were sent to it or its clerk."""
    tickets = session.exec(
        select(Ticket)
        .where(
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == today,
            col(Ticket.state) == TicketState.NO_SHOW,
            col(Ticket.group_id).in_(
                select(CounterGroup.group_id).where(CounterGroup.counter_id == counter.id)
            )
            | (col(Ticket.reserved_counter_id) == counter.id)
            | (col(Ticket.reserved_clerk_id) == bindparam("clerk", counter.clerk_id)),
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
    return plain_names(service.names)
