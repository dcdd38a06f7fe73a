"""实名取号 at the kiosk: a card read or typed, one number for each, nothing of it left behind."""

from datetime import date

import pytest
from sqlmodel import select
from textual.pilot import Pilot
from textual.widgets import Label

from db.engine import reading, writing
from db.tables import PrintJob, PrintJobState, RealName, Setting, Ticket
from hall.catalogue import catalogue
from hall.notices import self_checks
from hall.open_hall import OpenHall
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.coming_back.papers_screen import PapersScreen
from kiosk.fitting import FittedText
from kiosk.kiosk_app import KioskApp
from kiosk.matter.matter_screen import MatterScreen
from kiosk.number.number_screen import NumberScreen
from kiosk.real_name.has_number_screen import HasNumberScreen
from kiosk.real_name.identity_screen import IdentityScreen, masked
from kiosk.visit import Visit
from tests.identity_cards import card
from tests.kiosk.fits import SIZES, assert_fits
from tests.kiosk.visitor import (
    comes,
    enter_group,
    enter_matter,
    groups_come,
    is_told,
    kiosk_of,
    reads,
    take_number,
    until,
)
from tests.screen_text import screen_text

ADULT, OTHER, ELDER = (
    card(date(1990, 12, 31), 1),
    card(date(1990, 12, 31), 2),
    card(date(1950, 1, 1)),
)


@pytest.fixture(autouse=True)
def real_names(open_hall: OpenHall) -> None:
    """Withdrawals ask for a name, loans do not."""
    with writing(open_hall.engine) as session:
        session.merge(Setting(hall_id=1, key="real_name_services", value=["T201"]))
    open_hall.read_rules_again()


def kept(hall: OpenHall) -> list[tuple[str, str, str]]:
    """Number, class and last characters of the card of every ticket."""
    with reading(hall.engine) as session:
        rows = session.exec(select(Ticket, RealName).join(RealName, isouter=True)).all()
        return [(one.name, one.priority_class, name.last if name else "") for one, name in rows]


async def ask_for_name(pilot: Pilot[None]) -> IdentityScreen:
    await enter_matter(pilot)
    await pilot.press("enter")
    await comes(pilot, IdentityScreen)
    screen = pilot.app.screen
    assert isinstance(screen, IdentityScreen)
    return screen


async def typed(pilot: Pilot[None], text: str) -> None:
    """By hand: one key after the other."""
    screen = pilot.app.screen
    assert isinstance(screen, IdentityScreen)
    for count, sign in enumerate(text, len(screen.typed) + 1):
        await pilot.press(sign.lower())
        await until(lambda count=count: len(screen.typed) == count)  # type: ignore[misc]


async def test_the_number_is_typed_and_gives_a_ticket(kiosk: KioskApp, open_hall: OpenHall) -> None:
    async with kiosk.run_test() as pilot:
        await ask_for_name(pilot)
        await typed(pilot, ADULT)
        await pilot.press("enter")
        await comes(pilot, NumberScreen)
    assert kept(open_hall) == [("A001", "ordinary", ADULT[-4:])]


async def test_every_key_can_be_touched(kiosk: KioskApp, open_hall: OpenHall) -> None:
    number = next(
        card(date(1990, 12, 31), order)
        for order in range(99)
        if card(date(1990, 12, 31), order)[-1] == "X"
    )
    async with kiosk.run_test(size=(106, 33)) as pilot:
        screen = await ask_for_name(pilot)
        for count, sign in enumerate("5" + number, 1):
            await pilot.click(f"#key-{sign.lower()}")
            await until(lambda count=count: len(screen.typed) == min(count, 18))  # type: ignore[misc]
            await pilot.pause(
                0.25
            )  # a button ignores a second press while it still shows the first
        await pilot.click("#clear")
        await until(lambda: screen.typed == "")
        await typed(pilot, number)
        await pilot.click("#key-delete")
        await until(lambda: len(screen.typed) == 17)
        await pilot.pause(0.25)
        await pilot.click("#key-x")
        await until(lambda: len(screen.typed) == 18)
        await pilot.click("#done")
        await comes(pilot, NumberScreen)
    assert kept(open_hall) == [("A001", "ordinary", number[-4:])]


async def test_a_card_under_the_reader_is_enough(kiosk: KioskApp, open_hall: OpenHall) -> None:
    async with kiosk.run_test() as pilot:
        await ask_for_name(pilot)
        await reads(pilot, ADULT)
        await comes(pilot, NumberScreen)
    assert kept(open_hall) == [("A001", "ordinary", ADULT[-4:])]


async def test_a_card_on_the_matters_page_takes_its_number(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    async with kiosk.run_test() as pilot:
        await enter_matter(pilot)
        await reads(pilot, ADULT)
        await comes(pilot, NumberScreen)
    assert kept(open_hall) == [("A001", "ordinary", ADULT[-4:])]


async def test_a_card_read_first_is_asked_for_no_more(kiosk: KioskApp, open_hall: OpenHall) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await reads(pilot, ELDER)
        await until(lambda: kiosk.visit.person is not None and "优先" in screen_text(kiosk))
        await take_number(pilot)
    assert kept(open_hall) == [("A001", "elderly", ELDER[-4:])]


async def test_who_would_rather_wait_as_everybody_does_may(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await reads(pilot, ELDER)
        await until(lambda: bool(kiosk.screen.query("#no-priority")))
        await pilot.pause()
        await pilot.click("#no-priority")
        await until(lambda: kiosk.visit.priority_class == "ordinary")
        await take_number(pilot)
    assert kept(open_hall) == [("A001", "ordinary", ELDER[-4:])]


async def test_what_is_wrong_is_said_and_can_be_mended(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    async with kiosk.run_test() as pilot:
        screen = await ask_for_name(pilot)
        told = screen.query_one("#wrong", FittedText)
        await typed(pilot, ADULT[:17])
        await pilot.press("enter")
        await until(lambda: "17" in told.text and told.has_class("-wrong"))
        await typed(pilot, "0" if ADULT[-1] != "0" else "1")
        assert not told.has_class("-wrong")
        await pilot.press("enter")
        await until(lambda: "校验位" in told.text)
        await pilot.press("minus")
        await until(lambda: len(screen.typed) == 17)
        await typed(pilot, ADULT[-1])
        await pilot.press("enter")
        await comes(pilot, NumberScreen)
    assert len(kept(open_hall)) == 1


async def test_a_matter_that_asks_nobody_keeps_nobody(kiosk: KioskApp, open_hall: OpenHall) -> None:
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await reads(pilot, ADULT)
        await until(lambda: kiosk.visit.person is not None)
        await take_number(pilot, group=2)
    assert kept(open_hall) == [("B001", "ordinary", "")]


async def test_a_second_number_is_not_given_but_its_slip_again(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    async with kiosk.run_test() as pilot:
        await ask_for_name(pilot)
        await reads(pilot, ADULT)
        await comes(pilot, NumberScreen)
        await pilot.press("1")
        await ask_for_name(pilot)
        await reads(pilot, ADULT)
        await comes(pilot, HasNumberScreen)
        with writing(open_hall.engine) as session:
            session.exec(select(PrintJob)).one().state = PrintJobState.PRINTED
        await pilot.click("#print-again")
        await is_told(pilot, "小票")
    assert [number for number, *_ in kept(open_hall)] == ["A001"]
    with reading(open_hall.engine) as session:
        jobs = session.exec(select(PrintJob)).all()
        assert [job.reprint for job in jobs] == [False, True]


async def test_who_comes_back_with_papers_is_asked_too(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    with writing(open_hall.engine) as session:
        service, _group = catalogue.service(session, open_hall.rules, "T201")
        given = (service, frozenset({1}), open_hall.now())
        code = self_checks.make(session, open_hall.rules, *given, printer="default").code
    async with kiosk.run_test() as pilot:
        await groups_come(pilot)
        await reads(pilot, code)
        await comes(pilot, PapersScreen)
        await pilot.click("#all-here")
        await comes(pilot, IdentityScreen)
        await reads(pilot, ADULT)
        await comes(pilot, NumberScreen)
    assert kept(open_hall) == [("A001", "ordinary", ADULT[-4:])]


async def test_without_a_card_one_is_sent_to_the_desk(kiosk: KioskApp, open_hall: OpenHall) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await ask_for_name(pilot)
        await pilot.click("#no-card")
        await is_told(pilot, "咨询台")
    assert kept(open_hall) == []


async def test_going_back_and_the_next_visitor_leave_nothing(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        await ask_for_name(pilot)
        await typed(pilot, "530")
        await pilot.press("slash")
        await comes(pilot, MatterScreen)
        await pilot.press("0")
        await comes(pilot, ServicesScreen)
        await reads(pilot, ADULT)
        await until(lambda: kiosk.visit.person is not None)
        await reads(pilot, OTHER)  # somebody else, before the first has gone
        await comes(pilot, GroupsScreen)
        await until(lambda: kiosk.visit.person is not None and kiosk.visit.person.text == OTHER)
        kiosk.start_again()
        await groups_come(pilot)
        assert kiosk.visit == Visit("zh") and kiosk.what_waits is None
        assert ADULT[-4:] not in screen_text(kiosk) and OTHER[-4:] not in screen_text(kiosk)


async def test_keys_that_come_down_together_are_all_typed(kiosk: KioskApp) -> None:
    async with kiosk.run_test() as pilot:
        screen = await ask_for_name(pilot)
        await reads(pilot, "53", end="")
        await until(lambda: screen.typed == "53")


def test_only_the_last_characters_are_shown() -> None:
    assert masked("", 20) == "______  ________  ____"
    assert masked("53090219901", 20) == "••••••  •9901___  ____"
    assert masked(ADULT, 20) == f"••••••  ••••••••  {ADULT[-4:]}"
    assert masked("5309", 60).startswith("5 3 0 9 _ _   _ _")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("is_large", [False, True])
async def test_the_pages_fit(
    open_hall: OpenHall, size: tuple[int, int], language: str, is_large: bool
) -> None:
    open_hall.settings.kiosk.settle_seconds = 0
    async with KioskApp(lambda: open_hall, language).run_test(size=size) as pilot:
        app = kiosk_of(pilot)
        await enter_group(pilot, 1)
        await pilot.press("1")
        await comes(pilot, MatterScreen)
        if is_large:
            await pilot.press("plus")
            await until(lambda: app.screen.has_class("-large-type"))
        await pilot.press("enter")
        await comes(pilot, IdentityScreen)
        screen = app.screen
        assert isinstance(screen, IdentityScreen)
        assert_fits(pilot)
        screen.show_wrong(
            app.say("Digits 7 to 14 are the date of birth, and these are none; please look again.")
        )
        await until(lambda: str(screen.query_one("#typed", Label).render()) != "")
        assert_fits(pilot)
        lines = str(screen.query_one("#wrong", FittedText).render())
        assert not lines.endswith("…")
        app.post_message(KioskApp.HasOne("A001", 1))
        await comes(pilot, HasNumberScreen)
        assert_fits(pilot)
