"""A board in front of the small hall, and another program that works in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from display.hall_board import HallBoardApp
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from tests.display.before_the_board import OtherProgram, english_words


@pytest.fixture
def other(database: Path, rules: HallRules) -> Iterator[OtherProgram]:
    """Counters 1 to 3 are open."""
    other = OtherProgram(database, rules)
    for number in (1, 2, 3):
        other.do(counters.open_counter, number, f"100{number}")
    yield other
    other.engine.dispose()


@pytest.fixture
def board(open_hall: OpenHall) -> HallBoardApp:
    return english_words(HallBoardApp(lambda: open_hall))
