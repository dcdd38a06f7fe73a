"""What the pages of the kiosk show, on every size of screen, and when the hall changes."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from textual.pilot import Pilot

from db.engine import writing
from db.tables import Hall, Service
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.open_hall import open_hall as hall_opened
from hall.tickets import tickets
from kiosk.choice_button import ChoiceButton
from kiosk.choice_pages import MOST_ON_A_PAGE, grid_for
from kiosk.choosing.classes_screen import ClassesScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.fitting import lines_of
from kiosk.kiosk_app import KioskApp
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.desk_screen import DeskScreen
from kiosk.number.number_screen import NumberScreen
from tests.kiosk.fits import SIZES, assert_fits
from tests.kiosk.test_kiosk_matter import mark
from tests.kiosk.visitor import comes, enter_group, groups_come, kiosk_of, until
from tests.screen_text import screen_text


def shown(pilot: Pilot[None]) -> list[ChoiceButton]:
    return [button for button in pilot.app.screen.query(ChoiceButton) if button.display]


@pytest.mark.usefixtures("large_hall")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_fits(open_hall: OpenHall, size: tuple[int, int], language: str) -> None:
    open_hall.settings.kiosk.settle_seconds = 0
    async with KioskApp(lambda: open_hall, language).run_test(size=size) as pilot:
        app = kiosk_of(pilot)
        await groups_come(pilot)
        assert_fits(pilot)
        assert {button.digit for button in shown(pilot)} == set(range(1, len(shown(pilot)) + 1))
        assert "[red]" in screen_text(app) or "[bold]" in screen_text(app)

        await enter_group(pilot, 3)
        assert_fits(pilot)
        await pilot.click("#priority")
        await comes(pilot, ClassesScreen)
        assert_fits(pilot)
        await pilot.click("#choice-5")
        await comes(pilot, ServicesScreen)
        await until(lambda: app.screen.query_one("#choice-1").display)
        assert_fits(pilot)
        await pilot.click("#choice-1")
        await comes(pilot, MatterScreen)
        assert_fits(pilot)
        await until(lambda: app.screen.query_one("#choice-1").display)
        assert_fits(pilot)
        await mark(pilot, 1, 2)
        assert_fits(pilot)
        assert "✗" in screen_text(app)
        for part in ("#facts", "#how", "#choices", "#take-number", "#print-list"):
            region = app.screen.query_one(part).region
            page = app.screen.query_one("#page").region
            assert region.height and page.contains_region(region), part
        await pilot.click("#take-number")
        await comes(pilot, NumberScreen)
        assert_fits(pilot)
        for part in ("#number", "#where", "#wait", "#slip", "#service"):
            region = app.screen.query_one(part).region
            page = app.screen.query_one("#page").region
            assert region.height and page.contains_region(region), part

        app.post_message(KioskApp.NoNumberGiven("A reason of the staff. " * 20))
        await comes(pilot, DeskScreen)
        assert_fits(pilot)


@pytest.mark.usefixtures("large_hall")
@pytest.mark.parametrize("size", SIZES)
async def test_every_service_can_be_reached(kiosk: KioskApp, size: tuple[int, int]) -> None:
    async with kiosk.run_test(size=size) as pilot:
        await enter_group(pilot, 1)
        found = [button.choice.code for button in shown(pilot) if button.choice]
        await pilot.click("#next-page")
        found += [button.choice.code for button in shown(pilot) if button.choice]
        while kiosk.screen.query_one("#next-page").visible:
            await pilot.press("pagedown")
            found += [button.choice.code for button in shown(pilot) if button.choice]
        assert found == ["T201", *(f"M{number:02}" for number in range(50))]

        await pilot.press(*["left"] * 20, "pageup", "right")
        first, *others = shown(pilot)
        assert first.choice is not None
        assert first.choice.code == f"M{len(others):02}"  # the second page, whatever a page holds


def test_a_digit_presses_every_button_of_a_page() -> None:
    for choices in range(1, 60):
        for width, height in [(36, 4), (76, 15), (102, 24), (56, 81), (300, 100), (10, 2)]:
            grid = grid_for(choices, width, height)
            assert 1 <= grid.places <= MOST_ON_A_PAGE
            assert grid.row_height >= min(4, height)
            assert grid.rows * (grid.row_height + 1) - 1 <= height


def test_long_names_are_wrapped_then_shortened() -> None:
    assert lines_of("购买自住住房提取", 8, 2) == ["购买自住", "住房提取"]
    assert lines_of("购买自住住房提取", 7, 2) == ["购买自", "住住房…"]
    assert lines_of("购买自住住房提取", 6, 1) == ["购买…"]
    assert lines_of("Home\x1b[2J loan\n[red]", 40, 1) == ["Home[2J loan [red]"]


async def test_counts_follow_the_hall_on_the_same_buttons(
    kiosk: KioskApp, engine: Engine, rules: HallRules, open_hall: OpenHall
) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        first_page, button = kiosk.screen, shown(pilot)[0]
        assert button.choice is not None and button.choice.warns

        with writing(engine) as session:
            counters.open_counter(session, rules, 1, "1001", open_hall.now())
            service, group = catalogue.service(session, rules, "T201")
            for second in range(3):
                now = open_hall.now() + timedelta(seconds=second)
                tickets.issue(session, rules, service, group, now)

        waiting, openness = (
            kiosk.say("{count} waiting", count=3),
            kiosk.say("Open: {counters}", counters="1"),
        )
        await until(lambda: button.choice.detail.startswith(waiting))  # type: ignore[union-attr]
        await pilot.pause()
        assert openness in screen_text(kiosk)
        assert kiosk.screen is first_page and shown(pilot)[0] is button


async def test_the_first_page_tells_how_long_one_would_wait(open_hall: OpenHall) -> None:
    rules, now = open_hall.rules, open_hall.now()
    with writing(open_hall.engine) as session:
        counters.open_counter(session, rules, 1, "1001", now)
        service, group = catalogue.service(session, rules, "T201")
        for _ in range(3):
            tickets.issue(session, rules, service, group, now)
    async with KioskApp(lambda: open_hall).run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        first, other = (button.choice for button in shown(pilot))
        assert first is not None and other is not None
        told = re.search(r"等候 3 人  约等 (\d+) 至 (\d+) 分钟", first.detail)
        assert told is not None and 0 < int(told[1]) < int(told[2])
        assert "约等" not in other.detail  # no counter calls it: nobody can say


async def test_a_new_catalogue_leads_back_from_a_group_that_is_gone(
    kiosk: KioskApp, engine: Engine
) -> None:
    async with kiosk.run_test() as pilot:
        await enter_group(pilot, 1)
        with writing(engine) as session:
            service = session.get_one(Service, 2)
            session.add(Service(**service.model_dump(exclude={"id"}) | {"catalogue_version": 2}))
            session.get_one(Hall, 1).catalogue_version = 2
        await comes(pilot, GroupsScreen)
        await until(lambda: len(shown(pilot)) == 1)

        assert "贷款" in screen_text(kiosk) and "提取" not in screen_text(kiosk)


async def test_a_missing_hall_is_told_and_comes_by_itself(
    open_hall: OpenHall, database: Path
) -> None:
    away = database.rename(database.with_suffix(".away"))
    settings, now = open_hall.settings, open_hall.now
    settings.kiosk.settle_seconds = 0
    app = KioskApp(lambda: hall_opened(settings, now))
    preparing = "This machine is being made ready. Please ask at the information desk."
    async with app.run_test() as pilot:
        await until(lambda: app.say(preparing) in screen_text(app))
        assert str(database.parent)[:20] in screen_text(app)  # the path may be wrapped

        away.rename(database)
        await groups_come(pilot)
        assert app.say(preparing) not in screen_text(app)


async def test_a_hall_that_goes_away_takes_the_visitor_back(
    open_hall: OpenHall, database: Path
) -> None:
    settings, now = open_hall.settings, open_hall.now
    settings.kiosk.settle_seconds = 0
    app = KioskApp(lambda: hall_opened(settings, now))
    async with app.run_test() as pilot:
        await enter_group(pilot, 1)
        database.rename(database.with_suffix(".away"))
        await comes(pilot, GroupsScreen)

        assert not shown(pilot) or not app.screen.query_one("#choices").display


async def test_a_hall_without_services_says_so(
    kiosk: KioskApp, engine: Engine, open_hall: OpenHall
) -> None:
    with writing(engine) as session:
        session.get_one(Hall, 1).catalogue_version = 7
    open_hall.read_rules_again()
    async with kiosk.run_test():
        words = kiosk.say("No services here yet. Please ask at the information desk.")
        await until(lambda: words in screen_text(kiosk))


async def test_the_page_stays_when_the_language_changes(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await enter_group(pilot, 2)
        await pilot.click("#other-language")
        await until(lambda: "Housing loan application" in screen_text(kiosk).split("个人住房")[0])

        assert isinstance(kiosk.screen, ServicesScreen)
        assert "Loans: please choose your matter" in screen_text(kiosk)


async def test_a_first_page_replaced_before_it_was_mounted_troubles_nobody(
    open_hall: OpenHall,
) -> None:
    """Its parts are gone when its first moment comes; it happened on a machine with much to do."""
    async with KioskApp(lambda: open_hall).run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        page = pilot.app.screen
        assert isinstance(page, GroupsScreen)
        await page.query("*").remove()
        page.on_mount()
        page.on_resize()
