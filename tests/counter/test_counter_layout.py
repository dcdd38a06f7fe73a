"""Every verb and every key has its place, on the smallest screen too, in both languages."""

import pytest
from rich.cells import cell_len

from counter.counter_app import CounterApp
from counter.help_overlay import HelpOverlay
from counter.verb_bar import KeyLine, VerbButton
from counter.verbs import ALWAYS, BESIDE_THE_CLASS, KEYS, LABELS, Verb, applicable, next_step
from hall.counters import counters
from hall.open_hall import OpenHall
from hall.tickets import calling, holding, serving
from tests.counter.at_the_counter import (
    Clock,
    OtherProgram,
    comes,
    counter_app,
    enabled,
    press,
    sits_down,
    until,
)
from tests.screen_text import screen_text

SIZES = pytest.mark.parametrize("size", [(80, 24), (100, 30), (106, 33)])
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


def in_language(hall: OpenHall, language: str) -> CounterApp:
    return CounterApp(lambda: hall, 1, language) if language == "zh" else counter_app(hall, 1)


def one_absent_one_aside_one_called(other: OtherProgram, clock: Clock) -> None:
    for _ in range(4):
        other.issue()
    other.open(1)
    other.do(calling.call_next, 1)
    for _ in range(2):
        clock.pass_by(seconds=11)
        other.do(calling.recall, 1)
    other.do(serving.no_show, 1)
    other.do(calling.call_next, 1)
    other.do(holding.hold, 1, "去复印")
    other.do(calling.call_next, 1)


@SIZES
@LANGUAGES
async def test_every_button_shows_its_key_and_name_whole(
    hall: OpenHall, other: OtherProgram, size: tuple[int, int], language: str
) -> None:
    other.open(1)
    app = in_language(hall, language)
    async with app.run_test(size=size) as pilot:
        screen = await sits_down(pilot)
        buttons = list(screen.query(VerbButton))
        assert {button.verb for button in buttons} == set(Verb) - {BESIDE_THE_CLASS}
        for button in buttons:
            label = f"{KEYS[button.verb]} {app.say(LABELS[button.verb])}"
            assert screen.region.contains_region(button.region), button.verb
            assert button.content_size.width >= cell_len(label), label
        places = {(button.region.x, button.region.y) for button in buttons}
        assert len(places) == len(buttons)


@SIZES
@LANGUAGES
async def test_the_line_of_keys_names_what_is_no_button_and_is_not_cut(
    hall: OpenHall, other: OtherProgram, clock: Clock, size: tuple[int, int], language: str
) -> None:
    one_absent_one_aside_one_called(other, clock)
    app = in_language(hall, language)
    async with app.run_test(size=size) as pilot:
        screen = await sits_down(pilot)
        line = screen.query_one(KeyLine)
        shown = "\n".join(screen_text(app).split("\n")[line.region.y : line.region.bottom])
        assert f"{app.say('Enter')} {app.say(LABELS[Verb.START])}" in shown
        for key, meaning in (("F1", "Help"), ("Ctrl+L", "Lock"), ("Ctrl+Q", "Quit")):
            assert f"{key} {app.say(meaning)}" in shown


@SIZES
@LANGUAGES
async def test_the_page_of_keys_can_be_read_to_its_end(
    hall: OpenHall, other: OtherProgram, size: tuple[int, int], language: str
) -> None:
    other.open(1)
    app = in_language(hall, language)
    async with app.run_test(size=size) as pilot:
        await sits_down(pilot)
        await pilot.press("f1")
        await comes(pilot, HelpOverlay)
        await pilot.pause()
        page = app.screen.query_one("#dialog")
        assert page.max_scroll_y == 0 or size[1] < 33
        await pilot.press("end")
        await until(pilot, lambda: page.scroll_y == page.max_scroll_y)
        await pilot.pause()
        last = list(app.screen.query("#dialog > Static"))[-1]
        assert app.screen.region.contains_region(last.region)


async def test_what_is_offered_fits_the_state_of_counter_and_ticket(
    hall: OpenHall, other: OtherProgram, clock: Clock
) -> None:
    one_absent_one_aside_one_called(other, clock)
    app = counter_app(hall, 1)
    always = ALWAYS | {Verb.BRING_BACK}
    in_hand = always | {Verb.FINISH, Verb.HOLD, Verb.TRANSFER, Verb.MATTERS}
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await sits_down(pilot)
        called = in_hand | {Verb.RECALL, Verb.START, Verb.NO_SHOW}
        assert enabled(app) == called | {Verb.UNDO}
        await press(pilot, "s")
        assert enabled(app) == in_hand | {Verb.UNDO}
        await press(pilot, "f")
        empty = always | {Verb.NEXT, Verb.CALL, Verb.QUICK, Verb.RESUME, Verb.CLOSE}
        assert enabled(app) == empty | {Verb.UNDO}
        assert next_step(screen.view) is Verb.NEXT
        await press(pilot, "n", "f")
        assert next_step(screen.view) is Verb.RESUME  # nobody waits, one of ours is put aside
        other.open(3)  # takes the same: the last one would need leave to pause
        other.do(counters.pause, 1, "用餐")
        await until(pilot, lambda: next_step(screen.view) is Verb.REOPEN)
        assert enabled(app) == always | {Verb.REOPEN, Verb.CLOSE}
        other.do(counters.close, 1)
        await until(pilot, lambda: applicable(screen.view) == frozenset())
