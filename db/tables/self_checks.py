"""材料自查: what citizens found missing by themselves at the kiosk, before they took a number."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime


class SelfCheck(SQLModel, table=True):
    """No clerk has looked and nobody is named: it is no notice, and counts in no figure of them."""

    __tablename__ = "self_check"
    __table_args__ = (
        UniqueConstraint("hall_id", "year", "number"),
        UniqueConstraint("code"),
        CheckConstraint("number > 0", name="number_positive"),
        Index("ix_self_check_made", "hall_id", "made_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    year: int
    number: int
    serial: str
    """`hall-year-Znnnnnn`, without gaps."""
    code: str
    """What its QR carries."""
    service_id: int = Field(foreign_key="service.id")
    missing: list[int] = Field(sa_type=Json, nullable=False)
    """Numbers of the materials, as the catalogue counts."""
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When its citizen came back with it, which puts them ahead once."""
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)
    """All that the slip says, as the catalogue had it that day."""
