"""Reading and writing: all or nothing, and faults told apart."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import select

from db import schema_version, write_lock
from db.engine import open_engine, reading, writing
from db.faults import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseTooNew,
    DatabaseUnreadable,
    DiskFull,
    NoDatabase,
)
from db.sqlite_file import engine_on
from db.tables import Bulletin


def bulletin(words: str) -> Bulletin:
    return Bulletin(hall_id=1, text={"zh": words})


def bulletins(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [row.text["zh"] for row in session.exec(select(Bulletin))]


def test_what_fails_in_the_middle_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        session.add(bulletin("甲"))
        session.flush()
        raise ZeroDivisionError

    assert bulletins(engine) == []


def test_a_writer_waits_for_another_and_loses_nothing(engine: Engine) -> None:
    entered, done = threading.Event(), threading.Event()

    def other() -> None:
        entered.set()
        with writing(engine) as session:
            session.add(bulletin("乙"))
        done.set()

    with writing(engine) as session:
        thread = threading.Thread(target=other)
        thread.start()
        assert entered.wait(5)
        assert not done.wait(0.1)  # it waits for its turn
        session.add(bulletin("甲"))
    thread.join(10)

    assert bulletins(engine) == ["甲", "乙"]


def test_a_lock_never_given_back_is_told_as_busy(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_lock, "LOCK_WAIT_S", 0.05)
    with writing(engine), pytest.raises(DatabaseBusy), writing(engine):
        pass


def test_a_printed_number_survives_a_power_cut(engine: Engine) -> None:
    with reading(engine) as session:
        connection = session.connection()
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL


def test_a_full_disk_is_told_and_nothing_is_half_done(engine: Engine, database: Path) -> None:
    def no_room(connection: sqlite3.Connection, _record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    small = engine_on(database, mode="rw")
    event.listen(small, "connect", no_room)
    with pytest.raises(DiskFull), writing(small) as session:
        for _ in range(2000):
            session.add(bulletin("满" * 100))
        session.flush()

    assert bulletins(engine) == []


def test_a_read_only_file_is_told(database: Path) -> None:
    with pytest.raises(DatabaseReadOnly), writing(engine_on(database, mode="ro")) as session:
        session.add(bulletin("甲"))
        session.flush()


def test_no_file_is_told_and_none_is_made(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(NoDatabase):
        open_engine(f"sqlite:///{path}")
    assert not path.exists()


def test_a_file_moved_away_does_not_come_back_empty(engine: Engine, database: Path) -> None:
    engine.dispose()
    database.rename(database.with_name("elsewhere.db"))
    with pytest.raises(NoDatabase), reading(engine):
        pass
    assert not database.exists()


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("尊敬的用户" * 1000)
    with pytest.raises(DatabaseDamaged):
        schema_version.check(open_engine(f"sqlite:///{path}"))


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine) -> None:
    with writing(engine) as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew):
        schema_version.check(engine)


def test_an_empty_file_holds_no_hall(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(NoDatabase):
        schema_version.check(open_engine(f"sqlite:///{path}"))


@pytest.mark.parametrize("url", ["mysql://root:secret@db/hall", "sqlite://", "hall.db", ""])
def test_what_is_no_sqlite_file_is_told_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseUnreadable) as told:
        open_engine(url)
    assert "secret" not in told.value.where
