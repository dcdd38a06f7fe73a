"""Counters, the clerks who sit there, and each counter's post (A角 / B角)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime, one_of


class Role(StrEnum):
    DESK = "desk"
    CLERK = "clerk"
    LEAD = "lead"
    DUTY_MANAGER = "duty_manager"
    SUPERVISION = "supervision"
    ADMINISTRATOR = "administrator"


class Clerk(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("hall_id", "staff_number"), one_of("role", Role, "role"))

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    staff_number: str
    name: str
    department: str
    title: str
    role: str
    phone: str
    party_member: bool = False
    withdrawn: bool = False


class CounterState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


class Counter(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        one_of("state", CounterState, "state"),
        CheckConstraint("state = 'closed' OR clerk_id IS NOT NULL", name="somebody_sits_there"),
        CheckConstraint("(state = 'paused') = (pause_reason IS NOT NULL)", name="pause_has_reason"),
        Index(  # nobody sits at two counters
            "uq_counter_clerk_id",
            "clerk_id",
            unique=True,
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    number: int
    names: dict[str, str] = Field(sa_type=Json, nullable=False)
    sign: str = ""
    """What the board shows beside its name, e.g. 共产党员示范岗."""
    zone: str = "hall"
    """The acoustic zone in which its calls are spoken."""
    state: str = CounterState.CLOSED
    pause_reason: str | None = None
    pause_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None while paused: until the clerk says otherwise."""
    clerk_id: int | None = Field(default=None, foreign_key="clerk.id")
    privileged_in_a_row: int = 0
    """How many privileged tickets it has called since the last ordinary one."""
    hands_free_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when its last citizen is gone; None where something else has happened there since."""
    withdrawn: bool = False


class CounterGroup(SQLModel, table=True):
    """Which groups a counter serves (受理类别)."""

    __tablename__ = "counter_group"

    counter_id: int = Field(foreign_key="counter.id", primary_key=True)
    group_id: int = Field(foreign_key="service_group.id", primary_key=True, index=True)
    lent_by_id: int | None = Field(default=None, foreign_key="counter.id")
    """The paused counter whose line is taken here, where its stand-in sits; given back when it goes
    on. None: the counter's own."""


class Post(SQLModel, table=True):
    """Whose counter it is (A角) and who stands in (B角)."""

    __table_args__ = (
        UniqueConstraint("counter_id"),
        CheckConstraint("primary_id <> standby_id", name="two_people"),
    )

    id: int | None = Field(default=None, primary_key=True)
    counter_id: int = Field(foreign_key="counter.id")
    primary_id: int = Field(foreign_key="clerk.id")
    standby_id: int = Field(foreign_key="clerk.id")
