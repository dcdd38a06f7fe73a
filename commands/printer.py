"""jiaohao printer: what state it is in and what still waits for it."""

import argparse

from sqlmodel import func, select

from commands.context import ENVIRONMENT_AT_FAULT, answer, hall_of, refuse, wording_of
from db.engine import reading
from db.tables import PrinterHealth, PrinterState, PrintJob
from db.tables.printing import OPEN_JOB
from hall.open_hall import OpenHall
from hall.wording import Wording

WORKS = (PrinterState.READY, PrinterState.NEAR_END, PrinterState.FOLDER)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("status", help="ask the printer now, and count what waits")
    verbs.add_parser("test", help="print a page that shows what the printer can do")


def run(arguments: argparse.Namespace) -> int:
    return test(arguments) if arguments.verb == "test" else status(arguments)


def test(arguments: argparse.Namespace) -> int:
    from devices.printing.sample_page import print_sample_page
    from devices.printing.transports.transport import Interrupted, PrinterDown

    hall, wording = hall_of(arguments), wording_of(arguments)
    try:
        tested = print_sample_page(hall)
    except PrinterDown as down:
        return unfit(arguments, wording, down.state, down.detail)
    except Interrupted as interrupted:
        return unfit(arguments, wording, PrinterState.ERROR, str(interrupted))
    facts = {
        "state": tested.state.value,
        "acknowledged_by": tested.acknowledged_by,
        "seconds": round(tested.seconds, 2),
    }
    sentence = wording.say(
        "Test page printed in {seconds:.1f} s, acknowledged by {by}. Look at it: is the bar whole, "
        "are the letters there?",
        seconds=tested.seconds,
        by=tested.acknowledged_by,
    )
    return answer(arguments, facts, sentence)


def unfit(arguments: argparse.Namespace, wording: Wording, state: PrinterState, detail: str) -> int:
    sentence = wording.say("Printer: {state}.", state=f"{state.value} {detail}".strip())
    return refuse(arguments, f"printer_{state.value}", sentence, ENVIRONMENT_AT_FAULT)


def status(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    state, detail = ask(hall)
    with reading(hall.engine) as session:
        rows = session.exec(
            select(PrintJob.state, func.count())
            .where(OPEN_JOB, PrintJob.hall_id == hall.rules.hall_id)
            .group_by(PrintJob.state)
        ).all()
        last = session.exec(
            select(PrinterHealth).where(PrinterHealth.hall_id == hall.rules.hall_id)
        ).first()
    waiting = sum(count for _, count in rows)
    facts = {
        "state": state.value,
        "detail": detail,
        "waiting": waiting,
        "spooler_saw": last.state if last else None,
        "spooler_saw_at": hall.rules.local(last.seen_at).isoformat() if last else None,
    }
    if state not in WORKS:
        return unfit(arguments, wording, state, detail)
    told = f"{state.value} {detail}".strip()
    sentence = wording.say("Printer: {state}. Slips waiting: {count}.", state=told, count=waiting)
    return answer(arguments, facts, sentence)


def ask(hall: OpenHall) -> tuple[PrinterState, str]:
    """What the printer itself says now; a folder that cannot be written to is an error."""
    from devices.printing.spooler import transport_of
    from devices.printing.transports.transport import PrinterDown

    try:
        with transport_of(hall).connect() as connection:
            return connection.state, hall.settings.printer.address
    except PrinterDown as down:
        return down.state, down.detail
