"""How the printers of a hall are, who takes over from whom, and what a citizen is told of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from db import journal
from db.tables import JournalEntry, PrinterState, PrintJob, PrintJobState
from hall.hall_rules import HallRules
from hall.printing import printers
from hall.printing.printers import GIVEN_UP, SPOOLER_SILENT, Printer, Slip, SlipOutlook
from tests.conftest import NINE
from tests.printing.test_print_queue import issue

READY, NEAR_END = PrinterState.READY, PrinterState.NEAR_END
PAPER_OUT, FOLDER = PrinterState.PAPER_OUT, PrinterState.FOLDER
SECOND = timedelta(seconds=1)


def printer(name: str = "kiosk", state: PrinterState = READY, **facts: Any) -> Printer:
    known: dict[str, Any] = {
        "place": "",
        "detail": "",
        "seen_at": NINE,
        "silent": False,
        "stands_in_for": (),
        "waiting": 0,
        "oldest_at": None,
    }
    return Printer(name=name, state=state, **known | facts)


def job(state: PrintJobState, at: str = "kiosk") -> PrintJob:
    return PrintJob(
        hall_id=1,
        subject="ticket/1",
        print_number=1,
        kind="ticket",
        printer=at,
        content={},
        state=state,
        created_at=NINE,
        expires_at=NINE,
    )


DOWN = printer(state=PAPER_OUT)
SILENT = printer(silent=True)
DESK = printer("desk", place="咨询台", stands_in_for=("kiosk",))

# -- rules ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", list(PrinterState))
def test_only_a_printer_that_can_print_prints(state: PrinterState) -> None:
    assert printer(state=state).prints is (state in (READY, NEAR_END, FOLDER))
    assert not printer(state=state, silent=True).prints


def test_paper_near_its_end_needs_somebody_though_it_prints() -> None:
    assert printer(state=NEAR_END).prints
    assert printer(state=NEAR_END).needs_somebody
    assert not printer().needs_somebody


def test_only_who_prints_takes_over() -> None:
    down = printer("desk", PAPER_OUT, stands_in_for=("kiosk",))
    silent = printer("other", silent=True, stands_in_for=("kiosk",))
    assert printers.takes_over([DOWN, down, silent], "kiosk") is None
    assert printers.takes_over([DOWN, down, silent, DESK], "kiosk") is DESK
    assert printers.takes_over([DOWN, DESK], "window-1") is None


def test_a_printer_that_prints_is_not_stood_in_for() -> None:
    own = printer()
    assert printers.comes_out_at([own, DESK], "kiosk") is own
    assert printers.comes_out_at([DOWN, DESK], "kiosk") is DESK
    assert printers.comes_out_at([DOWN], "kiosk") is None
    assert printers.comes_out_at([DESK], "kiosk") is DESK  # no spooler ever served it


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], SlipOutlook(Slip.NO_PRINTER)),
        ([printer(state=FOLDER)], SlipOutlook(Slip.NO_PRINTER)),
        ([printer()], SlipOutlook(Slip.PRINTING)),
        ([printer(place="入口")], SlipOutlook(Slip.PRINTING)),  # one stands before it
        ([DOWN], SlipOutlook(Slip.AT_DESK)),
        ([SILENT], SlipOutlook(Slip.AT_DESK)),
        ([printer("another")], SlipOutlook(Slip.AT_DESK)),
        ([DOWN, DESK], SlipOutlook(Slip.PRINTING, "咨询台")),
        ([DOWN, printer("desk", stands_in_for=("kiosk",))], SlipOutlook(Slip.AT_DESK)),
    ],
)
def test_what_would_become_of_a_slip_is_known_before_it_is_asked_for(
    known: Sequence[Printer], expected: SlipOutlook
) -> None:
    assert printers.prospect(known, "kiosk") == expected
    assert printers.outlook(known, [job(PrintJobState.QUEUED)], "kiosk") == expected


@pytest.mark.parametrize(
    ("known", "prints", "expected"),
    [
        ([printer()], [PrintJobState.PRINTED], SlipOutlook(Slip.PRINTED)),
        ([DOWN], [PrintJobState.PRINTED], SlipOutlook(Slip.PRINTED)),
        ([printer()], [PrintJobState.SENDING], SlipOutlook(Slip.PRINTING)),
        ([DOWN, DESK], [PrintJobState.SENDING], SlipOutlook(Slip.AT_DESK)),  # nobody takes it over
        ([printer()], [PrintJobState.EXPIRED], SlipOutlook(Slip.AT_DESK)),
        ([printer()], [PrintJobState.FAILED], SlipOutlook(Slip.AT_DESK)),
        ([printer()], [], SlipOutlook(Slip.AT_DESK)),
        (
            [printer()],
            [PrintJobState.PRINTED, PrintJobState.FAILED],
            SlipOutlook(Slip.PRINTED),
        ),
        (
            [printer()],
            [PrintJobState.UNKNOWN, PrintJobState.QUEUED],
            SlipOutlook(Slip.PRINTING),
        ),
    ],
)
def test_what_a_citizen_is_told_of_a_slip(
    known: Sequence[Printer], prints: Sequence[PrintJobState], expected: SlipOutlook
) -> None:
    assert printers.outlook(known, [job(state) for state in prints], "kiosk") == expected


def test_a_slip_that_was_taken_over_is_where_it_was_printed() -> None:
    at_desk = [job(PrintJobState.PRINTED, "desk")]
    told = printers.outlook([DOWN, DESK], at_desk, "kiosk")
    assert told == SlipOutlook(Slip.PRINTED, "咨询台")
    nowhere = printers.outlook([DOWN, printer("desk")], at_desk, "kiosk")
    assert nowhere == SlipOutlook(Slip.AT_DESK)  # the desk finds it, a citizen would not


def test_the_worst_trouble_is_first_and_ones_own_before_others() -> None:
    low = printer("mine", NEAR_END)
    other_low = printer("a", NEAR_END)
    dead, busy_dead = printer("b", PAPER_OUT), printer("c", PAPER_OUT, waiting=3)
    found = printers.troubles([other_low, printer("well"), dead, busy_dead, low], "mine", NINE)
    assert found == (busy_dead, dead, low, other_low)
    mine = printer("mine", PAPER_OUT)
    assert printers.troubles([busy_dead, mine], "mine", NINE) == (mine, busy_dead)


def test_a_folder_needs_nobody() -> None:
    assert printers.troubles([printer(state=FOLDER, silent=True, waiting=9)], "x", NINE) == ()


def test_a_printer_that_was_taken_away_is_forgotten_in_the_end() -> None:
    later = NINE + GIVEN_UP + SECOND
    gone, wanted = printer("gone", silent=True), printer("wanted", silent=True, waiting=1)
    mine = printer("mine", silent=True)
    assert printers.troubles([gone], "mine", NINE + GIVEN_UP) == (gone,)
    assert printers.troubles([gone, wanted, mine], "mine", later) == (mine, wanted)


# -- reading -------------------------------------------------------------------------------------


def note(
    session: Session, name: str, now: datetime, state: PrinterState = READY, **facts: Any
) -> None:
    printers.note_health(session, 1, name, state, "", now, **facts)


def test_what_a_spooler_wrote_is_read_with_what_waits(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    note(session, "default", nine, PAPER_OUT, place="入口\x1b[2J", stands_in_for=["desk"])
    note(session, "desk", nine)
    for minute in range(3):
        issue(session, rules, nine + timedelta(minutes=minute))
    session.get_one(PrintJob, 1).state = PrintJobState.PRINTED
    session.get_one(PrintJob, 2).state = PrintJobState.SENDING
    session.flush()

    default, desk = printers.read(session, 1, nine)
    assert (default.waiting, default.oldest_at) == (2, nine + timedelta(minutes=1))
    assert (default.state, default.place) == (PAPER_OUT, "入口[2J")
    assert default.stands_in_for == ("desk",)
    assert (desk.waiting, desk.oldest_at) == (0, None)
    assert printers.read(session, 2, nine) == ()


def test_a_spooler_not_heard_of_for_a_while_is_silent(session: Session, nine: datetime) -> None:
    note(session, "default", nine)
    (heard,) = printers.read(session, 1, nine + SPOOLER_SILENT)
    (silent,) = printers.read(session, 1, nine + SPOOLER_SILENT + SECOND)
    assert (heard.silent, silent.silent) == (False, True)


def test_what_is_written_later_counts(session: Session, nine: datetime) -> None:
    note(session, "default", nine, PAPER_OUT, place="入口")
    note(session, "default", nine + SECOND, NEAR_END, place="大厅")
    (found,) = printers.read(session, 1, nine + SECOND)
    assert (found.state, found.place, found.seen_at) == (NEAR_END, "大厅", nine + SECOND)


# -- taking over ---------------------------------------------------------------------------------


def find(session: Session, now: datetime, since: datetime | None = None) -> PrintJob | None:
    return printers.stranded(session, 1, ["default"], since or now, now)


def test_a_slip_is_stranded_only_while_its_printer_is_down(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    assert find(session, nine) is not None  # no spooler ever served it
    note(session, "default", nine)
    assert find(session, nine) is None
    note(session, "default", nine, PAPER_OUT)
    assert find(session, nine) is not None
    note(session, "default", nine)
    assert find(session, nine + SPOOLER_SILENT + SECOND) is not None


def test_a_slip_first_waits_for_its_own_printer(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    assert find(session, nine + 14 * SECOND, since=nine - SECOND) is None
    assert find(session, nine + 15 * SECOND, since=nine) is not None


def test_what_is_being_sent_or_too_old_is_not_taken(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    late = nine + timedelta(minutes=rules.numbers.slip_lifetime_minutes)
    assert find(session, late - SECOND) is not None
    assert find(session, late) is None
    session.get_one(PrintJob, 1).state = PrintJobState.SENDING
    session.flush()
    assert find(session, nine) is None


def test_taken_over_is_printed_there_once_and_written_down(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)

    def take() -> bool:
        return printers.take_over(session, 1, "desk", ["default"], nine, nine)

    assert take()
    assert not take()
    assert session.get_one(PrintJob, 1).printer == "desk"
    told = session.exec(select(JournalEntry).where(JournalEntry.what == "print.taken_over"))
    (entry,) = told.all()
    assert (entry.place, entry.subject) == ("printer desk", "ticket/1")
    assert journal.verify(session, 1).intact


def test_the_outlook_of_a_ticket_is_read_from_its_own_prints(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    note(session, "default", nine)
    for _ in range(2):
        issue(session, rules, nine)
    session.get_one(PrintJob, 2).state = PrintJobState.PRINTED
    session.flush()
    told = [
        printers.read_outlook(session, 1, f"ticket/{ticket}", "default", nine).slip
        for ticket in (1, 2)
    ]
    assert told == [Slip.PRINTING, Slip.PRINTED]
