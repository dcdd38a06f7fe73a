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
    from hall.notices.notice_content import SpecialMaterial
    from hall.notices.notice_view import Papers, ServiceChoice
    from hall.open_hall import OpenHall

DOTS_PER_COLUMN = 12
"""A printer's own letters are so wide; a wide character takes two columns."""


@dataclass(frozen=True)
class Special:
    """A paper that is not listed, asked for by hand."""

    name: str
    what: str = ""


@dataclass(frozen=True)
class Findings:
    missing: set[int]
    """Numbers of papers."""
    wrong: Mapping[int, str]
    """Number → what is wrong with it."""
    remark: str
    special: tuple[Special, ...] = ()
    fault: str = ""
    """Of the notice that is corrected; empty: none is."""


@dataclass(frozen=True)
class Corrected:
    """A notice about to be corrected, and what it found."""

    serial: str
    service_id: int
    """Of its matter, in the catalogue in force."""
    answerable: str
    """Name and staff number of who issued it."""
    found: Findings


def expect_uncorrected(hall: OpenHall, serial: str) -> Corrected:
    """Raises UnknownNotice, AlreadyCorrected."""
    from db.tables import NoticeFault
    from hall.names import plain
    from hall.notices import notice_corrections

    with hall.reading() as session:
        # Which fault it was is asked later; whether it can be corrected does not depend on it.
        found = notice_corrections.correction(session, hall.rules, serial, NoticeFault.OMITTED)
        service = notice_corrections.service_now(session, hall.rules, found.old)
        carried = notice_corrections.carried_over(session, found.old, service)
        assert service.id is not None
        return Corrected(
            found.old.serial,
            service.id,
            f"{plain(found.answerable.name)}（{found.answerable.staff_number}）",
            Findings(
                carried.missing,
                carried.wrong,
                plain(found.old.remark),
                tuple(Special(one.name, one.what) for one in carried.special),
            ),
        )


def services(hall: OpenHall) -> tuple[ServiceChoice, ...]:
    from hall.notices.notice_view import read_services

    with hall.reading() as session:
        return read_services(session, hall.rules)


def papers(hall: OpenHall, service_id: int) -> Papers:
    from hall.notices.notice_view import read_papers

    with hall.reading() as session:
        return read_papers(session, service_id)


@dataclass(frozen=True)
class NoticeWanted:
    """What the screen has of a notice that is to be issued."""

    counter: int
    service_id: int
    ticket_id: int | None
    found: Findings
    corrects: str = ""
    """Serial of the notice it puts right; empty: none."""


def concerned(
    session: Session, hall: OpenHall, wanted: NoticeWanted
) -> tuple[Counter, Clerk, Service, Ticket | None]:
    """Raises UnknownCounter, CounterNotOpen, UnknownService."""
    from db.tables import Service, Ticket
    from hall.counters import counters
    from hall.errors.catalogue import UnknownService
    from hall.errors.counters import CounterNotOpen

    here = counters.by_number(session, hall.rules, wanted.counter)
    service = session.get(Service, wanted.service_id)
    if here.clerk_id is None:
        raise CounterNotOpen(counter=wanted.counter)
    if service is None:
        raise UnknownService(service=wanted.service_id)
    ticket = session.get(Ticket, wanted.ticket_id) if wanted.ticket_id is not None else None
    return here, counters.clerk_of(session, here), service, ticket


def preview_notice(hall: OpenHall, wanted: NoticeWanted, columns: int) -> list[str]:
    """The lines of the citizen's copy, of so many columns; nothing is written."""
    from db.tables import NoticeFault, PrintJobKind
    from devices.printing.slip_text import texts_of
    from hall.notices import notice_corrections, notices

    found = wanted.found
    with hall.reading() as session:
        here, clerk, service, ticket = concerned(session, hall, wanted)
        corrects = None
        if wanted.corrects:
            fault = NoticeFault(found.fault)
            corrects = notice_corrections.correction(session, hall.rules, wanted.corrects, fault)
        drafted = notices.draft(
            session,
            hall.rules,
            service,
            clerk,
            found.missing,
            found.wrong,
            hall.now(),
            special=special_of(found),
            ticket=ticket,
            counter=here,
            remark=found.remark,
            corrects=corrects,
        )
    return texts_of(PrintJobKind.NOTICE.value, drafted.content, columns, drawn=True)[0]


def special_of(found: Findings) -> list[SpecialMaterial]:
    from hall.notices.notice_content import SpecialMaterial

    return [SpecialMaterial(one.name, one.what) for one in found.special]


def write_notice(session: Session, hall: OpenHall, wanted: NoticeWanted) -> str:
    """Issue it, or correct the old one by it; its serial."""
    from db.tables import NoticeFault
    from hall.notices import notice_corrections, notices

    found = wanted.found
    here, clerk, service, ticket = concerned(session, hall, wanted)
    if wanted.corrects:
        return notice_corrections.correct(
            session,
            hall.rules,
            wanted.corrects,
            NoticeFault(found.fault),
            clerk,
            found.missing,
            found.wrong,
            hall.now(),
            service=service,
            special=special_of(found),
            ticket=ticket,
            counter=here,
            remark=found.remark,
            printer=hall.settings.printer.name,
        ).serial
    return notices.issue(
        session,
        hall.rules,
        service,
        clerk,
        found.missing,
        found.wrong,
        hall.now(),
        special=special_of(found),
        ticket=ticket,
        counter=here,
        remark=found.remark,
        printer=hall.settings.printer.name,
    ).serial


def issue_notice(hall: OpenHall, wanted: NoticeWanted) -> Told:
    from hall.printing import printers
    from hall.printing.printers import Slip

    with hall.writing() as session:
        facts = {"serial": write_notice(session, hall, wanted)}
        known = printers.read(session, hall.rules.hall_id, hall.now())
        outlook = printers.prospect(known, hall.settings.printer.name)
    if outlook.slip is Slip.AT_DESK:
        words = _("Notice {serial} is issued; both copies wait, for the printer is out of use.")
        return Told(words, facts, good=False)
    if outlook.place:
        words = _("Notice {serial}: both copies come out here: {place}.")
        return Told(words, facts | {"place": outlook.place})
    return Told(_("Notice {serial}: both copies are being printed."), facts)
