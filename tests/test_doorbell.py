"""A change is heard by every listener, whoever made it."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import writing
from db.file_bell import Listener, bell_folder, ring
from db.tables import Bulletin


def change(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(Bulletin(hall_id=1, text={"zh": "甲"}))


def test_a_commit_wakes_a_listener(engine: Engine, database: Path) -> None:
    with Listener(database, poll_s=30) as listener:
        change(engine)
        assert listener.wait()  # would take 30 s and be False without the ring


def test_a_foreign_writer_is_noticed_without_a_ring(database: Path) -> None:
    with Listener(database, poll_s=0.05) as listener:
        foreign = sqlite3.connect(database)
        foreign.execute("UPDATE hall SET address = '新址'")
        foreign.commit()
        assert listener.wait()
        foreign.close()


def test_nothing_new_is_no_change(database: Path) -> None:
    with Listener(database, poll_s=0.05) as listener:
        assert not listener.wait()


def test_what_the_public_looks_at_is_rung_before_the_others(database: Path) -> None:
    with (
        Listener(database) as other,
        Listener(database, before_others=True) as board,
        Listener(database) as another,
    ):
        rung = sorted(Path(bell_folder(str(database))).iterdir())
        assert rung[0] == board.path
        assert set(rung[1:]) == {other.path, another.path}


def test_a_dead_listener_is_swept_away(database: Path) -> None:
    dead = Listener(database)
    dead.__enter__()
    assert dead.bell is not None
    dead.bell.close()  # as after kill -9: the file stays, nobody listens
    ring(str(database))
    assert list(Path(bell_folder(str(database))).iterdir()) == []


def test_a_deep_folder_still_has_a_bell(engine: Engine, tmp_path: Path) -> None:
    deep = tmp_path / ("很深的文件夹" * 10) / "hall.db"
    deep.parent.mkdir()
    deep.touch()
    with Listener(deep, poll_s=5) as listener:
        ring(str(deep))
        assert listener.wait()


def test_a_wait_can_be_ended_from_another_thread(database: Path) -> None:
    with Listener(database, poll_s=30) as listener:
        waiting = threading.Thread(target=listener.wait)
        waiting.start()
        listener.wake()
        waiting.join(10)
        assert not waiting.is_alive()


def test_a_file_that_goes_and_comes_back_is_a_change(database: Path) -> None:
    with Listener(database, poll_s=0.05) as listener:
        away = database.with_name("away.db")
        database.rename(away)
        assert listener.wait()
        assert listener.identity is None
        away.rename(database)
        assert listener.wait()
        assert listener.identity is not None


def test_what_no_screen_shows_rings_nobody(engine: Engine, database: Path) -> None:
    with Listener(database, poll_s=30) as listener:
        with writing(engine, quietly=True) as session:
            session.add(Bulletin(hall_id=1, text={"zh": "甲"}))
        assert listener.bell is not None
        with pytest.raises(BlockingIOError):
            listener.bell.recv(1)
