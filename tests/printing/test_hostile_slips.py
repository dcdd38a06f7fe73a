"""Whatever is typed, scanned or imported: every slip is drawn, and nothing in it is a command."""

import unicodedata
from itertools import cycle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.printing.drawing import fonts
from devices.printing.drawing.canvas import letters_of
from devices.printing.drawing.paper import Mark, Size
from devices.printing.drawing.printable_text import MARKS_OF_A_LETTER, printable
from devices.printing.drawing.slip_layout import Sheet
from devices.printing.pictures import pictures_of, sha256
from devices.printing.slip_text import texts_of
from devices.printing.slips.samples import SAMPLES
from tests.printing.slip_reading import (
    WIDTHS,
    height_of,
    need_font,
    read_codes,
    texts_in,
    with_texts,
)

KINDS = list(SAMPLES)
CODE = frozenset({"code", "sha256"})
"""Made by the hall itself."""

HOSTILE = {
    "escape sequences": "提取\x1b@\x1dV\x00\x10\x14\x08\x07\r\n\x1b[2J\x9b2J\x1bc",
    "directions": "\u202e\u2066\u200f提取\u2069\u202c\u061c",
    "marks": "e" + "\u0301\u0316" * 150,
    "tibetan marks": "ཀ" + "\u0f71\u0f74" * 150,
    "nothing to see": "\u200b\u200d\ufeff\u2060\u00ad\ufe0f" * 100,
    "joiners": "\u200d" * 300 + "王" + "\u200c" * 300,
    "half a character": "王\ud800小\udfff明",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈😀",
    "markup": "[red]{0}{number}%s%(x)s</b>&amp;",
    "blanks": "　" * 60 + "\u00a0" * 60 + " " * 60,
}


def filled(kind: str, text: str) -> dict[str, Any]:
    content: dict[str, Any] = with_texts(SAMPLES[kind], cycle([text]), CODE)
    return content


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("what", list(HOSTILE))
def test_hostile_text_is_harmless_on_every_slip(what: str, width: int) -> None:
    for number, kind in enumerate(KINDS):
        content = filled(kind, HOSTILE[what]) | {"large_print": number % 2 == width // 192 % 2}

        for picture in pictures_of(kind, content, width):
            assert picture.width == width
            assert picture.height < 14_000
            assert read_codes(picture) == [SAMPLES[kind]["code"]]


@pytest.mark.parametrize("kind", KINDS)
def test_control_characters_leave_no_trace(kind: str) -> None:
    hostile = "提取\x1b@\x1dV\x00\x10\x14\x08\x07\u202e\u2066\x00\x9b2J"

    assert sha256(pictures_of(kind, filled(kind, hostile), 384)) == sha256(
        pictures_of(kind, filled(kind, "提取@V2J"), 384)
    )
    for lines in texts_of(kind, filled(kind, hostile)):
        assert not {unicodedata.category(sign) for line in lines for sign in line} & {"Cc", "Cf"}


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_500_characters_are_printed_whole(kind: str) -> None:
    name = "".join(chr(0x4E00 + number) for number in range(500))
    keys = {"applicant", "name", "payer", "remark", "reason", "clerk", "first_handler", "address"}
    content = SAMPLES[kind] | {"service": {"zh": name}} | dict.fromkeys(keys, name)

    for picture in pictures_of(kind, content, 384):
        assert read_codes(picture) == [SAMPLES[kind]["code"]]
    assert all(name in "".join(lines).replace(" ", "") for lines in texts_of(kind, content))


@pytest.mark.parametrize("kind", KINDS)
def test_three_hundred_marks_on_a_letter_are_no_higher_than_eight(kind: str) -> None:
    flood = filled(kind, "e" + "\u0331" * 300)
    some = filled(kind, "e" + "\u0331" * MARKS_OF_A_LETTER)

    assert height_of(kind, flood, 384) == height_of(kind, some, 384)


def test_marks_do_not_blacken_the_lines_around_them() -> None:
    need_font("ཀ")
    for stacking in ("\u0f7a", "\u0f71"):  # piled up, hung below
        (run,) = fonts.runs_of("ཀ" + stacking * 100)
        above, below = run.face.at(24).getmetrics()

        letters, _, top = letters_of(run, 24, 0)

        assert -top <= above + 6 and letters.height + top <= below + 6


def test_a_real_stack_of_letters_keeps_all_its_marks() -> None:
    for text in ("ཧྐྵྨླྺྼྻྂ", "བསྒྲུབས་", "ế", "ᠠ‍"):
        assert printable(text).startswith(text[0])
        assert len(printable(text)) == len(printable(text + "x")) - 1 == len(text)


def test_an_invisible_flood_prints_nothing() -> None:
    assert printable("\u200d" * 500) == ""
    assert len(printable("王" + "\u200d" * 500)) <= 1 + MARKS_OF_A_LETTER


@pytest.mark.parametrize("width", WIDTHS)
def test_a_code_too_long_to_be_scanned_is_told_in_letters(width: int) -> None:
    sheets = [Sheet(width) for _ in range(3)]
    for sheet, length in zip(sheets, (12, 1500, 5000), strict=True):
        sheet.qr("x" * length)
    short, *long = (sheet.picture() for sheet in sheets)

    assert read_codes(short) == ["x" * 12]
    assert [read_codes(picture) for picture in long] == [[], []]
    assert long[1].height > long[0].height > 200


def test_an_item_with_an_endless_number_keeps_its_title_readable() -> None:
    sheet, usual = Sheet(384), Sheet(384)
    sheet.item("1" * 200, "身份证" * 20, [], "9" * 60, Mark.PLAIN, Size.BODY)
    usual.item("1", "身份证" * 20, [], "份", Mark.PLAIN, Size.BODY)

    assert sheet.y < usual.y * 4


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(
    list(HOSTILE.values())
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(KINDS),
    st.lists(ANY_TEXT, min_size=1, max_size=8),
    st.sampled_from(WIDTHS),
    st.booleans(),
    st.text(alphabet="abcXYZ0189-_", min_size=1, max_size=24),
)
def test_any_text_in_any_field_can_be_printed(
    kind: str, texts: list[str], width: int, large: bool, code: str
) -> None:
    content = with_texts(SAMPLES[kind], cycle(texts), CODE) | {"large_print": large, "code": code}
    letters = sum(map(len, texts_in(content, CODE)))

    for picture in pictures_of(kind, content, width):
        assert picture.width == width
        assert picture.height < 8000 + 150 * letters
        assert read_codes(picture) == [code]


@settings(max_examples=30, deadline=None)
@given(ANY_TEXT | st.text(max_size=3000))
def test_any_code_can_be_printed(code: str) -> None:
    (picture,) = pictures_of("ticket", SAMPLES["ticket"] | {"code": code}, 384)

    assert picture.width == 384
