"""What the closing of a counter entails, whoever closes it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import journal
from db.tables import Counter, CounterState, HelpKind
from hall.accounts import signed_in
from hall.coded_reasons import code_of
from hall.counters import open_help, stand_ins
from hall.counters.pause_reasons import PAUSE_REASONS
from hall.hall_rules import HallRules
from hall.tickets import reservations


def shut(
    session: Session,
    rules: HallRules,
    counter: Counter,
    who: str,
    now: datetime,
    what: str = signed_in.CLOSED,
    *,
    before: dict[str, Any] | None = None,
) -> Counter:
    """Nobody must be in hand there. What waited for it, what was lent and who was signed in: all
    is let go."""
    reservations.release(session, rules, counter, counter.clerk_id, now)
    stand_ins.give_back(session, counter, who, now)
    stand_ins.give_up(session, counter, who, now)
    # An emergency stays one, though whoever called has left the counter to help.
    open_help.withdraw_of(session, counter, [HelpKind.PAUSE, HelpKind.DUTY_MANAGER], who, now)
    signed_in.sign_off(session, rules, counter, who, now)
    counter.clerk_id = None
    counter.privileged_in_a_row = 0
    return change(session, counter, CounterState.CLOSED, what, who, now, before=before)


def change(
    session: Session,
    counter: Counter,
    state: CounterState,
    what: str,
    who: str,
    now: datetime,
    *,
    reason: str | None = None,
    until: datetime | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Counter:
    """`before` and `after`: what the journal is told besides the state."""
    told_before = {"state": counter.state} | (before or {})
    counter.state = state
    counter.pause_reason = reason
    counter.pause_until = until
    counter.hands_free_at = None
    session.flush()
    journal.append(
        session,
        counter.hall_id,
        journal.Entry(
            what,
            who=who,
            place=f"counter {counter.number}",
            subject=f"counter/{counter.id}",
            why=code_of(PAUSE_REASONS, reason) if reason else "",
            words=reason or "",
            before=told_before,
            after={"state": state.value, "until": until.isoformat() if until else None}
            | (after or {}),
        ),
        now,
    )
    return counter
