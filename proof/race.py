"""Fifty programs at once on one file."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from sqlmodel import select

from db.engine import reading, writing
from db.faults import DatabaseBusy
from db.tables import Ticket
from db.write_lock import LOCK_WAIT_S
from hall.marked import _
from hall.tickets import calling, serving
from proof import guards, promises, scene
from proof.programs import DidNotEnd, Program, until, words_in
from proof.proof import Found, Proof, Size
from proof.scene import CLERKS, SERVICES, Scene
from proof.work import Ledger

Told = TypeVar("Told")


def give(here: Scene, told: Connection, folder: Path, number: int, amount: int) -> None:
    """Numbers of every group; all programs begin when the last one is ready."""
    guards.take_away(here.guard)
    hall, mine = here.open(), Ledger(folder / f"given-{number}")
    wait_for_all(folder, f"given-{number}")
    issue = guards.issue_of(here.guard)
    for turn in range(amount):
        service = SERVICES[(number + turn) % len(SERVICES)]
        mine.write(in_turn(lambda: issue(hall, service)).number)  # noqa: B023


def call(here: Scene, told: Connection, folder: Path, number: int, copy: int) -> None:
    """Calls and finishes until nobody waits; several programs press for the same counter."""
    guards.take_away(here.guard)
    hall, mine = here.open(), Ledger(folder / f"called-{number}-{copy}")
    wait_for_all(folder, f"called-{number}-{copy}")

    def call_and_finish() -> str | None:
        with writing(hall.engine) as session:
            called = calling.call_next(session, hall.rules, number, hall.now())
            if called is not None:
                serving.finish(session, hall.rules, number, hall.now())
            return called.number if called is not None else None

    while (name := in_turn(call_and_finish)) is not None:
        mine.write(name)


def in_turn(deed: Callable[[], Told]) -> Told:
    """Whoever waited as long as a writer waits may have to touch again; sooner nobody is turned
    away: that ends this program."""
    while True:
        begun = time.monotonic()
        try:
            return deed()
        except DatabaseBusy:
            if time.monotonic() - begun < LOCK_WAIT_S:
                raise


def wait_for_all(folder: Path, name: str) -> None:
    (folder / f"{name}.ready").touch()
    while not (folder / "go").exists():
        time.sleep(0.001)


def run(folder: Path, size: Size, guard: str = "") -> Found:
    here = scene.make(folder, guard=guard)
    if guard == "unique":
        guards.drop_unique(here.database)
    found = Found()
    try:
        took_s = together(here, size)
    except DidNotEnd as trouble:
        found.broken.append(str(trouble))
    else:
        found.figures[_("seconds")] = round(took_s, 1)
    given = words_in(*folder.glob("given-*"))
    called = words_in(*folder.glob("called-*"))
    found.broken += promises.broken(here.database, given, called)
    if len(given) != size.processes * size.numbers:
        found.broken.append(f"{len(given)} of {size.processes * size.numbers} numbers were given")
    found.broken += [f"{name} was called twice" for name in promises.twice(called)]
    if not accepts_no_number_twice(here):
        found.broken.append("the table took a number that was given already")
    found.figures |= {
        _("processes"): size.processes,
        _("numbers"): len(given),
        _("calls"): len(called),
    }
    return found


def together(here: Scene, size: Size) -> float:
    """First all kiosks, then all counters, each started at one moment."""
    took_s = 0.0
    for work_of, given in (
        (give, [(number, size.numbers) for number in range(size.processes)]),
        (call, [(1 + n % len(CLERKS), n // len(CLERKS)) for n in range(size.processes)]),
    ):
        (here.folder / "go").unlink(missing_ok=True)
        programs = [Program(here, work_of, here.folder, *one) for one in given]
        ready = f"{'given' if work_of is give else 'called'}-*.ready"
        until(lambda: len([*here.folder.glob(ready)]) == len(programs), "not all started")  # noqa: B023
        begun = time.monotonic()
        (here.folder / "go").touch()
        try:
            for program in programs:
                program.wait()
        finally:
            for program in programs:
                program.end()
        took_s += time.monotonic() - begun
    return took_s


def accepts_no_number_twice(here: Scene) -> bool:
    """As a careless program would try it, past every operation."""
    hall = here.open()
    with reading(hall.engine) as session:
        first = session.exec(select(Ticket)).first()
    hall.engine.dispose()
    with closing(sqlite3.connect(here.database)) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(ticket)")]
        others = [name for name in names if name not in ("id", "code")]
        wanted = ", ".join(others)
        try:
            connection.execute(
                f"INSERT INTO ticket (code, {wanted}) "
                f"SELECT 'again', {wanted} FROM ticket WHERE id = ?",
                (first.id if first else None,),
            )
        except sqlite3.IntegrityError:
            return first is not None
        return False


PROOF = Proof(
    _("race"),
    _("No number is given twice, nobody is called twice, nobody is forgotten."),
    _(
        "Processes give numbers of three groups at once, then as many press “next” at five "
        "counters until nobody waits. At last a number is written into the table a second time,"
        " past all operations."
    ),
    run,
    ("lock", "unique"),
)
