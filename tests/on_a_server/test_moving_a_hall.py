"""A hall goes to a server and back while it works, and nobody is lost."""

import contextlib
import sqlite3
import stat
import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db import backup, journal
from db.copy_hall import NotEmpty
from db.engine import open_engine, reading
from db.faults import (
    DatabaseDamaged,
    DatabaseFault,
    DiskFull,
    NoDatabase,
)
from db.move_hall import move
from hall.catalogue import new_hall
from hall.errors.catalogue import HallExists
from hall.open_hall import open_hall
from hall.settings import Settings
from tests.catalogue.office import Office
from tests.conftest import NINE
from tests.on_a_server.halls import issue, numbers
from tests.postgresql_server import Server


def test_a_hall_moves_to_a_server_while_it_works_and_nobody_is_lost(
    server: Server, database: Path, engine: Engine, nine: datetime
) -> None:
    given: list[str] = []
    over = threading.Event()
    source = f"sqlite:///{database}"

    def keep_giving() -> None:
        while not over.is_set():
            with contextlib.suppress(DatabaseFault):
                given.append(issue(engine, source, nine))

    giving = threading.Thread(target=keep_giving)
    giving.start()
    try:
        while len(given) < 20:
            over.wait(0.01)
        with server.empty() as url:
            moved = move(source, f"{url}&schema=lincang", nine)
            over.wait(0.3)  # whoever waited for the lock finds no hall there any more
            over.set()
            giving.join()

            assert moved.kept is not None
            assert not database.exists()
            there = open_engine(f"{url}&schema=lincang")
            assert len(numbers(there)) == len(given)
            assert issue(there, f"{url}&schema=lincang", nine) == f"A{len(given) + 1:03d}"
            with reading(there) as session:
                assert journal.verify(session, 1).intact
            with pytest.raises(NotEmpty):  # and nothing is written over
                move(f"sqlite:///{moved.kept}", f"{url}&schema=lincang", nine)
            assert moved.kept.exists()
            there.dispose()
    finally:
        over.set()
        giving.join()


def test_a_copy_of_a_hall_on_a_server_is_a_file_that_brings_it_back(
    server: Server, hall_url: str, tmp_path: Path, nine: datetime
) -> None:
    engine = open_engine(hall_url)
    for _ in range(3):
        issue(engine, hall_url, nine)
    copy = backup.make(engine, tmp_path / "copy.db")
    issue(engine, hall_url, nine)  # after it
    with server.empty() as url:
        moved = move(f"sqlite:///{copy.path}", url, nine, keep=True)
        assert (moved.kept, copy.path.exists()) == (None, True)
        back = open_engine(url)
        assert numbers(back) == ["A001", "A002", "A003"]
        assert issue(back, url, nine) == "A004"
        back.dispose()
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
    assert numbers(engine)[-1] == "A004"  # it goes on
    engine.dispose()


def test_a_hall_is_made_on_a_server_from_the_workbook_once(
    server: Server, tmp_path: Path, nine: datetime
) -> None:
    book = Office(tmp_path).read()
    with server.empty() as url:
        made = new_hall.make_on_server(f"{url}&schema=lincang", book, nine)
        assert made.version == 1
        with pytest.raises(HallExists):
            new_hall.make_on_server(f"{url}&schema=lincang", book, nine)
        settings = Settings(database_url=f"{url}&schema=lincang")
        assert new_hall.update(settings, book, nine).unchanged


def test_a_copy_that_fails_leaves_no_file_in_the_way_of_the_next(
    hall_url: str, tmp_path: Path, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    with monkeypatch.context() as patch, pytest.raises(DiskFull):
        patch.setattr("db.copy_hall.check", full_disk)
        move(hall_url, f"sqlite:///{target}", nine)
    assert list(tmp_path.iterdir()) == []
    assert move(hall_url, f"sqlite:///{target}", nine).kept is None


def full_disk(*_: object) -> int:
    raise DiskFull("copy.db")


def test_a_damaged_source_is_named_and_stays_where_it_is(
    server: Server, database: Path, nine: datetime
) -> None:
    with contextlib.closing(sqlite3.connect(database)) as hall:
        hall.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = hall.execute("SELECT rootpage FROM sqlite_master WHERE name = 'clerk'").fetchone()
        (size,) = hall.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with server.empty() as url:
        with pytest.raises(DatabaseDamaged) as damaged:
            move(f"sqlite:///{database}", url, nine)
        assert damaged.value.where == str(database)
        assert database.exists()
        with pytest.raises(NoDatabase):  # and there is nothing of it
            open_hall(Settings(database_url=url), lambda: NINE)
