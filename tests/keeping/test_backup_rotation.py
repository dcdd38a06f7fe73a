"""Which copies stay: enough to go back an hour, a day, a month, and never none."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.keeping.backup_rotation import Kept, copies_in, is_due, name_at, to_drop
from hall.keeping.keeping_settings import BackupSettings

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 30, 18, 0, tzinfo=ZONE)
SETTINGS = BackupSettings(every_minutes=60, keep_days=30, keep_months=12)
AGES = st.lists(st.integers(0, 60 * 24 * 800), max_size=60, unique=True)


def copies(ages_in_minutes: list[int]) -> list[Kept]:
    return [
        Kept(Path(f"/{minutes}"), NOW - timedelta(minutes=minutes)) for minutes in ages_in_minutes
    ]


def stay(made: list[Kept]) -> list[Kept]:
    gone = {one.path for one in to_drop(made, NOW, SETTINGS)}
    return [one for one in made if one.path not in gone]


@given(AGES)
def test_the_newest_copy_always_stays(ages: list[int]) -> None:
    made = copies(ages)
    if made:
        assert max(made, key=lambda one: one.at) in stay(made)


@given(AGES)
def test_each_of_the_last_days_keeps_its_last_copy(ages: list[int]) -> None:
    made = copies(ages)
    left = stay(made)
    for one in made:
        if NOW.date() - one.at.date() < timedelta(days=SETTINGS.keep_days):
            same_day = [other for other in left if other.at.date() == one.at.date()]
            assert same_day
            assert max(other.at for other in same_day) >= one.at


@given(AGES)
def test_what_stays_does_not_grow_with_the_years(ages: list[int]) -> None:
    of_today = sum(age < 24 * 60 for age in ages)
    most = of_today + SETTINGS.keep_days + SETTINGS.keep_months + 1
    assert len(stay(copies(ages))) <= most


@given(AGES)
def test_dropping_twice_drops_nothing_more(ages: list[int]) -> None:
    left = stay(copies(ages))
    assert to_drop(left, NOW, SETTINGS) == []


def test_a_clock_a_year_ahead_does_not_take_the_copies_there_are() -> None:
    made = copies([24 * 60 * days for days in range(30)])
    ahead = Kept(Path("/ahead"), NOW + timedelta(days=400))
    gone = to_drop([*made, ahead], ahead.at, SETTINGS)
    assert [one.path for one in gone] == [made[-1].path]


def test_after_two_years_of_hourly_copies_there_is_one_of_each_month_kept() -> None:
    left = stay(copies([60 * hours for hours in range(24 * 730)]))
    months = {(one.at.year, one.at.month) for one in left}
    assert len(months) == 12
    assert len(left) == 24 + 28 + 11  # hours, the other days, the months before


@pytest.mark.parametrize(
    ("newest", "due"),
    [
        (None, True),
        (NOW - timedelta(minutes=59), False),
        (NOW - timedelta(minutes=60), True),
        (NOW + timedelta(hours=1), True),  # of a clock that was set back since
    ],
)
def test_a_copy_is_due_by_the_clock(newest: datetime | None, due: bool) -> None:
    assert is_due(newest, NOW, None, SETTINGS) is due


def test_a_copy_is_due_at_the_end_of_the_day_s_work_whatever_the_clock_says() -> None:
    half_past_five = NOW.replace(hour=17, minute=30)
    before, after = half_past_five - timedelta(minutes=1), half_past_five + timedelta(seconds=20)
    rarely = SETTINGS.model_copy(update={"every_minutes": 1440})
    assert is_due(before, NOW, half_past_five, rarely)
    assert not is_due(after, NOW, half_past_five, rarely)


def test_none_is_due_where_the_hall_wants_none() -> None:
    assert not is_due(None, NOW, NOW, SETTINGS.model_copy(update={"every_minutes": 0}))


def test_only_files_that_are_copies_are_taken_for_copies(tmp_path: Path) -> None:
    made = tmp_path / name_at(NOW)
    for file in (made, tmp_path / "hall-20269999-000000.db", tmp_path / "hall.db", tmp_path / "x"):
        file.touch()
    assert copies_in(tmp_path, ZONE) == [Kept(made, NOW)]
    assert copies_in(tmp_path / "none", ZONE) == []
