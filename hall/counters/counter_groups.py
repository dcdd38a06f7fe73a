"""What a counter takes, changed while the hall is open.

The office's workbook says what a counter takes for good; a manager changes it for now. A change
lasts until another one, until `as_in_the_workbook`, or until the office imports a workbook that
differs from the one in force: that is the newer word, and sets every counter anew. Importing the
same workbook once more changes nothing, here neither.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from db import journal
from db.tables import Clerk, Counter, CounterGroup, JournalEntry, ServiceGroup, Ticket, TicketState
from hall import rights
from hall.accounts.stations import Station
from hall.counters import counters
from hall.errors.catalogue import TicketsLeftWithoutCounter
from hall.errors.counters import GroupLeftWithoutCounter, GroupsChanged, NoGroupChosen, UnknownGroup
from hall.hall_rules import HallRules
from hall.names import name_in, plain
from hall.rights import Right

CHANGED = "counter.groups_changed"


@dataclass(frozen=True)
class Taken:
    """What a counter takes now."""

    counter: int
    codes: tuple[str, ...]
    """Of its own groups, in the order of the workbook."""
    changed: bool
    """False: it was so already."""


def set_groups(
    session: Session,
    rules: HallRules,
    counter: int,
    codes: Iterable[str],
    clerk: Clerk,
    now: datetime,
    *,
    seen: Collection[str] | None = None,
    place: str = Station.SUPERVISOR,
) -> Taken:
    """The counter takes these groups, from its next call on.

    `seen`: the codes of its own groups when it was decided. What it takes for a paused counter is
    left alone, but for a group that becomes its own. Raises NotAllowed, UnknownGroup,
    NoGroupChosen, GroupsChanged, TicketsLeftWithoutCounter, GroupLeftWithoutCounter.
    """
    rights.check(clerk, Right.RUN_HALL)
    here = counters.by_number(session, rules, counter)
    groups = groups_of_hall(session, rules)
    wanted = {identity(found(groups, code)) for code in codes}
    if not wanted:
        raise NoGroupChosen()
    rows = {
        row.group_id: row
        for row in session.exec(select(CounterGroup).where(CounterGroup.counter_id == here.id))
    }
    own = {group_id for group_id, row in rows.items() if row.lent_by_id is None}
    before = codes_of(groups, own)
    if seen is not None and set(seen) != set(before):
        raise GroupsChanged(counter=counter)
    for group in groups:
        if group.id in own - wanted:
            check_taken_elsewhere(session, rules, here, group, now)
    after = codes_of(groups, wanted)
    if own == wanted:
        return Taken(counter, after, False)
    for group_id in own - wanted:
        session.delete(rows[group_id])
    for group_id in wanted - own:
        if group_id in rows:
            rows[group_id].lent_by_id = None
        else:
            session.add(CounterGroup(counter_id=identity(here), group_id=group_id))
    session.flush()
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            CHANGED,
            who=clerk.staff_number,
            place=place,
            subject=subject_of(here),
            before={"groups": list(before)},
            after={"groups": list(after)},
        ),
        now,
    )
    return Taken(counter, after, True)


def take_all(
    session: Session,
    rules: HallRules,
    counter: int,
    clerk: Clerk,
    now: datetime,
    *,
    place: str = Station.SUPERVISOR,
) -> Taken:
    """Open for every matter of the hall."""
    every = [group.code for group in groups_of_hall(session, rules)]
    return set_groups(session, rules, counter, every, clerk, now, place=place)


def as_in_the_workbook(
    session: Session,
    rules: HallRules,
    counter: int,
    clerk: Clerk,
    now: datetime,
    *,
    place: str = Station.SUPERVISOR,
) -> Taken:
    """Back to what the office's workbook says; refused as `set_groups` is."""
    here = counters.by_number(session, rules, counter)
    codes = workbook_codes(session, rules, here)
    return set_groups(session, rules, counter, codes, clerk, now, place=place)


def workbook_codes(session: Session, rules: HallRules, counter: Counter) -> list[str]:
    """What it took after the last import: before the first change since, or else now."""
    imported_at = session.exec(
        select(JournalEntry.sequence).where(
            JournalEntry.hall_id == rules.hall_id,
            JournalEntry.subject == f"catalogue/{rules.catalogue_version}",
        )
    ).first()
    first = session.exec(
        select(JournalEntry)
        .where(
            JournalEntry.hall_id == rules.hall_id,
            JournalEntry.subject == subject_of(counter),
            JournalEntry.sequence > (imported_at or 0),
            JournalEntry.what == CHANGED,
        )
        .order_by(col(JournalEntry.sequence))
        .limit(1)
    ).first()
    if first is not None:
        return list((first.before or {})["groups"])
    return list(
        session.exec(
            select(ServiceGroup.code)
            .join(CounterGroup, col(CounterGroup.group_id) == col(ServiceGroup.id))
            .where(CounterGroup.counter_id == counter.id, col(CounterGroup.lent_by_id).is_(None))
            .order_by(col(ServiceGroup.position))
        )
    )


def identity(row: Counter | ServiceGroup) -> int:
    assert row.id is not None
    return row.id


def subject_of(counter: Counter) -> str:
    return f"counter/{counter.id}"


def groups_of_hall(session: Session, rules: HallRules) -> Sequence[ServiceGroup]:
    return session.exec(
        select(ServiceGroup)
        .where(ServiceGroup.hall_id == rules.hall_id, col(ServiceGroup.withdrawn).is_(False))
        .order_by(col(ServiceGroup.position))
    ).all()


def found(groups: Iterable[ServiceGroup], typed: str) -> ServiceGroup:
    """By its name in the workbook, in any language, or by the letter of its tickets."""
    wanted = folded(typed)
    for group in groups:
        if wanted in {folded(one) for one in (group.code, group.prefix, *group.names.values())}:
            return group
    raise UnknownGroup(group=plain(typed))


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def codes_of(groups: Iterable[ServiceGroup], ids: Collection[int | None]) -> tuple[str, ...]:
    return tuple(group.code for group in groups if group.id in ids)


def check_taken_elsewhere(
    session: Session, rules: HallRules, here: Counter, group: ServiceGroup, now: datetime
) -> None:
    """Some counter must have it for its own, open or not: what is lent is given back."""
    another = session.exec(
        select(Counter.id)
        .join(CounterGroup, col(CounterGroup.counter_id) == col(Counter.id))
        .where(
            CounterGroup.group_id == group.id,
            col(CounterGroup.lent_by_id).is_(None),
            Counter.id != here.id,
            col(Counter.withdrawn).is_(False),
        )
        .limit(1)
    ).first()
    if another is not None:
        return
    name = name_in(group.names, "zh")
    count = session.exec(
        select(func.count())
        .select_from(Ticket)
        .where(
            Ticket.hall_id == rules.hall_id,
            Ticket.business_day == rules.business_day(now),
            Ticket.group_id == group.id,
            col(Ticket.state).in_((TicketState.WAITING, TicketState.HELD)),
        )
    ).one()
    if count:
        raise TicketsLeftWithoutCounter(count=count, group=name)
    raise GroupLeftWithoutCounter(group=name)
