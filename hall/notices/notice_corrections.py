"""告知责任: what a notice left out or told wrong is put right by a new one, and is somebody's.

A notice is corrected once; who finds another fault corrects the correction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from db import journal
from db.tables import (
    Clerk,
    Counter,
    MaterialFinding,
    Notice,
    NoticeFault,
    NoticeMaterial,
    Service,
    Ticket,
)
from hall.catalogue import catalogue
from hall.errors.catalogue import UnknownService
from hall.errors.notices import AlreadyCorrected
from hall.hall_rules import HallRules
from hall.names import name_in
from hall.notices import notices
from hall.notices.notice_content import Correction, SpecialMaterial
from hall.printing import print_jobs


def corrected_by(session: Session, notice: Notice) -> Notice | None:
    """The notice that puts this one right; None: it stands."""
    return session.exec(select(Notice).where(Notice.corrects_id == notice.id)).first()


def newest(session: Session, notice: Notice) -> Notice:
    """What counts by now: the notice itself, or the last of its corrections."""
    while (later := corrected_by(session, notice)) is not None:
        notice = later
    return notice


def chain(session: Session, notice: Notice) -> list[Notice]:
    """Every notice that this one corrects or is corrected by, itself among them, newest first."""
    found = [newest(session, notice)]
    while (earlier := found[-1].corrects_id) is not None:
        found.append(session.get_one(Notice, earlier))
    return found


def service_now(session: Session, rules: HallRules, notice: Notice) -> Service:
    """Its matter as the catalogue in force has it; withdrawn, as it was."""
    old = session.get_one(Service, notice.service_id)
    try:
        return catalogue.service(session, rules, old.code)[0]
    except UnknownService:
        return old


@dataclass(frozen=True)
class CarriedOver:
    """What an old notice found, in the numbers of the catalogue in force."""

    missing: set[int]
    wrong: dict[int, str]
    special: list[SpecialMaterial]


def carried_over(session: Session, notice: Notice, service: Service) -> CarriedOver:
    """A paper that is not listed any more goes on as a special one: nothing is lost silently."""
    assert service.id is not None
    listed = {
        name_in(material.names, "zh"): material.number
        for material in catalogue.materials(session, service.id)
    }
    told = {one["number"]: name_in(one["names"], "zh") for one in notice.content["materials"]}
    carried = CarriedOver(set(), {}, [])
    rows = select(NoticeMaterial).where(NoticeMaterial.notice_id == notice.id)
    for one in session.exec(rows.order_by(col(NoticeMaterial.number))):
        name = one.name or told.get(one.number, "")
        number = None if one.name else listed.get(name)
        if number is None:
            carried.special.append(SpecialMaterial(name[: notices.MOST_NAME], one.what_is_wrong))
        elif one.finding == MaterialFinding.WRONG:
            carried.wrong[number] = one.what_is_wrong
        else:
            carried.missing.add(number)
    return carried


def correction(
    session: Session,
    rules: HallRules,
    serial: str,
    fault: NoticeFault,
    answerable: Clerk | None = None,
) -> Correction:
    """Of the notice of that serial. `answerable`: None is who issued it.

    Raises UnknownNotice, AlreadyCorrected.
    """
    old = notices.by_serial(session, rules, serial)
    by = newest(session, old)
    if by is not old:
        raise AlreadyCorrected(serial=old.serial, by=by.serial)
    return Correction(old, fault, answerable or session.get_one(Clerk, old.clerk_id))


def correct(
    session: Session,
    rules: HallRules,
    serial: str,
    fault: NoticeFault,
    clerk: Clerk,
    missing: set[int],
    wrong: Mapping[int, str],
    now: datetime,
    *,
    answerable: Clerk | None = None,
    service: Service | None = None,
    special: Sequence[SpecialMaterial] = (),
    ticket: Ticket | None = None,
    counter: Counter | None = None,
    remark: str = "",
    printer: str = print_jobs.DEFAULT_PRINTER,
) -> Notice:
    """A new notice, complete in itself, instead of the one of that serial.

    `service`: None is its own matter, as the catalogue in force has it; `ticket`: None is its
    own, if it is today's. Raises what `notices.issue` raises, UnknownNotice, AlreadyCorrected.
    """
    corrects = correction(session, rules, serial, fault, answerable)
    old = corrects.old
    if ticket is None and old.ticket_id is not None:
        its_own = session.get_one(Ticket, old.ticket_id)
        if its_own.business_day == rules.business_day(now):  # its number is another's by tomorrow
            ticket = its_own
    notice = notices.issue(
        session,
        rules,
        service or service_now(session, rules, old),
        clerk,
        missing,
        wrong,
        now,
        special=special,
        ticket=ticket,
        counter=counter,
        remark=remark,
        printer=printer,
        corrects=corrects,
    )
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            "notice.corrected",
            who=clerk.staff_number,
            place=f"counter {counter.number}" if counter else "",
            subject=f"notice/{old.id}",
            why=fault.value,
            before={"serial": old.serial},
            after={
                "serial": notice.serial,
                "fault": fault.value,
                "answerable": corrects.answerable.staff_number,
            },
        ),
        now,
    )
    return notice
