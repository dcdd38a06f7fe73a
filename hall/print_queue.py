"""The fate of print jobs: taken in order, sent, printed; or unknown, expired, failed.

One spooler per printer calls these, one at a time. What changes a job's fate goes into the journal.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from db import journal
from db.tables import PrinterHealth, PrinterState, PrintJob, PrintJobKind, PrintJobState
from db.tables.outbox import OPEN_JOB

REPRINT_TRIES = 10
"""A printer that spoils every slip must not do so for ever with the same one."""


@dataclass(frozen=True)
class Job:
    """A print job as the spooler needs it."""

    id: int
    key: str
    kind: str
    content: dict[str, Any]
    reprint: bool
    error: str
    """Why it is not printed yet."""


def next_job(session: Session, hall_id: int, printer: str) -> Job | None:
    """The oldest that waits, expired or not; None when nothing waits.

    Reprints come first: whoever gets one took the number before those who wait for theirs.
    """
    row = session.exec(
        select(PrintJob)
        .where(
            OPEN_JOB,
            PrintJob.hall_id == hall_id,
            PrintJob.printer == printer,
            PrintJob.state == PrintJobState.QUEUED,
        )
        .order_by(col(PrintJob.reprint).desc(), col(PrintJob.id))
        .limit(1)
    ).first()
    if row is None:
        return None
    assert row.id is not None
    return Job(row.id, row.key, row.kind, row.content, row.reprint, row.error)


def has_expired(session: Session, hall_id: int, printer: str, now: datetime) -> bool:
    """Asked before `expire`, which needs a write transaction."""
    return bool(open_jobs(session, hall_id, printer, PrintJobState.QUEUED, expired_at=now))


def expire(session: Session, hall_id: int, printer: str, now: datetime) -> int:
    """Give up what waited too long: a slip that comes out an hour late misleads."""
    rows = open_jobs(session, hall_id, printer, PrintJobState.QUEUED, expired_at=now)
    for row in rows:
        row.state, row.finished_at = PrintJobState.EXPIRED, now
        tell(session, row, "print.expired", row.error, now)
    return len(rows)


def is_sending(session: Session, hall_id: int, printer: str) -> bool:
    """Asked before `recover`, which needs a write transaction."""
    return bool(open_jobs(session, hall_id, printer, PrintJobState.SENDING))


def recover(session: Session, hall_id: int, printer: str, now: datetime) -> int:
    """At the start of a spooler: nobody knows what became of what the last one was sending."""
    rows = open_jobs(session, hall_id, printer, PrintJobState.SENDING)
    for row in rows:
        assert row.id is not None
        mark_broken_off(session, row.id, "the spooler ended while sending", now)
    return len(rows)


def open_jobs(
    session: Session,
    hall_id: int,
    printer: str,
    state: PrintJobState,
    *,
    expired_at: datetime | None = None,
) -> list[PrintJob]:
    statement = select(PrintJob).where(
        OPEN_JOB,
        PrintJob.hall_id == hall_id,
        PrintJob.printer == printer,
        PrintJob.state == state,
    )
    if expired_at is not None:
        statement = statement.where(PrintJob.expires_at <= expired_at)
    return list(session.exec(statement.order_by(col(PrintJob.id))).all())


def mark_sending(session: Session, job_id: int, picture_sha256: str, now: datetime) -> bool:
    """Commit this before the first byte leaves. False when the job waits no longer."""
    row = session.get(PrintJob, job_id)
    if row is None or row.state != PrintJobState.QUEUED or row.expires_at <= now:
        return False
    row.state, row.sent_at = PrintJobState.SENDING, now
    row.attempts += 1
    row.picture_sha256 = picture_sha256
    return True


def put_back(session: Session, job_id: int, why: str, now: datetime) -> None:
    """Nothing of it has left after all: it waits again."""
    row = session.get(PrintJob, job_id)
    if row is not None and row.state == PrintJobState.SENDING:
        row.state, row.sent_at, row.picture_sha256 = PrintJobState.QUEUED, None, ""
        row.error = why


def note_why_waiting(session: Session, job_id: int, why: str, now: datetime) -> None:
    row = session.get(PrintJob, job_id)
    if row is not None and row.state == PrintJobState.QUEUED and row.error != why:
        row.error = why


def mark_printed(session: Session, job_id: int, acknowledged_by: str, now: datetime) -> None:
    """`acknowledged_by`: how the printer said so; "pause" means that it did not."""
    row = session.get(PrintJob, job_id)
    if row is not None and row.state == PrintJobState.SENDING:
        row.state, row.finished_at, row.error = PrintJobState.PRINTED, now, ""
        tell(session, row, "print.printed", "", now, acknowledged_by=acknowledged_by)


def mark_failed(session: Session, job_id: int, why: str, now: datetime) -> None:
    """It cannot be drawn, now or ever; those behind it go on."""
    row = session.get(PrintJob, job_id)
    if row is not None and row.state == PrintJobState.QUEUED:
        row.state, row.finished_at, row.error = PrintJobState.FAILED, now, why
        tell(session, row, "print.failed", why, now)


def mark_unknown(session: Session, job_id: int, why: str, now: datetime) -> None:
    """Bytes have left and nobody knows what became of them.

    A ticket's citizen stands at the kiosk: one slip more, marked as a reprint, does no harm. A
    notice is signed on paper: staff look first and reprint it themselves.
    """
    row = session.get(PrintJob, job_id)
    if row is None or row.state != PrintJobState.SENDING:
        return
    row.state, row.finished_at, row.error = PrintJobState.UNKNOWN, now, why
    tell(session, row, "print.unknown", why, now)
    if row.kind == PrintJobKind.TICKET and not row.reprint and row.expires_at > now:
        add_reprint(session, row, row.expires_at, now)


def mark_broken_off(session: Session, job_id: int, why: str, now: datetime) -> None:
    """The line broke or the program ended, so that most likely nothing whole is on paper.

    The first print is unknown. A ticket's reprint is marked anyway, so it is tried again, and as
    reprints come first, what waits behind it is not lost to a printer that breaks off every slip.
    """
    row = session.get(PrintJob, job_id)
    if row is None or row.state != PrintJobState.SENDING:
        return
    is_marked_ticket = row.kind == PrintJobKind.TICKET and row.reprint
    if is_marked_ticket and row.attempts < REPRINT_TRIES and row.expires_at > now:
        row.state, row.error = PrintJobState.QUEUED, why
        tell(session, row, "print.broken_off", why, now)
    else:
        mark_unknown(session, job_id, why, now)


def reprint(
    session: Session,
    hall_id: int,
    subject: str,
    lifetime: timedelta,
    now: datetime,
    *,
    who: str = "",
) -> bool | None:
    """Print the slip of "ticket/17" or "notice/3" once more, because a person asks for it.

    Marked unless no print of it was ever sent. False when one is waiting to be printed already;
    None when there never was one.
    """
    rows = prints_of(session, hall_id, subject)
    if not rows:
        return None
    if any(row.state in (PrintJobState.QUEUED, PrintJobState.SENDING) for row in rows):
        return False
    marked = any(row.sent_at is not None for row in rows)
    added = add_reprint(session, rows[0], now + lifetime, now, marked=marked)
    tell(session, added, "print.reprint_asked", "", now, who=who)
    return True


def prints_of(session: Session, hall_id: int, subject: str) -> list[PrintJob]:
    """Every print of "ticket/17" or "notice/3", the first one first."""
    kind, _, number = subject.partition("/")
    if kind not in ("ticket", "notice") or not (number.isascii() and number.isdigit()):
        return []
    of_subject = f"{kind}/{int(number)}"
    return list(
        session.exec(
            select(PrintJob)
            .where(
                PrintJob.hall_id == hall_id,
                # "ticket/17/1", "ticket/17/2"…: "0" is the character after "/".
                PrintJob.key > f"{of_subject}/",
                PrintJob.key < f"{of_subject}0",
            )
            .order_by(col(PrintJob.id))
        ).all()
    )


def add_reprint(
    session: Session,
    first: PrintJob,
    expires_at: datetime,
    now: datetime,
    *,
    marked: bool = True,
) -> PrintJob:
    subject = subject_of(first)
    print_number = len(prints_of(session, first.hall_id, subject)) + 1
    added = PrintJob(
        hall_id=first.hall_id,
        key=f"{subject}/{print_number}",
        kind=first.kind,
        printer=first.printer,
        ticket_id=first.ticket_id,
        notice_id=first.notice_id,
        content=first.content,
        reprint=marked,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(added)
    session.flush()
    return added


def note_health(
    session: Session, hall_id: int, printer: str, state: PrinterState, detail: str, now: datetime
) -> None:
    row = session.get(PrinterHealth, (hall_id, printer))
    if row is None:
        row = PrinterHealth(hall_id=hall_id, printer=printer, state=state.value, seen_at=now)
        session.add(row)
    row.state, row.detail, row.seen_at = state.value, detail, now


def health(session: Session, hall_id: int) -> list[PrinterHealth]:
    """What is known of every printer of the hall."""
    return list(
        session.exec(
            select(PrinterHealth)
            .where(PrinterHealth.hall_id == hall_id)
            .order_by(col(PrinterHealth.printer))
        ).all()
    )


def subject_of(row: PrintJob) -> str:
    return f"ticket/{row.ticket_id}" if row.ticket_id is not None else f"notice/{row.notice_id}"


def tell(
    session: Session,
    row: PrintJob,
    what: str,
    why: str,
    now: datetime,
    *,
    who: str = "system",
    **facts: Any,
) -> None:
    session.flush()
    journal.append(
        session,
        row.hall_id,
        journal.Entry(
            what,
            who=who,
            place=f"printer {row.printer}",
            subject=subject_of(row),
            why=why,
            after={
                "key": row.key,
                "state": str(row.state),
                "reprint": row.reprint,
                "picture_sha256": row.picture_sha256,
                **facts,
            },
        ),
        now,
    )
