"""实名: who took a ticket, as little of it as the hall needs, and for the day only."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class RealName(SQLModel, table=True):
    """Whoever took the ticket; the row goes when its business day has passed."""

    __tablename__ = "real_name"
    __table_args__ = (Index("ix_real_name_person", "hall_id", "business_day", "digest"),)

    ticket_id: int = Field(primary_key=True, foreign_key="ticket.id")
    hall_id: int = Field(foreign_key="hall.id")
    business_day: date
    digest: str
    """Of the number of the identity card, under the key of that day: it tells a person from
    another one on that day, and nothing else."""
    last: str
    """The last four characters, for whoever compares them with the card."""


class RealNameKey(SQLModel, table=True):
    """A key for each day; without it the day's digests, wherever copied, belong to nobody."""

    __tablename__ = "real_name_key"

    hall_id: int = Field(primary_key=True, foreign_key="hall.id")
    business_day: date = Field(primary_key=True)
    key: str
    """Random, in hexadecimal digits."""
