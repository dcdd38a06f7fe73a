"""After a day with people no card, no telephone number and no name stands where it would stay."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import writing
from db.tables import Setting
from devices.printing.spooler import Spooler
from hall.keeping.keeper import Keeper
from hall.open_hall import OpenHall
from tests.identity_cards import card
from tests.test_command_line import run
from ui.crash_log import write_crash

CARD, PHONE, NAME = card(date(1961, 7, 3)), "13955557777", "欧阳小明"
STAY = {
    "journal": ("what", "who", "place", "subject", "why", "before", "after"),
    "print_job": ("subject", "printer", "error"),
    "print_attempt": ("printer", "why", "acknowledged_by"),
    "announcement": ("subject", "content", "error"),
    "printer_health": ("detail",),
}
"""Tables whose rows nothing ever erases, and their columns that may hold words."""


@pytest.fixture
def said(database: Path, engine: Engine, open_hall: OpenHall, tmp_path: Path) -> list[str]:
    """Everything the programs said on that day, to whoever typed and to the logs."""
    with writing(engine) as session:
        session.merge(Setting(hall_id=1, key="real_name_services", value=["T201"]))
    words = f"{NAME}来问公积金"
    done = [
        run(database, "ticket", "issue", "T201", "--real-name", "--json", typed=CARD),
        run(database, "ticket", "issue", "T201", "--real-name", typed=CARD),
        run(database, "ticket", "issue", "T201", "--real-name", typed=CARD[:-1] + "0"),
        run(database, "counter", "open", "1", "--clerk", "1001"),
        run(database, "counter", "next", "1"),
        run(database, "counter", "hold", "1", "--reason", words),
        run(database, "inquiry", "take", words, "--contact", PHONE, "--by", "1001"),
        run(database, "inquiry", "answer", "1", "--by", "1001", words),
        run(database, "suggestion", "make", "praise", "staff", "--words", words, "--phone", PHONE),
        run(database, "privacy", "export", "--json", typed="138 0000 0000"),
        run(database, "privacy", "erase", typed=PHONE),
        run(database, "journal", "verify"),
        run(database, "health"),
    ]
    hall = replace(open_hall, now=lambda: datetime.now(UTC))
    Spooler(hall).print_waiting()
    assert Keeper(hall).look()
    try:
        raise ValueError(CARD, PHONE, NAME)
    except ValueError as error:
        write_crash(tmp_path / "kiosk-crash.log", error)
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"SQLite format 3\0" + bytes(9000))
    done.append(run(damaged, "ticket", "issue", "T201", "--real-name", typed=CARD))
    return [one.stdout + one.stderr for one in done]


def test_nothing_personal_is_where_it_would_stay(said: list[str], database: Path) -> None:
    look_at_rows(database)
    look_at_files(database)
    look_at_what_was_said(said, database)


def look_at_rows(database: Path) -> None:
    """Those that nothing ever erases."""
    with closing(sqlite3.connect(database)) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        rows = {
            f"{table}.{column}": json.dumps(
                connection.execute(f"SELECT {column} FROM {table}").fetchall(), ensure_ascii=False
            )
            for table, columns in STAY.items()
            if table in there
            for column in columns
        }
    assert len(rows["journal.what"]) > 100
    for where, text in rows.items():
        for secret in (CARD, PHONE, NAME):
            assert secret not in text, where


def look_at_files(database: Path) -> None:
    """The hall's own and its copies, byte for byte."""
    files = [file for file in database.parent.rglob("*.db*") if file.is_file()]
    assert [file for file in files if file.parent.name == "backups"]
    for file in files:
        assert CARD.encode() not in file.read_bytes(), file.name


def look_at_what_was_said(said: list[str], database: Path) -> None:
    logs = [file for file in database.parent.rglob("*.log") if file.is_file()]
    assert logs
    for text in (*said, *(file.read_text() for file in logs)):
        for secret in (CARD, PHONE):
            assert secret not in text
    for file in logs:
        assert NAME not in file.read_text()
