"""jiaohao printer: what state the printers are in, what waits for them, a test page."""

import argparse
from dataclasses import asdict
from datetime import datetime

from commands.context import ENVIRONMENT_AT_FAULT, answer, hall_of, refuse, wording_of
from db.engine import reading
from db.tables import PrinterState
from hall.open_hall import OpenHall
from hall.printing import printers
from hall.wording import Wording


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("status", help="ask the printer now, and count what waits")
    test = verbs.add_parser("test", help="print a page that shows what the printer can do")
    test.add_argument("--unattended", action="store_true", help="do not ask what only eyes can see")


def run(arguments: argparse.Namespace) -> int:
    if arguments.verb == "test":
        from commands.printer_test import test

        return test(arguments)
    return status(arguments)


def unfit(arguments: argparse.Namespace, wording: Wording, state: PrinterState, detail: str) -> int:
    sentence = wording.say("Printer: {state}.", state=f"{state.value} {detail}".strip())
    return refuse(arguments, f"printer_{state.value}", sentence, ENVIRONMENT_AT_FAULT)


def status(arguments: argparse.Namespace) -> int:
    """Of the printer of this machine, asked now, and of all others, as their spoolers know them."""
    hall, wording = hall_of(arguments), wording_of(arguments)
    state, detail = ask(hall)
    with reading(hall.engine) as session:
        known = printers.read(session, hall.rules.hall_id, hall.now())
        backlog = printers.read_backlog(session, hall.rules.hall_id)
    waiting = {name: count for name, (count, _since) in backlog.items()}
    facts = {
        "state": state.value,
        "detail": detail,
        "waiting": sum(waiting.values()),
        "printers": [facts_of(hall, one) for one in known],
        "waiting_without_a_spooler": {
            name: count
            for name, count in waiting.items()
            if name not in {one.name for one in known if not one.silent}
        },
    }
    if state not in printers.PRINTS:
        return unfit(arguments, wording, state, detail)
    told = f"{state.value} {detail}".strip()
    count = sum(waiting.values())
    lines = [wording.say("Printer: {state}. Slips waiting: {count}.", state=told, count=count)]
    lines += [line_of(hall, wording, one) for one in known]
    return answer(arguments, facts, "\n".join(lines))


def facts_of(hall: OpenHall, printer: printers.Printer) -> dict[str, object]:
    def local(moment: datetime | None) -> str | None:
        return hall.rules.local(moment).isoformat(timespec="seconds") if moment else None

    return asdict(printer) | {
        "state": printer.state.value,
        "seen_at": local(printer.seen_at),
        "oldest_at": local(printer.oldest_at),
        "prints": printer.prints,
    }


def line_of(hall: OpenHall, wording: Wording, printer: printers.Printer) -> str:
    say, seen = wording.say, f"{hall.rules.local(printer.seen_at):%H:%M:%S}"
    state = say("silent since {time}", time=seen) if printer.silent else say(printer.state.value)
    parts = [printer.name, printer.place, state, printer.detail]
    parts.append(say("{count} slips waiting", count=printer.waiting))
    if printer.stands_in_for:
        parts.append(say("stands in for {names}", names=", ".join(printer.stands_in_for)))
    return "  ".join(part for part in parts if part)


def ask(hall: OpenHall) -> tuple[PrinterState, str]:
    """What the printer itself says now; a folder that cannot be written to is an error."""
    from devices.printing.spooler import transport_of
    from devices.printing.transports.transport import PrinterDown

    try:
        with transport_of(hall).connect() as connection:
            return connection.state, hall.settings.printer.address
    except PrinterDown as down:
        return down.state, down.detail
