"""Two of everything: kiosks, printers, spoolers of one printer, speakers of one zone."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from db.engine import open_engine, reading
from devices.printing.spooler import Spooler
from devices.printing.spooler_lock import SpoolerRunning, sole_spooler
from hall.marked import _
from hall.open_hall import OpenHall
from proof import promises, scene, work
from proof.paper.paper_promises import at_rest, broken_promises
from proof.paper.virtual_printer import VirtualPrinter
from proof.programs import DidNotEnd, Program, last_words, until, words_in
from proof.proof import Found, Proof, Size
from proof.scene import Scene
from proof.streams import most_at_once, plays

PACE_S = 0.05
SOUNDS_S = 0.3
EMPTY_S = 0.4
"""So long there is no paper in the left printer, in the middle."""


def run(folder: Path, size: Size, guard: str = "") -> Found:
    here, found = scene.make(folder, guard=guard), Found()
    with VirtualPrinter() as left, VirtualPrinter() as right:
        settings = {
            name: {"name": name, "address": printer.address}
            for name, printer in (("left", left), ("right", right))
        }
        programs = [
            *(
                Program(here, work.kiosk, folder / f"given-{name}", "S101", settings[name], PACE_S)
                for name in settings
            ),
            *(Program(here, work.counter, folder / f"called-{n}", n, here.stop) for n in (1, 2, 5)),
            *(Program(here, work.print_slips, settings[name]) for name in settings),
            *(Program(here, work.speak, folder / "heard", SOUNDS_S) for _ in range(2)),
        ]
        try:
            refuse_another_spooler(here, settings, found)
            wait_for_numbers(here, size.visitors // 3)
            left.faults.add("paper-out")
            time.sleep(EMPTY_S)
            wait_for_numbers(here, 2 * size.visitors // 3)
            left.clear()
            wait_for_numbers(here, size.visitors)
            here.stop.touch()
            for program in programs:
                if program.work in (work.kiosk, work.counter):
                    program.wait()
            hall = here.open()
            until(lambda: at_rest(hall), "slips are still on their way")
            until(lambda: nothing_left(hall, promises.nothing_left_to_say), "calls are left")
            hall.engine.dispose()
        except DidNotEnd as trouble:
            found.broken.append(f"{trouble}; {last_words(here)}")
        finally:
            for program in programs:
                program.end()
        hall = here.open()
        found.broken += broken_promises(hall, left, right, may_expire=True)
        hall.engine.dispose()
        found.figures[_("pieces of paper, left and right")] = (
            f"{len(left.slips)}, {len(right.slips)}"
        )
    given = words_in(*folder.glob("given-*"))
    called = words_in(*folder.glob("called-*"))
    heard = plays(folder / "heard")
    found.broken += promises.broken(here.database, given, called)
    if (most := most_at_once(heard)) > 1:
        found.broken.append(f"{most} voices sounded at once")
    found.figures |= {
        _("numbers"): len(given),
        _("calls heard"): len(heard),
        _("voices at once"): most,
    }
    return found


def nothing_left(hall: OpenHall, question: Callable[..., bool]) -> bool:
    with reading(hall.engine) as session:
        return question(session)


def wait_for_numbers(here: Scene, so_many: int) -> None:
    until(lambda: len(words_in(*here.folder.glob("given-*"))) >= so_many, "no numbers come")


def refuse_another_spooler(here: Scene, settings: dict[str, dict[str, str]], found: Found) -> None:
    """A second one of a printer that has one must not print."""
    for name, printer in settings.items():
        until(lambda: is_held(here, name), f"nobody prints on {name}")  # noqa: B023
        hall = here.open(**printer)
        try:
            Spooler(hall).print_waiting()
            found.broken.append(f"two spoolers print on {name}")
        except SpoolerRunning:
            pass
        hall.engine.dispose()


def is_held(here: Scene, printer: str) -> bool:
    engine = open_engine(f"sqlite:///{here.database}")
    try:
        with sole_spooler(engine, printer):
            return False
    except SpoolerRunning:
        return True
    finally:
        engine.dispose()


PROOF = Proof(
    _("two of everything"),
    _(
        "No slip comes out of both printers, no two voices sound at once in a zone, nobody is "
        "called to two counters."
    ),
    _(
        "Two kiosks order slips from a printer each while a second spooler tries for each "
        "printer, three counters call, two speakers share one zone; the left printer runs out "
        "of paper in the middle."
    ),
    run,
    ("lease",),
)
