"""The slip of an inquiry: whom the citizen can ask by name, and under which number."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.tables import Clerk, Inquiry, PrintJobKind, Service, Ticket
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.inquiries.inquiry_numbers import code_of, name_of
from hall.printing import print_jobs


def subject_of(inquiry: Inquiry, step: int) -> str:
    """Each who has had it is on a slip of their own: an old one names somebody else."""
    return f"{PrintJobKind.INQUIRY.value}/{inquiry.id}/{step}"


def add(
    session: Session,
    rules: HallRules,
    inquiry: Inquiry,
    step: int,
    now: datetime,
    *,
    printer: str,
    large_print: bool = False,
) -> None:
    """`step`: the one that gave it to whoever has it."""
    told = content(session, rules, inquiry)
    print_jobs.add(
        session,
        rules.hall_id,
        PrintJobKind.INQUIRY,
        f"{inquiry.id}/{step}",
        told | {"large_print": True} if large_print else told,
        print_jobs.DOCUMENT_LIFETIME,
        now,
        printer=printer,
    )


def content(session: Session, rules: HallRules, inquiry: Inquiry) -> dict[str, Any]:
    """`devices.printing.slips.inquiry_slip` describes it; the matter itself stays in the hall."""
    has_it = session.get_one(Clerk, inquiry.responsible_id)
    sits_at = counters.where_sits(session, has_it)
    ticket = session.get(Ticket, inquiry.ticket_id) if inquiry.ticket_id is not None else None
    service = session.get_one(Service, ticket.service_id) if ticket is not None else None
    return {
        "hall": rules.names,
        "address": rules.address,
        "supervision_phone": rules.supervision_phone,
        "number": name_of(inquiry),
        "code": code_of(inquiry),
        "name": has_it.name,
        "phone": has_it.phone,
        "department": has_it.department,
        "counter": sits_at.number if sits_at is not None else None,
        "service": service.names if service is not None else None,
        "asked_at": rules.local(inquiry.asked_at).isoformat(timespec="seconds"),
    }
