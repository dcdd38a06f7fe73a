"""What the catalogue and its workbook refuse."""

from hall.errors import Refused
from hall.marked import _


class UnknownService(Refused):
    code = "unknown_service"
    words = _("There is no service {service}.")


class ServiceWithdrawn(Refused):
    code = "service_withdrawn"
    words = _("{service} is not offered any more; please choose again.")


class TicketsLeftWithoutCounter(Refused):
    code = "tickets_left_without_counter"
    words = _("{count} tickets still wait for {group}, which no counter would take any more.")


class HallExists(Refused):
    code = "hall_exists"
    words = _("This database already holds {hall}. To change its catalogue, add --update.")


class NoHallToUpdate(Refused):
    code = "no_hall_to_update"
    words = _("There is no hall to update yet; leave out --update.")


class HallCodeFixed(Refused):
    code = "hall_code_fixed"
    words = _("This hall is {hall} and stays so; the workbook says {other}. Is it the right one?")


class TimeZoneInUse(Refused):
    code = "time_zone_in_use"
    words = _("The time zone cannot change while tickets of today are open; do it tomorrow early.")


class CounterInUse(Refused):
    code = "counter_in_use"
    words = _("Counter {counter} is not in the workbook any more but at work; close it first.")


class ClerkAtWork(Refused):
    code = "clerk_at_work"
    words = _(
        "Clerk {clerk} is not in the workbook any more but sits at counter {counter}; "
        "close it first."
    )
