"""The office's workbook becomes the hall in the database, or its next catalogue version.

What tickets, calls and notices point to is never removed: services get new rows with each version,
the rest is matched by what the office knows it by, and withdrawn when it is gone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from db import journal
from db.tables import (
    CatalogueVersion,
    Clerk,
    Counter,
    CounterState,
    Hall,
    JournalEntry,
    ServiceGroup,
    Setting,
    Ticket,
    TicketState,
)
from db.tables.tickets import IN_HAND, WAITING
from hall.catalogue import catalogue_rows
from hall.errors.catalogue import (
    ClerkAtWork,
    CounterInUse,
    HallCodeFixed,
    HallExists,
    TicketsLeftWithoutCounter,
    TimeZoneInUse,
)
from hall.hall_rules import HallRules
from hall.names import name_in
from hall.workbook.cells import same_name
from hall.workbook.hall_sheet import DEFAULT_CODE
from hall.workbook.reading import Workbook

IMPORTED = "catalogue.imported"


@dataclass(frozen=True)
class Imported:
    """The hall as it is after an import."""

    code: str
    names: dict[str, str]
    version: int
    groups: int
    services: int
    materials: int
    counters: int
    clerks: int
    unchanged: bool = False
    """This very workbook was in force already; nothing was written."""


def make_hall(session: Session, book: Workbook, now: datetime) -> Imported:
    """Raises HallExists. Needs a write transaction, so that there is one first hall."""
    present = session.exec(select(Hall).limit(1)).first()
    if present is not None:
        raise HallExists(hall=name_in(present.names, "zh"))
    hall = Hall(
        code=book.hall.code or DEFAULT_CODE,
        names={},
        time_zone=book.hall.time_zone,
        sessions=[],
        catalogue_version=0,
    )
    session.add(hall)
    session.flush()
    return write(session, hall, book, now)


def update_hall(session: Session, rules: HallRules, book: Workbook, now: datetime) -> Imported:
    """Raises HallCodeFixed, TimeZoneInUse, CounterInUse, ClerkAtWork, TicketsLeftWithoutCounter.

    Tickets already out keep their service, as it was, and stay callable. Needs a write transaction:
    only that keeps a counter from being opened while it is withdrawn.
    """
    hall = session.get_one(Hall, rules.hall_id)
    in_force = session.exec(
        select(CatalogueVersion).where(
            CatalogueVersion.hall_id == hall.id, CatalogueVersion.version == hall.catalogue_version
        )
    ).first()
    if in_force is not None and in_force.source_sha256 == book.sha256:
        return told(hall, book, unchanged=True)
    check_hall(session, rules, hall, book, now)
    check_counters(session, rules, book)
    check_line(session, rules, book, now)
    return write(session, hall, book, now)


# -- what would leave somebody standing ----------------------------------------------------------


def check_hall(
    session: Session, rules: HallRules, hall: Hall, book: Workbook, now: datetime
) -> None:
    if book.hall.code and book.hall.code != hall.code:
        raise HallCodeFixed(hall=hall.code, other=book.hall.code)
    if book.hall.time_zone == hall.time_zone:
        return
    today = rules.business_day(now)
    for still_open in (WAITING, IN_HAND):
        statement = select(Ticket.id).where(
            still_open, Ticket.hall_id == hall.id, Ticket.business_day == today
        )
        if session.exec(statement.limit(1)).first() is not None:
            raise TimeZoneInUse()  # their business day would be another one


def check_counters(session: Session, rules: HallRules, book: Workbook) -> None:
    """Nobody is withdrawn at work."""
    numbers = {row.number for row in book.counters}
    people = {row.staff_number for row in book.people}
    rows = session.exec(
        select(Counter, Clerk)
        .outerjoin(Clerk, col(Clerk.id) == col(Counter.clerk_id))
        .where(Counter.hall_id == rules.hall_id, col(Counter.withdrawn).is_(False))
        .order_by(col(Counter.number))
    ).all()
    for counter, clerk in rows:
        if counter.state == CounterState.CLOSED:
            continue  # it has no ticket in hand either, or it could not have been closed
        if counter.number not in numbers:
            raise CounterInUse(counter=counter.number)
        if clerk is not None and clerk.staff_number not in people:
            raise ClerkAtWork(clerk=clerk.staff_number, counter=counter.number)


def check_line(session: Session, rules: HallRules, book: Workbook, now: datetime) -> None:
    """Every group of the workbook has a counter; who waits or is put aside for another would have
    none."""
    kept = {same_name(group.code) for group in book.groups}
    rows = session.exec(
        select(ServiceGroup, func.count())
        .join(Ticket, col(Ticket.group_id) == col(ServiceGroup.id))
        .where(
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == rules.business_day(now),
            col(Ticket.state).in_((TicketState.WAITING, TicketState.HELD)),
        )
        .group_by(col(ServiceGroup.id))
        .order_by(col(ServiceGroup.position))
    ).all()
    for group, count in rows:
        if same_name(group.code) not in kept:
            raise TicketsLeftWithoutCounter(count=count, group=name_in(group.names, "zh"))


# -- writing it down -----------------------------------------------------------------------------


def write(session: Session, hall: Hall, book: Workbook, now: datetime) -> Imported:
    assert hall.id is not None
    before = {"version": hall.catalogue_version} if hall.catalogue_version else None
    hall.names = book.hall.names
    hall.address = book.hall.address
    hall.time_zone = book.hall.time_zone
    hall.sessions = [list(hours) for hours in book.hall.sessions]
    hall.supervision_phone = book.hall.supervision_phone
    hall.catalogue_version += 1
    session.add(
        CatalogueVersion(
            hall_id=hall.id,
            version=hall.catalogue_version,
            source_sha256=book.sha256,
            imported_at=now,
        )
    )
    for key, value in book.hall.numbers.items():  # what the workbook leaves out stays as it is set
        session.merge(Setting(hall_id=hall.id, key=key, value=value))
    write_gatekeeping(session, hall.id, book)
    groups = catalogue_rows.write_groups(session, hall.id, book.groups)
    catalogue_rows.write_services(session, hall, book, groups)
    clerks = catalogue_rows.write_clerks(session, hall.id, book.people)
    catalogue_rows.write_counters(session, hall.id, book.counters, groups, clerks)
    bulletins = catalogue_rows.write_bulletins(
        session, hall.id, book.hall.bulletins, bulletins_before(session, hall.id)
    )
    journal.append(
        session,
        hall.id,
        journal.Entry(
            IMPORTED,
            who="system",
            place="import",
            subject=f"catalogue/{hall.catalogue_version}",
            before=before,
            after={
                "version": hall.catalogue_version,
                "services": len(book.services),
                "counters": len(book.counters),
                "sha256": book.sha256,
                "bulletins": bulletins,
            },
        ),
        now,
    )
    return told(hall, book)


def told(hall: Hall, book: Workbook, *, unchanged: bool = False) -> Imported:
    return Imported(
        code=hall.code,
        names=hall.names,
        version=hall.catalogue_version,
        groups=len(book.groups),
        services=len(book.services),
        materials=len(book.materials),
        counters=len(book.counters),
        clerks=len(book.people),
        unchanged=unchanged,
    )


def bulletins_before(session: Session, hall_id: int) -> set[int]:
    """Those of the import before this one, which the journal remembers."""
    last = session.exec(
        select(JournalEntry)
        .where(JournalEntry.hall_id == hall_id, JournalEntry.what == IMPORTED)
        .order_by(col(JournalEntry.sequence).desc())
        .limit(1)
    ).first()
    return set((last.after or {}).get("bulletins", [])) if last else set()


def write_gatekeeping(session: Session, hall_id: int, book: Workbook) -> None:
    """As the workbook has it: a day or a limit struck from it is gone."""
    wanted: dict[str, Any] = {
        "closed_days": {str(day): why for day, why in book.hall.closed_days.items()},
        "extra_days": [str(day) for day in book.hall.extra_days],
        "quotas": {one.code: one.quota for one in book.services if one.quota is not None},
        "real_name": book.hall.real_name,
        "real_name_services": [one.code for one in book.services if one.real_name],
    }
    for key, value in wanted.items():
        kept = session.get(Setting, (hall_id, key))
        if value:
            session.merge(Setting(hall_id=hall_id, key=key, value=value))
        elif kept is not None:
            session.delete(kept)
