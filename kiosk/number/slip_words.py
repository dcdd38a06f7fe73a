"""Where a slip comes out, in words for its citizen."""

from collections.abc import Callable

from hall.marked import _
from kiosk.offer import SlipFate, SlipNews

SLIP_WORDS: dict[SlipFate, str] = {
    "printing": _("Your slip is being printed. Please take it."),
    "printed": _("Your slip is printed. Please take it."),
    "at_desk": _("Please fetch your slip at the information desk. Your number is valid."),
    "no_printer": _("No slips are printed here. Please remember your number."),
}
ELSEWHERE = _("Please fetch your slip here: {place}")


def slip_words(say: Callable[..., str], slip: SlipNews) -> str:
    return say(ELSEWHERE, place=slip.place) if slip.place else say(SLIP_WORDS[slip.fate])
