"""A hall whose slips go to a virtual printer, or to a folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.open_hall import OpenHall
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.paper_trail import with_printer


@pytest.fixture
def printer() -> Iterator[VirtualPrinter]:
    with VirtualPrinter() as printer:
        yield printer


@pytest.fixture
def lasting_printer() -> Iterator[VirtualPrinter]:
    """It keeps what it was sent over the end of a connection."""
    printer = VirtualPrinter()
    printer.one_memory = True
    with printer:
        yield printer


@pytest.fixture
def printing_hall(open_hall: OpenHall, printer: VirtualPrinter) -> OpenHall:
    """The hall with the virtual printer; its waits are short."""
    return with_printer(
        open_hall,
        address=printer.address,
        status_seconds=0.3,
        acknowledge_seconds=1.5,
        pause_seconds=0.2,
        send_seconds=0.5,
        retry_seconds=0.2,
    )


@pytest.fixture
def folder_hall(open_hall: OpenHall, tmp_path: Path) -> OpenHall:
    return with_printer(open_hall, folder=tmp_path / "paper")
