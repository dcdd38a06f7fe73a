"""jiaohao run: the programs of the hall.

The screens are imported without the database, so that they paint at once; they open the hall
afterwards, in a thread.
"""

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from commands.first_language import first_language
from commands.logs import log_to_stderr
from commands.typed import counter_number
from devices import service_manager

if TYPE_CHECKING:
    from hall.open_hall import OpenHall
    from ui.base_app import HallApp


CRASHED = 1
"""Textual's own code for an app that ended by an exception."""

RESTART_S = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    programs = parser.add_subparsers(dest="program", required=True, metavar="PROGRAM")
    programs.add_parser("kiosk", help="where citizens take a number")
    counter = programs.add_parser("counter", help="the clerk's screen of one counter")
    counter.add_argument("counter", type=counter_number, metavar="N")
    counter.add_argument("--clerk", metavar="ID", help="open it under this staff number")
    programs.add_parser("desk", help="the information desk: inquiries, tickets for others")
    programs.add_parser("supervisor", help="the duty manager's console, and supervision's")
    board = programs.add_parser("board", help="what the hall looks up at")
    board.add_argument("--zone", help="only the counters of this zone")
    sign = programs.add_parser("counter-sign", help="what the public sees and rates at a counter")
    sign.add_argument("counter", type=counter_number, metavar="N")
    sign.add_argument(
        "--wall", action="store_true", help="above it, where nobody can rate: it asks nothing"
    )
    programs.add_parser("spooler", help="sends slips to the printer")
    programs.add_parser("keeper", help="copies the hall at its times, and opens a new day")
    speaker = programs.add_parser("speaker", help="speaks the calls")
    speaker.add_argument("--zone", default="hall")


def run(arguments: argparse.Namespace) -> int:
    match arguments.program:
        case "kiosk":
            from kiosk.kiosk_app import KioskApp

            return again_after_a_crash(
                show(KioskApp(opening(arguments), first_language(arguments)))
            )
        case "counter":
            from counter.counter_app import CounterApp

            return show(
                CounterApp(
                    opening(arguments),
                    arguments.counter,
                    first_language(arguments),
                    arguments.clerk,
                )
            )
        case "desk":
            from counter.desk.desk_app import DeskApp

            return show(DeskApp(opening(arguments), first_language(arguments)))
        case "supervisor":
            from counter.supervisor.supervisor_app import SupervisorApp

            return show(SupervisorApp(opening(arguments), first_language(arguments)))
        case "board":
            # Textual paints at the next tick of this many a second; a still screen has none.
            os.environ.setdefault("TEXTUAL_FPS", "120")
            from display.hall_board import HallBoardApp

            board = HallBoardApp(opening(arguments), first_language(arguments), arguments.zone)
            return again_after_a_crash(show(board))
        case "counter-sign":
            from display.counter_sign import CounterSignApp

            sign = CounterSignApp(
                opening(arguments),
                arguments.counter,
                first_language(arguments),
                on_the_wall=arguments.wall,
            )
            return again_after_a_crash(show(sign))
        case "spooler":
            return spool(arguments)
        case "keeper":
            return keep(arguments)
        case _:
            return speak(arguments)


def opening(arguments: argparse.Namespace) -> "Callable[[], OpenHall]":
    def open_it() -> "OpenHall":
        from commands.context import hall_of

        return hall_of(arguments)

    return open_it


def show(app: "HallApp") -> int:
    """Run a screen until it ends."""
    if not sys.stdout.isatty():
        sys.stderr.write("jiaohao run: this program needs a terminal\n")
        return 2
    app.run()
    return app.return_code or 0


def again_after_a_crash(code: int) -> int:
    """What stands in a hall without a person at it starts again by itself, as itself."""
    if code == CRASHED:
        time.sleep(RESTART_S)  # the public reads meanwhile that it comes back
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    return code


def spool(arguments: argparse.Namespace) -> int:
    from commands.context import REFUSED, hall_of, refuse, wording_of
    from devices.printing.spooler import Spooler, SpoolerRunning, slips_folder

    hall, wording = hall_of(arguments), wording_of(arguments)
    log_to_stderr(hall.settings.log_format)
    address = hall.settings.printer.address
    told = (
        wording.say("Slips go to the printer at {address}.", address=address)
        if address
        else wording.say(
            "No printer is set up: slips go to {folder} as pictures.", folder=slips_folder(hall)
        )
    )
    sys.stdout.write(told + "\n")
    sys.stdout.flush()
    try:
        stop = stop_on_signal()
        service_manager.ready()
        Spooler(hall).run(stop)
    except SpoolerRunning as error:
        message = wording.say(
            "Another program prints on this printer already: {holder}", holder=error.holder
        )
        return refuse(arguments, "spooler_running", message, REFUSED)
    return 0


def speak(arguments: argparse.Namespace) -> int:
    from commands.context import hall_of, wording_of
    from db.engine import reading
    from devices.speech.speaker import Speaker
    from hall.counters.counters import check_zone

    hall, wording = hall_of(arguments), wording_of(arguments)
    with reading(hall.engine) as session:
        check_zone(session, hall.rules, arguments.zone)
    log_to_stderr(hall.settings.log_format)
    told = wording.say("Calls of the zone “{zone}” are spoken here.", zone=arguments.zone)
    sys.stdout.write(told + "\n")
    sys.stdout.flush()
    stop = stop_on_signal()
    service_manager.ready()
    Speaker(hall, zone=arguments.zone).run(stop)
    return 0


def keep(arguments: argparse.Namespace) -> int:
    from commands.context import hall_of, wording_of
    from hall.keeping import backups
    from hall.keeping.keeper import Keeper

    hall, wording = hall_of(arguments), wording_of(arguments)
    log_to_stderr(hall.settings.log_format)
    told = wording.say("Copies of the hall go to {folder}.", folder=backups.folder_of(hall))
    sys.stdout.write(told + "\n")
    sys.stdout.flush()
    stop = stop_on_signal()
    service_manager.ready()
    Keeper(hall, service_manager.alive).run(stop)
    return 0


def stop_on_signal() -> threading.Event:
    """Set when the program is asked to end, so that what is in hand is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop
