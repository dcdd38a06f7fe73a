"""Programs killed with SIGKILL in the middle of what they do, again and again."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

from db.engine import reading
from hall.marked import _
from hall.open_hall import OpenHall
from proof import promises, scene, work
from proof.paper.paper_promises import at_rest, broken_promises
from proof.paper.virtual_printer import VirtualPrinter
from proof.programs import DidNotEnd, Program, last_words, until, words_in
from proof.proof import Found, Proof, Size
from proof.scene import SERVICES, Scene
from proof.streams import most_at_once, plays

PACE_S = 0.25
SOUNDS_S = 0.05
COUNTERS = (1, 2, 3, 4, 5)
COLD_S, WARM_S = 0.06, 0.015
"""How long a deed takes: the first of a program, and the later ones of a kiosk. It is killed
within this after one began, nearly always in the middle of it."""
SEED = 20261130


def run(folder: Path, size: Size, guard: str = "") -> Found:
    here = scene.make(folder, guard=guard)
    found, chance = Found(), random.Random(SEED)
    with VirtualPrinter() as printer:
        printer.one_memory = True
        programs = started(here, printer)
        try:
            kinds = [work.kiosk] if guard == "outbox" else list({one.work: 0 for one in programs})
            for turn in range(size.kills):
                alike = [one for one in programs if one.work is kinds[turn % len(kinds)]]
                kill_one(chance.choice(alike), chance, found)
            let_finish(here, programs, printer)
        except DidNotEnd as trouble:
            found.broken.append(f"{trouble}; {last_words(here)}")
        finally:
            for program in programs:
                program.end()
        hall = here.open(address=printer.address)
        look(hall, here, printer, found)
        hall.engine.dispose()
    for name, kills in Counter(one.work.__name__ for one in programs).items():
        killed = sum(one.kills for one in programs if one.work.__name__ == name)
        found.figures[PROGRAMS[name]] = f"{kills}, {killed}"
    return found


def started(here: Scene, printer: VirtualPrinter) -> list[Program]:
    address = {"address": printer.address}
    return [
        *(
            Program(here, work.kiosk, here.folder / f"given-{n}", SERVICES[n], address, PACE_S)
            for n in range(3)
        ),
        *(Program(here, work.counter, here.folder / f"called-{n}", n, here.stop) for n in COUNTERS),
        Program(here, work.print_slips, address),
        *(Program(here, work.speak, here.folder / "heard", SOUNDS_S) for _ in range(2)),
    ]


def kill_one(program: Program, chance: random.Random, found: Found) -> None:
    if program.died_by_itself():
        found.broken.append(f"{program.work.__name__} died: {last_words(program.scene)}")
    program.begins_a_deed(0.2)
    is_warm = program.work is work.kiosk and chance.random() < 0.7 and program.begins_a_deed(0.4)
    time.sleep(chance.uniform(0, WARM_S if is_warm else COLD_S))
    program.kill()
    program.start()


def let_finish(here: Scene, programs: list[Program], printer: VirtualPrinter) -> None:
    """No more numbers; whoever waits is called, all that is ordered is printed and said."""
    here.stop.touch()
    for program in programs:
        if program.work in (work.kiosk, work.counter):
            program.wait()
    hall = here.open()
    try:
        until(lambda: at_rest(hall), "slips are still on their way")
        until(lambda: all_is_said(hall), "calls are still to be spoken")
    finally:
        hall.engine.dispose()


def all_is_said(hall: OpenHall) -> bool:
    with reading(hall.engine) as session:
        return promises.nothing_left_to_say(session)


def look(hall: OpenHall, here: Scene, printer: VirtualPrinter, found: Found) -> None:
    given = words_in(*here.folder.glob("given-*"))
    called = words_in(*here.folder.glob("called-*"))
    heard = plays(here.folder / "heard")
    found.broken += promises.broken(here.database, given, called)
    found.broken += broken_promises(hall, printer, may_expire=True)
    if most_at_once(heard) > 1:
        found.broken.append("two voices sounded at once")
    found.figures |= {
        _("numbers given"): len(given),
        _("pieces of paper"): len(printer.slips),
        _("calls"): len(called),
        _("calls heard to their end"): sum(one.ended is not None for one in heard),
    }


PROGRAMS = {
    "kiosk": _("kiosks, killed"),
    "counter": _("counters, killed"),
    "print_slips": _("spoolers, killed"),
    "speak": _("speakers, killed"),
}

PROOF = Proof(
    _("crash"),
    _("Whatever is killed and whenever, no number, call or slip is lost or doubled."),
    _(
        "Three kiosks, five counters, a spooler with a printer that answers, and two speakers "
        "of one zone run as processes. One after the other is killed with SIGKILL, in most "
        "cases within {ms} ms of a deed's beginning, and started again. Then the paper is read "
        "dot by dot and compared with the records."
    ),
    run,
    ("outbox",),
    facts={"ms": round(COLD_S * 1000)},
)
