"""Somebody in front of the kiosk, for tests."""

import asyncio
from collections.abc import Callable
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.kiosk_app import KioskApp
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.number_screen import NumberScreen
from kiosk.words_screen import WordsScreen
from tests.screen_text import screen_text

PATIENCE_S = 15
"""How long a test waits for what must happen before it fails; never how long it takes."""


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(PATIENCE_S * 50):
        if is_so():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came about")


def kiosk_of(pilot: Pilot[None]) -> KioskApp:
    assert isinstance(pilot.app, KioskApp)
    return pilot.app


async def comes(pilot: Pilot[None], kind: type[Screen[Any]]) -> None:
    """Wait until such a page is there and laid out."""
    app = pilot.app
    await until(lambda: isinstance(app.screen, kind) and app.screen.is_mounted)
    await pilot.pause()


async def groups_come(pilot: Pilot[None]) -> None:
    """Wait until the first page has its choices."""
    await comes(pilot, GroupsScreen)
    await until(lambda: any(one.display for one in pilot.app.screen.query("#choice-1")))
    await pilot.pause()


async def enter_group(pilot: Pilot[None], digit: int) -> None:
    await groups_come(pilot)
    await pilot.click(f"#choice-{digit}")
    await comes(pilot, ServicesScreen)
    await until(lambda: pilot.app.screen.query_one("#choice-1").display)
    await pilot.pause()


async def enter_matter(pilot: Pilot[None], group: int = 1, service: int = 1) -> MatterScreen:
    await enter_group(pilot, group)
    return await open_matter(pilot, service)


async def open_matter(pilot: Pilot[None], service: int = 1) -> MatterScreen:
    await pilot.click(f"#choice-{service}")
    await comes(pilot, MatterScreen)
    screen = pilot.app.screen
    assert isinstance(screen, MatterScreen)
    await until(lambda: screen.matter is not None)
    await pilot.pause()
    return screen


async def take_number(pilot: Pilot[None], group: int = 1, service: int = 1) -> NumberScreen:
    await enter_matter(pilot, group, service)
    await pilot.click("#take-number")
    await comes(pilot, NumberScreen)
    screen = pilot.app.screen
    assert isinstance(screen, NumberScreen)
    return screen


async def touch(pilot: Pilot[None], part: str) -> None:
    """As a terminal tells of it; Pilot's own click goes past the app, and past its locks."""
    middle = pilot.app.screen.query_one(part).region
    x, y = middle.x + middle.width // 2, middle.y + middle.height // 2
    for kind in (events.MouseDown, events.MouseUp):
        pilot.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
    await pilot.pause()


async def reads(pilot: Pilot[None], text: str, end: str = "enter") -> None:
    """As the reader types it: one key right behind the other."""
    for sign in text:
        pilot.app.post_message(events.Key(sign, sign))
    if end:
        pilot.app.post_message(events.Key(end, None))
    await pilot.pause()


async def is_told(pilot: Pilot[None], words: str) -> None:
    await until(
        lambda: (
            isinstance(pilot.app.screen, WordsScreen)
            and words.replace(" ", "") in "".join(screen_text(pilot.app).split())
        )
    )
