"""Input that cannot break a screen, whatever the keyboard, a scanner or a joker sends.

Textual's parser makes a character of any number in a key's escape sequence, and fails for numbers
that are none; and it believes window sizes that arrive as text. Both would let the public end or
blank a kiosk. Private names of Textual 8.2 are used here: a test keeps watch.
"""

from collections.abc import Callable, Generator
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.message import Message
from textual.messages import InBandWindowResize


class SturdyParser(XTermParser):
    def parse(self, token_callback: Callable[[Message], None]) -> Generator[Any, str, None]:
        def believable(token: Message) -> None:
            # The size is asked of the system, as SIGWINCH tells; text can claim anything.
            if not isinstance(token, (InBandWindowResize, events.Resize)):
                token_callback(token)

        return super().parse(believable)

    def _parse_extended_key(  # type: ignore[override]  # cached there
        self, sequence: str
    ) -> list[events.Key] | None:
        try:
            keys: list[events.Key] | None = super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):
            return []  # no key there is
        return keys


def install() -> None:
    vars(linux_driver)["XTermParser"] = SturdyParser
