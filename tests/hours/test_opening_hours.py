"""On which days and at which hours numbers are given, and when again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.doctor import about_the_calendar
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
from hall.hours import holiday_calendar, opening_hours
from hall.settings import HallSettings
from hall.wording import Wording

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)


def hall(
    zone: ZoneInfo = SHANGHAI,
    sessions: tuple[tuple[str, str], ...] = (("08:30", "11:30"), ("14:30", "17:30")),
    **numbers: Any,
) -> HallRules:
    return HallRules(1, "LC", {}, "", "", zone, sessions, 1, HallSettings(**numbers))


def at(clock: str, day: date = MONDAY, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=zone).astimezone(UTC)


def told(rules: HallRules, now: datetime) -> tuple[type[NoNumbersNow] | None, str | None]:
    gate = opening_hours.by_the_clock(rules, now)
    return gate.why, gate.again.isoformat(" ", "minutes")[:16] if gate.again else None


@pytest.mark.parametrize(
    ("clock", "why", "again"),
    [
        ("07:59", NotYetOpen, "2026-11-23 08:00"),
        ("08:00", None, None),
        ("11:14", None, None),
        ("11:15", NoonBreak, "2026-11-23 14:00"),
        ("12:30", NoonBreak, "2026-11-23 14:00"),
        ("14:00", None, None),
        ("17:14", None, None),
        ("17:15", AfterHours, "2026-11-24 08:00"),
        ("23:59", AfterHours, "2026-11-24 08:00"),
    ],
)
def test_numbers_are_given_from_before_a_session_until_its_last_minutes(
    clock: str, why: type[NoNumbersNow] | None, again: str | None
) -> None:
    assert told(hall(), at(clock)) == (why, again)


def test_who_may_be_served_after_the_break_gets_a_number_until_it_begins() -> None:
    rules = hall(serves_over_the_break=True)
    assert told(rules, at("11:29")) == (None, None)
    assert told(rules, at("11:30"))[0] is NoonBreak
    assert told(rules, at("17:15"))[0] is AfterHours


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # Saturday, made up for the Spring Festival
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),  # Monday, swapped for it
        (date(2026, 2, 28), True),
        (date(2026, 9, 20), True),  # Sunday, made up for the National Day
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 28), False),
    ],
)
def test_the_hall_keeps_to_the_state_councils_days(day: date, works: bool) -> None:
    assert opening_hours.by_the_clock(hall(), at("09:00", day)).is_open == works


def test_on_a_day_off_the_next_session_is_behind_the_whole_holiday() -> None:
    assert told(hall(), at("09:00", date(2026, 10, 3))) == (DayOff, "2026-10-08 08:00")
    assert told(hall(), at("18:00", date(2026, 2, 13))) == (AfterHours, "2026-02-14 08:00")


def test_of_a_year_not_announced_monday_to_friday_are_working_days() -> None:
    assert not holiday_calendar.is_known(2099)
    assert holiday_calendar.is_known(2026)
    friday = date(2099, 5, 1)
    assert [holiday_calendar.is_working_day(friday + timedelta(days=n)) for n in range(4)] == [
        True,
        False,
        False,
        True,
    ]


def test_the_doctor_asks_for_the_next_year_from_december_on() -> None:
    say = Wording("en").say
    assert about_the_calendar(date(2026, 11, 30), say).works
    december = about_the_calendar(date(2098, 12, 1), say)
    assert not december.works
    assert not december.needed
    assert "2098" in december.detail


def test_the_year_ends_and_the_next_session_is_of_the_next_one() -> None:
    _, again = told(hall(), at("18:00", date(2025, 12, 31)))
    assert again == "2026-01-04 08:00"  # 1 to 3 January are off, Sunday the 4th is made up


def test_the_halls_own_closures_and_extra_days_count_before_the_calendar() -> None:
    rules = hall(
        closed_days={MONDAY: "停电检修", date(2026, 11, 24): ""}, extra_days=[date(2026, 11, 28)]
    )
    gate = opening_hours.by_the_clock(rules, at("09:00"))
    assert (gate.why, gate.facts) == (ClosedDay, {"reason": "停电检修"})
    assert told(rules, at("09:00")) == (ClosedDay, "2026-11-25 08:00")
    assert told(rules, at("09:00", date(2026, 11, 24)))[0] is DayOff
    assert told(rules, at("09:00", date(2026, 11, 28))) == (None, None)


def test_a_hall_open_every_day_still_keeps_its_closures() -> None:
    sunday = date(2026, 11, 29)
    assert told(hall(open_days="every_day"), at("09:00", sunday)) == (None, None)
    closed = hall(open_days="every_day", closed_days={sunday: ""})
    assert told(closed, at("09:00", sunday))[0] is DayOff


def test_a_hall_closed_without_an_end_in_sight_says_so() -> None:
    days = {MONDAY + timedelta(days=n): "搬迁" for n in range(400)}
    assert told(hall(closed_days=days), at("09:00")) == (ClosedForLong, None)


@pytest.mark.parametrize("zone", ["Asia/Urumqi", "Europe/Berlin", "America/New_York"])
def test_the_hours_are_the_halls_own_wherever_it_stands(zone: str) -> None:
    here = ZoneInfo(zone)
    assert told(hall(here), at("09:00", zone=here)) == (None, None)
    assert told(hall(here), at("07:00", zone=here)) == (NotYetOpen, "2026-11-23 08:00")


@pytest.mark.parametrize(
    ("clock", "wait", "takes", "too_late"),
    [
        ("16:00", 60, 30, False),  # to the minute
        ("16:00", 61, 30, True),
        ("11:00", 20, 12, True),
        ("08:10", 150, 30, False),  # waits from half past eight
    ],
)
def test_numbers_end_when_the_time_left_does_not_serve_the_line(
    clock: str, wait: int, takes: int, too_late: bool
) -> None:
    minutes = timedelta(minutes=wait), timedelta(minutes=takes)
    gate = opening_hours.by_the_line(hall(), *minutes, at(clock))
    assert gate.why == (TimeTooShort if too_late else None)


def test_the_noon_break_is_none_of_the_time_left() -> None:
    rules = hall(serves_over_the_break=True)
    most = timedelta(minutes=30 + 180)
    none = timedelta()
    assert opening_hours.by_the_line(rules, most, none, at("11:00")).is_open
    more = most + timedelta(minutes=1)
    assert not opening_hours.by_the_line(rules, more, none, at("11:00")).is_open


def test_nobody_is_refused_for_a_wait_that_nobody_knows() -> None:
    assert opening_hours.by_the_line(hall(), None, timedelta(hours=9), at("17:00")).is_open


def test_a_hall_that_keeps_no_hours_gives_numbers_at_three_on_a_sunday() -> None:
    rules = hall(numbers_at_any_hour=True)
    night = at("03:00", date(2026, 11, 29))
    assert told(rules, night) == (None, None)
    assert opening_hours.by_the_line(rules, timedelta(hours=9), timedelta(), night).is_open


@given(
    st.integers(0, 3 * 365 * 24 * 60),
    st.integers(0, 240),
    st.integers(0, 180),
    st.booleans(),
)
def test_when_numbers_are_promised_again_they_are_given(
    minute: int, before: int, stop: int, over: bool
) -> None:
    rules = hall(opens_before_minutes=before, stop_issuing_minutes=stop, serves_over_the_break=over)
    now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    gate = opening_hours.by_the_clock(rules, now)
    if gate.again is not None:
        assert gate.again > now
        assert stop >= 180 or opening_hours.by_the_clock(rules, gate.again).is_open


def test_the_rules_of_the_small_hall_are_kept_by_default(rules: HallRules) -> None:
    assert not rules.numbers.numbers_at_any_hour
    assert opening_hours.by_the_clock(replace(rules), at("09:00")).is_open
