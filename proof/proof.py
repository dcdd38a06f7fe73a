"""One proof: what it promises, how it is put to the test, what it found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Figure = int | float | str | dict[str, int]
"""Several: by the name of a state."""


@dataclass(frozen=True)
class Size:
    """How much of everything; the short one is for the tests."""

    processes: int
    """At once on one file."""
    numbers: int
    """Each of them gives."""
    kills: int
    cuts: int
    """Moments at which the power fails."""
    jumps: int
    """Of the clock."""
    pages: int
    """Damaged, one after the other."""
    every: int
    """Of the writes to the disk each so-manieth fails; 1: each."""
    days: int
    visitors: int
    """A day."""


FULL = Size(50, 20, 500, 400, 400, 120, 1, 22, 60)
SHORT = Size(12, 10, 25, 40, 60, 12, 9, 3, 20)


@dataclass
class Found:
    """`broken` names every promise that was; [] where all were kept."""

    figures: dict[str, Figure] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    not_done: str = ""
    """Why it could not be put to the test here; then nothing is proved."""


@dataclass(frozen=True)
class Proof:
    name: str
    """It, the promise, how it is put to the test and the names of figures are marked for the
    translators; what was broken is told in English."""
    promise: str
    how: str
    run: Callable[[Path, Size, str], Found]
    """In a folder of its own, with this guard taken away ("": none)."""
    guards: tuple[str, ...] = ()
    """What it notices the want of."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """Figures in `how`."""
