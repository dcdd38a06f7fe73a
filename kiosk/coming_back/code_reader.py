"""What a code is, and what its citizen can do with it; imported and called in worker threads."""

from typing import Any

from sqlmodel import Session, select

from db.engine import reading, writing
from db.tables import Counter, PriorityClass, Service, Ticket, TicketState
from hall.cases import ratings
from hall.errors.notices import UnknownNotice
from hall.names import plain_names
from hall.notices import notice_corrections, self_checks
from hall.open_hall import OpenHall
from hall.tickets import expected_waits, found_ticket, real_names, returning
from hall.tickets.identity_number import IdentityNumber
from kiosk.coming_back.found import Found, FoundPapers, FoundTicket
from kiosk.hall_reader import given_number
from kiosk.offer import GivenNumber, Names


def read_code(hall: OpenHall, code: str) -> Found:
    """Raises DatabaseFault."""
    with reading(hall.engine) as session:
        ticket = session.exec(
            select(Ticket).where(Ticket.code == code, Ticket.hall_id == hall.rules.hall_id)
        ).first()
        if ticket is not None:
            if ticket.business_day != hall.rules.business_day(hall.now()):
                return "another_day"
            return ticket_now(session, hall, ticket)
        try:
            notice = returning.find(session, hall.rules, code, returning.KIOSK)
        except UnknownNotice:
            return list_of(session, hall, code)
        newest = notice_corrections.newest(session, notice)
        return FoundPapers(
            "notice",
            code,
            newest.serial,
            plain_names(newest.content["service"]),
            papers_of(newest.content),
            asks_name(session, hall, newest.service_id),
        )


def list_of(session: Session, hall: OpenHall, code: str) -> Found:
    try:
        check = self_checks.by_code(session, hall.rules, code)
    except UnknownNotice:
        return "unknown"
    service = plain_names(check.content["service"])
    papers, name = papers_of(check.content), asks_name(session, hall, check.service_id)
    return FoundPapers("list", code, check.serial, service, papers, name)


def asks_name(session: Session, hall: OpenHall, service_id: int) -> bool:
    return real_names.are_wanted(hall.rules, session.get_one(Service, service_id))


def papers_of(content: dict[str, Any]) -> tuple[Names, ...]:
    """Of a notice's content, what had to be brought."""
    return tuple(
        plain_names(one["names"]) for one in content["materials"] if one["finding"] != "here"
    )


def ticket_now(session: Session, hall: OpenHall, ticket: Ticket) -> FoundTicket:
    assert ticket.id is not None
    counter = session.get(Counter, ticket.counter_id) if ticket.counter_id is not None else None
    waits = ticket.state == TicketState.WAITING
    ahead, wait = 0, None
    if waits:
        ahead, expected = expected_waits.of_ticket(session, hall.rules, ticket, hall.now())
        if expected is not None:
            wait = expected.minutes
    return FoundTicket(
        ticket_id=ticket.id,
        number=ticket.name,
        service=plain_names(session.get_one(Service, ticket.service_id).names),
        state=str(ticket.state),
        counter=counter.number if counter is not None and not waits else None,
        counters=found_ticket.called_at(session, ticket) if waits else (),
        ahead=ahead,
        wait_minutes=wait,
        is_rated=ratings.is_rated(session, ticket.id),
    )


def come_back(
    hall: OpenHall,
    papers: FoundPapers,
    priority_class: str,
    language: str,
    person: IdentityNumber | None,
) -> GivenNumber:
    """With all papers; what is returned is committed. Raises DatabaseFault, Refused."""
    operation = returning.come_back if papers.kind == "notice" else returning.come_back_checked
    with writing(hall.engine) as session:
        issued = operation(
            session,
            hall.rules,
            papers.code,
            hall.now(),
            place=hall.settings.kiosk.place,
            priority_class=PriorityClass(priority_class),
            person=person,
            by_age=False,
            language=language,
            printer=hall.settings.printer.name,
            large_print=hall.settings.printer.large_print,
        )
        return given_number(session, hall, issued)


def rate(hall: OpenHall, ticket_id: int, stars: int) -> None:
    """Raises DatabaseFault, Refused."""
    place = hall.settings.kiosk.place
    with writing(hall.engine) as session:
        ratings.rate(session, hall.rules, ticket_id, stars, hall.now(), place=place)


def rate_more(hall: OpenHall, ticket_id: int, more: dict[str, int]) -> None:
    """`more`: a star count for each of `ratings.DIMENSIONS` that was answered."""
    with writing(hall.engine) as session:
        ratings.add_dimensions(session, ticket_id, more)
