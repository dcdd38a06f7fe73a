"""What the tests of real sound share: how many streams there are, and what was heard."""

import subprocess
from array import array


def quiet(command: list[str]) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


def streams(sink: str = "") -> int:
    """How many sound at this moment, on one loudspeaker or on all."""
    rows = listed("sink-inputs")
    numbers = {name: number for number, name, *_ in listed("sinks")}
    return len([row for row in rows if not sink or row[1] == numbers[sink]])


def listed(what: str) -> list[list[str]]:
    command = ["pactl", "list", "short", what]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return [line.split("\t") for line in told.splitlines()]


def sounding(samples: "array[int]") -> "array[int]":
    loud = [place for place, sample in enumerate(samples) if abs(sample) > 300]
    return samples[loud[0] : loud[-1]] if loud else samples[:0]


def shape(samples: "array[int]", parts: int = 60) -> list[float]:
    """How loud it is from its beginning to its end."""
    step = len(samples) // parts
    return [
        sum(map(abs, samples[place * step : (place + 1) * step])) / step for place in range(parts)
    ]


def likeness(one: list[float], other: list[float]) -> float:
    """1 for the same course, about 0 for unrelated ones."""
    middle, middle_other = sum(one) / len(one), sum(other) / len(other)
    pairs = [(a - middle, b - middle_other) for a, b in zip(one, other, strict=True)]
    spread = sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs)
    return float(sum(a * b for a, b in pairs) / spread**0.5)
