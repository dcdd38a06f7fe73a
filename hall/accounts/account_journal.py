"""What the journal is told of accounts: never a password, never what was typed for one."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import journal
from hall.hall_rules import HallRules


def tell(
    session: Session,
    rules: HallRules,
    what: str,
    now: datetime,
    who: str,
    place: str,
    subject: str = "",
    *,
    why: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    words: str = "",
) -> None:
    entry = journal.Entry(what, who, place, subject, why, before, after, words)
    journal.append(session, rules.hall_id, entry, now)
