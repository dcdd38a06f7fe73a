"""The hall itself and what it has set for itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime


class Hall(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("code"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str
    """Short and fixed; stands at the head of every notice's serial number."""
    names: dict[str, str] = Field(sa_type=Json, nullable=False)
    """Language code → name, as every `names`: {"zh": "…", "en": "…"}."""
    address: str = ""
    time_zone: str
    """IANA name; the business day is a day there."""
    sessions: list[list[str]] = Field(sa_type=Json, nullable=False)
    """Office hours, local: [["08:30", "11:30"], ["14:30", "17:30"]]."""
    supervision_phone: str = ""
    catalogue_version: int
    """The version in force; what was issued under an older one keeps it."""


class Setting(SQLModel, table=True):
    """A number of `hall.settings.HallSettings` that this hall has changed."""

    hall_id: int = Field(foreign_key="hall.id", primary_key=True)
    key: str = Field(primary_key=True)
    value: Any = Field(sa_type=Json, nullable=False)


class Bulletin(SQLModel, table=True):
    """A line of text the board shows to everyone (公告)."""

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    text: dict[str, str] = Field(sa_type=Json, nullable=False)
    shown: bool = True
    urgent: bool = False
    """Spoken to everyone as well; while it stands, the board shows nothing else of the kind."""
    emergency: str = ""
    """Which: "evacuate", "stay"; over everything, and said again and again. "": it is none."""
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Not shown any more from then on; None: until it is taken down."""


class NumberSeries(SQLModel, table=True):
    """The last number given in a series; the next is one more, in the same transaction.

    Series: "2026-11-21/A" for the tickets of a day and prefix, "notice/2026" for serial numbers.
    """

    __tablename__ = "number_series"

    hall_id: int = Field(foreign_key="hall.id", primary_key=True)
    series: str = Field(primary_key=True)
    last: int
