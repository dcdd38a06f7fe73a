"""放假安排: on which days the country works, make-up days (调休) included."""

from datetime import date
from functools import lru_cache

SATURDAY = 5


@lru_cache(maxsize=1024)
def is_working_day(day: date) -> bool:
    """As the State Council has it; of a year not announced yet, Monday to Friday."""
    known = announced(day)
    return day.weekday() < SATURDAY if known is None else known


def is_known(year: int) -> bool:
    return announced(date(year, 12, 31)) is not None


def announced(day: date) -> bool | None:
    """None for a year that the calendar at hand does not know."""
    import chinese_calendar  # only who asks for a day pays for its tables

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
