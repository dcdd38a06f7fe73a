"""补打: a slip printed once more, because a person asks for it or a printer lost it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from db import journal
from db.tables import PrintJob, PrintJobKind, PrintJobState, Ticket, TicketState
from hall import rights
from hall.counters import counters
from hall.errors.printing import (
    NeverPrinted,
    PrintWaits,
    ReasonMissing,
    ReprintLimitReached,
    TicketVoid,
)
from hall.hall_rules import HallRules
from hall.marked import _
from hall.names import plain
from hall.printing.print_jobs import DOCUMENT_LIFETIME
from hall.rights import Right

REASONS = {
    "lost": _("lost by the citizen"),
    "unreadable": _("not legible"),
    "not_printed": _("did not come out"),
}
"""What clerks choose from; the journal has these codes, other words stay with the print job."""

OTHER_REASON = "other"

VALID = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.HELD)
"""With any other state a ticket is void: its slip would only mislead."""

# -- rules ---------------------------------------------------------------------------------------


def by_hand(prints: Sequence[PrintJob]) -> int:
    """How often a person has had it printed again."""
    return sum(bool(one.asked_by or one.reason) for one in prints)


def is_marked(prints: Sequence[PrintJob]) -> bool:
    """Whether one more print is marked 补打: as soon as one of them may be on paper."""
    return any(
        one.pieces_out or one.state in (PrintJobState.PRINTED, PrintJobState.UNKNOWN)
        for one in prints
    )


# -- operations ----------------------------------------------------------------------------------


def ask(
    session: Session,
    rules: HallRules,
    subject: str,
    reason: str,
    now: datetime,
    *,
    printer: str,
    who: str = "",
) -> PrintJob:
    """Print the slip of "ticket/17" or "notice/3" once more, because a person asks for it.

    `reason`: one of REASONS, or other words, which are kept out of the journal. `who`: the staff
    number; empty: a script. Raises UnknownClerk, NotAllowed, ReasonMissing, NeverPrinted,
    PrintWaits, TicketVoid, ReprintLimitReached.
    """
    if who:
        rights.check(counters.clerk_by_staff_number(session, rules, who), Right.REPRINT)
    reason = plain(reason)
    if not reason:
        raise ReasonMissing()
    prints = prints_of(session, rules.hall_id, subject)
    if not prints:
        raise NeverPrinted()
    first = prints[0]
    lifetime = DOCUMENT_LIFETIME
    if first.kind == PrintJobKind.TICKET:
        check_valid(session, first, now, rules)
        lifetime = timedelta(minutes=rules.numbers.slip_lifetime_minutes)
    if any(one.state in (PrintJobState.QUEUED, PrintJobState.SENDING) for one in prints):
        raise PrintWaits()
    limit = rules.numbers.reprint_limit
    if by_hand(prints) >= limit:
        raise ReprintLimitReached(limit=limit)
    added = add(
        session,
        first,
        now + lifetime,
        now,
        printer=printer,
        marked=is_marked(prints),
        reason=reason,
        asked_by=who,
    )
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            "print.reprint_asked",
            who=who,
            place=f"printer {printer}",
            subject=subject,
            why=reason if reason in REASONS else OTHER_REASON,
            after={"key": added.key, "state": str(added.state), "reprint": added.reprint},
        ),
        now,
    )
    return added


def check_valid(session: Session, first: PrintJob, now: datetime, rules: HallRules) -> None:
    """Raises TicketVoid."""
    ticket = session.get_one(Ticket, first.ticket_id)
    if ticket.state not in VALID or ticket.business_day != rules.business_day(now):
        raise TicketVoid(number=ticket.name, state=ticket.state)


def add(
    session: Session,
    first: PrintJob,
    expires_at: datetime,
    now: datetime,
    *,
    printer: str,
    marked: bool = True,
    reason: str = "",
    asked_by: str = "",
) -> PrintJob:
    """Another print of the same content, whatever the catalogue says by now."""
    added = PrintJob(
        hall_id=first.hall_id,
        subject=first.subject,
        print_number=len(prints_of(session, first.hall_id, first.subject)) + 1,
        kind=first.kind,
        printer=printer,
        ticket_id=first.ticket_id,
        notice_id=first.notice_id,
        content=first.content,
        reprint=marked,
        reason=reason,
        asked_by=asked_by,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(added)
    session.flush()
    return added


def prints_of(session: Session, hall_id: int, subject: str) -> list[PrintJob]:
    """Every print of "ticket/17" or "notice/3", the first one first."""
    return list(
        session.exec(
            select(PrintJob)
            .where(PrintJob.hall_id == hall_id, PrintJob.subject == subject)
            .order_by(col(PrintJob.print_number))
        ).all()
    )
