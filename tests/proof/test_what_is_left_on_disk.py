"""What a power cut leaves: everything that was synced, and nothing one may count on beyond it."""

import random
import sqlite3
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proof.disk.power_cut import SECTOR, left_on_disk
from proof.disk.sqlite_disk import Disk, Step

FATES = [random.Random(seed) for seed in range(40)]
PAGE = b"\1" * 4096


def test_what_was_synced_is_there_whatever_becomes_of_the_rest() -> None:
    steps = [Step("write", "", 0, PAGE), Step("sync", ""), Step("write", "", 4096, b"\2" * 4096)]
    for chance in FATES:
        left = left_on_disk({"": b"", "-wal": b""}, steps, chance)
        assert left[""][:4096] == PAGE
        assert left["-wal"] == b""


def test_of_what_was_not_synced_each_write_is_whole_torn_at_a_sector_or_lost() -> None:
    lengths = {
        len(left_on_disk({"": b"", "-wal": b""}, [Step("write", "", 0, PAGE)], chance)[""])
        for chance in FATES
    }
    assert {0, 4096} < lengths
    assert all(length % SECTOR == 0 for length in lengths)


def test_a_sync_of_one_file_says_nothing_of_the_other() -> None:
    steps = [Step("write", "-wal", 0, PAGE), Step("sync", "")]
    left = {left_on_disk({"": b"", "-wal": b""}, steps, chance)["-wal"] for chance in FATES}
    assert b"" in left


@given(st.lists(st.tuples(st.integers(0, 20), st.binary(min_size=1, max_size=20)), max_size=12))
def test_synced_writes_make_the_file_they_make_on_a_disk(writes: list[tuple[int, bytes]]) -> None:
    steps = [Step("write", "", place, data) for place, data in writes] + [Step("sync", "")]
    expected = bytearray()
    for place, data in writes:
        expected.extend(bytes(max(0, place - len(expected))))
        expected[place : place + len(data)] = data
    assert left_on_disk({"": b""}, steps, random.Random(1))[""] == bytes(expected)


def note(database: Path, synchronous: str, notes: object) -> None:
    """In a process of its own, for it changes how SQLite writes in it."""
    disk = Disk(database)
    disk.attach()
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("CREATE TABLE number (n)")
    for number in range(5):
        connection.execute("INSERT INTO number VALUES (?)", (number,))
        connection.commit()
        disk.tell(str(number))
    notes.put(disk.steps)  # type: ignore[attr-defined]


def noted(database: Path, synchronous: str) -> list[Step]:
    context = get_context("spawn")
    notes = context.Queue()
    process = context.Process(target=note, args=(database, synchronous, notes))
    process.start()
    steps: list[Step] = notes.get(timeout=60)
    process.join(30)
    return steps


@pytest.mark.parametrize(("synchronous", "is_synced"), [("FULL", True), ("OFF", False)])
def test_what_is_noted_is_what_sqlite_asked_of_the_disk(
    tmp_path: Path, synchronous: str, is_synced: bool
) -> None:
    """From the notes alone the database can be had again; and each promise has its sync, or not."""
    database = tmp_path / "noted.db"
    steps = noted(database, synchronous)

    for place, step in enumerate(steps):
        if step.what == "told":
            last = next(one for one in reversed(steps[:place]) if one.what != "told")
            assert (last == Step("sync", "-wal")) is is_synced
    everything = [*steps, Step("sync", ""), Step("sync", "-wal")]
    left = left_on_disk({"": b"", "-wal": b""}, everything, random.Random(1))
    again = tmp_path / "again.db"
    again.write_bytes(left[""])
    again.with_name("again.db-wal").write_bytes(left["-wal"])
    rows = sqlite3.connect(again).execute("SELECT n FROM number ORDER BY n").fetchall()
    assert rows == [(n,) for n in range(5)]
