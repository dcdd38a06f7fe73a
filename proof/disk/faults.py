"""The disk is full, read-only or at fault: at the first write of a deed, at the second, at each."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from db.engine import writing
from db.faults import DatabaseFault, DatabaseReadOnly, DatabaseUnreadable, DiskFull
from hall.catalogue import catalogue
from hall.counters import counters
from hall.marked import _
from hall.notices import notices
from hall.open_hall import OpenHall
from hall.tickets import calling, serving
from proof import promises, scene, work
from proof.disk.sqlite_disk import OK, Disk, NotReachable, Step
from proof.programs import DidNotEnd, Program
from proof.proof import Found, Proof, Size
from proof.scene import Scene

IOERR_WRITE, IOERR_FSYNC = 10 | 3 << 8, 10 | 4 << 8
"""SQLite's extended result codes."""

FAULTS: dict[str, tuple[str, int, type[DatabaseFault]]] = {
    "disk full": ("write", sqlite3.SQLITE_FULL, DiskFull),
    "read-only": ("write", sqlite3.SQLITE_READONLY, DatabaseReadOnly),
    "write error": ("write", IOERR_WRITE, DatabaseUnreadable),
    "sync error": ("sync", IOERR_FSYNC, DatabaseUnreadable),
}
"""What fails, with which code, and as what the programs must know it."""

Deed = Callable[[OpenHall], object]


def issue(hall: OpenHall) -> None:
    work.issue(hall, "S101")


def call(hall: OpenHall) -> None:
    with writing(hall.engine) as session:
        calling.call_next(session, hall.rules, 1, hall.now())


def start(hall: OpenHall) -> None:
    with writing(hall.engine) as session:
        serving.start(session, hall.rules, 1, hall.now())


def notice(hall: OpenHall) -> None:
    with writing(hall.engine) as session:
        service, _ = catalogue.service(session, hall.rules, "S101")
        clerk = counters.clerk_by_staff_number(session, hall.rules, "1001")
        notices.issue(session, hall.rules, service, clerk, {1}, {}, hall.now())


def finish(hall: OpenHall) -> None:
    with writing(hall.engine) as session:
        serving.finish(session, hall.rules, 1, hall.now())


DEEDS: tuple[Deed, ...] = (issue, call, start, notice, finish)
"""One after the other, as a visit goes."""


def try_all(here: Scene, told: Connection, every: int, report: Path) -> None:
    """In a process of its own, for it changes how SQLite writes in it."""
    disk = Disk(here.database)
    try:
        disk.attach()
    except NotReachable as why:
        report.write_text(json.dumps({"not_done": str(why)}))
        return
    figures: dict[str, int] = dict.fromkeys(FAULTS, 0)
    broken: list[str] = []
    base = here
    for place, deed in enumerate(DEEDS):
        for fault, (what, code, kind) in FAULTS.items():
            copy = scene.again(base, here.folder / f"{place}-{code}-counted")
            count = times(disk, copy, deed, what)
            for number in range(place % every, count, every):
                copy = scene.again(base, here.folder / f"{place}-{code}-{number}")
                found = try_one(disk, copy, deed, (what, code, kind), number)
                where = f"{deed.__name__}, {fault} at {what} {number + 1}"
                broken += [f"{where}: {one}" for one in found]
                figures[fault] += 1
        base = scene.again(base, here.folder / f"after-{place}")
        disk.database, disk.answer = "", lambda _step: OK
        hall = base.open()
        deed(hall)
        hall.engine.dispose()
    report.write_text(json.dumps({"figures": figures, "broken": broken}))


def times(disk: Disk, here: Scene, deed: Deed, what: str) -> int:
    """How often the deed writes or syncs."""
    disk.database, disk.answer, disk.steps = str(here.database), lambda _step: OK, []
    hall = here.open()
    deed(hall)
    counted = sum(step.what == what for step in disk.steps)
    hall.engine.dispose()
    return counted


def try_one(
    disk: Disk, here: Scene, deed: Deed, fault: tuple[str, int, type[DatabaseFault]], number: int
) -> list[str]:
    """The deed fails as it should and has done nothing, or has done all; then it can be done."""
    what, code, kind = fault
    seen = 0

    def answer(step: Step) -> int:
        nonlocal seen
        seen += step.what == what
        return code if step.what == what and seen == number + 1 else OK

    before = everything_in(here.database)
    disk.database, disk.answer, disk.steps = str(here.database), answer, []
    hall = here.open()
    try:
        deed(hall)
        failed = False
    except kind:
        failed = True
    except Exception as error:
        return [f"came as {error!r}"]
    finally:
        disk.answer = lambda _step: OK
    found = []
    if failed:
        if everything_in(here.database) != before:
            found.append("it failed, and yet something was done")
        try:
            deed(hall)
        except Exception as error:
            found.append(f"could not be done afterwards: {error!r}")
    hall.engine.dispose()
    if everything_in(here.database) == before:
        found.append("nothing was done in the end")
    return found + promises.broken(here.database)


def everything_in(database: Path) -> str:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        told = hashlib.sha256()
        for line in connection.iterdump():
            told.update(line.encode())
        return told.hexdigest()


def run(folder: Path, size: Size, guard: str = "") -> Found:
    here = scene.make(folder)
    program = Program(here, try_all, size.every, folder / "report")
    try:
        program.wait()
    except DidNotEnd as trouble:
        return Found(broken=[str(trouble)])
    told = json.loads((folder / "report").read_text())
    if "not_done" in told:
        return Found(not_done=f"this Python's SQLite cannot be made to fail: {told['not_done']}")
    figures = {TIMES[fault]: times for fault, times in told["figures"].items()}
    return Found({_("deeds"): len(DEEDS), **figures}, told["broken"])


TIMES = {
    "disk full": _("times: disk full"),
    "read-only": _("times: read-only"),
    "write error": _("times: write error"),
    "sync error": _("times: sync error"),
}

PROOF = Proof(
    _("disk at fault"),
    _(
        "A deed the disk refuses is not done at all, is named by what is wrong, and can be done"
        " again."
    ),
    _(
        "A number, a call, a start, a notice, an end: at the first write of each the disk is "
        "full, at the second, at every one; then read-only, then broken, then it fails to sync."
        " All rows are compared with those before, the disk recovers, the same program does the"
        " deed."
    ),
    run,
)
