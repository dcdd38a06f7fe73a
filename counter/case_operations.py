"""Matters of a visit, quick service and tickets for others, run in a thread, as
`counter.operations`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.tables import Service
    from hall.cases.case_view import Matters
    from hall.notices.notice_view import ServiceChoice
    from hall.open_hall import OpenHall


@dataclass(frozen=True)
class Assisted:
    """A ticket somebody takes for a citizen."""

    service_id: int
    priority_class: str
    assistance: str
    """What help is needed."""
    large_print: bool


# -- several matters in one visit ----------------------------------------------------------------


def matters(hall: OpenHall, counter: int, ticket_id: int | None) -> Matters:
    """Raises what keeps the ticket from being the one in hand."""
    from db.tables import Ticket
    from hall.cases import case_view
    from hall.counters import counter_view, counters

    with hall.reading() as session:
        counter_view.expect_in_hand(session, hall.rules, counter, ticket_id, hall.now())
        here = counters.by_number(session, hall.rules, counter)
        ticket = session.get_one(Ticket, ticket_id)
        return case_view.read_matters(session, hall.rules, here, ticket)


def record(
    hall: OpenHall, counter: int, ticket_id: int | None, service_id: int, result: str
) -> Told:
    from db.tables import CaseResult
    from hall.cases import cases
    from hall.counters import counter_view

    with hall.writing() as session:
        counter_view.expect_in_hand(session, hall.rules, counter, ticket_id, hall.now())
        service = service_of(session, service_id)
        cases.record(session, hall.rules, counter, service, CaseResult(result), hall.now())
        words = _("{number}: {service} is recorded; matters so far: {count}.")
        return told(session, ticket_id, words, service.code)


def strike(hall: OpenHall, counter: int, ticket_id: int | None, case_id: int) -> Told:
    from hall.cases import cases
    from hall.counters import counter_view

    with hall.writing() as session:
        counter_view.expect_in_hand(session, hall.rules, counter, ticket_id, hall.now())
        struck = cases.strike(session, hall.rules, counter, case_id, hall.now())
        words = _("{number}: {service} is struck out; matters so far: {count}.")
        return told(session, ticket_id, words, struck.code)


def told(session: Session, ticket_id: int | None, words: str, service: str) -> Told:
    from db.tables import Ticket
    from hall.cases import cases

    number = session.get_one(Ticket, ticket_id).name
    count = len(cases.of_ticket(session, ticket_id))
    return Told(words, {"number": number, "service": service, "count": count})


def service_of(session: Session, service_id: int) -> Service:
    """Raises UnknownService."""
    from db.tables import Service
    from hall.errors.catalogue import UnknownService

    service = session.get(Service, service_id)
    if service is None:
        raise UnknownService(service=service_id)
    return service


# -- without a ticket taken before ---------------------------------------------------------------


def quick_services(hall: OpenHall, counter: int) -> tuple[ServiceChoice, ...]:
    """What the counter may serve at once."""
    from hall.cases import case_view
    from hall.counters import counters

    with hall.reading() as session:
        here = counters.by_number(session, hall.rules, counter)
        return case_view.read_quick(session, hall.rules, here)


def begin_quick(hall: OpenHall, counter: int, service_id: int) -> Told:
    from db.tables import ServiceGroup
    from hall.tickets import walk_ins

    with hall.writing() as session:
        service = service_of(session, service_id)
        group = session.get_one(ServiceGroup, service.group_id)
        ticket = walk_ins.begin(session, hall.rules, counter, service, group, hall.now())
        return Told(_("{number} is being served, without a slip."), {"number": ticket.name})


def assist(
    hall: OpenHall, asked: Assisted, *, counter: int | None = None, staff_number: str = ""
) -> Told:
    """At a counter by the clerk who sits there; at the desk by whom `staff_number` names."""
    from db.tables import PriorityClass, ServiceGroup
    from hall.counters import counters
    from hall.errors.counters import CounterNotOpen
    from hall.printing import printers
    from hall.printing.printers import Slip
    from hall.tickets import assistance

    with hall.writing() as session:
        if counter is None:
            clerk, place = counters.clerk_by_staff_number(session, hall.rules, staff_number), "desk"
        else:
            here = counters.by_number(session, hall.rules, counter)
            if here.clerk_id is None:
                raise CounterNotOpen(counter=counter)
            clerk, place = counters.clerk_of(session, here), f"counter {counter}"
        service = service_of(session, asked.service_id)
        issued = assistance.take_for(
            session,
            hall.rules,
            service,
            session.get_one(ServiceGroup, service.group_id),
            clerk,
            asked.assistance,
            hall.now(),
            priority_class=PriorityClass(asked.priority_class),
            place=place,
            printer=hall.settings.printer.name,
            large_print=asked.large_print or hall.settings.printer.large_print,
        )
        known = printers.read(session, hall.rules.hall_id, hall.now())
        outlook = printers.prospect(known, hall.settings.printer.name)
    facts = {
        "number": issued.number,
        "ahead": issued.ahead,
        "counters": ", ".join(map(str, issued.counters)),
        "place": outlook.place,
    }
    if outlook.slip is Slip.AT_DESK:
        words = _("{number} is taken; its slip waits, for the printer is out of use.")
        return Told(words, facts, good=False)
    if outlook.place:
        words = _("{number} is taken; its slip comes out here: {place}. {ahead} ahead.")
        return Told(words, facts)
    return Told(_("{number} is taken; {ahead} ahead; counters {counters}."), facts)
