"""Several halls and programs on one server: locks, bells, one spooler a printer."""

import itertools
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from db import doorbell, journal
from db.copy_hall import set_sequences
from db.engine import open_engine, reading, writing
from db.faults import (
    DatabaseBusy,
    Outrun,
)
from db.tables import Bulletin, Hall
from db.upgrade import create_on_server
from devices.printing.spooler_lock import SpoolerRunning, sole_spooler
from hall import hall_rules
from hall.catalogue import catalogue
from hall.settings import Settings
from hall.tickets import tickets
from tests.conftest import fill
from tests.on_a_server.halls import issue, numbers
from tests.postgresql_server import Server
from tests.test_race import race


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
