"""No byte of a picture may look like a command that a printer obeys at once."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.printing.drawing.finishing import finished
from devices.printing.drawing.slip_layout import Sheet
from devices.printing.pictures import pictures_of
from devices.printing.slips.samples import SAMPLES

COMMANDS = [b"\x10\x04", b"\x10\x05", b"\x10\x14"]
ANY_COMMAND = re.compile(rb"\x10[\x04\x05\x14]")


def sent(picture: Image.Image) -> bytes:
    """As a printer gets it: a bit a dot, 1 is black."""
    assert picture.mode == "1" and picture.width % 8 == 0
    return bytes(byte ^ 0xFF for byte in picture.tobytes())


def grey(rows: list[bytes]) -> Image.Image:
    """The picture that these bytes would be."""
    image = Image.frombytes(
        "1", (len(rows[0]) * 8, len(rows)), bytes(~b & 255 for b in b"".join(rows))
    )
    return image.convert("L")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_among_the_dots_is_thickened_away(command: bytes) -> None:
    picture = finished(grey([b"\x00" + command + b"\x00", b"\x01\x02\x03\x04"]))

    assert sent(picture) == b"\x00\x30" + command[1:] + b"\x00" + b"\x01\x02\x03\x04"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_may_not_begin_in_one_row_and_end_in_the_next(command: bytes) -> None:
    picture = finished(grey([b"\x00\x00" + command[:1], command[1:] + b"\x00\x00"]))

    assert not ANY_COMMAND.search(sent(picture))
    assert sent(picture)[3:] == command[1:] + b"\x00\x00"


def test_other_dots_stay_as_they_are() -> None:
    rows = [bytes([0x10, 0x10, 0x06, 0x30, 0x04]), bytes(range(100, 105))]

    assert sent(finished(grey(rows))) == b"".join(rows)


@settings(max_examples=50)
@given(st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x00, 0xFF]), min_size=96, max_size=96))
def test_no_picture_holds_a_command(values: list[int]) -> None:
    picture = finished(grey([bytes(values[:48]), bytes(values[48:])]))

    assert not ANY_COMMAND.search(sent(picture))


@pytest.mark.parametrize("width", [384, 576])
def test_a_sheet_is_finished_so_that_what_is_kept_is_what_is_sent(width: int) -> None:
    sheet = Sheet(width)
    sheet.gap(1)
    sheet.ground.append(lambda draw, _: draw.point([(11, 10), (21, 10)], fill=0))  # 0x10, 0x04

    assert b"\x30\x04" in sent(sheet.picture())
    assert not ANY_COMMAND.search(sent(sheet.picture()))


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_no_slip_holds_a_command(kind: str) -> None:
    for width in (384, 576):
        for large in (False, True):
            for picture in pictures_of(kind, SAMPLES[kind] | {"large_print": large}, width):
                assert not ANY_COMMAND.search(sent(picture))
