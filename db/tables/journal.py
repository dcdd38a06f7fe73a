"""The journal's table; `db.journal` appends to it and verifies it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime

REFUSED = text(
    "what IN ('account.counter_taken', 'account.locked', 'account.not_allowed', "
    "'account.not_responsible', 'account.refused')"
)
"""What supervision looks for among all the others."""


class JournalEntry(SQLModel, table=True):
    """One thing that happened. No row is ever changed or removed; no personal data in it."""

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("hall_id", "sequence"),
        # The life of a ticket, however many years of others lie around it.
        Index("ix_journal_subject", "hall_id", "subject", "sequence"),
        Index(
            "ix_journal_refused",
            "hall_id",
            "sequence",
            sqlite_where=REFUSED,
            postgresql_where=REFUSED,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    sequence: int
    """1, 2, 3… without gaps within a hall."""
    at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    what: str
    """A past fact: "ticket.issued", "counter.paused"."""
    who: str = ""
    """Staff number; empty for a citizen at a kiosk, "system" for the product itself."""
    place: str = ""
    """"counter 4", "kiosk", "import"."""
    subject: str = ""
    """"ticket/17", "notice/3", "counter/4": whose life it belongs to."""
    why: str = ""
    before: dict[str, Any] | None = Field(default=None, sa_type=Json)
    after: dict[str, Any] | None = Field(default=None, sa_type=Json)
    previous_hash: str
    hash: str


class JournalWords(SQLModel, table=True):
    """What somebody said of a row in their own words; no part of its hash, so it can be erased."""

    __tablename__ = "journal_words"

    hall_id: int = Field(primary_key=True, foreign_key="hall.id")
    sequence: int = Field(primary_key=True)
    """Of the journal's row."""
    words: str
