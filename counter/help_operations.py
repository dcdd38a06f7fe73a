"""Calls for help and messages on the database, run in a thread, as `counter.operations`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.tables import Clerk, Counter, HelpKind
    from hall.open_hall import OpenHall


def call_duty_manager(hall: OpenHall, counter: int, words: str) -> Told:
    from db.tables import HelpKind

    ask(hall, HelpKind.DUTY_MANAGER, counter, words)
    return Told(_("The duty manager is called."), {})


def raise_emergency(hall: OpenHall, counter: int, words: str) -> Told:
    from db.tables import HelpKind

    ask(hall, HelpKind.EMERGENCY, counter, words)
    return Told(_("Everyone on duty is told of the emergency."), {})


def ask_leave(hall: OpenHall, counter: int, reason: str, until: datetime | None) -> Told:
    from db.tables import HelpKind

    ask(hall, HelpKind.PAUSE, counter, reason, until)
    words = _("The duty manager is asked for leave; with it, counter {counter} pauses by itself.")
    return Told(words, {"counter": counter})


def ask(
    hall: OpenHall, kind: HelpKind, counter: int, words: str, until: datetime | None = None
) -> None:
    from hall.counters import counters, help_requests

    with hall.writing() as session:
        here = counters.by_number(session, hall.rules, counter)
        clerk = clerk_at(session, here)
        place = f"counter {counter}"
        help_requests.ask(
            session, hall.rules, kind, place, here, clerk, words, hall.now(), until=until
        )


def take_back(hall: OpenHall, counter: int, request_id: int) -> Told:
    from hall.counters import counters, help_requests

    with hall.writing() as session:
        clerk = clerk_at(session, counters.by_number(session, hall.rules, counter))
        asked = help_requests.withdraw(
            session, hall.rules, request_id, f"counter {counter}", clerk, hall.now()
        )
        answered = asked.ended_by_id is not None
    if answered:
        return Told(_("It was answered meanwhile."), {}, good=False)
    return Told(_("The call for help is taken back."), {})


def read_message(hall: OpenHall, counter: int, message_id: int) -> Told:
    from hall.counters import counter_messages

    with hall.writing() as session:
        counter_messages.mark_read(session, hall.rules, counter, message_id, hall.now())
    return Told(_("The message is marked as read."), {})


def clerk_at(session: Session, counter: Counter) -> Clerk | None:
    from db.tables import Clerk

    return session.get(Clerk, counter.clerk_id) if counter.clerk_id is not None else None
