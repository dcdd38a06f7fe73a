"""A counter in the small hall; the time is moved by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter.counter_app import CounterApp
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import Clock, OtherProgram, counter_app


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hall(open_hall: OpenHall, clock: Clock) -> OpenHall:
    open_hall.now = clock
    return open_hall


@pytest.fixture
def other(database: Path, rules: HallRules, clock: Clock) -> Iterator[OtherProgram]:
    other = OtherProgram(database, rules, clock)
    yield other
    other.engine.dispose()


@pytest.fixture
def at_one(hall: OpenHall, other: OtherProgram) -> CounterApp:
    """Counter 1 (withdrawals), open, with clerk 1001."""
    other.open(1)
    return counter_app(hall, 1)


@pytest.fixture
def patient_hand(hall: OpenHall) -> None:
    """Pilot presses Enter quicker than anybody; what is tested is not that."""
    hall.settings.counter.settle_seconds = 0


@pytest.fixture
def hasty_hand(hall: OpenHall) -> None:
    """However slow this machine is today, the second press comes too soon."""
    hall.settings.counter.settle_seconds = 60
