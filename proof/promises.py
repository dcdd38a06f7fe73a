"""What must be true of a hall's memory, whatever its programs and its machine went through."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, func, select

from db import journal
from db.damage import damage
from db.engine import open_engine, reading
from db.tables import (
    Announcement,
    AnnouncementState,
    Call,
    CallKind,
    JournalEntry,
    PrintJob,
    PrintJobState,
    Ticket,
)

HALL = 1
MOST_TOLD = 20


def broken(database: Path, given: Iterable[str] = (), called: Iterable[str] = ()) -> list[str]:
    """`given`, `called`: numbers somebody outside was told, or heard called."""
    try:
        found = [f"the file is damaged: {line}" for line in damage(database)]
    except sqlite3.Error as error:
        return [f"the file is damaged: {error}"]
    if found:
        return found
    engine = open_engine(f"sqlite:///{database}")
    try:
        with reading(engine) as session:
            verdict = journal.verify(session, HALL)
            if not verdict.intact:
                found.append(f"the journal is broken at row {verdict.broken_at}: {verdict.why}")
            found += of_numbers(session, given)
            found += of_calls(session, called)
            found += of_slips(session)
    finally:
        engine.dispose()
    return found[:MOST_TOLD]


def of_numbers(session: Session, given: Iterable[str]) -> Iterator[str]:
    series: dict[tuple[date, str], list[int]] = defaultdict(list)
    names = set()
    for ticket in session.exec(select(Ticket)):
        series[ticket.business_day, ticket.prefix].append(ticket.number)
        names.add(ticket.name)
    for (day, prefix), numbers in series.items():
        for number in {one for one in numbers if numbers.count(one) > 1}:
            yield f"{prefix}{number:03d} of {day} was given twice"
        missing = set(range(1, max(numbers) + 1)) - set(numbers)
        if missing:
            yield f"{prefix} of {day} has gaps: {sorted(missing)[:5]}"
    told = list(given)
    yield from (f"{name} was given out and is not there" for name in sorted(set(told) - names))
    yield from (f"{name} was given to two" for name in sorted(twice(told)))


def of_calls(session: Session, called: Iterable[str]) -> Iterator[str]:
    """Each ticket is called as next once; each call is announced, and none is left unspoken
    without anybody being told."""
    firsts = select(Call.ticket_id).where(Call.kind == CallKind.NEXT)
    once = session.exec(firsts).all()
    yield from (f"ticket {ticket} was called as next twice" for ticket in sorted(twice(once)))
    told = {session.get_one(Ticket, ticket).name for ticket in once}
    yield from (f"{name} was called and is not known" for name in sorted(set(called) - told))
    announced = set(session.exec(select(Announcement.ticket_id)).all())
    yield from (f"ticket {one} was called, not announced" for one in set(once) - announced)
    reported = select(func.count()).where(JournalEntry.what == "announcement.failed")
    failed = select(func.count()).where(Announcement.state == AnnouncementState.FAILED)
    if session.exec(reported).one() != session.exec(failed).one():
        yield "a call was not spoken, and the journal does not say so"


def of_slips(session: Session) -> Iterator[str]:
    """A ticket without a slip that was ever ordered; one given up without a word."""
    ordered = select(PrintJob.ticket_id).where(col(PrintJob.ticket_id).is_not(None))
    without = session.exec(select(Ticket.id).where(col(Ticket.id).not_in(ordered))).all()
    yield from (f"ticket {ticket} has no slip" for ticket in without)
    expired = session.exec(select(PrintJob).where(PrintJob.state == PrintJobState.EXPIRED)).all()
    told = set(
        session.exec(select(JournalEntry.subject).where(JournalEntry.what == "print.expired"))
    )
    yield from (f"the slip of {job.subject} expired unsaid" for job in expired
                if job.subject not in told and f"print/{job.id}" not in told)  # fmt: skip


def nothing_left_to_say(session: Session) -> bool:
    waiting = (AnnouncementState.QUEUED, AnnouncementState.PLAYING)
    open_ones = select(Announcement.id).where(col(Announcement.state).in_(waiting))
    return session.exec(open_ones).first() is None


def twice(words: Iterable[str | int]) -> set[str | int]:
    seen: set[str | int] = set()
    return {word for word in words if word in seen or seen.add(word)}  # type: ignore[func-returns-value]
