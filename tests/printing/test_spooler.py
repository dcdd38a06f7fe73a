"""Every slip comes out, in order; whatever comes out twice is marked."""

import threading
from typing import Any

import pytest
from PIL.Image import Image
from sqlmodel import select

from db import journal
from db.engine import reading, writing
from db.tables import JournalEntry, PrinterHealth, PrintJob
from devices.printing.pictures import pictures_of
from devices.printing.spooler import Spooler, SpoolerRunning
from devices.printing.transports.escpos_bytes import picture_bytes
from hall.open_hall import OpenHall
from hall.printing import reprints
from proof.paper.records import attempts, drawn, jobs
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.paper_trail import health, issue, issue_notice, running, states, until


def slips(hall: OpenHall, printer: VirtualPrinter) -> list[str]:
    """Which jobs have come out, in order; raises KeyError for a slip nobody drew."""
    names = drawn(hall)
    return [names[slip.tobytes()] for slip in printer.slips]


def pictures(hall: OpenHall, key: str) -> list[Image]:
    job = jobs(hall)[key]
    return pictures_of(job.kind, job.content, hall.settings.printer.width_dots, job.reprint)


def told_of(hall: OpenHall, subject: str) -> list[str]:
    with reading(hall.engine) as session:
        return [
            entry.what
            for entry in journal.entries(session, hall.rules.hall_id, subject=subject)
            if entry.what.startswith("print.")
        ]


def test_slips_come_out_in_the_order_they_were_asked_for(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    issue(printing_hall)
    issue_notice(printing_hall)
    issue(printing_hall)

    assert Spooler(printing_hall).print_waiting() == 3

    assert slips(printing_hall, printer) == [
        "ticket/1/1",
        "notice/1/1 copy 1",
        "notice/1/1 copy 2",
        "ticket/2/1",
    ]
    assert printer.odd == []
    assert Spooler(printing_hall).print_waiting() == 0


def test_what_was_sent_is_kept_and_told(printing_hall: OpenHall) -> None:
    issue(printing_hall)

    Spooler(printing_hall).print_waiting()

    job = jobs(printing_hall)["ticket/1/1"]
    assert (job.state, job.attempts, job.error) == ("printed", 1, "")
    assert job.sent_at is not None and job.finished_at is not None
    (attempt,) = attempts(printing_hall, "ticket/1")
    assert (attempt.number, attempt.outcome, attempt.acknowledged_by) == (
        1,
        "printed",
        "process-id",
    )
    assert len(attempt.picture_sha256) == 64
    assert told_of(printing_hall, "ticket/1") == ["print.printed"]
    with reading(printing_hall.engine) as session:
        assert journal.verify(session, printing_hall.rules.hall_id).intact


@pytest.mark.parametrize("fault", ["refuse", "mute", "paper-out", "cover-open", "offline"])
def test_a_printer_that_is_down_loses_nothing(
    printing_hall: OpenHall, printer: VirtualPrinter, fault: str
) -> None:
    printer.faults.add(fault)
    if fault == "refuse":
        until(lambda: printer.door is None)
    for _ in range(3):
        issue(printing_hall)

    with running(Spooler(printing_hall)):
        until(lambda: health(printing_hall))
        assert set(states(printing_hall).values()) == {"queued"}
        printer.clear()
        until(lambda: set(states(printing_hall).values()) == {"printed"})

    assert slips(printing_hall, printer) == ["ticket/1/1", "ticket/2/1", "ticket/3/1"]


def test_why_a_slip_waits_can_be_read(printing_hall: OpenHall, printer: VirtualPrinter) -> None:
    printer.faults.add("paper-out")
    issue(printing_hall)

    assert Spooler(printing_hall).print_waiting() == 0

    assert jobs(printing_hall)["ticket/1/1"].error == "paper_out"


def test_paper_out_in_the_middle_gives_each_slip_once(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.paper_out_after = 9000
    issue(printing_hall)
    issue(printing_hall)

    def knows_of_paper_out() -> bool:
        known = health(printing_hall)
        return known is not None and known.state == "paper_out"

    with running(Spooler(printing_hall)):
        until(knows_of_paper_out)
        assert states(printing_hall) == {"ticket/1/1": "sending", "ticket/2/1": "queued"}
        printer.clear()
        until(lambda: set(states(printing_hall).values()) == {"printed"})

    assert slips(printing_hall, printer) == ["ticket/1/1", "ticket/2/1"]
    known = health(printing_hall)
    assert known is not None and known.state == "ready"


def test_a_slip_that_broke_off_before_its_cut_comes_again_as_it_was(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.reset_after = 9000
    issue(printing_hall)
    issue(printing_hall)

    with running(Spooler(printing_hall)):
        until(lambda: states(printing_hall).get("ticket/2/1") == "printed")

    assert slips(printing_hall, printer) == ["void mark", "ticket/1/1", "ticket/2/1"]
    assert states(printing_hall) == {"ticket/1/1": "printed", "ticket/2/1": "printed"}
    assert [one.outcome for one in attempts(printing_hall, "ticket/1")] == ["not_out", "printed"]
    assert told_of(printing_hall, "ticket/1") == ["print.broken_off", "print.printed"]


def test_a_slip_whose_cut_was_not_acknowledged_comes_again_marked(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.breaks_at_cut = True
    issue(printing_hall)
    issue(printing_hall)

    with running(Spooler(printing_hall)):
        until(lambda: states(printing_hall).get("ticket/2/1") == "printed")

    assert slips(printing_hall, printer) == ["ticket/1/1", "ticket/1/2", "ticket/2/1"]
    assert states(printing_hall) == {
        "ticket/1/1": "unknown",
        "ticket/2/1": "printed",
        "ticket/1/2": "printed",
    }
    assert {key for key, job in jobs(printing_hall).items() if job.reprint} == {"ticket/1/2"}
    assert told_of(printing_hall, "ticket/1") == ["print.unknown", "print.printed"]


def test_a_printer_that_spoils_every_slip_spoils_one_ticket_only(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    for _ in range(3):
        issue(printing_hall)

    with running(Spooler(printing_hall)):
        for _ in range(3):
            printer.reset_after = 9000
            until(lambda: printer.reset_after is None)
        until(lambda: set(states(printing_hall).values()) == {"printed"})

    out = [slip for slip in slips(printing_hall, printer) if slip != "void mark"]
    assert out == ["ticket/1/1", "ticket/2/1", "ticket/3/1"]


def test_the_copy_that_is_out_is_not_printed_again_with_the_one_that_broke_off(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    issue_notice(printing_hall)
    first_copy = len(picture_bytes(pictures(printing_hall, "notice/1/1")[0]))
    printer.reset_after = first_copy + 9000

    with running(Spooler(printing_hall)):
        until(lambda: states(printing_hall) == {"notice/1/1": "printed"})

    assert slips(printing_hall, printer) == [
        "notice/1/1 copy 1",
        "void mark",
        "notice/1/1 copy 2",
    ]


def test_a_notice_that_may_be_out_is_never_printed_again_by_itself(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.breaks_at_cut = True
    issue_notice(printing_hall)

    spooler = Spooler(printing_hall)
    spooler.print_waiting()
    spooler.print_waiting()

    assert states(printing_hall) == {"notice/1/1": "unknown"}
    assert slips(printing_hall, printer) == ["notice/1/1 copy 1"]
    with writing(printing_hall.engine) as session:
        reprints.ask(
            session,
            printing_hall.rules,
            "notice/1",
            "not_printed",
            printing_hall.now(),
            printer="default",
            who="1001",
        )
    spooler.print_waiting()
    assert slips(printing_hall, printer)[1:] == ["notice/1/2 copy 1", "notice/1/2 copy 2"]
    assert jobs(printing_hall)["notice/1/2"].reprint


def test_a_slip_too_late_is_not_printed(printing_hall: OpenHall, printer: VirtualPrinter) -> None:
    issue(printing_hall)
    with writing(printing_hall.engine) as session:
        row = session.exec(select(PrintJob)).one()
        row.expires_at = printing_hall.now()

    assert Spooler(printing_hall).print_waiting() == 0

    assert states(printing_hall) == {"ticket/1/1": "expired"}
    assert printer.slips == []
    assert told_of(printing_hall, "ticket/1") == ["print.expired"]


def test_a_slip_that_cannot_be_drawn_does_not_hold_up_the_next(
    printing_hall: OpenHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issue(printing_hall).number
    issue(printing_hall)

    def draw(kind: str, content: dict[str, Any], *rest: Any) -> list[Image]:
        if content["number"] == first:
            raise ValueError("it cannot be drawn")
        return pictures_of(kind, content, *rest)

    monkeypatch.setattr("devices.printing.pictures.pictures_of", draw)

    assert Spooler(printing_hall).print_waiting() == 1

    assert states(printing_hall) == {"ticket/1/1": "failed", "ticket/2/1": "printed"}
    assert told_of(printing_hall, "ticket/1") == ["print.failed"]


def test_only_one_spooler_prints(printing_hall: OpenHall) -> None:
    with running(Spooler(printing_hall)):
        until(lambda: health(printing_hall))

        with pytest.raises(SpoolerRunning) as refused:
            Spooler(printing_hall).run(threading.Event())

    assert "process" in refused.value.holder


def test_health_is_written_when_it_changes_only(
    printing_hall: OpenHall, printer: VirtualPrinter
) -> None:
    printer.faults.add("paper-out")
    issue(printing_hall)
    spooler = Spooler(printing_hall)
    spooler.print_waiting()
    with reading(printing_hall.engine) as session:
        before = session.exec(select(PrinterHealth)).one().seen_at
        entries = len(session.exec(select(JournalEntry)).all())
    later = before.replace(minute=before.minute + 1)
    printing_hall.now = lambda: later

    for _ in range(5):
        spooler.print_waiting()

    known = health(printing_hall)
    assert known is not None and (known.state, known.seen_at) == ("paper_out", before)
    with reading(printing_hall.engine) as session:
        assert len(session.exec(select(JournalEntry)).all()) == entries
