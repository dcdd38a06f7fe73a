"""Where a line may end, in Chinese, in Latin and where the two meet."""

import unicodedata
from collections.abc import Callable, Iterator

NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉”’…～·％℃→,.;:?!)]}%°་།")
"""May not begin a line; the Tibetan ones end a syllable and a sentence."""
NOT_LAST = frozenset("（《「『【〔〈“‘([{￥¥$№")
"""May not end a line."""
BREAK_AFTER = frozenset("་/，。、；：？！）》」』】〕〉”’…～→")
WIDE_BLANK = "\u3000"
ARROW = "→"
"""Between facts in a row, between steps of a procedure; these rather begin a line than break."""

Measure = Callable[[str], float]


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """The text in lines no wider than `width`; at least one line, empty for an empty text.

    A piece that fits on no line is broken where it must be. No Chinese character is left alone on
    the last line.
    """
    lines: list[list[str]] = [[]]
    used = 0.0
    pieces = list(fitting(atoms(text), width, measure))
    for number, atom in enumerate(pieces):
        needs = measure(atom)
        blank = atom == WIDE_BLANK
        if lines[-1] and (blank or pieces[number - 1].endswith(ARROW)):
            step = measure_of_step(pieces[number + blank :], measure)
            if used + blank * needs + step > width >= step:
                lines.append([])
                used = 0.0
                if blank:
                    continue
        if lines[-1] and used + needs > width and atom != " ":
            lines.append([])
            used = 0.0
        if lines[-1] or atom != " ":
            lines[-1].append(atom)
            used += needs
    if len(lines) > 1:
        keep_company(lines[-2], lines[-1], width, measure)
    return ["".join(line).rstrip(" ") for line in lines]


def measure_of_step(pieces: list[str], measure: Measure) -> float:
    """Up to the next blank, or the next arrow with what it leads from."""
    length = 0.0
    for piece in pieces:
        if piece == WIDE_BLANK:
            break
        length += measure(piece)
        if piece.endswith(ARROW):
            break
    return length


def keep_company(before: list[str], last: list[str], width: float, measure: Measure) -> None:
    """Give a last line of one Chinese character the one before it as well."""
    alone = (
        len(last) == 1 and len(last[0]) <= 2 and is_wide(last[0][0])
    )  # a full stop is no company
    if alone and len(before) > 2 and is_wide(before[-1][0]):
        pair = before[-1] + last[0]
        if measure(pair) <= width:
            last.insert(0, before.pop())


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
        if found and is_attached(sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def is_attached(sign: str) -> bool:
    """A mark, a joiner or a variation selector: belongs to the character before it."""
    return unicodedata.category(sign) in ("Mn", "Mc", "Me", "Cf")
