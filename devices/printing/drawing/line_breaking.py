"""Where a line may end, in Chinese, in Latin and where the two meet."""

import unicodedata
from collections.abc import Callable, Iterator

NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉”’…～·％℃,.;:?!)]}%°་།")
"""May not begin a line; the Tibetan ones end a syllable and a sentence."""
NOT_LAST = frozenset("（《「『【〔〈“‘([{￥¥$№")
"""May not end a line."""
BREAK_AFTER = frozenset("་/，。、；：？！）》」』】〕〉”’…～")

Measure = Callable[[str], float]


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """The text in lines no wider than `width`; at least one line, empty for an empty text.

    A piece that fits on no line is broken where it must be.
    """
    lines: list[str] = []
    line, used = "", 0.0
    for atom in fitting(atoms(text), width, measure):
        needs = measure(atom)
        if line and used + needs > width and atom != " ":
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
        if line or atom != " ":
            line += atom
            used += needs
    if line or not lines:
        lines.append(line.rstrip(" "))
    return lines


def fitting(pieces: list[str], width: float, measure: Measure) -> Iterator[str]:
    for piece in pieces:
        if measure(piece) <= width:
            yield piece
        else:
            yield from graphemes(piece)


def atoms(text: str) -> list[str]:
    """Pieces that are not broken: a Chinese character, a Latin word, each with its punctuation."""
    found: list[str] = []
    for sign in graphemes(text):
        last = found[-1] if found else ""
        if not last or " " in (sign, last):
            found.append(sign)
        elif sign[0] in NOT_FIRST or last[-1] in NOT_LAST or joins(last[-1], sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def joins(before: str, after: str) -> bool:
    """Whether the two are signs of one word, as in "3.5" or "0883-2120000"."""
    return not (is_wide(before) or is_wide(after[0]) or before in BREAK_AFTER)


def graphemes(text: str) -> list[str]:
    """Characters, each with the marks and joiners that follow it."""
    found: list[str] = []
    for sign in text:
        if found and unicodedata.category(sign) in ("Mn", "Mc", "Me", "Cf"):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"
