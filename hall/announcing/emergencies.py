"""An emergency: over everything, in every language, said again and again until it is taken down.

Calls wait meanwhile, and expire: nobody is sent to a counter out of a hall that is to be left.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, literal_column, select
from sqlmodel import Session
from sqlmodel import select as select_rows

from db.prepared import Prepared
from db.tables import Announcement, AnnouncementState, Bulletin, Clerk
from hall import rights
from hall.accounts.stations import Station
from hall.announcing import bulletins
from hall.announcing.bulletins import FIRST_OF_ALL, Shown
from hall.announcing.prepared_texts import HEADLINES, TEXTS
from hall.errors.announcing import NoEmergency
from hall.hall_rules import HallRules
from hall.names import Names, plain_names
from hall.rights import Right

SAID_AGAIN = timedelta(seconds=12)
"""So long after its end: time enough to hear the staff."""
AT_MOST = timedelta(days=3650)
"""So long a text waits for a voice: a clock set forth must not silence an emergency that stands."""

BULLETIN = Bulletin.__table__  # type: ignore[attr-defined]

STANDS = Prepared(
    select(BULLETIN.c.id).where(
        BULLETIN.c.hall_id == bindparam("hall"),
        BULLETIN.c.shown.is_(True),
        BULLETIN.c.emergency != literal_column("''"),
    )
)


def stands(session: Session, hall_id: int) -> bool:
    return STANDS.one(session, hall=hall_id) is not None


def standing(session: Session, rules: HallRules, now: datetime) -> Shown | None:
    """None: no emergency."""
    shown = bulletins.shown(session, rules, now)
    return next((one for one in shown if one.emergency), None)


def texts(rules: HallRules, code: str) -> Names:
    """In the product's languages and in those the hall added. Raises KeyError."""
    added = {str(key): names for key, names in rules.numbers.emergency_texts.items()}
    return TEXTS[code] | plain_names(added.get(code, {}))


def proclaim(
    session: Session,
    rules: HallRules,
    code: str,
    clerk: Clerk,
    now: datetime,
    *,
    place: str = Station.SUPERVISOR,
) -> Bulletin:
    """One at a time: another that stands is taken down; the same is said at once again.

    `code` is one of `HEADLINES`. Raises NotAllowed.
    """
    rights.check(clerk, Right.RUN_HALL)
    assert code in HEADLINES
    text, bulletin = texts(rules, code), None
    for one in bulletins.shown(session, rules, now):
        if one.emergency == code and one.text == text:
            bulletin = session.get_one(Bulletin, one.id)
            bulletins.silence(session, rules, bulletin, now)
        elif one.emergency:
            bulletins.take_down(session, rules, one.id, clerk, now, place=place)
    if bulletin is None:
        bulletin = Bulletin(hall_id=rules.hall_id, text=text, urgent=True, emergency=code)
        session.add(bulletin)
        session.flush()
    bulletins.queue_in_zones(session, rules, bulletin, now + AT_MOST, now)
    bulletins.tell(session, rules, "emergency.proclaimed", bulletin, clerk, place, now)
    return bulletin


def end(
    session: Session,
    rules: HallRules,
    clerk: Clerk,
    now: datetime,
    *,
    place: str = Station.SUPERVISOR,
) -> Bulletin:
    """Screens show the hall again, the voice stops at once. Raises NotAllowed, NoEmergency."""
    rights.check(clerk, Right.RUN_HALL)
    found = standing(session, rules, now)
    if found is None:
        raise NoEmergency()
    return bulletins.take_down(session, rules, found.id, clerk, now, place=place)


def say_again(session: Session, said: Announcement, now: datetime) -> None:
    """After it was said, or could not be: as long as the emergency stands."""
    if said.ticket_id is not None or not said.subject.startswith(bulletins.SUBJECT):
        return
    bulletin = session.get(Bulletin, int(said.subject.removeprefix(bulletins.SUBJECT)))
    if bulletin is None or not (bulletin.shown and bulletin.emergency):
        return
    waits = session.exec(
        select_rows(Announcement.id).where(
            Announcement.hall_id == said.hall_id,
            Announcement.zone == said.zone,
            Announcement.subject == said.subject,
            Announcement.state == AnnouncementState.QUEUED,
        )
    )
    if waits.first() is not None:
        return  # proclaimed once more meanwhile
    session.add(
        Announcement(
            hall_id=said.hall_id,
            zone=said.zone,
            subject=said.subject,
            priority=FIRST_OF_ALL,
            content=said.content,
            created_at=now,
            not_before=now + SAID_AGAIN,
            expires_at=now + AT_MOST,
        )
    )
    session.flush()
