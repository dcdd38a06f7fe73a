"""Passwords, and who is signed in where.

No password is here, only what Argon2 makes of it; nothing of that belongs into a journal or log.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.columns import UtcDateTime


class Credential(SQLModel, table=True):
    """A clerk's password; without this row the clerk has none and cannot sign in."""

    __table_args__ = (CheckConstraint("failed >= 0", name="failed_counted"),)

    clerk_id: int = Field(primary_key=True, foreign_key="clerk.id")
    hall_id: int = Field(foreign_key="hall.id", index=True)
    password_hash: str = Field(repr=False)
    must_change: bool
    """It was given by an administrator: good for one sign-in, which changes it."""
    changed_at: datetime = Field(sa_type=UtcDateTime)
    failed: int = 0
    """Wrong passwords since the last right one."""
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class UnknownSignIn(SQLModel, table=True):
    """Tries under a staff number without a password: locked out like the others, so that the words
    do not tell which numbers there are."""

    __tablename__ = "unknown_sign_in"

    hall_id: int = Field(primary_key=True, foreign_key="hall.id")
    digest: str = Field(primary_key=True, repr=False)
    """Argon2 of what was typed: somebody may have typed a password into the wrong field."""
    failed: int
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tried_at: datetime = Field(sa_type=UtcDateTime)


class SignIn(SQLModel, table=True):
    """A clerk who is signed in; a clerk at one place only, and at a counter one clerk only."""

    __tablename__ = "sign_in"
    __table_args__ = (UniqueConstraint("counter_id"),)

    clerk_id: int = Field(primary_key=True, foreign_key="clerk.id")
    hall_id: int = Field(foreign_key="hall.id")
    counter_id: int | None = Field(default=None, foreign_key="counter.id")
    place: str
    """As the journal names it: "counter 3"."""
    since: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    """When its program last said that it runs."""
    token_digest: str = Field(repr=False)
    """SHA-256 of what only that program knows."""
