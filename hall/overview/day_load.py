"""The day so far: how many came, were called and served, half-hour by half-hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Proof, Ticket, TicketOrigin, TicketState
from hall.hall_rules import HallRules

TICKET = Ticket.__table__  # type: ignore[attr-defined]

TODAY = Prepared(
    select(
        TICKET.c.issued_at,
        TICKET.c.called_at,
        TICKET.c.started_at,
        TICKET.c.ended_at,
        TICKET.c.state,
        TICKET.c.served_s,
        TICKET.c.origin,
        TICKET.c.proof,
    ).where(TICKET.c.hall_id == bindparam("hall"), TICKET.c.business_day == bindparam("today"))
)


@dataclass(frozen=True)
class HalfHour:
    start: str
    """"09:30", local."""
    issued: int
    called: int


@dataclass(frozen=True)
class DayNow:
    issued: int
    served: int
    absent: int
    average_wait: timedelta | None
    """Until they were called; without those passed on to another counter."""
    average_service: timedelta | None
    served_late: int
    """延时服务: whose visit ended after the office hours."""
    sooner: int
    """Came with a priority class."""
    unproven: int
    """Of those, who could not show the proof."""
    kiosk_at: datetime | None
    """When the last number was taken at a kiosk, local."""
    load: tuple[HalfHour, ...]
    """From the first half-hour of the office hours or of a ticket to the last."""


def read_day(session: Session, rules: HallRules, today: date) -> DayNow:
    rows = TODAY.all(session, hall=rules.hall_id, today=today)
    waits, services = [], []
    served = absent = served_late = sooner = unproven = 0
    closes_at = None if rules.numbers.numbers_at_any_hour else rules.closes_at(today)
    kiosk_at: datetime | None = None
    for issued_at, called_at, started_at, ended_at, state, served_s, origin, proof in rows:
        served += state == TicketState.FINISHED
        absent += state == TicketState.NO_SHOW
        sooner += proof != Proof.NOT_ASKED
        unproven += proof == Proof.MISSING
        if state == TicketState.FINISHED and closes_at is not None and ended_at is not None:
            served_late += ended_at > closes_at
        if called_at is not None and not served_s and origin != TicketOrigin.COUNTER:
            waits.append(max(called_at - issued_at, timedelta()))
        if state == TicketState.FINISHED and started_at is not None and ended_at is not None:
            services.append(max(ended_at - started_at, timedelta()) + timedelta(seconds=served_s))
        if origin == TicketOrigin.KIOSK:
            kiosk_at = max(kiosk_at, issued_at) if kiosk_at is not None else issued_at
    return DayNow(
        len(rows),
        served,
        absent,
        average(waits),
        average(services),
        served_late,
        sooner,
        unproven,
        rules.local(kiosk_at) if kiosk_at is not None else None,
        load(rules, rows),
    )


def average(lengths: list[timedelta]) -> timedelta | None:
    return sum(lengths, timedelta()) / len(lengths) if lengths else None


def load(rules: HallRules, rows: Iterable[tuple[Any, ...]]) -> tuple[HalfHour, ...]:
    issued: dict[int, int] = {}
    called: dict[int, int] = {}
    for issued_at, called_at, *_ in rows:
        count(issued, rules, issued_at)
        if called_at is not None:
            count(called, rules, called_at)
    places = {*issued, *called}
    for start, end in rules.sessions:
        places |= {half_hour(start), half_hour(end, is_end=True)}
    if not places:
        return ()
    return tuple(
        HalfHour(
            f"{place // 2:02d}:{place % 2 * 30:02d}", issued.get(place, 0), called.get(place, 0)
        )
        for place in range(min(places), max(places) + 1)
    )


def count(into: dict[int, int], rules: HallRules, moment: datetime) -> None:
    local = rules.local(moment)
    place = local.hour * 2 + local.minute // 30
    into[place] = into.get(place, 0) + 1


def half_hour(clock: str, *, is_end: bool = False) -> int:
    hours, minutes = (int(part) for part in clock.split(":"))
    return (hours * 60 + minutes - is_end) // 30
