"""Counters that call from the same lines, as one stream that carries citizens off bit by bit."""

from collections import deque
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
    takes: float = 1
    """Minutes of the matters in their hands, on average."""
    in_a_row: float = 0
    """How many privileged each has called since its last ordinary one, on average."""
    head: Citizen | None = None
    """Whom they call next."""
    share: float = 0
    """How much of the head they have taken."""
    taken: float = 0
    """How many citizens before."""
    seated: float = 0
    """And those for whom a counter was free."""

    @property
    def speed(self) -> float:
        return self.size / self.takes

    def join(self, in_hand: float, in_a_row: float) -> None:
        # As often as they become free together: of two, one for 5 minutes and one for 30, the
        # short matter is soon followed by another.
        freed = (self.speed if self.size else 0) + 1 / max(in_hand, SHORTEST)
        self.in_a_row = (self.in_a_row * self.size + in_a_row) / (self.size + 1)
        self.size += 1
        self.takes = self.size / freed

    def seat(self, citizen: Citizen, in_a_row: float) -> None:
        """One more counter has called this one."""
        self.seated += citizen.left
        self.join(citizen.takes, in_a_row + 1 if citizen.privileged else 0)

    def turn(self) -> None:
        """The head is wholly taken: so many of their hands are with that matter now."""
        assert self.head is not None
        part = min(1, self.share / self.size)
        self.takes += part * (max(self.head.takes, SHORTEST) - self.takes)
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


@dataclass(slots=True, eq=False)
class Place:
    """A newcomer's: reached when a whole counter would have been free for them."""

    privileged: bool
    streams: list[Stream]
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

    def is_free(self, stream: Stream, first: Citizen | None, in_a_row: float) -> bool:
        """Whether a counter of the stream would call the newcomer, with this one before."""
        if stream not in self.streams:
            return False
        return first is None or (
            first.privileged and not self.privileged and ordinary_first(in_a_row, stream.limit)
        )

    def nearing(self) -> tuple[float, float]:
        """How fast their turn comes, and how fast others are taken in it."""
        speed = passing = 0.0
        for stream in self.streams:
            if stream.size and self.is_free(stream, stream.head, stream.in_a_row):
                speed += stream.speed
                passing += stream.speed if stream.head is not None else 0
        return speed, passing

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
