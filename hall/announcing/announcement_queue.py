"""The announcements of a zone, one after the other, by one speaker at a time.

The lease is on the zone, not on the row: one acoustic space, one voice. Whoever takes the next
announcement gets a higher fence; what an older fence still wants to write is not written.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import literal_column, or_
from sqlmodel import Session, col, func, select, update
from sqlmodel.sql.expression import SelectOfScalar

from db import journal
from db.tables import Announcement, AnnouncementState, SpeakerZone, Ticket, TicketState
from db.tables.outbox import CALL_PRIORITY, OPEN_ANNOUNCEMENT
from hall.announcing import emergencies
from hall.marked import _
from hall.names import plain

LEASE = timedelta(seconds=1.5)
"""So soon after its owner fell silent another speaker may go on."""

MOST_BELIEVED = timedelta(seconds=10)
"""A lease further ahead was written by a clock that was set back since: it binds nobody."""

JUST_ENDED = timedelta(seconds=3)
"""Its last lease passed no longer ago: the speaker is there."""

MOST_ATTEMPTS = 2
"""A call whose speaker died is said once more; one that kills speakers must not go on for ever."""

MOST_AT_ONCE = 500
"""Rows looked at in one transaction; the rest follows in the next."""


INTERRUPTED = _("The speaker was interrupted twice.")


@dataclass(frozen=True)
class Taken:
    """An announcement that its speaker must speak now, and the lease under which it may."""

    announcement_id: int
    hall_id: int
    zone: str
    owner: str
    fence: int
    content: dict[str, Any]
    waiting: int
    """How many more are waiting behind it."""
    urgent: bool
    """Before all calls."""


def is_free(place: SpeakerZone | None, owner: str, now: datetime) -> bool:
    return (
        place is None
        or place.owner == owner
        or place.lease_until <= now
        or place.lease_until > now + MOST_BELIEVED
    )


def is_overtaken(announcement: Announcement, ticket: Ticket | None) -> bool:
    """The citizen came, or is called elsewhere now: saying it would send them to a wrong place."""
    if announcement.ticket_id is None:
        return False
    return (
        ticket is None
        or ticket.state != TicketState.CALLED
        or ticket.counter_id != announcement.counter_id
    )


def anything_to_do(session: Session, hall_id: int, zone: str, owner: str, now: datetime) -> bool:
    """Whether `take_next` is worth a write transaction, which every screen would hear of."""
    open_row = session.exec(worth_looking_at(session, hall_id, zone, now).limit(1)).first()
    return open_row is not None and is_free(session.get(SpeakerZone, (hall_id, zone)), owner, now)


def is_speaking(session: Session, hall_id: int, zone: str, now: datetime) -> bool:
    """Whether a call is being spoken, or follows at once: a speaker that has just ended one takes
    the next."""
    place = session.get(SpeakerZone, (hall_id, zone))
    if place is None or place.lease_until > now + MOST_BELIEVED:
        return False
    if place.lease_until > now:
        return True
    return place.lease_until > now - JUST_ENDED and waiting(session, hall_id, zone, now) > 0


def take_next(session: Session, hall_id: int, zone: str, owner: str, now: datetime) -> Taken | None:
    """The next to speak, marked as playing; None when there is none, or another speaker speaks.

    Needs a write transaction: only that keeps two speakers from both finding the zone free.
    """
    place = session.get(SpeakerZone, (hall_id, zone))
    if not is_free(place, owner, now):
        return None
    if place is None:
        place = SpeakerZone(hall_id=hall_id, zone=zone, owner=owner, fence=0, lease_until=now)
    place.owner = owner
    place.fence += 1
    put_back_left_behind(session, hall_id, zone, now)
    expire_old(session, hall_id, zone, now)
    found = next_worth_saying(session, hall_id, zone, now)
    place.lease_until = now + LEASE if found else now
    session.add(place)
    if found is not None:
        found.state = AnnouncementState.PLAYING
        found.started_at, found.finished_at = now, None
        found.attempts += 1
        found.fence = place.fence
        session.add(found)
    session.flush()
    if found is None:
        return None
    assert found.id is not None
    return Taken(
        found.id,
        hall_id,
        zone,
        owner,
        place.fence,
        found.content,
        waiting(session, hall_id, zone, now),
        found.priority < CALL_PRIORITY,
    )


def keep(session: Session, taken: Taken, now: datetime) -> bool:
    """Renew the lease; False when the zone is another's by now, or something more urgent must be
    said: then the voice stops at once."""
    place = session.get(SpeakerZone, (taken.hall_id, taken.zone))
    if place is None or (place.owner, place.fence) != (taken.owner, taken.fence):
        return False
    said = session.get_one(Announcement, taken.announcement_id)
    if said.state != AnnouncementState.PLAYING:
        return False  # taken down
    more_urgent = worth_looking_at(session, taken.hall_id, taken.zone, now).where(
        Announcement.state == AnnouncementState.QUEUED,
        Announcement.priority < said.priority,
        Announcement.expires_at > now,
    )
    if session.exec(more_urgent.limit(1)).first() is not None:
        return False
    place.lease_until = now + LEASE
    session.add(place)
    session.flush()
    return True


def finish(session: Session, taken: Taken, error: str, now: datetime) -> bool:
    """Heard to its end; `error` is what was left out. False when it was not ours any more."""
    announcement = still_ours(session, taken)
    if announcement is None:
        return False
    end(session, announcement, AnnouncementState.DONE, error, now)
    emergencies.say_again(session, announcement, now)
    return True


def fail(session: Session, taken: Taken, reason: str, detail: str, now: datetime) -> bool:
    """Nobody heard it. False when it was not ours any more."""
    announcement = still_ours(session, taken)
    if announcement is None:
        return False
    mark_failed(session, announcement, reason, detail, now)
    emergencies.say_again(session, announcement, now)
    return True


def put_back(session: Session, taken: Taken, now: datetime) -> bool:
    """Cut off through no fault of its own: it is said again, and this time does not count."""
    announcement = still_ours(session, taken)
    if announcement is None:
        return False
    announcement.attempts -= 1
    queue_again(session, announcement, now)
    return True


def leave(session: Session, hall_id: int, zone: str, owner: str, now: datetime) -> None:
    """This speaker ends: another need not wait for its lease to pass."""
    place = session.get(SpeakerZone, (hall_id, zone))
    if place is not None and place.owner == owner and place.lease_until > now:
        place.lease_until = now
        session.add(place)
        session.flush()


def waiting(session: Session, hall_id: int, zone: str, now: datetime) -> int:
    """How many calls are still to be spoken."""
    return session.exec(
        select(func.count())
        .select_from(Announcement)
        .where(
            OPEN_ANNOUNCEMENT,
            Announcement.hall_id == hall_id,
            Announcement.zone == zone,
            Announcement.state == AnnouncementState.QUEUED,
            Announcement.expires_at > now,
        )
    ).one()


def open_in_zone(hall_id: int, zone: str) -> SelectOfScalar[Announcement]:
    """Those still to be spoken or being spoken."""
    return select(Announcement).where(
        OPEN_ANNOUNCEMENT, Announcement.hall_id == hall_id, Announcement.zone == zone
    )


def worth_looking_at(
    session: Session, hall_id: int, zone: str, now: datetime
) -> SelectOfScalar[Announcement]:
    """Not what is said again later; in an emergency no calls.

    A time further ahead was written by a clock that was set back since: it holds back nothing.
    """
    not_before = col(Announcement.not_before)
    found = open_in_zone(hall_id, zone).where(
        or_(not_before.is_(None), not_before <= now, not_before > now + emergencies.SAID_AGAIN)
    )
    if emergencies.stands(session, hall_id):
        found = found.where(col(Announcement.priority) < CALL_PRIORITY)
    return found


def expire_old(session: Session, hall_id: int, zone: str, now: datetime) -> None:
    """Silently, and a bounded number at a time: there may have been no speaker for a year."""
    table = Announcement.__table__  # type: ignore[attr-defined]
    old = (
        select(table.c.id)
        .where(table.c.hall_id == hall_id, table.c.zone == zone)
        .where(table.c.state == literal_column("'queued'"), table.c.expires_at <= now)
        .limit(MOST_AT_ONCE)
    )
    session.connection().execute(
        update(table).where(table.c.id.in_(old)).values(state="expired", finished_at=now)
    )


def next_worth_saying(
    session: Session, hall_id: int, zone: str, now: datetime
) -> Announcement | None:
    """The first by priority and age; what was overtaken before it expires silently."""
    queued = session.exec(
        worth_looking_at(session, hall_id, zone, now)
        .where(Announcement.state == AnnouncementState.QUEUED, Announcement.expires_at > now)
        .order_by(col(Announcement.priority), col(Announcement.id))
        .limit(MOST_AT_ONCE)
    ).all()
    for announcement in queued:
        ticket = session.get(Ticket, announcement.ticket_id) if announcement.ticket_id else None
        if not is_overtaken(announcement, ticket):
            return announcement
        end(session, announcement, AnnouncementState.EXPIRED, "", now)
    return None


def put_back_left_behind(session: Session, hall_id: int, zone: str, now: datetime) -> None:
    """What a speaker was saying when it died."""
    left = session.exec(
        open_in_zone(hall_id, zone).where(Announcement.state == AnnouncementState.PLAYING)
    ).all()
    for announcement in left:
        if announcement.attempts < MOST_ATTEMPTS:
            queue_again(session, announcement, now)
        else:
            mark_failed(session, announcement, INTERRUPTED, "", now)
            emergencies.say_again(session, announcement, now)


def queue_again(session: Session, announcement: Announcement, now: datetime) -> None:
    """Unless it was called again meanwhile: one of a subject is queued at a time."""
    newer = session.exec(
        open_in_zone(announcement.hall_id, announcement.zone).where(
            Announcement.state == AnnouncementState.QUEUED,
            Announcement.subject == announcement.subject,
        )
    ).first()
    if newer is not None:
        end(session, announcement, AnnouncementState.EXPIRED, "", now)
        return
    announcement.state = AnnouncementState.QUEUED
    announcement.fence = None
    session.add(announcement)
    session.flush()


def still_ours(session: Session, taken: Taken) -> Announcement | None:
    announcement = session.get(Announcement, taken.announcement_id)
    if announcement is None or announcement.state != AnnouncementState.PLAYING:
        return None
    return announcement if announcement.fence == taken.fence else None


def mark_failed(
    session: Session, announcement: Announcement, reason: str, detail: str, now: datetime
) -> None:
    end(session, announcement, AnnouncementState.FAILED, reason, now)
    journal.append(
        session,
        announcement.hall_id,
        journal.Entry(
            "announcement.failed",
            who="system",
            place=f"zone {announcement.zone}",
            subject=announcement.subject,
            why=reason,
            after={"announcement": announcement.id, "detail": plain(detail)},
        ),
        now,
    )


def end(
    session: Session,
    announcement: Announcement,
    state: AnnouncementState,
    error: str,
    now: datetime,
) -> None:
    announcement.state = state
    announcement.error = error
    announcement.finished_at = now
    session.add(announcement)
    session.flush()
