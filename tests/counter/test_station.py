"""Nobody works at a station under another's name, and nobody sees it who does not work there."""

import pytest
from textual.widgets import Input

from counter.sign_in.sign_in_dialogs import NewPasswordDialog, TakeOverDialog
from counter.station.station_sign_in import StationSignIn
from db.engine import writing
from db.tables import SignIn
from hall.accounts import station_sign_in
from hall.accounts.sign_in import sign_in as sit_down
from hall.accounts.stations import Station
from hall.counters import counters
from hall.open_hall import OpenHall
from tests.counter.at_a_station import ConsoleApp, Question, said, sign_in, station_app, works
from tests.counter.at_the_counter import Clock, OtherProgram, comes, until, words
from tests.signing_in import CHEAP, RIGHT, WRONG, journalled, with_password


@pytest.fixture
def guarded(hall: OpenHall) -> OpenHall:
    """Clerks 1001 and 1002 have passwords."""
    hall.settings.accounts = CHEAP.model_copy()
    for number in ("1001", "1002"):
        with_password(hall, number)
    return hall


async def test_without_passwords_a_staff_number_is_believed(
    hall: OpenHall, other: OtherProgram
) -> None:
    app = station_app(hall)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1001")
        await works(pilot)
        await pilot.press("a")
        await until(pilot, lambda: said(app) == "pressed by 1001")
        other.issue()
        await until(pilot, lambda: words(app, "#seen") == "1 tickets")


async def test_an_unknown_number_is_told_so(hall: OpenHall) -> None:
    app = station_app(hall)
    async with app.run_test() as pilot:
        await sign_in(pilot, "9999")
        await until(pilot, lambda: "9999" in words(app, "#trouble"))
        assert app.colleague is None


async def test_who_lacks_the_right_does_not_get_in(hall: OpenHall) -> None:
    app = station_app(hall, ConsoleApp)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1001")
        await until(pilot, lambda: "right" in words(app, "#trouble"))
        assert app.colleague is None
    assert [entry.place for entry in journalled(hall, "account.not_allowed")] == ["supervisor"]


async def test_with_passwords_nothing_is_read_before_the_right_one(
    guarded: OpenHall, other: OtherProgram
) -> None:
    app = station_app(guarded)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1001", WRONG)
        await until(pilot, lambda: "wrong" in words(app, "#trouble"))
        assert app.station_screen.view is None
        await sign_in(pilot, "1001", RIGHT)
        await works(pilot)
    assert [(one.place, one.counter_id) for one in other.rows(SignIn)] == [("desk", None)]


async def test_a_first_password_is_changed_at_a_station_too(guarded: OpenHall) -> None:
    with_password(guarded, "1003", must_change=True)
    app = station_app(guarded)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1003", RIGHT)
        await comes(pilot, NewPasswordDialog)
        for field in ("#new-password", "#again"):
            app.screen.query_one(field, Input).value = "own words 77"
        app.screen.query_one("#again").focus()
        await pilot.press("enter")
        await works(pilot)
        assert app.colleague is not None and app.colleague.staff_number == "1003"


async def test_the_lock_hides_it_and_the_same_clerk_goes_on_where_it_was_left(
    guarded: OpenHall,
) -> None:
    app = station_app(guarded)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1001", RIGHT)
        await works(pilot)
        await pilot.press("d")
        await comes(pilot, Question)
        await pilot.press("ctrl+l")
        await comes(pilot, StationSignIn)
        assert app.colleague is None
        await sign_in(pilot, "1001", RIGHT)
        await comes(pilot, Question)
    assert len(journalled(guarded, "account.signed_in")) == 1


async def test_a_colleague_takes_the_screen_over_but_not_the_others_question(
    guarded: OpenHall, other: OtherProgram
) -> None:
    app = station_app(guarded)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1001", RIGHT)
        await works(pilot)
        await pilot.press("d")
        await comes(pilot, Question)
        await pilot.press("ctrl+l")
        await sign_in(pilot, "1002", RIGHT)
        await until(pilot, lambda: app.screen is app.station_screen)
        await pilot.press("a")
        await until(pilot, lambda: said(app) == "pressed by 1002")
    assert [one.clerk_id for one in other.rows(SignIn)] == [2]


async def test_it_locks_when_nobody_has_touched_it(guarded: OpenHall) -> None:
    app = station_app(guarded)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1001", RIGHT)
        await works(pilot)
        guarded.settings.accounts.lock_minutes = 0.0001
        await comes(pilot, StationSignIn)
        assert "Locked" in words(app, "#because")


async def test_who_sits_at_a_counter_says_why_before_working_at_the_desk(
    guarded: OpenHall, other: OtherProgram
) -> None:
    other.open(1)
    app = station_app(guarded)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1001", RIGHT)
        await comes(pilot, TakeOverDialog)
        assert "counter 1" in words(app, "#dialog-title")
        await pilot.press("enter")
        await works(pilot)
    assert other.do(lambda session, rules, now: counters.by_number(session, rules, 1).state) == (
        "closed"
    )


async def test_signed_in_at_a_counter_meanwhile_the_desk_is_left_and_says_where(
    guarded: OpenHall, clock: Clock
) -> None:
    app = station_app(guarded)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1001", RIGHT)
        await works(pilot)
        sit_down(guarded, 1, "1001", RIGHT, reason="moved")
        await comes(pilot, StationSignIn)
        assert "counter 1" in words(app, "#because")


async def test_passwords_given_meanwhile_are_asked_for(hall: OpenHall) -> None:
    app = station_app(hall)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1001")
        await works(pilot)
        hall.settings.accounts = CHEAP.model_copy()
        with_password(hall, "1001")
        await pilot.press("a")
        await comes(pilot, StationSignIn)
        assert app.screen.query("#password")
        await sign_in(pilot, "1001", RIGHT)
        await works(pilot)


async def test_at_two_stations_the_second_asks_why(guarded: OpenHall) -> None:
    with_password(guarded, "1003")
    make_manager(guarded, "1003")
    station_sign_in.sign_in(guarded, Station.DESK, "1003", RIGHT)
    app = station_app(guarded, ConsoleApp)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1003", RIGHT)
        await comes(pilot, TakeOverDialog)
        assert "information desk" in words(app, "#dialog-title")
        await pilot.press("enter")
        await works(pilot)


def make_manager(hall: OpenHall, staff_number: str) -> None:
    with writing(hall.engine) as session:
        counters.clerk_by_staff_number(session, hall.rules, staff_number).role = "duty_manager"


async def test_a_locked_hall_is_told_and_what_was_pressed_is_done_when_it_can_be(
    hall: OpenHall, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.write_lock.LOCK_WAIT_S", 0.2)
    app = station_app(hall)
    async with app.run_test() as pilot:
        await sign_in(pilot, "1001")
        await works(pilot)
        with writing(other.engine):
            await pilot.press("a")
            await until(pilot, lambda: "tried until it is done" in said(app))
            await pilot.press("a")
            await until(pilot, lambda: "did nothing" in said(app))
        await until(pilot, lambda: said(app) == "pressed by 1001")
        with writing(other.engine):
            await pilot.press("a")
            await until(pilot, lambda: "tried until it is done" in said(app))
            await pilot.press("escape")
            await until(pilot, lambda: "is busy with another program" in said(app))
