"""jiaohao printer: what state it is in and what still waits for it."""

import argparse

from sqlmodel import col, func, select

from commands.context import ENVIRONMENT_AT_FAULT, answer, hall_of, refuse, wording_of
from db.engine import reading
from db.tables import PrinterHealth, PrinterState, PrintJob, PrintJobState
from hall.open_hall import OpenHall

WORKS = (PrinterState.READY, PrinterState.NEAR_END, PrinterState.FOLDER)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("status", help="ask the printer now, and count what waits")


def run(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    state, detail = ask(hall)
    with reading(hall.engine) as session:
        rows = session.exec(
            select(PrintJob.state, func.count())
            .where(
                PrintJob.hall_id == hall.rules.hall_id,
                col(PrintJob.state).in_([PrintJobState.QUEUED, PrintJobState.SENDING]),
            )
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
    told = f"{state.value} {detail}".strip()
    sentence = wording.say("Printer: {state}. Slips waiting: {count}.", state=told, count=waiting)
    if state not in WORKS:
        return refuse(arguments, f"printer_{state.value}", sentence, ENVIRONMENT_AT_FAULT)
    return answer(arguments, facts, sentence)


def ask(hall: OpenHall) -> tuple[PrinterState, str]:
    """What the printer itself says now; a folder that cannot be written to is an error."""
    from devices.printing.spooler import transport_of
    from devices.printing.transports import PrinterDown

    try:
        with transport_of(hall).connect() as connection:
            return connection.state, hall.settings.printer.address
    except PrinterDown as down:
        return down.state, down.detail
