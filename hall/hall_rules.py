"""What the operations need to know of their hall, read once and passed in."""

import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from sqlalchemy import bindparam
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from db import place
from db.faults import NoDatabase
from db.prepared import Prepared
from db.tables import Hall, Setting
from hall.errors import SettingsWrong
from hall.settings import HallSettings, Settings

log = logging.getLogger(__name__)

HALLS = Hall.__table__  # type: ignore[attr-defined]
KEPT = Setting.__table__  # type: ignore[attr-defined]
HALL = Prepared(columns_of(*HALLS.c).where(HALLS.c.id == bindparam("hall")))
SETTINGS = Prepared(
    columns_of(KEPT.c.key, KEPT.c.value)
    .where(KEPT.c.hall_id == bindparam("hall"))
    .order_by(KEPT.c.key)
)


@dataclass(frozen=True)
class HallRules:
    hall_id: int
    code: str
    names: dict[str, str]
    address: str
    supervision_phone: str
    zone: ZoneInfo
    sessions: tuple[tuple[str, str], ...]
    """Office hours, local, "HH:MM"."""
    catalogue_version: int
    numbers: HallSettings

    def business_day(self, now: datetime) -> date:
        """The hall's own day, not UTC's."""
        return now.astimezone(self.zone).date()

    def sessions_of(self, day: date) -> list[tuple[datetime, datetime]]:
        """The office hours of that day, the earliest first."""
        midnight = datetime.combine(day, time(), tzinfo=self.zone)

        def at(clock: str) -> datetime:
            hour, minute = clock.split(":")
            return (midnight + timedelta(hours=int(hour), minutes=int(minute))).astimezone(UTC)

        return sorted((at(start), at(end)) for start, end in self.sessions)

    def closes_at(self, day: date) -> datetime | None:
        """When the office hours of that day end; None where the hall has none."""
        return max((end for _, end in self.sessions_of(day)), default=None)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)


def load(session: Session, settings: Settings) -> HallRules:
    """The hall of this database; raises NoDatabase when it holds none, SettingsWrong when it
    holds others than the named one."""
    statement = select(Hall).order_by(col(Hall.id))
    if settings.hall_code:
        statement = statement.where(Hall.code == settings.hall_code)
    hall = session.exec(statement).first()
    if hall is None and settings.hall_code and session.exec(select(Hall)).first():
        raise SettingsWrong("hall_code", settings.hall_code)
    if hall is None or hall.id is None:
        raise NoDatabase(place.address_of(settings.database_url))
    kept = session.exec(select(Setting).where(Setting.hall_id == hall.id)).all()
    return HallRules(
        hall_id=hall.id,
        code=hall.code,
        names=hall.names,
        address=hall.address,
        supervision_phone=hall.supervision_phone,
        zone=ZoneInfo(hall.time_zone),
        sessions=tuple((start, end) for start, end in hall.sessions),
        catalogue_version=hall.catalogue_version,
        numbers=numbers({row.key: row.value for row in kept}, settings.hall),
    )


def as_kept(session: Session, hall_id: int) -> tuple[object, ...]:
    """All that `load` makes the rules of; alike as long as nobody has changed them.

    Every screen asks after every change in the hall: this takes a tenth of making them anew.
    """
    return (HALL.one(session, hall=hall_id), *SETTINGS.all(session, hall=hall_id))


def numbers(kept: dict[str, Any], machine: HallSettings) -> HallSettings:
    """What the hall has set, unless this machine's file or environment says otherwise."""
    known = {key: value for key, value in kept.items() if key in HallSettings.model_fields}
    explicit = machine.model_dump(include=machine.model_fields_set)
    try:
        return HallSettings.model_validate(known | explicit)
    except ValidationError as error:
        # A version with narrower limits must not keep the hall closed: its own number stands.
        outside = {str(one["loc"][0]) for one in error.errors()}
        log.warning("settings outside their limits, left out: %s", ", ".join(sorted(outside)))
        return HallSettings.model_validate(
            {key: value for key, value in known.items() if key not in outside} | explicit
        )
