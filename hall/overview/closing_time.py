"""延时服务: who is still in the hall when the office hours end, and who is served after that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hall.hall_rules import HallRules
from hall.hours import opening_hours
from hall.overview.hall_counters import CounterNow
from hall.overview.hall_lines import LineNow


@dataclass(frozen=True)
class Closing:
    """The office hours are about to end, or have ended, and somebody is to be served."""

    ends_at: datetime
    """Local time."""
    is_over: bool
    waiting: int
    in_hand: int
    """At counters, or put aside."""


def read_closing(
    rules: HallRules,
    lines: Sequence[LineNow],
    counters: Sequence[CounterNow],
    today: date,
    now: datetime,
) -> Closing | None:
    """None long before the end, on a day without office hours, and when nobody is left."""
    hours = opening_hours.sessions_on(rules, today)
    if not hours or rules.numbers.numbers_at_any_hour:
        return None
    ends_at = hours[-1][1]
    if now < ends_at - timedelta(minutes=rules.numbers.closing_warning_minutes):
        return None
    waiting = sum(line.waiting for line in lines)
    in_hand = sum(line.held for line in lines) + sum(one.in_hand is not None for one in counters)
    if not waiting and not (in_hand and now >= ends_at):
        return None
    return Closing(rules.local(ends_at), now >= ends_at, waiting, in_hand)
