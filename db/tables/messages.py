"""What people of the hall ask of each other and tell each other while they work."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.tables.columns import UtcDateTime, one_of


class HelpKind(StrEnum):
    DUTY_MANAGER = "duty_manager"
    """带班领导 is asked to come."""
    EMERGENCY = "emergency"
    """Somebody is ill or in danger: everyone on duty sees it."""
    PAUSE = "pause"
    """The last counter of a matter asks leave to pause; granted, it pauses at once."""
    ASSISTANT = "assistant"
    """引导员: a citizen at a kiosk asks for somebody who helps there."""


OPEN_HELP = text("ended_at IS NULL")
"""Beside any condition on open requests: SQLite takes a partial index only where its own words
stand in the query."""
UNREAD = text("read_at IS NULL")


class HelpRequest(SQLModel, table=True):
    """求助: asked at a counter, the desk or a kiosk, until somebody has answered it."""

    __tablename__ = "help_request"
    __table_args__ = (
        one_of("kind", HelpKind, "kind"),
        CheckConstraint("kind <> 'pause' OR counter_id IS NOT NULL", name="pause_of_a_counter"),
        Index(  # asking twice is asking once
            "uq_help_request_open",
            "hall_id",
            "place",
            "kind",
            unique=True,
            sqlite_where=OPEN_HELP,
            postgresql_where=OPEN_HELP,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    kind: str
    place: str
    """As the journal names it: "counter 3", "desk", "kiosk east"."""
    counter_id: int | None = Field(default=None, foreign_key="counter.id")
    clerk_id: int | None = Field(default=None, foreign_key="clerk.id")
    """Who asks; None: a citizen, or nobody said."""
    words: str
    """Why; of a pause: what the sign would say; of an assistant: the language the citizen reads."""
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Of a pause; None: until the clerk says otherwise."""
    asked_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="clerk.id")
    granted: bool | None = None
    """Of a pause; None while it is open, or when it was withdrawn."""
    answer: str = ""
    """What is told to whoever asked."""


class CounterMessage(SQLModel, table=True):
    """A short word from the desk or a manager to one counter, until it is read there."""

    __tablename__ = "counter_message"
    __table_args__ = (
        Index(
            "ix_counter_message_unread",
            "counter_id",
            "id",
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    counter_id: int = Field(foreign_key="counter.id")
    sender_id: int | None = Field(default=None, foreign_key="clerk.id")
    """None: the hall itself, e.g. that one stands in now."""
    text: str
    sent_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    read_by_id: int | None = Field(default=None, foreign_key="clerk.id")
