"""The hall is copied at its times; whoever is at work hears of it when it is not."""

import errno
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from db import backup
from db.backup import checked
from db.engine import reading, writing
from db.faults import DatabaseUnreadable
from db.schema_version import CURRENT
from db.tables import JournalEntry, Ticket
from hall.catalogue import catalogue
from hall.keeping import backups
from hall.keeping.keeper import Keeper
from hall.open_hall import OpenHall
from hall.overview import hall_alarms, hall_view
from hall.overview.hall_alarms import Kind
from hall.tickets import tickets
from tests.test_command_line import ask

EVENING = timedelta(hours=8, minutes=30)
"""After nine in the morning: the office has just closed."""


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(nine: datetime) -> Clock:
    return Clock(nine)


@pytest.fixture
def hall(open_hall: OpenHall, clock: Clock, tmp_path: Path) -> OpenHall:
    keeping = open_hall.settings.backup.model_copy(update={"folder": tmp_path / "elsewhere"})
    settings = open_hall.settings.model_copy(update={"backup": keeping})
    return replace(open_hall, now=clock, settings=settings)


@pytest.fixture
def keeper(hall: OpenHall) -> Keeper:
    return Keeper(hall)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and there is room again."""

    def refuse(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup, "synced", refuse)
    return monkeypatch.undo


def names(hall: OpenHall) -> list[str]:
    return [one.path.name for one in backups.kept(hall)]


def told(engine: Engine) -> list[tuple[str, str]]:
    of_copies = select(JournalEntry).where(JournalEntry.subject == "backup")
    with reading(engine) as session:
        rows = session.exec(of_copies.order_by(col(JournalEntry.sequence))).all()
        return [(row.what, row.why) for row in rows]


def alarms(hall: OpenHall) -> list[Kind]:
    with reading(hall.engine) as session:
        view = hall_view.read_hall_now(session, hall.rules, hall.now())
    return [one.kind for one in hall_alarms.alarms(view, hall.now())]


def test_the_first_look_copies_the_hall_and_the_next_one_does_not(
    keeper: Keeper, hall: OpenHall, clock: Clock
) -> None:
    assert keeper.look()
    clock.now += timedelta(minutes=30)
    assert keeper.look()

    assert names(hall) == ["hall-20261123-090000.db"]
    (copy,) = backups.kept(hall)
    assert checked(copy.path) == CURRENT
    assert told(hall.engine) == [("backup.made", "")]
    assert (copy.path.stat().st_mode & 0o077, copy.path.parent.stat().st_mode & 0o077) == (
        hall_file_mode(hall),
        0,
    )


def hall_file_mode(hall: OpenHall) -> int:
    return Path(str(hall.engine.url.database)).stat().st_mode & 0o077


def test_a_copy_is_made_every_hour_and_when_the_office_has_closed(
    keeper: Keeper, hall: OpenHall, clock: Clock, nine: datetime
) -> None:
    for minutes in (0, 60, 120, 8 * 60 + 10):  # the last one twenty minutes before the end
        clock.now = nine + timedelta(minutes=minutes)
        keeper.look()
    clock.now = nine + EVENING + timedelta(seconds=20)
    keeper.look()

    hours = [name[14:18] for name in names(hall)]
    assert hours == ["0900", "1000", "1100", "1710", "1730"]


def test_old_copies_go_when_a_new_one_is_whole_and_not_before(
    keeper: Keeper, hall: OpenHall, clock: Clock, full_disk: Callable[[], None], nine: datetime
) -> None:
    folder = backups.folder_of(hall)
    folder.mkdir()
    of_other_days = [folder / f"hall-2025010{day}-090000.db" for day in range(1, 4)]
    for file in of_other_days:
        file.touch()
    keeper.hall.settings.backup.keep_days, keeper.hall.settings.backup.keep_months = 1, 1
    assert not keeper.look()
    assert all(file.exists() for file in of_other_days)

    full_disk()
    assert keeper.look()
    assert names(hall) == ["hall-20261123-090000.db"]


def test_a_copy_that_cannot_be_made_is_told_once_and_needs_somebody_until_one_is_made(
    keeper: Keeper, hall: OpenHall, clock: Clock, full_disk: Callable[[], None]
) -> None:
    assert Kind.COPIES not in alarms(hall)
    for _ in range(3):
        assert not keeper.look()
        clock.now += timedelta(minutes=5)
    assert told(hall.engine) == [("backup.failed", "DatabaseUnreadable")]
    assert Kind.COPIES in alarms(hall)
    assert names(hall) == []

    full_disk()
    assert keeper.look()
    assert Kind.COPIES not in alarms(hall)
    clock.now += timedelta(days=5)
    assert Kind.COPIES in alarms(hall)  # the keeper stands still


def test_a_folder_that_cannot_be_made_is_a_fault_with_its_name(hall: OpenHall) -> None:
    folder = backups.folder_of(hall)
    folder.write_text("a file")

    with pytest.raises(DatabaseUnreadable, match="elsewhere"):
        backups.make(hall)


def test_the_keeper_opens_the_new_day(
    keeper: Keeper, hall: OpenHall, clock: Clock, nine: datetime
) -> None:
    with writing(hall.engine) as session:
        service, group = catalogue.service(session, hall.rules, "T201")
        tickets.issue(session, hall.rules, service, group, nine)
        hall_counter(session, hall, nine)
    clock.now += timedelta(days=1)

    assert keeper.look()

    with reading(hall.engine) as session:
        assert session.exec(select(Ticket.state)).all() == ["expired"]


def hall_counter(session: object, hall: OpenHall, now: datetime) -> None:
    from hall.counters import counters

    counters.open_counter(session, hall.rules, 1, "1001", now)  # type: ignore[arg-type]


def test_by_hand_the_same_copy_is_made_beside_the_hall(database: Path) -> None:
    answer = ask(database, "db", "backup")

    assert Path(answer["file"]).parent == database.parent / "backups"
    assert checked(Path(answer["file"])) == CURRENT
