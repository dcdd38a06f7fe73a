"""A counter that takes a password, and somebody who types it."""

from textual.pilot import Pilot
from textual.widgets import Input

from counter.counter_app import CounterApp
from counter.sign_in.locked_screen import LockedScreen
from counter.sign_in.opening_dialog import OpeningDialog
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import (
    comes,
    sits_down,
    words,
)
from tests.signing_in import CHEAP, RIGHT, with_password


def trouble(app: CounterApp) -> str:
    return words(app, "#trouble")


async def types(pilot: Pilot[None], text: str, *, field: str = "#password") -> None:
    pilot.app.screen.query_one(field, Input).value = text
    await pilot.press("enter")


async def signs_in(pilot: Pilot[None], number: str = "1001") -> None:
    """At a closed counter."""
    await comes(pilot, OpeningDialog)
    pilot.app.screen.query_one("#staff-number", Input).value = number
    pilot.app.screen.query_one("#password").focus()
    await types(pilot, RIGHT)
    await sits_down(pilot)


async def locks(pilot: Pilot[None]) -> LockedScreen:
    await comes(pilot, LockedScreen)
    found = pilot.app.screen
    assert isinstance(found, LockedScreen)
    return found


def guarded(hall: OpenHall) -> OpenHall:
    """Clerks 1001 and 1002, A and B of counter 1, have passwords."""
    hall.settings.accounts = CHEAP.model_copy()
    for number in ("1001", "1002"):
        with_password(hall, number)
    return hall
