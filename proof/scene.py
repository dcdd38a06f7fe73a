"""A fresh hall in a folder of its own, and how its programs open it."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from db.engine import writing
from hall.catalogue import new_hall
from hall.counters import counters
from hall.open_hall import OpenHall, open_hall
from hall.settings import Settings
from hall.workbook.reading import Workbook, read_workbook

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""A Monday, nine o'clock in the hall."""

SERVICES = ("S101", "B201", "H301")
"""One of each group: numbers of A, B and C."""

CLERKS = {1: "1001", 2: "1002", 3: "1003", 4: "1004", 5: "1005"}
"""Counter → who works there; the fifth takes every group."""

PRINTER = {
    "width_dots": 384,
    "status_seconds": 0.3,
    "acknowledge_seconds": 1.2,
    "pause_seconds": 0.2,
    "send_seconds": 0.3,
    "retry_seconds": 0.1,
    "slowest_bytes_per_second": 400_000,
}
"""A printer that is soon given up, so that a proof of faults does not take a day."""


@dataclass(frozen=True)
class Scene:
    """Can be handed to another process; the clock runs from `begins` in all of them alike."""

    folder: Path
    begins: datetime = MORNING
    origin: float = 0.0
    """Of the machine's monotonic clock, when it was `begins`."""
    guard: str = ""
    """Taken away in every program of it: one of `proof.guards.GUARDS`, or ""."""

    @property
    def database(self) -> Path:
        return self.folder / "hall.db"

    @property
    def stop(self) -> Path:
        """Where this file is, its programs end when they have done what they have in hand."""
        return self.folder / "stop"

    def now(self) -> datetime:
        return self.begins + timedelta(seconds=time.monotonic() - self.origin)

    def open(self, **printer: Any) -> OpenHall:
        """By the settings of a machine of this hall, with this printer."""
        settings = Settings.model_validate(
            {
                "database_url": f"sqlite:///{self.database}",
                "hall": {
                    "numbers_at_any_hour": True,
                    "announcement_lifetime_s": 600,
                    "languages": ["zh"],
                },
                "voice": {
                    "cache_folder": self.folder / "voice",
                    "recordings": self.folder / "recordings",
                    "chime": False,
                    "times": 1,
                    "gap_seconds": 0.2,
                },
                "printer": {**PRINTER, **printer},
            }
        )
        return open_hall(settings, self.now)


def make(folder: Path, begins: datetime = MORNING, guard: str = "") -> Scene:
    """With its counters open."""
    folder.mkdir(parents=True, exist_ok=True)
    scene = Scene(folder, begins, time.monotonic(), guard)
    new_hall.make(scene.database, workbook(), begins)
    hall = scene.open()
    with writing(hall.engine) as session:
        for number, clerk in CLERKS.items():
            counters.open_counter(session, hall.rules, number, clerk, begins)
    hall.engine.dispose()
    return scene


def again(scene: Scene, folder: Path) -> Scene:
    """A copy of a hall that nobody has open."""
    folder.mkdir(parents=True)
    shutil.copyfile(scene.database, folder / "hall.db")
    return Scene(folder, scene.begins, scene.origin, scene.guard)


@cache
def workbook() -> Workbook:
    with resources.as_file(resources.files("assets") / "demo-hall.xlsx") as file:
        return read_workbook(file)
