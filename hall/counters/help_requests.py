"""求助: calls for help, from the counter, desk or kiosk that asks to whoever answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from db import journal
from db.tables import Clerk, Counter, CounterState, HelpKind, HelpRequest
from db.tables.messages import OPEN_HELP
from hall import rights
from hall.counters import counters, open_help
from hall.errors.counters import (
    CounterNotOpen,
    CounterPausedNow,
    HelpElsewhere,
    HelpOver,
    PauseOver,
)
from hall.errors.notices import TextTooLong
from hall.errors.printing import ReasonMissing
from hall.hall_rules import HallRules
from hall.names import plain
from hall.rights import Right

LONGEST = 120
"""Characters of what is asked and answered."""
ANSWER_SHOWN = timedelta(minutes=10)
"""How long whoever asked reads the answer."""
NEWEST = 30
"""So many calls for help a hall does not end within that."""


@dataclass(frozen=True)
class Help:
    """As a screen may show it; times are local."""

    id: int
    kind: str
    """"duty_manager", "emergency", "pause" or "assistant"."""
    place: str
    """As the journal names it: "counter 3", "desk", "kiosk east"."""
    counter: int | None
    staff_number: str
    """Of who asks; empty where nobody said."""
    name: str
    words: str
    until: datetime | None
    """Of a pause; None: until the clerk says otherwise."""
    asked_at: datetime
    ended_at: datetime | None
    """None while it is open; then answered, for what was withdrawn is not shown."""
    granted: bool | None
    """Of a pause that is answered."""
    answer: str


# -- reading -------------------------------------------------------------------------------------


def open_requests(session: Session, rules: HallRules, now: datetime) -> tuple[Help, ...]:
    """Emergencies first, then whoever has waited longest. A pause whose time has passed is over."""
    rows = session.exec(
        select(HelpRequest, Clerk, Counter.number)
        .outerjoin(Clerk, col(Clerk.id) == col(HelpRequest.clerk_id))
        .outerjoin(Counter, col(Counter.id) == col(HelpRequest.counter_id))
        .where(OPEN_HELP, HelpRequest.hall_id == rules.hall_id)
        .order_by(col(HelpRequest.id))
    ).all()
    found = [
        help_of(rules, request, clerk, number)
        for request, clerk, number in rows
        if not is_over(rules, request, now)
    ]
    found.sort(key=lambda help_: help_.kind != HelpKind.EMERGENCY)
    return tuple(found)


def answered_lately(
    session: Session, rules: HallRules, place: str, now: datetime
) -> tuple[Help, ...]:
    """What this place asked and somebody has just answered, the newest first."""
    newest = (
        select(HelpRequest)
        .where(HelpRequest.hall_id == rules.hall_id)
        .order_by(col(HelpRequest.id).desc())
        .limit(NEWEST)
    )
    return tuple(
        help_of(rules, request, None, None)
        for request in session.exec(newest).all()
        if request.place == place
        and request.ended_by_id is not None
        and request.ended_at is not None
        and now - request.ended_at < ANSWER_SHOWN
    )


def of_place(session: Session, rules: HallRules, place: str, now: datetime) -> tuple[Help, ...]:
    """What this place has asked: first what is open, then what was answered lately."""
    still_open = open_requests(session, rules, now)
    own = tuple(help_ for help_ in still_open if help_.place == place)
    return own + answered_lately(session, rules, place, now)


def is_over(rules: HallRules, request: HelpRequest, now: datetime) -> bool:
    if request.ended_at is not None:
        return True
    if rules.business_day(request.asked_at) != rules.business_day(now):
        return True
    return request.until is not None and request.until <= now


def help_of(
    rules: HallRules, request: HelpRequest, clerk: Clerk | None, number: int | None
) -> Help:
    return Help(
        id=request.id or 0,
        kind=request.kind,
        place=request.place,
        counter=number,
        staff_number=plain(clerk.staff_number) if clerk is not None else "",
        name=plain(clerk.name) if clerk is not None else "",
        words=plain(request.words),
        until=rules.local(request.until) if request.until is not None else None,
        asked_at=rules.local(request.asked_at),
        ended_at=rules.local(request.ended_at) if request.ended_at is not None else None,
        granted=request.granted,
        answer=plain(request.answer),
    )


# -- operations ----------------------------------------------------------------------------------


def ask(
    session: Session,
    rules: HallRules,
    kind: HelpKind,
    place: str,
    counter: Counter | None,
    clerk: Clerk | None,
    words: str,
    now: datetime,
    until: datetime | None = None,
) -> HelpRequest:
    """Asking again while it is open is no mistake: the newest words count.

    `until` is that of a pause. Raises ReasonMissing, TextTooLong; for a pause also NotAllowed,
    CounterNotOpen, CounterPausedNow, PauseOver, ForbiddenPhrase.
    """
    words = tidy(words)
    if not words and kind is not HelpKind.ASSISTANT:  # who cannot use the kiosk cannot say why
        raise ReasonMissing()
    if kind is HelpKind.PAUSE:
        assert counter is not None
        clerk = check_pause(session, rules, counter, words, until, now)
    open_help.end_past(session, rules, now)
    asked = open_help.at_place(session, rules, place, kind)
    who = clerk.staff_number if clerk is not None else ""
    clerk_id = clerk.id if clerk is not None else None
    if asked is not None:
        as_before = (asked.words, asked.until, asked.clerk_id) == (words, until, clerk_id)
        if as_before:
            return asked
        if kind is not HelpKind.PAUSE:
            asked.words, asked.clerk_id = words, clerk_id
            session.flush()
            return asked
        # A new one: leave given to the one before must not become leave for this.
        open_help.end(session, asked, "help.withdrawn", who, now)
    request = HelpRequest(
        hall_id=rules.hall_id,
        kind=kind.value,
        place=place,
        counter_id=counter.id if counter is not None else None,
        clerk_id=clerk_id,
        words=words,
        until=until if kind is HelpKind.PAUSE else None,
        asked_at=now,
    )
    session.add(request)
    session.flush()
    entry = journal.Entry(
        "help.asked",
        who=who,
        place=place,
        subject=f"help/{request.id}",
        after={"kind": kind.value},
    )
    journal.append(session, rules.hall_id, entry, now)
    return request


def check_pause(
    session: Session,
    rules: HallRules,
    counter: Counter,
    words: str,
    until: datetime | None,
    now: datetime,
) -> Clerk:
    """What would be refused when it is granted is refused now; returns who sits there."""
    if counter.state == CounterState.CLOSED:
        raise CounterNotOpen(counter=counter.number)
    if counter.state == CounterState.PAUSED:
        raise CounterPausedNow(counter=counter.number)
    clerk = counters.clerk_of(session, counter)
    counters.check_pause(rules, clerk, words, until, now)
    return clerk


def tidy(text: str) -> str:
    """Raises TextTooLong."""
    text = plain(text)
    if len(text) > LONGEST:
        raise TextTooLong(beginning=text[:10], count=len(text), most=LONGEST)
    return text


def answer(
    session: Session,
    rules: HallRules,
    request_id: int,
    clerk: Clerk,
    now: datetime,
    answer: str = "",
    granted: bool | None = None,
) -> HelpRequest:
    """It is taken care of. A pause that is granted begins at once; not granted, it is refused.

    Whoever may help citizens goes to a kiosk. Raises NotAllowed, TextTooLong; HelpOver when it was
    answered or withdrawn meanwhile, or the counter does not stand as it did, and what
    `counters.pause` raises.
    """
    request = session.get(HelpRequest, request_id)
    at_kiosk = request is not None and request.kind == HelpKind.ASSISTANT
    rights.check(clerk, Right.ASSIST if at_kiosk else Right.CONSENT)
    words = tidy(answer)
    if request is None or request.hall_id != rules.hall_id or is_ended(rules, request, now):
        raise HelpOver()
    is_pause = request.kind == HelpKind.PAUSE
    if is_pause and granted:
        if request.until is not None and request.until <= now:
            raise PauseOver(until=rules.local(request.until).strftime("%H:%M"))
        counter = session.get_one(Counter, request.counter_id)
        if counter.state != CounterState.OPEN or counter.clerk_id != request.clerk_id:
            raise HelpOver()
    open_help.end(
        session,
        request,
        "help.answered",
        clerk.staff_number,
        now,
        by=clerk,
        granted=bool(granted) if is_pause else None,
        answer=words,
    )
    if is_pause and granted:
        counters.pause(
            session,
            rules,
            counter.number,
            request.words,
            now,
            until=request.until,
            consent=clerk,
        )
    return request


def is_ended(rules: HallRules, request: HelpRequest, now: datetime) -> bool:
    other_day = rules.business_day(request.asked_at) != rules.business_day(now)
    return request.ended_at is not None or other_day


def withdraw(
    session: Session,
    rules: HallRules,
    request_id: int,
    place: str,
    clerk: Clerk | None,
    now: datetime,
) -> HelpRequest:
    """By whoever works where it was asked. What is over already is no mistake.

    Raises HelpElsewhere.
    """
    request = session.get(HelpRequest, request_id)
    if request is None or request.hall_id != rules.hall_id:
        raise HelpOver()
    if request.place != place:
        raise HelpElsewhere()
    if request.ended_at is not None:
        return request
    who = clerk.staff_number if clerk is not None else ""
    return open_help.end(session, request, "help.withdrawn", who, now)
