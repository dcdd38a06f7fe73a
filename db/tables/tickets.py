"""Tickets and the calls made for them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime, one_of


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    """Begun, and put aside: the citizen fetches or waits for something; the counter's hands are
    free meanwhile."""
    FINISHED = "finished"
    NO_SHOW = "no_show"
    EXPIRED = "expired"
    """Still open when its business day had passed; or a quick service that was a mistake."""


class TicketOrigin(StrEnum):
    KIOSK = "kiosk"
    DESK = "desk"
    """Taken by staff for somebody who cannot (代办), or who comes back with the papers."""
    COUNTER = "counter"
    """Served at once where the citizen stood (快办): no line, no slip."""


class PriorityClass(StrEnum):
    ORDINARY = "ordinary"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    INFANT = "infant"
    SOLDIER = "soldier"
    URGENT = "urgent"


class Proof(StrEnum):
    """Whether staff saw what a priority class is shown by."""

    NOT_ASKED = ""
    ASKED = "asked"
    """To be shown at the counter."""
    SEEN = "seen"
    MISSING = "missing"


WAITING = text("state = 'waiting'")
IN_HAND = text("state IN ('called', 'serving')")
HELD = text("state = 'held'")


class Ticket(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("hall_id", "business_day", "prefix", "number"),
        UniqueConstraint("code"),
        one_of("state", TicketState, "state"),
        one_of("priority_class", PriorityClass, "priority_class"),
        one_of("origin", TicketOrigin, "origin"),
        one_of("proof", Proof, "proof"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(
            "(state IN ('called', 'serving')) <= (counter_id IS NOT NULL)", name="in_hand_somewhere"
        ),
        # The line, in the order it is called; stays as short as the line, whatever the history.
        Index(
            "ix_ticket_line",
            "hall_id",
            "business_day",
            "due_at",
            "id",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        # How many of a group are ahead.
        Index(
            "ix_ticket_line_of_group",
            "hall_id",
            "business_day",
            "group_id",
            "due_at",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        # What is put aside, to be shown and resumed.
        Index(
            "ix_ticket_held",
            "hall_id",
            "business_day",
            sqlite_where=HELD,
            postgresql_where=HELD,
        ),
        # A counter has one citizen at a time.
        Index(
            "uq_ticket_in_hand",
            "counter_id",
            unique=True,
            sqlite_where=IN_HAND,
            postgresql_where=IN_HAND,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    business_day: date
    prefix: str
    number: int
    code: str
    """What the QR on the slip carries; cannot be guessed from the number."""
    service_id: int = Field(foreign_key="service.id")
    group_id: int = Field(foreign_key="service_group.id")
    priority_class: str = PriorityClass.ORDINARY
    proof: str = Proof.NOT_ASKED
    language: str = "zh"
    state: str = TicketState.WAITING
    issued_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    due_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    """The earliest due is next."""
    ahead: int
    """People ahead when it was issued, as the slip says."""
    wait_low_s: int | None = None
    wait_high_s: int | None = None
    """What the citizen was told to expect, in seconds; None when nobody could say."""
    counter_id: int | None = Field(default=None, foreign_key="counter.id")
    clerk_id: int | None = Field(default=None, foreign_key="clerk.id")
    calls: int = 0
    """How often it was called since it last joined the line."""
    called_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """The first call since it last joined the line."""
    last_called_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    held_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when it is held; None when it is not."""
    held_s: int = 0
    """Seconds it was held in all, no part of the service time."""
    served_s: int = 0
    """Seconds it was served at counters it has been transferred away from."""
    hold_reason: str = ""
    """Of the last hold, in the clerk's words."""
    note: str = ""
    """What the clerk who transferred it last says to the next one."""
    reserved_counter_id: int | None = Field(default=None, foreign_key="counter.id")
    """Only this counter calls it; None: every counter that takes its group."""
    reserved_clerk_id: int | None = Field(default=None, foreign_key="clerk.id")
    """Only this clerk calls it, at whatever counter."""
    return_counter_id: int | None = Field(default=None, foreign_key="counter.id")
    """When it is finished it goes back there, for what it was transferred away from."""
    return_service_id: int | None = Field(default=None, foreign_key="service.id")
    """And is again of this service."""
    origin: str = TicketOrigin.KIOSK
    assisted_by_id: int | None = Field(default=None, foreign_key="clerk.id")
    """Who took it for the citizen and helps where help is needed (代办)."""
    assistance: str = ""
    """What help is needed, in the helper's words; names nobody."""
    notice_serial: str = ""
    """Of the notice whose papers the citizen brings; empty: a first visit."""

    @property
    def name(self) -> str:
        """A012: what is printed, shown and spoken."""
        return number_text(self.prefix, self.number)


def number_text(prefix: str, number: int) -> str:
    return f"{prefix}{number:03d}"


class CallKind(StrEnum):
    NEXT = "next"
    CHOSEN = "chosen"
    RECALL = "recall"


class Call(SQLModel, table=True):
    __table_args__ = (one_of("kind", CallKind, "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    ticket_id: int = Field(foreign_key="ticket.id")
    counter_id: int = Field(foreign_key="counter.id")
    clerk_id: int = Field(foreign_key="clerk.id")
    kind: str
    called_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    reason: dict[str, Any] = Field(sa_type=Json, nullable=False)
    """Why this ticket came now; `hall.tickets.next_in_line.Why`."""
