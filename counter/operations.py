"""The clerk's verbs on the database, run in a thread; each tells in a sentence what was done.

The tables take a while to import, so each function imports what it needs when it runs. All raise
Refused and DatabaseFault; then nothing was changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hall.marked import _

if TYPE_CHECKING:
    from hall.counters.counter_view import CounterView
    from hall.open_hall import OpenHall


@dataclass(frozen=True)
class Told:
    """A sentence yet to be put into the reader's language."""

    words: str
    facts: Mapping[str, Any]
    good: bool = True
    """False: nothing was done, though nothing is wrong; or something is left to do."""


UNDONE = {
    "called": _("{number}: the call is undone; it is where it was before."),
    "walked_in": _("{number}: the quick service is undone; the number is void."),
    "started": _("{number}: the start is undone; it is called and not yet served."),
    "finished": _("{number} is not finished any more; it is in hand again."),
    "no_show": _("{number} is not absent any more; it is in hand again."),
    "requeued": _("{number} is not in the line any more; it is marked absent again."),
    "held": _("{number} is not put aside any more; it is in hand again."),
    "resumed": _("{number} is put aside again, as before."),
    "transferred": _("{number}: the transfer is undone; it is in hand again."),
    "sent_back": _("{number} is not sent back; it is in hand again."),
}
"""By the step that was undone."""


def look(hall: OpenHall, counter: int) -> CounterView:
    from hall.counters.counter_view import read_counter

    with hall.reading() as session:
        return read_counter(
            session, hall.rules, counter, hall.now(), printer=hall.settings.printer.name
        )


def call_next(hall: OpenHall, counter: int) -> Told:
    from hall.tickets import calling

    with hall.writing() as session:
        called = calling.call_next(session, hall.rules, counter, hall.now())
    if called is None:
        return Told(_("Nobody waits for this counter."), {}, good=False)
    return Told(_("{number} is called."), {"number": called.number})


def call_ticket(hall: OpenHall, counter: int, number: str, reason: str) -> Told:
    from hall.tickets import calling

    with hall.writing() as session:
        called = calling.call_ticket(session, hall.rules, counter, number, reason, hall.now())
    return Told(_("{number} is called."), {"number": called.number})


def look_at_proof(hall: OpenHall, counter: int, ticket_id: int | None) -> Told:
    """Seen; looked at once more: not shown."""
    from db.tables import Proof
    from hall.counters import counter_view
    from hall.tickets import proofs

    with hall.writing() as session:
        counter_view.expect_in_hand(session, hall.rules, counter, ticket_id, hall.now())
        ticket = proofs.look(session, hall.rules, counter, hall.now())
        facts = {"number": ticket.name}
        if ticket.proof == Proof.SEEN:
            return Told(_("{number}: the proof is seen. Not shown? Press once more."), facts)
        return Told(_("{number}: the proof was not shown."), facts, good=False)


def recall(hall: OpenHall, counter: int, ticket_id: int | None) -> Told:
    from hall.counters import counter_view
    from hall.tickets import calling

    with hall.writing() as session:
        counter_view.expect_in_hand(session, hall.rules, counter, ticket_id, hall.now())
        before = calling.ticket_at(session, hall.rules, counter, hall.now())[1].calls
        called = calling.recall(session, hall.rules, counter, hall.now())
        calls = calling.ticket_at(session, hall.rules, counter, hall.now())[1].calls
    if calls == before:
        seconds = hall.rules.numbers.recall_interval_s
        return Told(
            _("{number} is said again; sooner than {seconds} seconds it does not count as a call."),
            {"number": called.number, "seconds": seconds},
        )
    return Told(
        _("{number} is called again, call {calls}."), {"number": called.number, "calls": calls}
    )


def start(hall: OpenHall, counter: int, ticket_id: int | None) -> Told:
    from hall.counters import counter_view
    from hall.tickets import serving

    with hall.writing() as session:
        counter_view.expect_in_hand(session, hall.rules, counter, ticket_id, hall.now())
        ticket = serving.start(session, hall.rules, counter, hall.now())
        return Told(_("{number} is being served."), {"number": ticket.name})


def finish(hall: OpenHall, counter: int, ticket_id: int | None) -> Told:
    from db.tables import TicketState
    from hall.counters import counter_view
    from hall.tickets import serving

    with hall.writing() as session:
        counter_view.expect_in_hand(session, hall.rules, counter, ticket_id, hall.now())
        back_to = counter_view.returns_to(session, ticket_id)
        ticket = serving.finish(session, hall.rules, counter, hall.now())
        facts = {"number": ticket.name, "counter": back_to}
        if ticket.state == TicketState.FINISHED:
            return Told(_("{number} is finished."), facts)
        if ticket.reserved_counter_id is not None:
            return Told(_("{number} is done here and goes back to counter {counter}."), facts)
    return Told(_("{number} goes back into the line, for counter {counter} has closed."), facts)


def no_show(hall: OpenHall, counter: int, ticket_id: int | None) -> Told:
    from hall.counters import counter_view
    from hall.tickets import serving

    with hall.writing() as session:
        counter_view.expect_in_hand(session, hall.rules, counter, ticket_id, hall.now())
        ticket = serving.no_show(session, hall.rules, counter, hall.now())
        return Told(_("{number} is marked absent."), {"number": ticket.name})


def bring_back(hall: OpenHall, counter: int, number: str) -> Told:
    from hall.tickets import serving

    with hall.writing() as session:
        ticket = serving.requeue(session, hall.rules, counter, number, hall.now())
        return Told(_("{number} is back in the line."), {"number": ticket.name})


def hold(hall: OpenHall, counter: int, ticket_id: int, reason: str) -> Told:
    from hall.counters import counter_view
    from hall.tickets import holding

    with hall.writing() as session:
        counter_view.expect_in_hand(session, hall.rules, counter, ticket_id, hall.now())
        ticket = holding.hold(session, hall.rules, counter, reason, hall.now())
        return Told(_("{number} is put aside; your hands are free."), {"number": ticket.name})


def resume(hall: OpenHall, counter: int, number: str) -> Told:
    from hall.tickets import holding

    with hall.writing() as session:
        ticket = holding.resume(session, hall.rules, counter, number, hall.now())
        return Told(_("{number} is in hand again."), {"number": ticket.name})


def undo(hall: OpenHall, counter: int, sequence: int | None) -> Told:
    """`sequence`: the step the clerk saw that could be undone."""
    from hall.tickets import undo as undoing

    with hall.writing() as session:
        undoing.expect_step(session, hall.rules, counter, sequence, hall.now())
        ticket, step = undoing.undo(session, hall.rules, counter, hall.now())
        return Told(UNDONE[step.value], {"number": ticket.name})


def open_counter(hall: OpenHall, counter: int, staff_number: str) -> Told:
    from hall.counters import counters
    from hall.names import plain

    with hall.writing() as session:
        # Who relieves a colleague says so at the locked screen; here it would be a mistake.
        counters.open_counter(
            session, hall.rules, counter, plain(staff_number), hall.now(), relieve=False
        )
    return Told(_("Counter {counter} is open."), {"counter": counter})


def pause(hall: OpenHall, counter: int, reason: str, until: datetime | None) -> Told:
    from hall.counters import counters, stand_ins

    with hall.writing() as session:
        here = counters.pause(session, hall.rules, counter, reason, hall.now(), until=until)
        takers = stand_ins.read_takers(session, here)
    facts = {"counter": counter, "others": ", ".join(map(str, takers))}
    if until is None and here.pause_until is not None:
        facts["until"] = f"{hall.rules.local(here.pause_until):%H:%M}"
        return Told(_("Counter {counter} is paused until office hours begin, {until}."), facts)
    if takers:
        return Told(_("Counter {counter} is paused; counter {others} takes its line."), facts)
    return Told(_("Counter {counter} is paused."), facts)


CLOSED = {
    (False, False): _("Counter {counter} is closed."),
    (True, False): _("Counter {counter} is closed. Still put aside here: {numbers}"),
    (False, True): _("Counter {counter} is closed. People wait whom nobody takes now: {lines}"),
    (True, True): _(
        "Counter {counter} is closed. Still put aside here: {numbers}. "
        "People wait whom nobody takes now: {lines}"
    ),
}
"""By whether anybody is left put aside, and whether anybody waits for nobody."""


def close(hall: OpenHall, counter: int) -> Told:
    from hall.counters import counters, stand_ins
    from hall.names import name_in
    from hall.tickets import line_view

    now, language = hall.now(), hall.settings.language
    with hall.writing() as session:
        here = counters.by_number(session, hall.rules, counter)
        unserved = stand_ins.leaves_behind(session, hall.rules, here, now)
        counters.close(session, hall.rules, counter, now)
        held = line_view.read_held(session, hall.rules, here, hall.rules.business_day(now))
    numbers = "  ".join(ticket.number for ticket in held if ticket.own)
    lines = "  ".join(f"{name_in(one.group, language)} {one.waiting}" for one in unserved)
    facts = {"counter": counter, "numbers": numbers, "lines": lines}
    left = (bool(numbers), bool(lines))
    return Told(CLOSED[left], facts, good=not any(left))
