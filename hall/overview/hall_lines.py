"""The lines of the whole hall as they stand: who waits for what, how long, and who takes it.

Every text in it can reach a terminal as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, case, func, literal_column, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Service, ServiceGroup, Ticket
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names
from hall.overview.hall_counters import CounterNow

TICKET = Ticket.__table__  # type: ignore[attr-defined]
GROUP = ServiceGroup.__table__  # type: ignore[attr-defined]
SERVICE = Service.__table__  # type: ignore[attr-defined]

FOR_ALL = TICKET.c.reserved_counter_id.is_(None) & TICKET.c.reserved_clerk_id.is_(None)
WAITING = Prepared(
    select(
        TICKET.c.group_id,
        SERVICE.c.code,
        SERVICE.c.names,
        func.count(),
        func.sum(case((FOR_ALL, 1), else_=0)),
        func.min(TICKET.c.issued_at),
        func.sum(case((TICKET.c.due_at < bindparam("at"), 1), else_=0)),
        func.min(TICKET.c.due_at),
    )
    .select_from(TICKET.join(SERVICE, SERVICE.c.id == TICKET.c.service_id))
    .where(
        literal_column("ticket.state = 'waiting'"),
        TICKET.c.hall_id == bindparam("hall"),
        TICKET.c.business_day == bindparam("today"),
    )
    .group_by(TICKET.c.group_id, SERVICE.c.id)
    .order_by(SERVICE.c.position)
)
HELD = Prepared(
    select(TICKET.c.group_id, func.count())
    .where(
        literal_column("ticket.state = 'held'"),
        TICKET.c.hall_id == bindparam("hall"),
        TICKET.c.business_day == bindparam("today"),
    )
    .group_by(TICKET.c.group_id)
)
GROUPS = Prepared(
    select(GROUP.c.id, GROUP.c.code, GROUP.c.prefix, GROUP.c.names, GROUP.c.withdrawn)
    .where(GROUP.c.hall_id == bindparam("hall"))
    .order_by(GROUP.c.position, GROUP.c.id)
)


@dataclass(frozen=True)
class ServiceNow:
    code: str
    names: Names
    waiting: int
    for_all: int
    """Not kept for one counter or clerk."""
    oldest_at: datetime
    overdue: int
    """Whose target wait is over."""
    due_at: datetime
    """Of the first of them."""


@dataclass(frozen=True)
class LineNow:
    code: str
    prefix: str
    names: Names
    services: tuple[ServiceNow, ...]
    """Only those somebody waits for."""
    held: int
    taken_at: tuple[int, ...]
    """Open counters that take it."""
    could_take: tuple[int, ...]
    """Those that take it and are paused or closed."""

    @property
    def waiting(self) -> int:
        return sum(one.waiting for one in self.services)

    @property
    def overdue(self) -> int:
        return sum(one.overdue for one in self.services)

    @property
    def oldest_at(self) -> datetime | None:
        return min((one.oldest_at for one in self.services), default=None)

    @property
    def due_at(self) -> datetime | None:
        return min((one.due_at for one in self.services), default=None)

    @property
    def nobody_takes_it(self) -> bool:
        """Somebody waits whom no open counter would ever call."""
        return not self.taken_at and any(one.for_all for one in self.services)


def read_lines(
    session: Session,
    rules: HallRules,
    counters: Sequence[CounterNow],
    today: date,
    now: datetime,
) -> tuple[LineNow, ...]:
    """Every group; a withdrawn one as long as somebody waits or is put aside for it."""
    given: Mapping[str, Any] = {"hall": rules.hall_id, "today": today}
    services: dict[int, list[ServiceNow]] = {}
    for group, code, names, count, for_all, oldest, overdue, due in WAITING.all(
        session, at=now, **given
    ):
        line = ServiceNow(
            plain(code), plain_names(names), count, for_all or 0, oldest, overdue or 0, due
        )
        services.setdefault(group, []).append(line)
    held = dict(HELD.all(session, **given))
    return tuple(
        LineNow(
            plain(code),
            plain(prefix),
            plain_names(names),
            tuple(services.get(group, ())),
            held.get(group, 0),
            tuple(one.number for one in counters if one.takes(code) and one.state == "open"),
            tuple(one.number for one in counters if one.takes(code) and one.state != "open"),
        )
        for group, code, prefix, names, withdrawn in GROUPS.all(session, hall=rules.hall_id)
        if not withdrawn or group in services or group in held
    )
