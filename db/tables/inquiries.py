"""首问责任: questions, and the chain of who answers for them; none leaves without a result."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.tables.columns import UtcDateTime, one_of


class InquiryChannel(StrEnum):
    IN_PERSON = "in_person"
    PHONE = "phone"


class InquiryState(StrEnum):
    OPEN = "open"
    """Somebody has it and owes an answer."""
    ANSWERED = "answered"
    LED = "led"
    """Led to a counter, with a ticket for it."""
    DIRECTED = "directed"
    """Not this centre's: told where to go instead."""


OPEN_INQUIRY = text("state = 'open'")


class Inquiry(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("hall_id", "year", "number"),
        one_of("channel", InquiryChannel, "channel"),
        one_of("state", InquiryState, "state"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_with_a_result"),
        Index(
            "ix_inquiry_open",
            "hall_id",
            "id",
            sqlite_where=OPEN_INQUIRY,
            postgresql_where=OPEN_INQUIRY,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    year: int
    number: int
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    """The ticket it came with, or the one it was led to a counter with."""
    channel: str = InquiryChannel.IN_PERSON
    matter: str
    """What was asked, in the words of whoever was asked first; names nobody."""
    contact: str = ""
    """Where the citizen can be reached, when the answer comes later; erased with the result."""
    first_asked_id: int = Field(foreign_key="clerk.id")
    """首问: the first person asked."""
    responsible_id: int = Field(foreign_key="clerk.id")
    """Who has it now."""
    asked_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    state: str = InquiryState.OPEN
    result: str = ""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class InquiryStep(SQLModel, table=True):
    """One link of the chain."""

    __tablename__ = "inquiry_step"

    inquiry_id: int = Field(foreign_key="inquiry.id", primary_key=True)
    number: int = Field(primary_key=True)
    """1, 2, 3…"""
    at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    by_id: int = Field(foreign_key="clerk.id")
    to_id: int | None = Field(default=None, foreign_key="clerk.id")
    """Who has it from then on; None: it ended with this step."""
    words: str = ""
