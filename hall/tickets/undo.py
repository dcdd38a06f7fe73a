"""撤销: the last step of a counter is taken back, while nothing else has followed it."""

from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from db import journal
from db.tables import Case, Counter, JournalEntry, Ticket, TicketState
from hall.announcing import announcements
from hall.cases import case_rows, ratings
from hall.errors.counters import CounterNotOpen
from hall.errors.tickets import DoneSince, NothingToUndo, StepFollowed, UndoTooLate
from hall.hall_rules import HallRules
from hall.tickets import pace_rows, ticket_changes
from hall.tickets.calling import IN_A_ROW, CounterAtWork, counter_at_work
from hall.tickets.ticket_course import UNDOABLE, Step

MOST_LOOKED_AT = 2000
"""Rows of the journal; a hall in a hurry writes a few hundred in the time a step can be undone."""

TAKES_IN_HAND = frozenset({Step.CALLED, Step.WALKED_IN, Step.RESUMED})
"""Undone, they leave the counter's hands empty."""
STEPS = {step.entry: step for step in UNDOABLE}
UNDONE = "ticket.undone"
ISSUED = "ticket.issued"
"""At a counter: taken for somebody who will wait (代办); no step of that counter's own line."""


@dataclass(frozen=True)
class Undoable:
    sequence: int
    """Its row in the journal."""
    step: Step
    number: str


def find(session: Session, rules: HallRules, counter: int, now: datetime) -> Undoable | None:
    """What `undo` would take back; None when it would refuse. Raises UnknownCounter."""
    at_work = counter_at_work(session, rules, counter)
    if not at_work.staff_number:
        return None
    since = now - timedelta(seconds=rules.numbers.undo_seconds)
    try:
        entry = last_step(session, rules, at_work, since)
    except (NothingToUndo, UndoTooLate):
        return None
    ticket = session.get_one(Ticket, int(entry.subject.partition("/")[2]))
    return Undoable(entry.sequence, STEPS[entry.what], ticket.name)


def expect_step(
    session: Session, rules: HallRules, counter: int, sequence: int | None, now: datetime
) -> None:
    """What was pressed was meant for this step; raises StepFollowed when it is another by now.

    Without one, `undo` says why.
    """
    found = find(session, rules, counter, now)
    if found is not None and found.sequence != sequence:
        raise StepFollowed(counter=counter)


def undo(session: Session, rules: HallRules, counter: int, now: datetime) -> tuple[Ticket, Step]:
    """Put the ticket back to where it was; returns it and the step that was undone.

    Only the clerk's own last step at this counter, only while nothing else has happened to the
    ticket, at most `undo_seconds` later.
    Raises NothingToUndo, UndoTooLate, DoneSince, CounterNotOpen.
    """
    at_work = counter_at_work(session, rules, counter)
    if not at_work.staff_number:
        raise CounterNotOpen(counter=counter)
    since = now - timedelta(seconds=rules.numbers.undo_seconds)
    entry = last_step(session, rules, at_work, since)
    step = STEPS[entry.what]
    ticket = session.get_one(Ticket, int(entry.subject.partition("/")[2]))
    before = entry.before or {}
    current = ticket_changes.snapshot(ticket)
    ticket_changes.put(ticket, before)
    if step is Step.WALKED_IN:  # nobody holds this number: in the line it would wait for ever
        ticket.state, ticket.ended_at = TicketState.EXPIRED, now
    session.flush()
    pace_rows.forget(session, ticket, step, entry.at)
    cases = case_rows.take_back(session, ticket, entry.after)
    if IN_A_ROW in before:
        session.get_one(Counter, at_work.id).privileged_in_a_row = before[IN_A_ROW]
        session.flush()
    if step is Step.CALLED:
        assert ticket.id is not None
        announcements.withdraw(session, rules.hall_id, ticket.id, now)
    told_before, told_after = ticket_changes.difference(current, ticket_changes.snapshot(ticket))
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            UNDONE,
            who=at_work.staff_number,
            place=f"counter {counter}",
            subject=entry.subject,
            why=step.value,
            before=told_before | {"undoes": entry.sequence} | cases,
            after=told_after,
        ),
        now,
    )
    return ticket, step


def last_step(
    session: Session, rules: HallRules, at_work: CounterAtWork, since: datetime
) -> JournalEntry:
    """What this counter did last, if that can be undone and nothing followed it."""
    touched: set[str] = set()
    newer: list[JournalEntry] = []
    place = f"counter {at_work.number}"
    with closing(backwards(session, rules, since)) as entries:
        for entry in entries:
            if entry.place == place and entry.what in STEPS:
                if entry.who != at_work.staff_number:
                    break  # somebody else's
                if entry.subject in touched:
                    ticket = session.get_one(Ticket, int(entry.subject.partition("/")[2]))
                    raise UndoTooLate(number=ticket.name)
                check_not_rated(session, entry)
                check_nothing_done(session, entry, newer)
                return entry
            settles = entry.what.startswith(("ticket.", "counter.")) and entry.what != ISSUED
            if entry.place == place and settles:
                break  # a recall, an undoing, a pause: what was before it is settled
            if entry.what.startswith("ticket."):
                touched.add(entry.subject)
            newer.append(entry)
    seconds = rules.numbers.undo_seconds
    raise NothingToUndo(counter=at_work.number, seconds=seconds)


def check_not_rated(session: Session, entry: JournalEntry) -> None:
    """A visit the citizen has rated is over; that it was rated is not told."""
    ticket_id = int(entry.subject.partition("/")[2])
    if entry.what == Step.FINISHED.entry and ratings.is_rated(session, ticket_id):
        raise UndoTooLate(number=session.get_one(Ticket, ticket_id).name)


def check_nothing_done(
    session: Session, entry: JournalEntry, newer: Iterable[JournalEntry]
) -> None:
    """Where undoing would send the citizen away: nothing was recorded or issued since.

    Else a visit with a matter or a notice would be in the line as if it had not taken place.
    """
    if STEPS[entry.what] not in TAKES_IN_HAND:
        return
    ticket = session.get_one(Ticket, int(entry.subject.partition("/")[2]))
    for done in newer:
        if done.subject != entry.subject:
            continue
        recorded = done.what == "case.recorded"
        if recorded and session.get(Case, (done.after or {})["id"]) is None:
            continue  # struck out again
        if recorded or done.what == "notice.issued":
            raise DoneSince(number=ticket.name)


def backwards(
    session: Session, rules: HallRules, since: datetime
) -> Generator[JournalEntry, None, None]:
    for entry in journal.newest(session, rules.hall_id, MOST_LOOKED_AT):
        if entry.at < since:
            return
        yield entry
