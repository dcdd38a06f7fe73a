"""What the tests of the voice share: calls to speak, and what was heard of them."""

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from db.engine import reading
from db.tables import Announcement
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.tickets import calling, tickets
from hall.tickets.calling import Called

ROOT = Path(__file__).parents[2]
PATIENCE_S = 20.0
"""For what happens at once on an idle machine."""


def wait_until(is_true: Callable[[], Any], what: str, patience_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while not is_true():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.02)


class Record:
    """What the recording players wrote down."""

    def __init__(self, log: Path, database: Path) -> None:
        self.log = log
        self.database = database

    def player(self, seconds: float) -> list[str]:
        script = str(Path(__file__).with_name("recording_player.py"))
        return [sys.executable, script, str(self.log), str(self.database), str(seconds)]

    def lines(self, what: str) -> list[dict[str, Any]]:
        if not self.log.exists():
            return []
        told = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [line for line in told if line["what"] == what]

    @property
    def begun(self) -> list[str]:
        return [subject for line in self.lines("began") for subject in line["subjects"]]

    @property
    def heard(self) -> list[str]:
        return [subject for line in self.lines("ended") for subject in line["subjects"]]

    def most_at_once(self) -> int:
        changes = [(line["at"], 1) for line in self.lines("began")]
        changes += [(line["at"], -1) for line in self.lines("ended")]
        sounding = most = 0
        for _, change in sorted(changes):
            sounding += change
            most = max(most, sounding)
        return most


def call_at(
    session: Session, rules: HallRules, counter: int, service: str, now: datetime
) -> Called:
    """Somebody takes a number and is called at once."""
    matter, group = catalogue.service(session, rules, service)
    counters.open_counter(session, rules, counter, f"100{counter}", now)
    tickets.issue(session, rules, matter, group, now, print_slip=False)
    called = calling.call_next(session, rules, counter, now)
    assert called is not None
    return called


def announce(
    session: Session, subject: str, now: datetime, lifetime_s: float = 600, **values: Any
) -> Announcement:
    """A text of its own, about no ticket."""
    facts: dict[str, Any] = {
        "hall_id": 1,
        "zone": "hall",
        "subject": subject,
        "content": {"text": "请保持安静"},
        "created_at": now,
        "expires_at": now + timedelta(seconds=lifetime_s),
    }
    announcement = Announcement(**facts | values)
    session.add(announcement)
    session.flush()
    return announcement


def announcements_of(hall: OpenHall) -> dict[str, Announcement]:
    """By subject; the last of each."""
    with reading(hall.engine) as session:
        rows = session.exec(select(Announcement).order_by(col(Announcement.id))).all()
        session.expunge_all()
    return {row.subject: row for row in rows}
