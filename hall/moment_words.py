"""A day and an hour to come, in words."""

from collections.abc import Callable
from datetime import datetime

from hall.marked import _

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


def moment_words(say: Callable[..., str], moment: datetime) -> str:
    return say(
        _("{weekday} {day}/{month}, {time}"),
        weekday=say(WEEKDAYS[moment.weekday()]),
        day=moment.day,
        month=moment.month,
        time=f"{moment:%H:%M}",
    )
