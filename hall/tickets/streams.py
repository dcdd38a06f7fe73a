"""Counters that call from the same lines, as one stream that carries citizens off bit by bit."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from hall.tickets.next_in_line import ordinary_first

NOTHING = 1e-9
SHORTEST = 0.05
"""A matter takes so many minutes at least, or a stream would have no end."""
WIDEST = 2
"""More spread than this says that some visits were forgotten, not how long one has to wait."""


@dataclass(slots=True, eq=False)
class Citizen:
    place: int
    """In the whole line."""
    takes: float
    privileged: bool
    queue: deque["Citizen"]
    """Where they stand; whoever is called is its first."""
    left: float = 1
    """How much of them no counter has taken yet."""


@dataclass(slots=True, eq=False)
class Stream:
    ordinary: list[deque[Citizen]]
    """The lines they call from."""
    privileged: list[deque[Citizen]]
    limit: int
    size: int = 0
    """How many of the counters are at work."""
    in_a_row: float = 0
    """How many privileged each has called since its last ordinary one, on average."""
    speed: float = 0
    """How many citizens they take a minute."""
    head: Citizen | None = None
    """Whom they call next."""
    share: float = 0
    """How much of the head they have taken."""
    taken: float = 0
    """How many citizens before."""
    seated: float = 0
    """And those for whom a counter was free."""

    def join(self, in_hand: float, in_a_row: float) -> None:
        # As often as they become free together: of two, one for 5 minutes and one for 30, the
        # short matter is soon followed by another.
        self.speed += 1 / max(in_hand, SHORTEST)
        self.in_a_row = (self.in_a_row * self.size + in_a_row) / (self.size + 1)
        self.size += 1

    def seat(self, citizen: Citizen, in_a_row: float) -> None:
        """One more counter has called this one."""
        self.seated += citizen.left
        self.join(citizen.takes, in_a_row + 1 if citizen.privileged else 0)

    def turn(self) -> None:
        """The head is wholly taken: so many of their hands are with that matter now."""
        assert self.head is not None
        part = min(1, self.share / self.size)
        takes = self.size / self.speed
        self.speed = self.size / (takes + part * (max(self.head.takes, SHORTEST) - takes))
        now_in_a_row = self.in_a_row + 1 if self.head.privileged else 0
        self.in_a_row += part * (now_in_a_row - self.in_a_row)
        self.taken += self.share
        self.head, self.share = None, 0

    def first(self, in_a_row: float) -> Citizen | None:
        """Whom a counter calls; as `next_in_line.claim` has it."""
        ordinary = earliest(self.ordinary)
        privileged = earliest(self.privileged)
        if ordinary is None or privileged is None:
            return ordinary or privileged
        if ordinary_first(in_a_row, self.limit) or ordinary.place < privileged.place:
            return ordinary
        return privileged

    def is_open_to_newcomers(self, first: Citizen | None, in_a_row: float) -> bool:
        """With this one as its first: to all, or to ordinary ones, whose turn it is."""
        return first is None or (first.privileged and ordinary_first(in_a_row, self.limit))


@dataclass(slots=True, eq=False)
class Place:
    """A newcomer's: reached when a whole counter would have been free for them."""

    privileged: bool
    streams: frozenset[Stream]
    """Of the counters that call their line."""
    spread: float
    left: float = 1
    passed: float = 0
    """How much of others was taken in the same turns."""
    at: float | None = None
    people: float = 0
    frees: float = 0

    def begin(self) -> None:
        """Of a matter met in hand half is over where all take alike, and nothing where some take
        very long: those are met most."""
        met = sum(max(0, stream.size - stream.seated) for stream in self.streams)
        size = sum(stream.size for stream in self.streams)
        if size:
            self.left = 1 + (min(self.spread, WIDEST) - 1) / 2 * met / size

    def nearing(self, open_to: Iterable[Stream]) -> tuple[float, float]:
        """How fast their turn comes, and how fast others are taken in it.

        `open_to`: the counters that may be free for them.
        """
        speed = passing = 0.0
        for stream in open_to:
            if stream in self.streams and self.is_free(stream.head):
                speed += stream.speed
                passing += stream.speed if stream.head is not None else 0
        return speed, passing

    def is_free(self, first: Citizen | None) -> bool:
        """Whether a counter whose turn an ordinary one is would call them before its first."""
        return first is None or (first.privileged and not self.privileged)

    def call(self, now: float) -> None:
        freed = sum(stream.taken + stream.share for stream in self.streams) - self.passed
        self.at = now
        self.people = freed + sum(stream.seated for stream in self.streams)
        self.frees = freed + 1


def earliest(queues: list[deque[Citizen]]) -> Citizen | None:
    found: Citizen | None = None
    for queue in queues:
        if queue and (found is None or queue[0].place < found.place):
            found = queue[0]
    return found
