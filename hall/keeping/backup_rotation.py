"""Which copy is due, which ones may go; no database, no clock."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hall.keeping.keeping_settings import BackupSettings

NAMED = re.compile(r"hall-(\d{8}-\d{6})\.db")
STAMP = "%Y%m%d-%H%M%S"
ALL_OF = timedelta(hours=24)
"""So long every copy is kept."""


@dataclass(frozen=True)
class Kept:
    path: Path
    at: datetime
    """When it was made, by its name: a file that was carried elsewhere has another time."""


def name_at(moment: datetime) -> str:
    """`moment` in the hall's own time, which an administrator reads."""
    return f"hall-{moment:{STAMP}}.db"


def copies_in(folder: Path, zone: ZoneInfo) -> list[Kept]:
    """The oldest first; other files in it are none of our business. Raises OSError."""
    found = []
    for file in folder.iterdir() if folder.is_dir() else ():
        named = NAMED.fullmatch(file.name)
        if named is not None:
            try:
                at = datetime.strptime(named[1], STAMP).replace(tzinfo=zone)
            except ValueError:
                continue  # somebody's own name
            found.append(Kept(file, at))
    return sorted(found, key=lambda one: one.at)


def is_due(
    newest: datetime | None, now: datetime, closed_at: datetime | None, settings: BackupSettings
) -> bool:
    """By the clock, or because the day's work ended since the last one.

    `closed_at`: when the office hours last ended; None where there are none. A copy from the
    future was made by a clock that was set back since, and counts for nothing.
    """
    if not settings.every_minutes:
        return False
    if newest is None or newest > now:
        return True
    if now - newest >= timedelta(minutes=settings.every_minutes):
        return True
    return closed_at is not None and newest < closed_at <= now


def to_drop(copies: Iterable[Kept], now: datetime, settings: BackupSettings) -> list[Kept]:
    """All but those of the last 24 hours, the last of each of the latest days and months that have
    any, and the newest whatever its age.

    Days and months are counted, not reckoned from now: a clock that jumps a year ahead must not
    take every copy there is.
    """
    by_age = sorted(copies, key=lambda one: one.at)
    stays = {one.path for one in by_age[-1:]}
    stays |= {one.path for one in by_age if now - one.at < ALL_OF}
    last_of_day = {one.at.date(): one for one in by_age}
    last_of_month = {(one.at.year, one.at.month): one for one in by_age}
    stays |= {last_of_day[day].path for day in sorted(last_of_day)[-settings.keep_days :]}
    if settings.keep_months:
        latest = sorted(last_of_month)[-settings.keep_months :]
        stays |= {last_of_month[month].path for month in latest}
    return [one for one in by_age if one.path not in stays]
