"""A copy of a working hall is whole; a copy put in its place loses nobody's deed."""

import errno
import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine
from sqlmodel import Session, select

from db import backup, journal
from db.damage import damage
from db.engine import open_engine, reading, writing
from db.faults import DatabaseBusy, DatabaseDamaged, DatabaseFault, DatabaseTooNew, NoDatabase
from db.restore import restore
from db.schema_version import CURRENT, check
from db.tables import Ticket
from db.upgrade import alembic_config
from hall.catalogue import catalogue
from hall.hall_rules import HallRules
from hall.tickets import tickets
from tests.test_command_line import ask, run

AT = datetime(2026, 11, 23, 9, 30, 15, tzinfo=UTC)


def issue(engine: Engine, rules: HallRules) -> str:
    with writing(engine) as session:
        matter, group = catalogue.service(session, rules, "T201")
        return tickets.issue(session, rules, matter, group, AT).number


def numbers(path: Path) -> list[str]:
    engine = open_engine(f"sqlite:///{path}")
    with reading(engine) as session:
        found = sorted(ticket.name for ticket in session.exec(select(Ticket)).all())
    engine.dispose()
    return found


def left_over(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if ".part" in file.name]


def test_a_copy_made_while_others_write_is_whole_and_has_all_that_was_committed(
    engine: Engine, rules: HallRules, database: Path, tmp_path: Path
) -> None:
    over, given = threading.Event(), list[str]()

    def keep_issuing() -> None:
        own = open_engine(f"sqlite:///{database}")
        while not over.is_set():
            given.append(issue(own, rules))
        own.dispose()

    writer = threading.Thread(target=keep_issuing)
    writer.start()
    try:
        for place in range(5):
            while len(given) < 10 * (place + 1):
                over.wait(0.01)
            before = list(given)
            copy = backup.make(engine, tmp_path / f"copy-{place}.db")
            there = numbers(copy.path)
            assert set(before) <= set(there)
            assert copy.version == CURRENT and copy.size == copy.path.stat().st_size
            whole = open_engine(f"sqlite:///{copy.path}")
            with reading(whole) as session:
                assert journal.verify(session, 1).broken_at is None
            whole.dispose()
    finally:
        over.set()
        writer.join(20)
    assert left_over(tmp_path) == []


def test_what_is_there_already_is_never_written_over(
    engine: Engine, database: Path, tmp_path: Path
) -> None:
    there = tmp_path / "photo.jpg"
    there.write_bytes(b"not yours")
    for target in (there, database):
        with pytest.raises(FileExistsError):
            backup.make(engine, target)
    assert there.read_bytes() == b"not yours"


def test_a_disk_without_links_takes_a_copy_too(
    engine: Engine, rules: HallRules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A memory stick."""

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    number = issue(engine, rules)
    assert numbers(backup.make(engine, tmp_path / "copy.db").path) == [number]
    assert left_over(tmp_path) == []


def test_copy_and_restored_file_are_as_private_as_the_hall_s_own(
    engine: Engine, database: Path, tmp_path: Path
) -> None:
    database.chmod(0o640)
    copy = backup.make(engine, tmp_path / "copy.db").path
    assert stat.S_IMODE(copy.stat().st_mode) == 0o640
    copy.chmod(0o600)
    restore(copy, f"sqlite:///{database}", AT)
    assert stat.S_IMODE(database.stat().st_mode) == 0o640


def test_a_copy_that_fails_leaves_nothing_behind(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault):
        backup.make(engine, tmp_path / "nowhere" / "copy.db")
    assert left_over(tmp_path) == []


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in range(8192, len(content), 4096):
        content[place : place + 64] = b"\xff" * 64
    path.write_bytes(content)


def no_database(path: Path) -> None:
    path.write_text("请在取号机取号" * 1000, encoding="utf-8")


def without_a_hall(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photo (id INTEGER)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (damaged, DatabaseDamaged),
        (cut_off, DatabaseDamaged),
        (no_database, DatabaseDamaged),
        (without_a_hall, NoDatabase),
        (newer, DatabaseTooNew),
        (Path.unlink, NoDatabase),
    ],
)
def test_a_copy_that_is_no_good_changes_nothing(
    engine: Engine,
    rules: HallRules,
    database: Path,
    tmp_path: Path,
    spoil: "object",
    fault: type[DatabaseFault],
) -> None:
    number = issue(engine, rules)
    copy = backup.make(engine, tmp_path / "copy.db").path
    spoil(copy)  # type: ignore[operator]
    engine.dispose()
    with pytest.raises(fault):
        restore(copy, f"sqlite:///{database}", AT)
    assert numbers(database) == [number]
    assert left_over(tmp_path) == []


def test_what_stood_there_is_kept_with_all_it_had(
    engine: Engine, rules: HallRules, database: Path, tmp_path: Path
) -> None:
    first = issue(engine, rules)
    copy = backup.make(engine, tmp_path / "copy.db").path
    second = issue(engine, rules)  # in the journal beside the file, not yet in it

    restored = restore(copy, f"sqlite:///{database}", AT)

    assert numbers(database) == [first]
    assert restored.kept == str(database.with_name("hall-20261123-093015.db"))
    assert numbers(Path(restored.kept)) == [first, second]
    assert numbers(copy) == [first]


def test_a_second_copy_in_the_same_second_leaves_what_the_first_kept(
    engine: Engine, rules: HallRules, database: Path, tmp_path: Path
) -> None:
    copy = backup.make(engine, tmp_path / "copy.db").path
    number = issue(engine, rules)
    engine.dispose()
    first = restore(copy, f"sqlite:///{database}", AT).kept
    second = restore(copy, f"sqlite:///{database}", AT).kept
    assert first is not None and second is not None and first != second
    assert (numbers(Path(first)), numbers(Path(second))) == ([number], [])


def test_a_hall_is_never_left_without_a_file(
    engine: Engine,
    rules: HallRules,
    database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = issue(engine, rules)
    copy = backup.make(engine, tmp_path / "copy.db").path

    def fails(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(DatabaseFault):
        restore(copy, f"sqlite:///{database}", AT)
    assert numbers(database) == [number]
    assert left_over(tmp_path) == []


def test_a_program_that_worked_on_goes_on_with_the_copy_and_loses_no_deed(
    engine: Engine, rules: HallRules, database: Path, tmp_path: Path
) -> None:
    first = issue(engine, rules)
    copy = backup.make(engine, tmp_path / "copy.db").path
    issue(engine, rules)
    restored = restore(copy, f"sqlite:///{database}", AT)
    with pytest.raises(DatabaseBusy):  # trying again is safe
        issue(engine, rules)

    third = issue(engine, rules)

    assert numbers(database) == [first, third]
    assert restored.kept is not None and len(numbers(Path(restored.kept))) == 2


def test_who_waits_for_the_lock_meanwhile_writes_nothing_that_is_lost(
    engine: Engine, rules: HallRules, database: Path, tmp_path: Path
) -> None:
    copy = backup.make(engine, tmp_path / "copy.db").path
    over, given, refused = threading.Event(), list[str](), list[DatabaseFault]()

    def keep_issuing() -> None:
        own = open_engine(f"sqlite:///{database}")
        while not over.is_set():
            try:
                given.append(issue(own, rules))
            except DatabaseFault as fault:
                refused.append(fault)
        own.dispose()

    writers = [threading.Thread(target=keep_issuing) for _ in range(3)]
    for writer in writers:
        writer.start()
    while len(given) < 30:
        over.wait(0.01)
    restored = restore(copy, f"sqlite:///{database}", AT)
    known = len(given)
    while len(given) < known + 30:
        over.wait(0.01)
    over.set()
    for writer in writers:
        writer.join(20)
    assert restored.kept is not None
    # Every number somebody was given is in the file that was the hall's just then.
    assert len(numbers(database)) >= 30 - len(writers)
    assert len(numbers(Path(restored.kept))) + len(numbers(database)) == len(given)
    for path in (database, Path(restored.kept)):
        assert damage(path) == []


def test_what_a_vanished_file_left_behind_is_not_taken_for_the_copy_s_own(
    engine: Engine, rules: HallRules, database: Path, tmp_path: Path
) -> None:
    first = issue(engine, rules)
    copy = backup.make(engine, tmp_path / "copy.db").path
    issue(engine, rules)
    assert database.with_name("hall.db-wal").stat().st_size > 0
    database.unlink()

    restored = restore(copy, f"sqlite:///{database}", AT)

    assert restored.kept is None
    engine.dispose()
    assert numbers(database) == [first]


def test_a_copy_of_an_older_version_is_brought_up_to_date(
    engine: Engine, rules: HallRules, database: Path, tmp_path: Path
) -> None:
    number = issue(engine, rules)
    old = backup.make(engine, tmp_path / "old.db").path
    own = open_engine(f"sqlite:///{old}")
    command.downgrade(alembic_config(own), "0014")
    own.dispose()

    assert restore(old, f"sqlite:///{database}", AT).version == "0014"

    again = open_engine(f"sqlite:///{database}")
    check(again)
    with Session(again) as session:
        session.exec(select(Ticket)).one()
    again.dispose()
    assert numbers(database) == [number]


def test_by_command(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    ask(database, "ticket", "issue", "T201")
    assert ask(database, "db", "backup", str(copy))["file"] == str(copy)
    assert run(database, "db", "backup", str(copy)).returncode == 1
    assert ask(database, "db", "check")["whole"] is True
    kept = Path(ask(database, "db", "restore", str(copy))["kept"])
    assert kept.exists()
    assert ask(database, "ticket", "show", "A001")["state"] == "waiting"
    copy.write_bytes(b"x")
    assert run(database, "db", "restore", str(copy)).returncode == 3
    assert run(database, "db", "restore", str(tmp_path / "none.db")).returncode == 3
