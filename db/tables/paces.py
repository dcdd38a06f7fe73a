"""How long visits have really taken lately: running figures, so that no history is read for it.

Older days weigh less with each day; see `hall.tickets.pace`.
"""

from datetime import date

from sqlmodel import Field, SQLModel


class ServicePace(SQLModel, table=True):
    """Of a matter, by its code, which lasts across catalogue versions."""

    __tablename__ = "service_pace"

    hall_id: int = Field(foreign_key="hall.id", primary_key=True)
    service_code: str = Field(primary_key=True)
    day: date
    """The business day of the last visit."""
    visits: float
    minutes: float
    squares: float
    """Of the minutes of each."""


class GroupPace(SQLModel, table=True):
    """Of a group, measured against its matters' own minutes."""

    __tablename__ = "group_pace"

    hall_id: int = Field(foreign_key="hall.id", primary_key=True)
    group_id: int = Field(foreign_key="service_group.id", primary_key=True)
    day: date
    visits: float
    ratios: float
    """Of what each took to what the catalogue says."""
    privileged: float
    """How many of the visits were of a privileged class."""
    day_visits: int
    """On `day` alone."""
    day_minutes: float
    day_expected: float
    """What those visits would have taken at the pace known before."""
