"""Calls waiting to be spoken: rows written with the call, carried out by the speaker."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, literal_column, update
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Announcement
from db.tables.outbox import CALL_PRIORITY

TABLE = Announcement.__table__  # type: ignore[attr-defined]

QUEUED = TABLE.c.state == literal_column("'queued'")

REFRESH = Prepared(
    update(TABLE)
    .where(QUEUED, TABLE.c.hall_id == bindparam("hall"), TABLE.c.subject == bindparam("about"))
    .where(TABLE.c.zone == bindparam("in_zone"))
    .values(
        content=bindparam("content"),
        counter_id=bindparam("counter_id"),
        expires_at=bindparam("expires_at"),
    )
    .returning(TABLE.c.id)
)
ADD = Prepared(
    insert(TABLE).values(
        hall_id=bindparam("hall"),
        zone=bindparam("in_zone"),
        subject=bindparam("about"),
        ticket_id=bindparam("ticket_id"),
        counter_id=bindparam("counter_id"),
        priority=CALL_PRIORITY,
        content=bindparam("content"),
        state="queued",
        created_at=bindparam("created_at"),
        expires_at=bindparam("expires_at"),
        attempts=0,
        error="",
    )
)
WITHDRAW = Prepared(
    update(TABLE)
    .where(QUEUED, TABLE.c.hall_id == bindparam("hall"), TABLE.c.subject == bindparam("about"))
    .values(state=literal_column("'expired'"), finished_at=bindparam("at"))
)


def subject_of(ticket_id: int) -> str:
    return f"ticket/{ticket_id}"


def add_call(
    session: Session,
    hall_id: int,
    zone: str,
    ticket_id: int,
    number: str,
    counter: tuple[int, int],
    languages: list[str],
    own: str,
    lifetime: timedelta,
    now: datetime,
    *,
    again: bool,
) -> None:
    """`counter` is its id and its number, `own` the citizen's language.

    `again`: the ticket was called before. A call of it that still waits to be spoken is then
    replaced: it may be another counter that calls now. Who waits in the line has none waiting.
    """
    counter_id, counter_number = counter
    content = {"number": number, "counter": counter_number, "languages": languages, "own": own}
    given = {
        "hall": hall_id,
        "in_zone": zone,
        "about": subject_of(ticket_id),
        "counter_id": counter_id,
        "content": content,
        "expires_at": now + lifetime,
    }
    if not again or REFRESH.one(session, **given) is None:
        ADD.all(session, ticket_id=ticket_id, created_at=now, **given)


def withdraw(session: Session, hall_id: int, ticket_id: int, now: datetime) -> None:
    """The citizen has come, or the call is off: what was not spoken yet stays silent."""
    WITHDRAW.all(session, hall=hall_id, about=subject_of(ticket_id), at=now)
