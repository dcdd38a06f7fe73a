"""What visits were about, and how citizens found them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.tables.columns import UtcDateTime, one_of


class CaseResult(StrEnum):
    DONE = "done"
    """办结, on the spot."""
    ACCEPTED = "accepted"
    """受理: the papers are complete, the time limit runs."""
    TOLD = "told"
    """Papers are missing; the citizen was told once and completely."""
    ANSWERED = "answered"
    """A question, answered."""


class Case(SQLModel, table=True):
    """办件: one matter of one visit; a visit has as many as it has matters."""

    __tablename__ = "visit_case"  # CASE is SQL's own word
    __table_args__ = (one_of("result", CaseResult, "result"),)

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    service_id: int = Field(foreign_key="service.id")
    counter_id: int = Field(foreign_key="counter.id")
    first_handler_id: int = Field(foreign_key="clerk.id")
    """首办: who took the matter on stays responsible to the end."""
    result: str
    recorded_at: datetime = Field(sa_type=UtcDateTime, nullable=False)


class Rating(SQLModel, table=True):
    """评价: once for a visit, by the citizen alone; no clerk sees or changes it."""

    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", name="five_stars"),
        CheckConstraint(
            "coalesce(efficiency, 1) BETWEEN 1 AND 5 AND coalesce(manner, 1) BETWEEN 1 AND 5 "
            "AND coalesce(competence, 1) BETWEEN 1 AND 5",
            name="five_stars_each",
        ),
    )

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    stars: int
    """5 非常满意, 4 满意, 3 基本满意, 2 不满意, 1 非常不满意."""
    efficiency: int | None = None
    manner: int | None = None
    competence: int | None = None
    """办事效率, 服务态度, 业务水平, 5 to 1; None: not answered."""
    counter_id: int | None = Field(default=None, foreign_key="counter.id")
    clerk_id: int | None = Field(default=None, foreign_key="clerk.id")
    """Who finished the visit."""
    rated_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    place: str
    """As the journal names it: "counter-sign 3"."""
