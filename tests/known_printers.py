"""A printer as its spooler last wrote it, for tests of whoever reads it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine

from db.engine import writing
from db.tables import PrinterState
from hall.printing import printers

READY, NEAR_END = PrinterState.READY, PrinterState.NEAR_END
PAPER_OUT, FOLDER = PrinterState.PAPER_OUT, PrinterState.FOLDER


def spooler_writes(
    engine: Engine,
    name: str,
    state: PrinterState,
    at: datetime,
    *,
    place: str = "",
    stands_in_for: Iterable[str] = (),
    detail: str = "",
) -> None:
    with writing(engine) as session:
        printers.note_health(
            session, 1, name, state, detail, at, place=place, stands_in_for=stands_in_for
        )
