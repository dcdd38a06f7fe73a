"""What a printer can do, by its name: how it takes pictures, whether it cuts."""

import pytest

from devices.printing.transports.escpos_bytes import (
    FEED_TO_THE_EDGE,
    cut_bytes,
    picture_bytes,
    picture_command,
)
from hall.errors import SettingsWrong
from proof.paper.escpos_decoder import Paper, length_of
from tests.printing.on_a_line import dots

RASTER, COLUMNS, NO_CUTTER = "TM-T88V", "TM-U220", "ZJ-5870"
COLUMN_ROWS = 24


def printed(data: bytes) -> Paper:
    paper, at = Paper(), 0
    while at < len(data):
        length = length_of(data[at:])
        assert length, "the last command is not complete"
        paper.carry_out(data[at : at + length])
        at += length
    return paper


@pytest.mark.parametrize("profile", ["default", RASTER, NO_CUTTER])
@pytest.mark.parametrize("height", [1, 254, 255, 256, 700])
def test_a_picture_in_rows_comes_out_as_it_was_drawn(profile: str, height: int) -> None:
    picture = dots(384, height)

    paper = printed(picture_bytes(picture, profile) + cut_bytes(profile))

    assert [slip.tobytes() for slip in paper.slips] == [picture.tobytes()]
    assert paper.odd == []


@pytest.mark.parametrize("height", [24, 240, 241, 700])
def test_a_picture_in_columns_comes_out_as_it_was_drawn(height: int) -> None:
    picture = dots(384, height)
    assert picture_command(COLUMNS) == "bitImageColumn"

    paper = printed(picture_bytes(picture, COLUMNS) + cut_bytes(COLUMNS))

    (slip,) = paper.slips
    assert slip.height == -(-height // COLUMN_ROWS) * COLUMN_ROWS
    assert slip.crop((0, 0, 384, height)).tobytes() == picture.tobytes()
    padding = slip.crop((0, height, 384, slip.height))
    assert not padding.height or padding.getextrema() == (255, 255)  # all white
    assert paper.odd == []


def test_a_printer_without_a_cutter_feeds_past_the_edge_instead() -> None:
    assert cut_bytes(NO_CUTTER) == FEED_TO_THE_EDGE
    assert cut_bytes(RASTER).startswith(b"\x1dV")


def test_a_name_nobody_knows_is_answered_with_those_near_to_it() -> None:
    with pytest.raises(SettingsWrong) as wrong:
        picture_bytes(dots(384, 24), "TM-T88IIII")

    assert wrong.value.where == "printer.profile"
    assert "TM-T88III" in wrong.value.detail
