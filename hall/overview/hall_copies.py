"""Whether the hall is copied, as somebody should know before the disk fails."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from db import journal
from hall.hall_rules import HallRules
from hall.keeping.backup_entries import FAILED, SUBJECT

LONG = timedelta(days=4)
"""Without a copy: longer than a week-end in which everything is switched off."""


@dataclass(frozen=True)
class CopiesNow:
    at: datetime
    """When one was last made, or could not be; local time."""
    failed: bool
    is_old: bool

    @property
    def needs_somebody(self) -> bool:
        return self.failed or self.is_old


def read_copies(session: Session, rules: HallRules, now: datetime) -> CopiesNow | None:
    last = journal.newest_of(session, rules.hall_id, SUBJECT)
    if last is None:
        return None
    return CopiesNow(rules.local(last.at), last.what == FAILED, now - last.at > LONG)
