"""Clocks that jump: by the time server, summer time, a new year, a wrong zone, an empty battery."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from db.engine import writing
from hall.counters import counters
from hall.errors import Refused
from hall.hall_rules import HallRules
from hall.marked import _
from hall.open_hall import OpenHall
from hall.tickets import business_day, calling, serving
from proof import promises, scene, work
from proof.proof import Found, Proof, Size
from proof.scene import CLERKS, SERVICES

SEED = 20261130
JUMPS = {
    "set by seconds": (timedelta(seconds=-3), timedelta(seconds=3)),
    "set by minutes": (timedelta(minutes=-10), timedelta(minutes=10)),
    "an hour back or forth": (timedelta(hours=-1), timedelta(hours=1)),
    "the wrong zone": (timedelta(hours=-8), timedelta(hours=8)),
    "a day": (timedelta(days=-1), timedelta(days=1)),
}
MOMENTS = {
    "Asia/Shanghai": [
        datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 15, 59, tzinfo=UTC),  # a minute before the hall's new year
        datetime(2026, 11, 23, 15, 59, 58, tzinfo=UTC),  # before its midnight
    ],
    "Europe/Berlin": [  # a zone with summer time; in China there is none
        datetime(2026, 3, 29, 0, 59, 50, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC),
    ],
}
"""Zone → from where the clock jumps."""


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=700)
        return self.now


def run(folder: Path, size: Size, guard: str = "") -> Found:
    found, refused, numbers = Found(), 0, 0
    chance = random.Random(SEED)
    starts = [(zone, moment) for zone, moments in MOMENTS.items() for moment in moments]
    for place, (zone, moment) in enumerate(starts):
        here = scene.make(folder / str(place), moment)
        with closing(sqlite3.connect(here.database)) as connection:
            connection.execute("UPDATE hall SET time_zone = ?", (zone,))
            connection.commit()
        clock = Clock(moment)
        hall = replace(here.open(), now=clock)
        given: list[str] = []
        for _turn in range(size.jumps // len(starts)):
            how = chance.choice([*JUMPS])
            clock.now = max(moment, clock.now + chance.choice(JUMPS[how]))
            try:
                refused += deeds(hall, chance, given)
            except Exception as error:
                found.broken.append(f"{zone}, {clock.now:%F %T}, {how}: {error!r}")
        hall.engine.dispose()
        numbers += len(given)
        told = [f"{zone}: {line}" for line in promises.broken(here.database)]
        found.broken += told
    found.figures = {
        _("zones, moments"): f"{len(MOMENTS)}, {len(starts)}",
        _("jumps of the clock"): size.jumps // len(starts) * len(starts),
        _("numbers given"): numbers,
        _("deeds refused by a rule, in words"): refused,
    }
    return found


def deeds(hall: OpenHall, chance: random.Random, given: list[str]) -> int:
    """Some at this moment; how many the rules of the hall refused."""
    refused = 0
    business_day.settle(hall)
    for _turn in range(3):
        given.append(work.issue(hall, chance.choice(SERVICES)).number)
        number = chance.choice([*CLERKS])
        deeds_of_a_visit: tuple[Callable[..., object], ...] = (
            open_up, call, serving.start, serving.finish,
        )  # fmt: skip
        for deed in deeds_of_a_visit:
            try:
                with writing(hall.engine) as session:
                    deed(session, hall.rules, number, hall.now())
            except Refused:
                refused += 1
    return refused


def open_up(session: Session, rules: HallRules, number: int, now: datetime) -> None:
    counters.open_counter(session, rules, number, CLERKS[number], now)


def call(session: Session, rules: HallRules, number: int, now: datetime) -> None:
    calling.call_next(session, rules, number, now)


PROOF = Proof(
    _("clocks"),
    _("Whatever the clock says, no number of a day is given twice and the journal stays whole."),
    _(
        "Numbers, calls and ends go on while the clock is set by seconds, minutes, hours and "
        "days, back and forth, around midnight, the new year and both changes of summer time."
    ),
    run,
)
