"""Three counters at work in the small hall, and what is done there in few words."""

from datetime import datetime

from sqlmodel import Session, select

from db.tables import Ticket
from hall.catalogue import catalogue
from hall.hall_rules import HallRules
from hall.tickets import calling, tickets, transfers


def issue(session: Session, rules: HallRules, now: datetime, service: str = "T201") -> str:
    of, group = catalogue.service(session, rules, service)
    return tickets.issue(session, rules, of, group, now).number


def call(session: Session, rules: HallRules, now: datetime, counter: int = 1) -> str | None:
    called = calling.call_next(session, rules, counter, now)
    return called.number if called else None


def ticket(session: Session, number: str) -> Ticket:
    return session.exec(
        select(Ticket).where(Ticket.prefix == number[0], Ticket.number == int(number[1:]))
    ).one()


def to_service(session: Session, rules: HallRules, now: datetime, service: str) -> Ticket:
    of, group = catalogue.service(session, rules, service)
    return transfers.to_service(session, rules, 1, of, group, now, note="请核对户名")
