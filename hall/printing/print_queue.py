"""The fate of print jobs: taken in order, sent, printed; or unknown, expired, failed.

One spooler per printer calls these, one at a time. What changes a job's fate goes into the journal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from db import journal
from db.tables import (
    AttemptOutcome,
    PrintAttempt,
    PrintJob,
    PrintJobKind,
    PrintJobState,
    Ticket,
    TicketState,
)
from db.tables.printing import OPEN_JOB
from hall.fingerprint import fingerprint
from hall.printing import reprints, slip_archive
from hall.printing.slip_archive import Piece

TRIES = 10
"""A printer that spoils every slip must not do so for ever with the same one."""

SERVED = (TicketState.FINISHED, TicketState.EXPIRED)
"""Nobody needs the slip of such a ticket any more."""


@dataclass(frozen=True)
class Job:
    """A print job as the spooler needs it."""

    id: int
    key: str
    kind: str
    content: dict[str, Any]
    reprint: bool
    pieces_out: int
    """So many of its pieces are out already."""
    error: str
    """Why it is not printed yet."""


@dataclass(frozen=True)
class Drawn:
    """What is about to be sent."""

    layout_version: int
    pieces: Sequence[Piece]


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
    return Job(row.id, row.key, row.kind, row.content, row.reprint, row.pieces_out, row.error)


def has_expired(session: Session, hall_id: int, printer: str, now: datetime) -> bool:
    """Asked before `expire`, which needs a write transaction."""
    return bool(expired(session, hall_id, printer, now))


def expire(session: Session, hall_id: int, printer: str, now: datetime) -> int:
    """Give up what nobody needs any more: a slip that comes out an hour late misleads."""
    rows = expired(session, hall_id, printer, now)
    for row in rows:
        row.state, row.finished_at = PrintJobState.EXPIRED, now
        tell(session, row, "print.expired", row.error, now)
    return len(rows)


def expired(session: Session, hall_id: int, printer: str, now: datetime) -> list[PrintJob]:
    """Jobs past their time, and slips of tickets that have been served without one."""
    served = (
        select(Ticket.id)
        .where(Ticket.id == PrintJob.ticket_id, col(Ticket.state).in_(SERVED))
        .exists()
    )
    return list(
        session.exec(
            select(PrintJob)
            .where(
                OPEN_JOB,
                PrintJob.hall_id == hall_id,
                PrintJob.printer == printer,
                PrintJob.state == PrintJobState.QUEUED,
                or_(col(PrintJob.expires_at) <= now, served),
            )
            .order_by(col(PrintJob.id))
        ).all()
    )


def is_sending(session: Session, hall_id: int, printer: str) -> bool:
    """Asked before `recover`, which needs a write transaction."""
    return bool(sending(session, hall_id, printer))


def last_outcome(session: Session, hall_id: int, printer: str) -> AttemptOutcome | None:
    """How the last slip sent to this printer ended, whoever has its job now; None at first.

    Jobs are sent in about the order of their ids, so the newest few hold the last one; walked back
    to by the key, which ends early for a printer that is in use.
    """
    newest = session.exec(
        select(PrintAttempt)
        .where(PrintAttempt.printer == printer)
        .order_by(col(PrintAttempt.job_id).desc(), col(PrintAttempt.number).desc())
        .limit(20)
    ).all()
    here = [one for one in newest if session.get_one(PrintJob, one.job_id).hall_id == hall_id]
    last = max(here, key=lambda attempt: attempt.started_at, default=None)
    return AttemptOutcome(last.outcome) if last is not None else None


def recover(session: Session, hall_id: int, printer: str, now: datetime) -> int:
    """At the start of a spooler: nobody knows what became of what the last one was sending."""
    rows = sending(session, hall_id, printer)
    for row in rows:
        assert row.id is not None
        mark_unknown(session, row.id, "the spooler ended while sending", now)
    return len(rows)


def sending(session: Session, hall_id: int, printer: str) -> list[PrintJob]:
    return list(
        session.exec(
            select(PrintJob)
            .where(
                OPEN_JOB,
                PrintJob.hall_id == hall_id,
                PrintJob.printer == printer,
                PrintJob.state == PrintJobState.SENDING,
            )
            .order_by(col(PrintJob.id))
        ).all()
    )


def mark_sending(session: Session, job_id: int, printer: str, drawn: Drawn, now: datetime) -> bool:
    """Commit this before the first byte leaves; documents are archived with it.

    False when the job waits no longer, or not for this printer.
    """
    row = session.get(PrintJob, job_id)
    if (
        row is None
        or row.state != PrintJobState.QUEUED
        or row.printer != printer
        or row.expires_at <= now
    ):
        return False
    row.state, row.sent_at = PrintJobState.SENDING, now
    row.attempts += 1
    session.add(
        PrintAttempt(
            job_id=job_id,
            number=row.attempts,
            printer=printer,
            started_at=now,
            layout_version=drawn.layout_version,
            width_dots=drawn.pieces[0].width,
            picture_sha256=slip_archive.sha256(drawn.pieces),
        )
    )
    session.flush()
    if row.kind != PrintJobKind.TICKET:
        slip_archive.keep(session, job_id, row.attempts, drawn.pieces)
    return True


def put_back(session: Session, job_id: int, why: str, now: datetime) -> None:
    """Nothing of it has left after all: it waits again, and it was no attempt."""
    row = in_sending(session, job_id)
    if row is None:
        return
    slip_archive.drop(session, job_id, row.attempts)
    session.delete(session.get_one(PrintAttempt, (job_id, row.attempts)))
    row.attempts -= 1
    row.state, row.error = PrintJobState.QUEUED, why
    if not row.attempts:
        row.sent_at = None


def note_why_waiting(session: Session, job_id: int, why: str, now: datetime) -> None:
    row = session.get(PrintJob, job_id)
    if row is not None and row.state == PrintJobState.QUEUED and row.error != why:
        row.error = why


def mark_printed(session: Session, job_id: int, acknowledged_by: str, now: datetime) -> None:
    """`acknowledged_by`: how the printer said so; "pause" means that it did not."""
    row = in_sending(session, job_id)
    if row is None:
        return
    end_attempt(session, row, AttemptOutcome.PRINTED, "", now, acknowledged_by)
    row.state, row.finished_at, row.error = PrintJobState.PRINTED, now, ""
    tell(session, row, "print.printed", "", now, acknowledged_by=acknowledged_by)


def mark_failed(session: Session, job_id: int, why: str, now: datetime) -> None:
    """It cannot be drawn, now or ever; those behind it go on."""
    row = session.get(PrintJob, job_id)
    if row is not None and row.state == PrintJobState.QUEUED:
        row.state, row.finished_at, row.error = PrintJobState.FAILED, now, why
        tell(session, row, "print.failed", why, now)


def mark_not_out(session: Session, job_id: int, why: str, pieces_out: int, now: datetime) -> None:
    """It broke off before its cut: no whole slip of it exists, so it is sent again as it was.

    `pieces_out`: so many pieces before the one that broke off are out and are not sent again.
    """
    row = in_sending(session, job_id)
    if row is None:
        return
    end_attempt(session, row, AttemptOutcome.NOT_OUT, why, now)
    row.pieces_out = pieces_out
    row.state, row.error = PrintJobState.QUEUED, why
    what = "print.broken_off"
    if row.attempts >= TRIES:
        row.state, row.finished_at, what = PrintJobState.FAILED, now, "print.failed"
    tell(session, row, what, why, now)


def mark_unknown(session: Session, job_id: int, why: str, now: datetime) -> None:
    """Nobody knows whether it is on paper.

    A ticket's citizen stands at the kiosk: one slip more, marked as a reprint, does no harm, and
    a marked one is sent until it is out. A notice is signed on paper: staff look first and
    reprint it themselves.
    """
    row = in_sending(session, job_id)
    if row is None:
        return
    end_attempt(session, row, AttemptOutcome.UNKNOWN, why, now)
    is_ticket = row.kind == PrintJobKind.TICKET and row.expires_at > now
    if is_ticket and row.reprint and row.attempts < TRIES:
        row.state, row.error = PrintJobState.QUEUED, why
        tell(session, row, "print.broken_off", why, now)
        return
    row.state, row.finished_at, row.error = PrintJobState.UNKNOWN, now, why
    tell(session, row, "print.unknown", why, now)
    if is_ticket and not row.reprint:
        reprints.add(session, row, row.expires_at, now, printer=row.printer)


def mark_handed_over(session: Session, job_id: int, why: str, now: datetime) -> None:
    """The printer took all of it and lives, but never said that it is out: most likely it is.

    As `mark_unknown`, but a reprint is not sent again.
    """
    row = in_sending(session, job_id)
    if row is not None and row.reprint:
        end_attempt(session, row, AttemptOutcome.UNKNOWN, why, now)
        row.state, row.finished_at, row.error = PrintJobState.UNKNOWN, now, why
        tell(session, row, "print.unknown", why, now)
    else:
        mark_unknown(session, job_id, why, now)


def in_sending(session: Session, job_id: int) -> PrintJob | None:
    row = session.get(PrintJob, job_id)
    return row if row is not None and row.state == PrintJobState.SENDING else None


def end_attempt(
    session: Session,
    row: PrintJob,
    outcome: AttemptOutcome,
    why: str,
    now: datetime,
    acknowledged_by: str = "",
) -> None:
    attempt = session.get_one(PrintAttempt, (row.id, row.attempts))
    attempt.outcome, attempt.why, attempt.ended_at = outcome.value, why, now
    attempt.acknowledged_by = acknowledged_by


def tell(session: Session, row: PrintJob, what: str, why: str, now: datetime, **facts: Any) -> None:
    """The journal has the hash of what was sent, so that the archive cannot be changed unseen."""
    session.flush()
    sent = session.get(PrintAttempt, (row.id, row.attempts))
    journal.append(
        session,
        row.hall_id,
        journal.Entry(
            what,
            who="system",
            place=f"printer {row.printer}",
            subject=row.subject,
            why=why,
            after={
                "key": row.key,
                "state": str(row.state),
                "reprint": row.reprint,
                "content_sha256": fingerprint(row.content),
                "picture_sha256": sent.picture_sha256 if sent else "",
                **facts,
            },
        ),
        now,
    )
