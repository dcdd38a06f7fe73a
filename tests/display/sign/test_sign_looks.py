"""A sign shows what matters on every size of screen, whatever the names."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from db.tables import Counter
from display.counter_sign import CounterSignApp, CounterSignScreen
from display.stars_button import StarsButton
from hall.counters import counters
from hall.open_hall import OpenHall
from hall.tickets import serving
from tests.display.before_the_board import NINE, OtherProgram, shows, until
from tests.display.sign.before_the_sign import (
    LONG,
    SIZE,
    SIZES,
    big,
    call,
    is_asking,
    read_long_enough,
    shows_rating,
    sign_of,
    visit,
)


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_what_matters(
    sign: CounterSignApp, other: OtherProgram, size: tuple[int, int]
) -> None:
    """Whatever the names; every answer can be pressed."""
    for number, clerk in ((1, "1002"), (3, "1003")):
        other.do(counters.open_counter, number, clerk)
    with closing(sqlite3.connect(str(other.engine.url.database))) as connection:
        names = f'{{"zh": "[red]{LONG}", "en": "{LONG}"}}'
        connection.execute("UPDATE counter SET names = ?, sign = ?", (names, LONG))
        connection.execute("UPDATE clerk SET department = ?", (LONG,))
        connection.execute("UPDATE service SET names = ?", (names,))
        connection.commit()
    call(other)
    async with sign.run_test(size=size) as pilot:
        await until(pilot, lambda: "A001" in big(sign))
        for words in ("周五", "Number A001, please come here", "Stands in for 李四"):
            await shows(pilot, words)
        assert_whole(sign)
        other.do(counters.pause, 1, LONG, until=NINE + timedelta(hours=1))
        await shows(pilot, "Paused until 10:00")
        assert_whole(sign)
        other.do(serving.start, 1)
        other.do(serving.finish, 1)
        await until(pilot, lambda: is_asking(sign))
        await shows(pilot, " s left")
        await shows(pilot, "Very dissatisfied")
        least = 2 if size[1] < 24 else 3
        buttons = sign.screen.query(StarsButton)
        assert len(buttons) == 5
        await until(pilot, lambda: all(button.size.height >= least for button in buttons))
        assert_whole(sign)
        await pilot.press("3")
        await shows(pilot, "Your rating is kept")
        read_long_enough(sign)
        await until(pilot, lambda: not shows_rating(sign))
        await shows(pilot, "Paused until 10:00")


def assert_whole(sign: CounterSignApp) -> None:
    """Lines fill the screen, and no widget reaches beyond it."""
    strips = sign.screen._compositor.render_strips()
    assert {strip.cell_length for strip in strips} == {sign.size.width}
    for widget in sign.screen.query("*"):
        if widget.is_on_screen:
            assert sign.screen.region.contains_region(widget.region), widget


async def test_the_window_may_be_resized_at_any_time(
    sign: CounterSignApp, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=(20, 5)) as pilot:
        await until(pilot, lambda: is_asking(sign))
        for size in (*SIZES, (1, 1), *reversed(SIZES)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            strips = sign.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {sign.size.width}


async def test_other_counters_do_not_concern_it(here: OpenHall, other: OtherProgram) -> None:
    other.add(Counter(hall_id=1, number=4, names={"zh": "楼上窗口"}))
    for number in (1, 3):
        other.do(counters.open_counter, number, f"100{number}")
    sign = sign_of(here, 4)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Not open")
        visit(other)
        call(other, 3)
        screen = sign.screen
        assert isinstance(screen, CounterSignScreen)
        before = screen.view
        await until(pilot, lambda: screen.view is not before)
        assert big(sign) == "Not open" and not shows_rating(sign)
