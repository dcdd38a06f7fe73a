"""What a newcomer has to expect: for a ticket just taken, and for every group at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, literal_column, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Counter, CounterGroup, CounterState, PriorityClass, Service, Ticket
from hall.hall_rules import HallRules
from hall.tickets import arrivals, next_in_line, pace_rows
from hall.tickets.estimate import CounterAhead, Newcomer, Waiting
from hall.tickets.hall_ahead import AT_ONCE, Expected, HallAhead
from hall.tickets.next_in_line import line_of, lines_at

TICKET = Ticket.__table__  # type: ignore[attr-defined]
SERVICE = Service.__table__  # type: ignore[attr-defined]
COUNTER = Counter.__table__  # type: ignore[attr-defined]
SERVED = CounterGroup.__table__  # type: ignore[attr-defined]
HELD = SERVICE.alias("held")


class CounterRow(NamedTuple):
    """A counter that takes something, and the matter in its hand."""

    id: int
    number: int
    state: str
    in_a_row: int
    clerk_id: int | None
    group_id: int
    in_hand: str | None
    in_hand_minutes: int | None
    in_hand_group: int | None


LINE = Prepared(
    select(
        TICKET.c.group_id,
        TICKET.c.reserved_counter_id,
        TICKET.c.reserved_clerk_id,
        TICKET.c.priority_class,
        SERVICE.c.code,
        SERVICE.c.minutes,
    )
    .select_from(TICKET.join(SERVICE, SERVICE.c.id == TICKET.c.service_id))
    .where(
        TICKET.c.state == literal_column("'waiting'"),
        TICKET.c.hall_id == bindparam("hall"),
        TICKET.c.business_day == bindparam("today"),
        TICKET.c.due_at <= bindparam("due"),
    )
    .order_by(TICKET.c.due_at, TICKET.c.id)
)
COUNTERS = Prepared(
    select(
        COUNTER.c.id,
        COUNTER.c.number,
        COUNTER.c.state,
        COUNTER.c.privileged_in_a_row,
        COUNTER.c.clerk_id,
        SERVED.c.group_id,
        HELD.c.code,
        HELD.c.minutes,
        HELD.c.group_id,
    )
    .select_from(
        COUNTER.join(SERVED, SERVED.c.counter_id == COUNTER.c.id)
        .outerjoin(
            TICKET,
            and_(
                TICKET.c.counter_id == COUNTER.c.id,
                literal_column("ticket.state IN ('called', 'serving')"),
            ),
        )
        .outerjoin(HELD, HELD.c.id == TICKET.c.service_id)
    )
    .where(COUNTER.c.hall_id == bindparam("hall"), COUNTER.c.withdrawn.is_(False))
    .order_by(COUNTER.c.number)
)
PAUSED = Prepared(
    select(COUNTER.c.id, COUNTER.c.pause_until).where(
        COUNTER.c.hall_id == bindparam("hall"),
        COUNTER.c.state == literal_column("'paused'"),
        COUNTER.c.pause_until > bindparam("now"),
    )
)


def read_counters(session: Session, hall_id: int) -> list[CounterRow]:
    """A row for each group each counter takes, whether it is open or not."""
    return list(map(CounterRow._make, COUNTERS.all(session, hall=hall_id)))


def of_newcomer(
    session: Session,
    rules: HallRules,
    newcomer: Newcomer,
    due: datetime,
    counters: Sequence[CounterRow],
    now: datetime,
) -> tuple[int, Expected | None]:
    """How many are ahead of a ticket due then, and what its citizen has to expect.

    None when no counter would call it.
    """
    line = read_line(session, rules, due, now)
    if not line and any(is_free_for(newcomer, row) for row in counters):
        return 0, AT_ONCE
    hall = read_hall(session, rules, line, counters, now)
    expected = hall.look([newcomer], due - now, rules.numbers)[0]
    if expected is None:
        return sum(one.line == newcomer.line for one in hall.line), None
    return expected.ahead, expected


def of_ticket(
    session: Session, rules: HallRules, ticket: Ticket, now: datetime
) -> tuple[int, Expected | None]:
    """The same for one that waits already."""
    newcomer = Newcomer(
        line_of(ticket.group_id, ticket.reserved_counter_id, ticket.reserved_clerk_id),
        ticket.priority_class != PriorityClass.ORDINARY,
    )
    before = ticket.due_at - timedelta(microseconds=1)
    counters = read_counters(session, rules.hall_id)
    return of_newcomer(session, rules, newcomer, before, counters, now)


def by_group(session: Session, rules: HallRules, now: datetime) -> dict[int, Expected]:
    """By the id of each group, what an ordinary newcomer has to expect now; one look for all.

    Left out are groups that no counter calls at present: of them nobody can say.
    """
    now = arrivals.arrival(session, rules.business_day(now), now)
    counters = read_counters(session, rules.hall_id)
    groups = sorted({row.group_id for row in counters})
    due = next_in_line.due_at(now, PriorityClass.ORDINARY, rules.numbers)
    hall = read_hall(session, rules, read_line(session, rules, due, now), counters, now)
    newcomers = [Newcomer(line_of(group, None, None)) for group in groups]
    found = hall.look(newcomers, due - now, rules.numbers)
    return {
        group: expected
        for group, expected in zip(groups, found, strict=True)
        if expected is not None
    }


def read_line(
    session: Session, rules: HallRules, due: datetime, now: datetime
) -> list[tuple[Any, ...]]:
    """Everybody due until then, as LINE has them."""
    return LINE.all(session, hall=rules.hall_id, today=rules.business_day(now), due=due)


def is_free_for(newcomer: Newcomer, row: CounterRow) -> bool:
    return (
        row.state == CounterState.OPEN
        and row.in_hand is None
        and newcomer.line in lines_at((row.group_id,), row.id, row.clerk_id)
    )


def read_hall(
    session: Session,
    rules: HallRules,
    rows: Sequence[tuple[Any, ...]],
    counters: Sequence[CounterRow],
    now: datetime,
) -> HallAhead:
    """With the learned pace of each matter."""
    paces = pace_rows.read_paces(session, rules.hall_id, rules.business_day(now))
    line, matters = [], []
    for group, counter, clerk, priority_class, code, minutes in rows:
        known = paces.of(code, group, minutes)
        matters.append((group, known))
        privileged = priority_class != PriorityClass.ORDINARY
        line.append(Waiting(line_of(group, counter, clerk), known.minutes, privileged))
    away = minutes_away(session, rules, counters, now)
    ahead = []
    for counter_id, taken in groupby(counters, key=lambda row: row.id):
        row, *others = taken
        if row.state != CounterState.OPEN and counter_id not in away:
            continue
        in_hand = None
        if row.in_hand is not None:
            assert row.in_hand_group is not None and row.in_hand_minutes is not None
            known = paces.of(row.in_hand, row.in_hand_group, row.in_hand_minutes)
            matters.append((row.in_hand_group, known))
            in_hand = known.minutes
        groups = frozenset(one.group_id for one in (row, *others))
        ahead.append(
            CounterAhead(
                groups,
                in_hand,
                away.get(counter_id, 0),
                row.in_a_row,
                counter_id,
                row.clerk_id,
            )
        )
    return HallAhead(line, ahead, matters, paces)


def minutes_away(
    session: Session, rules: HallRules, counters: Sequence[CounterRow], now: datetime
) -> dict[int, float]:
    """By its id, until when a paused counter has said to be back; overdue, nobody can say."""
    if all(row.state != CounterState.PAUSED for row in counters):
        return {}
    rows = PAUSED.all(session, hall=rules.hall_id, now=now)
    return {counter: (until - now).total_seconds() / 60 for counter, until in rows}
