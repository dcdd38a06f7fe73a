"""A paper of the hall under the reader: where the ticket stands, a place ahead, a rating."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from db.engine import reading, writing
from db.tables import Clerk, Rating, Ticket
from hall.cases import ratings
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.notices import notices, self_checks
from hall.open_hall import OpenHall
from hall.tickets import calling, serving, tickets
from kiosk.coming_back.papers_screen import PapersScreen
from kiosk.coming_back.rating_screens import LevelsScreen
from kiosk.kiosk_app import KioskApp
from kiosk.number.desk_screen import DeskScreen
from kiosk.number.number_screen import NumberScreen
from tests.identity_cards import card
from tests.kiosk.visitor import comes, enter_matter, groups_come, is_told, reads, until
from tests.screen_text import screen_text
from ui.big_text import BigText

Do = Callable[..., Any]


@pytest.fixture
def do(engine: Engine, rules: HallRules, open_hall: OpenHall) -> Do:
    """What others do in the hall."""

    def done(operation: Callable[..., Any], *given: Any, **named: Any) -> Any:
        with writing(engine) as session:
            return operation(session, rules, *given, open_hall.now(), **named)

    return done


@pytest.fixture
def issued(engine: Engine, rules: HallRules, open_hall: OpenHall) -> tickets.Issued:
    """A001, waiting."""
    with writing(engine) as session:
        service, group = catalogue.service(session, rules, "T201")
        return tickets.issue(session, rules, service, group, open_hall.now())


@pytest.mark.parametrize("end", ["enter", "ctrl+j", "tab", ""])
async def test_a_ticket_shows_its_place_on_whatever_page(
    kiosk: KioskApp, issued: tickets.Issued, end: str
) -> None:
    async with kiosk.run_test() as pilot:
        await enter_matter(pilot)
        await pilot.press("tab")  # something has the focus
        await reads(pilot, issued.code, end)
        await is_told(pilot, "前面没有人")
        assert kiosk.screen.query_one(BigText).text == "A001"
        await pilot.press("escape")
        await groups_come(pilot)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([calling.call_next], "请立即到1号窗口"),
        ([calling.call_next, serving.start], "正在1号窗口办理"),
    ],
)
async def test_who_is_called_or_served_is_told_where(
    kiosk: KioskApp, issued: tickets.Issued, do: Do, steps: list[Do], told: str
) -> None:
    do(counters.open_counter, 1, "1001")
    for step in steps:
        do(step, 1)
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await reads(pilot, issued.code)
        await is_told(pilot, told)


async def test_yesterdays_and_unknown_codes_are_told_apart(
    kiosk: KioskApp, issued: tickets.Issued, open_hall: OpenHall
) -> None:
    nine = open_hall.now()
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await reads(pilot, "NOSUCHCODE12")
        await is_told(pilot, "未查到此码")
        open_hall.now = lambda: nine + timedelta(days=1)
        await pilot.pause(0.4)  # the reader has been quiet
        await reads(pilot, issued.code)
        await is_told(pilot, "不是今天的")


@pytest.mark.parametrize("kind", ["notice", "list"])
async def test_who_brings_the_papers_gets_a_number_ahead_of_new_ones(
    kiosk: KioskApp, engine: Engine, rules: HallRules, open_hall: OpenHall, kind: str
) -> None:
    now = open_hall.now()
    with writing(engine) as session:
        counters.open_counter(session, rules, 1, "1001", now)
        service, group = catalogue.service(session, rules, "T201")
        if kind == "notice":
            clerk = session.get_one(Clerk, 1)
            code = notices.issue(session, rules, service, clerk, {1, 3}, {}, now).code
        else:
            code = self_checks.make(session, rules, service, {1, 3}, now).code
        later = now + timedelta(hours=1)
        tickets.issue(session, rules, service, group, later)
    open_hall.now = lambda: later
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await reads(pilot, code)
        await comes(pilot, PapersScreen)
        text = screen_text(kiosk)
        assert "居民身份证" in text and "购房合同" in text and "储蓄卡" not in text
        await pilot.pause(0.4)  # the reader has been quiet
        await pilot.press("enter")
        await comes(pilot, NumberScreen)
        screen = kiosk.screen
        assert isinstance(screen, NumberScreen)
        assert (screen.given.number, screen.given.ahead) == ("A002", 0)

        await pilot.press("escape")
        await groups_come(pilot)
        await reads(pilot, code)
        await comes(pilot, PapersScreen)
        await pilot.click("#all-here")
        await comes(pilot, DeskScreen)  # once: that ticket is good
    with reading(engine) as session:
        assert len(session.exec(select(Ticket)).all()) == 2


def visited(do: Do) -> None:
    do(counters.open_counter, 1, "1001")
    for step in (calling.call_next, serving.start, serving.finish):
        do(step, 1)


def rating_of(engine: Engine) -> tuple[int | None, ...]:
    with reading(engine) as session:
        kept = session.exec(select(Rating)).one()
        return kept.stars, kept.efficiency, kept.manner, kept.competence


async def test_a_visit_that_is_over_is_rated_once(
    kiosk: KioskApp, engine: Engine, issued: tickets.Issued, do: Do
) -> None:
    visited(do)
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        await reads(pilot, issued.code)
        await comes(pilot, LevelsScreen)
        await pilot.click("#choice-2")
        for question, choice in (("efficiency", 1), ("manner", 6), ("competence", 5)):
            await until(lambda of=question: getattr(kiosk.screen, "question", "") == of)  # type: ignore[misc]
            await until(lambda: kiosk.screen.query_one("#choice-1").display)
            await pilot.pause()
            await pilot.click(f"#choice-{choice}")
        await is_told(pilot, "感谢您的监督")
        assert rating_of(engine) == (4, 5, None, 1)
        await pilot.pause(0.4)
        await reads(pilot, issued.code)
        await is_told(pilot, "评价已提交")
    assert rating_of(engine) == (4, 5, None, 1)


async def test_who_goes_after_the_stars_has_rated(
    kiosk: KioskApp, engine: Engine, issued: tickets.Issued, do: Do
) -> None:
    visited(do)
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        await reads(pilot, issued.code)
        await comes(pilot, LevelsScreen)
        screen = kiosk.screen
        assert isinstance(screen, LevelsScreen)
        for _ in range(3):
            screen.choose(screen.choices()[0])
        await until(lambda: getattr(kiosk.screen, "question", "") == "efficiency")
        kiosk.start_again()
        await groups_come(pilot)
    assert rating_of(engine) == (5, None, None, None)


async def test_rated_elsewhere_meanwhile_it_is_said(
    kiosk: KioskApp, engine: Engine, issued: tickets.Issued, do: Do
) -> None:
    visited(do)
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        await reads(pilot, issued.code)
        await comes(pilot, LevelsScreen)
        do(ratings.rate, issued.ticket_id, 2, place="counter-sign 1")
        await pilot.click("#choice-1")
        await is_told(pilot, "已评价")
    assert rating_of(engine)[0] == 2


async def test_a_card_where_none_is_needed_is_answered_and_forgotten(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await reads(pilot, card(date(1990, 12, 31)))
        await is_told(pilot, "无需刷身份证")
        assert "1990" not in screen_text(kiosk)
        assert kiosk.keys.take() == "" and "1990" not in repr(vars(kiosk.keys))
