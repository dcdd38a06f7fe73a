"""存档: what was printed is kept, can be shown, and proved unchanged years later.

Documents are kept as the very pictures sent; a ticket as its content, from which the layout of that
version draws the same dots again. Either way the hash of the dots stands in the journal, whose
rows cannot be changed unseen.
"""

import hashlib
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from db import journal
from db.tables import PrintAttempt, PrintJob, PrintJobKind, SlipPicture
from hall.fingerprint import fingerprint
from hall.printing import reprints


@dataclass(frozen=True)
class Piece:
    """One piece of paper: rows from the top, eight dots to a byte, the leftmost highest."""

    width: int
    height: int
    dots: bytes


class Damage(StrEnum):
    """How what is kept differs from what was sent."""

    PICTURE = "picture"
    CONTENT = "content"
    JOURNAL = "journal"
    """The journal knows of no such print."""


@dataclass(frozen=True)
class Archived:
    """One time a slip was sent to a printer."""

    job: PrintJob
    attempt: PrintAttempt
    pieces: tuple[Piece, ...]
    """Empty for a ticket: it is kept as its content."""
    damage: frozenset[Damage]


def sha256(pieces: Sequence[Piece]) -> str:
    """Of the dots of all pieces, in order, each with its size."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(f"{piece.width}x{piece.height}\n".encode())
        digest.update(piece.dots)
    return digest.hexdigest()


def keep(session: Session, job_id: int, attempt: int, pieces: Sequence[Piece]) -> None:
    for number, piece in enumerate(pieces, start=1):
        session.add(
            SlipPicture(
                job_id=job_id,
                attempt=attempt,
                piece=number,
                width=piece.width,
                height=piece.height,
                dots=zlib.compress(piece.dots, 9),
            )
        )


def drop(session: Session, job_id: int, attempt: int) -> None:
    """Nothing of it was sent after all."""
    for row in pictures_of(session, job_id, attempt):
        session.delete(row)
    session.flush()


def pictures_of(session: Session, job_id: int, attempt: int) -> list[SlipPicture]:
    return list(
        session.exec(
            select(SlipPicture)
            .where(SlipPicture.job_id == job_id, SlipPicture.attempt == attempt)
            .order_by(col(SlipPicture.piece))
        ).all()
    )


def archived(session: Session, hall_id: int, subject: str) -> list[Archived]:
    """Every time a slip of "notice/3" or "ticket/17" was sent, in order."""
    told = {
        (entry.after.get("picture_sha256"), entry.after.get("content_sha256"))
        for entry in journal.entries(session, hall_id, subject=subject)
        if entry.after and entry.what.startswith("print.")
    }
    found = []
    for job in reprints.prints_of(session, hall_id, subject):
        attempts = session.exec(
            select(PrintAttempt)
            .where(PrintAttempt.job_id == job.id)
            .order_by(col(PrintAttempt.number))
        ).all()
        for attempt in attempts:
            rows = pictures_of(session, attempt.job_id, attempt.number)
            pieces = unpacked(rows)
            damage = set()
            is_document = job.kind != PrintJobKind.TICKET and attempt.layout_version
            if is_document and sha256(pieces) != attempt.picture_sha256:
                damage.add(Damage.PICTURE)
            if attempt.ended_at is not None and attempt.layout_version:
                damage |= differences(told, attempt.picture_sha256, fingerprint(job.content))
            found.append(Archived(job, attempt, pieces, frozenset(damage)))
    return found


def differences(
    told: set[tuple[str | None, str | None]], picture: str, content: str
) -> set[Damage]:
    """Between what is kept and what the journal was told."""
    if (picture, content) in told:
        return set()
    return {Damage.CONTENT if any(one == picture for one, _ in told) else Damage.JOURNAL}


def unpacked(rows: Sequence[SlipPicture]) -> tuple[Piece, ...]:
    """What cannot be unpacked is left out, so that the hash of the rest does not fit."""
    pieces = []
    for row in rows:
        with suppress(zlib.error):
            pieces.append(Piece(row.width, row.height, zlib.decompress(row.dots)))
    return tuple(pieces)


def subjects(session: Session, hall_id: int, after_id: int = 0, limit: int = 500) -> list[PrintJob]:
    """First prints in the order they were asked for, some at a time: `after_id` is the last one's
    id of those before."""
    return list(
        session.exec(
            select(PrintJob)
            .where(
                PrintJob.hall_id == hall_id,
                PrintJob.print_number == 1,
                col(PrintJob.id) > after_id,
            )
            .order_by(col(PrintJob.id))
            .limit(limit)
        ).all()
    )
