"""Why no numbers are given, and when they are again."""

from typing import Any

from hall.errors import Refused
from hall.marked import _


class NoNumbersNow(Refused):
    """`again`: when there are, in the hall's own time. `phone`, `bookable`: of the matter."""

    code = "no_numbers_now"
    words = _("No numbers are given now.")
    short = _("Numbers from {again}")
    """On a button."""

    def __init__(self, *, phone: str = "", bookable: bool = False, **facts: Any) -> None:
        super().__init__(phone=phone, **facts)
        self.further = tuple(
            words
            for words, holds in (
                (_("Numbers are given again from {again}."), facts.get("again") is not None),
                (_("Ask on the telephone: {phone}."), bool(phone)),
                (_("This matter can be booked ahead at the information desk."), bookable),
            )
            if holds
        )


class DayOff(NoNumbersNow):
    code = "day_off"
    words = _("The hall is closed today.")


class ClosedDay(NoNumbersNow):
    code = "closed_day"
    words = _("The hall is closed today: {reason}.")


class ClosedForLong(NoNumbersNow):
    code = "closed_for_long"
    words = _("The hall gives no numbers for the time being.")
    short = _("No numbers now")


class NotYetOpen(NoNumbersNow):
    code = "not_yet_open"
    words = _("It is too early for a number.")


class NoonBreak(NoNumbersNow):
    code = "noon_break"
    words = _("No numbers are given before the noon break is over.")


class AfterHours(NoNumbersNow):
    code = "after_hours"
    words = _("No more numbers are given today.")


class TimeTooShort(NoNumbersNow):
    code = "time_too_short"
    words = _(
        "The {minutes} min of office hours left are too few for those who wait and your matter."
    )


class QuotaReached(NoNumbersNow):
    code = "quota_reached"
    words = _("All {quota} numbers of this matter for this session are taken.")
