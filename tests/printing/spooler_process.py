"""A spooler in a process of its own, that can be killed."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from typing import Any

from commands.run import stop_on_signal
from devices.printing import spooler
from hall.open_hall import OpenHall, open_hall
from hall.settings import PrinterSettings, Settings
from proof.scene import PRINTER

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__, "tests.printing.warm_start"])

SHORT = PRINTER
"""Settings of a printer that is soon given up."""


def spool(url: str, printer: dict[str, Any], moment: datetime) -> None:
    settings = Settings(database_url=url, printer=PrinterSettings(**printer))
    hall = open_hall(settings, lambda: moment)
    spooler.FIRST_RETRY_S = 0.05
    spooler.Spooler(hall).run(stop_on_signal())


def start(hall: OpenHall) -> ForkServerProcess:
    process = CONTEXT.Process(
        target=spool,
        args=(
            hall.settings.database_url,
            hall.settings.printer.model_dump(),
            hall.now(),
        ),
        daemon=True,
    )
    process.start()
    return process


@contextmanager
def spooler_process(hall: OpenHall) -> Iterator[ForkServerProcess]:
    """With this hall's printer, at this hall's moment; killed in the end."""
    process = start(hall)
    try:
        yield process
    finally:
        kill(process)


def kill(process: ForkServerProcess) -> None:
    process.kill()
    process.join(10)
