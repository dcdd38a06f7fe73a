"""The course of a ticket: every step there is, from which state, to which. Written down once."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from db.tables import TicketState

WAITING, CALLED, SERVING, HELD = (
    TicketState.WAITING,
    TicketState.CALLED,
    TicketState.SERVING,
    TicketState.HELD,
)
FINISHED, NO_SHOW, EXPIRED = TicketState.FINISHED, TicketState.NO_SHOW, TicketState.EXPIRED


class Step(StrEnum):
    """Named as the journal has it, behind "ticket."."""

    CALLED = "called"
    WALKED_IN = "walked_in"
    """Served at once where the citizen stood, without having been called."""
    RECALLED = "recalled"
    STARTED = "started"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    REQUEUED = "requeued"
    HELD = "held"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"
    SENT_BACK = "sent_back"
    RELEASED = "released"
    FREED = "freed"
    """A manager puts it back into the line, whoever had it."""
    LEFT_OVER = "left_over"

    @property
    def entry(self) -> str:
        """What the journal calls it."""
        return f"ticket.{self.value}"


COURSE: Mapping[tuple[TicketState, Step], TicketState] = MappingProxyType(
    {
        (WAITING, Step.CALLED): CALLED,
        (NO_SHOW, Step.CALLED): CALLED,
        (WAITING, Step.WALKED_IN): SERVING,
        (CALLED, Step.RECALLED): CALLED,
        (CALLED, Step.STARTED): SERVING,
        (CALLED, Step.FINISHED): FINISHED,
        (SERVING, Step.FINISHED): FINISHED,
        (CALLED, Step.NO_SHOW): NO_SHOW,
        (NO_SHOW, Step.REQUEUED): WAITING,
        (CALLED, Step.HELD): HELD,
        (SERVING, Step.HELD): HELD,
        (HELD, Step.RESUMED): SERVING,
        (CALLED, Step.TRANSFERRED): WAITING,
        (SERVING, Step.TRANSFERRED): WAITING,
        # Finished where it was transferred to, it goes back to where it came from.
        (CALLED, Step.SENT_BACK): WAITING,
        (SERVING, Step.SENT_BACK): WAITING,
        # The counter it waits for alone closes; where it may come back into the line, also later.
        **{
            (state, Step.RELEASED): state
            for state in (WAITING, CALLED, SERVING, HELD, NO_SHOW, FINISHED)
        },
        **{(state, Step.FREED): WAITING for state in (WAITING, CALLED, SERVING, HELD)},
        # The next business day settles what the last one left.
        (WAITING, Step.LEFT_OVER): EXPIRED,
        (CALLED, Step.LEFT_OVER): EXPIRED,
        (SERVING, Step.LEFT_OVER): FINISHED,
        (HELD, Step.LEFT_OVER): EXPIRED,
    }
)

UNDOABLE = frozenset(Step) - {Step.RECALLED, Step.RELEASED, Step.FREED, Step.LEFT_OVER}
"""A recall has been heard, and nobody at a counter did what the next day settles.

A quick service begun by mistake is undone too, for it would count as a visit: its ticket, which
nobody has in hand, is void then and does not join the line.
"""


def allowed(state: TicketState) -> frozenset[Step]:
    return frozenset(step for origin, step in COURSE if origin is state)
