"""A hall to measure in: made through the program's own import and operations."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from db.engine import open_engine, reading, writing
from db.tables import (
    Clerk,
    Counter,
    CounterGroup,
    Hall,
    Service,
    ServiceGroup,
    Ticket,
)
from db.upgrade import create_or_upgrade
from hall.catalogue import catalogue
from hall.counters.counters import open_counter
from hall.open_hall import OpenHall, open_hall
from hall.settings import Settings

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
COUNTERS = 12


def make(
    path: Path, now: Callable[[], datetime] = lambda: MORNING, *, counters: int = COUNTERS
) -> OpenHall:
    """One group, one service, so many open counters; by default it stays nine in the morning."""
    engine = create_or_upgrade(path)
    with writing(engine) as session:
        session.add(
            Hall(
                id=1,
                code="BENCH",
                names={"zh": "测速大厅"},
                time_zone="Asia/Shanghai",
                sessions=[["08:30", "17:30"]],
                catalogue_version=1,
            )
        )
        session.flush()
        session.add(
            ServiceGroup(id=1, hall_id=1, code="提取", names={"zh": "提取"}, prefix="A", position=1)
        )
        session.flush()
        session.add(
            Service(
                hall_id=1, catalogue_version=1, code="T1", group_id=1, names={"zh": "提取"},
                kind="即办件", legal_basis="", conditions="", procedure="", statutory_limit="",
                promised_limit="", minutes=10, bookable=False, department="", approval="",
                fee="", phone="", remedy="", position=1,
            )
        )  # fmt: skip
        for number in range(1, counters + 1):
            session.add(
                Clerk(
                    id=number, hall_id=1, staff_number=str(1000 + number), name="甲",
                    department="", title="", role="clerk", phone="",
                )
            )  # fmt: skip
            session.add(Counter(id=number, hall_id=1, number=number, names={"zh": "窗口"}))
            session.flush()
            session.add(CounterGroup(counter_id=number, group_id=1))
    engine.dispose()
    hall = open_hall(Settings(database_url=f"sqlite:///{path}"), now)
    with writing(hall.engine) as session:
        for number in range(1, counters + 1):
            open_counter(session, hall.rules, number, str(1000 + number), now())
    return hall


def service_of(hall: OpenHall) -> tuple[Service, ServiceGroup]:
    with reading(hall.engine) as session:
        found = catalogue.service(session, hall.rules, "T1")
        session.expunge_all()
    return found


def add_history(path: Path, tickets: int, batch: int = 500_000) -> None:
    """So many finished tickets of earlier days, a thousand a day."""
    engine: Engine = open_engine(f"sqlite:///{path}")
    for first in range(0, tickets, batch):
        with writing(engine) as session:
            session.connection().exec_driver_sql(
                HISTORY,
                {
                    "first": first,
                    "end": min(first + batch, tickets),
                    "day": MORNING.date().isoformat(),
                    "time": f"{MORNING:%H:%M:%S.%f}",
                },
            )
    with reading(engine) as session:
        kept = session.exec(select(col(Ticket.id)).order_by(col(Ticket.id).desc())).first()
    assert kept == tickets
    engine.dispose()


HISTORY = """
WITH RECURSIVE place(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM place WHERE n + 1 < :end),
     old(n, day) AS (SELECT n, date(:day, printf('-%d days', 1 + n / 1000)) FROM place)
INSERT INTO ticket (hall_id, business_day, prefix, number, code, service_id, group_id,
    priority_class, proof, language, state, issued_at, due_at, ahead, counter_id, clerk_id, calls,
    held_s, served_s, hold_reason, note, origin, assistance, notice_serial)
SELECT 1, day, 'A', n % 1000 + 1, 'old' || n, 1, 1, 'ordinary', '', 'zh', 'finished',
    day || ' ' || :time, day || ' ' || :time, 0, 1, 1, 1, 0, 0, '', '', 'kiosk', '', '' FROM old
"""
"""By SQLite itself: five million rows by way of Python take ten minutes."""
