"""What everyone in the hall sees: calls, counters, who waits, what is announced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, desc, func, literal_column, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import (
    Announcement,
    Call,
    Clerk,
    Counter,
    CounterGroup,
    CounterState,
    Post,
    ServiceGroup,
    Ticket,
    TicketState,
    number_text,
)
from db.tables.outbox import OPEN_ANNOUNCEMENT
from hall.announcing import bulletins
from hall.announcing.bulletins import Shown
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names

NEWEST_CALLS = 400
"""So many rows of the newest calls are looked through; recalls and other zones are among them."""
STANDING_CALLS = 24
"""Besides the earlier calls, so many may stand out at one time."""
MISSED_SHOWN = 60


@dataclass(frozen=True)
class BoardCall:
    """The newest call of a ticket to the counter it is at."""

    id: int
    ticket_id: int
    number: str
    counter: int
    called_at: datetime
    speaking: bool
    """The voice says it at this moment."""


@dataclass(frozen=True)
class Spoken:
    """What the voice says at this moment: a call, or a text by language."""

    number: str
    counter: int
    text: Names


@dataclass(frozen=True)
class CounterLine:
    number: int
    names: Names
    sign: str
    state: str
    """"open", "paused" or "closed"."""
    pause_reason: str
    pause_until: datetime | None
    """In the hall's own time; None also when it has passed."""
    clerk: str
    stands_in_for: str
    """The post's A, when somebody else sits there; "" when A does or nobody is."""
    ticket: str
    """The number in hand, "" for none."""


@dataclass(frozen=True)
class GroupWaiting:
    id: int
    prefix: str
    names: Names
    waiting: int


@dataclass(frozen=True)
class BoardView:
    hall: Names
    business_day: date
    calls: tuple[BoardCall, ...]
    """Newest first, one for each ticket; none of those absent or back in the line."""
    spoken: tuple[Spoken, ...]
    missed: tuple[str, ...]
    """Marked absent today, the latest first."""
    counters: tuple[CounterLine, ...]
    groups: tuple[GroupWaiting, ...]
    bulletins: tuple[Names, ...]
    urgent: tuple[Names, ...]
    """Spoken to everyone, and standing: before all else that is announced."""
    emergency: Shown | None
    """Before everything; None: there is none."""


CALL = Call.__table__  # type: ignore[attr-defined]
TICKET = Ticket.__table__  # type: ignore[attr-defined]
COUNTER = Counter.__table__  # type: ignore[attr-defined]
CLERK = Clerk.__table__  # type: ignore[attr-defined]
PRIMARY = CLERK.alias("primary_clerk")
POST = Post.__table__  # type: ignore[attr-defined]
GROUP = ServiceGroup.__table__  # type: ignore[attr-defined]
SERVED = CounterGroup.__table__  # type: ignore[attr-defined]
SPOKEN = Announcement.__table__  # type: ignore[attr-defined]

# The newest by id, not by time: a clock set back must not hide the calls made after it.
LAST_CALL = select(func.max(CALL.c.id)).scalar_subquery()
CALLS = Prepared(
    select(
        CALL.c.id,
        CALL.c.ticket_id,
        TICKET.c.prefix,
        TICKET.c.number,
        TICKET.c.state,
        TICKET.c.counter_id == CALL.c.counter_id,
        COUNTER.c.number,
        COUNTER.c.zone,
        CALL.c.called_at,
    )
    .select_from(
        CALL.join(TICKET, TICKET.c.id == CALL.c.ticket_id).join(
            COUNTER, COUNTER.c.id == CALL.c.counter_id
        )
    )
    .where(
        CALL.c.id > LAST_CALL - NEWEST_CALLS,
        CALL.c.hall_id == bindparam("hall"),
        TICKET.c.business_day == bindparam("today"),
    )
    .order_by(desc(CALL.c.id))
)
PLAYING = Prepared(
    select(
        SPOKEN.c.zone,
        SPOKEN.c.ticket_id,
        SPOKEN.c.content,
        SPOKEN.c.started_at,
    )
    .where(
        OPEN_ANNOUNCEMENT,
        SPOKEN.c.hall_id == bindparam("hall"),
        literal_column("state = 'playing'"),
    )
    .order_by(SPOKEN.c.id)
)
MISSED = Prepared(
    select(TICKET.c.prefix, TICKET.c.number, COUNTER.c.zone)
    .select_from(TICKET.outerjoin(COUNTER, COUNTER.c.id == TICKET.c.counter_id))
    .where(
        TICKET.c.hall_id == bindparam("hall"),
        TICKET.c.business_day == bindparam("today"),
        TICKET.c.state == literal_column("'no_show'"),
    )
    .order_by(desc(TICKET.c.ended_at), desc(TICKET.c.id))
)
COUNTERS = Prepared(
    select(
        COUNTER.c.number,
        COUNTER.c.names,
        COUNTER.c.sign,
        COUNTER.c.zone,
        COUNTER.c.state,
        COUNTER.c.pause_reason,
        COUNTER.c.pause_until,
        CLERK.c.name,
        case((PRIMARY.c.id != CLERK.c.id, PRIMARY.c.name)),
        TICKET.c.prefix,
        TICKET.c.number,
    )
    .select_from(
        COUNTER.outerjoin(CLERK, CLERK.c.id == COUNTER.c.clerk_id)
        .outerjoin(POST, POST.c.counter_id == COUNTER.c.id)
        .outerjoin(PRIMARY, and_(PRIMARY.c.id == POST.c.primary_id, PRIMARY.c.withdrawn.is_(False)))
        .outerjoin(
            TICKET,
            and_(
                TICKET.c.counter_id == COUNTER.c.id,
                TICKET.c.business_day == bindparam("today"),
                TICKET.c.state.in_((literal_column("'called'"), literal_column("'serving'"))),
            ),
        )
    )
    .where(COUNTER.c.hall_id == bindparam("hall"), COUNTER.c.withdrawn.is_(False))
    .order_by(COUNTER.c.number)
)
GROUPS = Prepared(
    select(GROUP.c.id, GROUP.c.prefix, GROUP.c.names, GROUP.c.withdrawn)
    .where(GROUP.c.hall_id == bindparam("hall"))
    .order_by(GROUP.c.position, GROUP.c.id)
)
WAITING = Prepared(
    select(TICKET.c.group_id, func.count())
    .where(
        TICKET.c.state == literal_column("'waiting'"),
        TICKET.c.hall_id == bindparam("hall"),
        TICKET.c.business_day == bindparam("today"),
    )
    .group_by(TICKET.c.group_id)
)
SERVED_IN_ZONE = Prepared(
    select(SERVED.c.group_id)
    .select_from(SERVED.join(COUNTER, COUNTER.c.id == SERVED.c.counter_id))
    .where(
        COUNTER.c.hall_id == bindparam("hall"),
        COUNTER.c.zone == bindparam("in_zone"),
        COUNTER.c.withdrawn.is_(False),
    )
    .distinct()
)


def read_board(
    session: Session, rules: HallRules, now: datetime, last_calls: int, zone: str | None = None
) -> BoardView:
    """Today as the board shows it; `zone` None is the whole hall."""
    today = rules.business_day(now)
    hall = rules.hall_id
    playing = [
        row
        for row in PLAYING.all(session, hall=hall)
        if zone in (None, row[0]) and is_being_spoken(row[3], now, rules)
    ]
    shown = bulletins.shown(session, rules, now)
    return BoardView(
        hall=plain_names(rules.names),
        business_day=today,
        calls=calls(
            CALLS.all(session, hall=hall, today=today),
            zone,
            {ticket for _, ticket, _, _ in playing if ticket is not None},
            last_calls + STANDING_CALLS,
        ),
        spoken=tuple(spoken(content) for _, _, content, _ in playing),
        missed=tuple(
            number_text(prefix, number)
            for prefix, number, where in MISSED.all(session, hall=hall, today=today)
            if zone in (None, where)
        )[:MISSED_SHOWN],
        counters=tuple(
            counter_line(rules, row, now)
            for row in COUNTERS.all(session, hall=hall, today=today)
            if zone in (None, row[3])
        ),
        groups=groups_waiting(session, rules, today, zone),
        bulletins=tuple(one.text for one in shown if not one.urgent),
        urgent=tuple(one.text for one in shown if one.urgent),
        emergency=next((one for one in shown if one.emergency), None),
    )


def is_being_spoken(started_at: datetime | None, now: datetime, rules: HallRules) -> bool:
    """Not when the voice died in the middle: then its row stays as it was."""
    lifetime = timedelta(seconds=rules.numbers.announcement_lifetime_s)
    return started_at is not None and abs(now - started_at) <= lifetime


def calls(
    rows: list[tuple[Any, ...]], zone: str | None, speaking: set[int], limit: int
) -> tuple[BoardCall, ...]:
    """Nobody marked absent, put aside or passed on must still be sent to where that was done."""
    sent = (TicketState.CALLED, TicketState.SERVING, TicketState.FINISHED)
    newest: dict[int, BoardCall] = {}
    for call, ticket, prefix, number, state, still_there, counter, where, called_at in rows:
        shown = state in sent and still_there and zone in (None, where)
        if shown and ticket not in newest:
            newest[ticket] = BoardCall(
                call, ticket, number_text(prefix, number), counter, called_at, ticket in speaking
            )
            if len(newest) == limit:
                break
    return tuple(newest.values())


def spoken(content: Mapping[str, Any]) -> Spoken:
    text = content.get("text") or {}
    return Spoken(
        number=plain(str(content.get("number") or "")),
        counter=int(content.get("counter") or 0),
        text=plain_names(text if isinstance(text, Mapping) else {"zh": text}),
    )


def counter_line(rules: HallRules, row: tuple[Any, ...], now: datetime) -> CounterLine:
    number, names, sign, _, state, reason, until, clerk, primary, prefix, ticket = row
    closed = state == CounterState.CLOSED
    return CounterLine(
        number=number,
        names=plain_names(names),
        sign=plain(sign),
        state=state,
        pause_reason=plain(reason or ""),
        pause_until=rules.local(until) if until is not None and until > now else None,
        clerk=plain(clerk or "") if not closed else "",
        stands_in_for=plain(primary or "") if not closed else "",
        ticket=number_text(prefix, ticket) if ticket is not None else "",
    )


def groups_waiting(
    session: Session, rules: HallRules, today: date, zone: str | None
) -> tuple[GroupWaiting, ...]:
    """Every group of the hall or zone; a withdrawn one as long as somebody waits for it."""
    counts = dict(WAITING.all(session, hall=rules.hall_id, today=today))
    served = None
    if zone is not None:
        served = {
            group for (group,) in SERVED_IN_ZONE.all(session, hall=rules.hall_id, in_zone=zone)
        }
    return tuple(
        GroupWaiting(group, plain(prefix), plain_names(names), counts.get(group, 0))
        for group, prefix, names, withdrawn in GROUPS.all(session, hall=rules.hall_id)
        if (served is None or group in served) and (not withdrawn or counts.get(group))
    )
