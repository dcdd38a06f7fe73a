"""办件: the rows kept of a visit's matters, and the one that stands where nobody recorded any."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db.tables import Case, CaseResult, Clerk, Notice, Service, Ticket

GOES_ON = frozenset({"承诺件", "联办件", "上报件"})
"""Kinds of matter (办件类型) that are taken in at the counter and decided later."""

CASES = "cases"
"""Under which the journal tells of those that a step recorded by itself, or took back."""


# -- rules ---------------------------------------------------------------------------------------


def usual_result(kind: str) -> CaseResult:
    """How a matter of this kind leaves the counter when its papers are complete."""
    return CaseResult.ACCEPTED if kind in GOES_ON else CaseResult.DONE


# -- reading -------------------------------------------------------------------------------------


def of_ticket(session: Session, ticket_id: int | None) -> list[Case]:
    """In the order in which they were recorded."""
    return list(
        session.exec(select(Case).where(Case.ticket_id == ticket_id).order_by(col(Case.id))).all()
    )


def recorded_at(session: Session, ticket: Ticket, counter_id: int | None) -> list[Case]:
    """What this counter has recorded of this visit."""
    return [case for case in of_ticket(session, ticket.id) if case.counter_id == counter_id]


def by_itself(
    session: Session, ticket: Ticket, counter_id: int | None
) -> tuple[Service, CaseResult]:
    """What a visit was about when the counter recorded nothing: what its ticket is for."""
    service = session.get_one(Service, ticket.service_id)
    told = session.exec(
        select(Notice.id)
        .where(
            Notice.ticket_id == ticket.id,
            Notice.counter_id == counter_id,
            Notice.service_id == ticket.service_id,  # not one about something else
        )
        .limit(1)
    ).first()
    return service, CaseResult.TOLD if told is not None else usual_result(service.kind)


def first_handler(session: Session, ticket: Ticket, service: Service, clerk_id: int) -> int:
    """首办: the clerk of this visit, unless somebody has this matter of the citizen already.

    Who comes back with the papers a notice asked for stays with whom they came to first, however
    many visits and corrections lie between.
    """
    if not ticket.notice_serial:
        return clerk_id
    notice = session.exec(
        select(Notice).where(
            Notice.hall_id == ticket.hall_id, Notice.serial == ticket.notice_serial
        )
    ).first()
    # By the code: the catalogue may have a newer version of the same matter.
    if notice is None or session.get_one(Service, notice.service_id).code != service.code:
        return clerk_id
    while notice.corrects_id is not None:
        notice = session.get_one(Notice, notice.corrects_id)
    earlier = session.exec(
        select(Case.first_handler_id)
        .join(Service, col(Service.id) == col(Case.service_id))
        .where(Case.ticket_id == notice.ticket_id, Service.code == service.code)
        .order_by(col(Case.id))
        .limit(1)
    ).first()
    return notice.clerk_id if earlier is None else earlier


# -- operations ----------------------------------------------------------------------------------


def add(
    session: Session,
    ticket: Ticket,
    counter_id: int | None,
    clerk_id: int | None,
    service: Service,
    result: CaseResult,
    now: datetime,
) -> Case:
    assert ticket.id is not None and service.id is not None
    assert counter_id is not None and clerk_id is not None
    case = Case(
        hall_id=ticket.hall_id,
        ticket_id=ticket.id,
        service_id=service.id,
        counter_id=counter_id,
        first_handler_id=first_handler(session, ticket, service, clerk_id),
        result=result.value,
        recorded_at=now,
    )
    session.add(case)
    session.flush()
    return case


def add_by_itself(
    session: Session, ticket: Ticket, counter_id: int | None, clerk_id: int | None, now: datetime
) -> list[Case]:
    """Empty when the counter has recorded something of this visit already."""
    if recorded_at(session, ticket, counter_id):
        return []
    service, result = by_itself(session, ticket, counter_id)
    return [add(session, ticket, counter_id, clerk_id, service, result, now)]


def told(session: Session, case: Case) -> dict[str, Any]:
    """As the journal has it."""
    return {
        "id": case.id,
        "service": session.get_one(Service, case.service_id).code,
        "result": case.result,
        "first_handler": session.get_one(Clerk, case.first_handler_id).staff_number,
    }


def told_with_step(session: Session, added: Sequence[Case]) -> dict[str, Any]:
    """What a step's line in the journal says besides; `take_back` undoes just that."""
    return {CASES: [told(session, case) for case in added]} if added else {}


def take_back(session: Session, ticket: Ticket, told: Mapping[str, Any] | None) -> dict[str, Any]:
    """The step that told this is undone; returns what its undoing tells."""
    recorded = (told or {}).get(CASES, [])
    for one in recorded:
        case = session.get(Case, one["id"])
        if case is not None and case.ticket_id == ticket.id:
            session.delete(case)
    session.flush()
    return {CASES: recorded} if recorded else {}
