"""评价: the citizen rates a visit, once; no clerk sees, skips or changes it (好差评)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, desc, literal_column, select
from sqlmodel import Session

from db import journal
from db.prepared import Prepared
from db.tables import JournalEntry, Rating, Ticket, TicketState, number_text
from hall.errors.cases import AlreadyRated, NoSuchRating, VisitNotOver
from hall.errors.tickets import UnknownTicket
from hall.hall_rules import HallRules
from hall.tickets.ticket_course import COURSE, Step

STARS = range(1, 6)
"""5 非常满意 … 1 非常不满意."""
DIMENSIONS = ("efficiency", "manner", "competence")
"""办事效率, 服务态度, 业务水平: asked after the stars, each answered or not."""
GIVEN = "rating.given"
MOST_LOOKED_AT = 2000
"""Rows of the journal; a hall in a hurry writes a few hundred while a rating is asked for."""

TURNS = {
    step.entry
    for (origin, step), state in COURSE.items()
    if origin is not state
    and state in (TicketState.CALLED, TicketState.SERVING, TicketState.FINISHED)
}
"""What puts a citizen before a counter, or ends the visit."""

JOURNAL = JournalEntry.__table__  # type: ignore[attr-defined]
RATING = Rating.__table__  # type: ignore[attr-defined]
TICKET = Ticket.__table__  # type: ignore[attr-defined]

# By the order of the journal, not by time: a clock set back must not ask for another's visit.
LAST_AT_COUNTER = Prepared(
    select(JOURNAL.c.sequence, JOURNAL.c.what, JOURNAL.c.subject, JOURNAL.c.at)
    .where(
        JOURNAL.c.hall_id == bindparam("hall"),
        JOURNAL.c.sequence > bindparam("after"),
        JOURNAL.c.place == bindparam("place"),
        JOURNAL.c.what.in_([literal_column(f"'{what}'") for what in sorted(TURNS)]),
    )
    .order_by(desc(JOURNAL.c.sequence))
    .limit(1)
)
VISIT = Prepared(
    select(
        TICKET.c.prefix,
        TICKET.c.number,
        TICKET.c.state,
        TICKET.c.business_day,
        RATING.c.ticket_id,
    )
    .select_from(TICKET.outerjoin(RATING, RATING.c.ticket_id == TICKET.c.id))
    .where(TICKET.c.id == bindparam("ticket"))
)


@dataclass(frozen=True)
class Asked:
    """A visit that can be rated at its counter now."""

    sequence: int
    """The row of the journal that finished it: undone and finished again, it is asked anew."""
    ticket_id: int
    number: str
    until: datetime


def waiting_for_rating(
    session: Session, rules: HallRules, counter: int, now: datetime
) -> Asked | None:
    """The visit finished last at this counter, for `rating_seconds`, unless it is rated.

    None once the counter has turned to another ticket: nobody rates over the next one's head.
    Whether the counter has paused or closed since makes no difference.
    """
    last = LAST_AT_COUNTER.one(
        session,
        hall=rules.hall_id,
        after=journal.last_sequence(session, rules.hall_id) - MOST_LOOKED_AT,
        place=f"counter {counter}",
    )
    if last is None or last[1] != Step.FINISHED.entry:
        return None
    sequence, _, subject, finished_at = last
    left = timedelta(seconds=rules.numbers.rating_seconds) - abs(now - finished_at)
    ticket_id = int(subject.partition("/")[2])
    visit = VISIT.one(session, ticket=ticket_id)
    if visit is None or left <= timedelta():
        return None
    prefix, number, state, business_day, rated = visit
    if (
        state != TicketState.FINISHED
        or business_day != rules.business_day(now)
        or rated is not None
    ):
        return None
    return Asked(sequence, ticket_id, number_text(prefix, number), now + left)


def is_rated(session: Session, ticket_id: int | None) -> bool:
    return session.get(Rating, ticket_id) is not None


def rate(
    session: Session,
    rules: HallRules,
    ticket_id: int,
    stars: int,
    now: datetime,
    *,
    place: str,
) -> Rating:
    """Keep what the citizen thinks of a visit of today; it cannot be taken back.

    The journal learns that somebody rated, not who or how: clerks read it.
    Needs a write transaction. Raises NoSuchRating, UnknownTicket, VisitNotOver, AlreadyRated.
    """
    if stars not in STARS:
        raise NoSuchRating(stars=stars)
    ticket = session.get(Ticket, ticket_id)
    if (
        ticket is None
        or ticket.hall_id != rules.hall_id
        or ticket.business_day != rules.business_day(now)
    ):
        raise UnknownTicket(number=ticket.name if ticket else ticket_id)
    if is_rated(session, ticket_id):
        raise AlreadyRated(number=ticket.name)
    if ticket.state != TicketState.FINISHED:
        raise VisitNotOver(number=ticket.name)
    rating = Rating(
        ticket_id=ticket_id,
        hall_id=rules.hall_id,
        stars=stars,
        counter_id=ticket.counter_id,
        clerk_id=ticket.clerk_id,
        rated_at=now,
        place=place,
    )
    session.add(rating)
    session.flush()
    journal.append(session, rules.hall_id, journal.Entry(GIVEN, place=place, subject="rating"), now)
    return rating


def add_dimensions(session: Session, ticket_id: int, more: Mapping[str, int]) -> None:
    """What the same citizen answers besides the stars; what is answered stays.

    Raises NoSuchRating. Needs a write transaction; nothing where the visit was not rated.
    """
    rating = session.get(Rating, ticket_id)
    if rating is None:
        return
    for dimension, stars in more.items():
        if stars not in STARS or dimension not in DIMENSIONS:
            raise NoSuchRating(stars=stars)
        if getattr(rating, dimension) is None:
            setattr(rating, dimension, stars)
    session.flush()
