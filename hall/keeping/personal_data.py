"""What is kept of a person, and how long: found, told, erased, forgotten.

Little is. Whose number it is goes with its day (`hall.tickets.real_names`), where somebody can be
reached goes with the answer. What people wrote in words of their own may name somebody although it
should not; it goes after a time. The journal has none of it in its chain, which stays valid.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, and_, delete, update
from sqlmodel import Session, SQLModel, col, select

from db import journal
from db.tables import (
    CounterMessage,
    HelpRequest,
    Inquiry,
    InquiryStep,
    JournalEntry,
    JournalWords,
    RealName,
    Suggestion,
    Ticket,
)
from hall.hall_rules import HallRules
from hall.inquiries import inquiry_numbers
from hall.keeping.keeping_settings import PrivacySettings
from hall.tickets import real_names
from hall.tickets.identity_number import IdentityNumber

ERASED, FORGOTTEN = "person.erased", "person.forgotten"

SHORTEST_PHONE = 7
"""Digits; fewer would find strangers."""


@dataclass(frozen=True)
class Found:
    """One thing that is kept of a person."""

    where: str
    """"ticket", "inquiry" or "suggestion"."""
    name: str
    at: datetime
    """Local time."""
    kept: str
    """What of the person stands there."""


# -- one person ----------------------------------------------------------------------------------


def of_identity(
    session: Session, rules: HallRules, person: IdentityNumber, now: datetime
) -> list[Found]:
    """Of today: nobody can be found by the number of a card on a later day."""
    rows = session.exec(
        select(RealName, Ticket)
        .join(Ticket, col(Ticket.id) == RealName.ticket_id)
        .where(
            RealName.hall_id == rules.hall_id,
            RealName.digest == real_names.digest(session, rules, person, now),
        )
        .order_by(col(Ticket.id))
    ).all()
    return [
        Found("ticket", ticket.name, rules.local(ticket.issued_at), f"…{name.last}")
        for name, ticket in rows
    ]


def of_phone(session: Session, rules: HallRules, phone: str) -> list[Found]:
    """`phone`: its digits. Whatever stands where somebody can be reached is compared by its own."""
    found = []
    for inquiry in with_contact(session, rules):
        if digits_of(inquiry.contact) == phone:
            name, at = inquiry_numbers.name_of(inquiry), rules.local(inquiry.asked_at)
            found.append(Found("inquiry", name, at, inquiry.contact))
    for one in with_phone(session, rules):
        if digits_of(one.phone) == phone:
            found.append(Found("suggestion", one.name, rules.local(one.made_at), one.phone))
    return found


def erase_phone(session: Session, rules: HallRules, phone: str, now: datetime) -> int:
    """In how many places; whoever waited there for an answer has to ask for it."""
    count = 0
    for inquiry in with_contact(session, rules):
        if digits_of(inquiry.contact) == phone:
            inquiry.contact, count = "", count + 1
            session.add(inquiry)
    for one in with_phone(session, rules):
        if digits_of(one.phone) == phone:
            one.phone, count = "", count + 1
            session.add(one)
    entry = journal.Entry(ERASED, why="asked_for", after={"count": count})
    journal.append(session, rules.hall_id, entry, now)
    return count


def with_contact(session: Session, rules: HallRules) -> Iterable[Inquiry]:
    there = and_(col(Inquiry.hall_id) == rules.hall_id, col(Inquiry.contact) != "")
    return session.exec(select(Inquiry).where(there)).all()


def with_phone(session: Session, rules: HallRules) -> Iterable[Suggestion]:
    there = and_(col(Suggestion.hall_id) == rules.hall_id, col(Suggestion.phone) != "")
    return session.exec(select(Suggestion).where(there)).all()


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


# -- everybody, when the time has come -------------------------------------------------------------


def forget(session: Session, rules: HallRules, kept: PrivacySettings, now: datetime) -> int:
    """What has been kept long enough; how many rows lost something. Told in the journal when any.

    Words stay as long as what they are about is open.
    """
    words, contacts = now - timedelta(days=kept.words_days), now - timedelta(days=kept.contact_days)
    real_names.forget_past(session, rules, now)
    count = of_journal(session, rules, words)
    count += blank(session, rules, Ticket, ("hold_reason", "note", "assistance"), "ended_at", words)
    count += blank(session, rules, HelpRequest, ("words", "answer"), "ended_at", words)
    count += blank(session, rules, CounterMessage, ("text",), "read_at", words)
    count += blank(session, rules, Inquiry, ("matter", "result"), "ended_at", words)
    count += of_inquiry_steps(session, rules, words)
    count += blank(session, rules, Suggestion, ("words", "answer"), "answered_at", words)
    count += blank(session, rules, Inquiry, ("contact",), "asked_at", contacts)
    count += blank(session, rules, Suggestion, ("phone",), "made_at", contacts)
    if count:
        entry = journal.Entry(FORGOTTEN, who="system", why="time_over", after={"count": count})
        journal.append(session, rules.hall_id, entry, now)
    return count


def blank(
    session: Session,
    rules: HallRules,
    kind: type[SQLModel],
    names: tuple[str, ...],
    since: str,
    before: datetime,
) -> int:
    """These columns of rows whose moment `since` lies before that."""
    table: Table = kind.__table__  # type: ignore[attr-defined]
    columns: list[Column[Any]] = [table.c[name] for name in names]
    count = 0
    for column in columns:
        done = session.connection().execute(
            update(table)
            .where(table.c.hall_id == rules.hall_id, table.c[since] < before, column != "")
            .values({column: ""})
        )
        count += done.rowcount
    return count


def of_journal(session: Session, rules: HallRules, before: datetime) -> int:
    old = select(JournalEntry.sequence).where(
        JournalEntry.hall_id == rules.hall_id, JournalEntry.at < before
    )
    words = delete(JournalWords).where(
        col(JournalWords.hall_id) == rules.hall_id, col(JournalWords.sequence).in_(old)
    )
    return int(session.connection().execute(words).rowcount)


def of_inquiry_steps(session: Session, rules: HallRules, before: datetime) -> int:
    ended = select(Inquiry.id).where(
        Inquiry.hall_id == rules.hall_id, col(Inquiry.ended_at) < before
    )
    steps = (
        update(InquiryStep)
        .where(col(InquiryStep.inquiry_id).in_(ended), col(InquiryStep.words) != "")
        .values(words="")
    )
    return int(session.connection().execute(steps).rowcount)
