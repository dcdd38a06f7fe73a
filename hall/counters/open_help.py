"""Calls for help that are open: found, and ended when what they were about is over."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db import journal
from db.tables import Clerk, Counter, HelpKind, HelpRequest
from db.tables.messages import OPEN_HELP
from hall.hall_rules import HallRules


def at_place(session: Session, rules: HallRules, place: str, kind: HelpKind) -> HelpRequest | None:
    return session.exec(
        select(HelpRequest).where(
            OPEN_HELP,
            HelpRequest.hall_id == rules.hall_id,
            HelpRequest.place == place,
            HelpRequest.kind == kind,
        )
    ).first()


def end(
    session: Session,
    request: HelpRequest,
    what: str,
    who: str,
    now: datetime,
    *,
    by: Clerk | None = None,
    granted: bool | None = None,
    answer: str = "",
) -> HelpRequest:
    """`by` is who answered; None: nobody did. Neither words nor answer are told to the journal."""
    request.ended_at = now
    request.ended_by_id = by.id if by is not None else None
    request.granted = granted
    request.answer = answer
    session.flush()
    after: dict[str, Any] = {"kind": request.kind}
    if granted is not None:
        after["granted"] = granted
    entry = journal.Entry(
        what, who=who, place=request.place, subject=f"help/{request.id}", after=after
    )
    journal.append(session, request.hall_id, entry, now)
    return request


def withdraw_of(
    session: Session, counter: Counter, kinds: Iterable[HelpKind], who: str, now: datetime
) -> None:
    """What this counter has asked is over, whoever answers it now."""
    found = session.exec(
        select(HelpRequest).where(
            OPEN_HELP,
            HelpRequest.hall_id == counter.hall_id,
            HelpRequest.counter_id == counter.id,
            col(HelpRequest.kind).in_(kinds),
        )
    ).all()
    for request in found:
        end(session, request, "help.withdrawn", who, now)


def end_past(session: Session, rules: HallRules, now: datetime) -> None:
    """What nobody answered on an earlier business day."""
    today = rules.business_day(now)
    found = session.exec(
        select(HelpRequest).where(OPEN_HELP, HelpRequest.hall_id == rules.hall_id)
    ).all()
    for request in found:
        if rules.business_day(request.asked_at) < today:
            end(session, request, "help.left_over", "system", now)
