"""Tickets nobody will call or finish unless somebody does something about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, literal_column, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Clerk, Ticket, number_text
from hall.hall_rules import HallRules
from hall.names import plain
from hall.overview.hall_counters import CounterNow

HELD_LONG = timedelta(minutes=60)
"""Whoever went for a paper has come back by then, or does not."""

TICKET = Ticket.__table__  # type: ignore[attr-defined]
CLERK = Clerk.__table__  # type: ignore[attr-defined]

HELD = Prepared(
    select(TICKET.c.prefix, TICKET.c.number, TICKET.c.counter_id, TICKET.c.held_at)
    .where(
        literal_column("state = 'held'"),
        TICKET.c.hall_id == bindparam("hall"),
        TICKET.c.business_day == bindparam("today"),
    )
    .order_by(TICKET.c.held_at, TICKET.c.id)
)
KEPT = Prepared(
    select(
        TICKET.c.prefix,
        TICKET.c.number,
        TICKET.c.issued_at,
        TICKET.c.reserved_counter_id,
        TICKET.c.reserved_clerk_id,
        CLERK.c.name,
    )
    .select_from(TICKET.outerjoin(CLERK, CLERK.c.id == TICKET.c.reserved_clerk_id))
    .where(
        literal_column("ticket.state = 'waiting'"),
        TICKET.c.hall_id == bindparam("hall"),
        TICKET.c.business_day == bindparam("today"),
        TICKET.c.reserved_counter_id.is_not(None) | TICKET.c.reserved_clerk_id.is_not(None),
    )
    .order_by(TICKET.c.due_at, TICKET.c.id)
)


class Why(StrEnum):
    PROGRAM_GONE = "program_gone"
    """In hand at a counter whose program is not heard of."""
    LASTS_LONG = "lasts_long"
    """In hand for several times as long as its matter usually takes."""
    HELD_LONG = "held_long"
    KEPT_FOR_PAUSED = "kept_for_paused"
    """Waits for one counter or clerk alone, who is not at work."""


@dataclass(frozen=True)
class Stuck:
    number: str
    why: Why
    state: str
    counter: int | None
    """In whose hand, by whom put aside, or for which it is kept; None: for a clerk at none."""
    clerk: str
    since: datetime

    @property
    def held_by(self) -> int | None:
        """As `hall.tickets.releasing.Seen` has it."""
        return None if self.state == "waiting" else self.counter


def read_stuck(
    session: Session,
    rules: HallRules,
    counters: Sequence[CounterNow],
    today: date,
    now: datetime,
) -> tuple[Stuck, ...]:
    given = {"hall": rules.hall_id, "today": today}
    by_id = {one.id: one for one in counters}
    found = [stuck for one in counters if (stuck := stuck_in_hand(one, now)) is not None]
    for prefix, number, counter_id, held_at in HELD.all(session, **given):
        if held_at is not None and now - held_at > HELD_LONG:
            counter = by_id.get(counter_id)
            at = counter.number if counter is not None else None
            clerk = counter.clerk if counter is not None else ""
            name = number_text(prefix, number)
            found.append(Stuck(name, Why.HELD_LONG, "held", at, clerk, held_at))
    for prefix, number, issued_at, counter_id, clerk_id, clerk in KEPT.all(session, **given):
        keeper = keeper_of(by_id, counter_id, clerk_id)
        if keeper is None or keeper.state != "open":
            at = keeper.number if keeper is not None else None
            name = number_text(prefix, number)
            who = plain(clerk or "")
            found.append(Stuck(name, Why.KEPT_FOR_PAUSED, "waiting", at, who, issued_at))
    return tuple(found)


def stuck_in_hand(counter: CounterNow, now: datetime) -> Stuck | None:
    held = counter.in_hand
    if held is None:
        return None
    if not counter.seen or counter.state == "closed":
        why = Why.PROGRAM_GONE
    elif held.lasts_long(now):
        why = Why.LASTS_LONG
    else:
        return None
    return Stuck(held.number, why, held.state, counter.number, counter.clerk, held.since)


def keeper_of(
    by_id: Mapping[int, CounterNow], counter_id: int | None, clerk_id: int | None
) -> CounterNow | None:
    """For whom it is kept: the counter, or where that clerk sits."""
    if counter_id is not None:
        return by_id.get(counter_id)
    return next((one for one in by_id.values() if one.clerk_id == clerk_id), None)
