"""What the look ahead costs where very many wait before very many counters."""

import random
from contextlib import suppress
from pathlib import Path
from statistics import median

from sqlmodel import Session

from bench import bench_hall
from bench.operations import seconds
from db.engine import reading, writing
from db.tables import CounterGroup, Service, ServiceGroup
from hall.open_hall import OpenHall
from hall.tickets import calling, expected_waits, tickets

WAITING = 300
COUNTERS = 60
GROUPS = 8
ROUNDS = 40


def issuing_into(folder: Path, waiting: int = 0) -> tuple[float, float]:
    """Median seconds of an issue, and of the waits of every group, with so many in the line.

    Nearly every counter takes other groups than the next one and has somebody in hand, unless
    nobody waits.
    """
    hall = bench_hall.make(folder / f"lines-{waiting}.db", counters=COUNTERS)
    chance = random.Random(300)
    with writing(hall.engine) as session:
        matters = add_groups(session, chance)
        for _ in range(waiting and waiting + COUNTERS):
            tickets.issue(session, hall.rules, *chance.choice(matters), hall.now())
        for counter in range(1, COUNTERS + 1):
            calling.call_next(session, hall.rules, counter, hall.now())
        for matter in matters:
            for row in matter:
                session.refresh(row)
        session.expunge_all()
    one = [seconds(lambda: try_issue(hall, *chance.choice(matters))) for _ in range(ROUNDS)]
    every = [seconds(lambda: look(hall)) for _ in range(ROUNDS)]
    hall.engine.dispose()
    return median(one), median(every)


def add_groups(session: Session, chance: random.Random) -> list[tuple[Service, ServiceGroup]]:
    first = session.get_one(ServiceGroup, 1)
    of_first = session.get_one(Service, 1)
    matters = [(of_first, first)]
    for number in range(2, GROUPS + 1):
        group = ServiceGroup(
            **first.model_dump()
            | {"id": number, "code": str(number), "prefix": chr(64 + number), "position": number}
        )
        session.add(group)
        session.flush()
        service = Service(
            **of_first.model_dump()
            | {"id": number, "code": f"T{number}", "group_id": number, "minutes": 3 * number}
        )
        session.add(service)
        matters.append((service, group))
    session.flush()
    for counter in range(1, COUNTERS + 1):
        for number in chance.sample(range(2, GROUPS + 1), chance.randrange(3)):
            session.add(CounterGroup(counter_id=counter, group_id=number))
    session.flush()
    return matters


class NotKept(Exception):
    """Raised to leave the line as it was."""


def try_issue(hall: OpenHall, service: Service, group: ServiceGroup) -> None:
    with suppress(NotKept), writing(hall.engine) as session:
        tickets.issue(session, hall.rules, service, group, hall.now())
        raise NotKept


def look(hall: OpenHall) -> None:
    with reading(hall.engine) as session:
        expected_waits.by_group(session, hall.rules, hall.now())
