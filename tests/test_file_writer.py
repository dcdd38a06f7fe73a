"""The connection that stays open for writing: one deed sees nothing of another's leftovers."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from db.engine import open_engine, reading, writing
from db.faults import DatabaseBusy, NoDatabase
from db.file_writer import kept
from db.tables import Bulletin


@pytest.fixture
def engine(database: Path, engine: Engine) -> Iterator[Engine]:
    """Of its own, that nobody has written with."""
    engine.dispose()
    own = open_engine(f"sqlite:///{database}")
    yield own
    own.dispose()


def add(engine: Engine, words: str) -> None:
    with writing(engine) as session:
        session.add(Bulletin(hall_id=1, text={"zh": words}))


def told(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [row.text["zh"] for row in session.exec(select(Bulletin).order_by("id"))]


def open_files(database: Path) -> int:
    """How often this process has the file itself open."""
    links = Path("/proc/self/fd").iterdir()
    return sum(os.path.realpath(link) == str(database) for link in links)


def test_one_connection_serves_one_deed_after_the_other(engine: Engine) -> None:
    add(engine, "甲")
    (first,) = kept(engine)
    add(engine, "乙")

    assert kept(engine) == [first]
    assert told(engine) == ["甲", "乙"]


def test_what_another_program_wrote_in_between_is_read_anew(database: Path, engine: Engine) -> None:
    add(engine, "甲")
    with writing(engine) as session:
        held = session.exec(select(Bulletin)).one()  # somebody keeps it
    other = open_engine(f"sqlite:///{database}")
    with writing(other) as session:
        session.exec(select(Bulletin)).one().text = {"zh": "乙"}
    other.dispose()

    with writing(engine) as session:
        assert session.exec(select(Bulletin)).one().text == {"zh": "乙"}
    assert held.text == {"zh": "甲"}


def test_after_a_deed_that_failed_the_next_begins_with_nothing_of_it(engine: Engine) -> None:
    add(engine, "甲")
    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        session.add(Bulletin(hall_id=1, text={"zh": "乙"}))
        raise ZeroDivisionError
    assert kept(engine) == []

    add(engine, "丙")

    assert told(engine) == ["甲", "丙"]


def test_two_threads_write_each_on_its_own_and_one_is_kept(engine: Engine) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        with writing(engine) as session:
            session.add(Bulletin(hall_id=1, text={"zh": "甲"}))
            begun.set()
            assert go_on.wait(10)

    thread = threading.Thread(target=slowly)
    thread.start()
    assert begun.wait(10)
    other = threading.Thread(target=add, args=(engine, "乙"))
    other.start()
    go_on.set()
    for one in (thread, other):
        one.join(10)

    assert told(engine) == ["甲", "乙"]
    assert len(kept(engine)) == 1


def test_an_engine_that_is_let_go_leaves_no_file_open(database: Path, engine: Engine) -> None:
    before = open_files(database)
    add(engine, "甲")
    assert open_files(database) > before

    engine.dispose()

    assert open_files(database) == before


def test_a_file_put_in_its_place_gets_no_deed_meant_for_the_old_one(
    database: Path, engine: Engine
) -> None:
    add(engine, "甲")
    copy = database.with_name("copy.db")
    with closing(sqlite3.connect(database)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
    for log in ("-wal", "-shm"):
        Path(f"{database}{log}").unlink()
    copy.rename(database)
    with pytest.raises(DatabaseBusy):
        add(engine, "乙")

    add(engine, "丙")

    assert told(open_engine(f"sqlite:///{database}")) == ["甲", "丙"]


def test_a_file_moved_away_is_told_and_does_not_come_back(database: Path, engine: Engine) -> None:
    add(engine, "甲")
    database.rename(database.with_name("elsewhere.db"))
    with pytest.raises(DatabaseBusy):
        add(engine, "乙")
    with pytest.raises(NoDatabase):
        add(engine, "乙")

    assert not database.exists()
