"""Numbers without gaps: the next one is given in the same transaction as what it numbers."""

from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import NumberSeries

TABLE = NumberSeries.__table__  # type: ignore[attr-defined]


def taking(*beside: ColumnElement[Any]) -> Prepared:
    """The next number of a series, and what is to be read with it; no row for a new series."""
    return Prepared(
        update(TABLE)
        .where(TABLE.c.hall_id == bindparam("hall"), TABLE.c.series == bindparam("name"))
        .values(last=TABLE.c.last + 1)
        .returning(TABLE.c.last, *beside)
    )


NEXT = taking()
FIRST = Prepared(insert(TABLE).values(hall_id=bindparam("hall"), series=bindparam("name"), last=1))


def take(session: Session, hall_id: int, series: str) -> int:
    """The next number of the series, 1 for a new one. Needs a write transaction."""
    row = NEXT.one(session, hall=hall_id, name=series)
    if row is not None:
        return int(row[0])
    return begin(session, hall_id, series)


def begin(session: Session, hall_id: int, series: str) -> int:
    """A series nothing has been taken from: 1."""
    FIRST.all(session, hall=hall_id, name=series)
    return 1
