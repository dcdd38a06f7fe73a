"""A question put at a counter: answered there, or handed to somebody by name; run in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from counter.desk.desk_operations import Asked, HandedOver
    from hall.desk_view import Colleague
    from hall.open_hall import OpenHall


def colleagues(hall: OpenHall, counter: int) -> tuple[Colleague, ...]:
    """To whom the clerk who sits there can hand it over."""
    from counter.desk import desk_operations
    from hall.counters import counters

    with hall.reading() as session:
        here = counters.by_number(session, hall.rules, counter)
        own = counters.clerk_of(session, here).staff_number if here.clerk_id is not None else ""
    return desk_operations.colleagues(hall, own)


def take(hall: OpenHall, counter: int, asked: Asked, to: HandedOver | None) -> Told:
    """All in one: taken, and answered or handed over; neither: the clerk here answers for it."""
    from db.tables import InquiryChannel
    from hall.counters import counters
    from hall.errors.counters import CounterNotOpen
    from hall.inquiries import inquiries
    from hall.inquiries.inquiry_numbers import name_of
    from hall.names import plain
    from hall.tickets import tickets

    rules, now, place = hall.rules, hall.now(), f"counter {counter}"
    with hall.writing() as session:
        here = counters.by_number(session, rules, counter)
        if here.clerk_id is None:
            raise CounterNotOpen(counter=counter)
        clerk = counters.clerk_of(session, here)
        inquiry = inquiries.take(
            session,
            rules,
            clerk,
            asked.matter,
            now,
            channel=InquiryChannel.PHONE if asked.by_phone else InquiryChannel.IN_PERSON,
            ticket=tickets.by_number(session, rules, asked.ticket, now) if asked.ticket else None,
            contact=asked.contact,
            place=place,
        )
        facts = {"number": name_of(inquiry)}
        if asked.result:
            inquiries.answer(session, rules, inquiry, clerk, asked.result, now, place=place)
            return Told(_("{number} is taken and answered."), facts)
        if to is None:
            return Told(_("{number} is taken; you answer for it."), facts)
        colleague = counters.clerk_by_staff_number(session, rules, to.staff_number)
        machine = hall.settings.printer
        inquiries.hand_over(
            session,
            rules,
            inquiry,
            clerk,
            colleague,
            to.words,
            now,
            place=place,
            printer=machine.name,
            large_print=machine.large_print,
        )
        facts |= {"name": plain(colleague.name), "phone": plain(colleague.phone)}
    return Told(_("{number} is with {name} now, telephone {phone}; the slip is printed."), facts)
