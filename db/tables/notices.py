"""The one-time notice (一次性告知单): what was told, once and completely; never changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime, one_of


class MaterialFinding(StrEnum):
    MISSING = "missing"
    WRONG = "wrong"


class Notice(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("hall_id", "year", "number"),
        UniqueConstraint("serial"),
        UniqueConstraint("code"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    year: int
    number: int
    serial: str
    """`hall-year-nnnnnn`, without gaps."""
    code: str
    """What its QR carries."""
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    """None when it was written without a ticket."""
    service_id: int = Field(foreign_key="service.id")
    counter_id: int | None = Field(default=None, foreign_key="counter.id")
    clerk_id: int = Field(foreign_key="clerk.id")
    issued_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    remark: str = ""
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)
    """All that both copies say, as it was in the catalogue on that day; `hall.notices.content`."""
    content_sha256: str
    """Of the content's canonical JSON; printed on both copies."""


class NoticeMaterial(SQLModel, table=True):
    __tablename__ = "notice_material"
    __table_args__ = (one_of("finding", MaterialFinding, "finding"),)

    notice_id: int = Field(foreign_key="notice.id", primary_key=True)
    number: int = Field(primary_key=True)
    finding: str
    what_is_wrong: str = ""
