"""A hall on a PostgreSQL server: several in one database, without its lock, and after a restart."""

import contextlib
import itertools
import json
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from db import backup, doorbell, journal
from db.copy_hall import NotEmpty, set_sequences
from db.engine import open_engine, reading, writing
from db.faults import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFault,
    DatabaseUnreadable,
    DiskFull,
    NoDatabase,
    Outrun,
)
from db.move_hall import move
from db.place import address
from db.tables import Bulletin, Hall, Ticket
from db.upgrade import create_on_server
from devices.printing.spooler_lock import SpoolerRunning, sole_spooler
from display.board_strips import WaitingStrip
from display.hall_board import HallBoardApp
from hall import hall_rules
from hall.catalogue import catalogue, new_hall
from hall.errors.catalogue import HallExists
from hall.open_hall import open_hall
from hall.settings import Settings
from hall.tickets import tickets
from tests.catalogue.office import Office
from tests.conftest import NINE, fill
from tests.display.before_the_board import english_words, shows, until
from tests.postgresql_server import Server
from tests.screen_text import screen_text
from tests.test_race import race


def waiting(board: HallBoardApp) -> int:
    return sum(group.waiting for group in board.screen.query_one(WaitingStrip).groups)


@pytest.fixture
def hall_url(server: Server) -> Iterator[str]:
    with server.hall() as url:
        yield url


def issue(engine: Engine, url: str, now: datetime) -> str:
    with writing(engine) as session:
        rules = hall_rules.load(session, Settings(database_url=url))
        service, group = catalogue.service(session, rules, "T201")
        return tickets.issue(session, rules, service, group, now).number


def numbers(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return sorted(ticket.name for ticket in session.exec(select(Ticket)))


def test_two_halls_in_one_database_see_nothing_of_each_other(
    server: Server, nine: datetime
) -> None:
    with server.empty() as url:
        urls = [f"{url}&schema={name}" for name in ("lincang", "临沧-2")]
        engines = [create_on_server(one) for one in urls]
        for engine, address in zip(engines, ("甲", "乙"), strict=True):
            with writing(engine) as session:
                fill(session)
                set_sequences(session.connection())
                session.get_one(Hall, 1).address = address
        here, there = engines
        with doorbell.listener(there, poll_s=0.3) as listener:
            assert [issue(here, urls[0], nine) for _ in range(3)] == ["A001", "A002", "A003"]
            assert not listener.wait()  # nor does it hear the other's bell
        assert issue(there, urls[1], nine) == "A001"
        assert (numbers(here), numbers(there)) == (["A001", "A002", "A003"], ["A001"])
        with writing(here), writing(there):  # nor does one wait for the other's lock
            pass
        for engine, address in zip(engines, ("甲", "乙"), strict=True):
            with reading(engine) as session:
                assert session.get_one(Hall, 1).address == address
                assert journal.verify(session, 1).intact
            engine.dispose()


def test_a_commit_rings_and_a_quiet_one_or_one_undone_does_not(hall_url: str) -> None:
    engine = open_engine(hall_url)
    with doorbell.listener(engine, poll_s=0.3) as listener:
        with writing(engine, quietly=True) as session:
            session.add(Bulletin(hall_id=1, text={"zh": "甲"}))
        with pytest.raises(ZeroDivisionError), writing(engine) as session:
            session.add(Bulletin(hall_id=1, text={"zh": "乙"}))
            raise ZeroDivisionError
        assert not listener.wait()
        with writing(engine) as session:
            session.add(Bulletin(hall_id=1, text={"zh": "丙"}))
        assert listener.wait()
        listener.wake()
        assert listener.wait()
    engine.dispose()


def test_with_the_row_as_its_lock_nobody_gets_a_number_twice(hall_url: str, tmp_path: Path) -> None:
    got = race(f"{hall_url}&lock=row", tmp_path, [("issue", 20)] * 6)
    given = sorted(number for numbers in got for number in numbers)
    assert given == [f"A{number:03d}" for number in range(1, 121)]


@pytest.mark.parametrize("lock", ["advisory", "row"])
def test_whoever_waits_too_long_for_the_lock_is_told_to_try_again(
    hall_url: str, lock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.write_lock.LOCK_WAIT_S", 0.2)
    url = f"{hall_url}&lock={lock}"
    first, second = open_engine(url), open_engine(url)
    with writing(first), pytest.raises(DatabaseBusy), writing(second):
        pass
    with writing(second):  # and it is there for them afterwards
        pass
    first.dispose()
    second.dispose()


def test_past_every_lock_the_server_itself_lets_one_of_two_commit(
    hall_url: str, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a server whose advisory locks do nothing."""
    others = itertools.count(1)
    monkeypatch.setattr("db.postgresql.lock_number", lambda _schema: next(others))
    first, second = open_engine(hall_url), open_engine(hall_url)
    with pytest.raises(Outrun), writing(first) as session:
        rules = hall_rules.load(session, Settings(database_url=hall_url))
        service, group = catalogue.service(session, rules, "T201")
        assert issue(second, hall_url, nine) == "A001"
        tickets.issue(session, rules, service, group, nine)
    assert numbers(first) == ["A001"]
    first.dispose()
    second.dispose()


def test_a_server_that_went_away_is_told_and_found_again(server: Server, nine: datetime) -> None:
    with server.hall() as url:
        engine = open_engine(url)
        with doorbell.listener(engine, poll_s=0.2) as listener:
            assert issue(engine, url, nine) == "A001"
            assert listener.wait()
            before = listener.identity
            server.stop()
            try:
                while listener.identity is not None:
                    assert listener.wait()
                with pytest.raises(DatabaseAway) as away:
                    issue(engine, url, nine)
                assert away.value.where == address(engine)
            finally:
                server.start()
            while listener.identity is None:
                listener.wait()
            assert listener.identity != before
            assert issue(engine, url, nine) == "A002"
            assert listener.wait()
        engine.dispose()


def test_no_such_database_is_told_an_empty_one_is_no_hall_and_a_wrong_url_is_told_with_an_example(
    server: Server,
) -> None:
    with pytest.raises(DatabaseAway, match="nowhere"), reading(open_engine(server.url("nowhere"))):
        pass
    with server.empty() as url, pytest.raises(NoDatabase):
        open_hall(Settings(database_url=url), lambda: NINE)
    for wrong in (f"{server.url('filled')}&lock=none", f"{server.url('filled')}&schema={'x' * 49}"):
        with pytest.raises(DatabaseUnreadable, match="schema=NAME"):
            open_engine(wrong)


def test_no_password_is_ever_told() -> None:
    engine = open_engine("postgresql+psycopg://clerk:geheim@10.0.0.9/halls?schema=lincang")
    assert address(engine) == "postgresql://clerk:***@10.0.0.9/halls?schema=lincang"
    assert "geheim" not in repr(engine.url)


def test_what_the_server_says_of_a_row_is_not_told(hall_url: str) -> None:
    """Its detail may hold a name."""
    engine = open_engine(hall_url)
    with pytest.raises(DatabaseBusy) as busy, writing(engine) as session:
        session.connection().exec_driver_sql(
            "DO $$ BEGIN RAISE 'first' USING ERRCODE = '40001', DETAIL = '李四'; END $$"
        )
    assert busy.value.detail == "first"
    engine.dispose()


def test_the_command_line_works_on_a_server(hall_url: str, tmp_path: Path) -> None:
    def ask(*words: str) -> dict[str, object]:
        done = subprocess.run(
            [sys.executable, "-m", "jiaohao", *words, "--json"],
            env={
                "PYTHONPATH": str(Path(__file__).parent.parent),
                "PATH": "",
                "HOME": str(tmp_path),
                "JIAOHAO_DATABASE_URL": hall_url,
                "JIAOHAO_HALL__NUMBERS_AT_ANY_HOUR": "true",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        answer: dict[str, object] = json.loads(done.stdout)
        return answer

    assert ask("ticket", "issue", "T201")["number"] == "A001"
    ask("counter", "open", "1", "--clerk", "1001")
    assert ask("counter", "next", "1")["number"] == "A001"
    assert ask("journal", "verify")["intact"] is True
    assert ask("db", "check")["whole"] is True
    assert ask("db", "upgrade")["version"]
    assert ask("health")["state"] == "well"
    copy = ask("db", "backup", str(tmp_path / "copy.db"))
    assert Path(str(copy["file"])).is_file()
    ask("doctor")


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


async def test_a_board_says_that_it_comes_back_while_the_server_is_away(
    server: Server, nine: datetime
) -> None:
    with server.hall() as url:
        settings = Settings(database_url=url)
        board = english_words(HallBoardApp(lambda: open_hall(settings, lambda: NINE)))
        engine = open_engine(url)
        async with board.run_test(size=(160, 45)) as pilot:
            await shows(pilot, "临沧市服务大厅")
            server.stop()
            try:
                await shows(pilot, "Restoring…")
            finally:
                server.start()
            await until(pilot, lambda: "Restoring…" not in screen_text(board))
            issue(engine, url, nine)
            await until(pilot, lambda: waiting(board) == 1)
        engine.dispose()


def test_one_spooler_has_a_printer_on_whatever_machine(
    hall_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(hall_url)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "one"))
    with sole_spooler(engine, "lobby"):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "other"))  # a machine of its own
        with pytest.raises(SpoolerRunning), sole_spooler(engine, "lobby"):
            pass
        with sole_spooler(engine, "desk"):
            pass
    with sole_spooler(engine, "lobby"):
        pass
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


def test_an_empty_schema_is_told_without_the_password(server: Server) -> None:
    with server.empty() as url:
        url = url.replace("postgres@", "postgres:geheim@")
        create_on_server(url).dispose()
        with pytest.raises(NoDatabase) as none:
            open_hall(Settings(database_url=url), lambda: NINE)
        assert "geheim" not in str(none.value)


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
