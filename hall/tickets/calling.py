"""叫号: from the line to the counter and on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, literal_column, update
from sqlalchemy import select as columns_of
from sqlmodel import Session

from db import journal
from db.prepared import Prepared
from db.tables import (
    Call,
    CallKind,
    Clerk,
    Counter,
    CounterGroup,
    CounterState,
    Ticket,
    TicketState,
    number_text,
)
from hall.announcing import announcements
from hall.counters import counters
from hall.errors.counters import CounterNotOpen, CounterPausedNow, UnknownCounter
from hall.errors.tickets import (
    AlreadyStarted,
    NoTicketInHand,
    NotServedHere,
    RecallLimitReached,
    TicketInHand,
    TicketNotCallable,
)
from hall.hall_rules import HallRules
from hall.names import plain
from hall.tickets import business_day, next_in_line, ticket_changes, tickets
from hall.tickets.next_in_line import Why
from hall.tickets.ticket_course import COURSE, Step

COUNTER = Counter.__table__  # type: ignore[attr-defined]
CLERK = Clerk.__table__  # type: ignore[attr-defined]
CALL = Call.__table__  # type: ignore[attr-defined]
TICKET = Ticket.__table__  # type: ignore[attr-defined]


Changed = tuple[dict[str, Any], dict[str, Any]]
"""What a step changed, before and after, as the journal tells it."""
IN_A_ROW = "privileged_in_a_row"
"""The counter's, told with the ticket's changes, so that a call can be undone whole."""


@dataclass(frozen=True)
class Called:
    """A ticket called just now, and why it was this one."""

    ticket_id: int
    number: str
    service_id: int
    priority_class: str
    language: str
    """In which the citizen took the number."""
    counter: int
    called_at: datetime
    why: Why


@dataclass(frozen=True)
class CounterAtWork:
    """A counter at the moment of a call."""

    id: int
    number: int
    state: str
    zone: str
    privileged_in_a_row: int
    clerk_id: int
    staff_number: str


AT_WORK = Prepared(
    columns_of(
        COUNTER.c.id,
        COUNTER.c.number,
        COUNTER.c.state,
        COUNTER.c.zone,
        COUNTER.c.privileged_in_a_row,
        COUNTER.c.clerk_id,
        CLERK.c.staff_number,
    )
    .select_from(COUNTER.outerjoin(CLERK, CLERK.c.id == COUNTER.c.clerk_id))
    .where(COUNTER.c.hall_id == bindparam("hall"), COUNTER.c.number == bindparam("number"))
    .where(COUNTER.c.withdrawn.is_(False))
)
IN_HAND = Prepared(
    columns_of(TICKET.c.prefix, TICKET.c.number, TICKET.c.business_day).where(
        TICKET.c.counter_id == bindparam("counter"),
        literal_column("state IN ('called', 'serving')"),
    )
)
SET_IN_A_ROW = Prepared(
    update(COUNTER)
    .where(COUNTER.c.id == bindparam("counter"))
    .values(privileged_in_a_row=bindparam("in_a_row"))
)
ADD_CALL = Prepared(
    insert(CALL).values(
        {column.name: bindparam(column.name) for column in CALL.c if column.name != "id"}
    )
)


def counter_at_work(session: Session, rules: HallRules, number: int) -> CounterAtWork:
    """Raises UnknownCounter."""
    row = AT_WORK.one(session, hall=rules.hall_id, number=number)
    if row is None:
        raise UnknownCounter(counter=number)
    return CounterAtWork(*row)


def ready_counter(session: Session, rules: HallRules, number: int, now: datetime) -> CounterAtWork:
    """The counter, open and with empty hands; raises what keeps it from calling."""
    at_work = counter_at_work(session, rules, number)
    if at_work.state == CounterState.CLOSED:
        raise CounterNotOpen(counter=number)
    if at_work.state == CounterState.PAUSED:
        raise CounterPausedNow(counter=number)
    held = IN_HAND.one(session, counter=at_work.id)
    if held is not None and held[2] < rules.business_day(now):
        business_day.settle_past(session, rules, now)
        return ready_counter(session, rules, number, now)
    if held is not None:
        raise TicketInHand(counter=number, number=number_text(held[0], held[1]))
    return at_work


def call_next(session: Session, rules: HallRules, counter: int, now: datetime) -> Called | None:
    """Call whoever is next for this counter's groups; None when nobody waits.

    Needs a write transaction: only that keeps two counters from calling the same person.
    """
    at_work = ready_counter(session, rules, counter, now)
    found = next_in_line.claim(
        session,
        hall_id=rules.hall_id,
        counter_id=at_work.id,
        clerk_id=at_work.clerk_id,
        today=rules.business_day(now),
        ordinary_first=next_in_line.ordinary_first(
            at_work.privileged_in_a_row, rules.numbers.privileged_in_a_row
        ),
        now=now,
    )
    if found is None:
        return None
    ticket, why = found
    called = Called(
        ticket.ticket_id,
        number_text(ticket.prefix, ticket.number),
        ticket.service_id,
        ticket.priority_class,
        ticket.language,
        counter,
        now,
        why,
    )
    turns = keep_turns(session, at_work, ticket.priority_class)
    after = {
        "state": TicketState.CALLED.value,
        "counter_id": at_work.id,
        "clerk_id": at_work.clerk_id,
        "calls": 1,
        "called_at": now.isoformat(),
        "last_called_at": now.isoformat(),
    }
    before = {"state": TicketState.WAITING.value} | ticket_changes.UNCALLED
    changed = before | turns[0], after | turns[1]
    tell_the_hall(session, rules, at_work, called, CallKind.NEXT, changed, now)
    return called


def call_ticket(
    session: Session, rules: HallRules, counter: int, number: str, reason: str, now: datetime
) -> Called:
    """Call this one out of turn, waiting or absent; the reason is kept with the call."""
    at_work = ready_counter(session, rules, counter, now)
    ticket = tickets.by_number(session, rules, number, now)
    if (TicketState(ticket.state), Step.CALLED) not in COURSE:
        raise TicketNotCallable(number=ticket.name, state=ticket.state)
    takes_it = session.get(CounterGroup, (at_work.id, ticket.group_id)) is not None
    is_for_it = at_work.id == ticket.reserved_counter_id
    if not (takes_it or is_for_it or at_work.clerk_id == ticket.reserved_clerk_id):
        raise NotServedHere(counter=counter, number=ticket.name)
    assert ticket.id is not None
    before = ticket_changes.snapshot(ticket)
    ticket.state = TicketState.CALLED
    ticket.counter_id, ticket.clerk_id = at_work.id, at_work.clerk_id
    ticket.calls, ticket.called_at, ticket.last_called_at, ticket.ended_at = 1, now, now, None
    session.flush()
    why = next_in_line.why("chosen", ticket.issued_at, ticket.due_at, now, plain(reason))
    called = called_now(ticket, counter, now, why)
    changed = ticket_changes.difference(before, ticket_changes.snapshot(ticket))
    tell_the_hall(session, rules, at_work, called, CallKind.CHOSEN, changed, now)
    return called


def called_now(ticket: Ticket, counter: int, now: datetime, why: Why) -> Called:
    assert ticket.id is not None
    return Called(
        ticket.id,
        ticket.name,
        ticket.service_id,
        ticket.priority_class,
        ticket.language,
        counter,
        now,
        why,
    )


def keep_turns(session: Session, at_work: CounterAtWork, priority_class: str) -> Changed:
    """At most so many privileged in a row; an ordinary ticket starts the count again."""
    in_a_row = next_in_line.in_a_row_after(at_work.privileged_in_a_row, priority_class)
    if in_a_row == at_work.privileged_in_a_row:
        return {}, {}
    SET_IN_A_ROW.all(session, counter=at_work.id, in_a_row=in_a_row)
    return {IN_A_ROW: at_work.privileged_in_a_row}, {IN_A_ROW: in_a_row}


def tell_the_hall(
    session: Session,
    rules: HallRules,
    at_work: CounterAtWork,
    called: Called,
    kind: CallKind,
    changed: Changed,
    now: datetime,
) -> None:
    """The call, its announcement and its line in the journal go together, or not at all."""
    before, after = changed
    ADD_CALL.all(
        session,
        hall_id=rules.hall_id,
        ticket_id=called.ticket_id,
        counter_id=at_work.id,
        clerk_id=at_work.clerk_id,
        kind=kind.value,
        called_at=now,
        reason=called.why.facts(),
    )
    announcements.add_call(
        session,
        rules.hall_id,
        at_work.zone,
        called.ticket_id,
        called.number,
        (at_work.id, at_work.number),
        rules.numbers.languages,
        called.language,
        timedelta(seconds=rules.numbers.announcement_lifetime_s),
        now,
        again=before.get("state") != TicketState.WAITING,
    )
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            (Step.RECALLED if kind is CallKind.RECALL else Step.CALLED).entry,
            who=at_work.staff_number,
            place=f"counter {at_work.number}",
            subject=f"ticket/{called.ticket_id}",
            why=called.why.rule,  # the clerk's words may name somebody: they stay with the call
            before=before,
            after=after,
        ),
        now,
    )


def ticket_at(
    session: Session, rules: HallRules, counter: int, now: datetime
) -> tuple[CounterAtWork, Ticket]:
    """The ticket this counter has in hand today; a paused counter may still finish it."""
    at_work = counter_at_work(session, rules, counter)
    ticket = counters.in_hand(session, at_work.id, rules.business_day(now))
    if ticket is None:
        raise NoTicketInHand(counter=counter)
    return at_work, ticket


def recall(session: Session, rules: HallRules, counter: int, now: datetime) -> Called:
    """Say it again. Sooner than the interval it is said but not counted as another call."""
    at_work, ticket = ticket_at(session, rules, counter, now)
    if ticket.state != TicketState.CALLED:
        raise AlreadyStarted(number=ticket.name)
    assert ticket.id is not None and ticket.last_called_at is not None
    if ticket.calls >= max(rules.numbers.recall_limit, rules.numbers.calls_before_no_show):
        raise RecallLimitReached(number=ticket.name, calls=ticket.calls)
    before = ticket_changes.snapshot(ticket)
    # Counted either way round: while the clock is behind, recalls must not stop counting.
    if abs(now - ticket.last_called_at) >= timedelta(seconds=rules.numbers.recall_interval_s):
        ticket.calls += 1
        ticket.last_called_at = now
        session.flush()
    why = next_in_line.why("recall", ticket.issued_at, ticket.due_at, now)
    called = called_now(ticket, counter, now, why)
    changed = ticket_changes.difference(before, ticket_changes.snapshot(ticket))
    tell_the_hall(session, rules, at_work, called, CallKind.RECALL, changed, now)
    return called
