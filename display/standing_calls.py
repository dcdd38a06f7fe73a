"""Which calls stand out at this moment, the newest first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hall.board_view import BoardCall

LEAST_S = 2.0
"""What was shown stays so long, whatever happens to it: an eye needs that to find it."""


@dataclass
class Standing:
    call: BoardCall
    since: float
    until: float


class StandingCalls:
    """A call stands out for a while after it was made, and as long as the voice says it.

    How long is measured here, from when the board saw the call: a clock set forth or back, or one
    that differs from the caller's, neither hides a call nor keeps it for ever.
    """

    def __init__(self, highlight_s: float, moment: Callable[[], float] = time.monotonic) -> None:
        self.highlight_s = highlight_s
        self.moment = moment
        self.known: dict[int, Standing] = {}

    def look(self, calls: Iterable[BoardCall], now: datetime) -> None:
        """Take in what was read, newest first."""
        moment = self.moment()
        found = {}
        for call in sorted(calls, key=lambda call: call.id):
            known = self.known.get(call.id) or self.meet(call, now)
            if call.speaking and not known.call.speaking:
                known.since = moment  # what is being said now is what people look for
            if call.speaking:
                known.until = max(known.until, moment + LEAST_S)
            known.call = call
            found[call.id] = known
        self.known = self.just_shown({one.call.ticket_id for one in found.values()}) | found

    def meet(self, call: BoardCall, now: datetime) -> Standing:
        moment = self.moment()
        left = self.highlight_s - abs((now - call.called_at).total_seconds())
        return Standing(call, moment, moment + max(left, LEAST_S) if left > 0 else moment)

    def just_shown(self, still_there: set[int]) -> dict[int, Standing]:
        """Calls taken back a moment after they appeared."""
        moment = self.moment()
        kept = {}
        for known in self.known.values():
            until = min(known.until, known.since + LEAST_S)
            if known.call.ticket_id not in still_there and moment < until:
                call = replace(known.call, speaking=False)
                kept[call.id] = Standing(call, known.since, until)
        return kept

    def now(self) -> list[BoardCall]:
        moment = self.moment()
        standing = [
            known for known in self.known.values() if known.call.speaking or moment < known.until
        ]
        standing.sort(key=lambda known: (known.since, known.call.id), reverse=True)
        return [known.call for known in standing]
