"""What a visit was about, entered at the counter; quick service and tickets for others."""

from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, Input, OptionList

from counter import case_operations
from counter.case_operations import Assisted
from counter.counter_app import CounterApp
from counter.dialogs.assist_dialog import AssistDialog
from counter.dialogs.matters_dialog import MattersDialog
from counter.dialogs.quick_dialog import QuickDialog
from counter.notice import notice_operations
from counter.operations import Told
from db.engine import writing
from db.tables import Case, CaseResult, PrintJob, Ticket
from hall.cases import cases
from hall.catalogue import catalogue
from hall.errors.tickets import ChangedMeanwhile
from hall.open_hall import OpenHall
from hall.tickets import calling, serving, transfers
from tests.counter.at_the_counter import (
    SIZE,
    OtherProgram,
    comes,
    counter_app,
    sits_down,
    until,
    words,
)


@pytest.fixture
def with_one(at_one: CounterApp, other: OtherProgram) -> CounterApp:
    """With A001 called there."""
    other.issue()
    other.do(calling.call_next, 1)
    return at_one


class Asked:
    """A dialog over the counter's screen, and what it answers."""

    def __init__(self, pilot: Pilot[None], dialog: Screen[Any]) -> None:
        self.pilot = pilot
        self.dialog = dialog
        self.answers: list[object] = []

    async def begin(self) -> None:
        await sits_down(self.pilot)
        self.pilot.app.push_screen(self.dialog, self.answers.append)
        await comes(self.pilot, type(self.dialog))


async def matters_come(pilot: Pilot[None], counter: int = 1) -> Asked:
    asked = Asked(pilot, MattersDialog(counter, 1, "A001"))
    await asked.begin()
    await until(pilot, lambda: not busy(asked))
    return asked


def busy(asked: Asked) -> bool:
    assert isinstance(asked.dialog, MattersDialog)
    return asked.dialog.busy or asked.dialog.matters is None


def recorded(app: CounterApp) -> list[str]:
    options = app.screen.query_one("#recorded", OptionList).options
    return [" ".join(str(option.prompt).split()[1:3]) for option in options]


def has_recorded(asked: Asked, app: CounterApp, count: int) -> bool:
    return not busy(asked) and len(recorded(app)) == count


def kept(other: OtherProgram) -> list[tuple[int, str]]:
    return [(case.service_id, case.result) for case in other.rows(Case)]


def highlighted_result(app: CounterApp) -> list[str | None]:
    return [one.id for one in app.screen.query(".kind").results(Button) if one.variant == "primary"]


@pytest.mark.usefixtures("patient_hand")
async def test_matters_are_recorded_one_after_the_other_and_the_last_is_told(
    with_one: CounterApp, other: OtherProgram
) -> None:
    async with with_one.run_test(size=SIZE) as pilot:
        asked = await matters_come(pilot)
        alone = words(with_one, "#by-itself")
        assert "T201" in alone and "Accepted" in alone
        await pilot.press("enter")
        await until(pilot, lambda: recorded(with_one) == ["Accepted T201"])
        assert not with_one.screen.query_one("#by-itself").display
        await pilot.press("down", "right", "right")
        await pilot.press("enter")
        await until(pilot, lambda: len(recorded(with_one)) == 2)
        await pilot.press("escape")
        await until(pilot, lambda: len(asked.answers) == 1)
    told = asked.answers[0]
    assert isinstance(told, Told)
    assert told.facts == {"number": "A001", "service": "D301", "count": 2}
    assert kept(other) == [(1, "accepted"), (2, "answered")]


@pytest.mark.usefixtures("hasty_hand")
async def test_enter_pressed_twice_records_once(with_one: CounterApp, other: OtherProgram) -> None:
    async with with_one.run_test(size=SIZE) as pilot:
        asked = await matters_come(pilot)
        with writing(other.engine):  # the first press has to wait
            await pilot.press("enter", "enter")
        await until(pilot, lambda: not busy(asked) and len(recorded(with_one)) == 1)
        await pilot.press("enter")
        assert "press again" in words(with_one, "#trouble")
        await pilot.press("f8")
        assert "press again" in words(with_one, "#trouble")
        assert len(kept(other)) == 1


@pytest.mark.usefixtures("patient_hand")
async def test_one_is_struck_out_the_last_one_or_the_one_chosen(
    with_one: CounterApp, other: OtherProgram
) -> None:
    async with with_one.run_test(size=SIZE) as pilot:
        asked = await matters_come(pilot)
        await pilot.press("f8")
        assert "Nothing is recorded" in words(with_one, "#trouble")
        for count in (1, 2, 3):
            await pilot.press(*["down"] * (count - 1 and 1), "enter")
            await until(pilot, partial(has_recorded, asked, with_one, count))
        await pilot.press("f8")
        await until(pilot, lambda: not busy(asked) and len(recorded(with_one)) == 2)
        assert kept(other) == [(1, "accepted"), (2, "accepted")]
        with_one.screen.query_one("#recorded").focus()
        await pilot.press("up", "delete")
        await until(pilot, lambda: not busy(asked) and recorded(with_one) == ["Accepted D301"])
        await pilot.press("f8")
        await until(pilot, lambda: not busy(asked) and not recorded(with_one))
        assert with_one.screen.query_one("#by-itself").display
        assert isinstance(with_one.focused, Input)  # the list that had it is gone


@pytest.mark.usefixtures("with_one")
async def test_what_another_counter_recorded_is_shown_and_not_struck_out(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(3)
    with writing(other.engine) as session:
        matter, _ = catalogue.service(session, other.rules, "D301")
        cases.record(session, other.rules, 1, matter, CaseResult.DONE, other.clock())
    other.do(transfers.to_counter, 1, 3)
    other.do(calling.call_next, 3)
    at_three = counter_app(hall, 3)
    async with at_three.run_test(size=SIZE) as pilot:
        asked = await matters_come(pilot, counter=3)
        row = str(at_three.screen.query_one("#recorded", OptionList).options[0].prompt)
        assert "Counter 1" in row and "first handled by 李四" in row
        assert at_three.screen.query_one("#by-itself").display
        await pilot.press("f8")
        assert "Nothing is recorded here" in words(at_three, "#trouble")
        at_three.screen.query_one("#recorded").focus()
        await pilot.press("delete")
        await until(pilot, lambda: "only it can" in words(at_three, "#trouble"))
        await until(pilot, lambda: not busy(asked))
    assert kept(other) == [(2, "done")]


async def test_typing_narrows_all_matters_and_what_is_not_there_is_told(
    with_one: CounterApp, other: OtherProgram
) -> None:
    async with with_one.run_test(size=(80, 24)) as pilot:
        await matters_come(pilot)
        await pilot.press(*"zz")
        assert words(with_one, "#trouble") == "No matter is called so."
        await pilot.press("enter")
        assert kept(other) == []
        await pilot.press("backspace", "backspace", *"d3", "enter")
        await until(pilot, lambda: kept(other) == [(2, "accepted")])
        await pilot.click("#result-told")
        assert highlighted_result(with_one) == ["result-told"]
        bottom = with_one.screen.query_one("#confirm").region.bottom
        assert bottom <= 24


async def test_a_matter_meant_for_one_citizen_is_never_the_next_ones(
    with_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with with_one.run_test(size=SIZE) as pilot:
        asked = await matters_come(pilot)
        other.do(serving.finish, 1)
        other.do(calling.call_next, 1)
        await pilot.press("enter")
        await until(pilot, lambda: "A002 in hand by now" in words(with_one, "#trouble"))
        await pilot.press("escape")
        await until(pilot, lambda: asked.answers == [None])
    assert kept(other) == [(1, "accepted")]  # by itself, when A001 ended
    with pytest.raises(ChangedMeanwhile):
        case_operations.strike(with_one.open_hall(), 1, 1, 1)


# -- quick service -------------------------------------------------------------------------------


async def test_quick_service_offers_what_the_counter_takes_and_begins(
    at_one: CounterApp, other: OtherProgram, hall: OpenHall
) -> None:
    offered = case_operations.quick_services(hall, 1)
    assert [service.code for service in offered] == ["T201"]
    async with at_one.run_test(size=SIZE) as pilot:
        asked = Asked(pilot, QuickDialog(offered))
        await asked.begin()
        assert "at once" in words(at_one, "#dialog-title")
        await pilot.press("enter")
        await until(pilot, lambda: asked.answers == [offered[0].service_id])
    told = case_operations.begin_quick(hall, 1, offered[0].service_id)
    assert told.facts == {"number": "A001"}
    assert other.states() == {"A001": "serving"}


# -- tickets for others --------------------------------------------------------------------------


async def test_a_ticket_for_somebody_takes_three_keys_once_the_dialog_is_there(
    at_one: CounterApp, other: OtherProgram, hall: OpenHall
) -> None:
    async with at_one.run_test(size=(80, 24)) as pilot:
        asked = Asked(pilot, AssistDialog(notice_operations.services(hall)))
        await asked.begin()
        await pilot.press("right", "enter", "enter")
        await until(pilot, lambda: len(asked.answers) == 1)
    answer = asked.answers[0]
    assert answer == Assisted(1, "elderly", "", False)
    assert isinstance(answer, Assisted)
    told = case_operations.assist(hall, answer, counter=1)
    assert told.facts["number"] == "A001"
    (ticket,) = other.rows(Ticket)
    assert (ticket.assisted_by_id, ticket.priority_class, ticket.origin) == (1, "elderly", "desk")


async def test_words_that_name_somebody_go_back_to_be_written_again(
    at_one: CounterApp, hall: OpenHall
) -> None:
    async with at_one.run_test(size=(80, 24)) as pilot:
        asked = Asked(pilot, AssistDialog(notice_operations.services(hall)))
        await asked.begin()
        await pilot.press(*"d301", "enter")
        at_one.screen.query_one("#assistance", Input).value = "13812345678"
        await pilot.press("enter")
        assert words(at_one, "#trouble").startswith("No telephone")
        assert at_one.screen.query_one("#confirm").region.bottom <= 24
        at_one.screen.query_one("#assistance", Input).value = "坐轮椅[b]"
        await pilot.press("f2", "enter")
        await until(pilot, lambda: len(asked.answers) == 1)
    assert asked.answers == [Assisted(2, "ordinary", "坐轮椅[b]", True)]


def test_at_the_desk_it_is_taken_by_who_sits_there(hall: OpenHall, other: OtherProgram) -> None:
    asked = Assisted(1, "ordinary", "坐轮椅", True)
    case_operations.assist(hall, asked, staff_number="1002")
    (ticket,) = other.rows(Ticket)
    assert ticket.assisted_by_id == 2
    assert [job.content.get("large_print") for job in other.rows(PrintJob)] == [True]


async def test_the_clerk_who_calls_reads_who_helps_and_with_what(
    at_one: CounterApp, other: OtherProgram, hall: OpenHall
) -> None:
    case_operations.assist(hall, Assisted(1, "ordinary", "坐轮椅[b]", False), staff_number="1002")
    other.do(calling.call_next, 1)
    async with at_one.run_test(size=(80, 24)) as pilot:
        await sits_down(pilot)
        assert words(at_one, "#origin") == "Assisted by 周五: 坐轮椅[b]"
        assert at_one.screen.query_one("#origin").display
