"""Numbers without gaps: the next one is given in the same transaction as what it numbers."""

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import NumberSeries

TABLE = NumberSeries.__table__  # type: ignore[attr-defined]

NEXT = Prepared(
    update(TABLE)
    .where(TABLE.c.hall_id == bindparam("hall"), TABLE.c.series == bindparam("name"))
    .values(last=TABLE.c.last + 1)
    .returning(TABLE.c.last)
)
FIRST = Prepared(insert(TABLE).values(hall_id=bindparam("hall"), series=bindparam("name"), last=1))


def take(session: Session, hall_id: int, series: str) -> int:
    """The next number of the series, 1 for a new one. Needs a write transaction."""
    row = NEXT.one(session, hall=hall_id, name=series)
    if row is not None:
        return int(row[0])
    FIRST.all(session, hall=hall_id, name=series)
    return 1
