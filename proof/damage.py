"""Pages of the file overwritten, rows of the journal changed; and the way back."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from db import backup, journal
from db.engine import open_engine, reading, writing
from db.faults import DatabaseFault
from db.restore import restore
from hall.marked import _
from hall.tickets import calling, serving
from proof import promises, scene, work
from proof.disk.faults import everything_in
from proof.proof import Found, Proof, Size
from proof.scene import SERVICES, Scene

SEED = 20261130
VISITS = 150
TAMPERED = {
    "changed": "UPDATE journal SET why = 'another reason' WHERE sequence = ?",
    "taken out": "DELETE FROM journal WHERE sequence = ?",
    "moved in time": "UPDATE journal SET at = '2026-01-01 00:00:00.000000' WHERE sequence = ?",
}


def run(folder: Path, size: Size, guard: str = "") -> Found:
    here, found = scene.make(folder), Found()
    live(here)
    whole, contents = here.database, everything_in(here.database)
    engine = open_engine(f"sqlite:///{whole}")
    copy = backup.make(engine, folder / "backup.db").path
    engine.dispose()
    chance = random.Random(SEED)
    named = harmless = 0
    with closing(sqlite3.connect(whole)) as connection:
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    pages = whole.stat().st_size // page_size
    for number in range(size.pages):
        hurt = Scene(folder / f"hurt-{number}", here.begins, here.origin)
        hurt.folder.mkdir()
        page = chance.randrange(pages)
        how = hurt_page(whole, hurt.database, page, page_size, chance)
        told = f"page {page + 1} {how}"
        if is_found(hurt.database):
            named += 1
        elif not read_otherwise(hurt.database, contents):
            harmless += 1  # nothing is kept in it
        else:
            found.broken.append(f"{told}: nobody noticed")
        found.broken += [f"{told}: {line}" for line in work_on(hurt)]
        found.broken += [f"{told}: {line}" for line in put_right(hurt, copy, contents)]
    found.figures = {
        _("pages of the file"): pages,
        _("damaged, one after the other"): size.pages,
        _("named by `jiaohao db check`"): named,
        _("in which nothing was kept"): harmless,
        _("restored from the copy"): size.pages,
    }
    for how, statement in TAMPERED.items():
        row = chance.randrange(2, 200)
        found.broken += tampered(whole, folder / f"{how.replace(' ', '-')}.db", statement, row, how)
    found.figures[_("rows of the journal changed, taken out, moved: all found")] = len(TAMPERED)
    return found


def live(here: Scene) -> None:
    hall = here.open()
    for turn in range(VISITS):
        work.issue(hall, SERVICES[turn % 3])
        with writing(hall.engine) as session:
            called = calling.call_next(session, hall.rules, 5, hall.now())
        if called is not None:
            with writing(hall.engine) as session:
                serving.finish(session, hall.rules, 5, hall.now())
    hall.engine.dispose()


def hurt_page(whole: Path, hurt: Path, page: int, size: int, chance: random.Random) -> str:
    data = bytearray(whole.read_bytes())
    first, other = page * size, chance.randrange(len(data) // size)
    kinds = {
        "is zeros": bytes(size),
        "is noise": chance.randbytes(size),
        "is another page": bytes(data[other * size : other * size + size]),
        "is half written": bytes(data[first : first + size // 2]) + chance.randbytes(size // 2),
    }
    how = chance.choice([*kinds])
    data[first : first + size] = kinds[how]
    hurt.write_bytes(data)
    return how if how != "is another page" else f"is page {other + 1}"


def is_found(database: Path) -> bool:
    try:
        backup.checked(database)
    except DatabaseFault:
        return True
    return False


def read_otherwise(database: Path, contents: str) -> bool:
    try:
        return everything_in(database) != contents
    except sqlite3.Error:
        return True


def work_on(hurt: Scene) -> list[str]:
    """A program on a damaged file works, says that it is damaged, or is turned away by a rule of
    the tables; it does nothing else."""
    try:
        hall = hurt.open()
        work.issue(hall, "S101")
        hall.engine.dispose()
    except (DatabaseFault, sqlite3.IntegrityError):
        return []
    except Exception as error:
        return [f"a number ended in {error!r}"]
    return []


def put_right(hurt: Scene, copy: Path, contents: str) -> list[str]:
    try:
        restored = restore(copy, f"sqlite:///{hurt.database}", hurt.now())
    except DatabaseFault as fault:
        return [f"could not be restored: {fault!r}"]
    broken = promises.broken(hurt.database)
    if everything_in(hurt.database) != contents:
        broken.append("the restored hall is another")
    if restored.kept is None or not Path(restored.kept).exists():
        broken.append("the damaged file was not kept")
    return broken


def tampered(whole: Path, copy: Path, statement: str, row: int, how: str) -> list[str]:
    shutil.copyfile(whole, copy)
    found = []
    with closing(sqlite3.connect(copy)) as connection:
        try:
            connection.execute(statement, (row,))
            found.append(f"the journal could be {how}, as if it were any table")
        except sqlite3.IntegrityError:
            triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in triggers.fetchall():  # whoever is determined takes these away first
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(statement, (row,))
        connection.commit()
    engine = open_engine(f"sqlite:///{copy}")
    try:
        with reading(engine) as session:
            verdict = journal.verify(session, promises.HALL)
    finally:
        engine.dispose()
    if verdict.broken_at != row:
        found.append(f"row {row} of the journal was {how}: {verdict}")
    return found


PROOF = Proof(
    _("damage"),
    _(
        "A damaged file is found and named, no program makes it worse unnoticed, and a copy "
        "brings the hall back."
    ),
    _(
        "Pages of a hall's file are overwritten by zeros, noise, another page or half a page, "
        "one at a time; `db check` must find it, a program must work, say what is wrong or be "
        "turned away by a rule of the tables, a restore must give back every row. In the "
        "journal single rows are changed, taken out, moved."
    ),
    run,
)
