"""The manager sees what needs somebody and does it with one key; who may only look, looks."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlmodel import Session, select
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from counter.desk.message_dialog import MessageDialog
from counter.desk.words_dialog import WordsDialog
from counter.supervisor.announce_dialog import AnnounceDialog
from counter.supervisor.bulletin_dialog import BulletinDialog
from counter.supervisor.groups_dialog import GroupsDialog
from counter.supervisor.hall_pages import HallPages
from counter.supervisor.life_screen import LifeScreen
from counter.supervisor.release_dialog import ReleaseDialog
from counter.supervisor.row_list import REPLACED_S, RowList
from counter.supervisor.supervisor_app import SupervisorApp
from counter.supervisor.supervisor_asker import AnswerDialog, RefuseLeaveDialog
from counter.supervisor.supervisor_bar import SupervisorHelp, SupervisorVerbButton
from counter.supervisor.supervisor_screen import SupervisorScreen
from db.engine import reading, writing
from db.tables import (
    Announcement,
    Bulletin,
    Clerk,
    Counter,
    CounterGroup,
    CounterMessage,
    HelpKind,
    HelpRequest,
)
from hall.announcing import bulletins
from hall.counters import counters, help_requests
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.tickets import calling, serving
from tests.counter.at_a_station import said, sign_in, station_app, works
from tests.counter.at_the_counter import Clock, OtherProgram, comes, until, words
from tests.screen_text import screen_text
from tests.signing_in import CHEAP, RIGHT, with_password

SIZE = (110, 34)


@pytest.fixture(autouse=True)
def manager(hall: OpenHall) -> None:
    """1003 is the duty manager, 1002 of supervision."""
    with writing(hall.engine) as session:
        session.get_one(Clerk, 3).role = "duty_manager"
        session.get_one(Clerk, 2).role = "supervision"


@asynccontextmanager
async def console(
    hall: OpenHall, staff_number: str = "1003", size: tuple[int, int] = SIZE
) -> AsyncIterator[tuple[Pilot[None], SupervisorScreen]]:
    app = station_app(hall, SupervisorApp)
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, staff_number)
        screen = await works(pilot)
        assert isinstance(screen, SupervisorScreen)
        await pilot.pause()
        yield pilot, screen


async def tells(pilot: Pilot[None], part: str) -> None:
    app = pilot.app
    assert isinstance(app, SupervisorApp)
    await until(pilot, lambda: part in said(app) and not app.station_screen.busy)


def alarms(screen: SupervisorScreen) -> list[str]:
    return [key for key, _ in screen.query_one("#alarms", RowList).rows]


def row(screen: SupervisorScreen, page: str, key: str) -> str:
    rows = dict(screen.query_one(f"#{page}", RowList).rows)
    return rows[key].plain


def asks(other: OtherProgram, kind: HelpKind, until_: timedelta | None = None) -> None:
    def ask(session: Session, rules: HallRules, now) -> None:  # type: ignore[no-untyped-def]
        here = counters.by_number(session, rules, 1)
        clerk = session.get_one(Clerk, 1)
        moment = now + until_ if until_ is not None else None
        help_requests.ask(session, rules, kind, "counter 1", here, clerk, "开会", now, moment)

    other.do(ask)


def groups_of(other: OtherProgram, counter: int) -> set[int]:
    return {one.group_id for one in other.rows(CounterGroup) if one.counter_id == counter}


# -- looking -------------------------------------------------------------------------------------


async def test_all_is_well_until_somebody_is_needed_and_then_again(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(1)
    async with console(hall) as (pilot, screen):
        assert words(pilot.app, "#all-well") == "All is well"
        other.issue("D301")
        await until(pilot, lambda: alarms(screen) == ["line/贷款"])
        assert "1" in words(pilot.app, "#all-well")
        other.open(3)
        await until(pilot, lambda: alarms(screen) == [])
        assert words(pilot.app, "#all-well") == "All is well"


async def test_enter_on_an_alarm_goes_there(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    other.issue("T201")
    other.do(calling.call_next, 1)
    hall.now.pass_by(minutes=40)  # type: ignore[attr-defined]
    async with console(hall) as (pilot, screen):
        assert alarms(screen)[0] == "ticket/A001"
        await pilot.press("3", "tab", "enter")
        pages = screen.query_one(HallPages)
        await until(pilot, lambda: pages.page == "counters" and pages.counter is not None)
        await until(pilot, lambda: "A001" in words(pilot.app, "#detail"))
        assert "40 min" in row(screen, "counters", "1")


async def test_what_is_chosen_stays_chosen(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("2", "down", "down")
        pages = screen.query_one(HallPages)
        await until(pilot, lambda: pages.counter is not None and pages.counter.number == 3)
        other.open(1)
        other.issue()
        await until(pilot, lambda: "李四" in row(screen, "counters", "1"))
        assert pages.counter is not None and pages.counter.number == 3
        assert screen.focused is pages.rows_of("counters")


async def test_every_page_has_what_it_is_named_for(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    other.issue()
    async with console(hall) as (pilot, screen):
        assert "1" in row(screen, "lines", "提取")
        await pilot.press("3")
        await until(pilot, lambda: "kiosk" in dict(screen.query_one("#devices", RowList).rows))
        assert "no speaker has run yet" in row(screen, "devices", "voice/hall")
        await pilot.press("4")
        await until(pilot, lambda: "Nothing is announced" in screen_text(pilot.app))
        await pilot.press("5")
        listed = screen.query_one("#figures", RowList)
        await until(pilot, lambda: "no-materials" in dict(listed.rows))
        assert "█" in row(screen, "figures", "load/09:00")


@pytest.mark.parametrize("size", [(80, 24), (106, 33), (160, 50)])
async def test_it_fits(hall: OpenHall, other: OtherProgram, size: tuple[int, int]) -> None:
    other.open(1)
    other.issue("D301")
    asks(other, HelpKind.EMERGENCY)
    with writing(hall.engine) as session:
        session.get_one(Counter, 1).names = {"zh": "一个名字非常非常长的综合业务受理窗口" * 3}
    async with console(hall, size=size) as (pilot, screen):
        for page in "2345":
            await pilot.press(page)
            await pilot.pause()
        for button in screen.query(SupervisorVerbButton):
            assert button.region.height >= 1 and button.region.bottom < size[1]
            assert button.size.width > 3
        assert screen.query_one("#keys").region.bottom == size[1]
        assert screen.query_one("#pages").size.height >= 5


# -- calls for help ------------------------------------------------------------------------------


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


async def test_the_row_that_takes_the_place_of_the_chosen_one_is_known_to_be_new() -> None:
    rows = RowList()
    async with one_widget(rows).run_test():
        rows.fill([("a", Content("a")), ("b", Content("b"))])
        assert not rows.just_replaced
        rows.fill([("b", Content("b"))])
        assert rows.just_replaced


def one_widget(widget: Widget) -> App[None]:
    class OneWidget(App[None]):
        def compose(self) -> ComposeResult:
            yield widget

    return OneWidget()


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


# -- counters and tickets ------------------------------------------------------------------------


async def test_a_counter_takes_what_is_ticked(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("c")
        await tells(pilot, "Choose the counter")
        await until(pilot, lambda: screen.query_one(HallPages).counter is not None)
        await pilot.press("c")
        await comes(pilot, GroupsDialog)
        await pilot.press("down", "space", "enter")
        await tells(pilot, "takes from its next call on")
        assert groups_of(other, 1) == {1, 2}
        await pilot.press("enter")
        await comes(pilot, GroupsDialog)
        await pilot.press("w")
        await until(pilot, lambda: groups_of(other, 1) == {1})


async def test_all_matters_with_one_key_and_enter(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("2")
        await until(pilot, lambda: screen.query_one(HallPages).counter is not None)
        await pilot.press("o")
        await comes(pilot, GroupsDialog)
        await pilot.press("enter")
        await until(pilot, lambda: groups_of(other, 1) == {1, 2})


async def test_a_counter_that_would_leave_people_alone_is_refused(
    hall: OpenHall, other: OtherProgram
) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("2", "down")
        await until(pilot, lambda: getattr(screen.query_one(HallPages).counter, "number", 0) == 2)
        with writing(hall.engine) as session:
            session.delete(session.get_one(CounterGroup, (3, 2)))
        await pilot.press("c")
        await comes(pilot, GroupsDialog)
        await pilot.press("space", "down", "space", "enter")
        await tells(pilot, "No counter would take")
    assert groups_of(other, 2) == {2}


async def test_a_stuck_ticket_goes_back_to_the_line(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    other.issue()
    other.do(calling.call_next, 1)
    async with console(hall) as (pilot, screen):
        await pilot.press("2")
        await until(pilot, lambda: screen.query_one(HallPages).counter is not None)
        await pilot.press("r")
        await comes(pilot, ReleaseDialog)
        assert pilot.app.screen.query_one("#ticket-number", Input).value == "A001"
        await pilot.press("enter")
        await tells(pilot, "A001 is back in the line")
    assert other.states() == {"A001": "waiting"}


async def test_one_that_moved_on_while_it_was_asked_stays_where_it_is(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(1)
    other.issue()
    other.do(calling.call_next, 1)
    async with console(hall) as (pilot, screen):
        await pilot.press("2")
        await until(pilot, lambda: screen.query_one(HallPages).counter is not None)
        await pilot.press("r")
        await comes(pilot, ReleaseDialog)
        view = screen.view
        screen.looking = True  # the news has not come yet
        other.do(serving.start, 1)
        assert screen.view is view
        await pilot.press("enter")
        await tells(pilot, "nothing was done")
    assert other.states() == {"A001": "serving"}


async def test_a_word_to_a_counter(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    async with console(hall) as (pilot, _):
        await pilot.press("m")
        await comes(pilot, MessageDialog)
        await pilot.press(*"come", "enter")
        await tells(pilot, "Told")
    assert [(one.counter_id, one.text) for one in other.rows(CounterMessage)] == [(1, "come")]


async def test_the_life_of_a_ticket(hall: OpenHall, other: OtherProgram) -> None:
    other.open(1)
    other.issue()
    other.do(calling.call_next, 1)
    async with console(hall) as (pilot, _):
        await pilot.press("t")
        await comes(pilot, WordsDialog)
        await pilot.press(*"a001", "enter")
        await comes(pilot, LifeScreen)
        text = screen_text(pilot.app)
        assert "The life of A001" in text and "called" in text and "Counter 1" in text
        await pilot.press("escape", "t")
        await comes(pilot, WordsDialog)
        await pilot.press(*"Z9", "enter")
        await tells(pilot, "no ticket")


# -- everyone ------------------------------------------------------------------------------------


async def test_a_bulletin_is_put_up_and_taken_down(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("b")
        await comes(pilot, BulletinDialog)
        pilot.app.screen.query_one("#zh", Input).value = "请排队"
        await pilot.press("enter", "enter", *"08:00", "enter")
        await until(pilot, lambda: "no time later today" in words(pilot.app, "#trouble"))
        pilot.app.screen.query_one("#until", Input).value = "12:30"
        await pilot.press("enter")
        await tells(pilot, "on the board")
        await pilot.press("x")
        await tells(pilot, "Choose what is taken down")
        await until(pilot, lambda: screen.query_one(HallPages).bulletin_id is not None)
        await pilot.press("x")
        await tells(pilot, "not on the board any more")
    assert [one.shown for one in other.rows(Bulletin)] == [False]


async def test_speaking_to_all_takes_two_keys_and_enter_is_not_the_second(
    hall: OpenHall, other: OtherProgram
) -> None:
    async with console(hall) as (pilot, _):
        await pilot.press("n")
        await comes(pilot, AnnounceDialog)
        await pilot.press("y")
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        assert other.rows(Announcement) == []
        await pilot.press("y")
        await tells(pilot, "again and again")
        await until(pilot, lambda: "said until it is taken down" in screen_text(pilot.app))
    (spoken,) = other.rows(Announcement)
    assert other.rows(Bulletin)[0].emergency == "evacuate"
    assert (spoken.priority, spoken.zone) == (0, "hall") and "安全出口" in spoken.content["text"][
        "zh"
    ]


async def test_own_words_are_spoken(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, _):
        await pilot.press("n")
        await comes(pilot, AnnounceDialog)
        await pilot.press("end", "enter")
        pilot.app.screen.query_one("#zh", Input).value = "请稍候"
        await pilot.press("enter", "enter", "y")
        await tells(pilot, "spoken next")
    assert other.rows(Announcement)[0].content == {"text": {"zh": "请稍候"}}


# -- rights --------------------------------------------------------------------------------------


async def test_supervision_looks_and_is_offered_nothing_to_do(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(1)
    asks(other, HelpKind.PAUSE)
    async with console(hall, "1002") as (pilot, screen):
        shown = {
            one.supervisor_verb.value for one in screen.query(SupervisorVerbButton) if one.display
        }
        assert shown == {"life"}
        for key in "gfacormbxn":
            await pilot.press("2", key)
            await pilot.pause()
            assert pilot.app.screen is screen
        assert "another right" in said(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f1")
        await comes(pilot, SupervisorHelp)
        assert "Announce" not in screen_text(pilot.app)
    assert other.rows(HelpRequest)[0].ended_at is None


async def test_a_right_lost_meanwhile_is_refused_by_the_operation(
    hall: OpenHall, other: OtherProgram
) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("n")
        await comes(pilot, AnnounceDialog)
        screen.looking = True
        with writing(hall.engine) as session:
            session.get_one(Clerk, 3).role = "clerk"
        await pilot.press("enter", "y")
        await tells(pilot, "does not have the right")
    assert other.rows(Announcement) == []


async def test_locked_it_shows_nothing_of_the_hall(hall: OpenHall, other: OtherProgram) -> None:
    hall.settings.accounts = CHEAP.model_copy()
    with_password(hall, "1003")
    app = station_app(hall, SupervisorApp)
    async with app.run_test(size=SIZE) as pilot:
        await sign_in(pilot, "1003", RIGHT)
        await works(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: app.colleague is None and app.screen is not app.station_screen)
        assert "提取" not in screen_text(app)


async def test_an_urgent_text_that_stands_is_taken_down_from_its_page(
    hall: OpenHall, other: OtherProgram, clock: Clock
) -> None:
    def speak(session: Session, rules: HallRules, now) -> None:  # type: ignore[no-untyped-def]
        bulletins.speak_to_all(session, rules, {"zh": "请稍候"}, session.get_one(Clerk, 3), now)

    other.do(speak)
    async with console(hall) as (pilot, screen):
        await pilot.press("4")
        await until(pilot, lambda: screen.query_one(HallPages).bulletin_id == 1)
        assert "Spoken" in row(screen, "bulletins", "1")
        await pilot.press("x")
        await tells(pilot, "not on the board")
    with reading(hall.engine) as session:
        assert session.exec(select(Announcement)).one().state == "expired"


def test_the_list_of_usual_texts_names_each() -> None:
    from counter.supervisor.announce_dialog import TITLES
    from hall.announcing.prepared_texts import TEXTS

    assert list(TITLES) == list(TEXTS)
    assert all(text.keys() == {"zh", "en"} for text in TEXTS.values())


async def test_the_row_in_the_place_of_one_that_has_gone_is_chosen(
    hall: OpenHall, other: OtherProgram
) -> None:
    """So that a key pressed again and again goes through the list."""
    async with console(hall) as (pilot, screen):
        listed = screen.query_one("#bulletins", RowList)
        for text in ("一", "二", "三"):
            with writing(hall.engine) as session:
                manager = session.get_one(Clerk, 3)
                bulletins.put_up(session, hall.rules, {"zh": text}, None, manager, hall.now())
        await pilot.press("4")
        await until(pilot, lambda: len(listed.rows) == 3)
        await pilot.press("down", "x")
        await until(pilot, lambda: len(listed.rows) == 2)
        assert listed.chosen == "3"
        assert isinstance(listed, OptionList) and isinstance(screen.query_one("#detail"), Static)
