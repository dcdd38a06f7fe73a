"""Where a new hall's file is put, and what lies there already."""

from datetime import datetime
from pathlib import Path

from db import journal
from db.engine import open_engine, reading, writing
from hall.catalogue import new_hall
from hall.workbook.reading import read_workbook
from tests.catalogue.office import Office


def test_what_a_removed_database_left_behind_does_not_come_back(
    tmp_path: Path, office: Office, nine: datetime
) -> None:
    path = tmp_path / "hall.db"
    new_hall.make(path, read_workbook(office.save()), nine)
    running = open_engine(f"sqlite:///{path}")
    with writing(running) as session:  # its log lies beside it while a program runs
        journal.append(session, 1, journal.Entry("ticket.issued"), nine)
    assert path.with_name("hall.db-wal").stat().st_size > 0
    path.unlink()

    new_hall.make(path, read_workbook(office.save()), nine)

    fresh = open_engine(f"sqlite:///{path}")
    with reading(fresh) as session:
        whole = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
        assert whole == "ok"
        assert journal.verify(session, 1).entries == 1  # the import, nothing of the old hall
    fresh.dispose()
    running.dispose()
