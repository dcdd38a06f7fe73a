"""Where a ticket in hand can be transferred to: matters, counters, clerks.

Every text in it can reach a terminal as it is.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables import Clerk, Counter, CounterGroup, CounterState, Service
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names


@dataclass(frozen=True)
class Matter:
    code: str
    names: Names
    group: Names
    counters: tuple[int, ...]
    """Not closed, and taking it."""


@dataclass(frozen=True)
class Place:
    counter: int
    names: Names
    clerk: str
    staff_number: str
    paused: bool


@dataclass(frozen=True)
class Targets:
    """Only where somebody sits; not what would be where it is already."""

    matters: tuple[Matter, ...]
    places: tuple[Place, ...]


def read_targets(
    session: Session, rules: HallRules, counter_number: int, service_id: int
) -> Targets:
    """For a ticket of this service at this counter. Raises UnknownCounter."""
    here = counters.by_number(session, rules, counter_number)
    service = session.get(Service, service_id)
    seated = session.exec(
        select(Counter, Clerk)
        .join(Clerk, col(Clerk.id) == col(Counter.clerk_id))
        .where(
            Counter.hall_id == rules.hall_id,
            col(Counter.withdrawn).is_(False),
            Counter.state != CounterState.CLOSED,
        )
        .order_by(col(Counter.number))
    ).all()
    numbers = {counter.id: counter.number for counter, _ in seated}
    takers: dict[int | None, list[int]] = {}
    for row in session.exec(select(CounterGroup)).all():
        if row.counter_id in numbers:
            takers.setdefault(row.group_id, []).append(numbers[row.counter_id])
    return Targets(
        tuple(
            Matter(
                plain(matter.code),
                plain_names(matter.names),
                plain_names(of.group.names),
                tuple(sorted(takers[of.group.id])),
            )
            for of in catalogue.groups(session, rules)
            for matter in of.services
            if of.group.id in takers and (service is None or matter.code != service.code)
        ),
        tuple(
            Place(
                counter.number,
                plain_names(counter.names),
                plain(clerk.name),
                plain(clerk.staff_number),
                counter.state == CounterState.PAUSED,
            )
            for counter, clerk in seated
            if counter.id != here.id
        ),
    )
