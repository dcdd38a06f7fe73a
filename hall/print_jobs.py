"""Slips to be printed: rows written with what they tell, carried out by the spooler.

Content of a ticket slip:
    hall, service: names by language; number: "A012"; counters: [3, 5]; ahead: people;
    wait_low_s, wait_high_s: seconds or None; issued_at: ISO, local; code: for the QR;
    class: priority class; language: the citizen's; phone: supervision.
Content of a notice: `hall.notices.content`.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import PrintJob, PrintJobKind

TABLE = PrintJob.__table__  # type: ignore[attr-defined]

ADD = Prepared(
    insert(TABLE).values(
        hall_id=bindparam("hall_id"),
        key=bindparam("key"),
        kind=bindparam("kind"),
        printer="default",
        ticket_id=bindparam("ticket_id"),
        notice_id=bindparam("notice_id"),
        content=bindparam("content"),
        reprint=False,
        state="queued",
        created_at=bindparam("created_at"),
        expires_at=bindparam("expires_at"),
        attempts=0,
        error="",
        picture_sha256="",
    )
)

NOTICE_LIFETIME = timedelta(days=1)
"""A notice is worth printing as long as its citizen may still be in the hall or be called back."""


def add_ticket(
    session: Session,
    hall_id: int,
    ticket_id: int,
    content: dict[str, Any],
    lifetime: timedelta,
    now: datetime,
) -> None:
    """The key makes a second slip of the same ticket impossible, whoever asks."""
    ADD.all(
        session,
        hall_id=hall_id,
        key=f"ticket/{ticket_id}/1",
        kind=PrintJobKind.TICKET.value,
        ticket_id=ticket_id,
        notice_id=None,
        content=content,
        created_at=now,
        expires_at=now + lifetime,
    )


def add_notice(
    session: Session, hall_id: int, notice_id: int, content: dict[str, Any], now: datetime
) -> None:
    """One job for both copies: neither counts as given before both are out."""
    ADD.all(
        session,
        hall_id=hall_id,
        key=f"notice/{notice_id}/1",
        kind=PrintJobKind.NOTICE.value,
        ticket_id=None,
        notice_id=notice_id,
        content=content,
        created_at=now,
        expires_at=now + NOTICE_LIFETIME,
    )
