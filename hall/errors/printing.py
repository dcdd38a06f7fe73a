"""Why a slip is not printed again."""

from hall.errors import Refused
from hall.marked import _


class NeverPrinted(Refused):
    code = "never_printed"
    words = _("There is no slip of it to print again.")


class PrintWaits(Refused):
    code = "print_waits"
    words = _("A print of it waits already.")


class TicketVoid(Refused):
    code = "ticket_void"
    words = _("{number} is void ({state}); its slip is not printed again.")


class ReprintLimitReached(Refused):
    code = "reprint_limit_reached"
    words = _("It has been printed again {limit} times already; take a new number instead.")


class ReasonMissing(Refused):
    code = "reason_missing"
    words = _("Say why.")
