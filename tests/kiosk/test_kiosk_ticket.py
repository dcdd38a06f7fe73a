"""At the kiosk: from a touch to a number, once, or to the information desk."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

import db.write_lock
from db.engine import reading, writing
from db.tables import PrintJob, PriorityClass, Ticket
from hall.open_hall import OpenHall
from hall.priority_words import NAMES
from kiosk.choosing.classes_screen import ClassesScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.kiosk_app import KioskApp
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.desk_screen import DeskScreen
from kiosk.number.number_screen import NumberScreen
from kiosk.offer import GivenNumber, SlipNews
from tests.kiosk.visitor import (
    comes,
    enter_group,
    enter_matter,
    groups_come,
    kiosk_of,
    take_number,
    touch,
    until,
)
from ui.big_text import BigText


def tickets_in(engine: Engine) -> list[Ticket]:
    with reading(engine) as session:
        return list(session.exec(select(Ticket).order_by(col(Ticket.id))).all())


def words(app: KioskApp, part: str) -> str:
    return str(app.screen.query_one(part).render()).replace("\n", "")


async def test_three_touches_give_a_number_of_the_right_group(
    kiosk: KioskApp, engine: Engine
) -> None:
    async with kiosk.run_test() as pilot:
        screen = await take_number(pilot, group=2)

        assert screen.query_one(BigText).text == "B001"
    (ticket,) = tickets_in(engine)
    assert (ticket.name, ticket.group_id, ticket.language) == ("B001", 2, "zh")
    assert ticket.priority_class == PriorityClass.ORDINARY
    with reading(engine) as session:
        assert session.exec(select(PrintJob.ticket_id)).all() == [ticket.id]


async def test_a_second_press_gives_no_second_number(kiosk: KioskApp, engine: Engine) -> None:
    async with kiosk.run_test() as pilot:
        await enter_matter(pilot)
        with writing(engine):  # another program is writing, so the first number has to wait
            await pilot.click("#take-number")
            await pilot.pause(0.3)  # outlasts the moment in which a Button ignores presses anyway
            await pilot.click("#take-number")
        await comes(pilot, NumberScreen)
        await until(lambda: not any(worker.group == "number" for worker in kiosk.workers))

    assert [ticket.name for ticket in tickets_in(engine)] == ["A001"]


async def test_presses_already_queued_give_one_number(kiosk: KioskApp, engine: Engine) -> None:
    async with kiosk.run_test() as pilot:
        screen = await enter_matter(pilot)
        for _ in range(3):
            screen.want_number()
        await comes(pilot, NumberScreen)
        screen.want_number()  # even one that arrives when the number is out
        await pilot.pause()
        await until(lambda: not any(worker.group == "number" for worker in kiosk.workers))

    assert [ticket.name for ticket in tickets_in(engine)] == ["A001"]


async def test_the_tap_after_the_first_belongs_to_the_page_before(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        open_hall.settings.kiosk.settle_seconds = 5
        first_page = kiosk.screen
        assert isinstance(first_page, GroupsScreen)
        first_page.shown_at -= 5
        await touch(pilot, "#choice-1")
        await comes(pilot, ServicesScreen)
        await pilot.pause(0.3)  # outlasts the moment in which a Button ignores presses anyway
        await touch(pilot, "#choice-1")
        await touch(pilot, "#choice-1")
        assert isinstance(kiosk.screen, ServicesScreen)

        open_hall.settings.kiosk.settle_seconds = 0
        await touch(pilot, "#choice-1")
        await comes(pilot, MatterScreen)


async def test_a_line_that_stays_locked_sends_to_the_desk_and_recovers(
    kiosk: KioskApp, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.write_lock, "LOCK_WAIT_S", 0.1)
    async with kiosk.run_test() as pilot:
        await enter_matter(pilot)
        with writing(engine):
            await pilot.click("#take-number")
            await comes(pilot, DeskScreen)
        assert kiosk.screen.query_one(BigText).text == kiosk.say(
            "Please ask at the information desk."
        )
        assert "hall.db" in words(kiosk, "#reason")
        assert tickets_in(engine) == []

        await pilot.click("#back")
        screen = await take_number(pilot)

        assert screen.given.number == "A001"


async def test_what_the_rules_refuse_is_told_at_the_desk(kiosk: KioskApp, engine: Engine) -> None:
    async with kiosk.run_test() as pilot:
        screen = await enter_matter(pilot)
        screen.service = replace(screen.service, code="GONE")  # out of the catalogue this moment
        screen.want_number()
        await comes(pilot, DeskScreen)

        assert "GONE" in words(kiosk, "#reason")
        await pilot.press("enter", "escape")
        await groups_come(pilot)
    assert tickets_in(engine) == []


async def test_the_class_chosen_is_the_tickets_and_only_this_visits(
    kiosk: KioskApp, engine: Engine
) -> None:
    async with kiosk.run_test() as pilot:
        await enter_group(pilot, 1)
        await pilot.click("#priority")
        await comes(pilot, ClassesScreen)
        await pilot.click("#choice-3")
        await comes(pilot, ServicesScreen)
        assert kiosk.say("Pregnant women") in words(kiosk, "#no-priority")
        await pilot.click("#choice-1")
        await comes(pilot, MatterScreen)
        await pilot.click("#take-number")
        await comes(pilot, NumberScreen)
        await pilot.click("#number")
        await take_number(pilot)

    assert [ticket.priority_class for ticket in tickets_in(engine)] == ["pregnant", "ordinary"]


async def test_a_class_can_be_undone(kiosk: KioskApp, engine: Engine) -> None:
    async with kiosk.run_test() as pilot:
        await enter_group(pilot, 1)
        await pilot.click("#priority")
        await comes(pilot, ClassesScreen)
        await pilot.click("#choice-1")
        await comes(pilot, ServicesScreen)
        await pilot.click("#no-priority")
        await until(lambda: bool(kiosk.screen.query("#priority")))
        await pilot.pause()
        await pilot.click("#choice-1")
        await comes(pilot, MatterScreen)
        await pilot.click("#take-number")
        await comes(pilot, NumberScreen)

    assert [ticket.priority_class for ticket in tickets_in(engine)] == ["ordinary"]


def test_every_class_of_the_hall_can_be_chosen() -> None:
    assert set(NAMES) == {one.value for one in PriorityClass} - {PriorityClass.ORDINARY.value}


async def test_the_slip_is_in_the_language_of_the_visitor(kiosk: KioskApp, engine: Engine) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await pilot.click("#other-language")
        await until(lambda: kiosk.visit.language == "en")
        screen = await take_number(pilot)

        assert words(kiosk, "#your-number") == "Your number"
        assert screen.given.service["en"] in words(kiosk, "#service")
    assert tickets_in(engine)[0].language == "en"


async def test_keys_alone_give_a_number(kiosk: KioskApp, engine: Engine) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await pilot.press("2")
        await comes(pilot, ServicesScreen)
        await pilot.press("escape")
        await groups_come(pilot)
        await pilot.press("tab", "tab", "enter")
        await comes(pilot, ServicesScreen)
        await until(lambda: kiosk.screen.query_one("#choice-1").display)
        await pilot.press("1")
        await comes(pilot, MatterScreen)
        await pilot.press("enter")
        await comes(pilot, NumberScreen)

    assert [ticket.name for ticket in tickets_in(engine)] == ["B001"]


@pytest.mark.parametrize(
    ("wait", "counters", "told"),
    [
        (None, (), "No counter is open for this yet; please watch the board."),
        ((0, 12), (3,), "expected wait: up to 12 min"),
        ((8, 20), (3, 5), "expected wait: 8 to 20 min"),
    ],
)
async def test_the_wait_is_a_range_or_not_known(
    kiosk: KioskApp, wait: tuple[int, int] | None, counters: tuple[int, ...], told: str
) -> None:
    kiosk.first_language = "en"
    async with kiosk.run_test() as pilot:
        kiosk_of(pilot).start_again()
        await groups_come(pilot)
        given = GivenNumber(1, "A012", {"en": "Loans"}, counters, 4, wait, SlipNews("no_printer"))
        kiosk.post_message(KioskApp.NumberGiven(given))
        await comes(pilot, NumberScreen)

        assert words(kiosk, "#wait") == f"4 ahead of you  {told}"
        assert all(str(number) in words(kiosk, "#where") for number in counters)
