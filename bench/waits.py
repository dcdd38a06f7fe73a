"""How far off the expected wait is in simulated halls, against what others would have said."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import mean

from bench.simulated_hall import (
    Draw,
    Matter,
    Plan,
    SimulatedHall,
    Told,
    exponential,
    lognormal,
)

LIMIT = 1.10
"""Against who knows the true pace, for M/M/s."""
WARM_UP = 500
SEED = 1
MINUTES = 8.0


@dataclass(frozen=True)
class Comparison:
    """Mean squared errors of what was told, relative to those of others."""

    against_knowing: float
    """(queue + 1) / (s·μ) with the true μ."""
    against_last: float
    """What the last one called has waited."""
    against_head: float
    """What the head of the line has waited so far."""
    kept: float
    """How many waits were within the range."""
    waited: float
    """Minutes, on average."""


def m_m_s(counters: int, load: float, draw: Draw = exponential) -> Plan:
    return Plan(
        counters=[frozenset([1])] * counters,
        matters=[Matter("T1", 1, MINUTES)],
        a_minute=counters * load / MINUTES,
        draw=draw,
    )


MMS = {
    (counters, load): m_m_s(counters, load)
    for counters in (2, 5, 12)
    for load in (0.85, 0.9, 0.95, 0.98)
}

SKILLS = [frozenset(groups) for groups in ([1], [1, 2], [2], [2, 3], [1, 2, 3])]
MATTERS = [
    Matter("T1", 1, 5, often=3),
    Matter("T2", 1, 20),
    Matter("T3", 2, 12, often=2, catalogue=6),
    Matter("T4", 3, 8),
]
A_MINUTE = len(SKILLS) / (
    sum(one.minutes * one.often for one in MATTERS) / sum(one.often for one in MATTERS)
)
"""How many these counters could serve."""
CLOSING = (1, 180.0, 300.0)

MIXED = {
    "a fifth privileged": Plan(
        [frozenset([1])] * 5, [Matter("T1", 1, MINUTES)], 5 * 0.95 / MINUTES, privileged=0.2
    ),
    "several skills a counter": Plan(SKILLS, MATTERS, 0.9 * A_MINUTE),
    "one of five counters closes": Plan(
        [frozenset([1])] * 5, [Matter("T1", 1, MINUTES)], 5 * 0.85 / MINUTES, closed=CLOSING
    ),
    "clerks who linger a minute": Plan(
        [frozenset([1])] * 5, [Matter("T1", 1, MINUTES)], 5 * 0.9 / (MINUTES + 1), lingers=1
    ),
    "all of these": Plan(
        SKILLS, MATTERS, 0.75 * A_MINUTE, privileged=0.2, lingers=1, closed=CLOSING
    ),
    "lognormal times, σ = 0.5": m_m_s(5, 0.95, lognormal(0.5)),
    "lognormal times, σ = 1": m_m_s(5, 0.95, lognormal(1)),
    "lognormal times, one counter": m_m_s(1, 0.9, lognormal(0.5)),
}


NAMED = {f"M/M/{counters}, load {load}": plan for (counters, load), plan in MMS.items()} | MIXED
"""Every hall, those without surprises first."""


def compare_named(name: str) -> Comparison:
    """For another process, which is told a name: a plan can hold a function."""
    return compare(NAMED[name])


def compare(plan: Plan, visitors: int = 20_000, *, asked: float = 0.5) -> Comparison:
    """Over those who had to wait, after the first hundreds of visits."""
    told = SimulatedHall(plan, SEED).run(visitors, WARM_UP, asked=asked)

    def error(says: Callable[[Told], float]) -> float:
        return mean((says(one) - one.waited) ** 2 for one in told)

    ours = error(lambda one: one.said.mean_s / 60)
    return Comparison(
        against_knowing=ours / error(lambda one: one.knowing),
        against_last=ours / error(lambda one: one.last),
        against_head=ours / error(lambda one: one.head),
        kept=mean(one.said.low_s <= one.waited * 60 <= one.said.high_s for one in told),
        waited=mean(one.waited for one in told),
    )
