"""Bytes for an ESC/POS printer: python-escpos builds them, nothing of it touches the network."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

STRIP_ROWS = 255
"""Printers lose step in pictures sent in one piece; so many rows at a time all of them take."""

FEED_AND_CUT = b"\x1dV\x42\x00"
STATUS_QUESTIONS = tuple(b"\x10\x04" + bytes([which]) for which in (1, 2, 3, 4))
"""DLE EOT: answered at once, even while data waits for paper."""
ASK_PAPER_IN_TURN = b"\x1dr\x01"
"""GS r 1: answered when everything before it has been worked through."""


def ask_process_id(mark: bytes) -> bytes:
    """GS ( H: answered with the same four bytes once everything before it is printed."""
    return b"\x1d(H\x06\x0000" + mark


@cache
def library() -> Any:
    """python-escpos, imported without what its import does to the process.

    It calls logging.basicConfig, and leaves a folder with a pickle in the system's temporary
    folder at every import: a kiosk that runs for years would fill the disk.
    """
    quiet = logging.NullHandler()
    logging.getLogger().addHandler(quiet)  # with any handler there basicConfig does nothing
    importer, make_folder = threading.get_ident(), tempfile.mkdtemp
    kept = os.environ.get("ESCPOS_CAPABILITIES_PICKLE_DIR")
    with tempfile.TemporaryDirectory(prefix="jiaohao-") as folder:

        def make_none(*arguments: Any, **named: Any) -> str:
            mine = threading.get_ident() == importer
            return folder if mine else make_folder(*arguments, **named)

        tempfile.mkdtemp = make_none  # type: ignore[assignment]
        os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = folder
        try:
            import escpos.capabilities
            import escpos.printer
        finally:
            tempfile.mkdtemp = make_folder
            logging.getLogger().removeHandler(quiet)
            if kept is None:
                del os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"]
            else:
                os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = kept
    return escpos


@cache
def builder_class(width_dots: int) -> Any:
    """A printer of this width: without one the library prints warnings to the screen."""
    escpos = library()

    profiles = escpos.capabilities
    told = profiles.get_profile_class("default").profile_data | {
        "media": {"width": {"mm": 0, "pixels": width_dots}}
    }
    return type("SlipProfile", (profiles.Profile,), {"profile_data": told})


def slip_bytes(picture: Image) -> bytes:
    """Start afresh, the picture in strips, feed and cut."""
    printer = library().printer.Dummy(profile=builder_class(picture.width)())
    printer.hw("INIT")
    for top in range(0, picture.height, STRIP_ROWS):
        bottom = min(top + STRIP_ROWS, picture.height)
        printer.image(picture.crop((0, top, picture.width, bottom)))
    printer.cut(feed=False)
    built: bytes = printer.output
    return built


def release_bytes(width_dots: int) -> bytes:
    """After a slip that broke off: let what hangs in the printer out, apart from the next."""
    printer = library().printer.Dummy(profile=builder_class(width_dots)())
    printer.hw("INIT")
    printer.cut(feed=False)
    built: bytes = printer.output
    return built
