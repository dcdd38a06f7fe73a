"""The installer's page."""

import pytest

from db.tables import PrinterState
from devices.printing.sample_page import print_sample_page, sample_picture
from devices.printing.transports.transport import NotOut, PrinterDown
from hall.open_hall import OpenHall
from proof.paper.virtual_printer import VirtualPrinter


def test_a_sample_page_says_how_the_printer_answers(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.faults.add("no-process-id")

    tested = print_sample_page(printing_hall)

    assert (tested.state, tested.acknowledged_by) == (PrinterState.READY, "paper-status")
    assert [slip.tobytes() for slip in printer.slips] == [sample_picture(printing_hall).tobytes()]


def test_a_sample_page_does_not_wait_for_paper(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.paper_out_after = 9000
    with pytest.raises(NotOut):
        print_sample_page(printing_hall)

    with pytest.raises(PrinterDown) as down:
        print_sample_page(printing_hall)
    assert down.value.state == PrinterState.PAPER_OUT
