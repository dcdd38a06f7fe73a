"""The chain of an inquiry: who had it from whom, and what the journal is told."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db import journal
from db.tables import Clerk, Inquiry, InquiryStep


def chain(session: Session, inquiry: Inquiry) -> list[InquiryStep]:
    return list(
        session.exec(
            select(InquiryStep)
            .where(InquiryStep.inquiry_id == inquiry.id)
            .order_by(col(InquiryStep.number))
        ).all()
    )


def add_step(
    session: Session, inquiry: Inquiry, by: Clerk, to: Clerk | None, words: str, now: datetime
) -> None:
    """What it ended with stands in the inquiry itself."""
    assert inquiry.id is not None and by.id is not None
    number = len(chain(session, inquiry)) + 1
    session.add(
        InquiryStep(
            inquiry_id=inquiry.id,
            number=number,
            at=now,
            by_id=by.id,
            to_id=to.id if to is not None else None,
            words=words,
        )
    )
    session.flush()


def tell(
    session: Session,
    inquiry: Inquiry,
    what: str,
    clerk: Clerk,
    now: datetime,
    place: str,
    *,
    before: dict[str, Any] | None,
    after: dict[str, Any],
) -> None:
    """No word anybody typed, no contact: only what may stay for good."""
    entry = journal.Entry(
        what,
        who=clerk.staff_number,
        place=place,
        subject=f"inquiry/{inquiry.id}",
        before=before,
        after=after,
    )
    journal.append(session, inquiry.hall_id, entry, now)
