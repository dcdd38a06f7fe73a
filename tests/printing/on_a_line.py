"""What the tests of all ways to a printer need: short waits, a picture, the printer's end."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from db.tables import PrinterState
from devices.printing.transports.printer_address import transport_to
from devices.printing.transports.transport import Transport, Watch
from hall.settings import PrinterSettings
from proof.paper.virtual_printer import VirtualPrinter, Wire

SHORT_WAITS = {
    "connect_seconds": 1,
    "status_seconds": 0.3,
    "acknowledge_seconds": 1,
    "pause_seconds": 0.2,
    "send_seconds": 0.2,
}


def short_waits(**settings: object) -> PrinterSettings:
    return PrinterSettings.model_validate(SHORT_WAITS | settings)


def way_to(address: str, **settings: object) -> Transport:
    return transport_to(short_waits(address=address, **settings), Path())


def dots(width: int = 576, height: int = 600) -> Image.Image:
    """Every byte value occurs, also those a terminal or a handshake would change."""
    noise = random.Random(7).randbytes(width // 8 * height)
    return Image.frombytes("1", (width, height), noise)


def watching(told: list[PrinterState] | None = None) -> Watch:
    heard = told if told is not None else []
    return Watch(lambda state, _: heard.append(state), threading.Event())


@contextmanager
def serving(printer: VirtualPrinter, wire: Wire) -> Iterator[threading.Thread]:
    """The printer at its end of a line, until the line breaks or this is over."""
    thread = threading.Thread(target=printer.serve_line, args=(wire,), daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        printer.ended.set()
        thread.join(5)
        assert not thread.is_alive()
