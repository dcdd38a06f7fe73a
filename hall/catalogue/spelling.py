"""Finding a matter by a few letters: of its Pinyin, of its English name, or of its code."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from hall.names import plain

MOST_TYPED = 12

Unit = frozenset[str]
"""How one character, or one word of letters, can be spelled."""
State = tuple[int, int, int, str, int]
"""Which word, at which unit one began, at which one is, in which spelling, and how many of its
letters are typed."""


@dataclass(frozen=True)
class Spelled:
    words: tuple[tuple[Unit, ...], ...]
    """The names and the code of one matter."""

    def after(self, typed: str) -> frozenset[State]:
        """Where one may be when this is typed; empty: it is not what was meant.

        One begins at any character, types the first letters of each, or more of them, and leaves
        none out: bzk, baozhangk and zhangka all lead to 社会保障卡.
        """
        states: frozenset[State] = frozenset()
        for place, letter in enumerate(typed):
            here = self.begun(letter) if place == 0 else self.gone_on(states, letter)
            states = frozenset(here)
            if not states:
                break
        return states

    def begun(self, letter: str) -> Iterable[State]:
        for word, units in enumerate(self.words):
            for unit in range(len(units)):
                yield from self.enter(word, unit, unit, letter)

    def gone_on(self, states: Iterable[State], letter: str) -> Iterable[State]:
        for word, start, unit, spelling, count in states:
            if spelling[count : count + 1] == letter:
                yield word, start, unit, spelling, count + 1
            yield from self.enter(word, start, unit + 1, letter)

    def enter(self, word: int, start: int, unit: int, letter: str) -> Iterable[State]:
        units = self.words[word]
        for spelling in units[unit] if unit < len(units) else ():
            if spelling.startswith(letter):
                yield word, start, unit, spelling, 1

    def next_letters(self, states: Iterable[State]) -> set[str]:
        """What can be typed next, without losing it."""
        found = set()
        for word, _start, unit, spelling, count in states:
            found.add(spelling[count : count + 1])
            units = self.words[word]
            if unit + 1 < len(units):
                found |= {one[0] for one in units[unit + 1]}
        return found - {""}

    def first_letters(self) -> set[str]:
        return {spelling[0] for units in self.words for unit in units for spelling in unit}


@dataclass(frozen=True)
class Found:
    codes: tuple[str, ...]
    """Of the matters, those first whose name begins with what was typed."""
    letters: frozenset[str]
    """Of which any leads further."""


class SpellingIndex:
    """Of every matter that is offered."""

    def __init__(self, matters: Mapping[str, Mapping[str, str]]) -> None:
        """`matters`: code → language → name. Takes a twentieth of a second at first."""
        self.matters = {code: spelled(code, names) for code, names in matters.items()}

    def find(self, typed: str) -> Found:
        typed = typed.lower()[:MOST_TYPED]
        letters: set[str] = set()
        if not typed:
            for one in self.matters.values():
                letters |= one.first_letters()
            return Found(tuple(self.matters), frozenset(letters))
        begin: list[str] = []
        within: list[str] = []
        for code, one in self.matters.items():
            states = one.after(typed)
            if states:
                letters |= one.next_letters(states)
                is_at_the_beginning = any(start == 0 for _, start, *_ in states)
                (begin if is_at_the_beginning else within).append(code)
        return Found((*begin, *within), frozenset(letters))


def spelled(code: str, names: Mapping[str, str]) -> Spelled:
    words = [units_of(name) for name in names.values()]
    return Spelled(tuple(units for units in (*words, code_units(code)) if units))


def code_units(code: str) -> tuple[Unit, ...]:
    """By letters and by digits: 101 finds S101."""
    return tuple(frozenset({"".join(run)}) for _, run in groupby(plain(code).lower(), str.isdigit))


def units_of(name: str) -> tuple[Unit, ...]:
    """Each Han character, each run of other letters or digits; the rest has no spelling."""
    units: list[Unit] = []
    for is_word, run in groupby(plain(name), lambda sign: sign.isascii() and sign.isalnum()):
        text = "".join(run)
        if is_word:
            units.append(frozenset({text.lower()}))
        else:
            units += [unit for unit in map(readings, text) if unit]
    return tuple(units)


def readings(character: str) -> Unit:
    """Every way it is read: a name of two characters does not tell which one is meant."""
    # Its phrases, 40 MB and a tenth of a second, tell one reading from another; all are wanted.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    plain_ones = {one for one in (found[0] if found else ()) if one.isascii() and one.isalpha()}
    return frozenset(plain_ones | {one.replace("v", "u") for one in plain_ones})
