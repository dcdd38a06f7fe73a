"""Somebody who cannot go on alone calls an assistant, from whatever page."""

import pytest
from sqlmodel import select
from textual.pilot import Pilot

from db.engine import reading, writing
from db.faults import DatabaseFault, NoDatabase
from db.tables import Clerk, HelpRequest
from hall.counters import help_requests
from hall.open_hall import OpenHall
from kiosk.assistant import assistant_reader
from kiosk.assistant.assistant_screen import AssistantScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.kiosk_app import KioskApp
from kiosk.languages_screen import LanguagesScreen
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.number_screen import NumberScreen
from tests.kiosk.fits import SIZES, assert_fits
from tests.kiosk.visitor import comes, enter_matter, groups_come, kiosk_of, take_number, until
from tests.screen_text import screen_text


def calls(hall: OpenHall) -> list[HelpRequest]:
    with reading(hall.engine) as session:
        return list(session.exec(select(HelpRequest)).all())


def answer(hall: OpenHall, words: str = "") -> None:
    with writing(hall.engine) as session:
        clerk = session.get_one(Clerk, 1)
        help_requests.answer(session, hall.rules, 1, clerk, hall.now(), words)


async def ask(pilot: Pilot[None]) -> None:
    await pilot.click("#assistant")
    await comes(pilot, AssistantScreen)
    await until(lambda: bool(pilot.app.screen.query("#call, #withdraw")))
    await pilot.pause()


async def call(pilot: Pilot[None]) -> None:
    await ask(pilot)
    await call_from_page(pilot)


async def test_an_assistant_is_told_where_and_in_which_language(open_hall: OpenHall) -> None:
    kiosk = open_hall.settings.kiosk
    kiosk.settle_seconds, kiosk.name = 0, "东门"
    async with KioskApp(lambda: open_hall, "en").run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        await call(pilot)
        assert "information desk has been told" in screen_text(pilot.app)
    (asked,) = calls(open_hall)
    assert (asked.kind, asked.place, asked.words) == ("assistant", "kiosk 东门", "English")
    assert asked.clerk_id is None and asked.counter_id is None


async def test_a_touch_by_mistake_calls_nobody(kiosk: KioskApp, open_hall: OpenHall) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await ask(pilot)
        await pilot.press("0")
        await comes(pilot, GroupsScreen)
    assert calls(open_hall) == []


async def test_one_goes_on_where_one_was(kiosk: KioskApp, open_hall: OpenHall) -> None:
    async with kiosk.run_test() as pilot:
        matter = await enter_matter(pilot)
        await pilot.press("1")
        await until(lambda: matter.marks.get(1) == "here")
        await call(pilot)
        await pilot.press("0")
        await comes(pilot, MatterScreen)
        back = kiosk.screen
        assert isinstance(back, MatterScreen)
        assert back.marks.get(1) == "here" and back.query_one("#assistant").has_class("-on")


async def test_who_has_a_number_may_call_too_and_finds_it_again(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        number = (await take_number(pilot)).given.number
        await call(pilot)
        await pilot.press("0")
        await comes(pilot, NumberScreen)
        shown = kiosk.screen
        assert isinstance(shown, NumberScreen) and shown.given.number == number


async def test_the_citizen_reads_that_somebody_is_coming(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        await call(pilot)
        answer(open_hall, "[red]两分钟就到")
        await until(lambda: "[red]两分钟就到" in screen_text(kiosk))
        assert not kiosk.screen.query("#withdraw")


async def test_what_somebody_else_asked_is_not_the_next_visitor_s(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await call(pilot)
        kiosk.start_again()
        await groups_come(pilot)
        answer(open_hall)
        await ask(pilot)
        assert kiosk.screen.query("#call") and not kiosk.screen.query("#assistant.-on")


async def test_calling_again_while_nobody_has_come_is_one_call(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await call(pilot)
        kiosk.start_again()
        await groups_come(pilot)
        await call(pilot)
    assert len(calls(open_hall)) == 1


async def test_it_can_be_taken_back(kiosk: KioskApp, open_hall: OpenHall) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await call(pilot)
        await pilot.press("1")
        await until(lambda: bool(kiosk.screen.query("#call")))
    (asked,) = calls(open_hall)
    assert asked.ended_at is not None and asked.ended_by_id is None


async def test_whoever_cannot_be_told_is_named(
    kiosk: KioskApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(hall: OpenHall, language: str) -> None:
        raise fault

    fault: DatabaseFault = NoDatabase("hall.db")
    monkeypatch.setattr(assistant_reader, "call", fails)
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        await ask(pilot)
        await pilot.click("#call")
        await until(lambda: "请到咨询台" in screen_text(kiosk).replace(" ", ""))
        assert kiosk.visit.assistant is None


async def test_its_language_can_be_changed_and_it_still_leads_back(open_hall: OpenHall) -> None:
    settings = open_hall.settings.kiosk
    settings.settle_seconds, settings.languages = 0, ["zh", "en", "bo"]
    async with KioskApp(lambda: open_hall).run_test() as pilot:
        await enter_matter(pilot)
        await ask(pilot)
        await pilot.press("*")
        await comes(pilot, LanguagesScreen)
        await until(lambda: pilot.app.screen.query_one("#choice-2").display)
        await pilot.press("2")
        await comes(pilot, AssistantScreen)
        await pilot.press("0")
        await comes(pilot, MatterScreen)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("large", [False, True])
async def test_its_pages_fit(
    open_hall: OpenHall, size: tuple[int, int], language: str, large: bool
) -> None:
    open_hall.settings.kiosk.settle_seconds = 0
    async with KioskApp(lambda: open_hall, language).run_test(size=size) as pilot:
        await groups_come(pilot)
        if large:
            await pilot.press("+")
            await until(lambda: kiosk_of(pilot).visit.large_type)
            await groups_come(pilot)
        await ask(pilot)
        assert_fits(pilot)
        await call_from_page(pilot)
        assert_fits(pilot)
        answer(open_hall, "很快" * 60)
        await until(lambda: not pilot.app.screen.query("#withdraw"))
        await pilot.pause()
        assert_fits(pilot)


async def call_from_page(pilot: Pilot[None]) -> None:
    await pilot.click("#call")
    await until(lambda: bool(pilot.app.screen.query("#withdraw")))
    await pilot.pause()
