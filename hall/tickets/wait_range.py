"""What a citizen is told of an expected wait: a range of whole minutes that most waits keep."""

from functools import lru_cache
from math import sqrt
from statistics import NormalDist

from hall.tickets.estimate import Ahead
from hall.tickets.pace import Pace

SHORTEST = 1
"""To hear the call and walk, even where a clerk is free."""

UNFORESEEN = 0.1**2
"""What no pace tells, of the wait, squared: a clerk who leaves for a moment, one who comes."""


def told(ahead: Ahead, pace: Pace, kept_percent: int) -> tuple[int, int]:
    """From and to, in minutes; so many percent of all waits end between them.

    `pace`: of the matters before.
    """
    if ahead.minutes <= 0:
        return 0, SHORTEST
    variance = pace.spread / max(ahead.frees, 1) + pace.unsure + UNFORESEEN
    outside = (100 - kept_percent) / 200
    low = ahead.minutes * quantile(variance, outside)
    high = ahead.minutes * quantile(variance, 1 - outside)
    return rounded(low), max(SHORTEST, rounded(high), rounded(low) + step(high))


def quantile(variance: float, part: float) -> float:
    """Of a gamma distribution with mean 1 (Wilson and Hilferty): so many matters in a row."""
    ninth = variance / 9
    return max(0.0, 1 - ninth + normal(part) * sqrt(ninth)) ** 3


@lru_cache
def normal(part: float) -> float:
    return NormalDist().inv_cdf(part)


def step(minutes: float) -> int:
    """To what a wait is rounded: nobody believes 37 minutes."""
    if minutes <= 10:
        return 1
    return 5 if minutes <= 60 else 10


def rounded(minutes: float) -> int:
    return round(minutes / step(minutes)) * step(minutes)
