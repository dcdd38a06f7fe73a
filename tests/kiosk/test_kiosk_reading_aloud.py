"""Pages read aloud to the visitor who asks for it, and to nobody after."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from textual.pilot import Pilot

from devices.speech import prompter
from devices.speech.nobody_heard import NO_LOUDSPEAKER, NobodyHeard
from hall.open_hall import OpenHall
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.kiosk_app import KioskApp
from kiosk.reading_aloud.page_words import words_of
from kiosk.real_name.identity_screen import IdentityScreen
from kiosk.search.search_screen import SearchScreen
from tests.kiosk.fits import SIZES, assert_fits
from tests.kiosk.visitor import comes, enter_matter, groups_come, kiosk_of, take_number, until


class Heard:
    """In place of the loudspeaker: what it was last told to say."""

    def __init__(
        self, hall: OpenHall, zone: str, unheard: Callable[[NobodyHeard], None], **_named: Any
    ) -> None:
        self.unheard = unheard
        self.texts: list[str] = []
        self.ever: list[str] = []
        self.language = ""
        self.stepped: list[str] = []
        self.is_sounding = False

    def tell(self, page: object, texts: Mapping[str, str], language: str) -> None:
        self.texts, self.language = list(texts.values()), language
        self.ever += self.texts

    def instead(self, text: str, language: str) -> None:
        self.stepped.append(text)

    def hush(self) -> None:
        self.texts = []

    def close(self) -> None:
        pass


@pytest.fixture
def reading_hall(open_hall: OpenHall, monkeypatch: pytest.MonkeyPatch) -> OpenHall:
    monkeypatch.setattr(prompter, "Prompter", Heard)
    open_hall.settings.kiosk.settle_seconds = 0
    open_hall.settings.kiosk.read_aloud = True
    return open_hall


@pytest.fixture
def kiosk(reading_hall: OpenHall) -> KioskApp:
    return KioskApp(lambda: reading_hall)


async def loudspeaker(pilot: Pilot[None]) -> Heard:
    app = kiosk_of(pilot)
    await groups_come(pilot)
    await until(lambda: isinstance(app.prompter, Heard) and bool(app.screen.query("#aloud")))
    await pilot.pause()
    assert isinstance(app.prompter, Heard)
    return app.prompter


async def test_a_kiosk_without_a_loudspeaker_offers_nothing_of_it(open_hall: OpenHall) -> None:
    async with KioskApp(lambda: open_hall).run_test() as pilot:
        await groups_come(pilot)
        assert not pilot.app.screen.query("#aloud")
        assert kiosk_of(pilot).prompter is None


async def test_nothing_is_read_to_who_has_not_asked(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        heard = await loudspeaker(pilot)
        await enter_matter(pilot)
        assert heard.ever == []


async def test_a_page_is_read_with_the_digit_of_each_choice(kiosk: KioskApp) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        heard = await loudspeaker(pilot)
        await pilot.click("#aloud")
        await until(lambda: bool(heard.texts))
        assert heard.texts[0] == "您好，请选择业务类别"
        assert any(text.startswith("1、A 提取") for text in heard.texts)
        await pilot.press("1")
        await comes(pilot, ServicesScreen)
        await until(lambda: any("购买自住住房提取" in text for text in heard.texts))
        assert "返回 0" in heard.texts and heard.language == "zh"


async def test_a_number_is_read_with_what_to_do_next(kiosk: KioskApp) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        heard = await loudspeaker(pilot)
        await pilot.click("#aloud")
        await take_number(pilot)
        await until(lambda: "A001" in heard.texts)
        assert any("前面" in text for text in heard.texts)


async def test_who_steps_through_the_page_by_key_hears_it(kiosk: KioskApp) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        heard = await loudspeaker(pilot)
        await pilot.press(".")
        await until(lambda: bool(heard.stepped))
        await pilot.press(".")
        await until(lambda: len(heard.stepped) == 2)
        assert heard.stepped[0].startswith("1、") and heard.stepped[1].startswith("2、")


async def test_the_next_visitor_is_not_read_to(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        heard = await loudspeaker(pilot)
        await pilot.click("#aloud")
        await until(lambda: bool(heard.texts))
        kiosk.start_again()
        await until(lambda: not heard.texts)
        await comes(pilot, GroupsScreen)
        assert kiosk.visit.aloud is False


async def test_what_is_typed_of_an_identity_card_is_never_spoken(kiosk: KioskApp) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        heard = await loudspeaker(pilot)
        await pilot.click("#aloud")
        await until(lambda: bool(heard.texts))
        kiosk.switch_screen(IdentityScreen(kiosk.visit, kiosk.offer, kiosk.first_page()))
        await comes(pilot, IdentityScreen)
        heard.ever.clear()
        shown = kiosk.screen
        assert isinstance(shown, IdentityScreen)
        shown.take_typed("7777")
        await until(lambda: bool(heard.ever))
        assert not any("7" in text for text in [*heard.ever, *words_of(shown, kiosk.say).values()])


async def test_letter_keys_are_not_read_one_by_one(kiosk: KioskApp, reading_hall: OpenHall) -> None:
    reading_hall.settings.kiosk.search_from = 0
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await loudspeaker(pilot)
        await pilot.press("/")
        await comes(pilot, SearchScreen)
        await until(lambda: pilot.app.screen.query_one("#choice-1").display)
        shown = kiosk.screen
        assert isinstance(shown, SearchScreen)
        told = list(words_of(shown, kiosk.say).values())
        assert "Q" not in told and any("个人住房贷款申请" in text for text in told)


async def test_a_mark_is_read_and_a_figure_that_changes_is_not_read_again(
    kiosk: KioskApp,
) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await loudspeaker(pilot)
        matter = await enter_matter(pilot)
        before = words_of(matter, kiosk.say)
        assert "1、" in before[next(key for key in before if key.startswith("choice-1"))]
        await pilot.press("1")
        await until(lambda: matter.marks.get(1) == "here")
        await pilot.pause()
        after = words_of(matter, kiosk.say)
        (new,) = after.keys() - before.keys()
        assert "齐全" in after[new]
        group = matter.offer.groups[0]
        object.__setattr__(group, "waiting", group.waiting + 5)
        matter.show_facts()
        await pilot.pause()
        later = words_of(matter, kiosk.say)
        assert later.keys() == after.keys() and later != after


async def test_a_page_stays_while_it_is_read(kiosk: KioskApp, reading_hall: OpenHall) -> None:
    reading_hall.settings.kiosk.idle_seconds = 1
    async with kiosk.run_test() as pilot:
        heard = await loudspeaker(pilot)
        heard.is_sounding = True
        await pilot.press("1")
        await comes(pilot, ServicesScreen)
        page, shown_at = kiosk.screen, kiosk.touched_at
        await until(lambda: kiosk.touched_at > shown_at + 1.5)
        assert kiosk.screen is page
        heard.is_sounding = False
        await comes(pilot, GroupsScreen)


async def test_where_nothing_can_be_heard_the_button_says_so_and_tries_again(
    kiosk: KioskApp,
) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        heard = await loudspeaker(pilot)
        await pilot.click("#aloud")
        await until(lambda: bool(heard.texts))
        heard.unheard(NobodyHeard(NO_LOUDSPEAKER))
        await until(lambda: "无法朗读" in str(kiosk.screen.query_one("#aloud").render()))
        await until(lambda: not heard.texts)
        assert_fits(pilot)
        await pilot.click("#aloud")
        await until(lambda: bool(heard.texts))


async def test_a_language_without_a_voice_is_not_offered_one(
    kiosk: KioskApp, reading_hall: OpenHall
) -> None:
    reading_hall.settings.kiosk.languages = ["zh", "bo"]
    async with kiosk.run_test() as pilot:
        await loudspeaker(pilot)
        await pilot.press("*")
        await until(lambda: kiosk.visit.language == "bo")
        await until(lambda: not kiosk.screen.query("#aloud"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("large", [False, True])
async def test_the_aids_fit_beside_each_other(
    reading_hall: OpenHall, size: tuple[int, int], language: str, large: bool
) -> None:
    async with KioskApp(lambda: reading_hall, language).run_test(size=size) as pilot:
        await loudspeaker(pilot)
        if large:
            await pilot.press("+")
            await until(lambda: kiosk_of(pilot).visit.large_type)
            await groups_come(pilot)
        assert len(pilot.app.screen.query("#aids TouchButton")) == 5
        assert_fits(pilot)
