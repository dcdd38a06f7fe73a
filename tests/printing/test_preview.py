"""Slips in the characters of a terminal."""

import zxingcpp
from PIL import Image
from rich.cells import cell_len

from devices.printing.drawing.preview import big_text, half_blocks, preview, quadrants
from devices.printing.pictures import pictures_of
from devices.printing.slip_text import texts_of
from devices.printing.slips.samples import TICKET


def test_each_cell_shows_its_four_quarters() -> None:
    assert quadrants([[True, False, True, True], [False, True, True, True]]) == ["▚█"]
    assert half_blocks([[True, False], [True, True], [False, True]]) == ["█▄", " ▀"]


def test_a_preview_has_the_width_asked_for_and_the_shape_of_the_slip() -> None:
    (picture,) = pictures_of("ticket", TICKET, 576)

    lines = preview(picture, 60)

    assert {len(line) for line in lines} == {60}
    assert abs(len(lines) - picture.height * 60 / picture.width / 2) <= 1
    assert any("█" * 5 in line for line in lines)


def test_the_code_can_be_scanned_from_the_screen() -> None:
    (lines,) = texts_of("ticket", TICKET, 60, drawn=True)
    blocks = [line.ljust(60)[:60] for line in lines]
    rows = [[sign in "█" + half for sign in line] for line in blocks for half in "▀▄"]
    image = Image.new("L", (60, len(rows)), 255)
    image.putdata([0 if dark else 255 for row in rows for dark in row])

    codes = zxingcpp.read_barcodes(image.resize((600, len(rows) * 10), Image.Resampling.NEAREST))

    assert [code.text for code in codes] == [TICKET["code"]]


def test_a_number_is_drawn_large_only_where_it_fits() -> None:
    assert len(big_text("A012", 42)) > 3
    assert big_text("A012", 10) == ["A012"]


def test_no_line_is_wider_than_the_pane() -> None:
    for columns in (24, 42, 60):
        for lines in texts_of("ticket", TICKET | {"language": "en"}, columns, True, drawn=True):
            assert max(cell_len(line) for line in lines) <= columns
