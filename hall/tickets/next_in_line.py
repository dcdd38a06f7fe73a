"""Who is next: the earliest due, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal_column, or_, select, true, update
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import CounterGroup, PriorityClass, Ticket
from hall.settings import HallSettings

# -- rules ---------------------------------------------------------------------------------------


def target_wait(priority_class: PriorityClass, numbers: HallSettings) -> timedelta:
    """How long one of this class should wait at most."""
    match priority_class:
        case PriorityClass.ORDINARY:
            minutes = numbers.ordinary_target_minutes
        case PriorityClass.URGENT:
            minutes = numbers.urgent_target_minutes
        case _:
            minutes = numbers.privileged_target_minutes
    return timedelta(minutes=minutes)


def due_at(arrived_at: datetime, priority_class: PriorityClass, numbers: HallSettings) -> datetime:
    """When this ticket should be called at the latest; the earliest due is next.

    A privileged ticket is due sooner than an ordinary one of the same minute, but never before one
    that has waited long: the line ages by itself.
    """
    return arrived_at + target_wait(priority_class, numbers)


def ordinary_first(in_a_row: float, limit: int) -> bool:
    """After `limit` privileged in a row a counter takes an ordinary ticket, if one waits."""
    return in_a_row >= limit


def in_a_row_after(in_a_row: int, priority_class: str) -> int:
    """How many privileged in a row a counter has called, once it has called this one."""
    return 0 if priority_class == PriorityClass.ORDINARY else in_a_row + 1


Line = tuple[str, int | None]
"""Those who are called by the same counters: of a group, or kept for one counter or one clerk."""


def line_of(group_id: int, counter_id: int | None, clerk_id: int | None) -> Line:
    """Which line a ticket stands in; `for_whom` says the same to the database."""
    if counter_id is not None:
        return "counter", counter_id
    if clerk_id is not None:
        return "clerk", clerk_id
    return "group", group_id


def lines_at(
    groups: Iterable[int], counter_id: int | None, clerk_id: int | None
) -> frozenset[Line]:
    """Which lines a counter calls from."""
    kept = {("counter", counter_id), ("clerk", clerk_id)}
    return frozenset({("group", group) for group in groups} | kept)


@dataclass(frozen=True)
class Why:
    """Why this ticket was called now; kept with the call, shown to anyone who asks."""

    rule: str
    """"earliest_due", "ordinary_in_turn" (enough privileged in a row), "chosen" or "recall"."""
    due_at: str
    """ISO, UTC."""
    waited_s: int
    told: str = ""
    """What the clerk said about it."""

    def facts(self) -> dict[str, Any]:
        return dict(vars(self))


# -- operations ----------------------------------------------------------------------------------

TICKET = Ticket.__table__  # type: ignore[attr-defined]
SERVED = CounterGroup.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Claimed:
    ticket_id: int
    prefix: str
    number: int
    service_id: int
    priority_class: str
    language: str
    issued_at: datetime
    due_at: datetime


def for_whom(counter_id: Any, clerk_id: Any) -> ColumnElement[bool]:
    """Which tickets of the line this counter calls: of its groups, but for those that wait for
    another counter or clerk alone; and those that wait for it or its clerk, whatever they are."""
    served = select(SERVED.c.group_id).where(SERVED.c.counter_id == counter_id)
    for_all = TICKET.c.reserved_counter_id.is_(None) & TICKET.c.reserved_clerk_id.is_(None)
    return or_(
        TICKET.c.reserved_counter_id == counter_id,
        TICKET.c.reserved_clerk_id == clerk_id,
        for_all & TICKET.c.group_id.in_(served),
    )


def _claim(only: Any) -> Prepared:
    # 'waiting' stands as a literal: bound, it would keep SQLite from the partial index until it
    # has looked at the value, at each call.
    first = (
        select(TICKET.c.id)
        .where(
            TICKET.c.state == literal_column("'waiting'"),
            TICKET.c.hall_id == bindparam("hall"),
            TICKET.c.business_day == bindparam("today"),
            for_whom(bindparam("counter"), bindparam("clerk")),
            only,
        )
        .order_by(TICKET.c.due_at, TICKET.c.id)
        .limit(1)
        .scalar_subquery()
    )
    return Prepared(
        update(TICKET)
        .where(TICKET.c.id == first)
        .values(
            state=literal_column("'called'"),
            counter_id=bindparam("counter"),
            clerk_id=bindparam("clerk"),
            calls=1,
            called_at=bindparam("at"),
            last_called_at=bindparam("at"),
        )
        .returning(
            TICKET.c.id,
            TICKET.c.prefix,
            TICKET.c.number,
            TICKET.c.service_id,
            TICKET.c.priority_class,
            TICKET.c.language,
            TICKET.c.issued_at,
            TICKET.c.due_at,
        )
    )


CLAIM_ANY = _claim(true())
CLAIM_ORDINARY = _claim(TICKET.c.priority_class == literal_column("'ordinary'"))


def claim(
    session: Session,
    *,
    hall_id: int,
    counter_id: int,
    clerk_id: int,
    today: date,
    ordinary_first: bool,
    now: datetime,
) -> tuple[Claimed, Why] | None:
    """Take the next ticket for this counter; None when nobody waits for it.

    Needs a write transaction: only that keeps two counters from calling the same person.
    """
    session.flush()
    given = {
        "hall": hall_id,
        "counter": counter_id,
        "clerk": clerk_id,
        "today": today,
        "at": now,
    }
    row, rule = None, "earliest_due"
    if ordinary_first:
        row, rule = CLAIM_ORDINARY.one(session, **given), "ordinary_in_turn"
    if row is None:
        row, rule = CLAIM_ANY.one(session, **given), "earliest_due"
    if row is None:
        return None
    session.expire_all()  # what the session has loaded of this ticket is not so any more
    claimed = Claimed(*row)
    return claimed, why(rule, claimed.issued_at, claimed.due_at, now)


def why(rule: str, issued_at: datetime, due: datetime, now: datetime, told: str = "") -> Why:
    waited = max(0, round((now - issued_at).total_seconds()))
    return Why(rule, due.isoformat(timespec="seconds"), waited, told)
