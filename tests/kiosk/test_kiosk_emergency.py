"""In an emergency the kiosk offers nothing, and forgets whoever stood there."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from textual.events import Key

from db.engine import reading, writing
from db.tables import Clerk, Ticket
from hall.announcing import emergencies
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from kiosk import hall_reader
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.emergency_screen import EmergencyScreen
from kiosk.kiosk_app import KioskApp
from tests.conftest import NINE
from tests.kiosk.conftest import SIZE
from tests.kiosk.visitor import comes, enter_matter, groups_come, until
from tests.screen_text import screen_text
from ui.theme import DAY


@pytest.fixture
def alarm(engine: Engine, rules: HallRules) -> Callable[[bool], None]:
    def ring(stands: bool) -> None:
        with writing(engine) as session:
            clerk: Any = session.get_one(Clerk, 1)
            clerk.role = "duty_manager"
            if stands:
                emergencies.proclaim(session, rules, "evacuate", clerk, NINE)
            else:
                emergencies.end(session, rules, clerk, NINE)

    return ring


def tickets(session: Session) -> int:
    return len(session.exec(select(Ticket)).all())


async def test_it_covers_every_page_and_takes_no_touch_until_it_is_over(
    kiosk: KioskApp, open_hall: OpenHall, alarm: Callable[[bool], None]
) -> None:
    async with kiosk.run_test(size=SIZE) as pilot:
        await enter_matter(pilot)
        alarm(True)
        await comes(pilot, EmergencyScreen)
        await until(lambda: "不要使用电梯" in screen_text(kiosk))
        for _again in range(3):
            await pilot.click(offset=(53, 16))
            await pilot.press("1", "enter", "escape", "tab", "l", "plus")
        assert isinstance(kiosk.screen, EmergencyScreen)
        alarm(False)
        await groups_come(pilot)
        assert kiosk.visit.language == "zh" and kiosk.is_choosing
    with reading(open_hall.engine) as session:
        assert tickets(session) == 0


async def test_a_key_pressed_in_it_is_meant_for_no_page_after_it(
    kiosk: KioskApp, alarm: Callable[[bool], None]
) -> None:
    """A key is held back until it is clear that no reader pressed it."""
    async with kiosk.run_test(size=SIZE) as pilot:
        await groups_come(pilot)
        alarm(True)
        await comes(pilot, EmergencyScreen)
        large = Key("plus", "+")
        kiosk.held_key = large
        alarm(False)
        await groups_come(pilot)
        await kiosk.let_through(large)
        await pilot.pause()
        assert kiosk.theme == DAY.name


async def test_a_number_asked_for_before_it_does_not_come_over_it(
    kiosk: KioskApp,
    open_hall: OpenHall,
    alarm: Callable[[bool], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate, give = threading.Event(), hall_reader.give_number

    def slow(*given: Any, **named: Any) -> Any:
        assert gate.wait(20)
        return give(*given, **named)

    monkeypatch.setattr(hall_reader, "give_number", slow)
    async with kiosk.run_test(size=SIZE) as pilot:
        await enter_matter(pilot)
        await pilot.click("#take-number")
        alarm(True)
        await comes(pilot, EmergencyScreen)
        gate.set()

        def given() -> int:
            with reading(open_hall.engine) as session:
                return tickets(session)

        await until(lambda: given() == 1)
        await pilot.pause(0.3)
        assert isinstance(kiosk.screen, EmergencyScreen)
        alarm(False)
        await comes(pilot, GroupsScreen)


async def test_it_stands_though_the_database_is_gone(
    kiosk: KioskApp, alarm: Callable[[bool], None]
) -> None:
    alarm(True)
    async with kiosk.run_test(size=SIZE) as pilot:
        await comes(pilot, EmergencyScreen)
        kiosk.post_message(kiosk.HallUnavailable("gone"))
        await pilot.pause(0.3)
        assert isinstance(kiosk.screen, EmergencyScreen)
