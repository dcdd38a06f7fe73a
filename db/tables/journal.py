"""The journal's table; `db.journal` appends to it and verifies it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime


class JournalEntry(SQLModel, table=True):
    """One thing that happened. No row is ever changed or removed; no personal data in it."""

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("hall_id", "sequence"),
        # The life of a ticket, however many years of others lie around it.
        Index("ix_journal_subject", "hall_id", "subject", "sequence"),
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
