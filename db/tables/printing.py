"""Slips to be printed, what became of them, and the printers."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime, one_of


class PrintJobKind(StrEnum):
    TICKET = "ticket"
    NOTICE = "notice"
    APPOINTMENT = "appointment"
    RECEIPT = "receipt"
    PAYMENT = "payment"
    PROMISE = "promise"
    REFUSAL = "refusal"
    INQUIRY = "inquiry"
    """Who answers for a question, and how that person is reached."""
    SELF_CHECK = "self_check"
    """What a citizen found missing at the kiosk."""


class PrintJobState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    """Committed before the first byte leaves."""
    PRINTED = "printed"
    UNKNOWN = "unknown"
    """It was to be cut and no acknowledgement came: perhaps on paper, perhaps not."""
    EXPIRED = "expired"
    """A slip that comes out an hour late misleads."""
    FAILED = "failed"
    """It cannot be drawn, or the printer spoilt it again and again; surely not on paper."""


OPEN_JOB = text("state IN ('queued', 'sending')")
"""Beside any condition on such a state: SQLite takes a partial index only where its own words
stand in the query."""


class PrintJob(SQLModel, table=True):
    __tablename__ = "print_job"
    __table_args__ = (
        # A double press is one slip.
        UniqueConstraint("hall_id", "subject", "print_number"),
        one_of("kind", PrintJobKind, "kind"),
        one_of("state", PrintJobState, "state"),
        Index(
            "ix_print_job_open",
            "hall_id",
            "printer",
            "id",
            sqlite_where=OPEN_JOB,
            postgresql_where=OPEN_JOB,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    subject: str
    """What it is a slip of, as in the journal: "ticket/17", "notice/3"."""
    print_number: int
    """1 is the first print of this subject, 2 the first reprint…"""
    kind: str
    printer: str = "default"
    """The one that is to print it; another may take it over."""
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    notice_id: int | None = Field(default=None, foreign_key="notice.id")
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)
    """What the slip says; each module of `devices.printing.slips` describes its own."""
    reprint: bool = False
    """Marked 补打: an earlier print may exist."""
    reason: str = ""
    """Why somebody asked for a reprint, in that person's words; empty when nobody did."""
    asked_by: str = ""
    """Staff number of whoever asked for a reprint."""
    state: str = PrintJobState.QUEUED
    created_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    expires_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    pieces_out: int = 0
    """Pieces of paper that are out for sure while others of the job are not."""
    error: str = ""
    """Why it is not printed yet, or never was."""

    @property
    def key(self) -> str:
        """ "ticket/17/1": which print of what."""
        return f"{self.subject}/{self.print_number}"


class AttemptOutcome(StrEnum):
    SENDING = "sending"
    PRINTED = "printed"
    NOT_OUT = "not_out"
    """It broke off before the cut: there is no whole slip of it."""
    UNKNOWN = "unknown"


class PrintAttempt(SQLModel, table=True):
    """One time a job was sent to a printer."""

    __tablename__ = "print_attempt"
    __table_args__ = (one_of("outcome", AttemptOutcome, "outcome"),)

    job_id: int = Field(foreign_key="print_job.id", primary_key=True)
    number: int = Field(primary_key=True)
    printer: str
    started_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str = AttemptOutcome.SENDING
    why: str = ""
    """What broke it off."""
    acknowledged_by: str = ""
    """How the printer said that it is out; "pause" means that it did not."""
    layout_version: int
    """`devices.printing.pictures.LAYOUT_VERSION` of the program that drew it; 0: before there was
    one."""
    width_dots: int
    """For which it was drawn; 0 where nobody kept it."""
    picture_sha256: str
    """Of the dots of all pieces, in order, each with its size; `hall.printing.slip_archive`."""


class SlipPicture(SQLModel, table=True):
    """One piece of paper of a document, dot for dot as it was sent; never changed."""

    __tablename__ = "slip_picture"

    job_id: int = Field(foreign_key="print_job.id", primary_key=True)
    attempt: int = Field(primary_key=True)
    piece: int = Field(primary_key=True)
    """1 is the first copy."""
    width: int
    height: int
    dots: bytes
    """Rows from the top, eight dots to a byte, the leftmost highest, 1 is white; zlib."""


class PrinterState(StrEnum):
    READY = "ready"
    NEAR_END = "near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    ERROR = "error"
    UNREACHABLE = "unreachable"
    FOLDER = "folder"
    """No printer is set up: slips go to a folder as pictures."""


class PrinterHealth(SQLModel, table=True):
    """What the spooler last knew of its printer, for the screens to show."""

    __tablename__ = "printer_health"
    __table_args__ = (one_of("state", PrinterState, "state"),)

    hall_id: int = Field(foreign_key="hall.id", primary_key=True)
    printer: str = Field(primary_key=True)
    state: str
    detail: str = ""
    seen_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    place: str = ""
    """Where it stands, in words a citizen is told: 咨询台."""
    stands_in_for: list[str] = Field(default_factory=list, sa_type=Json, nullable=False)
    """Printers whose slips it prints while they are down."""
