"""What the content of a slip holds, as a person reads it; never fails, whatever it holds."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from hall.marked import _
from hall.names import name_in
from hall.wording import Wording

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


def text_of(value: Any) -> str:
    """Empty for nothing."""
    return "" if value is None else str(value)


def whole(value: Any) -> int | None:
    """None for anything that is not a number."""
    try:
        return int(value) if isinstance(value, int | float) else None
    except (ValueError, OverflowError):  # not a number, infinite
        return None


def name(names: Any, language: str = "zh") -> str:
    """Of a map from language to text, or of a text that has only one."""
    if isinstance(names, Mapping):
        return name_in({key: text_of(text) for key, text in names.items()}, language)
    return text_of(names)


def moment(value: Any) -> str:
    """ "2026-11-23 09:00"; what is no moment stays what it is."""
    text = text_of(value)
    try:
        return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text


def clock(value: Any) -> str:
    """ "09:00"; what is no moment stays what it is."""
    text = text_of(value)
    try:
        return datetime.fromisoformat(text).strftime("%H:%M")
    except ValueError:
        return text


def day(value: Any, wording: Wording) -> str:
    """Of a date or a moment, with its weekday; what is neither stays what it is."""
    text = text_of(value)
    try:
        found: date = datetime.fromisoformat(text)
    except ValueError:
        return text
    return wording.say(
        _("{weekday}, {year}-{month}-{day}"),
        weekday=wording.say(WEEKDAYS[found.weekday()]),
        year=found.year,
        month=found.month,
        day=found.day,
    )


def span(first: str, last: str) -> str:
    """ "09:00–09:30", or the one that is there."""
    return "–".join(part for part in (first, last) if part)
