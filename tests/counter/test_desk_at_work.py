"""Who works at the desk, and on what terminal."""

import pytest
from sqlmodel import select

from counter.desk.desk_verbs import AT_THE_CALL, KEYS, DeskVerb
from counter.desk.inquiry_dialogs import NewInquiryDialog
from counter.station.station_sign_in import StationSignIn
from db.engine import reading, writing
from db.tables import HelpKind, Inquiry
from hall.counters import help_requests
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import OtherProgram, comes, until
from tests.counter.at_the_desk import (
    ask,
    at_work,
    desk_app,
    fill,
    of,
    press,
    seen,
)
from tests.screen_text import screen_text
from tests.signing_in import CHEAP, RIGHT, with_password


async def test_the_lock_hides_citizens_and_each_works_under_the_own_name(
    hall: OpenHall, other: OtherProgram
) -> None:
    hall.settings.accounts = CHEAP.model_copy()
    for number in ("1001", "1002"):
        with_password(hall, number)
    ask(other, "甲问", contact="13900001111")
    async with desk_app(hall).run_test() as pilot:
        await at_work(pilot, "1001", RIGHT)
        await press(pilot, "n")
        await comes(pilot, NewInquiryDialog)
        await pilot.press("ctrl+l")
        await comes(pilot, StationSignIn)
        assert "13900001111" not in screen_text(pilot.app)
        await at_work(pilot, "1002", RIGHT)
        await until(pilot, lambda: pilot.app.screen is of(pilot))
        await press(pilot, "n")
        fill(pilot, "#matter", "乙问")
        await press(pilot, "enter")
        await seen(pilot, 2)
    assert [one.first_asked_id for one in other.rows(Inquiry)] == [1, 2]


async def test_who_is_signed_off_meanwhile_does_nothing_more(
    hall: OpenHall, other: OtherProgram
) -> None:
    hall.settings.accounts = CHEAP.model_copy()
    with_password(hall, "1001")
    app, second = desk_app(hall), desk_app(hall)
    async with app.run_test() as pilot:
        await at_work(pilot, "1001", RIGHT)
        await press(pilot, "n")
        fill(pilot, "#matter", "甲问")
        async with second.run_test() as elsewhere:
            await at_work(elsewhere, "1001", RIGHT)
        await pilot.press("enter")
        await comes(pilot, StationSignIn)
    assert other.rows(Inquiry) == []


def ask_at_kiosk(other: OtherProgram) -> None:
    with writing(other.engine) as session:
        kind, now = HelpKind.ASSISTANT, other.clock()
        help_requests.ask(session, other.rules, kind, "kiosk 东门", None, None, "English", now)


@pytest.mark.parametrize("size", [(80, 24), (106, 33), (120, 40), (80, 40), (120, 24)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_key_is_seen_on_every_terminal(
    hall: OpenHall, other: OtherProgram, size: tuple[int, int], language: str
) -> None:
    ask(other)
    ask_at_kiosk(other)
    app = desk_app(hall)
    app.wording = type(app.wording)(language)
    async with app.run_test(size=size) as pilot:
        await at_work(pilot)
        text = screen_text(pilot.app)
        for key in (*(f"{KEYS[verb]} " for verb in DeskVerb), "F1", "Ctrl+L", "Ctrl+Q"):
            assert key in text
        assert "怎么办" in text
        assert {"zh": "A 提取", "en": "A Withdrawals"}[language] in text
        await press(pilot, "n")
        assert pilot.app.screen.query_one("#confirm").region.bottom <= size[1]


async def test_every_verb_has_a_key_and_a_button_that_do_the_same(
    hall: OpenHall, other: OtherProgram
) -> None:
    other.open(1)
    ask(other)
    async with desk_app(hall).run_test(size=(100, 30)) as pilot:
        await at_work(pilot)
        for verb in DeskVerb:
            if verb in (DeskVerb.SLIP, AT_THE_CALL):
                continue  # asks nothing
            for act in (
                lambda verb=verb: pilot.press(KEYS[verb]),
                lambda verb=verb: pilot.click(f"#{verb.value.replace('_', '-')}"),
            ):
                await act()
                await until(pilot, lambda: pilot.app.screen is not of(pilot))
                await press(pilot, "escape")
                await until(pilot, lambda: pilot.app.screen is of(pilot))
    with reading(other.engine) as session:
        assert len(session.exec(select(Inquiry)).all()) == 1


async def test_the_help_names_every_key(hall: OpenHall) -> None:
    async with desk_app(hall).run_test(size=(106, 33)) as pilot:
        await at_work(pilot)
        await press(pilot, "f1")
        text = screen_text(pilot.app)
        assert all(f"{KEYS[verb]}  " in text for verb in DeskVerb)
        await press(pilot, "escape")
        assert pilot.app.screen is of(pilot)
