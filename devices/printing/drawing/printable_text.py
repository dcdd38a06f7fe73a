"""Text from people as it may be drawn: nothing in it reaches beyond its own line."""

from functools import lru_cache

from devices.printing.drawing.line_breaking import is_attached, is_wide
from hall.names import JOINERS, plain

MARKS_OF_A_LETTER = 8
"""More than the longest Tibetan stack has. Hundreds on one letter would blacken the lines above."""


@lru_cache(maxsize=1024)
def printable(text: str) -> str:
    """`plain`, with no more marks on a letter than a script has, and no joiner that joins nothing.

    Invisible signs by the hundred count as marks too.
    """
    kept: list[str] = []
    marks = 0
    for sign in plain(text):
        if is_attached(sign):
            marks += 1
            if marks > MARKS_OF_A_LETTER or (not kept and sign in JOINERS):
                continue
        else:
            marks = 0
        kept.append(sign)
    return "".join(kept)


def with_colon(label: str) -> str:
    return label + ("：" if label and is_wide(label[-1]) else ": ")
