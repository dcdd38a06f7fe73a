"""The manager's verbs on the database, run in a thread, as `counter.operations`.

Each takes the hall and the staff number of who does it, and what else it needs behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.tables import Clerk
    from hall.notices.notice_figures import NoticeFigures
    from hall.open_hall import OpenHall
    from hall.overview.hall_alarms import Alarm
    from hall.overview.hall_view import HallNow
    from hall.overview.refusals import RefusedDeed
    from hall.tickets.releasing import Seen

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class SupervisorView:
    hall: HallNow
    alarms: tuple[Alarm, ...]
    figures: NoticeFigures | None
    """Of this month; None while nobody looks at them."""
    rights: frozenset[str]
    """Of whoever looks."""
    refusals: tuple[RefusedDeed, ...] | None
    """Of today; None to who may not read the journal, and while nobody looks at them."""


@dataclass(frozen=True)
class Moment:
    """One thing that happened to a ticket."""

    at: datetime
    """Local."""
    what: str
    place: str
    who: str
    why: str


def look(hall: OpenHall, role: str, *, with_figures: bool) -> SupervisorView:
    from hall import rights
    from hall.notices import notice_figures
    from hall.overview import hall_alarms, hall_view, refusals
    from hall.rights import Right

    with hall.reading() as session:
        now = hall.now()
        found = hall_view.read_hall_now(session, hall.rules, now)
        figures = refused = None
        if with_figures:
            today = found.business_day
            if rights.may(role, Right.READ_JOURNAL):
                refused = refusals.read_refusals(session, hall.rules, today)
            first = today.replace(day=1)
            figures = notice_figures.read_figures(session, hall.rules, first, today)
    return SupervisorView(
        found,
        hall_alarms.alarms(found, now),
        figures,
        frozenset(right.value for right in rights.RIGHTS.get(role, ())),
        refused,
    )


def by_clerk(
    hall: OpenHall, staff_number: str, operation: Callable[[Session, Clerk, datetime], Answer]
) -> Answer:
    from hall.counters import counters

    with hall.writing() as session:
        clerk = counters.clerk_by_staff_number(session, hall.rules, staff_number)
        return operation(session, clerk, hall.now())


def answer_help(
    hall: OpenHall,
    staff_number: str,
    request_id: int,
    answer: str,
    granted: bool | None = None,
) -> Told:
    def answered(session: Session, clerk: Clerk, now: datetime) -> Told:
        from hall.counters import help_requests

        request = help_requests.answer(session, hall.rules, request_id, clerk, now, answer, granted)
        if request.kind != "pause":
            return Told(_("It is answered; they read your answer."), {})
        if granted:
            return Told(_("Leave is given; the counter is paused."), {})
        return Told(_("Leave is refused; they read why."), {})

    return by_clerk(hall, staff_number, answered)


def set_groups(
    hall: OpenHall,
    staff_number: str,
    counter: int,
    codes: Sequence[str] | None,
    seen: Sequence[str],
) -> Told:
    """`codes` None: as in the office's workbook."""

    def changed(session: Session, clerk: Clerk, now: datetime) -> Told:
        from hall.counters import counter_groups

        if codes is None:
            taken = counter_groups.as_in_the_workbook(session, hall.rules, counter, clerk, now)
        else:
            taken = counter_groups.set_groups(
                session, hall.rules, counter, codes, clerk, now, seen=seen
            )
        facts = {"counter": counter, "groups": "、".join(taken.codes)}
        if not taken.changed:
            return Told(_("Counter {counter} takes that already: {groups}"), facts, good=False)
        return Told(_("Counter {counter} takes from its next call on: {groups}"), facts)

    return by_clerk(hall, staff_number, changed)


def release(hall: OpenHall, staff_number: str, number: str, reason: str, seen: Seen | None) -> Told:
    def released(session: Session, clerk: Clerk, now: datetime) -> Told:
        from hall.tickets import releasing

        ticket = releasing.release_ticket(
            session, hall.rules, number, clerk, reason, now, seen=seen
        )
        return Told(_("{number} is back in the line, for every counter."), {"number": ticket.name})

    return by_clerk(hall, staff_number, released)


def put_up(
    hall: OpenHall, staff_number: str, text: Mapping[str, str], until: datetime | None
) -> Told:
    def done(session: Session, clerk: Clerk, now: datetime) -> Told:
        from hall.announcing import bulletins

        bulletins.put_up(session, hall.rules, text, until, clerk, now)
        return Told(_("The bulletin is on the board."), {})

    return by_clerk(hall, staff_number, done)


def take_down(hall: OpenHall, staff_number: str, bulletin_id: int) -> Told:
    def done(session: Session, clerk: Clerk, now: datetime) -> Told:
        from hall.announcing import bulletins

        bulletins.take_down(session, hall.rules, bulletin_id, clerk, now)
        return Told(_("It is not on the board any more."), {})

    return by_clerk(hall, staff_number, done)


def announce(hall: OpenHall, staff_number: str, texts: Mapping[str, str]) -> Told:
    def done(session: Session, clerk: Clerk, now: datetime) -> Told:
        from hall.announcing import bulletins

        bulletin = bulletins.speak_to_all(session, hall.rules, texts, clerk, now)
        assert bulletin.until is not None
        until = hall.rules.local(bulletin.until)
        return Told(
            _("It is spoken next, and stands on the board until {until}."),
            {"until": f"{until:%H:%M}"},
        )

    return by_clerk(hall, staff_number, done)


def proclaim(hall: OpenHall, staff_number: str, code: str) -> Told:
    def done(session: Session, clerk: Clerk, now: datetime) -> Told:
        from hall.announcing import emergencies

        emergencies.proclaim(session, hall.rules, code, clerk, now)
        words = _("It is said again and again, over everything, until you take it down (page 4).")
        return Told(words, {})

    return by_clerk(hall, staff_number, done)


def send(hall: OpenHall, staff_number: str, counter: int | None, text: str) -> Told:
    def sent(session: Session, clerk: Clerk, now: datetime) -> Told:
        from hall.counters import counter_messages

        to = [counter] if counter is not None else None
        numbers = counter_messages.send(session, hall.rules, to, text, clerk, now)
        told = ", ".join(str(number) for number in numbers)
        return Told(_("Told to counters {counters}."), {"counters": told})

    return by_clerk(hall, staff_number, sent)


def life(hall: OpenHall, staff_number: str, number: str) -> tuple[str, tuple[Moment, ...]]:
    """The ticket's number and what has happened to it. Raises NotAllowed, UnknownTicket."""
    from db import journal
    from hall import rights
    from hall.counters import counters
    from hall.names import plain
    from hall.rights import Right
    from hall.tickets import tickets

    with hall.reading() as session:
        clerk = counters.clerk_by_staff_number(session, hall.rules, staff_number)
        rights.check(clerk, Right.READ_JOURNAL)
        ticket = tickets.by_number(session, hall.rules, number, hall.now())
        entries = journal.entries(session, hall.rules.hall_id, subject=f"ticket/{ticket.id}")
        moments = tuple(
            Moment(
                hall.rules.local(entry.at),
                plain(entry.what),
                plain(entry.place),
                plain(entry.who),
                plain(entry.why),
            )
            for entry in entries
        )
        return ticket.name, moments
