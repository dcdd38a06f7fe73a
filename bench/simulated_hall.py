"""Halls that exist in numbers only: who comes, who serves, and what the product would have said.

The estimator is the product's own, with what it has learned from the visits of this run; the line
moves by the product's own rules of turn.
"""

import heapq
import random
from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from math import exp

from db.tables import PriorityClass
from hall.settings import HallSettings
from hall.tickets import next_in_line, pace
from hall.tickets.estimate import CounterAhead, Newcomer, Waiting
from hall.tickets.hall_ahead import Expected, HallAhead
from hall.tickets.pace import GroupFigures, Paces, ServiceFigures

FIRST_DAY = date(2026, 1, 5)
DAY_MINUTES = 480
NUMBERS = HallSettings()

Draw = Callable[[random.Random, float], float]


def exponential(chance: random.Random, mean: float) -> float:
    return chance.expovariate(1 / mean)


def lognormal(spread: float) -> Draw:
    """With so much spread of the logarithm."""

    def draw(chance: random.Random, mean: float) -> float:
        return mean * exp(chance.gauss(-(spread**2) / 2, spread))

    return draw


@dataclass(frozen=True)
class Matter:
    code: str
    group: int
    minutes: float
    often: float = 1
    """Against the others."""
    catalogue: float = 10
    """What the workbook says it takes."""


@dataclass(frozen=True)
class Plan:
    """A hall and its day."""

    counters: Sequence[frozenset[int]]
    """The groups of each."""
    matters: Sequence[Matter]
    a_minute: float
    """How many come."""
    draw: Draw = exponential
    privileged: float = 0
    """How many of them are of a privileged class, over all."""
    lingers: float = 0
    """Minutes a clerk takes, on average, before calling the next."""
    closed: tuple[int, float, float] | None = None
    """A counter, and from when until when in the day it is closed."""


@dataclass(slots=True, eq=False)
class Visitor:
    due: float
    number: int
    came: float
    matter: Matter
    privileged: bool
    takes: float
    said: Expected | None = None
    known: tuple[float, float | None, float] | None = None
    """What the rivals would have said: perfect knowledge of the pace, last to be called, head of
    the line."""

    def __lt__(self, other: "Visitor") -> bool:
        return (self.due, self.number) < (other.due, other.number)


@dataclass
class Desk:
    groups: frozenset[int]
    with_one: Visitor | None = None
    since: float = 0
    in_a_row: int = 0
    is_open: bool = True
    ready: bool = True
    """To call; not while the clerk tidies up after the last one."""
    free_at: float = 0


@dataclass(frozen=True)
class Told:
    """Of one visitor who had to wait."""

    waited: float
    said: Expected
    knowing: float
    last: float
    head: float


@dataclass
class SimulatedHall:
    plan: Plan
    seed: int
    now: float = 0
    line: list[Visitor] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    services: dict[str, ServiceFigures] = field(default_factory=dict)
    groups: dict[int, GroupFigures] = field(default_factory=dict)
    last_wait: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.desks = [Desk(groups) for groups in self.plan.counters]
        self.events: list[tuple[float, int, str, Desk | None]] = []
        self.numbers = count()

    def run(self, visitors: int, warm_up: int, *, asked: float = 1) -> list[Told]:
        """`asked`: so many of the visitors look at what they are told; the others only come."""
        self.at(self.chance.expovariate(self.plan.a_minute), "comes", None)
        self.plan_closing(0)
        came = 0
        while came < visitors:
            self.now, _, what, desk = heapq.heappop(self.events)
            if what == "comes":
                came += 1
                self.come(came > warm_up and self.chance.random() < asked)
                self.at(self.chance.expovariate(self.plan.a_minute), "comes", None)
            elif what == "closes" and desk is not None:
                desk.is_open = False
            elif what == "opens" and desk is not None:
                desk.is_open, desk.free_at = True, 0
                self.call(desk)
                self.plan_closing(int(self.now // DAY_MINUTES) + 1)
            elif what == "finishes" and desk is not None:
                self.finish(desk)
                desk.free_at, desk.ready = self.now, False
                lingers = self.plan.lingers
                self.at(self.chance.expovariate(1 / lingers) if lingers else 0, "ready", desk)
            elif desk is not None:
                desk.ready = True
                self.call(desk)
        return self.told

    def at(self, later: float, what: str, desk: Desk | None) -> None:
        heapq.heappush(self.events, (self.now + later, next(self.numbers), what, desk))

    def plan_closing(self, day: int) -> None:
        if self.plan.closed is not None:
            desk, start, end = self.plan.closed
            for minute, what in ((start, "closes"), (end, "opens")):
                self.at(day * DAY_MINUTES + minute - self.now, what, self.desks[desk])

    @property
    def today(self) -> date:
        return FIRST_DAY + timedelta(days=int(self.now // DAY_MINUTES))

    def come(self, asked: bool) -> None:
        often = [matter.often for matter in self.plan.matters]
        matter = self.chance.choices(self.plan.matters, often)[0]
        privileged = self.chance.random() < self.plan.privileged
        of_class = PriorityClass.ELDERLY if privileged else PriorityClass.ORDINARY
        due_in = next_in_line.target_wait(of_class, NUMBERS)
        visitor = Visitor(
            self.now + due_in.total_seconds() / 60,
            next(self.numbers),
            self.now,
            matter,
            privileged,
            self.plan.draw(self.chance, matter.minutes),
        )
        free = [
            desk
            for desk in self.desks
            if desk.is_open and desk.ready and desk.with_one is None and matter.group in desk.groups
        ]
        if not free and asked:
            visitor.said = self.look(visitor, due_in)
            visitor.known = self.rivals(visitor)
        insort(self.line, visitor)
        if free:
            self.call(free[0])

    def look(self, visitor: Visitor, due_in: timedelta) -> Expected | None:
        newcomer = Newcomer(("group", visitor.matter.group), visitor.privileged)
        return self.ahead_of(visitor.due).look([newcomer], due_in, NUMBERS)[0]

    def ahead_of(self, due: float) -> HallAhead:
        paces = Paces(self.services, self.groups, self.today)
        matters, line, counters = [], [], []
        for one in self.line:
            if one.due > due:
                break
            known = paces.of(one.matter.code, one.matter.group, one.matter.catalogue)
            matters.append((one.matter.group, known))
            line.append(Waiting(("group", one.matter.group), known.minutes, one.privileged))
        for desk in self.desks:
            in_hand = None
            if desk.with_one is not None:
                matter = desk.with_one.matter
                known = paces.of(matter.code, matter.group, matter.catalogue)
                matters.append((matter.group, known))
                in_hand = known.minutes
            if desk.is_open:
                counters.append(CounterAhead(desk.groups, in_hand, in_a_row=desk.in_a_row))
        return HallAhead(line, counters, matters, paces)

    def rivals(self, visitor: Visitor) -> tuple[float, float | None, float]:
        group = visitor.matter.group
        before = [one for one in self.line if one.matter.group == group]
        serving = sum(group in desk.groups for desk in self.desks if desk.is_open)
        knowing = (len(before) + 1) * visitor.matter.minutes / max(1, serving)
        head = max((self.now - one.came for one in before), default=0.0)
        return knowing, self.last_wait.get(group), head

    def call(self, desk: Desk) -> None:
        waiting = [one for one in self.line if one.matter.group in desk.groups]
        if not (desk.is_open and desk.ready and waiting) or desk.with_one is not None:
            return
        visitor = waiting[0]
        if next_in_line.ordinary_first(desk.in_a_row, NUMBERS.privileged_in_a_row):
            visitor = next((one for one in waiting if not one.privileged), visitor)
        self.line.remove(visitor)
        of_class = PriorityClass.ELDERLY if visitor.privileged else PriorityClass.ORDINARY
        desk.in_a_row = next_in_line.in_a_row_after(desk.in_a_row, of_class)
        desk.with_one = visitor
        desk.since = desk.free_at if visitor.came <= desk.free_at else self.now
        waited = self.now - visitor.came
        self.last_wait[visitor.matter.group] = waited
        if visitor.said is not None and visitor.known is not None:
            knowing, last, head = visitor.known
            self.told.append(Told(waited, visitor.said, knowing, last or 0, head))
        self.at(visitor.takes, "finishes", desk)

    def finish(self, desk: Desk) -> None:
        visitor = desk.with_one
        assert visitor is not None
        desk.with_one = None
        matter = visitor.matter
        pace.learn(
            self.services.setdefault(matter.code, ServiceFigures(self.today)),
            self.groups.setdefault(matter.group, GroupFigures(self.today)),
            matter.catalogue,
            self.now - desk.since,
            visitor.privileged,
            self.today,
        )
