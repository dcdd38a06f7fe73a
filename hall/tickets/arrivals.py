"""The moment somebody comes, and the number given for it."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Ticket
from hall import number_series

TICKET = Ticket.__table__  # type: ignore[attr-defined]

LAST = select(func.max(TICKET.c.id)).scalar_subquery()
NEWEST = Prepared(select(TICKET.c.business_day, TICKET.c.issued_at).where(TICKET.c.id == LAST))
NUMBER = number_series.taking(
    select(TICKET.c.business_day).where(TICKET.c.id == LAST).scalar_subquery(),
    select(TICKET.c.issued_at).where(TICKET.c.id == LAST).scalar_subquery(),
)
"""With the same of the newest ticket: a statement less for every number."""


def arrival(session: Session, today: date, now: datetime) -> datetime:
    """When somebody who comes now has come: after everybody else.

    A clock set back must not put a newcomer before those who wait, nor beside them.
    """
    return after(NEWEST.one(session), today, now)


def take_number(
    session: Session, hall_id: int, prefix: str, today: date, now: datetime
) -> tuple[int, datetime]:
    """The day's next number of these groups, and its arrival. Needs a write transaction."""
    series = f"{today}/{prefix}"
    row = NUMBER.one(session, hall=hall_id, name=series)
    if row is None:
        return number_series.begin(session, hall_id, series), arrival(session, today, now)
    return row[0], after(row[1:], today, now)


def after(newest: tuple[date | None, datetime] | None, today: date, now: datetime) -> datetime:
    if newest is None or newest[0] != today:
        return now
    return max(now, newest[1] + timedelta(microseconds=1))
