"""The one-time notice (一次性告知单): what was told, once and completely; never changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime, one_of


class MaterialFinding(StrEnum):
    MISSING = "missing"
    WRONG = "wrong"


class NoticeFault(StrEnum):
    """What was the matter with a notice that a later one puts right."""

    OMITTED = "omitted"
    """漏告: something was not told at all."""
    INCOMPLETE = "incomplete"
    """缺告: it was told, but not all of it."""
    MISTAKEN = "mistaken"
    """错告: it was told, and is not so."""


class Notice(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("hall_id", "year", "number"),
        UniqueConstraint("serial"),
        UniqueConstraint("code"),
        UniqueConstraint("corrects_id"),
        one_of("fault", NoticeFault, "fault"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(
            "(corrects_id IS NULL) = (fault IS NULL) AND (fault IS NULL) = (answerable_id IS NULL)",
            name="correction_whole",
        ),
        # What a hall issued on a day, and what of one service.
        Index("ix_notice_issued", "hall_id", "issued_at"),
        Index("ix_notice_ticket_id", "ticket_id"),
        Index("ix_notice_service", "service_id", "issued_at"),
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
    """All that both copies say, as the catalogue had it that day; `hall.notices.notice_content`."""
    content_sha256: str
    """Of the content's canonical JSON; printed on both copies."""
    corrects_id: int | None = Field(default=None, foreign_key="notice.id")
    """The notice it puts right; that one is corrected once, then this one."""
    fault: str | None = None
    """Of the notice it puts right."""
    answerable_id: int | None = Field(default=None, foreign_key="clerk.id")
    """The clerk whose fault it was (告知责任)."""


class NoticeMaterial(SQLModel, table=True):
    __tablename__ = "notice_material"
    __table_args__ = (one_of("finding", MaterialFinding, "finding"),)

    notice_id: int = Field(foreign_key="notice.id", primary_key=True)
    number: int = Field(primary_key=True)
    """As the catalogue counts; special ones go on behind it."""
    finding: str
    what_is_wrong: str = ""
    name: str = ""
    """Of a special material, asked for by hand; empty for one of the catalogue's."""
