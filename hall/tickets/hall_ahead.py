"""A hall as it stands, and what it means for whoever comes now; no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hall.settings import HallSettings
from hall.tickets import estimate, pace, wait_range
from hall.tickets.estimate import Ahead, CounterAhead, Newcomer, Waiting
from hall.tickets.next_in_line import lines_at
from hall.tickets.pace import Pace, Paces


@dataclass(frozen=True)
class Expected:
    """What a newcomer is told."""

    ahead: int
    """People called before, at the counters that call them."""
    low_s: int
    high_s: int
    """From and to, in whole minutes."""
    mean_s: float
    """What both are about."""

    @property
    def minutes(self) -> tuple[int, int]:
        """From and to."""
        return self.low_s // 60, self.high_s // 60


AT_ONCE = Expected(0, 0, wait_range.SHORTEST * 60, 0)
"""Nobody waits, and a counter is free."""


@dataclass(frozen=True)
class Before:
    """What the counters that call one are busy with."""

    groups: set[int]
    paces: list[Pace]
    """Of the matters of these groups that wait or are in hand."""


@dataclass(frozen=True)
class HallAhead:
    """The line and the counters, with the pace of each matter."""

    line: list[Waiting]
    counters: list[CounterAhead]
    matters: list[tuple[int, Pace]]
    """Of all who wait or are in hand, by group."""
    paces: Paces

    def look(
        self, newcomers: Sequence[Newcomer], due_in: timedelta, numbers: HallSettings
    ) -> list[Expected | None]:
        """What those have to expect whose tickets are due so long from now, after all the line.

        None for whom no counter calls at present: nobody can say.
        """
        limit = numbers.privileged_in_a_row
        before = [self.before(newcomer) for newcomer in newcomers]
        asked = [
            replace(newcomer, spread=pace.spread(one.paces))
            for newcomer, one in zip(newcomers, before, strict=True)
        ]
        found = estimate.look_ahead(self.line, asked, self.counters, limit)
        return [
            None if ahead is None else self.expected(ahead, one, due_in, numbers)
            for ahead, one in zip(found, before, strict=True)
        ]

    def before(self, newcomer: Newcomer) -> Before:
        groups = {
            group
            for counter in self.counters
            if newcomer.line in lines_at(counter.groups, counter.counter_id, counter.clerk_id)
            for group in counter.groups
        }
        return Before(groups, [pace for group, pace in self.matters if group in groups])

    def expected(
        self, ahead: Ahead, before: Before, due_in: timedelta, numbers: HallSettings
    ) -> Expected:
        window = due_in - timedelta(minutes=numbers.privileged_target_minutes)
        share = min(
            self.paces.privileged_share(before.groups),
            numbers.privileged_in_a_row / (numbers.privileged_in_a_row + 1),
        )
        overtaken = estimate.overtaken(ahead, share, window.total_seconds() / 60)
        low, high = wait_range.told(
            overtaken, pace.in_all(before.paces), numbers.waits_kept_percent
        )
        return Expected(round(ahead.people), low * 60, high * 60, overtaken.minutes * 60)
