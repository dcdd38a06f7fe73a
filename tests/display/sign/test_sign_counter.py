"""A counter's sign: whom it serves, who serves, why it pauses."""

from datetime import timedelta

import pytest

from display.counter_sign import CounterSignApp
from hall.counters import counters
from hall.open_hall import OpenHall
from hall.tickets import serving
from tests.display.before_the_board import NINE, OtherProgram, shows, until
from tests.display.sign.before_the_sign import SIZE, big, call, sign_of
from tests.screen_text import screen_text


async def test_it_shows_every_state_by_itself(sign: CounterSignApp, other: OtherProgram) -> None:
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Not open")
        other.do(counters.open_counter, 1, "1001")
        await until(pilot, lambda: big(sign) == "Please wait for your number")
        await shows(pilot, "Served by 李四, no. 1001")
        call(other)
        await until(pilot, lambda: big(sign) == "Number A001, please")
        await shows(pilot, "购买自住住房提取")
        other.do(serving.start, 1)
        await until(pilot, lambda: big(sign) == "Serving A001")
        assert not sign.screen.query_one("#now").has_class("-flash")


async def test_a_call_flashes_for_a_while(sign: CounterSignApp, other: OtherProgram) -> None:
    other.do(counters.open_counter, 1, "1001")
    call(other)
    async with sign.run_test(size=SIZE) as pilot:
        now = "#now"
        await until(pilot, lambda: sign.screen.query_one(now).has_class("-flash"))
        await until(pilot, lambda: not sign.screen.query_one(now).has_class("-flash"))


async def test_a_pause_says_why_and_until_when(sign: CounterSignApp, other: OtherProgram) -> None:
    for number in (1, 3):
        other.do(counters.open_counter, number, f"100{number}")
    other.do(counters.pause, 1, "取材料", until=NINE + timedelta(hours=1))
    async with sign.run_test(size=SIZE) as pilot:
        await shows(pilot, "取材料")
        assert big(sign) == "Paused"
        await shows(pilot, "Paused until 10:00")


async def test_who_is_in_hand_is_still_called_to_a_paused_counter(
    sign: CounterSignApp, other: OtherProgram
) -> None:
    for number in (1, 3):
        other.do(counters.open_counter, number, f"100{number}")
    call(other)
    other.do(counters.pause, 1, "取材料")
    async with sign.run_test(size=SIZE) as pilot:
        await shows(pilot, "取材料")
        assert big(sign) == "Number A001, please"


async def test_who_stands_in_is_told(sign: CounterSignApp, other: OtherProgram) -> None:
    other.do(counters.open_counter, 1, "1002")
    async with sign.run_test(size=SIZE) as pilot:
        await shows(pilot, "Served by 周五, no. 1002")
        await shows(pilot, "Stands in for 李四 (post A)")


async def test_at_midnight_yesterdays_number_goes(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    call(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Number A001, please")
        here.now = lambda: NINE + timedelta(days=1)
        await until(pilot, lambda: big(sign) == "Please wait for your number")


@pytest.mark.parametrize("size", [(64, 4), (96, 8), (40, 6)])
async def test_on_a_strip_the_number_fills_it(
    here: OpenHall, other: OtherProgram, size: tuple[int, int]
) -> None:
    sign = sign_of(here, on_the_wall=True)
    other.do(counters.open_counter, 1, "1001")
    call(other)
    async with sign.run_test(size=size) as pilot:
        await until(pilot, lambda: big(sign) == "Number A001, please")
        await until(pilot, lambda: screen_text(sign).count("█") + screen_text(sign).count("▀") > 5)
        shown = sign.screen.query_one("#big").region
        assert shown.height == size[1] and shown.width >= size[0] - 14
