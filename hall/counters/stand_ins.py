"""AB角: who goes on with a counter's line while it pauses, and who may take over its post."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from db import journal
from db.tables import Clerk, Counter, CounterGroup, CounterState, Post, ServiceGroup, Ticket
from db.tables.tickets import WAITING
from hall import rights
from hall.counters import counter_messages
from hall.errors.counters import LastCounter
from hall.hall_rules import HallRules
from hall.marked import _
from hall.names import Names, name_in, plain, plain_names
from hall.rights import Right
from hall.wording import Wording

UNTIL = _("You stand in for counter {counter} until {until}; you also take {groups} meanwhile.")
UNTIL_IT_OPENS = _("You stand in for counter {counter}; you also take {groups} until it opens.")


@dataclass(frozen=True)
class Lent:
    """A group a counter takes only because another one pauses."""

    group: Names
    counter: int
    """The one that pauses."""


@dataclass(frozen=True)
class Unserved:
    """Waited for, and nobody takes it."""

    group: Names
    waiting: int


# -- rules ---------------------------------------------------------------------------------------


def runs_into_office_hours(rules: HallRules, until: datetime | None, now: datetime) -> bool:
    """Whether a pause from now until then lies in today's office hours, be it for a minute.

    Without an end it goes on as long as the day: the next one finds the counter closed.
    """
    today = rules.sessions_of(rules.business_day(now))
    return any(now < end and (until is None or start < until) for start, end in today)


def next_opening(rules: HallRules, now: datetime) -> datetime | None:
    """When office hours begin again today; None in the midst of them, and after the last."""
    today = rules.sessions_of(rules.business_day(now))
    if any(start <= now < end for start, end in today):
        return None
    return min((start for start, _ in today if now < start), default=None)


def is_longer(counter: Counter, until: datetime | None) -> bool:
    """Whether a pause until then goes beyond the one there is; None is without end."""
    if counter.state != CounterState.PAUSED:
        return True
    return counter.pause_until is not None and (until is None or until > counter.pause_until)


# -- reading -------------------------------------------------------------------------------------


def other_person(session: Session, counter: Counter, clerk_id: int | None) -> int | None:
    """The post's B for its A, its A for its B; None for who is not of the post."""
    post = session.exec(select(Post).where(Post.counter_id == counter.id)).first()
    if post is None:
        return None
    return {post.primary_id: post.standby_id, post.standby_id: post.primary_id}.get(clerk_id or 0)


def left_alone(
    session: Session, counter: Counter, *, given_back: bool = False
) -> Sequence[ServiceGroup]:
    """What no other open counter takes, of what this one takes, its own or lent.

    `given_back`: as if what it has lent to others were its alone again.
    """
    elsewhere = (
        select(CounterGroup.group_id)
        .join(Counter, col(Counter.id) == col(CounterGroup.counter_id))
        .where(Counter.state == CounterState.OPEN, Counter.id != counter.id)
    )
    if given_back:
        lender = col(CounterGroup.lent_by_id)
        elsewhere = elsewhere.where(lender.is_(None) | (lender != counter.id))
    return session.exec(
        select(ServiceGroup)
        .join(CounterGroup, col(CounterGroup.group_id) == col(ServiceGroup.id))
        .where(
            CounterGroup.counter_id == counter.id,
            col(ServiceGroup.withdrawn).is_(False),
            col(ServiceGroup.id).not_in(elsewhere),
        )
        .order_by(col(ServiceGroup.position))
    ).all()


def stand_in_for(session: Session, counter: Counter) -> Counter | None:
    """Where the post's other person sits, at another open counter."""
    person = other_person(session, counter, counter.clerk_id)
    if person is None:
        return None
    return session.exec(
        select(Counter).where(
            Counter.clerk_id == person,
            Counter.state == CounterState.OPEN,
            Counter.id != counter.id,
        )
    ).first()


def read_lent(session: Session, counter: Counter) -> tuple[Lent, ...]:
    """What this counter takes for others."""
    rows = session.exec(
        select(ServiceGroup, Counter.number)
        .join(CounterGroup, col(CounterGroup.group_id) == col(ServiceGroup.id))
        .join(Counter, col(Counter.id) == col(CounterGroup.lent_by_id))
        .where(CounterGroup.counter_id == counter.id)
        .order_by(col(ServiceGroup.position))
    ).all()
    return tuple(Lent(plain_names(group.names), number) for group, number in rows)


def read_takers(session: Session, counter: Counter) -> tuple[int, ...]:
    """The numbers of the counters that take its line meanwhile."""
    found = session.exec(
        select(Counter.number)
        .join(CounterGroup, col(CounterGroup.counter_id) == col(Counter.id))
        .where(CounterGroup.lent_by_id == counter.id)
        .distinct()
        .order_by(col(Counter.number))
    ).all()
    return tuple(found)


def leaves_behind(
    session: Session, rules: HallRules, counter: Counter, now: datetime
) -> tuple[Unserved, ...]:
    """Whose line would have nobody once this counter is closed; to be asked before it is."""
    if counter.state == CounterState.CLOSED:
        return ()
    alone = {group.id: group for group in left_alone(session, counter, given_back=True)}
    counted = session.exec(
        select(Ticket.group_id, func.count())
        .where(
            WAITING,
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == rules.business_day(now),
            col(Ticket.group_id).in_(alone),
        )
        .group_by(col(Ticket.group_id))
    ).all()
    waiting = dict(counted)
    return tuple(
        Unserved(plain_names(group.names), waiting[group_id])
        for group_id, group in alone.items()
        if group_id in waiting
    )


# -- operations ----------------------------------------------------------------------------------


def cover(
    session: Session,
    rules: HallRules,
    counter: Counter,
    clerk: Clerk,
    until: datetime | None,
    consent: Clerk | None,
    now: datetime,
) -> tuple[datetime | None, Clerk | None]:
    """Before a pause: nobody is left waiting for a matter without somebody having said so.

    Its stand-in takes what would be left alone; without one, it takes the consent of who may give
    it. One that begins outside office hours and names no end lasts until they begin, for which it
    takes neither. Returns until when it lasts and whose consent it took. Raises NotAllowed,
    LastCounter.
    """
    if consent is not None:
        rights.check(consent, Right.CONSENT)
    elif rights.may(clerk.role, Right.CONSENT):
        consent = clerk
    asked_for = rules.numbers.last_counter_needs_consent and is_longer(counter, until)
    if not asked_for or not runs_into_office_hours(rules, until, now):
        return until, None
    alone = left_alone(session, counter)
    if not alone:
        return until, None
    taker = stand_in_for(session, counter)
    if taker is not None:
        lend(session, rules, counter, taker, alone, clerk, until, now)
        return until, None
    if consent is not None:
        return until, consent
    opening = next_opening(rules, now) if until is None else None
    if opening is None:
        names = "、".join(plain(name_in(group.names, "zh")) for group in alone)
        raise LastCounter(counter=counter.number, groups=names)
    return opening, None


def lend(
    session: Session,
    rules: HallRules,
    counter: Counter,
    taker: Counter,
    groups: Sequence[ServiceGroup],
    clerk: Clerk,
    until: datetime | None,
    now: datetime,
) -> None:
    """`taker` takes none of them yet."""
    assert taker.id is not None
    for group in groups:
        assert group.id is not None
        session.add(CounterGroup(counter_id=taker.id, group_id=group.id, lent_by_id=counter.id))
    session.flush()
    wording = Wording(rules.numbers.languages[0])
    text = wording.say(
        UNTIL if until is not None else UNTIL_IT_OPENS,
        counter=counter.number,
        groups="、".join(plain(name_in(group.names, wording.language)) for group in groups),
        until=f"{rules.local(until):%H:%M}" if until is not None else "",
    )
    counter_messages.put(session, taker, text, None, now)
    entry = journal.Entry(
        "counter.line_lent",
        who=clerk.staff_number,
        place=f"counter {counter.number}",
        subject=f"counter/{counter.id}",
        after={"to": taker.number, "groups": [group.id for group in groups]},
    )
    journal.append(session, counter.hall_id, entry, now)


def give_back(session: Session, counter: Counter, who: str, now: datetime) -> None:
    """The counter opens again, or closes: nobody takes its line for it any more."""
    lent = session.exec(select(CounterGroup).where(CounterGroup.lent_by_id == counter.id)).all()
    end(session, counter.hall_id, lent, who, now)


def give_up(session: Session, counter: Counter, who: str, now: datetime) -> None:
    """The counter closes: what it took for others it takes no longer."""
    taken = session.exec(
        select(CounterGroup).where(
            CounterGroup.counter_id == counter.id, col(CounterGroup.lent_by_id).is_not(None)
        )
    ).all()
    end(session, counter.hall_id, taken, who, now)


def end(
    session: Session, hall_id: int, rows: Iterable[CounterGroup], who: str, now: datetime
) -> None:
    """Also what was lent on: who paused while standing in has passed it to another stand-in."""
    ended: dict[tuple[int, int], list[int]] = {}
    left = list(rows)
    for row in left:  # grows meanwhile
        assert row.lent_by_id is not None
        ended.setdefault((row.lent_by_id, row.counter_id), []).append(row.group_id)
        left += session.exec(
            select(CounterGroup).where(
                CounterGroup.lent_by_id == row.counter_id, CounterGroup.group_id == row.group_id
            )
        ).all()
        session.delete(row)
    session.flush()
    for (lender_id, taker_id), groups in ended.items():
        lender, taker = session.get_one(Counter, lender_id), session.get_one(Counter, taker_id)
        entry = journal.Entry(
            "counter.line_returned",
            who=who,
            place=f"counter {lender.number}",
            subject=f"counter/{lender.id}",
            before={"to": taker.number, "groups": sorted(groups)},
        )
        journal.append(session, hall_id, entry, now)
