"""A month of a hall in minutes: opened, worked in, printed for, spoken for, left open, copied."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlmodel import func, select

from db import backup
from db.engine import reading, writing
from db.tables import JournalEntry, Ticket
from devices.printing.spooler import Spooler
from devices.speech.speaker import Speaker
from hall.counters import counters
from hall.errors import Refused
from hall.marked import _
from hall.open_hall import OpenHall
from hall.tickets import business_day, calling, serving
from proof import promises, scene, work
from proof.proof import Found, Proof, Size
from proof.scene import CLERKS, SERVICES

SEED = 20261130
FROM, UNTIL = time(8, 30), time(17, 30)
SAID = 15
"""Calls a day that are really spoken; the rest is overtaken, for the citizen came at once."""
LEFT = 3
"""Visitors a day who are still there when the clerks go home."""


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def run(folder: Path, size: Size, guard: str = "") -> Found:
    here, found = scene.make(folder), Found()
    clock, chance = Clock(here.begins), random.Random(SEED)
    hall = replace(here.open(folder=folder / "slips"), now=clock)
    spooler = Spooler(hall)
    speaker = Speaker(hall, player=[shutil.which("true") or "true"])
    sizes, visits = [], 0
    for day in itertools.islice(weekdays(here.begins.date()), size.days):
        clock.now = datetime.combine(day, FROM, hall.rules.zone)
        business_day.settle(hall)
        visits += work_a_day(hall, clock, chance, size.visitors, spooler, speaker)
        copy = backup.make(hall.engine, folder / f"{day}.db")
        sizes.append(copy.size)
        if day.weekday() == 4:  # a week's copies are enough
            for old in sorted(folder.glob("20*.db"))[:-1]:
                old.unlink()
    clock.now += timedelta(days=1)
    business_day.settle(hall)
    speaker.clips.close()
    found.broken += promises.broken(here.database)
    with reading(hall.engine) as session:
        tickets = session.exec(select(func.count()).select_from(Ticket)).one()
        rows = session.exec(select(func.count()).select_from(JournalEntry)).one()
        states = session.exec(select(Ticket.state, func.count()).group_by(Ticket.state)).all()
        today = hall.rules.business_day(clock.now)
        past = select(Ticket.state).where(Ticket.business_day < today).distinct()
        open_ones = {*session.exec(past)} & {"waiting", "called", "serving", "held"}
    if open_ones:
        found.broken.append(f"tickets of past days are still {sorted(open_ones)}")
    if tickets != visits:
        found.broken.append(f"{visits} came, {tickets} tickets are kept")
    hall.engine.dispose()
    found.figures = {
        _("working days"): size.days,
        _("tickets"): tickets,
        _("as they ended"): dict(sorted(states)),
        _("rows of the journal"): rows,
        _("pictures of slips"): len([*(folder / "slips").glob("*.png")]),
        _("MB a thousand tickets"): round(sizes[-1] / 1000 / max(1, tickets), 2),
        _("daily copies, each opened and checked"): len(sizes),
    }
    return found


def weekdays(first: date) -> Iterator[date]:
    days = (first + timedelta(days=number) for number in itertools.count())
    return (day for day in days if day.weekday() < 5)


def work_a_day(
    hall: OpenHall,
    clock: Clock,
    chance: random.Random,
    visitors: int,
    spooler: Spooler,
    speaker: Speaker,
) -> int:
    """How many came. Whoever has no number yet when a deed is refused comes again tomorrow."""
    with writing(hall.engine) as session:
        for number, clerk in CLERKS.items():
            counters.open_counter(session, hall.rules, number, clerk, clock.now)
    opens = datetime.combine(clock.now.date(), FROM, hall.rules.zone)
    closes = datetime.combine(clock.now.date(), UNTIL, hall.rules.zone)
    step = (closes - opens) / (visitors + 1)
    for visit in range(visitors):
        clock.now = opens + step * visit
        work.issue(hall, chance.choice(SERVICES))
        spooler.print_waiting()
        if visit < visitors - LEFT:
            serve(hall, clock, chance, speaker if visit < SAID else None)
    return visitors


def serve(hall: OpenHall, clock: Clock, chance: random.Random, speaker: Speaker | None) -> None:
    for number in chance.sample([*CLERKS], len(CLERKS)):
        try:
            with writing(hall.engine) as session:
                called = calling.call_next(session, hall.rules, number, clock.now)
            if called is None:
                continue
            if speaker is not None:
                speaker.speak_all()
            clock.now += timedelta(seconds=chance.randint(5, 30))
            with writing(hall.engine) as session:
                serving.start(session, hall.rules, number, clock.now)
            clock.now += timedelta(seconds=chance.randint(30, 90))
            with writing(hall.engine) as session:
                serving.finish(session, hall.rules, number, clock.now)
        except Refused:
            continue  # somebody is in this hand: the clerk ends that first
        return


PROOF = Proof(
    _("a month"),
    _("A hall works for a month without anybody looking after it."),
    _(
        "Working days go by one after the other: counters open, numbers are given, printed, "
        "called, spoken, served; each evening some are left waiting and the counters open; each"
        " evening the file is copied and the copy opened and checked."
    ),
    run,
)
