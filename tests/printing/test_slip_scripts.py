"""Letters of every script: which font they come from, which way they run."""

import pytest
from PIL import Image, ImageDraw, ImageOps

from devices.printing.drawing import fonts
from devices.printing.drawing.paper import Size
from devices.printing.drawing.slip_layout import Sheet
from devices.printing.drawing.vertical_text import blocks_of, pieces
from devices.printing.pictures import pictures_of, sha256
from devices.printing.slip_text import texts_of
from devices.printing.slips.samples import TICKET
from tests.printing.slip_reading import WIDTHS, need_font, read_codes

HALL = "ᠣᠯᠠᠨ ᠨᠡᠶᠢᠲᠡ ᠶᠢᠨ ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡᠨ ᠦ ᠲᠠᠩᠬᠢᠮ"


def test_what_no_font_has_is_shown_by_its_code() -> None:
    assert fonts.face_for("\ue000") is None
    assert [run.text for run in fonts.runs_of("王\ue000")] == ["王〔U+E000〕"]

    with_code = pictures_of("ticket", TICKET | {"service": {"zh": "王〔U+E000〕"}}, 576)
    without_glyph = pictures_of("ticket", TICKET | {"service": {"zh": "王\ue000"}}, 576)

    assert sha256(with_code) == sha256(without_glyph)


def test_rare_names_have_their_glyphs() -> None:
    assert all(fonts.face_for(sign) == fonts.cjk_face() for sign in "䶮𠮷㐂〇龦𠀋①“…—·")


def test_letters_of_another_script_come_from_its_own_font() -> None:
    need_font("ཀ")
    face = fonts.face_for("ཀ")

    runs = fonts.runs_of("A012 བོད་ཡིག 3")

    assert [run.face == face for run in runs] == [False, True, False]
    assert "".join(run.text for run in runs) == "A012 བོད་ཡིག 3"


@pytest.mark.parametrize("letter", "ཀئꆈᥖᦑᠮ")
def test_fine_letters_are_never_smaller_than_a_printer_can_show(letter: str) -> None:
    need_font(letter)
    face = fonts.face_for(letter)
    assert face is not None

    assert face.at(20).size >= 28


def test_a_line_of_uyghur_runs_from_the_right() -> None:
    need_font("ئ")

    runs = fonts.runs_from_left("نومۇر A012 كۆزنەك")

    assert [run.text.strip() for run in runs if run.text.strip()] == ["كۆزنەك", "A012", "نومۇر"]
    assert not fonts.runs_rightwards("نومۇر A012")


def test_mongolian_is_cut_out_of_its_line_in_the_order_it_is_read() -> None:
    need_font("ᠮ")

    assert pieces("王小明 ᠸᠠᠩ ᠰᠢᠶᠣᠤ，代办") == [
        (False, "王小明"),
        (True, "ᠸᠠᠩ ᠰᠢᠶᠣᠤ"),
        (False, "，代办"),
    ]
    assert pieces("没有") == [(False, "没有")]


def test_many_scraps_of_mongolian_are_gathered_in_one_block() -> None:
    need_font("ᠮ")

    assert pieces("甲ᠠ乙ᠡ丙ᠢ丁") == [(False, "甲 乙 丙 丁"), (True, "ᠠ ᠡ ᠢ")]


def test_columns_run_from_the_left_and_their_letters_stand_upright() -> None:
    need_font("ᠮ")
    (block,) = blocks_of("ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ", 40, 300, 384, 0)
    first, second = (blocks_of(word, 40, 300, 384, 0)[0] for word in ("ᠮᠣᠩᠭᠣᠯ", "ᠪᠢᠴᠢᠭ"))

    assert block.width == first.width + second.width
    assert ink(block.crop((0, 0, first.width, first.height))) == ink(first)
    assert ink(block.crop((first.width, 0, block.width, second.height))) == ink(second)
    face = fonts.face_for("ᠮ")
    assert face is not None
    line = Image.new("L", (400, 200))
    ImageDraw.Draw(line).text((20, 100), "ᠮᠣᠩᠭᠣᠯ", fill=255, font=face.at(40), anchor="ls")
    assert ink(first.transpose(Image.Transpose.ROTATE_90)) == ink(line)


def test_a_mongolian_ending_is_shaped_with_its_word() -> None:
    need_font("ᠮ")

    assert [run.text for run in fonts.runs_of("ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ")] == ["ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ"]


def test_a_mongolian_label_stands_above_its_value_without_a_colon() -> None:
    need_font("ᠮ")
    labelled, alone = Sheet(384), Sheet(384)

    labelled.pair("ᠨᠡᠷᠡ", "王小明", Size.BODY, heavy=False)
    alone.paragraph("ᠨᠡᠷᠡ", Size.BODY)
    alone.paragraph("王小明", Size.BODY)

    assert labelled.y == alone.y


@pytest.mark.parametrize("width", WIDTHS)
def test_a_mongolian_name_is_no_higher_than_a_part_of_the_paper(width: int) -> None:
    need_font("ᠮ")
    sheet = Sheet(width, large=True)
    before = sheet.y

    sheet.centred(HALL, Size.SMALL)

    assert width * 0.2 < sheet.y - before <= width / 2 + 10
    picture = sheet.picture()
    left, _, right, _ = ImageOps.invert(picture.convert("L")).getbbox() or (0, 0, 0, 0)
    assert abs(left - (width - right)) < width * 0.1


def test_a_flood_of_mongolian_stays_on_the_paper() -> None:
    need_font("ᠮ")

    (picture,) = pictures_of("ticket", TICKET | {"service": {"zh": "ᠮᠣᠩᠭᠣᠯ" * 80}}, 384)

    assert picture.height < 4000
    assert read_codes(picture) == [TICKET["code"]]


def test_a_transcript_keeps_mongolian_as_text() -> None:
    content = TICKET | {"hall": {"zh": "大厅", "mn": HALL}, "language": "mn"}

    text = " ".join(line.strip() for line in texts_of("ticket", content, 60)[0])

    assert HALL in text


def ink(mask: Image.Image) -> bytes:
    """The dots without the empty edges."""
    cut = mask.crop(mask.getbbox())
    return cut.tobytes()
