"""A call for help is answered with one key, and never another in its place."""

import time
from datetime import timedelta

from sqlmodel import Session

from counter.supervisor.row_list import REPLACED_S, RowList
from counter.supervisor.supervisor_asker import AnswerDialog, RefuseLeaveDialog
from db.tables import (
    Clerk,
    Counter,
    HelpKind,
    HelpRequest,
)
from hall.announcing import bulletins
from hall.counters import counters, help_requests
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import OtherProgram, comes, until
from tests.counter.supervisor.at_the_console import (
    alarms,
    asks,
    console,
    tells,
)


async def test_leave_to_pause_is_granted_with_one_key(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    asks(other, HelpKind.PAUSE, timedelta(minutes=30))
    async with console(hall) as (pilot, _):
        await pilot.press("g")
        await tells(pilot, "paused")
    assert other.rows(Counter)[0].state == "paused"


async def test_leave_is_refused_with_a_reason_they_read(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(1)
    asks(other, HelpKind.PAUSE)
    async with console(hall) as (pilot, screen):
        await pilot.press("f")
        await comes(pilot, RefuseLeaveDialog)
        await pilot.press("enter")
        await tells(pilot, "refused")
        await until(pilot, lambda: alarms(screen) == [])
    (asked,) = other.rows(HelpRequest)
    assert asked.granted is False and asked.answer
    assert other.rows(Counter)[0].state == "open"


async def test_of_two_that_ask_the_chosen_one_is_granted(
    hall: OpenHall, other: OtherProgram
) -> None:
    def ask(session: Session, rules: HallRules, number: int, now) -> None:  # type: ignore[no-untyped-def]
        here = counters.by_number(session, rules, number)
        help_requests.ask(
            session, rules, HelpKind.PAUSE, f"counter {number}", here, None, "开会", now
        )

    for number in (1, 3):
        other.open(number)
        other.do(ask, number)
    async with console(hall) as (pilot, screen):
        await pilot.press("tab", "down")
        await until(pilot, lambda: screen.alarm is not None and screen.alarm.counter == 3)
        await pilot.press("g")
        await tells(pilot, "paused")
    assert [one.state for one in other.rows(Counter)] == ["open", "closed", "paused"]


async def test_a_key_meant_for_a_row_that_has_gone_does_nothing_to_the_one_in_its_place(
    hall: OpenHall, other: OtherProgram, manager: None
) -> None:
    clerk = other.rows(Clerk)[2]
    for text in ("甲", "乙"):
        other.do(bulletins.put_up, {"zh": text}, None, clerk)
    async with console(hall) as (pilot, screen):
        await pilot.press("4")
        shown = screen.query_one("#bulletins", RowList)
        await until(pilot, lambda: shown.chosen == "1" and len(shown.rows) == 2)
        other.do(bulletins.take_down, 1, clerk)
        await until(pilot, lambda: shown.chosen == "2")
        shown.replaced_at = time.monotonic()
        await pilot.press("x")
        await tells(pilot, "Look again")
        shown.replaced_at -= REPLACED_S
        await pilot.press("x")
        await tells(pilot, "not on the board any more")


async def test_a_call_for_the_manager_is_answered(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    asks(other, HelpKind.DUTY_MANAGER)
    async with console(hall) as (pilot, _):
        await pilot.press("a")
        await comes(pilot, AnswerDialog)
        await pilot.press("enter")
        await tells(pilot, "answered")
    assert other.rows(HelpRequest)[0].answer == "I am coming"


async def test_granting_when_nobody_asks_does_nothing(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, _):
        await pilot.press("g")
        await tells(pilot, "Choose")
