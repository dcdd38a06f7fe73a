"""What has happened in the hall before a manager does something."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from db import journal
from db.tables import (
    CounterGroup,
    JournalEntry,
    Ticket,
)
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.tickets import calling, serving, tickets

MINUTE = timedelta(minutes=1)


def issue(session: Session, rules: HallRules, now: datetime, service: str = "T201") -> str:
    matter, group = catalogue.service(session, rules, service)
    return tickets.issue(session, rules, matter, group, now).number


def opened(session: Session, rules: HallRules, now: datetime, *numbers: int) -> None:
    for number in numbers:
        counters.open_counter(session, rules, number, f"100{number}", now)


def ticket(session: Session, rules: HallRules, number: str, now: datetime) -> Ticket:
    return tickets.by_number(session, rules, number, now)


def entries(session: Session, what: str) -> list[JournalEntry]:
    session.flush()
    return [one for one in journal.entries(session, 1) if one.what == what]


def told(session: Session) -> str:
    """All the journal has, as text."""
    return "\n".join(
        f"{one.what} {one.why} {one.before} {one.after}" for one in journal.entries(session, 1)
    )


def groups(session: Session, counter: int) -> set[int]:
    rows = session.exec(select(CounterGroup).where(CounterGroup.counter_id == counter))
    return {row.group_id for row in rows}


def in_hand(session: Session, rules: HallRules, now: datetime) -> str:
    """Served at counter 1 for two minutes by `now` + 2; counter 3 takes it too."""
    opened(session, rules, now, 1, 3)
    number = issue(session, rules, now)
    calling.call_next(session, rules, 1, now)
    serving.start(session, rules, 1, now)
    return number
