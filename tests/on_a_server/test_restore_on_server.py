"""A copy put in the place of a hall on a server: nothing is lost, and nobody is left behind."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text

from db import backup, doorbell, journal, write_lock
from db.copy_hall import copy_older
from db.engine import open_engine, reading, writing
from db.faults import DatabaseBusy, DatabaseDamaged
from db.named_lock import named_lock
from db.place import schema_of
from db.postgresql import engine_beside, make_schema
from db.restore import restore
from db.restore_on_server import FILLING
from db.schema_version import CURRENT, check, found_version
from db.tables import Hall
from db.upgrade import alembic_config, create_on_server, create_or_upgrade
from display.board_strips import WaitingStrip
from display.hall_board import HallBoardApp
from hall.open_hall import open_hall
from hall.settings import Settings
from tests.conftest import NINE
from tests.display.before_the_board import english_words, shows, until
from tests.on_a_server.halls import issue, numbers, waiting
from tests.postgresql_server import Server
from tests.test_command_line import ask, run


@pytest.fixture
def hall(hall_url: str) -> Iterator[Engine]:
    """A program that has worked long enough for the server to know its statements by heart."""
    engine = open_engine(hall_url)
    yield engine
    engine.dispose()


@pytest.fixture
def copy(hall: Engine, hall_url: str, tmp_path: Path, nine: datetime) -> Path:
    """Of the hall with eight numbers."""
    for _ in range(8):
        issue(hall, hall_url, nine)
    return backup.make(hall, tmp_path / "copy.db").path


def schemas(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return set(
            session.connection().scalars(
                text("SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information)'")
            )
        )


def test_programs_go_on_with_the_copy_and_what_stood_there_is_kept(
    hall: Engine, hall_url: str, copy: Path, nine: datetime
) -> None:
    issue(hall, hall_url, nine)  # after it
    with doorbell.listener(hall, poll_s=5) as listener:
        before = listener.identity

        restored = restore(copy, hall_url, nine)

        assert listener.wait()
        assert listener.identity not in (before, None)  # so that screens read everything anew
    assert restored.version == CURRENT
    assert len(numbers(hall)) == 8
    assert issue(hall, hall_url, nine) == "A009"
    with reading(hall) as session:
        assert journal.verify(session, 1).intact
    assert restored.kept is not None
    kept = engine_beside(hall, restored.kept)
    assert len(numbers(kept)) == 9
    kept.dispose()
    assert schemas(hall) == {"public", restored.kept}


async def test_a_board_shows_the_copy(
    hall: Engine, hall_url: str, copy: Path, nine: datetime
) -> None:
    issue(hall, hall_url, nine)
    settings = Settings(database_url=hall_url)
    board = english_words(HallBoardApp(lambda: open_hall(settings, lambda: NINE)))
    async with board.run_test(size=(160, 45)) as pilot:
        await shows(pilot, "临沧市服务大厅")
        await until(pilot, lambda: shown(board) == 9)
        await asyncio.to_thread(restore, copy, hall_url, nine)
        await until(pilot, lambda: shown(board) == 8)


def shown(board: HallBoardApp) -> int | None:
    """How many wait; None while the board is being made."""
    return waiting(board) if board.screen.query(WaitingStrip) else None


@pytest.mark.parametrize("lock", ["advisory", "row"])
def test_two_in_one_second_keep_both(
    hall: Engine, hall_url: str, copy: Path, nine: datetime, lock: str
) -> None:
    first, second = (restore(copy, f"{hall_url}&lock={lock}", nine).kept for _ in range(2))
    assert schemas(hall) == {"public", first, second}


def test_two_at_once_come_one_after_the_other(
    hall: Engine, hall_url: str, copy: Path, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither takes the schema the other is filling for one that was left behind."""
    issue(hall, hall_url, nine)
    kept: list[str | None] = []
    both = [
        threading.Thread(target=lambda: kept.append(restore(copy, hall_url, nine).kept))
        for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert schemas(hall) == {"public", *kept} and len(kept) == 2
    assert len(numbers(hall)) == 8

    monkeypatch.setattr(write_lock, "LOCK_WAIT_S", 0.1)
    with named_lock(hall, "restore", 1), pytest.raises(DatabaseBusy):
        restore(copy, hall_url, nine)
    assert len(schemas(hall)) == 3


def test_whoever_writes_meanwhile_writes_into_one_of_the_two(
    hall: Engine, hall_url: str, copy: Path, nine: datetime
) -> None:
    given: list[str] = []
    over = threading.Event()

    def give() -> None:
        engine = open_engine(hall_url)
        while not over.is_set():
            given.append(issue(engine, hall_url, nine))
        engine.dispose()

    giving = threading.Thread(target=give)
    giving.start()
    try:
        restored = restore(copy, hall_url, nine)
        over.wait(0.3)
    finally:
        over.set()
        giving.join(20)
    assert restored.kept is not None
    kept = engine_beside(hall, restored.kept)
    assert (len(numbers(kept)) - 8) + (len(numbers(hall)) - 8) == len(given)
    for engine in (kept, hall):
        with reading(engine) as session:
            assert journal.verify(session, 1).intact
    kept.dispose()


def test_whoever_reads_sees_one_hall_and_not_half_of_another(
    hall: Engine, hall_url: str, copy: Path, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(hall, hall_url, nine)
    monkeypatch.setattr(write_lock, "LOCK_WAIT_S", 0.2)
    with reading(hall) as session:
        session.connection().execute(text("SELECT count(*) FROM ticket"))
        with pytest.raises(DatabaseBusy):  # nothing is changed under a reader's hands
            restore(copy, hall_url, nine)

    assert len(numbers(hall)) == 9
    assert schemas(hall) == {"public"}


def test_a_damaged_copy_changes_nothing(
    hall: Engine, hall_url: str, copy: Path, nine: datetime
) -> None:
    content = bytearray(copy.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    copy.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        restore(copy, hall_url, nine)
    assert len(numbers(hall)) == 8
    assert schemas(hall) == {"public"}


def test_one_that_was_killed_in_the_middle_is_not_in_the_way(
    hall: Engine, hall_url: str, copy: Path, nine: datetime
) -> None:
    left = engine_beside(hall, schema_of(hall) + FILLING)
    make_schema(left)
    left.dispose()
    assert restore(copy, hall_url, nine).kept is not None
    assert not any(name.endswith(FILLING) for name in schemas(hall))


def test_where_no_hall_stood_there_is_one_then(server: Server, copy: Path, nine: datetime) -> None:
    with server.empty() as url:
        assert restore(copy, f"{url}&schema=临沧", nine).kept is None
        engine = open_engine(f"{url}&schema=临沧")
        assert issue(engine, f"{url}&schema=临沧", nine) == "A009"
        engine.dispose()


def test_by_command(hall: Engine, hall_url: str, copy: Path) -> None:
    told = ask(copy, "--database", hall_url, "db", "restore", str(copy))
    assert told["kept"] in schemas(hall)


def test_an_upgrade_leaves_a_copy_of_the_older_tables_that_brings_them_back(
    server: Server, hall: Engine, hall_url: str, copy: Path, tmp_path: Path, nine: datetime
) -> None:
    command.downgrade(alembic_config(hall), "0014")

    told = ask(copy, "--database", hall_url, "db", "upgrade")

    check(hall)
    old = open_engine(f"sqlite:///{told['copy']}")
    assert found_version(old) == "0014"
    assert Path(told["copy"]).is_relative_to(tmp_path)  # among this user's data
    with server.empty() as url:
        back = create_on_server(f"{url}&schema=old")  # as the older program would
        command.downgrade(alembic_config(back), "0014")
        copy_older(old, back)
        command.upgrade(alembic_config(back), "head")
        assert numbers(back) == numbers(hall)
        with reading(back) as session, reading(hall) as here:
            assert session.get_one(Hall, 1) == here.get_one(Hall, 1)
            assert journal.verify(session, 1) == journal.verify(here, 1)
        back.dispose()
    old.dispose()
    assert restore(Path(told["copy"]), hall_url, nine).version == "0014"
    assert len(numbers(hall)) == 8
    again = ask(copy, "--database", hall_url, "db", "upgrade")
    assert again["copy"] is None  # nothing was changed
    assert run(copy, "--database", hall_url, "db", "check").returncode == 0


def test_a_copy_is_as_the_hall_was_to_the_letter(hall: Engine, copy: Path, tmp_path: Path) -> None:
    """Read without knowing the tables, moments, days, texts and what is empty come out alike."""
    with writing(hall) as session:
        session.connection().execute(text("UPDATE ticket SET note = E'甲\\n\"乙\"'"))
    usual = backup.make(hall, tmp_path / "usual.db").path
    older = tmp_path / "older.db"
    create_or_upgrade(older).dispose()
    engine = open_engine(f"sqlite:///{older}")
    copy_older(hall, engine)
    engine.dispose()

    assert rows(older) == rows(usual)


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as file:
        names = [
            name
            for (name,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        return {
            name: file.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names
        }
