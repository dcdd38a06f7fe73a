"""A printer that needs somebody is told at every counter, in one row that moves nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from rich.cells import cell_len

from counter.counter_app import CounterApp
from counter.message_line import MessageLine
from counter.printer_words import SILENT, TROUBLES, trouble_words
from counter.verb_bar import KeyLine, VerbBar
from db.tables import PrinterState
from hall.open_hall import OpenHall
from hall.printing.printers import PRINTS, SPOOLER_SILENT, Printer
from tests.counter.at_the_counter import (
    NINE,
    SIZE,
    Clock,
    OtherProgram,
    message,
    press,
    sits_down,
    until,
)
from tests.known_printers import FOLDER, NEAR_END, PAPER_OUT, READY, spooler_writes
from tests.screen_text import screen_text

Writes = Callable[..., None]


@pytest.fixture
def writes(other: OtherProgram, clock: Clock) -> Writes:
    def write(name: str, state: PrinterState, **facts: Any) -> None:
        spooler_writes(other.engine, name, state, clock(), **facts)

    return write


def printer(name: str = "kiosk", **facts: Any) -> Printer:
    known: dict[str, Any] = {
        "place": "",
        "state": PAPER_OUT,
        "detail": "",
        "seen_at": NINE,
        "silent": False,
        "stands_in_for": (),
        "waiting": 0,
        "oldest_at": None,
    }
    return Printer(name=name, **known | facts)


def say(words: str, **facts: object) -> str:
    return words.format(**facts)


def test_every_state_in_which_nothing_is_printed_has_words() -> None:
    assert set(TROUBLES) == {state.value for state in set(PrinterState) - PRINTS}


def test_what_is_told_of_a_printer() -> None:
    assert trouble_words(say, (), 78) == ""
    told = trouble_words(say, (printer(place="3F", waiting=2),), 78)
    assert told == "Printer kiosk (3F): out of paper, slips waiting: 2"
    told = trouble_words(say, (printer(state=NEAR_END, waiting=2), printer("b")), 78)
    assert told == "Printer kiosk: paper nearly at its end  and 1 more"
    assert SILENT in trouble_words(say, (printer(state=READY, silent=True),), 78)


@pytest.mark.parametrize("width", range(30, 130, 7))
def test_only_the_place_is_shortened(width: int) -> None:
    worst = printer(place="一楼大厅入口东侧自助取号机旁边" * 2, waiting=3)
    told = trouble_words(say, (worst, printer("b")), width)
    assert told.startswith("Printer kiosk")
    assert told.endswith(": out of paper, slips waiting: 3  and 1 more")
    if "(" in told:
        assert cell_len(told) <= width


async def test_all_is_well_and_nothing_is_said(at_one: CounterApp, writes: Writes) -> None:
    writes("default", READY)
    writes("kiosk", FOLDER)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert message(at_one) == ""


async def test_paper_that_comes_to_its_end_is_told_and_goes_when_it_is_there(
    at_one: CounterApp, writes: Writes
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        row = screen.query_one(MessageLine).region
        writes("default", NEAR_END, place="[red]Hall")
        told = "Printer default ([red]Hall): paper nearly at its end"
        await until(pilot, lambda: message(at_one) == told)
        assert told in screen_text(at_one)
        assert screen.query_one(MessageLine).region == row

        writes("default", READY, place="[red]Hall")
        await until(pilot, lambda: message(at_one) == "")


async def test_a_dead_printer_tells_how_many_slips_wait_for_it(
    at_one: CounterApp, other: OtherProgram, writes: Writes
) -> None:
    writes("default", PAPER_OUT)
    for _ in range(3):
        other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        told = "Printer default: out of paper, slips waiting: 3"
        await until(pilot, lambda: message(at_one) == told)


async def test_what_was_done_is_said_before_it_and_then_it_stands_again(
    at_one: CounterApp, writes: Writes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "counter.message_line.SECONDS", dict.fromkeys(("error", "warning", "good"), 1)
    )
    writes("default", PAPER_OUT)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await until(pilot, lambda: message(at_one).startswith("Printer"))
        await press(pilot, "n")
        assert message(at_one) == "Nobody waits for this counter."
        await until(pilot, lambda: message(at_one).startswith("Printer"))
        assert at_one.counter_screen.query_one(MessageLine).has_class("-standing")


async def test_a_trouble_that_comes_meanwhile_does_not_wipe_out_what_was_said(
    at_one: CounterApp, writes: Writes
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        screen = await sits_down(pilot)
        line = screen.query_one(MessageLine)
        line.hold("Read this")
        writes("default", PAPER_OUT)
        await until(pilot, lambda: line.standing != "")
        assert message(at_one) == "Read this"
        line.clear()
        assert message(at_one) == "Printer default: out of paper"


async def test_a_silent_spooler_shows_though_nobody_rings(
    at_one: CounterApp, writes: Writes, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counter.live_counter.LOOK_AGAIN_S", 0.1)
    writes("kiosk", READY)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert message(at_one) == ""
        clock.now += SPOOLER_SILENT + timedelta(seconds=1)
        await until(pilot, lambda: message(at_one) == f"Printer kiosk: {SILENT}")


async def test_the_printer_of_this_machine_comes_first(
    at_one: CounterApp, hall: OpenHall, writes: Writes
) -> None:
    hall.settings.printer.name = "mine"
    for name in ("another", "mine", "third"):
        writes(name, PAPER_OUT)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await until(pilot, lambda: message(at_one) == "Printer mine: out of paper  and 2 more")


@pytest.mark.parametrize("size", [(80, 24), (106, 33)])
async def test_it_takes_one_row_on_every_screen(
    at_one: CounterApp, writes: Writes, size: tuple[int, int]
) -> None:
    for name in ("default", "b" * 40):
        writes(name, PAPER_OUT, place="一楼大厅入口东侧自助取号机旁边咨询台左手" * 2)
    async with at_one.run_test(size=size) as pilot:
        screen = await sits_down(pilot)
        await until(pilot, lambda: message(at_one).startswith("Printer"))
        await pilot.pause()
        line = screen.query_one(MessageLine)
        assert line.region.height == 1
        assert cell_len(message(at_one)) <= line.content_size.width
        for part in (VerbBar, KeyLine):
            assert screen.region.contains_region(screen.query_one(part).region)

        await pilot.resize_terminal(70, 24)
        await until(pilot, lambda: cell_len(message(at_one)) <= 68)
