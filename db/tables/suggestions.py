"""意见箱: what citizens put into the hall's box."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.tables.columns import UtcDateTime, one_of


class SuggestionKind(StrEnum):
    PRAISE = "praise"
    SUGGESTION = "suggestion"
    CRITICISM = "criticism"


class SuggestionSubject(StrEnum):
    WAITING = "waiting"
    STAFF = "staff"
    PAPERS = "papers"
    """Rules, papers asked for, and how they were explained."""
    PLACE = "place"
    """Seats, signs, cleanliness, access."""
    MACHINES = "machines"
    OTHER = "other"


OPEN_SUGGESTION = text("answered_at IS NULL")


class Suggestion(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("hall_id", "year", "number"),
        one_of("kind", SuggestionKind, "kind"),
        one_of("subject", SuggestionSubject, "subject"),
        CheckConstraint("number > 0", name="number_positive"),
        Index(
            "ix_suggestion_open",
            "hall_id",
            "id",
            sqlite_where=OPEN_SUGGESTION,
            postgresql_where=OPEN_SUGGESTION,
        ),
        Index("ix_suggestion_made", "hall_id", "place", "made_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    year: int
    number: int
    kind: str
    subject: str
    counter_id: int | None = Field(default=None, foreign_key="counter.id")
    """Which counter it is about; None: none in particular."""
    words: str = ""
    """What a member of staff wrote down for the citizen; names nobody."""
    phone: str = Field(default="", repr=False)
    """Where the answer is wanted; erased with the answer."""
    place: str
    """Where it was made, as the journal names it."""
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by_id: int | None = Field(default=None, foreign_key="clerk.id")
    answer: str = ""
    """What was done about it, and the citizen told."""

    @property
    def name(self) -> str:
        return f"议{self.year}-{self.number:04d}"
