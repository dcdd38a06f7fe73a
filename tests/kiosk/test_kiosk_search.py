"""A matter is found by a few letters, on the screen, on a keyboard or on a number pad."""

import pytest
from textual.pilot import Pilot

from db.engine import writing
from db.tables import Service
from hall.open_hall import OpenHall
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.fitting import FittedText
from kiosk.kiosk_app import KioskApp
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.number_screen import NumberScreen
from kiosk.search.search_screen import SearchScreen
from tests.kiosk.fits import SIZES, assert_fits
from tests.kiosk.visitor import comes, groups_come, kiosk_of, until


@pytest.fixture(autouse=True)
def many_matters(open_hall: OpenHall) -> None:
    """T201 购买自住住房提取 and D301 个人住房贷款申请 are all there are, and enough."""
    open_hall.settings.kiosk.search_from = 2


async def begin_search(pilot: Pilot[None]) -> SearchScreen:
    await groups_come(pilot)
    await pilot.press("slash")
    await comes(pilot, SearchScreen)
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    await until(lambda: screen.index is not None)
    await pilot.pause()
    return screen


def found(screen: SearchScreen) -> list[str]:
    return [choice.code for choice in screen.choices()]


async def type_in(pilot: Pilot[None], letters: str) -> None:
    """By hand: one key after the other."""
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    for letter in letters:
        typed = screen.typed + letter.lower()
        await pilot.press(letter)
        await until(lambda typed=typed: screen.typed == typed)  # type: ignore[misc]


async def test_letters_touched_lead_to_the_matter_and_back(kiosk: KioskApp) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        await pilot.click("#search")
        await comes(pilot, SearchScreen)
        screen = kiosk.screen
        assert isinstance(screen, SearchScreen)
        await until(lambda: len(found(screen)) == 2)
        for letter in "zfdk":
            await pilot.click(f"#key-{letter}")
            await until(lambda letter=letter: screen.typed.endswith(letter))  # type: ignore[misc]
        assert found(screen) == ["D301"]
        assert screen.query_one("#key-x").disabled and not screen.query_one("#key-s").disabled
        await pilot.click("#choice-1")
        await comes(pilot, MatterScreen)
        await pilot.press("0")
        await comes(pilot, SearchScreen)
        again = kiosk.screen
        assert isinstance(again, SearchScreen) and again.typed == "zfdk"
        await pilot.press("slash")
        await comes(pilot, GroupsScreen)


async def test_a_keyboard_types_every_letter_and_enter_takes_the_first(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        screen = await begin_search(pilot)
        await type_in(pilot, "lp")  # elsewhere they change the language and ask for priority
        assert found(screen) == [] and kiosk.visit.language == "zh"
        assert "没有" in screen.query_one("#prompt", FittedText).text
        for left in (1, 0):
            await pilot.press("backspace")
            await until(lambda left=left: len(screen.typed) == left)  # type: ignore[misc]
        await type_in(pilot, "GMZ")
        await pilot.press("enter")
        await comes(pilot, MatterScreen)
        await until(lambda: kiosk.screen.query_one("#choice-1").display)
        await pilot.press("enter")
        await comes(pilot, NumberScreen)


async def test_a_number_pad_finds_by_the_code(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        screen = await begin_search(pilot)
        await type_in(pilot, "30")
        assert found(screen) == ["D301"]
        await pilot.press("minus")
        await until(lambda: screen.typed == "3")
        await pilot.press("enter")
        await comes(pilot, MatterScreen)


async def test_a_small_hall_has_nothing_to_search(kiosk: KioskApp, open_hall: OpenHall) -> None:
    open_hall.settings.kiosk.search_from = 3
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        assert not kiosk.screen.query_one("#search").display
        await pilot.press("slash")
        await pilot.pause(0.2)  # a key is held back for a twentieth of a second
        assert isinstance(kiosk.screen, GroupsScreen)


async def test_a_new_catalogue_is_searched_anew(kiosk: KioskApp, open_hall: OpenHall) -> None:
    async with kiosk.run_test() as pilot:
        await begin_search(pilot)
        await pilot.press("slash")
        await groups_come(pilot)
        with writing(open_hall.engine) as session:
            session.get_one(Service, 1).names = {"zh": "新生儿落户"}
        await until(
            lambda: kiosk.offer is not None and "新生儿" in str(kiosk.offer.groups[0].services)
        )
        screen = await begin_search(pilot)
        await type_in(pilot, "xse")
        assert found(screen) == ["T201"]


async def test_the_language_changes_and_what_was_typed_stays(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await begin_search(pilot)
        await type_in(pilot, "ho")
        await pilot.press("asterisk")
        await until(lambda: kiosk.visit.language == "en" and kiosk.screen.is_mounted)
        await pilot.pause()
        screen = kiosk.screen
        assert isinstance(screen, SearchScreen) and screen.typed == "ho"
        assert found(screen)[0] == "D301"  # Housing loan application


@pytest.mark.usefixtures("large_hall")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("is_large", [False, True])
async def test_the_page_fits(
    open_hall: OpenHall, size: tuple[int, int], language: str, is_large: bool
) -> None:
    open_hall.settings.kiosk.settle_seconds = 0
    async with KioskApp(lambda: open_hall, language).run_test(size=size) as pilot:
        app = kiosk_of(pilot)
        await groups_come(pilot)
        assert_fits(pilot)
        if is_large:
            await pilot.press("plus")
            await until(lambda: app.screen.has_class("-large-type"))
            await groups_come(pilot)
            assert_fits(pilot)
        screen = await begin_search(pilot)
        await until(lambda: app.screen.query_one("#choice-1").display)
        await pilot.pause()
        assert_fits(pilot)
        letter = next(key for key in "abcdefgh" if not screen.query_one(f"#key-{key}").disabled)
        await type_in(pilot, letter)
        await pilot.pause()
        assert_fits(pilot)
