"""What a change causes outside the database: written with it, carried out afterwards."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime, one_of


class AnnouncementState(StrEnum):
    QUEUED = "queued"
    PLAYING = "playing"
    DONE = "done"
    EXPIRED = "expired"
    """Too old to be spoken, or overtaken by events; the board has shown it."""
    FAILED = "failed"
    """Nobody heard it; `error` says why."""


QUEUED = text("state = 'queued'")
CALL_PRIORITY = 5
"""What is more urgent has a smaller number."""
OPEN_ANNOUNCEMENT = text("state IN ('queued', 'playing')")
"""Beside any condition on such a state: SQLite takes a partial index only where its own words
stand in the query."""


class Announcement(SQLModel, table=True):
    """A call waiting to be spoken."""

    __table_args__ = (
        one_of("state", AnnouncementState, "state"),
        Index(
            "ix_announcement_queued",
            "hall_id",
            "zone",
            "priority",
            "id",
            sqlite_where=OPEN_ANNOUNCEMENT,
            postgresql_where=OPEN_ANNOUNCEMENT,
        ),
        Index(  # pressing recall again before it was spoken adds nothing
            "uq_announcement_queued",
            "hall_id",
            "zone",
            "subject",
            unique=True,
            sqlite_where=QUEUED,
            postgresql_where=QUEUED,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    zone: str
    subject: str
    """What it is about, e.g. "ticket/17"; one of a subject is queued at a time."""
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    counter_id: int | None = Field(default=None, foreign_key="counter.id")
    priority: int = CALL_PRIORITY
    """Lower is sooner."""
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)
    """{"number": "A012", "counter": 3, "languages": ["zh", "en"], "own": "en"}, or {"text": …}."""
    state: str = AnnouncementState.QUEUED
    created_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """An emergency is said again after a while; None: at once."""
    expires_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    fence: int | None = None
    """Of the speaker that took it; a speaker with an older one has lost the zone."""
    error: str = ""


class SpeakerZone(SQLModel, table=True):
    """Who may speak in an acoustic zone: a lease, so that two voices never sound at once."""

    __tablename__ = "speaker_zone"

    hall_id: int = Field(foreign_key="hall.id", primary_key=True)
    zone: str = Field(primary_key=True)
    owner: str
    fence: int
    lease_until: datetime = Field(sa_type=UtcDateTime, nullable=False)
