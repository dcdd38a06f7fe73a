"""Every page as it is laid out, on every size of screen; the texts stand in `pages/`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from db.engine import writing
from db.tables import Setting
from hall.open_hall import OpenHall
from kiosk.assistant.assistant_screen import AssistantScreen
from kiosk.choice_pages import ChoicePages
from kiosk.choosing.classes_screen import ClassesScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.coming_back.rating_screens import LevelsScreen
from kiosk.guide.box_screens import KindScreen
from kiosk.guide.guide_screens import GuideScreen, ReadingScreen
from kiosk.kiosk_app import KioskApp
from kiosk.kiosk_screen import KioskScreen
from kiosk.matter.list_screen import ListScreen
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.desk_screen import DeskScreen
from kiosk.number.number_screen import NumberScreen
from kiosk.real_name.has_number_screen import HasNumberScreen
from kiosk.real_name.identity_screen import IdentityScreen
from kiosk.search.search_screen import SearchScreen
from tests.kiosk.fits import SIZES
from tests.kiosk.visitor import comes, enter_matter, groups_come, kiosk_of, until
from tests.screen_text import screen_text

PAGES = Path(__file__).with_name("pages")


def has_come(pilot: Pilot[None]) -> bool:
    """What the page waits for is there."""
    screen = pilot.app.screen
    match screen:
        case SearchScreen():
            return screen.index is not None and screen.query_one("#choice-1").display
        case ReadingScreen():
            return screen.guide is not None
        case _ if screen.query(ChoicePages) and not isinstance(screen, MatterScreen):
            return screen.query_one("#choice-1").display
        case _:
            return True


async def go(pilot: Pilot[None], key: str, kind: type[KioskScreen]) -> str:
    await pilot.press(key)
    await comes(pilot, kind)
    await until(lambda: has_come(pilot))
    await pilot.pause()
    return kind.__name__


async def walk(pilot: Pilot[None]) -> AsyncIterator[str]:
    """Through every page, each once."""
    app = kiosk_of(pilot)
    await groups_come(pilot)
    yield "GroupsScreen"
    yield await go(pilot, "slash", SearchScreen)
    await go(pilot, "slash", GroupsScreen)
    await pilot.click("#assistant")
    await comes(pilot, AssistantScreen)
    yield "AssistantScreen"
    await go(pilot, "0", GroupsScreen)
    yield await go(pilot, "0", GuideScreen)
    yield await go(pilot, "1", ReadingScreen)
    await go(pilot, "0", GuideScreen)
    yield await go(pilot, "4", KindScreen)
    app.start_again()
    await groups_come(pilot)
    yield await go(pilot, "1", ServicesScreen)
    yield await go(pilot, "p", ClassesScreen)
    app.start_again()
    matter = await enter_matter(pilot)
    yield "MatterScreen"
    yield await go(pilot, "enter", IdentityScreen)
    app.post_message(KioskApp.HasOne("A001", 1))
    await comes(pilot, HasNumberScreen)
    await pilot.pause()
    yield "HasNumberScreen"
    app.start_again()
    matter = await enter_matter(pilot)
    for wanted in ("here", "missing"):
        await pilot.press("1")
        await until(lambda wanted=wanted: matter.marks.get(1) == wanted)  # type: ignore[misc]
    yield await go(pilot, "enter", ListScreen)
    app.start_again()
    await enter_matter(pilot, group=2)
    yield await go(pilot, "enter", NumberScreen)
    app.post_message(KioskApp.NoNumberGiven("数据库不可用"))
    await comes(pilot, DeskScreen)
    await pilot.pause()
    yield "DeskScreen"
    app.switch_screen(LevelsScreen(app.visit, app.offer, "A001"))
    await comes(pilot, LevelsScreen)
    await pilot.pause()
    yield "LevelsScreen"


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_is_laid_out_as_it_was(open_hall: OpenHall, size: tuple[int, int]) -> None:
    kiosk = open_hall.settings.kiosk
    kiosk.settle_seconds, kiosk.search_from = 0, 0
    kiosk.idle_seconds = kiosk.number_seconds = 600  # no countdown among the words
    with writing(open_hall.engine) as session:
        session.merge(Setting(hall_id=1, key="real_name_services", value=["T201"]))
    open_hall.read_rules_again()
    async with KioskApp(lambda: open_hall).run_test(size=size) as pilot:
        async for page in walk(pilot):
            kept = PAGES / f"{page}-{size[0]}x{size[1]}.txt"
            lines = [line.rstrip() for line in screen_text(pilot.app).split("\n")]
            assert "\n".join(lines).rstrip() + "\n" == kept.read_text("utf-8"), page
