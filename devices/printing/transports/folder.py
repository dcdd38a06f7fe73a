"""A folder of pictures, for a hall without a printer, a demonstration or a test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from db.tables import PrinterState
from devices.printing.transports.transport import Left, PrinterDown, Watch

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_INCH = 203


class FolderTransport:
    state = PrinterState.FOLDER

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.left = Left.NOTHING

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
