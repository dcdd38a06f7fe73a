"""How long one will wait: a look ahead with the line as it is, told as a range."""

import heapq
from collections import deque
from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import ceil
from typing import Any

SOONER = 0.6
LATER = 1.5
"""The range around what is expected; halls vary about so much from person to person."""

SHORTEST = 1
"""To hear the call and walk, even where a clerk is free."""

MOST = 500
"""So many people are looked at one by one; behind them the wait grows as it did so far."""


@dataclass(frozen=True)
class CounterAhead:
    """An open counter, and how long the citizen in its hand will still take."""

    groups: Set[int]
    busy_for: float


def look_ahead(
    line: Sequence[tuple[Any, ...]], group: int, counters: Sequence[CounterAhead]
) -> tuple[int, float] | None:
    """How many are called before one at the counters that serve one's group, and when one is.

    All times in minutes. `line`: group and service time of everybody due before, the earliest
    first. Each counter, as it becomes free, takes the earliest of its groups. None when no open
    counter takes one's group.
    """
    if not any(group in counter.groups for counter in counters):
        return None
    waiting: dict[int, deque[tuple[int, float]]] = {}
    for place, (of, takes) in enumerate(line[:MOST]):
        waiting.setdefault(of, deque()).append((place, takes))
    free = [(counter.busy_for, number) for number, counter in enumerate(counters)]
    heapq.heapify(free)
    ahead = 0
    while True:
        moment, number = heapq.heappop(free)
        groups = counters[number].groups
        heads = [(waiting[of][0][0], of) for of in groups if waiting.get(of)]
        if not heads and group in groups:
            break
        if not heads:
            continue
        _, takes = waiting[min(heads)[1]].popleft()
        ahead += group in groups
        heapq.heappush(free, (moment + takes, number))
    more = max(1.0, len(line) / MOST)
    return round(ahead * more), moment * more


def told(expected: float) -> tuple[int, int]:
    """The range of whole minutes that is told for an expected wait.

    Rounded up, so that the later end is kept.
    """
    return ceil(expected * SOONER), max(SHORTEST, ceil(expected * LATER))
