"""Who stands before the board, and who works behind it."""

import asyncio
import gettext
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from db.engine import open_engine, writing
from display.call_panel import OtherCalls
from display.hall_board import HallBoardApp
from hall.catalogue import catalogue
from hall.hall_rules import HallRules
from hall.tickets import calling, tickets
from tests.screen_text import screen_text
from ui.big_text import BigText

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SIZE = (160, 45)
WAIT_S = 15.0


class OtherProgram:
    """What kiosks and counters do, through a connection of its own."""

    def __init__(self, database: Path, rules: HallRules) -> None:
        self.engine = open_engine(f"sqlite:///{database}")
        self.rules = rules
        self.now = NINE

    def do(self, operation: Callable[..., Any], *given: Any, **named: Any) -> Any:
        with writing(self.engine) as session:
            return operation(session, self.rules, *given, self.now, **named)

    def add(self, *rows: Any) -> None:
        with writing(self.engine) as session:
            session.add_all(rows)

    def issue(self, service: str = "T201") -> str:
        with writing(self.engine) as session:
            found, group = catalogue.service(session, self.rules, service)
            return tickets.issue(session, self.rules, found, group, self.now).number

    def call(self, counter: int) -> calling.Called:
        called = self.do(calling.call_next, counter)
        assert isinstance(called, calling.Called)
        return called


def english_words(board: HallBoardApp) -> HallBoardApp:
    """Chinese names, but the product's own words as they stand in the code."""
    board.wording.translations = gettext.NullTranslations()
    return board


async def until(pilot: Pilot[Any], is_so: Callable[[], bool]) -> None:
    """Waits for what another thread or program causes; fails when it does not come."""
    async with asyncio.timeout(WAIT_S):
        while not is_so():
            await pilot.pause(0.02)


async def shows(pilot: Pilot[Any], text: str) -> None:
    await until(pilot, lambda: text in screen_text(pilot.app))


def newest(board: HallBoardApp) -> str:
    """What stands there in the largest letters, "" before there is anything."""
    found = board.screen.query(BigText)
    return found.first().text if found else ""


def others(board: HallBoardApp) -> list[str]:
    return [call.number for call in board.screen.query_one(OtherCalls).calls]
