"""The sign asks how the visit was, once, and keeps what the citizen says."""

import re
from datetime import timedelta
from typing import NoReturn

import pytest
from sqlmodel import select

from db.engine import reading
from db.faults import DatabaseBusy
from db.tables import Rating
from display import rating_panel
from display.counter_sign import CounterSignApp, CounterSignScreen
from display.rating_panel import RatingPanel
from hall.cases import ratings
from hall.counters import counters
from hall.open_hall import OpenHall
from hall.tickets import serving, undo
from tests.display.before_the_board import NINE, OtherProgram, shows, until
from tests.display.sign.before_the_sign import (
    SIZE,
    big,
    call,
    is_asking,
    read_long_enough,
    shows_rating,
    sign_of,
    stars_kept,
    visit,
)
from tests.screen_text import screen_text


@pytest.mark.parametrize("key", ["5", "1"])
async def test_a_key_rates_the_visit(sign: CounterSignApp, other: OtherProgram, key: str) -> None:
    other.do(counters.open_counter, 1, "1001")
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Please wait for your number")
        visit(other)
        await until(pilot, lambda: is_asking(sign))
        await shows(pilot, "Very satisfied")
        assert re.search(r"[56]\d s left", screen_text(sign))
        await pilot.press(key)
        await shows(pilot, "Your rating is kept")
        read_long_enough(sign)
        await until(pilot, lambda: not shows_rating(sign))
        assert stars_kept(other) == [int(key)]
        with reading(other.engine) as session:
            assert session.exec(select(Rating.place)).one() == "counter-sign 1"


async def test_above_the_counter_nobody_is_asked(here: OpenHall, other: OtherProgram) -> None:
    sign = sign_of(here, on_the_wall=True)
    other.do(counters.open_counter, 1, "1001")
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Please wait for your number")
        visit(other)
        call(other)
        await until(pilot, lambda: big(sign) == "Number A002, please")
        other.do(serving.start, 1)
        other.do(serving.finish, 1)
        await until(pilot, lambda: big(sign) == "Please wait for your number")
        await pilot.press("5")
        assert not shows_rating(sign) and stars_kept(other) == []


@pytest.mark.parametrize("stars", [5, 4, 3, 2, 1])
async def test_a_touch_rates_the_visit(
    sign: CounterSignApp, other: OtherProgram, stars: int
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: is_asking(sign))
        await pilot.pause()
        assert await pilot.click(f"#stars-{stars}")
        await until(pilot, lambda: stars_kept(other) == [stars])


async def test_an_impatient_second_press_is_no_second_answer(
    sign: CounterSignApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    given: list[int] = []
    give = RatingPanel.give

    def counted(panel: RatingPanel, hall: OpenHall, asked: ratings.Asked, stars: int) -> object:
        given.append(stars)
        return give(panel, hall, asked, stars)

    monkeypatch.setattr(RatingPanel, "give", counted)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        panel = sign.screen.query_one(RatingPanel)
        panel.press(5)
        panel.press(1)
        await shows(pilot, "Your rating is kept")
        panel.press(2)
        await pilot.pause()
        assert (given, stars_kept(other)) == ([5], [5])


async def test_a_stuck_key_or_a_reader_rates_nothing(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        here.settings.sign.settle_seconds = 5
        panel = sign.screen.query_one(RatingPanel)
        for character in "12345":
            panel.take_key(character)
        panel.take_key("5")
        await pilot.pause(2 * rating_panel.HAND_S)  # the first key of a burst is known by then
        assert panel.giving is None
        assert stars_kept(other) == []


async def test_keys_can_be_left_to_the_clerk(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    here.settings.sign.keys = False
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        await pilot.press("5")
        await pilot.pause(2 * rating_panel.HAND_S)
        assert sign.screen.query_one(RatingPanel).giving is None
        await pilot.click("#stars-2")
        await until(pilot, lambda: stars_kept(other) == [2])


async def test_a_touch_meant_for_the_page_before_rates_nothing(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    here.settings.sign.settle_seconds = 5
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        panel = sign.screen.query_one(RatingPanel)
        panel.press(1)
        assert panel.giving is None
        panel.settled_at = 0
        panel.press(1)
        assert panel.giving is not None


async def test_the_next_call_ends_the_question(sign: CounterSignApp, other: OtherProgram) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        call(other)
        await until(pilot, lambda: not shows_rating(sign))
        assert big(sign) == "Number A002, please"
        await pilot.press("5")
        await pilot.pause(2 * rating_panel.HAND_S)
        assert stars_kept(other) == []


async def test_the_next_call_ends_the_thanks(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        await pilot.press("5")
        await shows(pilot, "Your rating is kept")
        call(other)
        await until(pilot, lambda: not shows_rating(sign))


async def test_an_answer_pressed_in_time_is_kept_when_the_next_is_called(
    sign: CounterSignApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    monkeypatch.setattr(rating_panel, "RETRY_S", 0.1)
    rate = ratings.rate
    tries: list[int] = []

    def busy_once(*given: object, **named: object) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise DatabaseBusy("hall.db")
        return rate(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(ratings, "rate", busy_once)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        sign.screen.query_one(RatingPanel).press(3)
        call(other)
        await until(pilot, lambda: stars_kept(other) == [3])
        await until(pilot, lambda: not shows_rating(sign))
        assert len(tries) == 2


async def test_a_rating_that_cannot_be_kept_is_told_and_can_be_tried_again(
    sign: CounterSignApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    monkeypatch.setattr(rating_panel, "RETRY_S", 0.1)

    def fail(*_given: object, **_named: object) -> NoReturn:
        raise DatabaseBusy("hall.db")

    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        with monkeypatch.context() as patched:
            patched.setattr(ratings, "rate", fail)
            await pilot.press("2")
            await shows(pilot, "Your rating could not be kept.")
            assert "hall.db" not in screen_text(sign)
        read_long_enough(sign)
        await shows(pilot, "How was the service?")
        await pilot.press("2")
        await until(pilot, lambda: stars_kept(other) == [2])


async def test_rated_elsewhere_meanwhile_it_is_said(
    sign: CounterSignApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        screen = sign.screen
        assert isinstance(screen, CounterSignScreen)
        screen.is_reading = True  # it has not heard of the other one yet
        other.do(ratings.rate, 1, 4, place="kiosk")
        await pilot.press("1")
        await shows(pilot, "The visit of A001 has been rated already")
        read_long_enough(sign)
        await until(pilot, lambda: not shows_rating(sign))
        assert stars_kept(other) == [4]


async def test_rated_elsewhere_the_question_goes(sign: CounterSignApp, other: OtherProgram) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        other.do(ratings.rate, 1, 4, place="kiosk")
        await until(pilot, lambda: not shows_rating(sign))


async def test_an_end_undone_and_ended_again_is_asked_again(
    sign: CounterSignApp, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        panel = sign.screen.query_one(RatingPanel)
        panel.until = 0  # nobody answered
        await until(pilot, lambda: not shows_rating(sign))
        other.do(undo.undo, 1)
        await until(pilot, lambda: big(sign) == "Serving A001")
        other.do(serving.finish, 1)
        await until(pilot, lambda: is_asking(sign))


async def test_without_an_answer_the_question_goes_and_stays_gone(
    sign: CounterSignApp, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        sign.screen.query_one(RatingPanel).until = 0
        await until(pilot, lambda: not shows_rating(sign))
        other.issue()  # read again, while the hall's clock stands still
        screen = sign.screen
        assert isinstance(screen, CounterSignScreen)
        before = screen.view
        await until(pilot, lambda: screen.view is not before)
        assert not shows_rating(sign)


async def test_at_midnight_nobody_is_asked_about_yesterday(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        here.now = lambda: NINE + timedelta(days=1)
        await until(pilot, lambda: not shows_rating(sign))


async def test_started_anew_it_asks_again(here: OpenHall, other: OtherProgram) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    here.now = lambda: NINE + timedelta(seconds=20)
    for _ in range(2):
        sign = sign_of(here)
        async with sign.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: is_asking(sign))  # noqa: B023  # waited for here
            assert "40 s left" in screen_text(sign)
