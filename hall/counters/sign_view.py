"""What the sign of one counter tells whoever stands before it.

Of a citizen it tells the number alone. Every text in it can reach a terminal as it is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, literal_column, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Clerk, Counter, CounterGroup, CounterState, Post, Service, Ticket, number_text
from hall.announcing import emergencies
from hall.announcing.bulletins import Shown
from hall.cases.ratings import Asked, waiting_for_rating
from hall.errors.counters import UnknownCounter
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names


@dataclass(frozen=True)
class SignClerk:
    """Who sits there, under the own name and number (亮牌)."""

    name: str
    staff_number: str
    title: str
    department: str
    party_member: bool
    stands_in_for: str
    """The post's A, when somebody else sits there; "" when A does or nobody is."""


@dataclass(frozen=True)
class NumberInHand:
    number: str
    state: str
    """"called" or "serving"."""
    service: Names
    called_at: datetime | None
    """The last call that counted."""


@dataclass(frozen=True)
class SignView:
    hall: Names
    number: int
    names: Names
    sign: str
    """共产党员示范岗."""
    state: str
    """"open", "paused" or "closed"."""
    pause_reason: str
    pause_until: datetime | None
    """In the hall's own time; None also when it has passed."""
    taken_over_at: tuple[int, ...]
    """The counters that take its line while it is paused."""
    takes_over: tuple[int, ...]
    """The paused counters whose line is taken here."""
    clerk: SignClerk | None
    """None when it is closed."""
    in_hand: NumberInHand | None
    asked: Asked | None
    """The visit a rating is asked for."""
    emergency: Shown | None
    """Before everything; None: there is none."""


COUNTER = Counter.__table__  # type: ignore[attr-defined]
CLERK = Clerk.__table__  # type: ignore[attr-defined]
PRIMARY = CLERK.alias("primary_clerk")
POST = Post.__table__  # type: ignore[attr-defined]
TICKET = Ticket.__table__  # type: ignore[attr-defined]
SERVICE = Service.__table__  # type: ignore[attr-defined]
LENT = CounterGroup.__table__  # type: ignore[attr-defined]
TAKER = COUNTER.alias("taker")
OWNER = COUNTER.alias("owner")

SIGN = Prepared(
    select(
        COUNTER.c.id,
        COUNTER.c.names,
        COUNTER.c.sign,
        COUNTER.c.state,
        COUNTER.c.pause_reason,
        COUNTER.c.pause_until,
        CLERK.c.id,
        CLERK.c.name,
        CLERK.c.staff_number,
        CLERK.c.title,
        CLERK.c.department,
        CLERK.c.party_member,
        PRIMARY.c.id,
        PRIMARY.c.name,
        TICKET.c.prefix,
        TICKET.c.number,
        TICKET.c.state,
        TICKET.c.last_called_at,
        SERVICE.c.names,
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
        .outerjoin(SERVICE, SERVICE.c.id == TICKET.c.service_id)
    )
    .where(
        COUNTER.c.hall_id == bindparam("hall"),
        COUNTER.c.number == bindparam("number"),
        COUNTER.c.withdrawn.is_(False),
    )
)
TAKEN_OVER = Prepared(
    select(LENT.c.lent_by_id, OWNER.c.number, TAKER.c.number)
    .select_from(
        LENT.join(OWNER, OWNER.c.id == LENT.c.lent_by_id).join(
            TAKER, TAKER.c.id == LENT.c.counter_id
        )
    )
    .where(
        OWNER.c.hall_id == bindparam("hall"),
        TAKER.c.state == literal_column("'open'"),
        (LENT.c.lent_by_id == bindparam("counter")) | (LENT.c.counter_id == bindparam("counter")),
    )
    .distinct()
    .order_by(OWNER.c.number, TAKER.c.number)
)


def read_sign(session: Session, rules: HallRules, number: int, now: datetime) -> SignView:
    """Raises UnknownCounter."""
    row = SIGN.one(session, hall=rules.hall_id, number=number, today=rules.business_day(now))
    if row is None:
        raise UnknownCounter(counter=number)
    counter_id, names, sign, state, reason, until = row[:6]
    lent = TAKEN_OVER.all(session, hall=rules.hall_id, counter=counter_id)
    return SignView(
        hall=plain_names(rules.names),
        number=number,
        names=plain_names(names),
        sign=plain(sign),
        state=state,
        pause_reason=plain(reason or ""),
        pause_until=rules.local(until) if until is not None and until > now else None,
        taken_over_at=tuple(taker for owner, _, taker in lent if owner == counter_id),
        takes_over=tuple(number for owner, number, _ in lent if owner != counter_id),
        clerk=sign_clerk(row[6:14]) if state != CounterState.CLOSED else None,
        in_hand=number_in_hand(row[14:]),
        asked=waiting_for_rating(session, rules, number, now),
        emergency=emergencies.standing(session, rules, now),
    )


def sign_clerk(row: tuple[Any, ...]) -> SignClerk | None:
    clerk_id, name, staff_number, title, department, party_member, primary_id, primary = row
    if clerk_id is None:
        return None
    return SignClerk(
        name=plain(name),
        staff_number=plain(staff_number),
        title=plain(title),
        department=plain(department),
        party_member=bool(party_member),
        stands_in_for=plain(primary) if primary_id not in (None, clerk_id) else "",
    )


def number_in_hand(row: tuple[Any, ...]) -> NumberInHand | None:
    prefix, number, state, called_at, service = row
    if number is None:
        return None
    return NumberInHand(number_text(prefix, number), state, plain_names(service), called_at)
