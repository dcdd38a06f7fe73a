"""What the states of an inquiry are called; light, for screens."""

from hall.marked import _

STATES = {
    "open": _("without a result"),
    "answered": _("answered"),
    "led": _("led to a counter"),
    "directed": _("told where to go"),
}

CHANNELS = {
    "in_person": _("at the desk"),
    "phone": _("by telephone"),
}
