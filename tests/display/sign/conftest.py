"""The sign of counter 1 in the small hall."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from display.counter_sign import CounterSignApp
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from tests.display.before_the_board import OtherProgram
from tests.display.sign.before_the_sign import sign_of


@pytest.fixture
def other(database: Path, rules: HallRules) -> Iterator[OtherProgram]:
    """Another program that works in the hall; every counter is closed."""
    other = OtherProgram(database, rules)
    yield other
    other.engine.dispose()


@pytest.fixture
def here(open_hall: OpenHall) -> OpenHall:
    open_hall.settings.sign.settle_seconds = 0
    open_hall.settings.sign.thanks_seconds = 60
    return open_hall


@pytest.fixture
def sign(here: OpenHall) -> CounterSignApp:
    return sign_of(here)
