"""How long one will wait: the line played forward as it is called, by the counters as they are.

Nobody knows when a counter will be free, only how often it is. So counters are streams: with a
matter in hand that takes ten minutes one carries off a tenth of the next citizen a minute. Played
so, the wait is the mean of all the ways it can come, not one of them (docs/decisions/0009).
"""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import inf

from hall.tickets.next_in_line import Line, lines_at
from hall.tickets.streams import NOTHING, Citizen, Place, Stream

MOST = 500
"""So many people are looked at one by one; behind them the wait grows as it did so far."""

Queues = dict[tuple[Line, bool], deque[Citizen]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who waits."""

    line: Line
    takes: float
    """Minutes a counter is busy with the matter, from the call on."""
    privileged: bool = False


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One who would be called after everybody in the line, but for the turns of the ordinary."""

    line: Line
    privileged: bool = False
    spread: float = 1
    """How much the matters before differ: the variance of what one takes, relative to its mean
    squared. The less, the sooner is what is in hand now at its end."""


@dataclass(frozen=True, slots=True)
class CounterAhead:
    """A counter that calls, now or once its pause is over."""

    groups: Collection[int]
    in_hand: float | None
    """Minutes the matter in its hand takes in all. None: its hands are free."""
    away_for: float = 0
    in_a_row: int = 0
    counter_id: int | None = None
    clerk_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    minutes: float
    """Until one is called, expected."""
    people: float
    """Called before one, at the counters that call one's line."""
    frees: float
    """How often one of these counters has to become free until then."""


def look_ahead(
    line: Sequence[Waiting],
    newcomers: Sequence[Newcomer],
    counters: Iterable[CounterAhead],
    limit: int,
) -> list[Ahead | None]:
    """What each newcomer has to expect, as if no other came; one play answers for all.

    `line`: the earliest due first. `limit`: so many privileged in a row at most. None for whom no
    counter would call.
    """
    queues = queues_of(line[:MOST])
    wanted = {of for of, _ in queues} | {newcomer.line for newcomer in newcomers}
    streams: dict[frozenset[Line], Stream] = {}
    free: list[tuple[float, int, Stream]] = []
    for counter in counters:
        lines = lines_at(counter.groups, counter.counter_id, counter.clerk_id) & wanted
        if not lines:
            continue
        stream = streams.get(lines)
        if stream is None:
            stream = streams[lines] = stream_at(lines, queues, limit)
        if counter.in_hand is None or counter.away_for > 0:
            free.append((counter.away_for, counter.in_a_row, stream))
        else:
            stream.join(counter.in_hand, counter.in_a_row)

    places = [
        Place(
            one.privileged,
            frozenset(stream for lines, stream in streams.items() if one.line in lines),
            one.spread,
        )
        for one in newcomers
    ]
    Play(list(streams.values()), [one for one in places if one.streams], free).run()
    more = max(1.0, len(line) / MOST)
    return [
        None if one.at is None else Ahead(one.at * more, one.people * more, one.frees * more)
        for one in places
    ]


def queues_of(line: Sequence[Waiting]) -> Queues:
    """By whom they are called, and whether they are privileged; each by due time."""
    queues: Queues = {}
    for place, one in enumerate(line):
        queue = queues.setdefault((one.line, one.privileged), deque())
        queue.append(Citizen(place, one.takes, one.privileged, queue))
    return queues


def stream_at(lines: Collection[Line], queues: Queues, limit: int) -> Stream:
    ordinary, privileged = (
        [queues[of, which] for of in lines if (of, which) in queues] for which in (False, True)
    )
    return Stream(ordinary, privileged, limit)


def overtaken(ahead: Ahead, share: float, window: float) -> Ahead:
    """With those who come later and are called before.

    `share`: of all who come, how many are privileged; `window`: minutes from now in which one of
    them would still be due before.
    """
    if ahead.minutes <= 0 or window <= 0 or share <= 0:
        return ahead
    minutes = min(ahead.minutes / (1 - share), ahead.minutes + share * window)
    return Ahead(minutes, ahead.people, ahead.frees * minutes / ahead.minutes)


class Play:
    def __init__(
        self, streams: list[Stream], places: list[Place], free: list[tuple[float, int, Stream]]
    ) -> None:
        self.working = [stream for stream in streams if stream.size]
        self.places = places
        """Of those who have not been called yet."""
        self.free = deque(sorted(free, key=lambda one: one[0]))
        self.now = 0.0

    def run(self) -> None:
        self.take_up()
        for place in self.places:
            place.begin()
        while self.places and self.step():
            self.take_up()

    def take_up(self) -> None:
        """Whose hands are free by now take the first of their lines, whole and at once."""
        while self.free and self.free[0][0] <= self.now + NOTHING:
            _, in_a_row, stream = self.free.popleft()
            first = stream.first(in_a_row)
            if stream.is_open_to_newcomers(first, in_a_row):
                self.call(
                    [one for one in self.places if stream in one.streams and one.is_free(first)]
                )
            if first is not None:
                self.take_off(first)
                stream.seat(first, in_a_row)
                if stream not in self.working:
                    self.working.append(stream)

    def step(self) -> bool:
        """Until a citizen is wholly taken, a newcomer would be, or a pause ends; False: never."""
        speeds: dict[Citizen, float] = {}
        open_to: list[Stream] = []
        for stream in self.working:
            head = stream.head
            if head is None:
                head = stream.head = stream.first(stream.in_a_row)
            if head is not None:
                speeds[head] = speeds.get(head, 0) + stream.speed
            if stream.is_open_to_newcomers(head, stream.in_a_row):
                open_to.append(stream)
        nearing = [place.nearing(open_to) for place in self.places] if open_to else []
        lasts = self.free[0][0] - self.now if self.free else inf
        for citizen, speed in speeds.items():
            if citizen.left < lasts * speed:
                lasts = citizen.left / speed
        for place, (speed, _) in zip(self.places, nearing, strict=bool(open_to)):
            if speed:
                lasts = min(lasts, place.left / speed)
        if lasts == inf:
            return False

        self.now += lasts
        for stream in self.working:
            if stream.head is not None:
                stream.share += stream.speed * lasts
        if open_to:
            for place, (speed, passing) in zip(self.places, nearing, strict=True):
                place.left -= speed * lasts
                place.passed += passing * lasts
            self.call([place for place in self.places if place.left <= NOTHING])
        for citizen, speed in speeds.items():
            citizen.left -= speed * lasts
            if citizen.left <= NOTHING:
                self.take_off(citizen)
        return True

    def call(self, places: list[Place]) -> None:
        for place in places:
            place.call(self.now)
            self.places.remove(place)

    def take_off(self, citizen: Citizen) -> None:
        citizen.queue.popleft()
        for stream in self.working:
            if stream.head is citizen:
                stream.turn()
