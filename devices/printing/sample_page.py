"""A page for the installer: is the width right, are the letters there, does the printer answer?"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.tables import PrinterState
from devices.printing.drawing.paper import Mark, Paper, Size
from devices.printing.drawing.slip_layout import Sheet
from devices.printing.spooler import transport_of
from devices.printing.transports.escpos_transport import EscposConnection
from devices.printing.transports.probe import Supports, probe
from devices.printing.transports.transport import Watch
from hall.marked import _
from hall.names import name_in
from hall.open_hall import OpenHall
from hall.wording import Wording

if TYPE_CHECKING:
    from PIL.Image import Image


SAMPLES = {
    "zh": "优先·服务①②：，。（）",
    "zh-rare": "䶮𠮷㐂〇龦",
    "en": "Service hall 0123456789",
    "bo": "བོད་ཡིག",
    "ug": "ئۇيغۇرچە",
    "mn": "ᠮᠣᠩᠭᠣᠯ",
    "ii": "ꆈꌠꉙ",
    "tdd": "ᥖᥭᥰ",
    "khb": "ᦺᦑ",
}
"""A letter that no font of this machine has comes out as its code."""


@dataclass(frozen=True)
class Tested:
    state: PrinterState
    acknowledged_by: str
    """How the printer said that the page is out; "pause" means that it did not."""
    seconds: float
    supports: Supports | None
    """None where it cannot be asked: a folder, a print server."""


def print_sample_page(hall: OpenHall) -> Tested:
    """Print it at once, beside a spooler that may be running.

    Raises PrinterDown, NotOut, Interrupted and fonts.NoFont.
    """
    picture = sample_picture(hall)
    watch = Watch(lambda _state, _detail: None, threading.Event())
    patience_s = hall.settings.printer.acknowledge_seconds + 1
    nobody_waits_for_a_new_roll = threading.Timer(patience_s, watch.stop.set)
    with transport_of(hall).connect() as connection:
        supports = probe(connection) if isinstance(connection, EscposConnection) else None
        started = time.monotonic()
        nobody_waits_for_a_new_roll.start()
        try:
            acknowledged_by = connection.put(picture, "sample-page", watch)
        finally:
            nobody_waits_for_a_new_roll.cancel()
        return Tested(connection.state, acknowledged_by, time.monotonic() - started, supports)


def sample_picture(hall: OpenHall) -> Image:
    sheet = Sheet(hall.settings.printer.width_dots)
    write(sheet, hall)
    return sheet.picture()


def write(paper: Paper, hall: OpenHall) -> None:
    wording = Wording("zh")
    settings = hall.settings.printer
    paper.banner(wording.say(_("Test page")), Size.LARGE)
    paper.centred(wording.say(_("Both ends of the bar above must be on the paper.")), Size.SMALL)
    paper.rule()
    paper.centred(name_in(hall.rules.names, "zh"), Size.LARGE, heavy=True)
    paper.pair(wording.say(_("Printer")), settings.address or str(settings.folder or ""), Size.BODY)
    paper.pair(wording.say(_("Width in dots")), str(settings.width_dots), Size.BODY)
    paper.pair(
        wording.say(_("Printed at")),
        hall.rules.local(hall.now()).strftime("%Y-%m-%d %H:%M:%S"),
        Size.BODY,
    )
    paper.rule()
    paper.centred("A012", Size.HUGE, heavy=True)
    for number, (language, sample) in enumerate(SAMPLES.items(), start=1):
        paper.item(str(number), sample, [], language, Mark.PLAIN, Size.BODY)
    paper.qr(hall.rules.code)
