"""The journal (流水账): append to it, read it, verify its chain.

Each row carries the hash of the one before, so that a row changed, removed or slipped in later is
found. Personal data stands outside it and can be erased without breaking the chain.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, desc, insert, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables.journal import JournalEntry, JournalWords

TABLE = JournalEntry.__table__  # type: ignore[attr-defined]
WORDS = JournalWords.__table__  # type: ignore[attr-defined]
FIRST_HASH = "0" * 64

ROW_MISSING = "it is missing; the next is row {next}"
ROW_SLIPPED_IN = "it does not continue the row before"
ROW_CHANGED = "it is not what was written"

HEAD = Prepared(
    select(TABLE.c.sequence, TABLE.c.hash, TABLE.c.at)
    .where(TABLE.c.hall_id == bindparam("hall_id"))
    .order_by(desc(TABLE.c.sequence))
    .limit(1)
)
LAST_OF = Prepared(
    select(TABLE.c.at)
    .where(TABLE.c.hall_id == bindparam("hall_id"), TABLE.c.subject == bindparam("subject"))
    .order_by(desc(TABLE.c.sequence))
    .limit(1)
)
APPEND = Prepared(
    insert(TABLE).values(
        {column.name: bindparam(column.name) for column in TABLE.c if column.name != "id"}
    )
)


@dataclass(frozen=True)
class Entry:
    """What is told of one thing that happened; `JournalEntry` has the meaning of each field."""

    what: str
    who: str = ""
    place: str = ""
    subject: str = ""
    why: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    words: str = ""
    """Of a person, who may name somebody: kept beside the row and outside its hash."""


def append(session: Session, hall_id: int, entry: Entry, now: datetime) -> None:
    """Needs a write transaction: the hash of the row before must stay the one before."""
    head = HEAD.one(session, hall_id=hall_id)
    sequence, previous_hash = (head[0] + 1, head[1]) if head else (1, FIRST_HASH)
    told = {
        "what": entry.what,
        "who": entry.who,
        "place": entry.place,
        "subject": entry.subject,
        "why": entry.why,
        "before": entry.before,
        "after": entry.after,
    }
    APPEND.all(
        session,
        hall_id=hall_id,
        sequence=sequence,
        at=now,
        previous_hash=previous_hash,
        hash=chained(previous_hash, hall_id, sequence, now, told),
        **told,
    )
    if entry.words:
        session.add(JournalWords(hall_id=hall_id, sequence=sequence, words=entry.words))


def words_of(session: Session, hall_id: int, sequences: Collection[int]) -> dict[int, str]:
    """What was said in own words of these rows, where anything was and is not erased."""
    rows = session.scalars(
        select(JournalWords).where(
            WORDS.c.hall_id == hall_id, WORDS.c.sequence.in_(sorted(sequences))
        )
    )
    return {row.sequence: row.words for row in rows}


def last_at(session: Session, hall_id: int) -> datetime | None:
    """When something last happened in this hall; None when nothing has."""
    head = HEAD.one(session, hall_id=hall_id)
    return head[2] if head else None


def last_of(session: Session, hall_id: int, subject: str) -> datetime | None:
    """When something was last told of this subject; None when nothing was."""
    found = LAST_OF.one(session, hall_id=hall_id, subject=subject)
    return found[0] if found else None


def newest_of(session: Session, hall_id: int, subject: str) -> JournalEntry | None:
    """The last row of this subject; None when there is none."""
    return session.scalars(
        select(JournalEntry)
        .where(TABLE.c.hall_id == hall_id, TABLE.c.subject == subject)
        .order_by(desc(TABLE.c.sequence))
        .limit(1)
    ).first()


def last_sequence(session: Session, hall_id: int) -> int:
    """The number of the newest row; 0 before the first."""
    head = HEAD.one(session, hall_id=hall_id)
    return int(head[0]) if head else 0


def newest(session: Session, hall_id: int, limit: int) -> Iterator[JournalEntry]:
    """Rows from the last one backwards, so many at most."""
    yield from session.scalars(
        select(JournalEntry)
        .where(TABLE.c.hall_id == hall_id)
        .order_by(desc(TABLE.c.sequence))
        .limit(limit)
        .execution_options(yield_per=50)
    )


def chained(
    previous_hash: str, hall_id: int, sequence: int, at: datetime, told: dict[str, Any]
) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = orjson.dumps(
        [previous_hash, hall_id, sequence, moment, told], option=orjson.OPT_SORT_KEYS
    )
    return hashlib.sha256(text).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What verifying found; `broken_at` is the first sequence number that does not fit, or None."""

    entries: int
    broken_at: int | None
    why: str = ""
    """The English source of a sentence, with `facts` for its places."""
    facts: dict[str, int] = field(default_factory=dict)

    @property
    def intact(self) -> bool:
        return self.broken_at is None


def verify(session: Session, hall_id: int) -> Verdict:
    """Walk the whole chain from its first row.

    Rows cut off at the end leave a shorter, valid chain: compare the count and the last hash with
    a backup's to see that.
    """
    previous_hash, expected = FIRST_HASH, 1
    for row in entries(session, hall_id):
        if row.sequence != expected:
            return Verdict(expected - 1, expected, ROW_MISSING, {"next": row.sequence})
        told = {
            "what": row.what,
            "who": row.who,
            "place": row.place,
            "subject": row.subject,
            "why": row.why,
            "before": row.before,
            "after": row.after,
        }
        if row.previous_hash != previous_hash:
            return Verdict(expected - 1, expected, ROW_SLIPPED_IN)
        if row.hash != chained(previous_hash, hall_id, row.sequence, row.at, told):
            return Verdict(expected - 1, expected, ROW_CHANGED)
        previous_hash, expected = row.hash, expected + 1
    return Verdict(expected - 1, None)


def entries(
    session: Session, hall_id: int, *, subject: str | None = None, after: int = 0
) -> Iterator[JournalEntry]:
    """Rows in the order they were written; of one subject, or all."""
    statement = (
        select(JournalEntry)
        .where(TABLE.c.hall_id == hall_id, TABLE.c.sequence > after)
        .order_by(TABLE.c.sequence)
    )
    if subject is not None:
        statement = statement.where(TABLE.c.subject == subject)
    yield from session.scalars(statement.execution_options(yield_per=500))
