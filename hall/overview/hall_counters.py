"""Every counter of the hall as it stands: who sits there, what it takes, whom it serves.

Every text in it can reach a terminal as it is.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, literal_column, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import (
    Clerk,
    Counter,
    CounterGroup,
    CounterState,
    Post,
    Service,
    ServiceGroup,
    SignIn,
    Ticket,
    number_text,
)
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names

NOT_SEEN = timedelta(minutes=3)
"""A program says once a minute that it runs; one that has not for so long does not."""
TIMES_ITS_LENGTH = 3
"""A service that lasts so many times as long as it usually takes is looked at."""

TICKET = Ticket.__table__  # type: ignore[attr-defined]
COUNTER = Counter.__table__  # type: ignore[attr-defined]
CLERK = Clerk.__table__  # type: ignore[attr-defined]
PRIMARY = CLERK.alias("primary_clerk")
POST = Post.__table__  # type: ignore[attr-defined]
GROUP = ServiceGroup.__table__  # type: ignore[attr-defined]
TAKES = CounterGroup.__table__  # type: ignore[attr-defined]
SERVICE = Service.__table__  # type: ignore[attr-defined]
SIGN_IN = SignIn.__table__  # type: ignore[attr-defined]

COUNTERS = Prepared(
    select(
        COUNTER.c.id,
        COUNTER.c.number,
        COUNTER.c.names,
        COUNTER.c.zone,
        COUNTER.c.state,
        COUNTER.c.pause_reason,
        COUNTER.c.pause_until,
        CLERK.c.id,
        CLERK.c.staff_number,
        CLERK.c.name,
        PRIMARY.c.id,
        PRIMARY.c.name,
        SIGN_IN.c.since,
        SIGN_IN.c.seen_at,
        TICKET.c.prefix,
        TICKET.c.number,
        TICKET.c.state,
        TICKET.c.called_at,
        TICKET.c.started_at,
        SERVICE.c.names,
        SERVICE.c.minutes,
    )
    .select_from(
        COUNTER.outerjoin(CLERK, CLERK.c.id == COUNTER.c.clerk_id)
        .outerjoin(POST, POST.c.counter_id == COUNTER.c.id)
        .outerjoin(PRIMARY, and_(PRIMARY.c.id == POST.c.primary_id, PRIMARY.c.withdrawn.is_(False)))
        .outerjoin(SIGN_IN, SIGN_IN.c.counter_id == COUNTER.c.id)
        .outerjoin(
            TICKET,
            and_(
                TICKET.c.counter_id == COUNTER.c.id,
                TICKET.c.business_day == bindparam("today"),
                literal_column("ticket.state IN ('called', 'serving')"),
            ),
        )
        .outerjoin(SERVICE, SERVICE.c.id == TICKET.c.service_id)
    )
    .where(COUNTER.c.hall_id == bindparam("hall"), COUNTER.c.withdrawn.is_(False))
    .order_by(COUNTER.c.number)
)
GROUPS = Prepared(
    select(TAKES.c.counter_id, GROUP.c.code, GROUP.c.prefix, GROUP.c.names, TAKES.c.lent_by_id)
    .select_from(TAKES.join(GROUP, GROUP.c.id == TAKES.c.group_id))
    .where(GROUP.c.hall_id == bindparam("hall"))
    .order_by(GROUP.c.position, GROUP.c.id)
)


@dataclass(frozen=True)
class GroupTaken:
    code: str
    prefix: str
    names: Names
    lent_for: int | None
    """The paused counter for which it is taken; None: the counter's own."""


@dataclass(frozen=True)
class InHand:
    number: str
    state: str
    """"called" or "serving"."""
    since: datetime
    """Called, or served from then on."""
    service: Names
    minutes: int
    """How long serving it usually takes."""

    def lasts_long(self, now: datetime) -> bool:
        return now - self.since > timedelta(minutes=TIMES_ITS_LENGTH * self.minutes)


@dataclass(frozen=True)
class CounterNow:
    id: int
    number: int
    names: Names
    zone: str
    state: str
    pause_reason: str
    pause_until: datetime | None
    """Local; None: until the clerk says otherwise."""
    pause_overdue: bool
    clerk_id: int | None
    staff_number: str
    clerk: str
    """Empty at a closed counter."""
    stands_in_for: str
    """The post's A, when somebody else sits there."""
    since: datetime | None
    """Local, of the sign-in; None where nobody is signed in."""
    seen: bool
    """False: its program is signed in and has not been heard of for a while."""
    groups: tuple[GroupTaken, ...]
    in_hand: InHand | None

    def takes(self, code: str) -> bool:
        return any(group.code == code for group in self.groups)


def read_counters(
    session: Session, rules: HallRules, today: date, now: datetime
) -> tuple[CounterNow, ...]:
    rows = COUNTERS.all(session, hall=rules.hall_id, today=today)
    numbers = {row[0]: row[1] for row in rows}
    groups: dict[int, list[GroupTaken]] = {}
    for counter, code, prefix, names, lent_by in GROUPS.all(session, hall=rules.hall_id):
        taken = GroupTaken(code, plain(prefix), plain_names(names), numbers.get(lent_by))
        groups.setdefault(counter, []).append(taken)
    return tuple(counter_now(rules, row, tuple(groups.get(row[0], ())), now) for row in rows)


def counter_now(
    rules: HallRules, row: tuple[Any, ...], groups: tuple[GroupTaken, ...], now: datetime
) -> CounterNow:
    id_, number, names, zone, state, reason, until, *rest = row
    clerk_id, staff_number, clerk, primary_id, primary, since, seen_at, *ticket = rest
    closed = state == CounterState.CLOSED
    stands_in = not closed and primary_id is not None and primary_id != clerk_id
    return CounterNow(
        id=id_,
        number=number,
        names=plain_names(names),
        zone=plain(zone),
        state=state,
        pause_reason=plain(reason or ""),
        pause_until=rules.local(until) if until is not None else None,
        pause_overdue=until is not None and until <= now,
        clerk_id=None if closed else clerk_id,
        staff_number="" if closed else plain(staff_number or ""),
        clerk="" if closed else plain(clerk or ""),
        stands_in_for=plain(primary) if stands_in else "",
        since=rules.local(since) if since is not None else None,
        seen=seen_at is None or now - seen_at <= NOT_SEEN,
        groups=groups,
        in_hand=in_hand(*ticket) if ticket[0] is not None else None,
    )


def in_hand(
    prefix: str,
    number: int,
    state: str,
    called_at: datetime | None,
    started_at: datetime | None,
    service: Names,
    minutes: int,
) -> InHand:
    since = started_at or called_at
    assert since is not None
    return InHand(number_text(prefix, number), state, since, plain_names(service), minutes)
