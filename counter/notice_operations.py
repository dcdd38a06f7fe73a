"""What the notice screen asks of the database, run in a thread, as `counter.operations`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.tables import Clerk, Counter, Service, Ticket
    from hall.notice_view import Papers, ServiceChoice
    from hall.open_hall import OpenHall

DOTS_PER_COLUMN = 12
"""A printer's own letters are so wide; a wide character takes two columns."""


@dataclass(frozen=True)
class Findings:
    missing: set[int]
    """Numbers of papers."""
    wrong: Mapping[int, str]
    """Number → what is wrong with it."""
    remark: str


def services(hall: OpenHall) -> tuple[ServiceChoice, ...]:
    from db.engine import reading
    from hall.notice_view import read_services

    with reading(hall.engine) as session:
        return read_services(session, hall.rules)


def papers(hall: OpenHall, service_id: int) -> Papers:
    from db.engine import reading
    from hall.notice_view import read_papers

    with reading(hall.engine) as session:
        return read_papers(session, service_id)


def concerned(
    session: Session, hall: OpenHall, counter: int, service_id: int, ticket_id: int | None
) -> tuple[Counter, Clerk, Service, Ticket | None]:
    """Raises UnknownCounter, CounterNotOpen, UnknownService."""
    from db.tables import Service, Ticket
    from hall import counters
    from hall.errors import CounterNotOpen, UnknownService

    here = counters.by_number(session, hall.rules, counter)
    service = session.get(Service, service_id)
    if here.clerk_id is None:
        raise CounterNotOpen(counter=counter)
    if service is None:
        raise UnknownService(service=service_id)
    ticket = session.get(Ticket, ticket_id) if ticket_id is not None else None
    return here, counters.clerk_of(session, here), service, ticket


def preview_notice(
    hall: OpenHall,
    counter: int,
    service_id: int,
    ticket_id: int | None,
    found: Findings,
    columns: int,
) -> list[str]:
    """The lines of the citizen's copy, of so many columns; nothing is written."""
    from db.engine import reading
    from db.tables import PrintJobKind
    from devices.printing.slip_text import texts_of
    from hall import notices

    with reading(hall.engine) as session:
        here, clerk, service, ticket = concerned(session, hall, counter, service_id, ticket_id)
        drafted = notices.draft(
            session,
            hall.rules,
            service,
            clerk,
            found.missing,
            found.wrong,
            hall.now(),
            ticket=ticket,
            counter=here,
            remark=found.remark,
        )
    return texts_of(PrintJobKind.NOTICE.value, drafted.content, columns, drawn=True)[0]


def issue_notice(
    hall: OpenHall,
    counter: int,
    service_id: int,
    ticket_id: int | None,
    found: Findings,
) -> Told:
    from db.engine import writing
    from hall import notices, printers
    from hall.printers import Slip

    with writing(hall.engine) as session:
        here, clerk, service, ticket = concerned(session, hall, counter, service_id, ticket_id)
        notice = notices.issue(
            session,
            hall.rules,
            service,
            clerk,
            found.missing,
            found.wrong,
            hall.now(),
            ticket=ticket,
            counter=here,
            remark=found.remark,
            printer=hall.settings.printer.name,
        )
        facts = {"serial": notice.serial}
        known = printers.read(session, hall.rules.hall_id, hall.now())
        outlook = printers.prospect(known, hall.settings.printer.name)
    if outlook.slip is Slip.AT_DESK:
        words = _("Notice {serial} is issued; both copies wait, for the printer is out of use.")
        return Told(words, facts, good=False)
    if outlook.place:
        words = _("Notice {serial}: both copies come out here: {place}.")
        return Told(words, facts | {"place": outlook.place})
    return Told(_("Notice {serial}: both copies are being printed."), facts)
