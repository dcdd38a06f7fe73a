"""Notices found again: by the end of the serial, by ticket, by day, by matter."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.tables import (
    Clerk,
    Counter,
    MaterialFinding,
    Notice,
    NoticeMaterial,
    NumberSeries,
    Service,
    Ticket,
)
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names, tidy_code
from hall.notices import notices
from hall.notices.notice_wanted import SERIAL, Wanted, endings, understood
from hall.tickets.tickets import parse_number

MOST = 50


@dataclass(frozen=True)
class FoundNotice:
    notice_id: int
    serial: str
    issued_at: datetime
    ticket: str
    """Its number; empty: without one."""
    service_code: str
    service: Names
    clerk: str
    staff_number: str
    counter: int | None
    missing: int
    wrong: int
    corrects: str
    """Serial of the notice it puts right; empty: of none."""
    corrected_by: str
    """Serial of the notice that puts it right; empty: it stands."""


def search_words(
    session: Session, rules: HallRules, words: str, now: datetime, limit: int = MOST
) -> tuple[FoundNotice, ...]:
    """Newest first, of what was typed in one line; nothing typed: the newest of all."""
    in_force = services_in_force(session, rules)
    services = {text for code, names in in_force for text in (code, *names.values())}
    today = rules.business_day(now)
    found = {
        one.notice_id: one
        for wanted in understood(words, today, rules.code, services)
        for one in search(session, rules, wanted, today, limit)
    }
    return tuple(sorted(found.values(), key=newness, reverse=True)[:limit])


def newness(found: FoundNotice) -> tuple[datetime, int]:
    return found.issued_at, found.notice_id


def search(
    session: Session, rules: HallRules, wanted: Wanted, today: date, limit: int = MOST
) -> tuple[FoundNotice, ...]:
    """Newest first. `today`: the day of a ticket when none is given."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.ticket:
        tickets = tickets_of(session, rules, wanted.ticket, wanted.day or today)
        conditions.append(col(Notice.ticket_id).in_(tickets))
    elif wanted.day is not None:
        start = datetime.combine(wanted.day, time(), rules.zone)
        end = datetime.combine(wanted.day + timedelta(days=1), time(), rules.zone)
        conditions += [col(Notice.issued_at) >= start, col(Notice.issued_at) < end]
    if wanted.serial:
        conditions.append(numbered(session, rules, wanted.serial, limit))
    if wanted.service:
        codes = codes_of(session, rules, wanted.service)
        newest = newest_about(session, rules, codes, limit) if not conditions else None
        conditions.append(about(codes) if newest is None else col(Notice.id).in_(newest))
    rows = session.execute(
        listing()
        .where(col(Notice.hall_id) == rules.hall_id, *conditions)
        .order_by(col(Notice.issued_at).desc(), col(Notice.id).desc())
        .limit(limit)
    )
    return tuple(found_notice(*row) for row in rows)


def tickets_of(session: Session, rules: HallRules, number: str, day: date) -> list[int]:
    parsed = parse_number(number)
    if parsed is None:
        return []
    prefix, figure = parsed
    return list(
        session.scalars(
            select(col(Ticket.id)).where(
                col(Ticket.hall_id) == rules.hall_id,
                col(Ticket.business_day) == day,
                col(Ticket.prefix) == prefix,
                col(Ticket.number) == figure,
            )
        )
    )


def numbered(session: Session, rules: HallRules, typed: str, limit: int) -> ColumnElement[bool]:
    """Notices whose serial is this or ends so: the numbers they can have, which an index finds."""
    tidy = tidy_code(typed)
    match = SERIAL.fullmatch(tidy.removeprefix(f"{rules.code}-".upper()))
    if match is None:
        return col(Notice.serial).in_((plain(typed), tidy))
    year, digits = match.groups()
    years = []
    for series, last in series_of(session, rules):
        of = int(series.removeprefix("notice/"))
        if year is None:
            numbers = list(endings(digits, last, limit))
        else:
            numbers = [int(digits)] if of == int(year) else []
        if numbers:
            years.append(and_(col(Notice.year) == of, col(Notice.number).in_(numbers)))
    return or_(*years) if years else col(Notice.id).is_(None)


def series_of(session: Session, rules: HallRules) -> list[tuple[str, int]]:
    """The years in which there are notices, and how many."""
    rows = session.execute(
        select(col(NumberSeries.series), col(NumberSeries.last)).where(
            col(NumberSeries.hall_id) == rules.hall_id,
            col(NumberSeries.series) >= "notice/",
            col(NumberSeries.series) < "notice0",
        )
    )
    return [(series, last) for series, last in rows]


def codes_of(session: Session, rules: HallRules, service: str) -> set[str]:
    """The code itself, of whatever version of the catalogue; or those whose names hold it now."""
    part = plain(service).casefold()
    return {tidy_code(service)} | {
        code
        for code, names in services_in_force(session, rules)
        if any(part in name.casefold() for name in names.values())
    }


def services_in_force(session: Session, rules: HallRules) -> list[tuple[str, Names]]:
    rows = session.execute(
        select(col(Service.code), col(Service.names)).where(
            col(Service.hall_id) == rules.hall_id,
            col(Service.catalogue_version) == rules.catalogue_version,
        )
    )
    return [(code, names) for code, names in rows]


def newest_about(session: Session, rules: HallRules, codes: set[str], limit: int) -> list[int]:
    """The last ones of each version of each matter: all that can be among the last of them all."""
    services = session.scalars(
        select(col(Service.id)).where(
            col(Service.hall_id) == rules.hall_id, col(Service.code).in_(codes)
        )
    ).all()
    found: list[int] = []
    for service_id in services:
        found += session.scalars(
            select(col(Notice.id))
            .where(col(Notice.service_id) == service_id)
            .order_by(col(Notice.issued_at).desc(), col(Notice.id).desc())
            .limit(limit)
        )
    return found


def about(codes: set[str]) -> ColumnElement[bool]:
    """As a question about each notice that other conditions have found."""
    return (
        select(col(Service.id))
        .where(col(Service.id) == col(Notice.service_id), col(Service.code).in_(codes))
        .correlate(Notice)
        .exists()
    )


OLD, LATER = aliased(Notice), aliased(Notice)


def listing() -> Select[Any]:
    """What `found_notice` takes, a row each."""
    return (
        select(
            col(Notice.id),
            col(Notice.serial),
            col(Notice.issued_at),
            Ticket,
            col(Service.code),
            col(Service.names),
            col(Clerk.name),
            col(Clerk.staff_number),
            col(Counter.number),
            how_many(MaterialFinding.MISSING),
            how_many(MaterialFinding.WRONG),
            select(col(OLD.serial)).where(col(OLD.id) == col(Notice.corrects_id)).scalar_subquery(),
            select(col(LATER.serial))
            .where(col(LATER.corrects_id) == col(Notice.id))
            .scalar_subquery(),
        )
        .select_from(Notice)
        .outerjoin(Ticket, col(Ticket.id) == col(Notice.ticket_id))
        .outerjoin(Service, col(Service.id) == col(Notice.service_id))
        .outerjoin(Clerk, col(Clerk.id) == col(Notice.clerk_id))
        .outerjoin(Counter, col(Counter.id) == col(Notice.counter_id))
    )


def how_many(finding: MaterialFinding) -> Any:
    return (
        select(func.count())
        .select_from(NoticeMaterial)
        .where(
            col(NoticeMaterial.notice_id) == col(Notice.id),
            col(NoticeMaterial.finding) == finding.value,
        )
        .correlate(Notice)
        .scalar_subquery()
    )


def found_notice(
    notice_id: int,
    serial: str,
    issued_at: datetime,
    ticket: Ticket | None,
    code: str,
    names: Names,
    clerk: str,
    staff_number: str,
    counter: int | None,
    missing: int,
    wrong: int,
    corrects: str | None,
    corrected_by: str | None,
) -> FoundNotice:
    return FoundNotice(
        notice_id,
        serial,
        issued_at,
        ticket.name if ticket is not None else "",
        plain(code),
        plain_names(names),
        plain(clerk),
        staff_number,
        counter,
        missing,
        wrong,
        corrects or "",
        corrected_by or "",
    )


# -- one of them


@dataclass(frozen=True)
class TroubledPaper:
    number: int
    names: Names
    finding: str
    what: str


@dataclass(frozen=True)
class NoticeDetails:
    found: FoundNotice
    papers: tuple[TroubledPaper, ...]
    """Missing or wrong."""
    remark: str
    fault: str
    """Of the notice it corrects; empty: it corrects none."""
    answerable: str
    """Name and staff number of whose fault that was."""


def read_details(session: Session, rules: HallRules, serial: str) -> NoticeDetails:
    """Raises UnknownNotice."""
    notice = notices.by_serial(session, rules, serial)
    row = session.execute(listing().where(col(Notice.id) == notice.id)).one()
    told = notice.content
    kept = {
        one.number: one
        for one in session.scalars(
            select(NoticeMaterial).where(col(NoticeMaterial.notice_id) == notice.id)
        )
    }
    papers = tuple(
        TroubledPaper(
            material["number"],
            plain_names(material["names"]),
            material["finding"],
            plain(kept[material["number"]].what_is_wrong),
        )
        for material in told["materials"]
        if material["number"] in kept
    )
    fault = answerable = ""
    if told.get("corrects"):
        corrects = told["corrects"]
        fault = corrects["fault"]
        answerable = f"{plain(corrects['answerable'])}（{corrects['staff_number']}）"
    return NoticeDetails(found_notice(*row), papers, plain(notice.remark), fault, answerable)
