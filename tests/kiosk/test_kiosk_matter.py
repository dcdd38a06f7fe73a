"""A matter's page: papers are checked before anybody queues; what is missing is printed."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from textual.pilot import Pilot

import db.write_lock
from db.engine import reading, writing
from db.tables import Hall, Material, PrintJob, SelfCheck, Service, Ticket
from hall.catalogue import catalogue
from hall.hall_rules import HallRules
from hall.notices import self_checks
from hall.open_hall import OpenHall
from hall.tickets import returning, tickets
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.kiosk_app import KioskApp
from kiosk.matter.list_screen import ListScreen
from kiosk.matter.matter import NEXT_MARK, Mark
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.desk_screen import DeskScreen
from kiosk.number.number_screen import NumberScreen
from tests.kiosk.visitor import comes, enter_group, enter_matter, groups_come, until
from tests.screen_text import screen_text
from ui.big_text import BigText


def rows_of(engine: Engine, table: type[Any]) -> list[Any]:
    with reading(engine) as session:
        found = list(session.exec(select(table)).all())
        session.expunge_all()
        return found


def is_marked(screen: MatterScreen, digit: int, wanted: Mark) -> bool:
    return screen.marks.get(digit) == wanted


async def mark(pilot: Pilot[None], digit: int, times: int) -> None:
    """One press after the other, as a hand does it."""
    screen = pilot.app.screen
    assert isinstance(screen, MatterScreen)
    for _ in range(times):
        wanted = NEXT_MARK[screen.marks.get(digit, "unmarked")]
        await pilot.press(f"{digit}")
        await until(partial(is_marked, screen, digit, wanted))
    await pilot.pause()


async def test_what_it_takes_is_told_before_a_number(kiosk: KioskApp, engine: Engine) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await enter_matter(pilot)
        text = screen_text(kiosk)
        for words in (
            "购买自住住房",
            "1个工作日",
            "不收费",
            "居民身份证",
            "原件及复印件",
            "本人签字",
        ):
            assert words in text
        await pilot.press("escape")
        await comes(pilot, ServicesScreen)
    assert rows_of(engine, Ticket) == []


async def test_what_is_missing_is_printed_and_nobody_queues(
    kiosk: KioskApp, engine: Engine
) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        screen = await enter_matter(pilot)
        assert not screen.query_one("#print-list").display
        await pilot.click("#choice-1")
        await until(lambda: screen.marks == {1: "here"})
        await mark(pilot, 3, 2)
        assert screen.missing == {3}
        await pilot.click("#print-list")
        await comes(pilot, ListScreen)
        assert "LC-2026-Z000001" in screen_text(kiosk)
        await pilot.press("escape")
        await groups_come(pilot)
    assert rows_of(engine, Ticket) == []
    (check,) = rows_of(engine, SelfCheck)
    (job,) = rows_of(engine, PrintJob)
    assert check.missing == [3]
    assert (job.kind, job.content["serial"]) == ("self_check", check.serial)
    assert [one["finding"] for one in job.content["materials"]] == ["here", "here", "missing"]
    assert job.content["clerk"] == ""


async def test_a_number_can_be_had_all_the_same(kiosk: KioskApp, engine: Engine) -> None:
    async with kiosk.run_test() as pilot:
        await enter_matter(pilot)
        await mark(pilot, 2, 2)
        await pilot.press("slash")
        await comes(pilot, NumberScreen)
    assert len(rows_of(engine, Ticket)) == 1
    assert rows_of(engine, SelfCheck) == []


async def test_enter_is_the_highlighted_step(kiosk: KioskApp, engine: Engine) -> None:
    async with kiosk.run_test() as pilot:
        await enter_matter(pilot)
        await mark(pilot, 2, 3)
        await mark(pilot, 1, 2)
        await pilot.press("enter")
        await comes(pilot, ListScreen)
    (check,) = rows_of(engine, SelfCheck)
    assert check.missing == [1]


async def test_presses_already_queued_print_one_list(kiosk: KioskApp, engine: Engine) -> None:
    async with kiosk.run_test() as pilot:
        screen = await enter_matter(pilot)
        await mark(pilot, 1, 2)
        for _ in range(3):
            screen.want_list()
        screen.want_number()
        await comes(pilot, ListScreen)
        await pilot.pause()
    assert len(rows_of(engine, SelfCheck)) == 1
    assert rows_of(engine, Ticket) == []


async def test_marks_stay_when_the_language_changes_and_go_with_the_visitor(
    kiosk: KioskApp,
) -> None:
    async with kiosk.run_test() as pilot:
        await enter_matter(pilot)
        await mark(pilot, 1, 2)
        await pilot.click("#other-language")
        await until(lambda: kiosk.visit.language == "en")
        await comes(pilot, MatterScreen)
        screen = kiosk.screen
        assert isinstance(screen, MatterScreen) and screen.missing == {1}
        kiosk.start_again()
        assert (await enter_matter(pilot)).missing == frozenset()


async def test_a_list_that_cannot_be_kept_sends_to_the_desk(
    kiosk: KioskApp, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.write_lock, "LOCK_WAIT_S", 0.1)
    async with kiosk.run_test() as pilot:
        await enter_matter(pilot)
        await mark(pilot, 1, 2)
        with writing(engine):
            await pilot.press("enter")
            await comes(pilot, DeskScreen)
        assert kiosk.screen.query_one(BigText).text == kiosk.say(
            "Please ask at the information desk."
        )
    assert rows_of(engine, SelfCheck) == []


async def test_a_matter_that_is_gone_leads_back(
    kiosk: KioskApp, engine: Engine, open_hall: OpenHall
) -> None:
    async with kiosk.run_test() as pilot:
        await enter_group(pilot, 1)
        kiosk.is_reading = True  # it has not heard of the new catalogue yet
        with writing(engine) as session:
            service = session.get_one(Service, 2)
            session.add(Service(**service.model_dump(exclude={"id"}) | {"catalogue_version": 2}))
            session.get_one(Hall, 1).catalogue_version = 2
        open_hall.read_rules_again()
        await pilot.click("#choice-1")
        await comes(pilot, GroupsScreen)


async def test_an_upright_screen_cuts_nothing_that_is_told_of_a_paper(
    kiosk: KioskApp, engine: Engine
) -> None:
    with writing(engine) as session:
        paper = session.get_one(Material, 1)
        paper.names = {"zh": "婚姻关系证明", "en": "Proof of marriage"}
        paper.form, paper.source, paper.required = "原件及复印件", "民政部门", False
        paper.translations = {"how_to_fill": {"en": "if it is owned by several"}}
    async with kiosk.run_test(size=(60, 90)) as pilot:
        await groups_come(pilot)
        await pilot.press("*")
        await enter_matter(pilot)
        await until(lambda: "Proof of marriage" in screen_text(kiosk))
        text = " ".join(screen_text(kiosk).split())
        assert "twice ✗ missing." in text
        assert "from civil affairs" in text


@pytest.mark.parametrize("language", ["en", "zh", "bo"])
def test_the_list_is_in_the_citizens_language_too(
    engine: Engine, rules: HallRules, open_hall: OpenHall, language: str
) -> None:
    with writing(engine) as session:
        service, _group = catalogue.service(session, rules, "T201")
        self_checks.make(session, rules, service, {1}, open_hall.now(), language=language)
    (job,) = rows_of(engine, PrintJob)
    rows = job.content.get("in_language")
    if language == "zh":
        assert rows is None
    else:
        assert [row["number"] for row in rows] == ["1"]
        assert ("original" in rows[0]["facts"]) == (language == "en")


@pytest.mark.parametrize(("minutes", "ahead"), [(5, 1), (45, 0)])
def test_who_comes_back_with_the_papers_goes_ahead_but_not_within_minutes(
    engine: Engine, rules: HallRules, open_hall: OpenHall, minutes: int, ahead: int
) -> None:
    now = open_hall.now()
    with writing(engine) as session:
        service, group = catalogue.service(session, rules, "T201")
        check = self_checks.make(session, rules, service, {1}, now)
        later = now + timedelta(minutes=minutes)
        tickets.issue(session, rules, service, group, later)
        back = returning.come_back_checked(session, rules, check.code, later)
    assert back.ahead == ahead


def test_a_list_puts_its_citizen_ahead_once(
    engine: Engine, rules: HallRules, open_hall: OpenHall
) -> None:
    now = open_hall.now()
    ahead = []
    with writing(engine) as session:
        service, group = catalogue.service(session, rules, "T201")
        check = self_checks.make(session, rules, service, {1}, now)
        for hours in (1, 2):
            later = now + timedelta(hours=hours)
            tickets.issue(session, rules, service, group, later)
            back = returning.come_back_checked(session, rules, check.code, later)
            ahead.append(back.ahead)
            session.get_one(Ticket, back.ticket_id).state = "finished"
            session.flush()
    assert ahead == [0, 2]
