"""When numbers are given: working days, sessions, and the time left before they end."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hall.errors.hours import (
    AfterHours,
    ClosedDay,
    ClosedForLong,
    DayOff,
    NoNumbersNow,
    NoonBreak,
    NotYetOpen,
    TimeTooShort,
)
from hall.hall_rules import HallRules
from hall.hours import holiday_calendar
from hall.hours.gate import OPEN, Gate

FURTHEST_DAYS = 370
"""So far ahead the next session is looked for."""

OfficeHours = tuple[datetime, datetime]


def is_working_day(rules: HallRules, day: date) -> bool:
    """The hall's own word counts before the country's."""
    if day in rules.numbers.closed_days:
        return False
    if rules.numbers.open_days == "every_day" or day in rules.numbers.extra_days:
        return True
    return holiday_calendar.is_working_day(day)


def sessions_on(rules: HallRules, day: date) -> list[OfficeHours]:
    return rules.sessions_of(day) if is_working_day(rules, day) else []


def session_at(rules: HallRules, now: datetime) -> OfficeHours | None:
    """The one whose numbers are given now: from a while before it begins until it ends."""
    before = timedelta(minutes=rules.numbers.opens_before_minutes)
    today = sessions_on(rules, rules.business_day(now))
    return next(((start, end) for start, end in today if start - before <= now < end), None)


def gives_again(rules: HallRules, now: datetime) -> datetime | None:
    """When the numbers of the next session begin; None when there is none in sight."""
    before = timedelta(minutes=rules.numbers.opens_before_minutes)
    today = rules.business_day(now)
    for ahead in range(FURTHEST_DAYS):
        for start, _ in sessions_on(rules, today + timedelta(days=ahead)):
            if now < start - before:
                return rules.local(start - before)
    return None


def by_the_clock(rules: HallRules, now: datetime) -> Gate:
    """Whether anybody gets a number at this hour."""
    if rules.numbers.numbers_at_any_hour or not rules.sessions:
        return OPEN
    day = rules.business_day(now)
    today = sessions_on(rules, day)
    if not today:
        reason = rules.numbers.closed_days.get(day)
        if reason:
            return closed(rules, ClosedDay, now, reason=reason)
        return closed(rules, DayOff, now)
    session = session_at(rules, now)
    if session is None:
        if now < today[0][0]:
            return closed(rules, NotYetOpen, now)
        return closed(rules, NoonBreak if now < today[-1][0] else AfterHours, now)
    last_minutes = timedelta(minutes=rules.numbers.stop_issuing_minutes)
    if now >= end_for(rules, session, today) - last_minutes:
        return closed(rules, AfterHours if session == today[-1] else NoonBreak, now)
    return OPEN


def by_the_line(rules: HallRules, wait: timedelta | None, takes: timedelta, now: datetime) -> Gate:
    """Whether the time left serves those who wait and one more whose matter takes so long.

    `wait`: as expected, from when the counters open; None: nobody can say, and nobody is refused.
    """
    session = None if rules.numbers.numbers_at_any_hour else session_at(rules, now)
    if session is None or wait is None:
        return OPEN
    left = time_left(rules, session, now)
    if wait + takes <= left:
        return OPEN
    return closed(rules, TimeTooShort, now, minutes=int(left.total_seconds() // 60))


def time_left(rules: HallRules, session: OfficeHours, now: datetime) -> timedelta:
    """In which counters work; the noon break is none of it."""
    counted = [session]
    if rules.numbers.serves_over_the_break:
        today = sessions_on(rules, rules.business_day(now))
        counted = [one for one in today if one[0] >= session[0]]
    return sum((end - max(now, start) for start, end in counted), timedelta())


def counted_since(rules: HallRules, now: datetime) -> datetime:
    """Since when tickets count for the quota of the session: since the one before has ended."""
    day = rules.business_day(now)
    midnight = datetime.combine(day, time(), tzinfo=rules.zone).astimezone(UTC)
    return max([midnight, *(end for _, end in rules.sessions_of(day) if end <= now)])


def end_for(rules: HallRules, session: OfficeHours, today: list[OfficeHours]) -> datetime:
    """By when whoever comes in this session has to be served."""
    if rules.numbers.serves_over_the_break and session != today[-1]:
        # Nobody is sent away before the break: it will go on after it.
        return session[1] + timedelta(minutes=rules.numbers.stop_issuing_minutes)
    return session[1]


def closed(rules: HallRules, why: type[NoNumbersNow], now: datetime, **facts: Any) -> Gate:
    again = gives_again(rules, now)
    if again is None:
        return Gate(ClosedForLong)
    return Gate(why, facts, again)
