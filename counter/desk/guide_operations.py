"""Papers brought back, words to colleagues, calls for help: as `desk_operations`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter.desk.desk_operations import DESK, TELL_THE_NUMBER, printer_is_out
from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from hall.desk_view import CounterShown
    from hall.open_hall import OpenHall


@dataclass(frozen=True)
class Word:
    counter: int | None
    """None: every counter where somebody sits."""
    text: str


def counters(hall: OpenHall) -> tuple[CounterShown, ...]:
    from hall.desk_view import read_counters

    with hall.reading() as session:
        return read_counters(session, hall.rules)


def come_back(hall: OpenHall, staff_number: str, code_or_serial: str) -> Told:
    from hall.tickets import returning

    machine = hall.settings.printer
    with hall.writing() as session:
        issued = returning.come_back(
            session,
            hall.rules,
            code_or_serial,
            hall.now(),
            who=staff_number,
            place=DESK,
            printer=machine.name,
            large_print=machine.large_print,
        )
        numbers = ", ".join(map(str, issued.counters))
        facts = {"ticket": issued.number, "counters": numbers}
        if printer_is_out(session, hall):
            return Told(TELL_THE_NUMBER, facts, good=False)
    return Told(_("{ticket} is ahead of new ones; counters {counters}."), facts)


def send(hall: OpenHall, staff_number: str, word: Word) -> Told:
    from hall.counters import counter_messages
    from hall.counters import counters as of_hall

    to = None if word.counter is None else [word.counter]
    with hall.writing() as session:
        sender = of_hall.clerk_by_staff_number(session, hall.rules, staff_number)
        sent = counter_messages.send(session, hall.rules, to, word.text, sender, hall.now())
    facts = {"counters": ", ".join(map(str, sent))}
    return Told(_("It stands on the screens of counters {counters} now."), facts)


def go_to_kiosk(hall: OpenHall, staff_number: str, request_id: int, place: str) -> Told:
    """`place`: in words."""
    from hall.counters import counters as of_hall
    from hall.counters import help_requests

    with hall.writing() as session:
        clerk = of_hall.clerk_by_staff_number(session, hall.rules, staff_number)
        help_requests.answer(session, hall.rules, request_id, clerk, hall.now())
    return Told(_("{place}: they read there that you are coming."), {"place": place})


def ask_for_help(hall: OpenHall, staff_number: str, kind: str, words: str) -> Told:
    """`kind`: "duty_manager" or "emergency"."""
    from db.tables import HelpKind
    from hall.counters import counters as of_hall
    from hall.counters import help_requests

    with hall.writing() as session:
        clerk = of_hall.clerk_by_staff_number(session, hall.rules, staff_number)
        help_requests.ask(session, hall.rules, HelpKind(kind), DESK, None, clerk, words, hall.now())
    if kind == HelpKind.EMERGENCY:
        return Told(_("Everyone on duty is told of the emergency."), {})
    return Told(_("The duty manager is called."), {})


def take_back(hall: OpenHall, staff_number: str, request_id: int) -> Told:
    from hall.counters import counters as of_hall
    from hall.counters import help_requests

    with hall.writing() as session:
        clerk = of_hall.clerk_by_staff_number(session, hall.rules, staff_number)
        asked = help_requests.withdraw(session, hall.rules, request_id, DESK, clerk, hall.now())
        if asked.ended_by_id is not None:
            return Told(_("It was answered meanwhile."), {}, good=False)
    return Told(_("The call for help is taken back."), {})
