"""The desk's verbs on the database, run in a thread, as `counter.operations`.

Each takes the hall and the staff number of who does it, and what else it needs behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from counter.reprint_operations import Reprintable, SlipChoice
    from db.tables import Clerk, Inquiry
    from hall.desk_view import Colleague, DeskView, InquiryShown
    from hall.notices.notice_view import ServiceChoice
    from hall.open_hall import OpenHall
    from hall.tickets.found_ticket import FoundTicket

DESK = "desk"

TELL_THE_NUMBER = _(
    "{ticket}, counters {counters}: its slip waits, for the printer is out of use. Tell the number."
)
SLIP_WAITS = _("{name} waits to be printed, for the printer is out of use.")


@dataclass(frozen=True)
class Asked:
    """A new inquiry."""

    matter: str
    by_phone: bool
    contact: str
    ticket: str
    """A number, or empty."""
    result: str
    """Empty: it is not answered yet."""


@dataclass(frozen=True)
class Led:
    service_id: int
    priority_class: str


@dataclass(frozen=True)
class HandedOver:
    staff_number: str
    words: str


# -- reading -------------------------------------------------------------------------------------


def look(hall: OpenHall) -> DeskView:
    from hall.desk_view import read_desk

    with hall.reading() as session:
        return read_desk(session, hall.rules, hall.now(), printer=hall.settings.printer.name)


def services(hall: OpenHall) -> tuple[ServiceChoice, ...]:
    from hall.notices.notice_view import read_services

    with hall.reading() as session:
        return read_services(session, hall.rules)


def colleagues(hall: OpenHall, without: str) -> tuple[Colleague, ...]:
    """`without`: the staff number of who has it already."""
    from hall.desk_view import read_colleagues

    with hall.reading() as session:
        found = read_colleagues(session, hall.rules)
    return tuple(one for one in found if one.staff_number != without)


def find(hall: OpenHall, number: str) -> FoundTicket | InquiryShown:
    """Of what was typed or scanned; raises UnknownTicket, UnknownInquiry."""
    from hall.desk_view import read_inquiry
    from hall.inquiries import inquiries
    from hall.inquiries.inquiry_numbers import parse
    from hall.tickets.found_ticket import read_ticket

    now = hall.now()
    with hall.reading() as session:
        if parse(number) is None:
            return read_ticket(session, hall.rules, number, now)
        inquiry = inquiries.by_number(session, hall.rules, number, now)
        return read_inquiry(session, hall.rules, inquiry, now)


def ticket_slip(found: FoundTicket) -> Reprintable:
    from counter.reprint_operations import Reprintable, SlipChoice
    from hall.printing import reprints

    slip = SlipChoice(f"ticket/{found.ticket_id}", found.number, found.service)
    return Reprintable((slip,), dict(reprints.REASONS))


def inquiry_slip(hall: OpenHall, inquiry: InquiryShown) -> Reprintable:
    """Nothing to choose from when it was never printed for whoever has it now."""
    from counter.reprint_operations import Reprintable, SlipChoice
    from db.tables import Inquiry
    from hall.inquiries import inquiries
    from hall.printing import reprints

    with hall.reading() as session:
        subject = inquiries.slip_of(session, session.get_one(Inquiry, inquiry.inquiry_id))
        known = reprints.prints_of(session, hall.rules.hall_id, subject)
    slips = (SlipChoice(subject, inquiry.number, {}),) if known else ()
    return Reprintable(slips, dict(reprints.REASONS))


def printer_is_out(session: Session, hall: OpenHall) -> bool:
    """What is printed here comes out nowhere."""
    from hall.printing import printers
    from hall.printing.printers import Slip

    known = printers.read(session, hall.rules.hall_id, hall.now())
    return printers.prospect(known, hall.settings.printer.name).slip is Slip.AT_DESK


# -- inquiries -----------------------------------------------------------------------------------


def concerned(
    session: Session, hall: OpenHall, staff_number: str, inquiry: InquiryShown
) -> tuple[Clerk, Inquiry]:
    from db.tables import Inquiry
    from hall.counters import counters

    clerk = counters.clerk_by_staff_number(session, hall.rules, staff_number)
    return clerk, session.get_one(Inquiry, inquiry.inquiry_id)


def take(hall: OpenHall, staff_number: str, asked: Asked) -> Told:
    from db.tables import InquiryChannel
    from hall.counters import counters
    from hall.inquiries import inquiries
    from hall.inquiries.inquiry_numbers import name_of
    from hall.tickets import tickets

    rules, now = hall.rules, hall.now()
    with hall.writing() as session:
        clerk = counters.clerk_by_staff_number(session, rules, staff_number)
        ticket = tickets.by_number(session, rules, asked.ticket, now) if asked.ticket else None
        inquiry = inquiries.take(
            session,
            rules,
            clerk,
            asked.matter,
            now,
            channel=InquiryChannel.PHONE if asked.by_phone else InquiryChannel.IN_PERSON,
            ticket=ticket,
            contact=asked.contact,
        )
        facts = {"number": name_of(inquiry)}
        if asked.result:
            inquiries.answer(session, rules, inquiry, clerk, asked.result, now)
            return Told(_("{number} is taken and answered."), facts)
    return Told(_("{number} is taken; you answer for it."), facts)


def answer(hall: OpenHall, staff_number: str, inquiry: InquiryShown, result: str) -> Told:
    from hall.inquiries import inquiries

    with hall.writing() as session:
        clerk, found = concerned(session, hall, staff_number, inquiry)
        inquiries.answer(session, hall.rules, found, clerk, result, hall.now())
    return Told(_("{number} is answered."), {"number": inquiry.number})


def direct(hall: OpenHall, staff_number: str, inquiry: InquiryShown, where: str) -> Told:
    from hall.inquiries import inquiries

    with hall.writing() as session:
        clerk, found = concerned(session, hall, staff_number, inquiry)
        inquiries.direct(session, hall.rules, found, clerk, where, hall.now())
    return Told(_("{number}: the citizen was told where to go."), {"number": inquiry.number})


def lead(hall: OpenHall, staff_number: str, inquiry: InquiryShown, led: Led) -> Told:
    from db.tables import PriorityClass, Service, ServiceGroup
    from hall.errors.catalogue import UnknownService
    from hall.inquiries import inquiries

    machine = hall.settings.printer
    with hall.writing() as session:
        clerk, found = concerned(session, hall, staff_number, inquiry)
        service = session.get(Service, led.service_id)
        if service is None:
            raise UnknownService(service=led.service_id)
        gone_on = inquiries.lead_to(
            session,
            hall.rules,
            found,
            clerk,
            service,
            session.get_one(ServiceGroup, service.group_id),
            hall.now(),
            priority_class=PriorityClass(led.priority_class),
            printer=machine.name,
            large_print=machine.large_print,
        )
        facts = {"number": inquiry.number, "ticket": gone_on.ticket}
        if gone_on.issued is None:
            return Told(_("{number} goes on as {ticket}, which the citizen has already."), facts)
        facts["counters"] = ", ".join(map(str, gone_on.issued.counters))
        if printer_is_out(session, hall):
            return Told(TELL_THE_NUMBER, facts, good=False)
        return Told(_("{number} goes on as {ticket}, counters {counters}."), facts)


def hand_over(hall: OpenHall, staff_number: str, inquiry: InquiryShown, chosen: HandedOver) -> Told:
    from hall.counters import counters
    from hall.inquiries import inquiries
    from hall.names import plain

    machine = hall.settings.printer
    with hall.writing() as session:
        clerk, found = concerned(session, hall, staff_number, inquiry)
        to = counters.clerk_by_staff_number(session, hall.rules, chosen.staff_number)
        inquiries.hand_over(
            session,
            hall.rules,
            found,
            clerk,
            to,
            chosen.words,
            hall.now(),
            printer=machine.name,
            large_print=machine.large_print,
        )
        facts = {"number": inquiry.number, "name": plain(to.name), "phone": plain(to.phone)}
        if printer_is_out(session, hall):
            words = _(
                "{number} is with {name} now, telephone {phone}; the slip waits, for the printer "
                "is out of use."
            )
            return Told(words, facts, good=False)
    return Told(_("{number} is with {name} now, telephone {phone}; the slip is printed."), facts)


def print_slip(hall: OpenHall, staff_number: str, inquiry: InquiryShown) -> Told:
    """Its first print."""
    from hall import rights
    from hall.inquiries import inquiries
    from hall.rights import Right

    machine = hall.settings.printer
    with hall.writing() as session:
        clerk, found = concerned(session, hall, staff_number, inquiry)
        rights.check(clerk, Right.ASSIST)
        inquiries.print_slip(
            session,
            hall.rules,
            found,
            hall.now(),
            printer=machine.name,
            large_print=machine.large_print,
        )
        if printer_is_out(session, hall):
            return Told(SLIP_WAITS, {"name": inquiry.number}, good=False)
    return Told(_("The slip of {number} is being printed."), {"number": inquiry.number})


# -- what else the desk does ---------------------------------------------------------------------


def reprint(hall: OpenHall, staff_number: str, slip: SlipChoice, reason: str) -> Told:
    from hall.printing import reprints

    printer = hall.settings.printer.name
    with hall.writing() as session:
        now = hall.now()
        reprints.ask(
            session, hall.rules, slip.subject, reason, now, printer=printer, who=staff_number
        )
        if printer_is_out(session, hall):
            return Told(SLIP_WAITS, {"name": slip.name}, good=False)
    return Told(_("{name} is being printed again."), {"name": slip.name})
