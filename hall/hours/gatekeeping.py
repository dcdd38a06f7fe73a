"""Whether a number is given now: to whoever asks for one, and for every matter at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Service, Ticket, TicketOrigin
from hall.errors.hours import QuotaReached
from hall.hall_rules import HallRules
from hall.hours import opening_hours
from hall.hours.gate import OPEN, Gate
from hall.tickets import expected_waits
from hall.tickets.hall_ahead import Expected

TICKET = Ticket.__table__  # type: ignore[attr-defined]
SERVICE = Service.__table__  # type: ignore[attr-defined]

GIVEN = Prepared(
    select(func.count())
    .select_from(TICKET.join(SERVICE, SERVICE.c.id == TICKET.c.service_id))
    .where(
        TICKET.c.hall_id == bindparam("hall"),
        TICKET.c.business_day == bindparam("today"),
        SERVICE.c.code == bindparam("service"),
        TICKET.c.origin == TicketOrigin.KIOSK.value,
        TICKET.c.issued_at >= bindparam("since"),
    )
)


def gates(
    session: Session, rules: HallRules, services: Iterable[Service], now: datetime
) -> dict[str, Gate]:
    """By code, whether each of these matters gets numbers now."""
    services = list(services)
    clock = opening_hours.by_the_clock(rules, now)
    if not clock.is_open:
        return {service.code: clock for service in services}
    waits = {}
    if opening_hours.session_at(rules, now) is not None:
        waits = expected_waits.by_group(session, rules, now)
    return {
        service.code: gate_of(session, rules, service, waits.get(service.group_id), now)
        for service in services
    }


def gate_of(
    session: Session, rules: HallRules, service: Service, expected: Expected | None, now: datetime
) -> Gate:
    """Of one matter, when the clock allows numbers."""
    quota = by_the_quota(session, rules, service, now)
    line = by_the_line(rules, service, expected, now)
    return quota if line.is_open or not quota.is_open else line


def by_the_line(
    rules: HallRules, service: Service, expected: Expected | None, now: datetime
) -> Gate:
    wait = timedelta(seconds=expected.mean_s) if expected is not None else None
    return opening_hours.by_the_line(rules, wait, timedelta(minutes=service.minutes), now)


def by_the_quota(session: Session, rules: HallRules, service: Service, now: datetime) -> Gate:
    """Needs a write transaction where a number follows: only that keeps two kiosks from giving
    the last one twice."""
    quota = rules.numbers.quotas.get(service.code)
    if quota is None:
        return OPEN
    since = opening_hours.counted_since(rules, now)
    row = GIVEN.one(
        session,
        hall=rules.hall_id,
        today=rules.business_day(now),
        service=service.code,
        since=since,
    )
    assert row is not None
    remaining = max(0, quota - row[0])
    if remaining:
        return Gate(remaining=remaining)
    return opening_hours.closed(rules, QuotaReached, now, quota=quota)
