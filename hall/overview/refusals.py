"""What was refused to people, told apart: wrong passwords, rights lacking, acting for another."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import JournalEntry
from db.tables.journal import REFUSED
from hall.hall_rules import HallRules
from hall.names import plain

JOURNAL = JournalEntry.__table__  # type: ignore[attr-defined]

MOST = 200

NEWEST = Prepared(
    select(
        JOURNAL.c.at, JOURNAL.c.what, JOURNAL.c.who, JOURNAL.c.place, JOURNAL.c.why, JOURNAL.c.after
    )
    .where(REFUSED, JOURNAL.c.hall_id == bindparam("hall"))
    .order_by(JOURNAL.c.sequence.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True)
class RefusedDeed:
    """Texts can reach a terminal as they are."""

    at: datetime
    """Local time."""
    kind: str
    """What the journal calls it."""
    who: str
    """Staff number; empty: nobody has the number that was typed."""
    place: str
    """As the journal names it."""
    why: str
    """Why a sign-in was refused, or which right lacks; a code."""
    instead_of: str
    """Staff number of whose it would have been to do; empty: of nobody."""


def read_refusals(
    session: Session, rules: HallRules, day: date | None = None, most: int = MOST
) -> tuple[RefusedDeed, ...]:
    """Newest first; of one business day, or the last ones of all."""
    found = []
    for at, what, who, place, why, after in NEWEST.all(session, hall=rules.hall_id, most=most):
        if day is not None and rules.business_day(at) < day:
            break
        if day is None or rules.business_day(at) == day:
            instead = plain(str((after or {}).get("instead_of", "")))
            found.append(
                RefusedDeed(rules.local(at), what, plain(who), plain(place), plain(why), instead)
            )
    return tuple(found)
