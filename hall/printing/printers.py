"""The printers of the hall: how they are, what waits for them, who takes over from whom.

All of it is read from rows the spoolers write, so that every screen and machine sees the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import Session, col, select

from db import journal
from db.tables import PrinterHealth, PrinterState, PrintJob, PrintJobState
from db.tables.printing import OPEN_JOB
from hall.names import plain
from hall.printing import reprints

PRINTS = frozenset({PrinterState.READY, PrinterState.NEAR_END, PrinterState.FOLDER})
"""States in which a slip may be sent."""

SPOOLER_SILENT = timedelta(minutes=3)
"""A spooler writes at least once a minute; one that has not for so long is not there any more."""

GIVEN_UP = timedelta(days=4)
"""Longer than a weekend. A printer not heard of for so long was taken away, unless a slip waits
for it or it is this machine's own."""


@dataclass(frozen=True)
class Printer:
    """A printer as the screens show it; every text can reach a terminal as it is."""

    name: str
    place: str
    state: PrinterState
    detail: str
    seen_at: datetime
    silent: bool
    """Its spooler has not been heard of for a while; `state` is the last that was known."""
    stands_in_for: tuple[str, ...]
    waiting: int
    """Slips that are not on paper yet."""
    oldest_at: datetime | None
    """When the first of them was asked for."""

    @property
    def prints(self) -> bool:
        return self.state in PRINTS and not self.silent

    @property
    def needs_somebody(self) -> bool:
        """Paper is nearly at its end, or nothing comes out at all."""
        return not self.prints or self.state is PrinterState.NEAR_END


class Slip(StrEnum):
    """What a citizen is told of the slip of a ticket."""

    PRINTING = "printing"
    PRINTED = "printed"
    AT_DESK = "at_desk"
    """It does not come out; the desk gives it out. The number is valid all the same."""
    NO_PRINTER = "no_printer"
    """This hall has none, or one that writes pictures into a folder."""


@dataclass(frozen=True)
class SlipOutlook:
    slip: Slip
    place: str = ""
    """Where it comes out, if not where it was asked for."""


# -- rules ---------------------------------------------------------------------------------------


def takes_over(printers: Sequence[Printer], name: str) -> Printer | None:
    """Who prints for this one while it is down; None when nobody does."""
    return next((one for one in printers if name in one.stands_in_for and one.prints), None)


def comes_out_at(printers: Sequence[Printer], name: str) -> Printer | None:
    """Who prints what is asked for at this one: itself, else who takes over; None when nobody."""
    own = next((one for one in printers if one.name == name), None)
    return own if own is not None and own.prints else takes_over(printers, name)


def prospect(printers: Sequence[Printer], asked_at: str) -> SlipOutlook:
    """What would become of a slip asked for now at this printer."""
    own = next((one for one in printers if one.name == asked_at), None)
    if not printers or (own is not None and own.state is PrinterState.FOLDER):
        return SlipOutlook(Slip.NO_PRINTER)
    return told_where(Slip.PRINTING, comes_out_at(printers, asked_at), asked_at)


def outlook(printers: Sequence[Printer], prints: Sequence[PrintJob], asked_at: str) -> SlipOutlook:
    """`prints` are those of one ticket; `asked_at` is the printer beside the citizen."""
    first = prospect(printers, asked_at)
    if first.slip is Slip.NO_PRINTER:
        return first
    by_name = {one.name: one for one in printers}
    for job in reversed(prints):  # the newest that has not come to nothing
        at = by_name.get(job.printer)
        match job.state:
            case PrintJobState.PRINTED:
                return told_where(Slip.PRINTED, at, asked_at)
            case PrintJobState.SENDING:
                here = at if at is not None and at.prints else None
                return told_where(Slip.PRINTING, here, asked_at)
            case PrintJobState.QUEUED:
                return told_where(Slip.PRINTING, comes_out_at(printers, job.printer), asked_at)
    return SlipOutlook(Slip.AT_DESK)


def told_where(slip: Slip, at: Printer | None, asked_at: str) -> SlipOutlook:
    """A printer elsewhere whose place nobody wrote down is found by the desk, not by a citizen."""
    if at is None or (at.name != asked_at and not at.place):
        return SlipOutlook(Slip.AT_DESK)
    return SlipOutlook(slip, at.place if at.name != asked_at else "")


def troubles(printers: Sequence[Printer], own: str, now: datetime) -> tuple[Printer, ...]:
    """Those that need somebody, the worst first: down before low on paper, `own` before others."""
    found = [
        one
        for one in printers
        if one.needs_somebody
        and one.state is not PrinterState.FOLDER
        and (one.waiting or one.name == own or now - one.seen_at <= GIVEN_UP)
    ]
    return tuple(sorted(found, key=lambda one: (one.prints, one.name != own, -one.waiting)))


# -- reading -------------------------------------------------------------------------------------


def read_backlog(session: Session, hall_id: int) -> dict[str, tuple[int, datetime]]:
    """Printer → how many slips are not on paper yet, and since when the first of them waits."""
    rows = session.exec(
        select(PrintJob.printer, func.count(), func.min(PrintJob.created_at))
        .where(OPEN_JOB, PrintJob.hall_id == hall_id)
        .group_by(PrintJob.printer)
    )
    return {name: (count, oldest_at) for name, count, oldest_at in rows}


def read(session: Session, hall_id: int, now: datetime) -> tuple[Printer, ...]:
    """Every printer a spooler has ever served, by name."""
    backlog = read_backlog(session, hall_id)
    rows = session.exec(
        select(PrinterHealth)
        .where(PrinterHealth.hall_id == hall_id)
        .order_by(col(PrinterHealth.printer))
    )
    return tuple(
        Printer(
            name=row.printer,
            place=plain(row.place),
            state=PrinterState(row.state),
            detail=plain(row.detail),
            seen_at=row.seen_at,
            silent=now - row.seen_at > SPOOLER_SILENT,
            stands_in_for=tuple(row.stands_in_for),
            waiting=backlog.get(row.printer, (0, None))[0],
            oldest_at=backlog.get(row.printer, (0, None))[1],
        )
        for row in rows
    )


def read_outlook(
    session: Session, hall_id: int, subject: str, asked_at: str, now: datetime
) -> SlipOutlook:
    """`subject`: of the print jobs, "ticket/17"."""
    prints = reprints.prints_of(session, hall_id, subject)
    return outlook(read(session, hall_id, now), prints, asked_at)


# -- what the spoolers write ---------------------------------------------------------------------


def note_health(
    session: Session,
    hall_id: int,
    name: str,
    state: PrinterState,
    detail: str,
    now: datetime,
    *,
    place: str = "",
    stands_in_for: Iterable[str] = (),
) -> None:
    row = session.get(PrinterHealth, (hall_id, name))
    if row is None:
        row = PrinterHealth(hall_id=hall_id, printer=name, state=state.value, seen_at=now)
        session.add(row)
    row.state, row.detail, row.seen_at = state.value, detail, now
    row.place, row.stands_in_for = place, list(stands_in_for)


def down(session: Session, hall_id: int, names: Sequence[str], now: datetime) -> dict[str, bool]:
    """Those of these printers that do not print, each with whether its spooler is silent as well.

    A printer no spooler has ever served is both.
    """
    known = {one.name: one for one in read(session, hall_id, now)}
    return {
        name: name not in known or known[name].silent
        for name in names
        if name not in known or not known[name].prints
    }


def stranded(
    session: Session, hall_id: int, names: Sequence[str], since: datetime, now: datetime
) -> PrintJob | None:
    """The oldest slip that has waited since then for one of these printers, and it is down.

    None when nothing is stranded.
    """
    without = down(session, hall_id, names, now)
    if not without:
        return None
    return session.exec(
        select(PrintJob)
        .where(
            OPEN_JOB,
            PrintJob.hall_id == hall_id,
            col(PrintJob.printer).in_(without),
            PrintJob.state == PrintJobState.QUEUED,
            PrintJob.created_at <= since,
            PrintJob.expires_at > now,
        )
        .order_by(col(PrintJob.reprint).desc(), col(PrintJob.id))
        .limit(1)
    ).first()


def take_over(
    session: Session, hall_id: int, name: str, names: Sequence[str], since: datetime, now: datetime
) -> bool:
    """Let `name` print the oldest stranded slip; False when there is none any more."""
    job = stranded(session, hall_id, names, since, now)
    if job is None:
        return False
    before, job.printer = job.printer, name
    session.flush()
    journal.append(
        session,
        hall_id,
        journal.Entry(
            "print.taken_over",
            who="system",
            place=f"printer {name}",
            subject=job.subject,
            why=job.error,
            before={"key": job.key, "printer": before},
            after={"key": job.key, "printer": name},
        ),
        now,
    )
    return True
