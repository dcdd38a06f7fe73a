"""Slips to be printed: rows written with what they tell, carried out by the spooler.

What the content of each kind has to hold stands in its module of `devices.printing.slips`.
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
        subject=bindparam("subject"),
        print_number=1,
        kind=bindparam("kind"),
        printer=bindparam("printer"),
        ticket_id=bindparam("ticket_id"),
        notice_id=bindparam("notice_id"),
        content=bindparam("content"),
        reprint=False,
        reason="",
        asked_by="",
        state="queued",
        created_at=bindparam("created_at"),
        expires_at=bindparam("expires_at"),
        attempts=0,
        pieces_out=0,
        error="",
    )
)

DEFAULT_PRINTER = "default"

DOCUMENT_LIFETIME = timedelta(days=1)
"""A notice is worth printing as long as its citizen may still be in the hall or be called back."""


def add(
    session: Session,
    hall_id: int,
    kind: PrintJobKind,
    subject_id: int | str,
    content: dict[str, Any],
    lifetime: timedelta,
    now: datetime,
    *,
    printer: str = DEFAULT_PRINTER,
) -> None:
    """The first print of a slip, all its copies in one job: none counts before all are out.

    A second first print of the same subject is impossible, whoever asks: IntegrityError.
    """
    ADD.all(
        session,
        hall_id=hall_id,
        subject=f"{kind.value}/{subject_id}",
        kind=kind.value,
        printer=printer,
        ticket_id=subject_id if kind is PrintJobKind.TICKET else None,
        notice_id=subject_id if kind is PrintJobKind.NOTICE else None,
        content=content,
        created_at=now,
        expires_at=now + lifetime,
    )
