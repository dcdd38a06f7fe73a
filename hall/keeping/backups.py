"""Copies of the hall, made at their time, each opened and checked, the old ones dropped."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from db import backup, journal, place
from db.backup import Copy
from db.engine import writing
from db.faults import DatabaseFault, DatabaseUnreadable
from hall.hall_rules import HallRules
from hall.keeping import backup_rotation
from hall.keeping.backup_entries import FAILED, MADE, SUBJECT
from hall.keeping.backup_rotation import Kept
from hall.open_hall import OpenHall

DAYS_LOOKED_BACK = 14
"""For the last day with office hours; a longer holiday has its copies by the clock."""


@dataclass(frozen=True)
class Made:
    copy: Copy
    dropped: list[Path]


def folder_of(hall: OpenHall) -> Path:
    return hall.settings.backup.folder or place.folder_of(hall.engine) / "backups"


def kept(hall: OpenHall) -> list[Kept]:
    """Raises DatabaseUnreadable for a folder nobody can look into."""
    folder = folder_of(hall)
    try:
        return backup_rotation.copies_in(folder, hall.rules.zone)
    except OSError as error:
        raise DatabaseUnreadable(str(folder), str(error)) from error


def is_due(hall: OpenHall) -> bool:
    """Raises DatabaseUnreadable."""
    now = hall.rules.local(hall.now())
    copies = [one for one in kept(hall) if one.at <= now]
    newest = copies[-1].at if copies else None
    return backup_rotation.is_due(newest, now, closed_at(hall.rules, now), hall.settings.backup)


def closed_at(rules: HallRules, now: datetime) -> datetime | None:
    """When the office hours last ended."""
    today = rules.business_day(now)
    ends = (rules.closes_at(day) for day in days_back(today))
    return next((end for end in ends if end is not None and end <= now), None)


def days_back(today: date) -> list[date]:
    return [today - timedelta(days=number) for number in range(DAYS_LOOKED_BACK)]


def make(hall: OpenHall) -> Made:
    """The next copy, told in the journal; then those that may go are dropped.

    Raises DatabaseFault, after which the journal says that none was made, if it can be written.
    """
    now = hall.rules.local(hall.now())
    target = folder_of(hall) / backup_rotation.name_at(now)
    try:
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy = backup.make(hall.engine, target)
        except FileExistsError as error:  # made within this very second
            raise DatabaseUnreadable(str(target), "it is there already") from error
        except OSError as error:
            raise DatabaseUnreadable(str(target), str(error)) from error
        dropped = drop_old(hall, now)
    except DatabaseFault as fault:
        with suppress(DatabaseFault), writing(hall.engine) as session:
            tell_failed(session, hall, fault)
        raise
    with writing(hall.engine) as session:
        after = {"file": copy.path.name, "bytes": copy.size, "dropped": len(dropped)}
        entry = journal.Entry(MADE, who="system", subject=SUBJECT, after=after)
        journal.append(session, hall.rules.hall_id, entry, hall.now())
    return Made(copy, dropped)


def drop_old(hall: OpenHall, now: datetime) -> list[Path]:
    """Only after a new one is whole; what cannot be removed stays."""
    gone = []
    for one in backup_rotation.to_drop(kept(hall), now, hall.settings.backup):
        with suppress(OSError):
            one.path.unlink()
            gone.append(one.path)
    return gone


def tell_failed(session: Session, hall: OpenHall, fault: DatabaseFault) -> None:
    """Once, not at every try."""
    last = journal.newest_of(session, hall.rules.hall_id, SUBJECT)
    why = type(fault).__name__
    if last is not None and (last.what, last.why) == (FAILED, why):
        return
    entry = journal.Entry(FAILED, who="system", subject=SUBJECT, why=why)
    journal.append(session, hall.rules.hall_id, entry, hall.now())
