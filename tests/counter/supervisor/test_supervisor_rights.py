"""Who may only look, looks."""

from counter.supervisor.announce_dialog import AnnounceDialog
from counter.supervisor.supervisor_app import SupervisorApp
from counter.supervisor.supervisor_bar import SupervisorHelp, SupervisorVerbButton
from db.engine import writing
from db.tables import (
    Announcement,
    Clerk,
    HelpKind,
    HelpRequest,
)
from hall.open_hall import OpenHall
from tests.counter.at_a_station import said, sign_in, station_app, works
from tests.counter.at_the_counter import OtherProgram, comes, until
from tests.counter.supervisor.at_the_console import SIZE, asks, console, tells
from tests.screen_text import screen_text
from tests.signing_in import CHEAP, RIGHT, with_password


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
