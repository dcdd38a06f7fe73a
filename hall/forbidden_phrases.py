"""文明用语: what is not said to citizens in writing, and what to say instead.

A phrase is found whatever blanks and punctuation stand between its letters, in letters of any
width. The same letters may be part of something decent (“不知道的事项可咨询”, “不急，什么时候来都
可以”): the list names longer words in which the phrase may stand. What decent sentences say too
often (“不清楚”, of a stamp) is not on the list; “我不清楚” is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from hall.errors.notices import ForbiddenPhrase, ForbiddenPhraseOfHall
from hall.names import plain

if TYPE_CHECKING:
    from hall.hall_rules import HallRules

FILE = "forbidden_phrases.tsv"


@dataclass(frozen=True)
class Phrase:
    words: str
    instead: str = ""
    """What to say; empty: the hall that forbids it has not said."""
    may_stand_in: tuple[str, ...] = ()


# -- rules ---------------------------------------------------------------------------------------


def normal(text: str) -> str:
    """Letters and figures only, of one width and case."""
    # Decomposed: what stood apart before punctuation went must not become another letter now.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")


def first_found(phrases: Iterable[Phrase], text: str) -> Phrase | None:
    """The first of the list that the text says; None when it says none."""
    said = normal(text)
    return next((phrase for phrase in phrases if stands_in(phrase, said)), None)


def stands_in(phrase: Phrase, said: str) -> bool:
    """`said` is normal."""
    words = normal(phrase.words)
    if not words:  # of signs only: it would be found in everything
        return False
    decent = [longer for longer in map(normal, phrase.may_stand_in) if words in longer]
    at = said.find(words)
    while at >= 0:
        starts = [(longer, at - longer.index(words)) for longer in decent]
        if not any(start >= 0 and said.startswith(longer, start) for longer, start in starts):
            return True
        at = said.find(words, at + 1)
    return False


def of_hall(listed: Iterable[str]) -> tuple[Phrase, ...]:
    """A hall writes `phrase`, or `phrase=what to say instead`."""
    parts = (one.partition("=") for one in listed)
    return tuple(Phrase(plain(words), plain(instead)) for words, _, instead in parts)


# -- what is asked -------------------------------------------------------------------------------


def check(rules: HallRules, text: str) -> None:
    """Of what somebody typed and citizens will read. Raises ForbiddenPhrase."""
    for phrases in (of_product(), of_hall(rules.numbers.forbidden_phrases)):
        found = first_found(phrases, text)
        if found is not None and found.instead:
            raise ForbiddenPhrase(phrase=found.words, instead=found.instead)
        if found is not None:
            raise ForbiddenPhraseOfHall(phrase=found.words)


@cache
def of_product() -> tuple[Phrase, ...]:
    lines = (resources.files("assets") / FILE).read_text("utf-8").splitlines()
    return tuple(parsed(line) for line in lines if line.strip() and not line.startswith("#"))


def parsed(line: str) -> Phrase:
    words, instead, decent = (*line.split("\t"), "")[:3]
    return Phrase(words, instead, tuple(part for part in decent.split("|") if part))
