"""`ticket issue` and `counter next` against the same writes by plain sqlite3, taken in turn.

Who comes first alternates: the first one after a pause pays for cold caches and a sync that takes
a third longer, whoever it is.
"""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench import bench_hall
from bench.plain_sqlite import PlainSqlite
from db.engine import writing
from hall.open_hall import OpenHall, open_hall
from hall.tickets import calling, serving, tickets

ROUNDS = 400

Pair = tuple[float, float]


def seconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def in_turn(turn: int, one: Callable[[], object], other: Callable[[], object]) -> Pair:
    """Seconds of each; every second time the other comes first."""
    if turn % 2:
        second = seconds(other)
        return seconds(one), second
    return seconds(one), seconds(other)


def against_plain(folder: Path) -> dict[str, Pair]:
    """Operation → median seconds of ours and of plain sqlite3, interleaved."""
    ours = bench_hall.make(folder / "ours.db")
    bench_hall.make(folder / "plain.db").engine.dispose()
    plain = PlainSqlite(folder / "plain.db")
    took: dict[str, list[Pair]] = {"issue": [], "next": []}
    for turn in range(ROUNDS):
        took["issue"].append(in_turn(turn, issuing(ours), plain.issue))
        took["next"].append(in_turn(turn, calling_next(ours, 1), plain.call_next))
        finish(ours, 1)
        plain.finish()
    ours.engine.dispose()
    return {name: columns(rows) for name, rows in took.items()}


def against_history(folder: Path, old_tickets: int) -> dict[str, Pair]:
    """Operation → median seconds with so many old tickets and with none, interleaved."""
    young = bench_hall.make(folder / "young.db")
    bench_hall.make(folder / "old.db").engine.dispose()
    bench_hall.add_history(folder / "old.db", old_tickets)
    old = open_hall(
        young.settings.model_copy(update={"database_url": f"sqlite:///{folder / 'old.db'}"}),
        young.now,
    )
    took: dict[str, list[Pair]] = {"issue": [], "next": []}
    for turn in range(ROUNDS):
        took["issue"].append(in_turn(turn, issuing(old), issuing(young)))
        took["next"].append(in_turn(turn, calling_next(old, 1), calling_next(young, 1)))
        finish(young, 1)
        finish(old, 1)
    for hall in (old, young):
        hall.engine.dispose()
    (folder / "old.db").unlink()  # some gigabytes
    return {name: columns(rows) for name, rows in took.items()}


def issuing(hall: OpenHall) -> Callable[[], None]:
    service, group = bench_hall.service_of(hall)

    def issue() -> None:
        with writing(hall.engine) as session:
            tickets.issue(session, hall.rules, service, group, hall.now())

    return issue


def calling_next(hall: OpenHall, counter: int) -> Callable[[], None]:
    def call() -> None:
        with writing(hall.engine) as session:
            assert calling.call_next(session, hall.rules, counter, hall.now()) is not None

    return call


def finish(hall: OpenHall, counter: int) -> None:
    with writing(hall.engine) as session:
        serving.finish(session, hall.rules, counter, hall.now())


def columns(rows: list[Pair]) -> Pair:
    first, second = zip(*rows, strict=True)
    return median(first), median(second)
