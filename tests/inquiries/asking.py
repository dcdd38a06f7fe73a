"""What somebody asks, and what the journal has of it."""

from sqlmodel import Session

from db import journal
from db.tables import Inquiry

MATTER = "异地缴存的能不能在这里贷款"


def journalled(session: Session, inquiry: Inquiry) -> list[str]:
    return [one.what for one in journal.entries(session, 1, subject=f"inquiry/{inquiry.id}")]
