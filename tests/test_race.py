"""Many programs at once in one hall: no number twice, nobody called twice, nobody forgotten."""

import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from db import journal
from db.engine import reading, writing
from db.tables import Announcement, Call, Clerk, Counter, CounterGroup, PrintJob, Ticket
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.tickets import tickets

pytestmark = [pytest.mark.alone, pytest.mark.each_engine]

PROCESSES = 8
EACH = 40
PEOPLE = {"sqlite": 2000, "postgresql": 500}
WORKER = Path(__file__).with_name("race_worker.py")


def race(
    url: str, folder: Path, work: Sequence[tuple[str, int]], patience_s: float = 120
) -> list[list[str]]:
    """What each process got; none of them may end otherwise than well."""
    go = folder / f"go-{work[0][0]}"
    started = [
        subprocess.Popen(
            [sys.executable, str(WORKER), url, str(go), verb, str(amount)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=WORKER.parent.parent,
            env={"PYTHONPATH": str(WORKER.parent.parent), "PATH": ""},
        )
        for verb, amount in work
    ]
    try:
        deadline = time.monotonic() + 60
        while len(list(go.parent.glob(f"{go.name}.ready-*"))) < len(work):
            assert time.monotonic() < deadline, "the processes did not start"
            time.sleep(0.01)
        go.touch()
        got = [process.communicate(timeout=patience_s)[0].split() for process in started]
        assert {process.returncode for process in started} == {0}
        return got
    finally:
        for process in started:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


@pytest.fixture
def twenty_counters(engine: Engine, rules: HallRules, nine: datetime) -> range:
    numbers = range(11, 31)
    with writing(engine) as session:
        for number in numbers:
            session.add(
                Clerk(
                    id=number, hall_id=1, staff_number=str(number), name="甲", department="",
                    title="", role="clerk", phone="",
                )
            )  # fmt: skip
            session.add(Counter(id=number, hall_id=1, number=number, names={"zh": "窗口"}))
            session.flush()
            session.add(CounterGroup(counter_id=number, group_id=1))
            session.flush()
            counters.open_counter(session, rules, number, str(number), nine)
    return numbers


def test_eight_kiosks_give_no_number_twice_and_eight_counters_call_nobody_twice(
    url: str, tmp_path: Path, engine: Engine, twenty_counters: range
) -> None:
    given = [number for got in race(url, tmp_path, [("issue", EACH)] * PROCESSES) for number in got]
    everybody = [f"A{number:03d}" for number in range(1, PROCESSES * EACH + 1)]
    assert sorted(given) == everybody

    called = [
        number
        for got in race(url, tmp_path, [("call", number) for number in twenty_counters[:PROCESSES]])
        for number in got
    ]
    assert sorted(called) == everybody

    with reading(engine) as session:
        assert {ticket.state for ticket in session.exec(select(Ticket))} == {"finished"}
        assert len(session.exec(select(Call)).all()) == len(everybody)
        assert len(session.exec(select(Announcement)).all()) == len(everybody)
        assert len(session.exec(select(PrintJob)).all()) == len(everybody)
        assert journal.verify(session, 1).intact


def test_twenty_clerks_pressing_next_call_everybody_once(
    url: str,
    tmp_path: Path,
    engine: Engine,
    rules: HallRules,
    nine: datetime,
    twenty_counters: range,
) -> None:
    people = PEOPLE[engine.dialect.name]
    with writing(engine) as session:
        service, group = catalogue.service(session, rules, "T201")
        for _ in range(people):
            tickets.issue(session, rules, service, group, nine, print_slip=False)

    got = race(url, tmp_path, [("press", number) for number in twenty_counters], patience_s=240)

    called = [number for numbers in got for number in numbers]
    assert len(called) == len(set(called)) == people
    assert all(got), "a counter that never got anybody"
    with reading(engine) as session:
        assert {ticket.state for ticket in session.exec(select(Ticket))} == {"finished"}
        assert journal.verify(session, 1).intact
