"""What a way to a printer has to be able to do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from db.tables import PrinterState

if TYPE_CHECKING:
    from PIL.Image import Image


class PrinterDown(Exception):
    """Nothing of the slip has left: trying again later is safe."""

    def __init__(self, state: PrinterState, detail: str = "") -> None:
        super().__init__(state.value, detail)
        self.state = state
        self.detail = detail


class NotOut(Exception):
    """It broke off before the cut was sent: a part may hang there, no whole slip is out.

    `all_sent`: the printer fell silent with all but the cut in it. Then a whole slip may hang there
    for anyone to tear off.
    """

    def __init__(self, why: str, *, all_sent: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.all_sent = all_sent


class Interrupted(Exception):
    """It was to be cut and no acknowledgement came: perhaps on paper, perhaps not.

    `handed_over`: the printer took everything and lives, but never said that the slip is out.
    Then it most likely is; otherwise it most likely is not.
    """

    def __init__(self, why: str, *, handed_over: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.handed_over = handed_over


class Left(Enum):
    """What an earlier slip may have left in the printer; it is let out before the next one."""

    NOTHING = auto()
    PART = auto()
    """Of a slip that was not cut: it is made void on the paper itself."""
    PERHAPS = auto()
    """Nobody knows; it may be a whole slip, so nothing is made void."""


@dataclass(frozen=True)
class Watch:
    """What a printer at work tells, and what may end its work."""

    told: Callable[[PrinterState, str], None]
    """Called when the state of the printer changes while a slip is in it."""
    stop: threading.Event


class Connection(Protocol):
    """A printer that is ready."""

    state: PrinterState

    def put(self, picture: Image, name: str, watch: Watch) -> str:
        """Print one piece of paper; returns how it was acknowledged, once it is out.

        Raises PrinterDown, NotOut and Interrupted.
        """
        ...


class Transport(Protocol):
    left: Left

    def connect(self) -> AbstractContextManager[Connection]:
        """For one job. Raises PrinterDown."""
        ...
