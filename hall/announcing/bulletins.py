"""公告: put up for everyone to read, and spoken to everyone when it is urgent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlmodel import Session, col
from sqlmodel import select as rows_of

from db import journal
from db.prepared import Prepared
from db.tables import Announcement, AnnouncementState, Bulletin, Clerk, Counter
from db.tables.outbox import OPEN_ANNOUNCEMENT
from hall import forbidden_phrases, rights
from hall.accounts.stations import Station
from hall.errors.announcing import TextEmpty, UnknownBulletin
from hall.errors.counters import PauseOver
from hall.errors.notices import TextTooLong
from hall.hall_rules import HallRules
from hall.names import Names, plain_names
from hall.rights import Right

LONGEST = 200
"""Characters: read by people who walk past, and spoken in half a minute."""
SUBJECT = "bulletin/"
FIRST_OF_ALL = 0
"""An announcement's priority; calls have 5."""
STANDS = timedelta(minutes=30)
"""How long an urgent text is shown unless it is taken down sooner."""

BULLETIN = Bulletin.__table__  # type: ignore[attr-defined]

SHOWN = Prepared(
    select(
        BULLETIN.c.id, BULLETIN.c.text, BULLETIN.c.until, BULLETIN.c.urgent, BULLETIN.c.emergency
    )
    .where(
        BULLETIN.c.hall_id == bindparam("hall"),
        BULLETIN.c.shown.is_(True),
        or_(BULLETIN.c.until.is_(None), BULLETIN.c.until > bindparam("at")),
    )
    .order_by(BULLETIN.c.urgent.desc(), BULLETIN.c.id)
)


@dataclass(frozen=True)
class Shown:
    """A bulletin that everyone can read now."""

    id: int
    text: Names
    until: datetime | None
    """Local time of the hall; None: until it is taken down."""
    urgent: bool
    """It was spoken to everyone, and stands out."""
    emergency: str = ""
    """Which; over everything else. "": it is none."""


def subject_of(bulletin_id: int | None) -> str:
    return f"{SUBJECT}{bulletin_id}"


# -- reading -------------------------------------------------------------------------------------


def shown(session: Session, rules: HallRules, now: datetime) -> tuple[Shown, ...]:
    """The urgent ones first, each kind in the order it was put up."""
    return tuple(
        Shown(
            bulletin_id,
            plain_names(text),
            rules.local(until) if until is not None else None,
            urgent,
            emergency,
        )
        for bulletin_id, text, until, urgent, emergency in SHOWN.all(
            session, hall=rules.hall_id, at=now
        )
    )


# -- operations ----------------------------------------------------------------------------------


def put_up(
    session: Session,
    rules: HallRules,
    text: Mapping[str, str],
    until: datetime | None,
    clerk: Clerk,
    now: datetime,
    *,
    place: str = Station.SUPERVISOR,
) -> Bulletin:
    """`text` by language. Raises NotAllowed, TextEmpty, TextTooLong, ForbiddenPhrase, PauseOver."""
    rights.check(clerk, Right.RUN_HALL)
    texts = checked(rules, text)
    if until is not None and until <= now:
        raise PauseOver(until=rules.local(until).strftime("%H:%M"))
    bulletin = Bulletin(hall_id=rules.hall_id, text=texts, until=until)
    session.add(bulletin)
    session.flush()
    tell(session, rules, "bulletin.put_up", bulletin, clerk, place, now)
    return bulletin


def take_down(
    session: Session,
    rules: HallRules,
    bulletin_id: int,
    clerk: Clerk,
    now: datetime,
    *,
    place: str = Station.SUPERVISOR,
) -> Bulletin:
    """An urgent one falls silent at once. Taken down already is no mistake.

    Raises NotAllowed, UnknownBulletin.
    """
    rights.check(clerk, Right.RUN_HALL)
    bulletin = session.get(Bulletin, bulletin_id)
    if bulletin is None or bulletin.hall_id != rules.hall_id:
        raise UnknownBulletin(bulletin=bulletin_id)
    if not bulletin.shown or (bulletin.until is not None and bulletin.until <= now):
        return bulletin
    bulletin.shown = False
    session.flush()
    silence(session, rules, bulletin, now, in_the_middle=True)
    tell(session, rules, "bulletin.taken_down", bulletin, clerk, place, now)
    return bulletin


def speak_to_all(
    session: Session,
    rules: HallRules,
    texts: Mapping[str, str],
    clerk: Clerk,
    now: datetime,
    *,
    until: datetime | None = None,
    place: str = Station.SUPERVISOR,
) -> Bulletin:
    """Spoken next in every zone that has counters, and shown until it is taken down.

    The same text once more, while it stands: it is said again. Raises what `put_up` raises.
    """
    rights.check(clerk, Right.RUN_HALL)
    texts = checked(rules, texts)
    until = until or now + STANDS
    if until <= now:
        raise PauseOver(until=rules.local(until).strftime("%H:%M"))
    standing = [one.id for one in shown(session, rules, now) if one.urgent and one.text == texts]
    if standing:
        bulletin = session.get_one(Bulletin, standing[0])
        bulletin.until = until
        session.flush()
        silence(session, rules, bulletin, now)
    else:
        bulletin = Bulletin(hall_id=rules.hall_id, text=texts, until=until, urgent=True)
        session.add(bulletin)
        session.flush()
    queue_in_zones(session, rules, bulletin, until, now)
    tell(session, rules, "announcement.to_all", bulletin, clerk, place, now)
    return bulletin


def queue_in_zones(
    session: Session, rules: HallRules, bulletin: Bulletin, expires_at: datetime, now: datetime
) -> None:
    """It is said next wherever there are counters."""
    for zone in zones(session, rules):
        session.add(
            Announcement(
                hall_id=rules.hall_id,
                zone=zone,
                subject=subject_of(bulletin.id),
                priority=FIRST_OF_ALL,
                content={"text": bulletin.text},
                created_at=now,
                expires_at=expires_at,
            )
        )
    session.flush()


def checked(rules: HallRules, text: Mapping[str, str]) -> Names:
    """Plain and not empty. Raises TextEmpty, TextTooLong, ForbiddenPhrase."""
    texts = plain_names(text)
    texts = {language: words for language, words in texts.items() if words}
    if not texts:
        raise TextEmpty()
    for words in texts.values():
        if len(words) > LONGEST:
            raise TextTooLong(beginning=words[:10], count=len(words), most=LONGEST)
        forbidden_phrases.check(rules, words)
    return texts


def zones(session: Session, rules: HallRules) -> list[str]:
    return sorted(
        session.exec(
            rows_of(Counter.zone)
            .where(Counter.hall_id == rules.hall_id, col(Counter.withdrawn).is_(False))
            .distinct()
        ).all()
    )


def silence(
    session: Session,
    rules: HallRules,
    bulletin: Bulletin,
    now: datetime,
    *,
    in_the_middle: bool = False,
) -> None:
    """What still waits to be spoken of it is off; `in_the_middle`: and what is being spoken."""
    states = [AnnouncementState.QUEUED]
    if in_the_middle:
        states.append(AnnouncementState.PLAYING)
    session.execute(
        update(Announcement)
        .where(
            OPEN_ANNOUNCEMENT,
            col(Announcement.hall_id) == rules.hall_id,
            col(Announcement.subject) == subject_of(bulletin.id),
            col(Announcement.state).in_(states),
        )
        .values(state=AnnouncementState.EXPIRED.value, finished_at=now)
        .execution_options(synchronize_session=False)
    )


def tell(
    session: Session,
    rules: HallRules,
    what: str,
    bulletin: Bulletin,
    clerk: Clerk,
    place: str,
    now: datetime,
) -> None:
    """Without the words."""
    until: Any = bulletin.until.isoformat() if bulletin.until is not None else None
    entry = journal.Entry(
        what,
        who=clerk.staff_number,
        place=place,
        subject=subject_of(bulletin.id),
        after={"until": until, "languages": sorted(bulletin.text)},
    )
    journal.append(session, rules.hall_id, entry, now)
