"""Text of any script as large as its place allows: drawn as a picture, shown in blocks.

Pillow and the font are loaded with the first text that is shown, not with the program.
"""

from __future__ import annotations

import contextlib
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from ui.blocks import in_blocks, pixel_height, rows_in_a_cell

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIMPLIFIED_CHINESE = 2  # within the collection
DRAWN_PX = 128
"""Text is drawn once at this size, and made smaller for each place it is shown in."""
MARGIN_PX = DRAWN_PX // 2
"""Before the first letter, for what hangs over."""
NARROWEST = 0.75
"""Where the width is short, letters are narrowed to this before they become lower."""
LEAST_WIDE_PX, LEAST_NARROW_PX = 20, 9
"""Of an em; below it Chinese characters, or letters and digits, cannot be told apart."""

OTHER_FACES = (
    "NotoSansYi-Regular.ttf",
    "NotoSerifTibetan-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSansMongolian-Regular.ttf",
    "NotoSansTaiLe-Regular.ttf",
    "NotoSansNewTaiLue-Regular.ttf",
    "NotoSansLisu-Regular.ttf",
)
"""For what the Chinese face lacks, where the machine has them (fonts-noto-core)."""


class BigText(Widget):
    """As large as fits in so many lines; as plain text where it could not be read as blocks."""

    DEFAULT_CSS = """
    BigText { text-align: center; content-align: center middle; text-wrap: nowrap; }
    """

    def __init__(
        self,
        text: str = "",
        shorter: str = "",
        *,
        most_lines: int = 1,
        id: str | None = None,
        classes: str = "",
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.text = text
        self.shorter = shorter
        self.most_lines = most_lines

    def show(self, text: str, shorter: str = "") -> None:
        """`shorter` stands in where `text` would be illegible."""
        if (text, shorter) != (self.text, self.shorter):
            self.text, self.shorter = text, shorter
            self.refresh()

    def render(self) -> RenderResult:
        width, height = self.size
        for text in (self.text, self.shorter):
            rows = big_lines(text, width, height, self.most_lines)
            if rows:
                return Content("\n".join(rows))
        return Content.styled(self.text, "bold")


def warm_up() -> None:
    """Load Pillow and the font; in a thread, before the first text is shown."""
    big_letters("0", 8, 6)


def big_lines(text: str, width: int, height: int, most_lines: int) -> tuple[str, ...]:
    """In as many lines as make the letters largest; () when it would be illegible in any."""
    best: list[tuple[str, ...]] = []
    for count in range(1, most_lines + 1):
        if best and len(best[0]) >= height // count:
            break  # so many lines leave no room for larger letters
        lines = [big_letters(line, width, height // count) for line in in_lines(text, count)]
        if lines and all(lines) and (not best or len(lines[0]) > len(best[0])):
            best = lines
    return tuple(row for line in best for row in line)


def in_lines(text: str, count: int) -> list[str]:
    """About equally long; cut between words where it has any."""
    words, joint = (text.split(), " ") if " " in text.strip() else (list(text), "")
    wanted = -(-len(text) // count)
    lines: list[str] = []
    for word in words:
        if lines and (len(lines) == count or len(lines[-1]) + len(joint + word) <= wanted):
            lines[-1] += joint + word
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=128)
def big_letters(text: str, width: int, height: int) -> tuple[str, ...]:
    """Rows of blocks, all of one width; () when the text would be illegible so small.

    Also () where the font or Pillow cannot be loaded: then plain text has to do.
    """
    if not text.strip() or width < 4 or height < 2:
        return ()
    try:
        picture, em = ink(text)
    except (ImportError, OSError):
        return ()
    from PIL.Image import Resampling

    columns, lines = 2 * width, rows_in_a_cell() * height
    # How much smaller than drawn, downwards and across.
    down = min(lines / picture.height, columns / (picture.width * pixel_height() * NARROWEST))
    least = LEAST_WIDE_PX if any(map(is_wide, text)) else LEAST_NARROW_PX
    if em * down < least:
        return ()
    across = min(down * pixel_height(), columns / picture.width)
    size = max(1, round(picture.width * across)), max(1, round(picture.height * down))
    return in_blocks(picture.resize(size, Resampling.BOX))


LEAST_SCRIPT_PX = 8
"""Of an em, for the scripts of `script_text`."""


@lru_cache(maxsize=128)
def script_letters(text: str, width: int, height: int) -> tuple[str, ...]:
    """As `big_letters`; Mongolian in a column where there is height enough for one."""
    if not text.strip() or width < 4 or height < 2:
        return ()
    try:
        picture, em = ink(text)
    except (ImportError, OSError):
        return ()
    from PIL.Image import Resampling, Transpose

    columns, lines = 2 * width, rows_in_a_cell() * height
    turned = [picture.transpose(Transpose.ROTATE_270)] if is_mongolian(text) else []
    for drawn in (*turned, picture):
        # Its letters are never narrowed: stacked and joined ones would run together.
        down = min(lines / drawn.height, columns / (drawn.width * pixel_height()), 0.5)
        if em * down >= LEAST_SCRIPT_PX:
            size = (
                max(1, round(drawn.width * down * pixel_height())),
                max(1, round(drawn.height * down)),
            )
            return in_blocks(drawn.resize(size, Resampling.BOX))
    return ()


def is_mongolian(text: str) -> bool:
    return any(0x1820 <= ord(letter) <= 0x18AA for letter in text)


def runs_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


@lru_cache(maxsize=16)
def ink(text: str) -> tuple[Image, int]:
    """The text in white on black, cropped to its ink; and the height of its em."""
    from PIL import Image, ImageDraw

    parts = runs(text)
    if runs_right_to_left(text):
        parts.reverse()
    width = sum(round(font.getlength(part)) for part, font in parts)
    picture = Image.new("L", (width + DRAWN_PX, 2 * DRAWN_PX))
    draw = ImageDraw.Draw(picture)
    x = 0.0
    for part, font in parts:
        if font is chinese_face():
            # Each letter once for all calls: drawing them takes longer than all else of a call.
            for letter in part:
                drawn, left, top, advance = letter_ink(letter)
                picture.paste(255, (round(x) + left, top), drawn)
                x += advance
        else:
            write(draw, part, font, x + MARGIN_PX)
            x += font.getlength(part)
    return picture.crop(picture.getbbox() or (0, 0, 1, 1)), DRAWN_PX


@lru_cache(maxsize=512)
def letter_ink(letter: str) -> tuple[Image, int, int, float]:
    """Of the Chinese face: its ink alone, where that stands after `MARGIN_PX`, and how far the
    next letter stands from it."""
    from PIL import Image, ImageDraw

    font = chinese_face()
    advance = font.getlength(letter)
    picture = Image.new("L", (round(advance) + DRAWN_PX, 2 * DRAWN_PX))
    write(ImageDraw.Draw(picture), letter, font, MARGIN_PX)
    inked = picture.getbbox() or (0, 0, 1, 1)
    return picture.crop(inked), inked[0], inked[1], advance


def write(draw: ImageDraw, text: str, font: FreeTypeFont, x: float) -> None:
    # The face is light for a wall; Chinese characters would clog where letters gain.
    stroke = DRAWN_PX * (0.006 if any(map(is_wide, text)) else 0.022)
    baseline = (x, 1.4 * DRAWN_PX)
    draw.text(baseline, text, font=font, fill=255, anchor="ls", stroke_width=stroke)


def runs(text: str) -> list[tuple[str, FreeTypeFont]]:
    """Pieces of the text, each with a face that has it and all wide or all narrow."""
    found: list[tuple[str, FreeTypeFont]] = []
    kind: tuple[bool, FreeTypeFont] | None = None
    for letter in text:
        joins = unicodedata.category(letter).startswith("M") or letter in "\u200c\u200d"
        before = kind
        # A blank goes with the letters before it, so that the words of a line keep their order.
        if before is not None and letter.isspace() and before[1] is not chinese_face():
            joins = True
        if before is None or not joins:
            kind = (is_wide(letter), face_for(letter))
        assert kind is not None
        if before == kind:
            found[-1] = (found[-1][0] + letter, kind[1])
        else:
            found.append((letter, kind[1]))
    return found


@lru_cache(maxsize=1024)
def face_for(letter: str) -> FreeTypeFont:
    """The first face that has the letter; the Chinese one when none has."""
    chinese = chinese_face()
    if letter.isspace() or has(chinese, letter):
        return chinese
    return next((face for face in other_faces() if has(face, letter)), chinese)


def has(face: FreeTypeFont, letter: str) -> bool:
    return bytes(face.getmask(letter)) != bytes(face.getmask("\uffff"))


@lru_cache(maxsize=1)
def chinese_face() -> FreeTypeFont:
    """Opened once: it costs milliseconds and megabytes."""
    from PIL import ImageFont

    file = resources.files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc"
    return ImageFont.truetype(str(file), DRAWN_PX, index=SIMPLIFIED_CHINESE)


@lru_cache(maxsize=1)
def other_faces() -> list[FreeTypeFont]:
    from PIL import ImageFont

    loaded = []
    for name in OTHER_FACES:
        with contextlib.suppress(OSError):  # not on this machine
            loaded.append(ImageFont.truetype(name, DRAWN_PX))
    return loaded


def is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
