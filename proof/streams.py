"""What sounded in a zone, from the notes of its players."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Play:
    began: float
    """In seconds, of the machine's monotonic clock."""
    ended: float | None
    """None: it was cut off, nobody knows when."""


def plays(notes: Path) -> list[Play]:
    began: dict[str, float] = {}
    ended: dict[str, float] = {}
    lines = notes.read_text().splitlines() if notes.exists() else []
    for line in lines:
        what, player, at = line.split()
        (began if what == "began" else ended)[f"{player}"] = float(at)
    return [Play(at, ended.get(player)) for player, at in sorted(began.items(), key=by_time)]


def by_time(one: tuple[str, float]) -> float:
    return one[1]


def most_at_once(heard: list[Play]) -> int:
    """Of those that sounded to their end."""
    changes = [(one.began, 1) for one in heard if one.ended is not None]
    changes += [(one.ended, -1) for one in heard if one.ended is not None]
    most = sounding = 0
    for _, change in sorted(changes):
        sounding += change
        most = max(most, sounding)
    return most
