"""补打 at the counter: what can be printed again here, and doing it; as `counter.operations`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from hall.names import Names
    from hall.open_hall import OpenHall


@dataclass(frozen=True)
class SlipChoice:
    subject: str
    """ "ticket/17", "notice/3"."""
    name: str
    """The ticket's number, the notice's serial."""
    service: Names


@dataclass(frozen=True)
class Reprintable:
    slips: tuple[SlipChoice, ...]
    """Empty when there is nothing to print again."""
    reasons: Mapping[str, str]
    """Code → words yet to be put into the reader's language."""


def reprintable(hall: OpenHall, counter: int, ticket_id: int | None) -> Reprintable:
    """The ticket in hand, and the notice last issued at this counter today."""
    from db.tables import Service, Ticket
    from hall.counters import counters
    from hall.names import plain_names
    from hall.notices import notices
    from hall.printing import reprints

    found = []
    with hall.reading() as session:
        here = counters.by_number(session, hall.rules, counter)
        ticket = session.get(Ticket, ticket_id) if ticket_id is not None else None
        if ticket is not None:
            service = session.get_one(Service, ticket.service_id)
            found.append(SlipChoice(f"ticket/{ticket.id}", ticket.name, plain_names(service.names)))
        notice = notices.last_at_counter(session, hall.rules, here, hall.now())
        if notice is not None:
            service = session.get_one(Service, notice.service_id)
            found.append(
                SlipChoice(f"notice/{notice.id}", notice.serial, plain_names(service.names))
            )
    return Reprintable(tuple(found), dict(reprints.REASONS))


def reprint(hall: OpenHall, counter: int, slip: SlipChoice, reason: str) -> Told:
    """`reason`: a code of `Reprintable.reasons`, or the clerk's own words."""
    from hall.counters import counters
    from hall.errors.counters import CounterNotOpen
    from hall.printing import printers, reprints
    from hall.printing.printers import Slip

    own = hall.settings.printer.name
    with hall.writing() as session:
        here = counters.by_number(session, hall.rules, counter)
        if here.clerk_id is None:
            raise CounterNotOpen(counter=counter)
        clerk = counters.clerk_of(session, here)
        reprints.ask(
            session,
            hall.rules,
            slip.subject,
            reason,
            hall.now(),
            printer=own,
            who=clerk.staff_number,
        )
        known = printers.read(session, hall.rules.hall_id, hall.now())
        found = printers.prospect(known, own)
    if found.slip is Slip.AT_DESK:
        words = _("{name} waits to be printed again, for the printer is out of use.")
        return Told(words, {"name": slip.name}, good=False)
    if found.place:
        words = _("{name} is printed again here: {place}.")
        return Told(words, {"name": slip.name, "place": found.place})
    return Told(_("{name} is being printed again."), {"name": slip.name})
