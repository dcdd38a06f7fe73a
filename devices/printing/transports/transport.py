"""Where slips go: what a printer has to be able to do, and the folder that stands in for one."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from db.tables import PrinterState

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_INCH = 203


class PrinterDown(Exception):
    """Nothing of the slip has left: trying again later is safe."""

    def __init__(self, state: PrinterState, detail: str = "") -> None:
        super().__init__(state.value, detail)
        self.state = state
        self.detail = detail


class Interrupted(Exception):
    """Bytes have left and no acknowledgement came: perhaps on paper, perhaps not.

    `handed_over`: the printer took everything and lives, but never said that the slip is out.
    Then it most likely is; otherwise it most likely is not.
    """

    def __init__(self, why: str, *, handed_over: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.handed_over = handed_over


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

        Raises PrinterDown and Interrupted.
        """
        ...


class Transport(Protocol):
    broke_off: bool
    """Part of a slip may hang in the printer; it is let out before the next one."""

    def connect(self) -> AbstractContextManager[Connection]:
        """For one job. Raises PrinterDown."""
        ...


class FolderTransport:
    """Slips as PNG files, for a hall without a printer, a demonstration or a test."""

    state = PrinterState.FOLDER

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.broke_off = False

    @contextmanager
    def connect(self) -> Iterator[FolderTransport]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self.down(error) from error
        yield self

    def put(self, picture: Image, name: str, watch: Watch) -> str:
        """A second time under the same name replaces the first."""
        unfinished = self.folder / f".{name}.part"
        try:
            with unfinished.open("wb") as file:
                picture.save(file, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self.folder / f"{name}.png")
        except OSError as error:
            raise self.down(error) from error
        return "file"

    def down(self, error: OSError) -> PrinterDown:
        return PrinterDown(PrinterState.ERROR, f"{self.folder}: {error.strerror or error}")
