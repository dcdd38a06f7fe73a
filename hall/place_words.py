"""Where something happened, as the journal names it, in words."""

from collections.abc import Callable

from hall.accounts.stations import WORDS, Station
from hall.marked import _

PLACES = {
    "kiosk": _("Kiosk"),
    "import": _("Workbook"),
    "command line": _("Command line"),
}
NUMBERED = {
    "kiosk": _("Kiosk {which}"),
    "counter": _("Counter {which}"),
    "counter-sign": _("Sign of counter {which}"),
    "printer": _("Printer {which}"),
    "zone": _("Zone {which}"),
}


def place_words(say: Callable[..., str], place: str) -> str:
    """Of "counter 3", "desk"; what it does not know is shown as it is."""
    kind, _space, which = place.partition(" ")
    if kind in NUMBERED and which:
        return say(NUMBERED[kind], which=which)
    if place in set(Station):
        return say(WORDS[Station(place)])
    return say(PLACES[place]) if place in PLACES else place
