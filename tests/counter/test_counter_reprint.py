"""补打 at the counter: which slip, why, by whom; and every reason why not."""

import pytest
from sqlmodel import select
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from counter.counter_app import CounterApp
from counter.dialogs.reprint_dialog import ReprintDialog
from counter.help_overlay import HelpOverlay
from counter.message_line import MessageLine
from counter.verb_bar import VerbButton
from counter.verbs import BESIDE_THE_CLASS, KEYS, LABELS, Verb
from db.engine import writing
from db.tables import Clerk, Counter, PrintJob, PrintJobState, Service, Ticket
from hall.notices import notices
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import (
    SIZE,
    Clock,
    OtherProgram,
    comes,
    enabled,
    message,
    press,
    sits_down,
    until,
)
from tests.known_printers import PAPER_OUT, READY, spooler_writes
from tests.screen_text import screen_text


@pytest.fixture(autouse=True)
def own_printer(hall: OpenHall, patient_hand: None) -> None:
    hall.settings.printer.name = "window-1"


def print_all(other: OtherProgram) -> None:
    with writing(other.engine) as session:
        for job in session.exec(select(PrintJob)):
            job.state = PrintJobState.PRINTED


def issue_notice(other: OtherProgram, clock: Clock, counter: int = 1) -> str:
    with writing(other.engine) as session:
        return notices.issue(
            session,
            other.rules,
            session.get_one(Service, 2),
            session.get_one(Clerk, counter),
            {1},
            {},
            clock(),
            counter=session.get_one(Counter, counter),
        ).serial


def slips(app: CounterApp) -> list[str]:
    options = app.screen.query_one("#slips", OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


async def opens(pilot: Pilot[None]) -> None:
    await pilot.press("w")
    await comes(pilot, ReprintDialog)


async def test_the_ticket_in_hand_is_printed_again_for_this_clerk_on_this_printer(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    print_all(other)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        await opens(pilot)
        assert slips(at_one) == ["A001  购买自住住房提取"]
        await pilot.press("down", "enter")  # the only slip needs no choosing: this is the reason
        await until(pilot, lambda: message(at_one) == "A001 is being printed again.")
    again = other.rows(PrintJob)[1]
    assert (again.subject, again.printer, again.reprint) == ("ticket/1", "window-1", True)
    assert (again.reason, again.asked_by) == ("unreadable", "1001")


async def test_the_last_notice_of_this_counter_can_be_chosen_beside_it(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    issue_notice(other, clock)
    last = issue_notice(other, clock)
    issue_notice(other, clock, counter=3)
    print_all(other)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        await opens(pilot)
        assert [row.split()[0] for row in slips(at_one)] == ["A001", last]
        await pilot.press("down", "enter", "end", "enter", *"torn [b]", "enter")
        await until(pilot, lambda: message(at_one) == f"{last} is being printed again.")
    again = other.rows(PrintJob)[-1]
    assert (again.subject, again.reason) == ("notice/2", "torn [b]")


async def test_with_empty_hands_the_last_notice_alone_is_offered(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    serial = issue_notice(other, clock)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await opens(pilot)
        assert [row.split()[0] for row in slips(at_one)] == [serial]
        await pilot.press("escape")
        await until(pilot, lambda: at_one.screen is at_one.counter_screen)
    assert len(other.rows(PrintJob)) == 1


async def test_yesterdays_notice_is_not_offered(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    issue_notice(other, clock)
    clock.pass_by(days=1)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "w")
        told = "Nobody is in hand, and no notice was issued here today."
        await until(pilot, lambda: message(at_one) == told)
        assert at_one.screen is at_one.counter_screen


async def test_a_print_that_waits_already_is_not_asked_for_twice(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        await opens(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: message(at_one) == "A print of it waits already.")
    assert len(other.rows(PrintJob)) == 1


async def test_so_often_and_not_more(at_one: CounterApp, other: OtherProgram) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        for printed in range(1, 4):
            print_all(other)
            await opens(pilot)
            await pilot.press("enter")
            await until(pilot, lambda: message(at_one) == "A001 is being printed again.")
            assert len(other.rows(PrintJob)) == printed + 1
            at_one.counter_screen.query_one(MessageLine).clear()
        print_all(other)
        await opens(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "printed again 3 times already" in message(at_one))


async def test_a_ticket_that_became_void_meanwhile_is_refused(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    print_all(other)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        await opens(pilot)
        with writing(other.engine) as session:
            session.get_one(Ticket, 1).state = "finished"
        await pilot.press("enter")
        await until(pilot, lambda: message(at_one).startswith("A001 is void (finished)"))
    assert len(other.rows(PrintJob)) == 1


async def test_own_words_must_be_written(at_one: CounterApp, other: OtherProgram) -> None:
    other.issue()
    print_all(other)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        await opens(pilot)
        await pilot.press("end", "enter")
        await until(pilot, lambda: at_one.screen.query_one("#own-words", Input).has_focus)
        await pilot.click("#confirm")
        assert str(at_one.screen.query_one("#trouble").render()) == "Say why."
        assert isinstance(at_one.screen, ReprintDialog)


async def test_it_says_so_when_the_printer_is_out_of_use_or_another_prints_for_it(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    print_all(other)
    spooler_writes(other.engine, "window-1", PAPER_OUT, clock())
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        await opens(pilot)
        await pilot.press("enter")
        told = "A001 waits to be printed again, for the printer is out of use."
        await until(pilot, lambda: message(at_one) == told)

        print_all(other)
        spooler_writes(
            other.engine, "desk", READY, clock(), place="咨询台", stands_in_for=["window-1"]
        )
        await opens(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: message(at_one) == "A001 is printed again here: 咨询台.")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_verb_has_its_button_and_its_key_also_at_80_columns(
    hall: OpenHall, other: OtherProgram, language: str
) -> None:
    other.open(1)
    app = CounterApp(lambda: hall, 1, language)
    other.issue()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await sits_down(pilot)
        await press(pilot, "n")
        assert Verb.REPRINT in enabled(app)
        shown = {button.verb: button for button in screen.query(VerbButton)}
        assert set(shown) == set(Verb) - {BESIDE_THE_CLASS}
        for verb, button in shown.items():
            assert screen.region.contains_region(button.region)
            label = f"{KEYS[verb]} {app.say(LABELS[verb])}"
            assert label in screen_text(app)


async def test_the_help_is_a_click_away_and_names_the_key(at_one: CounterApp) -> None:
    async with at_one.run_test(size=(80, 24)) as pilot:
        await sits_down(pilot)
        rows = screen_text(at_one).split("\n")
        y = next(y for y, row in enumerate(rows) if "F1 Help" in row)
        await pilot.click(offset=(rows[y].index("F1 Help") + 4, y))
        await comes(pilot, HelpOverlay)
        rows = screen_text(at_one).split("\n")
        assert any(row.split()[:2] == ["w", "Reprint"] for row in rows)
