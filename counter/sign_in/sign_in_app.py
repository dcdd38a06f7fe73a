"""Signing in, from the first password to the last question, whichever screen asked for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from counter.sign_in import sign_in_operations
from counter.sign_in.sign_in_dialogs import NewPasswordDialog, TakeOverDialog
from counter.sign_in.sign_in_operations import Asked
from db.faults import DatabaseFault
from hall.errors import Refused
from hall.errors.accounts import (
    PasswordMustChange,
    PasswordNotNew,
    PasswordTooEasy,
    PasswordTooShort,
    SignedInElsewhere,
)
from ui.base_app import HallApp

if TYPE_CHECKING:
    from hall.accounts.sign_in import Seat
    from hall.open_hall import OpenHall

Answered = Callable[[str | None], None]
"""Told how it ended: None: signed in; empty: left by the clerk; else why not."""

STILL_HERE_S = 60
"""How often a program that is signed in says that it runs."""


class SignInApp(HallApp):
    """Holds what this program is signed in with, `seat`; the database says what that is worth."""

    seat: Seat | None = None

    @dataclass
    class SignInEnded(Message):
        asked: Asked
        answered: Answered
        seat: Seat | None = None
        error: Refused | DatabaseFault | None = None

    def on_mount(self) -> None:
        self.set_interval(STILL_HERE_S, self.say_still_here)

    def seat_taken(self) -> None:
        """`seat` is a new one; what was read from the database before knows nothing of it."""

    def sign_in(self, asked: Asked, answered: Answered) -> None:
        if self.hall is not None:
            self.try_sign_in(self.hall, asked, answered)

    @work(thread=True, group="sign-in")
    def try_sign_in(self, hall: OpenHall, asked: Asked, answered: Answered) -> None:
        try:
            asked = sign_in_operations.choose_password(hall, asked)
            seat = sign_in_operations.sign_in(hall, asked, self.seat)
        except (Refused, DatabaseFault) as error:
            self.post_message(self.SignInEnded(asked, answered, error=error))
        else:
            self.post_message(self.SignInEnded(asked, answered, seat))

    @on(SignInEnded)
    def go_on(self, message: SignInEnded) -> None:
        asked, answered = message.asked, message.answered
        match message.error:
            case None:
                self.seat = message.seat
                self.seat_taken()
                answered(None)
            case PasswordMustChange():
                self.ask_new_password(asked, answered, "")
            case PasswordTooShort() | PasswordTooEasy() | PasswordNotNew() as error:
                self.ask_new_password(asked, answered, self.sentence_for(error))
            case SignedInElsewhere() as error:
                self.ask_why(asked, answered, self.sentence_for(error))
            case error:
                answered(self.sentence_for(error))

    def ask_new_password(self, asked: Asked, answered: Answered, trouble: str) -> None:
        assert self.hall is not None

        def chosen(password: str | None) -> None:
            if password is None:
                answered("")
            else:
                self.sign_in(replace(asked, new_password=password), answered)

        least = self.hall.settings.accounts.password_length
        self.push_screen(NewPasswordDialog(least, trouble), chosen)

    def ask_why(self, asked: Asked, answered: Answered, where: str) -> None:
        def told(reason: str | None) -> None:
            if reason is None:
                answered("")
            else:
                self.sign_in(replace(asked, reason=reason), answered)

        self.push_screen(TakeOverDialog(where), told)

    @work(thread=True, group="still-here")
    def say_still_here(self) -> None:
        if self.hall is not None and self.seat is not None:
            with suppress(DatabaseFault):
                sign_in_operations.say_still_here(self.hall, self.seat)
