"""What cannot be told to the hall, or to a counter."""

from hall.errors import Refused
from hall.marked import _


class UnknownZone(Refused):
    code = "unknown_zone"
    words = _("No counter stands in a zone “{zone}”.")


class MessageEmpty(Refused):
    code = "message_empty"
    words = _("Write what is to be told.")


class UnknownMessage(Refused):
    code = "unknown_message"
    words = _("Counter {counter} has no such message.")


class NobodyToTell(Refused):
    code = "nobody_to_tell"
    words = _("Nobody sits at a counter now.")


class UnknownBulletin(Refused):
    code = "unknown_bulletin"
    words = _("There is no bulletin {bulletin}.")


class NoEmergency(Refused):
    code = "no_emergency"
    words = _("There is no emergency now.")


class TextEmpty(Refused):
    code = "text_empty"
    words = _("Write what everyone is to be told.")
