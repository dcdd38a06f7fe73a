"""Whether the slip comes out, and where: told before a number is taken, and beside it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len
from sqlalchemy import Engine
from sqlmodel import select

from db.engine import writing
from db.tables import PrinterState, PrintJob, PrintJobState
from hall.open_hall import OpenHall
from hall.printing.printers import SPOOLER_SILENT
from kiosk.kiosk_app import KioskApp
from kiosk.number.number_screen import NumberScreen
from kiosk.number.slip_words import ELSEWHERE, SLIP_WORDS
from kiosk.offer import SlipFate
from tests.kiosk.visitor import comes, groups_come, take_number, until
from tests.known_printers import FOLDER, NEAR_END, PAPER_OUT, READY, spooler_writes
from tests.screen_text import screen_text

LONG_PLACE = "三楼东侧住房公积金业务大厅综合服务区第二自助区十号取号机旁边的咨询服务台左手边"
"""Forty signs, as many as a place may have."""

Writes = Callable[..., None]


@pytest.fixture
def writes(engine: Engine, open_hall: OpenHall) -> Writes:
    open_hall.settings.kiosk.number_seconds = 600

    def write(name: str, state: PrinterState, at: datetime | None = None, **facts: object) -> None:
        spooler_writes(engine, name, state, at or open_hall.now(), **facts)  # type: ignore[arg-type]

    return write


def slip_words(app: KioskApp) -> str:
    return str(app.screen.query_one("#slip").render()).replace("\n", "")


def told(app: KioskApp, fate: SlipFate) -> str:
    return app.say(SLIP_WORDS[fate])


def news(app: KioskApp) -> str:
    """What stands above the choices of the first page; empty while nothing does."""
    label = app.screen.query_one("#slips-at-desk")
    return str(label.render()) if label.display and label.region else ""


def job_becomes(engine: Engine, state: PrintJobState) -> None:
    with writing(engine) as session:
        session.exec(select(PrintJob)).one().state = state


async def test_without_any_printer_the_number_is_to_be_remembered(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        assert news(kiosk) == ""
        await take_number(pilot)

        assert slip_words(kiosk) == told(kiosk, "no_printer")


async def test_a_printer_that_is_a_folder_is_none(kiosk: KioskApp, writes: Writes) -> None:
    writes("default", FOLDER)
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        assert news(kiosk) == ""
        await take_number(pilot)

        assert slip_words(kiosk) == told(kiosk, "no_printer")


@pytest.mark.parametrize("state", [READY, NEAR_END])
async def test_the_number_page_follows_its_slip(
    kiosk: KioskApp, engine: Engine, writes: Writes, state: PrinterState
) -> None:
    writes("default", state)
    async with kiosk.run_test() as pilot:
        await take_number(pilot)
        assert slip_words(kiosk) == told(kiosk, "printing")

        job_becomes(engine, PrintJobState.PRINTED)
        await until(lambda: slip_words(kiosk) == told(kiosk, "printed"))


@pytest.mark.parametrize("state", [PrintJobState.EXPIRED, PrintJobState.FAILED])
async def test_a_slip_that_came_to_nothing_is_at_the_desk(
    kiosk: KioskApp, engine: Engine, writes: Writes, state: PrintJobState
) -> None:
    writes("default", READY)
    async with kiosk.run_test() as pilot:
        await take_number(pilot)
        job_becomes(engine, state)

        await until(lambda: slip_words(kiosk) == told(kiosk, "at_desk"))
        assert kiosk.screen.query_one("#slip").has_class("remember")


async def test_a_printer_that_comes_back_prints_after_all(kiosk: KioskApp, writes: Writes) -> None:
    writes("default", PAPER_OUT)
    async with kiosk.run_test() as pilot:
        await take_number(pilot)
        assert slip_words(kiosk) == told(kiosk, "at_desk")

        writes("default", READY)
        await until(lambda: slip_words(kiosk) == told(kiosk, "printing"))


async def test_what_was_told_of_the_slip_last_is_told_in_the_other_language(
    kiosk: KioskApp, engine: Engine, writes: Writes
) -> None:
    writes("default", READY)
    async with kiosk.run_test() as pilot:
        await take_number(pilot)
        job_becomes(engine, PrintJobState.FAILED)
        await until(lambda: slip_words(kiosk) == told(kiosk, "at_desk"))

        await pilot.click("#other-language")
        await until(lambda: kiosk.wording.language == "en")
        await comes(pilot, NumberScreen)
        assert slip_words(kiosk) == SLIP_WORDS["at_desk"]


async def test_a_stand_in_says_where_it_stands(kiosk: KioskApp, writes: Writes) -> None:
    writes("default", PAPER_OUT)
    writes("desk", READY, place="[b]咨询台", stands_in_for=["default"])
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        assert news(kiosk) == ""
        await take_number(pilot)

        assert slip_words(kiosk) == kiosk.say(ELSEWHERE, place="[b]咨询台")


async def test_a_stand_in_nobody_knows_the_place_of_is_left_to_the_desk(
    kiosk: KioskApp, writes: Writes
) -> None:
    writes("default", PAPER_OUT)
    writes("desk", READY, stands_in_for=["default"])
    async with kiosk.run_test() as pilot:
        await take_number(pilot)

        assert slip_words(kiosk) == told(kiosk, "at_desk")


@pytest.mark.parametrize("size", [(80, 24), (106, 33)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_long_place_stays_on_the_page(
    open_hall: OpenHall, writes: Writes, size: tuple[int, int], language: str
) -> None:
    open_hall.settings.kiosk.settle_seconds = 0
    app = KioskApp(lambda: open_hall, language)
    writes("default", PAPER_OUT)
    writes("desk", READY, place=LONG_PLACE, stands_in_for=["default"])
    async with app.run_test(size=size) as pilot:
        await take_number(pilot)
        label = app.screen.query_one("#slip")
        assert LONG_PLACE in slip_words(app)
        assert app.screen.query_one("#page").region.contains_region(label.region)
        for line in str(label.render()).split("\n"):
            assert cell_len(line) <= label.size.width
        assert app.screen.query_one("#number").region.height >= 3


async def test_the_first_page_says_it_before_a_number_is_taken(
    kiosk: KioskApp, writes: Writes
) -> None:
    writes("default", PAPER_OUT)
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        assert news(kiosk) != ""

        writes("default", READY)
        await until(lambda: news(kiosk) == "")
        writes("default", PAPER_OUT)
        await until(lambda: news(kiosk) != "")


async def test_a_silent_spooler_is_noticed_though_nobody_rings(
    kiosk: KioskApp,
    open_hall: OpenHall,
    writes: Writes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kiosk.kiosk_shell.LOOK_AGAIN_S", 0.1)
    writes("default", READY)
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        assert news(kiosk) == ""

        later = open_hall.now() + SPOOLER_SILENT + timedelta(seconds=1)
        open_hall.now = lambda: later
        await until(lambda: news(kiosk) != "")
        await take_number(pilot)
        assert slip_words(kiosk) == told(kiosk, "at_desk")


@pytest.mark.parametrize("size", [(80, 24), (106, 33), (60, 90)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_saying_it_moves_no_button(
    open_hall: OpenHall, writes: Writes, size: tuple[int, int], language: str
) -> None:
    app = KioskApp(lambda: open_hall, language)
    writes("default", READY)
    async with app.run_test(size=size) as pilot:
        await groups_come(pilot)
        buttons = list(app.screen.query("ChoiceButton"))
        before = [button.region for button in buttons if button.display]
        writes("default", PAPER_OUT)
        await until(lambda: news(app) != "")
        await pilot.pause()

        after = [button.region for button in buttons if button.display]
        assert [region.size for region in after] == [region.size for region in before]
        if size[1] < 40:
            assert after == before
        label = app.screen.query_one("#slips-at-desk")
        assert "…" not in str(label.render())
        assert not any(label.region.overlaps(region) for region in after)
        assert str(label.render()).replace("\n", "")[:6] in screen_text(app)
