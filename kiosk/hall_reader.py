"""The kiosk's questions to the hall; imported and called in worker threads only."""

from dataclasses import replace

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.engine import reading, writing
from db.tables import (
    Counter,
    CounterGroup,
    CounterState,
    PriorityClass,
    Ticket,
    TicketState,
)
from hall.announcing import emergencies
from hall.catalogue import catalogue
from hall.hours import gatekeeping
from hall.open_hall import OpenHall
from hall.printing import printers
from hall.printing.printers import Slip
from hall.tickets import expected_waits, real_names, tickets
from hall.tickets.identity_number import IdentityNumber
from hall.tickets.tickets import Issued
from kiosk.offer import GivenNumber, GroupOffer, Offer, ServiceOffer, SlipNews


def read_offer(hall: OpenHall) -> Offer:
    """Raises DatabaseFault."""
    with reading(hall.engine) as session:
        waiting = waiting_by_group(session, hall)
        counters = open_counters_by_group(session, hall)
        waits = expected_waits.by_group(session, hall.rules, hall.now())
        groups = catalogue.groups(session, hall.rules)
        offered = [service for found in groups for service in found.services]
        gates = gatekeeping.gates(session, hall.rules, offered, hall.now())
        return Offer(
            hall=dict(hall.rules.names),
            groups=tuple(
                GroupOffer(
                    code=found.group.code,
                    prefix=found.group.prefix,
                    names=dict(found.group.names),
                    waiting=waiting.get(found.group.id or 0, 0),
                    open_counters=tuple(counters.get(found.group.id or 0, ())),
                    wait_minutes=waits[found.group.id].minutes if found.group.id in waits else None,
                    services=tuple(
                        ServiceOffer(
                            service.code,
                            dict(service.names),
                            service.minutes,
                            catalogue.limit_of(service),
                            gates[service.code],
                            service.phone,
                            service.bookable,
                            real_names.are_wanted(hall.rules, service),
                        )
                        for service in found.services
                    ),
                )
                for found in groups
            ),
            emergency=emergencies.standing(session, hall.rules, hall.now()),
            slips_at_desk=would_come_at_desk(session, hall),
            priority_classes=tuple(hall.rules.numbers.priority_classes),
        )


def would_come_at_desk(session: Session, hall: OpenHall) -> bool:
    known = printers.read(session, hall.rules.hall_id, hall.now())
    return printers.prospect(known, hall.settings.printer.name).slip is Slip.AT_DESK


def waiting_by_group(session: Session, hall: OpenHall) -> dict[int, int]:
    rows = session.exec(
        select(Ticket.group_id, func.count())
        .where(
            Ticket.hall_id == hall.rules.hall_id,
            Ticket.business_day == hall.rules.business_day(hall.now()),
            Ticket.state == TicketState.WAITING,
        )
        .group_by(col(Ticket.group_id))
    ).all()
    return dict(rows)


def open_counters_by_group(session: Session, hall: OpenHall) -> dict[int, list[int]]:
    rows = session.exec(
        select(CounterGroup.group_id, Counter.number)
        .join(Counter, col(Counter.id) == col(CounterGroup.counter_id))
        .where(
            Counter.hall_id == hall.rules.hall_id,
            Counter.state == CounterState.OPEN,
            col(Counter.withdrawn).is_(False),
        )
        .order_by(col(Counter.number))
    ).all()
    found: dict[int, list[int]] = {}
    for group_id, number in rows:
        found.setdefault(group_id, []).append(number)
    return found


def give_number(
    hall: OpenHall,
    service_code: str,
    priority_class: str,
    language: str,
    person: IdentityNumber | None = None,
) -> GivenNumber:
    """Issue a ticket; what is returned is committed. Raises DatabaseFault, Refused."""
    with writing(hall.engine) as session:
        service, group = catalogue.service(session, hall.rules, service_code)
        issued = tickets.issue(
            session,
            hall.rules,
            service,
            group,
            hall.now(),
            priority_class=PriorityClass(priority_class),
            language=language,
            place=hall.settings.kiosk.place,
            circumstances=replace(tickets.BY_ONESELF, person=person, by_age=False),
            printer=hall.settings.printer.name,
            large_print=hall.settings.printer.large_print,
        )
        return given_number(session, hall, issued)


def given_number(session: Session, hall: OpenHall, issued: Issued) -> GivenNumber:
    wait = None
    if issued.wait_low_s is not None and issued.wait_high_s is not None:
        wait = (issued.wait_low_s // 60, issued.wait_high_s // 60)
    return GivenNumber(
        ticket_id=issued.ticket_id,
        number=issued.number,
        service=dict(issued.service.names),
        counters=tuple(issued.counters),
        ahead=issued.ahead,
        wait_minutes=wait,
        slip=slip_in(session, hall, f"ticket/{issued.ticket_id}"),
    )


def slip_of(hall: OpenHall, ticket_id: int) -> SlipNews:
    """How far the slip of this ticket has come. Raises DatabaseFault."""
    with reading(hall.engine) as session:
        return slip_in(session, hall, f"ticket/{ticket_id}")


def slip_in(session: Session, hall: OpenHall, subject: str) -> SlipNews:
    """`subject`: of its print jobs."""
    found = printers.read_outlook(
        session, hall.rules.hall_id, subject, hall.settings.printer.name, hall.now()
    )
    return SlipNews(found.slip.value, found.place)
