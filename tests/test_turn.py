"""Who waits to write is told when it may, in the order of coming; nobody waits for a dead one."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine

from db import turn
from db.engine import writing
from db.file_bell import bell_folder, ring
from db.place import file_of
from db.turn import Turn

FAR_OFF_S = 600.0


@pytest.fixture
def only_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks by itself: only who is told goes on."""
    monkeypatch.setattr(turn, "ASK_AGAIN_S", (FAR_OFF_S, FAR_OFF_S))


def places(engine: Engine) -> list[Path]:
    folder = Path(bell_folder(str(file_of(engine))))
    return sorted(folder.glob("*.turn")) if folder.is_dir() else []


def until(is_so: Callable[[], bool]) -> None:
    ends = monotonic() + 20
    while not is_so():
        assert monotonic() < ends, "it never came about"
        sleep(0.005)


@contextmanager
def waiting(engine: Engine, names: str, written: list[str]) -> Iterator[list[threading.Thread]]:
    """One after the other they come to write while another has the lock."""

    def write(name: str) -> None:
        with writing(engine):
            written.append(name)

    threads: list[threading.Thread] = []
    with pytest.MonkeyPatch.context() as patch:
        told = Turn.wait
        asleep: list[Turn] = []

        def wait(place: Turn) -> None:  # a place alone is not enough: it asks once more, then waits
            asleep.append(place)
            told(place)

        patch.setattr(Turn, "wait", wait)
        for name in names:
            threads.append(threading.Thread(target=write, args=(name,), daemon=True))
            threads[-1].start()
            until(lambda: len(asleep) == len(threads))
        assert len(places(engine)) == len(threads)
        yield threads


def ended(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


@pytest.mark.usefixtures("only_told")
def test_who_came_first_writes_first(engine: Engine) -> None:
    written: list[str] = []
    with writing(engine), waiting(engine, "ABC", written) as threads:
        assert written == []
    ended(threads)
    assert written == ["A", "B", "C"]
    assert places(engine) == []


@pytest.mark.usefixtures("only_told")
def test_a_deed_that_came_to_nothing_gives_its_turn_on(engine: Engine) -> None:
    written: list[str] = []
    with pytest.raises(ZeroDivisionError), writing(engine):
        with waiting(engine, "A", written) as threads:
            pass
        raise ZeroDivisionError
    ended(threads)
    assert written == ["A"]


@pytest.mark.usefixtures("only_told")
def test_a_quiet_deed_gives_its_turn_on_too(engine: Engine) -> None:
    written: list[str] = []
    with writing(engine, quietly=True), waiting(engine, "A", written) as threads:
        pass
    ended(threads)
    assert written == ["A"]


@pytest.mark.usefixtures("only_told")
def test_the_place_of_a_dead_program_is_passed_over(engine: Engine) -> None:
    folder = Path(bell_folder(str(file_of(engine))))
    folder.mkdir(exist_ok=True)
    dead = folder / "000000000000-1.turn"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as gone:
        gone.bind(str(dead))  # as after kill -9: the file stays, nobody listens
    written: list[str] = []
    with writing(engine):
        thread = threading.Thread(target=write_once, args=(engine, written), daemon=True)
        thread.start()
        until(lambda: len(places(engine)) == 2)
    ended([thread])
    assert written == ["written"] and places(engine) == []


def write_once(engine: Engine, written: list[str]) -> None:
    with writing(engine):
        written.append("written")


def test_a_turn_nobody_gives_on_is_found_by_asking(engine: Engine) -> None:
    """As after a writer was killed, or with a foreign program."""
    foreign = engine.raw_connection()
    written: list[str] = []
    foreign.driver_connection.execute("BEGIN IMMEDIATE")  # type: ignore[union-attr]
    with waiting(engine, "A", written) as threads:
        foreign.driver_connection.execute("COMMIT")  # type: ignore[union-attr]
    ended(threads)
    foreign.close()
    assert written == ["A"]


def test_without_a_place_one_asks_again(engine: Engine) -> None:
    Path(bell_folder(str(file_of(engine)))).write_text("a file where the folder should be")
    written: list[str] = []
    with writing(engine):
        thread = threading.Thread(target=write_once, args=(engine, written), daemon=True)
        thread.start()
        sleep(0.05)
        assert written == []
    ended([thread])
    assert written == ["written"]


def test_a_ring_for_nothing_wakes_who_waits_and_no_listener(engine: Engine) -> None:
    database = str(file_of(engine))
    with Turn(database) as first, Turn(database) as second:
        ring(database, changed=False)
        assert first.ear is not None and first.ear.recv(1) == b"!"
        assert second.ear is not None
        second.ear.setblocking(False)
        with pytest.raises(BlockingIOError):
            second.ear.recv(1)
