"""Keys that an input method made Chinese: no verb has them, and whoever presses them wonders."""

from textual import events

from hall.marked import _

SWITCH = _("Switch the input method to English first.")


def is_composed(event: events.Key) -> bool:
    return event.is_printable and event.character is not None and not event.character.isascii()
