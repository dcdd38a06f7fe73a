"""Somebody works at the information desk."""

import gettext
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from counter.desk.desk_app import DeskApp
from counter.desk.desk_bar import DeskVerbButton
from counter.desk.desk_screen import DeskScreen
from counter.desk.desk_verbs import DeskVerb
from counter.desk.inquiry_list import InquiryList
from counter.message_line import MessageLine
from db.tables import Clerk, Inquiry
from hall.inquiries import inquiries
from hall.open_hall import OpenHall
from tests.counter.at_a_station import sign_in, works
from tests.counter.at_the_counter import OtherProgram, until


def desk_app(hall: OpenHall) -> DeskApp:
    """The product's own words as they stand in the code; names in Chinese."""
    app = DeskApp(lambda: hall)
    app.wording.translations = gettext.NullTranslations()
    return app


async def at_work(pilot: Pilot[None], staff_number: str = "1001", password: str = "") -> DeskScreen:
    await sign_in(pilot, staff_number, password)
    screen = await works(pilot)
    assert isinstance(screen, DeskScreen)
    return screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    """One key after the other, each when the one before has done its work."""
    app = pilot.app
    assert isinstance(app, DeskApp)
    for key in keys:
        await pilot.press(key)
        await until(pilot, lambda: not app.station_screen.busy)
        await pilot.pause()


async def seen(pilot: Pilot[None], count: int) -> None:
    """So many inquiries stand on the list."""
    screen = of(pilot)
    await until(pilot, lambda: len(screen.query_one(InquiryList).inquiries) == count)
    await pilot.pause()


def of(pilot: Pilot[None]) -> DeskScreen:
    assert isinstance(pilot.app, DeskApp)
    screen = pilot.app.station_screen
    assert isinstance(screen, DeskScreen)
    return screen


def said(pilot: Pilot[None]) -> str:
    return str(of(pilot).query_one(MessageLine).content)


def shown(pilot: Pilot[None]) -> str:
    """The chosen inquiry as it is told."""
    return str(of(pilot).query_one("#inquiry").content)  # type: ignore[attr-defined]


def fill(pilot: Pilot[None], where: str, text: str) -> None:
    pilot.app.screen.query_one(where, Input).value = text


def enabled(pilot: Pilot[None]) -> set[DeskVerb]:
    buttons = of(pilot).query(DeskVerbButton)
    return {button.desk_verb for button in buttons if not button.disabled}


def highlighted(pilot: Pilot[None]) -> list[DeskVerb]:
    buttons = of(pilot).query(DeskVerbButton)
    return [button.desk_verb for button in buttons if button.variant == "primary"]


def ask(other: OtherProgram, matter: str = "怎么办", by: int = 1, **named: Any) -> None:
    """A colleague elsewhere takes an inquiry."""

    def take(session: Any, rules: Any, now: Any) -> Inquiry:
        clerk = session.get_one(Clerk, by)
        return inquiries.take(session, rules, clerk, matter, now, **named)

    other.do(take)


def answered(other: OtherProgram, number: str, result: str = "可以") -> None:
    """A colleague elsewhere has ended it."""

    def end(session: Any, rules: Any, now: Any) -> None:
        found = inquiries.by_number(session, rules, number, now)
        clerk = session.get_one(Clerk, found.responsible_id)
        inquiries.answer(session, rules, found, clerk, result, now)

    other.do(end)
