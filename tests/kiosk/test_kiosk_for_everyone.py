"""Languages, large type, more time and a number pad: for everyone, on every page."""

import pytest
from textual.pilot import Pilot

from db.engine import writing
from db.tables import ServiceGroup
from hall.open_hall import OpenHall
from kiosk.choice_button import ChoiceButton
from kiosk.choosing.classes_screen import ClassesScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.kiosk_app import KioskApp
from kiosk.kiosk_screen import KioskScreen
from kiosk.languages_screen import LanguagesScreen
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.desk_screen import DeskScreen
from kiosk.number.number_screen import NumberScreen
from kiosk.visit import Visit
from tests.kiosk.fits import SIZES, assert_fits
from tests.kiosk.visitor import comes, enter_group, groups_come, kiosk_of, until
from tests.screen_text import screen_text
from ui import script_text
from ui.theme import CONTRAST, DAY

TIBETAN, YI, UYGHUR = "ཕྱིར་ལེན།", "ꆈꌠꁱꂷ", "ئېلىش مۇلازىمىتى"


@pytest.fixture
def many_languages(open_hall: OpenHall) -> None:
    open_hall.settings.kiosk.languages = ["zh", "bo", "ii", "ug", "en"]
    with writing(open_hall.engine) as session:
        group = session.get_one(ServiceGroup, 1)
        group.names = {**group.names, "bo": TIBETAN, "ii": YI, "ug": UYGHUR}
    open_hall.read_rules_again()


async def press_until(pilot: Pilot[None], key: str, kind: type[KioskScreen]) -> None:
    await pilot.press(key)
    await comes(pilot, kind)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_fits_in_large_type(
    open_hall: OpenHall, size: tuple[int, int], language: str
) -> None:
    open_hall.settings.kiosk.settle_seconds = 0
    async with KioskApp(lambda: open_hall, language).run_test(size=size) as pilot:
        app = kiosk_of(pilot)
        await groups_come(pilot)
        await pilot.click("#large-type")
        await until(lambda: app.visit.large_type and app.screen.has_class("-large-type"))
        await groups_come(pilot)
        assert app.theme == CONTRAST.name
        assert_fits(pilot)
        assert all(b.region.height >= 6 for b in app.screen.query(ChoiceButton) if b.display)
        await press_until(pilot, "1", ServicesScreen)
        assert_fits(pilot)
        await pilot.click("#priority")
        await comes(pilot, ClassesScreen)
        assert_fits(pilot)
        await press_until(pilot, "0", ServicesScreen)
        await press_until(pilot, "1", MatterScreen)
        await until(lambda: app.screen.query_one("#choice-1").display)
        await pilot.pause()
        assert_fits(pilot)
        await press_until(pilot, "enter", NumberScreen)
        assert_fits(pilot)
        app.post_message(KioskApp.NoNumberGiven("A reason of the staff. " * 20))
        await comes(pilot, DeskScreen)
        assert_fits(pilot)

        await press_until(pilot, "0", GroupsScreen)
        assert app.theme == DAY.name
        assert app.visit == Visit(language)


async def test_large_type_can_be_turned_off_where_one_is(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await enter_group(pilot, 2)
        await pilot.press("+")
        await until(lambda: kiosk.theme == CONTRAST.name)
        await comes(pilot, ServicesScreen)
        await pilot.press("+")
        await until(lambda: kiosk.theme == DAY.name)
        await comes(pilot, ServicesScreen)


def test_large_type_is_of_high_contrast() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    grounds = (CONTRAST.background, CONTRAST.surface, CONTRAST.panel)
    inks = (CONTRAST.primary, CONTRAST.secondary, CONTRAST.foreground, CONTRAST.error)
    for ground in grounds:
        for ink in inks:
            assert ground and ink
            assert (light(ink) + 0.05) / (light(ground) + 0.05) >= 7, (ink, ground)


async def test_more_time_keeps_a_page_longer(open_hall: OpenHall) -> None:
    open_hall.settings.kiosk.settle_seconds = 0
    open_hall.settings.kiosk.idle_seconds = 100
    open_hall.settings.kiosk.more_time = 20
    app = KioskApp(lambda: open_hall, "en")
    async with app.run_test(size=(106, 33)) as pilot:
        await enter_group(pilot, 2)
        await pilot.click("#more-time")
        await until(lambda: app.visit.more_time)
        await comes(pilot, ServicesScreen)
        await until(lambda: "Back to the first page in" not in screen_text(app))
        app.touched_at -= 500  # longer than others have
        app.screen.shown_at -= 500  # type: ignore[attr-defined]
        app.watch_time()
        await pilot.pause()
        assert isinstance(app.screen, ServicesScreen)

        app.touched_at -= 2000
        app.screen.shown_at -= 2000
        await comes(pilot, GroupsScreen)
        assert not app.visit.more_time


@pytest.mark.usefixtures("many_languages")
async def test_each_language_stands_there_by_its_own_name(kiosk: KioskApp) -> None:
    async with kiosk.run_test(size=(60, 90)) as pilot:
        await groups_come(pilot)
        await press_until(pilot, "*", LanguagesScreen)
        await until(lambda: "ꆈꌠꉙ" in screen_text(kiosk))
        assert "中文" in screen_text(kiosk) and "English" in screen_text(kiosk)
        assert_fits(pilot)
        await press_until(pilot, "3", GroupsScreen)
        await until(lambda: YI in screen_text(kiosk))
        assert kiosk.say("Back") == "返回"  # the product's own words fall back to Chinese


@pytest.mark.usefixtures("many_languages")
async def test_the_page_stays_when_a_language_is_chosen(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await enter_group(pilot, 2)
        await press_until(pilot, "*", LanguagesScreen)
        await press_until(pilot, "0", ServicesScreen)
        await press_until(pilot, "*", LanguagesScreen)
        languages = kiosk.screen
        assert isinstance(languages, LanguagesScreen)
        while languages.query_one("#next-page").visible:
            page = languages.page
            await pilot.press("-")
            await until(lambda page=page: languages.page == page + 1)  # type: ignore[misc]
            await pilot.pause()
        last = [b for b in kiosk.screen.query(ChoiceButton) if b.display][-1]
        await press_until(pilot, f"{last.digit}", ServicesScreen)
        assert kiosk.visit.language == "en"


@pytest.mark.usefixtures("many_languages")
@pytest.mark.parametrize(("digit", "name"), [("2", TIBETAN), ("4", UYGHUR)])
async def test_a_name_terminals_cannot_shape_is_drawn_on_a_tall_screen(
    kiosk: KioskApp, digit: str, name: str
) -> None:
    async with kiosk.run_test(size=(60, 90)) as pilot:
        await groups_come(pilot)
        await press_until(pilot, "*", LanguagesScreen)
        await press_until(pilot, digit, GroupsScreen)
        button = kiosk.screen.query_one("#choice-1", ChoiceButton)
        await until(lambda: button.choice is not None and name in button.choice.title)
        await pilot.pause()
        assert name not in str(button.render())
        assert any(block in str(button.render()) for block in "▙▟▛▜█")
        assert_fits(pilot)


async def test_a_number_pad_reaches_every_button_of_a_page(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await enter_group(pilot, 2)
        buttons = {b.id for b in kiosk.screen.query("TouchButton") if b.display and b.visible}
        reached = set()
        for _ in range(len(buttons) + 2):
            before = kiosk.screen.focused
            await pilot.press(".")
            await until(lambda before=before: kiosk.screen.focused is not before)  # type: ignore[misc]
            assert kiosk.screen.focused is not None
            reached.add(kiosk.screen.focused.id)
        assert reached >= buttons
        await press_until(pilot, "0", GroupsScreen)


def test_lines_of_a_script_end_between_its_words() -> None:
    assert script_text.in_lines("ཕྱིར་ལེན།", 2) == ["ཕྱིར་", "ལེན།"]
    assert script_text.in_lines(UYGHUR, 2) == ["ئېلىش", "مۇلازىمىتى"]
    assert not script_text.needs_drawing("提取 Withdrawals ꆈꌠ")
