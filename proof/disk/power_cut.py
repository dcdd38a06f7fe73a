"""The power fails: what the disk was told to keep is there, of the rest perhaps a part."""

from __future__ import annotations

import os
import pickle
import random
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from db.engine import writing
from hall.marked import _
from hall.tickets import calling, serving
from proof import guards, promises, scene
from proof.disk.sqlite_disk import KEPT, Disk, NotReachable, Step
from proof.programs import DidNotEnd, Program
from proof.proof import Found, Proof, Size
from proof.scene import SERVICES, Scene

DEEDS = 120
"""Numbers given, called and finished; enough for SQLite to carry its log over to the file."""
SECTOR = 512
"""Bytes a disk writes whole or not at all."""
SEED = 20261130
GIVEN, CALLED = "given ", "called "


def play(here: Scene, told: Connection, record: Path) -> None:
    """Work, and note what was asked of the disk and what was promised when. It ends as by a cut:
    nothing is closed."""
    guards.take_away(here.guard)
    disk = Disk(here.database)
    try:
        disk.attach()
    except NotReachable as why:
        record.write_bytes(pickle.dumps(str(why)))
        return
    hall = here.open()
    for turn in range(DEEDS):
        disk.tell(GIVEN + guards.issue_of("")(hall, SERVICES[turn % 3]).number)
        if turn % 2:
            with writing(hall.engine) as session:
                called = calling.call_next(session, hall.rules, 5, hall.now())
            if called is not None:
                disk.tell(CALLED + called.number)
                with writing(hall.engine) as session:
                    serving.finish(session, hall.rules, 5, hall.now())
    record.write_bytes(pickle.dumps(disk.steps))
    os._exit(0)


def left_on_disk(
    before: dict[str, bytes], steps: Sequence[Step], chance: random.Random
) -> dict[str, bytes]:
    """By ending, what each file is after the power fails behind these steps: all that was synced,
    and of what was not each write whole, torn, or not at all."""
    files = {ending: bytearray(data) for ending, data in before.items()}
    waiting: dict[str, list[Step]] = {ending: [] for ending in files}
    for step in steps:
        if step.what == "sync":
            for one in waiting[step.file]:
                carry_out(one, files[step.file])
            waiting[step.file].clear()
        elif step.what != "told":
            waiting[step.file].append(step)
    for ending, unsynced in waiting.items():
        for one in unsynced:
            fate = chance.random()
            if fate < 0.4:
                carry_out(one, files[ending])
            elif fate < 0.6 and one.what == "write":
                whole = chance.randrange(len(one.data) // SECTOR + 1) * SECTOR
                carry_out(Step("write", ending, one.offset, one.data[:whole]), files[ending])
    return {ending: bytes(data) for ending, data in files.items()}


def carry_out(step: Step, file: bytearray) -> None:
    if step.what == "truncate":
        del file[step.offset :]
        return
    if len(file) < step.offset:
        file.extend(bytes(step.offset - len(file)))
    file[step.offset : step.offset + len(step.data)] = step.data


def run(folder: Path, size: Size, guard: str = "") -> Found:
    here, found = scene.make(folder, guard=guard), Found()
    before = {ending: content(here.database, ending) for ending in KEPT}
    record = folder / "record"
    program = Program(here, play, record)
    try:
        program.wait()
    except DidNotEnd as trouble:
        return Found(broken=[str(trouble)])
    steps = pickle.loads(record.read_bytes())
    if isinstance(steps, str):
        return Found(not_done=f"this Python's SQLite cannot be watched: {steps}")
    chance = random.Random(SEED)
    kept = 0
    for number, cut in enumerate(moments(steps, size.cuts, chance)):
        after = Scene(folder / f"cut-{number}")
        after.folder.mkdir()
        for ending, data in left_on_disk(before, steps[:cut], chance).items():
            after.database.with_name(after.database.name + ending).write_bytes(data)
        told = [step.told for step in steps[:cut] if step.what == "told"]
        given = [one.removeprefix(GIVEN) for one in told if one.startswith(GIVEN)]
        called = [one.removeprefix(CALLED) for one in told if one.startswith(CALLED)]
        broken = promises.broken(after.database, given, called)
        found.broken += [f"cut behind step {cut}: {line}" for line in broken[:2]]
        kept += not broken
        for file in after.folder.iterdir():
            file.unlink()
    found.figures = {
        _("steps of the disk"): len(steps),
        _("of which syncs"): sum(step.what == "sync" for step in steps),
        _("power cuts"): size.cuts,
        _("cuts after which all was there"): kept,
    }
    return found


def moments(steps: Sequence[Step], cuts: int, chance: random.Random) -> Iterator[int]:
    """Half of them anywhere; half right behind a promise, where nothing may be missing."""
    promised = [place + 1 for place, step in enumerate(steps) if step.what == "told"]
    for number in range(cuts):
        yield chance.choice(promised) if number % 2 else chance.randrange(len(steps) + 1)


def content(database: Path, ending: str) -> bytes:
    file = database.with_name(database.name + ending)
    return file.read_bytes() if file.exists() else b""


PROOF = Proof(
    _("power cut"),
    _("What a citizen has been told before the power fails is there when it is back."),
    _(
        "A program gives, calls and finishes while every write, truncation and sync of SQLite "
        "is noted. Then the power fails behind any of them: of each file there is what was "
        "synced, and of later writes some whole, some torn at a sector of {sector} bytes, some "
        "not at all. From that the hall is opened and compared with what had been promised by "
        "then."
    ),
    run,
    ("full",),
    facts={"sector": SECTOR},
)
