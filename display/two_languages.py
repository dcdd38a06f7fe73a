"""The board says everything in the hall's language, with English beneath."""

from collections.abc import Mapping
from typing import Any

from hall.names import name_in
from hall.wording import Wording

Pair = tuple[str, str]
"""In the reader's language; in English, "" when that would say the same again."""


def both(wording: Wording, words: str, **facts: Any) -> Pair:
    """The product's own words; `words` is English."""
    return different(wording.say(words, **facts), words.format(**facts))


def both_names(wording: Wording, names: Mapping[str, str]) -> Pair:
    return different(name_in(names, wording.language), names.get("en", ""))


def different(here: str, english: str) -> Pair:
    return here, "" if english == here else english
