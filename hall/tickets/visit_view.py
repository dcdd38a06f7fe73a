"""What one ticket has been through today, in short, for the clerk who has it in hand.

Every text in it can reach a terminal as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from db import journal
from db.tables import Clerk, Counter, JournalEntry, Ticket, TicketState
from hall.names import plain
from hall.tickets.ticket_course import Step
from hall.tickets.undo import UNDONE

MOVES = {step.entry: step for step in (Step.TRANSFERRED, Step.SENT_BACK)}
CALLS = (Step.CALLED.entry, Step.RECALLED.entry)
AT_A_COUNTER = (Step.CALLED.entry, Step.WALKED_IN.entry, Step.RESUMED.entry)


@dataclass(frozen=True)
class Origin:
    """Who passed it on last."""

    counter: int
    clerk: str
    """A name; empty when nobody knows."""
    sent_back: bool
    """It was transferred away from here before, and has come back."""


@dataclass(frozen=True)
class Visit:
    origin: Origin | None
    """None while it is where it was called first."""
    note: str
    """What that clerk says about it."""
    returns_to: int | None
    """The counter it goes back to when it is finished."""
    counters: tuple[int, ...]
    """One after the other, those it was in hand at, the present one too."""
    calls: int
    """In all, at every counter."""
    waited: timedelta
    """In the line, in all; neither held nor served nor absent."""
    held: timedelta
    """Put aside, in all."""
    assisted_by: str
    """The name of whoever took it for the citizen and helps; empty: nobody does."""
    assistance: str
    """What help is needed, in that person's words."""


@dataclass(frozen=True)
class Course:
    """What the journal tells of it."""

    counters: tuple[int, ...]
    calls: int
    waited: timedelta
    move: JournalEntry | None
    """The last transfer or sending back that was not undone."""
    note_stands: bool
    """The note belongs to the last transfer that was made; an undone one took its place."""


# -- rules ---------------------------------------------------------------------------------------


def counter_of(entry: JournalEntry) -> int | None:
    """Where it happened; None when at no counter."""
    kind, _, number = entry.place.partition(" ")
    return int(number) if kind == "counter" and number.isdigit() else None


def over_at(entry: JournalEntry) -> datetime:
    """When what went on before was over: what an earlier day left ended on that day."""
    if entry.what == Step.LEFT_OVER.entry:
        return datetime.fromisoformat((entry.after or {})["ended_at"])
    return entry.at


def course(entries: Iterable[JournalEntry]) -> Course:
    counters: list[int] = []
    moves: list[JournalEntry] = []
    calls, waited, note_stands = 0, timedelta(), False
    waits_since: datetime | None = None
    before_last_step = waited, waits_since
    for entry in entries:
        calls += entry.what in CALLS
        at = counter_of(entry)
        if entry.what in AT_A_COUNTER and at is not None and counters[-1:] != [at]:
            counters.append(at)
        if entry.what in MOVES:
            moves.append(entry)
            note_stands = note_stands or MOVES[entry.what] is Step.TRANSFERRED
        elif entry.what == UNDONE and moves and f"ticket.{entry.why}" in MOVES:
            undone = moves.pop()
            note_stands = note_stands and MOVES[undone.what] is not Step.TRANSFERRED
        if entry.what == UNDONE:  # the time between was no other than it would have been
            waited, waits_since = before_last_step
            continue
        if entry.what.startswith("ticket."):
            before_last_step = waited, waits_since
        state = (entry.after or {}).get("state")
        if state is not None and waits_since is not None:
            waited += max(over_at(entry) - waits_since, timedelta())
            waits_since = None
        if state == TicketState.WAITING:
            waits_since = entry.at
    return Course(tuple(counters), calls, waited, moves[-1] if moves else None, note_stands)


# -- reading -------------------------------------------------------------------------------------


def read_visit(session: Session, ticket: Ticket) -> Visit:
    found = course(journal.entries(session, ticket.hall_id, subject=f"ticket/{ticket.id}"))
    origin = origin_of(session, ticket.hall_id, found.move)
    back = None
    if ticket.return_counter_id is not None:
        back = session.get_one(Counter, ticket.return_counter_id).number
    from_colleague = origin is not None and not origin.sent_back
    return Visit(
        origin,
        plain(ticket.note) if from_colleague and found.note_stands else "",
        back,
        found.counters,
        found.calls,
        found.waited,
        timedelta(seconds=ticket.held_s),
        helper_of(session, ticket),
        plain(ticket.assistance),
    )


def helper_of(session: Session, ticket: Ticket) -> str:
    helper = session.get(Clerk, ticket.assisted_by_id) if ticket.assisted_by_id else None
    return plain(helper.name) if helper is not None else ""


def origin_of(session: Session, hall_id: int, move: JournalEntry | None) -> Origin | None:
    counter = counter_of(move) if move is not None else None
    if move is None or counter is None:
        return None
    name = session.exec(
        select(Clerk.name).where(Clerk.hall_id == hall_id, Clerk.staff_number == move.who)
    ).first()
    return Origin(counter, plain(name or ""), MOVES[move.what] is Step.SENT_BACK)
