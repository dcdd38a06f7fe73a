"""Board and sign say everything in the hall's language, with a second one beneath."""

from collections.abc import Mapping
from typing import Any

from hall.names import name_in
from hall.wording import Wording
from ui.script_text import needs_drawing

Pair = tuple[str, str]
"""In the reader's language; in the second, "" when that would say the same again."""


def both(wording: Wording, words: str, **facts: Any) -> Pair:
    """The product's own words; `words` is English."""
    return different(wording.say(words, **facts), wording.say_beside(words, **facts))


def both_names(wording: Wording, names: Mapping[str, str]) -> Pair:
    """The second is "" also where a terminal's letters would show it wrong, as they do Tibetan."""
    second = names.get(wording.beside, "")
    return different(name_in(names, wording.language), "" if needs_drawing(second) else second)


def drawn_name(wording: Wording, names: Mapping[str, str]) -> str:
    """In the second language, where it is better drawn as a picture; else "".

    A terminal's letters show Yi right, but not every terminal has them.
    """
    second = names.get(wording.beside, "")
    return second if needs_drawing(second) or any(map(is_yi, second)) else ""


def is_yi(letter: str) -> bool:
    return 0xA000 <= ord(letter) <= 0xA4CF


def different(here: str, second: str) -> Pair:
    return here, "" if second == here else second
