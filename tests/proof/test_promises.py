"""The checks after a proof find what they are there to find."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import writing
from hall.open_hall import OpenHall
from hall.tickets import calling
from proof import guards, promises, scene, work
from proof.scene import Scene


@pytest.fixture
def here(tmp_path: Path) -> Scene:
    return scene.make(tmp_path / "hall")


@pytest.fixture
def hall(here: Scene) -> Iterator[OpenHall]:
    hall = here.open()
    yield hall
    hall.engine.dispose()


def change(here: Scene, statement: str) -> None:
    with closing(sqlite3.connect(here.database)) as connection:
        connection.execute(statement)
        connection.commit()


def call(hall: OpenHall, counter: int) -> str:
    with writing(hall.engine) as session:
        called = calling.call_next(session, hall.rules, counter, hall.now())
    assert called is not None
    return called.number


def test_nothing_is_wrong_with_a_hall_in_which_everything_went_well(
    here: Scene, hall: OpenHall
) -> None:
    given = [work.issue(hall, "S101").number for _ in range(3)]
    called = [call(hall, 1), call(hall, 2)]

    assert promises.broken(here.database, given, called) == []


def test_a_number_that_was_told_and_is_not_there_is_missed(here: Scene, hall: OpenHall) -> None:
    work.issue(hall, "S101")

    assert promises.broken(here.database, ["A001", "A002"]) == [
        "A002 was given out and is not there"
    ]


def test_a_number_told_to_two_is_found(here: Scene, hall: OpenHall) -> None:
    work.issue(hall, "S101")

    assert promises.broken(here.database, ["A001", "A001"]) == ["A001 was given to two"]


def test_a_number_twice_in_the_table_is_found(here: Scene) -> None:
    guards.drop_unique(here.database)
    hall = here.open()
    for _ in range(2):
        work.issue(hall, "S101")
    hall.engine.dispose()
    change(here, "UPDATE ticket SET number = 1")

    found = promises.broken(here.database)

    assert len(found) == 1
    assert found[0].startswith("A001")
    assert found[0].endswith("was given twice")


def test_a_gap_in_the_numbers_is_found(here: Scene, hall: OpenHall) -> None:
    work.issue(hall, "S101")
    change(here, "UPDATE ticket SET number = 3")

    assert [line for line in promises.broken(here.database) if "has gaps: [1, 2]" in line]


def test_a_call_nobody_knows_of_is_missed(here: Scene, hall: OpenHall) -> None:
    work.issue(hall, "S101")

    assert promises.broken(here.database, called=["A001"]) == ["A001 was called and is not known"]


def test_a_call_that_was_never_announced_is_found(here: Scene, hall: OpenHall) -> None:
    work.issue(hall, "S101")
    call(hall, 1)
    change(here, "DELETE FROM announcement")

    assert promises.broken(here.database) == ["ticket 1 was called, not announced"]


def test_a_call_that_failed_without_a_word_is_found(here: Scene, hall: OpenHall) -> None:
    work.issue(hall, "S101")
    call(hall, 1)
    change(here, "UPDATE announcement SET state = 'failed'")

    assert promises.broken(here.database) == [
        "a call was not spoken, and the journal does not say so"
    ]


def test_a_ticket_without_a_slip_is_found(here: Scene, hall: OpenHall) -> None:
    work.issue(hall, "S101")
    change(here, "DELETE FROM print_job")

    assert promises.broken(here.database) == ["ticket 1 has no slip"]


def test_a_slip_given_up_without_a_word_is_found(here: Scene, hall: OpenHall) -> None:
    work.issue(hall, "S101")
    change(here, "UPDATE print_job SET state = 'expired'")

    assert promises.broken(here.database) == ["the slip of ticket/1 expired unsaid"]


def test_a_file_that_is_damaged_or_none_is_told_as_such(here: Scene) -> None:
    here.database.write_bytes(b"SQLite format 3\0" + bytes(8000))

    assert promises.broken(here.database)[0].startswith("the file is damaged")
