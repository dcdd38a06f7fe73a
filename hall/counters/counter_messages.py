"""A short word to counters: sent from the desk or by a manager, until it is read there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from db import journal
from db.tables import Clerk, Counter, CounterMessage, CounterState
from db.tables.messages import UNREAD
from hall import rights
from hall.errors.announcing import MessageEmpty, NobodyToTell, UnknownMessage
from hall.errors.counters import CounterNotOpen, UnknownCounter
from hall.errors.notices import TextTooLong
from hall.hall_rules import HallRules
from hall.names import plain
from hall.rights import Right

LONGEST = 120
"""Characters: what a counter's screen shows without scrolling."""


@dataclass(frozen=True)
class Unread:
    """As a counter's screen may show it."""

    id: int
    staff_number: str
    """Of who sent it; empty: the hall itself."""
    name: str
    text: str
    sent_at: datetime
    """Local time of the hall."""


# -- reading -------------------------------------------------------------------------------------


def unread(
    session: Session, rules: HallRules, counter_id: int | None, now: datetime
) -> tuple[Unread, ...]:
    """The oldest first. What the hall itself said on another day is not so any more."""
    rows = session.exec(
        select(CounterMessage, Clerk)
        .outerjoin(Clerk, col(Clerk.id) == col(CounterMessage.sender_id))
        .where(UNREAD, CounterMessage.counter_id == counter_id)
        .order_by(col(CounterMessage.id))
    ).all()
    today = rules.business_day(now)
    return tuple(
        Unread(
            message.id or 0,
            plain(sender.staff_number) if sender is not None else "",
            plain(sender.name) if sender is not None else "",
            plain(message.text),
            rules.local(message.sent_at),
        )
        for message, sender in rows
        if sender is not None or rules.business_day(message.sent_at) == today
    )


# -- operations ----------------------------------------------------------------------------------


def send(
    session: Session,
    rules: HallRules,
    counters: Sequence[int] | None,
    text: str,
    sender: Clerk | None,
    now: datetime,
) -> tuple[int, ...]:
    """To these counters, None: to every one somebody sits at; returns their numbers.

    Raises NotAllowed, MessageEmpty, TextTooLong, UnknownCounter, CounterNotOpen, NobodyToTell;
    then nobody is told anything.
    """
    if sender is not None:
        rights.check(sender, Right.ASSIST)
    text = plain(text)
    if not text:
        raise MessageEmpty()
    if len(text) > LONGEST:
        raise TextTooLong(beginning=text[:10], count=len(text), most=LONGEST)
    receivers = receivers_of(session, rules, counters)
    for receiver in receivers:
        put(session, receiver, text, sender, now)
    return tuple(receiver.number for receiver in receivers)


def receivers_of(
    session: Session, rules: HallRules, numbers: Sequence[int] | None
) -> Sequence[Counter]:
    statement = (
        select(Counter)
        .where(Counter.hall_id == rules.hall_id, col(Counter.withdrawn).is_(False))
        .order_by(col(Counter.number))
    )
    if numbers is None:
        found = session.exec(statement.where(Counter.state != CounterState.CLOSED)).all()
    else:
        found = session.exec(statement.where(col(Counter.number).in_(numbers))).all()
        for number in sorted(set(numbers) - {counter.number for counter in found}):
            raise UnknownCounter(counter=number)
        for counter in found:
            if counter.state == CounterState.CLOSED:
                raise CounterNotOpen(counter=counter.number)
    if not found:
        raise NobodyToTell()
    return found


def put(
    session: Session, counter: Counter, text: str, sender: Clerk | None, now: datetime
) -> CounterMessage:
    """`sender` None: the hall itself; the text is plain."""
    assert counter.id is not None
    message = CounterMessage(
        hall_id=counter.hall_id,
        counter_id=counter.id,
        sender_id=sender.id if sender is not None else None,
        text=text,
        sent_at=now,
    )
    session.add(message)
    session.flush()
    entry = journal.Entry(
        "message.sent",
        who=sender.staff_number if sender is not None else "system",
        subject=f"message/{message.id}",
        after={"counter": counter.number},
    )
    journal.append(session, counter.hall_id, entry, now)
    return message


def mark_read(
    session: Session, rules: HallRules, counter: int, message_id: int, now: datetime
) -> CounterMessage:
    """By whoever sits there; a second time is no mistake. Raises UnknownMessage."""
    message = session.get(CounterMessage, message_id)
    here = session.get(Counter, message.counter_id) if message is not None else None
    if message is None or here is None or (here.hall_id, here.number) != (rules.hall_id, counter):
        raise UnknownMessage(counter=counter)
    if message.read_at is not None:
        return message
    message.read_at = now
    message.read_by_id = here.clerk_id
    session.flush()
    clerk = session.get(Clerk, here.clerk_id) if here.clerk_id is not None else None
    entry = journal.Entry(
        "message.read",
        who=clerk.staff_number if clerk is not None else "",
        place=f"counter {counter}",
        subject=f"message/{message_id}",
    )
    journal.append(session, rules.hall_id, entry, now)
    return message
