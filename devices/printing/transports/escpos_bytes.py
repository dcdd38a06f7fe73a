"""Bytes for an ESC/POS printer: python-escpos builds them, nothing of it touches the network."""

from __future__ import annotations

import difflib
import logging
import os
import tempfile
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

from hall.errors import SettingsWrong

if TYPE_CHECKING:
    from PIL.Image import Image

STRIP_ROWS = 255
"""Printers lose step in pictures sent in one piece; so many rows at a time all of them take."""

START = b"\x1b@"
FEED_AND_CUT = b"\x1dV\x42\x00"
FEED_TO_THE_EDGE = b"\x1bd\x05"
STATUS_QUESTIONS = tuple(b"\x10\x04" + bytes([which]) for which in (1, 2, 3, 4))
"""DLE EOT: answered at once, even while data waits for paper."""
ASK_PAPER_IN_TURN = b"\x1dr\x01"
"""GS r 1: answered when everything before it has been worked through."""


def ask_process_id(mark: bytes) -> bytes:
    """GS ( H: answered with the same four bytes once everything before it is printed."""
    return b"\x1d(H\x06\x0000" + mark


@cache
def python_escpos() -> Any:
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
def builder(profile: str, width_dots: int) -> Any:
    """A class of printers with this profile and width: without a width python-escpos prints
    warnings to the screen, and its own figures for the widths are doubtful.

    Raises SettingsWrong for a profile it does not know.
    """
    capabilities = python_escpos().capabilities
    known = capabilities.CAPABILITIES["profiles"]
    if profile not in known:
        near = difflib.get_close_matches(profile, known, cutoff=0.4) or sorted(known)
        raise SettingsWrong("printer.profile", f"{profile}: {', '.join(near)}")
    told = capabilities.get_profile_class(profile).profile_data | {
        "media": {"width": {"mm": 0, "pixels": width_dots}}
    }
    return type("SlipProfile", (capabilities.Profile,), {"profile_data": told})


def features(profile: str) -> dict[str, bool]:
    """What python-escpos knows of this printer; raises SettingsWrong."""
    told: dict[str, bool] = builder(profile, 0).profile_data["features"]
    return told


def picture_command(profile: str) -> str:
    """How pictures are sent to it. Raises SettingsWrong for a printer that takes none."""
    for command in ("bitImageRaster", "bitImageColumn"):  # its third, graphics, breaks large ones
        if features(profile).get(command):
            return command
    raise SettingsWrong("printer.profile", f"{profile}: prints no pictures")


def picture_bytes(picture: Image, profile: str = "default") -> bytes:
    """Start afresh, then the picture in strips."""
    printer = python_escpos().printer.Dummy(profile=builder(profile, picture.width)())
    printer.hw("INIT")
    command = picture_command(profile)
    strip = STRIP_ROWS if command == "bitImageRaster" else STRIP_ROWS // 24 * 24
    for top in range(0, picture.height, strip):
        bottom = min(top + strip, picture.height)
        printer.image(picture.crop((0, top, picture.width, bottom)), impl=command)
    built: bytes = printer.output
    return built


def cut_bytes(profile: str = "default") -> bytes:
    """Feed and cut; only feed, past the edge one tears at, where there is no cutter."""
    known = features(profile)
    if not (known.get("paperFullCut") or known.get("paperPartCut")):
        return FEED_TO_THE_EDGE
    return FEED_AND_CUT
