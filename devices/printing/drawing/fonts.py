"""Which font draws which character, so that none is lost silently.

A missing glyph is drawn as a box or as nothing, without an error. So every character is looked up
first, in the CJK font that comes with the installation, then in the machine's fonts for its script;
what no font has is shown by its code.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devices.printing.drawing.line_breaking import is_attached

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SIMPLIFIED_CHINESE = 2
"""The font file holds one font a region; this one has the mainland's shapes."""
SPACES = " \u202f"
"""The narrow one stands before a Mongolian ending and decides its shape."""


class NoFont(Exception):
    """The CJK font of the installation is not there; nothing can be printed."""


@dataclass(frozen=True)
class Face:
    """One font of one file."""

    path: str
    index: int = 0
    larger: float = 1.0
    """Letters finer than Chinese ones are drawn so much larger beside them."""

    def covers(self, sign: str) -> bool:
        return ord(sign) in glyphs_of(self)

    def at(self, size: int) -> FreeTypeFont:
        """For a line of this size."""
        return font_of(self, round(size * self.larger))


@dataclass(frozen=True)
class Run:
    """Neighbouring characters drawn with one font, in one direction."""

    face: Face
    text: str
    right_to_left: bool = False

    def width(self, size: int) -> float:
        return width_of(self, size)

    @property
    def direction(self) -> str:
        return "rtl" if self.right_to_left else "ltr"


@cache
def cjk_face() -> Face:
    """Raises NoFont."""
    try:
        path = Path(str(resources.files("noto_cjk_sans_otc"))) / "NotoSansCJK-Regular.ttc"
    except ModuleNotFoundError as error:
        raise NoFont("noto_cjk_sans_otc") from error
    if not path.is_file():
        raise NoFont(str(path))
    return Face(str(path), SIMPLIFIED_CHINESE)


@cache
def glyphs_of(face: Face) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError) as error:
        if face == cjk_face():
            raise NoFont(face.path) from error
        return frozenset()


@lru_cache(maxsize=64)
def font_of(face: Face, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    try:
        return ImageFont.truetype(
            face.path, size, index=face.index, layout_engine=ImageFont.Layout.RAQM
        )
    except OSError as error:
        raise NoFont(face.path) from error


@lru_cache(maxsize=8192)
def width_of(run: Run, size: int) -> float:
    length: float = run.face.at(size).getlength(run.text, direction=run.direction)
    return length


@cache
def scripts() -> list[dict[str, Any]]:
    text = (resources.files("assets") / "script_fonts.toml").read_text("utf-8")
    listed: list[dict[str, Any]] = tomllib.loads(text)["script"]
    return listed


@cache
def installed_fonts() -> dict[str, str]:
    """File name → path, of the machine's own fonts."""
    text = (resources.files("assets") / "script_fonts.toml").read_text("utf-8")
    found: dict[str, str] = {}
    for folder in tomllib.loads(text)["folders"]:
        for file in sorted(Path(folder).expanduser().rglob("*.tt[fc]")):
            found.setdefault(file.name, str(file))
    return found


@lru_cache(maxsize=8192)
def face_for(sign: str) -> Face | None:
    """None when no font has it."""
    if cjk_face().covers(sign):
        return cjk_face()
    for script in scripts():
        if script["first"] <= ord(sign) <= script["last"]:
            for name in script["fonts"]:
                path = installed_fonts().get(name)
                face = Face(path, larger=script.get("larger", 1.0)) if path else None
                if face and face.covers(sign):
                    return face
    return None


def is_right_to_left(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in ("R", "AL")


def runs_rightwards(text: str) -> bool:
    """Whether a line of this text begins on the left: decided by its first letter."""
    for sign in text:
        if unicodedata.bidirectional(sign) == "L":
            return True
        if is_right_to_left(sign):
            return False
    return True


def runs_of(text: str) -> list[Run]:
    """The text in the order it is read, every character in a run; raises NoFont."""
    runs: list[Run] = []
    face, right_to_left, piece = cjk_face(), False, ""
    for sign in text:
        stays = bool(piece) and (is_attached(sign) or (sign in SPACES and face.covers(sign)))
        wanted = face if stays else face_for(sign)
        direction = right_to_left if stays else is_right_to_left(sign)
        drawn = sign
        if wanted is None:
            wanted, direction, drawn = cjk_face(), False, f"〔U+{ord(sign):04X}〕"
        if piece and (wanted != face or direction != right_to_left):
            runs.append(Run(face, piece, right_to_left))
            piece = ""
        face, right_to_left = wanted, direction
        piece += drawn
    if piece:
        runs.append(Run(face, piece, right_to_left))
    return runs


def runs_from_left(text: str) -> list[Run]:
    """The runs as they stand on the line, the leftmost first."""
    runs = runs_of(text)
    if runs_rightwards(text):
        return runs
    placed: list[Run] = []
    for run in runs:
        if run.right_to_left:
            placed.append(run)
            continue
        # A space beside a number belongs to the line, which runs the other way.
        core = run.text.strip(" ")
        before = len(run.text) - len(run.text.lstrip(" "))
        after = len(run.text) - len(core) - before
        parts = [" " * before, core, " " * after]
        placed += [Run(run.face, part) for part in parts if part]
    return placed[::-1]


@lru_cache(maxsize=16384)
def width(text: str, size: int) -> float:
    return sum(run.width(size) for run in runs_of(text))
