"""The speakers of the hall, zone by zone: whether what is announced is also heard."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, literal_column, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Announcement, SpeakerZone
from db.tables.outbox import OPEN_ANNOUNCEMENT
from hall.hall_rules import HallRules
from hall.names import plain

UNHEARD = timedelta(seconds=20)
"""A speaker takes a call at once, or when it has said the one before."""
NEWEST = 100
"""Among so many of the newest announcements those are counted that failed."""

SPOKEN = Announcement.__table__  # type: ignore[attr-defined]
ZONE = SpeakerZone.__table__  # type: ignore[attr-defined]
LAST = select(func.max(SPOKEN.c.id)).scalar_subquery()

ZONES = Prepared(select(ZONE.c.zone, ZONE.c.lease_until).where(ZONE.c.hall_id == bindparam("hall")))
QUEUED = Prepared(
    select(SPOKEN.c.zone, func.count(), func.min(SPOKEN.c.created_at))
    .where(
        OPEN_ANNOUNCEMENT,
        SPOKEN.c.hall_id == bindparam("hall"),
        literal_column("state = 'queued'"),
        SPOKEN.c.expires_at > bindparam("at"),
    )
    .group_by(SPOKEN.c.zone)
)
NEWEST_OF_ZONES = Prepared(
    select(SPOKEN.c.zone, SPOKEN.c.state, SPOKEN.c.finished_at, SPOKEN.c.error)
    .where(SPOKEN.c.id > LAST - NEWEST, SPOKEN.c.hall_id == bindparam("hall"))
    .order_by(SPOKEN.c.id)
)


@dataclass(frozen=True)
class VoiceNow:
    zone: str
    waiting: int
    """Announcements still to be spoken."""
    silent: bool
    """They wait, and no speaker takes them."""
    ever: bool
    """A speaker has run in this zone."""
    spoken_at: datetime | None
    """The last that was heard, local."""
    failed: int
    """Of the newest announcements, after the last that was heard."""
    error: str
    """Of the last that failed: the English source of a sentence."""

    @property
    def needs_somebody(self) -> bool:
        return self.silent or self.failed > 0


def read_voices(
    session: Session, rules: HallRules, zones: Collection[str], now: datetime
) -> tuple[VoiceNow, ...]:
    """Of every zone in which a counter stands."""
    leases = dict(ZONES.all(session, hall=rules.hall_id))
    queued = {
        zone: (count, at) for zone, count, at in QUEUED.all(session, hall=rules.hall_id, at=now)
    }
    spoken: dict[str, datetime | None] = {}
    failed: dict[str, list[str]] = {}
    for zone, state, finished_at, error in NEWEST_OF_ZONES.all(session, hall=rules.hall_id):
        if state == "done":
            spoken[zone] = finished_at
            failed[zone] = []
        elif state == "failed" and is_today(rules, finished_at, now):
            failed.setdefault(zone, []).append(error)
    voices = []
    for zone in sorted(zones):
        count, oldest_at = queued.get(zone, (0, None))
        lease = leases.get(zone)
        speaks = lease is not None and lease > now
        last = spoken.get(zone)
        voices.append(
            VoiceNow(
                plain(zone),
                count,
                oldest_at is not None and not speaks and now - oldest_at > UNHEARD,
                lease is not None,
                rules.local(last) if last is not None else None,
                len(failed.get(zone, ())),
                failed[zone][-1] if failed.get(zone) else "",
            )
        )
    return tuple(voices)


def is_today(rules: HallRules, moment: datetime | None, now: datetime) -> bool:
    return moment is not None and rules.business_day(moment) == rules.business_day(now)
