"""Slips that go to a folder; a full disk and a busy database in the middle of a slip."""

import sqlite3
from pathlib import Path

import pytest
from PIL.Image import Image
from sqlalchemy import Engine

from db import journal, write_lock
from db.engine import reading, writing
from db.faults import DatabaseBusy
from devices.printing.pictures import pictures_of
from devices.printing.spooler import Spooler
from devices.printing.transports.folder import FolderTransport
from devices.printing.transports.transport import Watch
from hall.open_hall import OpenHall
from proof.paper.records import attempts, drawn, jobs
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.paper_trail import (
    health,
    issue,
    issue_notice,
    running,
    states,
    until,
    with_printer,
)


def slips(hall: OpenHall, printer: VirtualPrinter) -> list[str]:
    """Which jobs have come out, in order; raises KeyError for a slip nobody drew."""
    names = drawn(hall)
    return [names[slip.tobytes()] for slip in printer.slips]


def pictures(hall: OpenHall, key: str) -> list[Image]:
    job = jobs(hall)[key]
    return pictures_of(job.kind, job.content, hall.settings.printer.width_dots, job.reprint)


def told_of(hall: OpenHall, subject: str) -> list[str]:
    with reading(hall.engine) as session:
        return [
            entry.what
            for entry in journal.entries(session, hall.rules.hall_id, subject=subject)
            if entry.what.startswith("print.")
        ]


def test_without_a_printer_slips_are_files(folder_hall: OpenHall) -> None:
    issue(folder_hall)
    issue_notice(folder_hall)

    assert Spooler(folder_hall).print_waiting() == 2

    folder = folder_hall.settings.printer.folder
    assert folder is not None
    assert sorted(file.name for file in folder.iterdir()) == [
        "notice-1-1-1.png",
        "notice-1-1-2.png",
        "ticket-1-1.png",
    ]
    known = health(folder_hall)
    assert known is not None and known.state == "folder"


def test_a_folder_that_cannot_be_written_is_waited_for(open_hall: OpenHall, tmp_path: Path) -> None:
    in_the_way = tmp_path / "paper"
    in_the_way.write_text("")
    hall = with_printer(open_hall, folder=in_the_way, retry_seconds=0.1)
    issue(hall)

    with running(Spooler(hall)):
        until(lambda: health(hall))
        assert states(hall) == {"ticket/1/1": "queued"}
        in_the_way.unlink()
        until(lambda: states(hall) == {"ticket/1/1": "printed"})

    assert attempts(hall, "ticket/1")[-1].picture_sha256


def test_a_full_disk_in_the_middle_leaves_the_slip_waiting(
    folder_hall: OpenHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(folder_hall)

    def no_room(file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("os.fsync", no_room)
        assert Spooler(folder_hall).print_waiting() == 0
    assert states(folder_hall) == {"ticket/1/1": "queued"}
    known = health(folder_hall)
    assert known is not None and "No space left" in known.detail

    assert Spooler(folder_hall).print_waiting() == 1


def test_a_busy_database_is_waited_for(
    printing_hall: OpenHall,
    printer: VirtualPrinter,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(write_lock, "LOCK_WAIT_S", 0.1)
    issue(printing_hall)
    spooler = Spooler(printing_hall)

    with writing(engine), running(spooler):
        until(lambda: "DatabaseBusy" in spooler.reported)
        assert printer.slips == []
    with running(spooler):
        until(lambda: states(printing_hall) == {"ticket/1/1": "printed"})

    assert slips(printing_hall, printer) == ["ticket/1/1"]


class LocksAfterwards(FolderTransport):
    """Prints, and leaves the database locked by another program."""

    def __init__(self, folder: Path, database: Path) -> None:
        super().__init__(folder)
        self.other = sqlite3.connect(database, isolation_level=None)
        self.printed: list[str] = []

    def put(self, picture: Image, name: str, watch: Watch) -> str:
        self.printed.append(name)
        acknowledged_by = super().put(picture, name, watch)
        self.other.execute("BEGIN IMMEDIATE")
        return acknowledged_by


def test_what_is_on_paper_is_remembered_until_it_can_be_written(
    folder_hall: OpenHall, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_lock, "LOCK_WAIT_S", 0.1)
    transport = LocksAfterwards(tmp_path, database)
    spooler = Spooler(folder_hall, transport=transport)
    issue(folder_hall)

    with pytest.raises(DatabaseBusy):
        spooler.print_waiting()
    assert states(folder_hall) == {"ticket/1/1": "sending"}
    transport.other.execute("ROLLBACK")
    spooler.print_waiting()

    assert states(folder_hall) == {"ticket/1/1": "printed"}
    assert transport.printed == ["ticket-1-1"]
    transport.other.close()
