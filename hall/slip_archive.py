"""存档: what was printed is kept, can be shown, and proved unchanged years later.

Documents are kept as the very pictures sent; a ticket as its content, from which the layout of that
version draws the same dots again. Either way the hash of the dots stands in the journal, whose
rows cannot be changed unseen.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db import journal
from db.tables import PrintAttempt, SlipPicture
from hall import reprints


@dataclass(frozen=True)
class Piece:
    """One piece of paper: rows from the top, eight dots to a byte, the leftmost highest."""

    width: int
    height: int
    dots: bytes


@dataclass(frozen=True)
class Archived:
    """One time a slip was sent to a printer."""

    attempt: PrintAttempt
    key: str
    reprint: bool
    pieces: tuple[Piece, ...]
    """Empty for a ticket: it is kept as its content."""
    damaged: bool
    """The pictures are not the ones that were sent, or the journal knows of no such print."""


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
        entry.after.get("picture_sha256")
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
            pieces, whole = unpacked(rows)
            damaged = not whole or (bool(rows) and sha256(pieces) != attempt.picture_sha256)
            unknown = attempt.ended_at is not None and attempt.picture_sha256 not in told
            found.append(
                Archived(attempt, job.key, job.reprint, pieces, damaged=damaged or unknown)
            )
    return found


def unpacked(rows: Sequence[SlipPicture]) -> tuple[tuple[Piece, ...], bool]:
    """The pieces that can be read, and whether that is all of them."""
    pieces = []
    for row in rows:
        try:
            pieces.append(Piece(row.width, row.height, zlib.decompress(row.dots)))
        except zlib.error:
            continue
    return tuple(pieces), len(pieces) == len(rows)
