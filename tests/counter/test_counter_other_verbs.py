"""What is not the course of a ticket: each verb asks on one key and does it."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest
from sqlmodel import Session
from textual.widgets import Input, OptionList

from counter.counter_app import CounterApp
from counter.desk.colleague_dialog import ColleagueDialog
from counter.desk.inquiry_dialogs import NewInquiryDialog
from counter.dialogs.assist_dialog import AssistDialog
from counter.dialogs.help_dialogs import DutyManagerDialog, EmergencyDialog
from counter.dialogs.matters_dialog import MattersDialog
from counter.dialogs.quick_dialog import QuickDialog
from counter.notice.notice_search_screen import NoticeSearchScreen
from counter.verbs import Verb
from counter.word_strip import WordStrip
from db.engine import writing
from db.tables import (
    Case,
    Clerk,
    CounterMessage,
    HelpRequest,
    Inquiry,
    PriorityClass,
    Setting,
    Ticket,
)
from hall.announcing import emergencies
from hall.catalogue import catalogue
from hall.counters import counter_messages, counters, help_requests
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.tickets import identity_number, tickets
from tests.counter.at_the_counter import (
    SIZE,
    OtherProgram,
    comes,
    enabled,
    message,
    press,
    sits_down,
    until,
    words,
)
from tests.identity_cards import card
from tests.screen_text import screen_text

pytestmark = pytest.mark.usefixtures("patient_hand")


def strip(app: CounterApp) -> str:
    return str(app.counter_screen.query_one(WordStrip).content)


def recorded(other: OtherProgram, count: int) -> bool:
    return len(other.rows(Case)) == count


async def test_the_papers_of_the_matter_in_hand_stand_on_the_screen(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert not at_one.screen.query_one("#papers").display
        await press(pilot, "n")
        await until(pilot, lambda: at_one.screen.query_one("#papers").display)
        rows = words(at_one, "#papers").split("\n")
        assert [row.split()[:2] for row in rows] == [
            ["1", "居民身份证"],
            ["2", "本人银行储蓄卡"],
            ["3", "购房合同"],
        ]


async def test_several_matters_of_a_visit_are_recorded(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert Verb.MATTERS not in enabled(at_one)
        await press(pilot, "n", "s")
        await pilot.press("k")
        await comes(pilot, MattersDialog)
        dialog = at_one.screen
        assert isinstance(dialog, MattersDialog)
        for count in (1, 2):
            await until(pilot, lambda: dialog.matters is not None and not dialog.busy)
            await pilot.press("enter")
            await until(pilot, partial(recorded, other, count))
        await until(pilot, lambda: not dialog.busy)
        await pilot.press("escape")
        await press(pilot, "f")
    assert len(other.rows(Case)) == 2  # finishing adds none of its own


async def test_one_without_a_ticket_is_served_at_once(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("b")
        await comes(pilot, QuickDialog)
        at_one.screen.query_one(OptionList).focus()
        await pilot.press("enter")
        await until(pilot, lambda: other.states() == {"A001": "serving"})
        assert other.rows(Ticket)[0].origin == "counter"
        await until(pilot, lambda: at_one.counter_screen.busy is None)
        assert Verb.QUICK not in enabled(at_one)


async def test_a_ticket_is_taken_for_somebody(at_one: CounterApp, other: OtherProgram) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("a")
        await comes(pilot, AssistDialog)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: other.states() == {"A001": "waiting"})
        assert other.rows(Ticket)[0].assisted_by_id == 1


async def test_a_question_is_answered_or_handed_to_somebody_by_name(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("i")
        await comes(pilot, NewInquiryDialog)
        at_one.screen.query_one("#matter", Input).value = "提取后多久到账"
        at_one.screen.query_one("#result", Input).value = "三个工作日内到账"
        await pilot.press("enter")
        await until(pilot, lambda: [one.state for one in other.rows(Inquiry)] == ["answered"])

        await until(pilot, lambda: at_one.counter_screen.busy is None)
        await pilot.press("i")
        await comes(pilot, NewInquiryDialog)
        at_one.screen.query_one("#matter", Input).value = "异地贷款怎么办"
        await pilot.press("enter")
        await comes(pilot, ColleagueDialog)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(other.rows(Inquiry)) == 2)
        _, handed = other.rows(Inquiry)
        assert (handed.state, handed.first_asked_id, handed.responsible_id) == ("open", 1, 2)


async def test_a_question_nobody_else_is_given_stays_with_whom_it_was_put_to(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("i")
        await comes(pilot, NewInquiryDialog)
        at_one.screen.query_one("#matter", Input).value = "异地贷款怎么办"
        await pilot.press("enter")
        await comes(pilot, ColleagueDialog)
        await pilot.press("escape")
        await until(pilot, lambda: [one.responsible_id for one in other.rows(Inquiry)] == [1])


async def test_old_notices_are_looked_up(at_one: CounterApp) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("l")
        await comes(pilot, NoticeSearchScreen)
        await pilot.press("escape")
        await until(pilot, lambda: at_one.screen is at_one.counter_screen)


async def test_a_word_from_the_desk_stays_until_it_is_read(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert Verb.READ not in enabled(at_one)

        def send(session: object, rules: object, now: object) -> None:
            clerk = counters.clerk_by_staff_number(session, rules, "1002")  # type: ignore[arg-type]
            for text in ("请到咨询台取印泥", "十点消防演练"):
                counter_messages.send(session, rules, [1], text, clerk, now)  # type: ignore[arg-type]

        other.do(send)
        await until(pilot, lambda: "消防演练" in strip(at_one))
        assert "印泥" in strip(at_one)
        await press(pilot, "y")
        await until(pilot, lambda: "印泥" not in strip(at_one))
        assert "消防演练" in strip(at_one)
        await press(pilot, "y")
        await until(pilot, lambda: not at_one.screen.query_one(WordStrip).display)
    assert all(one.read_by_id == 1 for one in other.rows(CounterMessage))


async def test_the_duty_manager_is_called_and_the_answer_is_read(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("d")
        await comes(pilot, DutyManagerDialog)
        await pilot.press("enter")
        await until(pilot, lambda: len(other.rows(HelpRequest)) == 1)
        await until(pilot, lambda: "called" in strip(at_one))

        def answer(session: object, rules: object, now: object) -> None:
            clerk = counters.clerk_by_staff_number(session, rules, "1003")  # type: ignore[arg-type]
            clerk.role = "duty_manager"
            help_requests.answer(session, rules, 1, clerk, now, answer="两分钟后到")  # type: ignore[arg-type]

        other.do(answer)
        await until(pilot, lambda: "两分钟后到" in strip(at_one))


async def test_an_emergency_takes_more_than_one_key_and_is_seen_at_every_counter(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await pilot.press("u")
        await comes(pilot, EmergencyDialog)
        await pilot.press("escape")
        assert other.rows(HelpRequest) == []
        await pilot.press("u")
        await comes(pilot, EmergencyDialog)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("u")
        await until(pilot, lambda: len(other.rows(HelpRequest)) == 1)
        await until(pilot, lambda: "EMERGENCY" in strip(at_one))
        assert message(at_one)


async def test_an_emergency_of_the_hall_is_read_at_every_counter_and_covers_none(
    at_one: CounterApp, other: OtherProgram
) -> None:
    def proclaim(session: Session, rules: HallRules, now: datetime) -> None:
        clerk = session.get_one(Clerk, 3)
        clerk.role = "duty_manager"
        emergencies.proclaim(session, rules, "evacuate", clerk, now)

    def end(session: Session, rules: HallRules, now: datetime) -> None:
        emergencies.end(session, rules, session.get_one(Clerk, 3), now)

    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        other.do(proclaim)
        await until(pilot, lambda: "EMERGENCY  请离开大厅" in strip(at_one))
        other.do(end)
        await until(pilot, lambda: "EMERGENCY" not in strip(at_one))


async def test_the_proof_of_a_class_is_asked_for_and_confirmed_on_one_key(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue(priority_class=PriorityClass.SOLDIER)
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        assert not at_one.screen.query_one("#to-look-at").display
        await press(pilot, "n")
        await until(pilot, lambda: "military" in words(at_one, "#to-look-at"))
        assert at_one.screen.query_one("#to-look-at").has_class("-asked")
        await pilot.press("v")
        await until(pilot, lambda: words(at_one, "#to-look-at").startswith("✓"))
        assert "Press once more" in message(at_one)
        await pilot.click("#to-look-at", offset=(4, 0))
        await until(pilot, lambda: words(at_one, "#to-look-at").startswith("✗"))
        await press(pilot, "f", "n")
        await until(pilot, lambda: not at_one.screen.query_one("#to-look-at").display)
        await pilot.press("v")  # nothing to prove
        await until(pilot, lambda: "nothing to prove" in message(at_one))
    assert [one.proof for one in other.rows(Ticket)] == ["missing", ""]


async def test_whose_card_took_the_number_can_be_compared(
    at_one: CounterApp, other: OtherProgram, hall: OpenHall
) -> None:
    with writing(other.engine) as session:
        session.merge(Setting(hall_id=1, key="real_name", value=True))
    hall.read_rules_again()
    number = card(date(1990, 12, 31))
    with writing(other.engine) as session:
        service, group = catalogue.service(session, hall.rules, "T201")
        person = identity_number.read(number, date(2026, 11, 23))
        by_card = replace(tickets.BY_ONESELF, person=person)
        tickets.issue(session, hall.rules, service, group, hall.now(), circumstances=by_card)
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n")
        await until(pilot, lambda: number[-4:] in words(at_one, "#to-look-at"))
        assert number[6:14] not in screen_text(at_one)
