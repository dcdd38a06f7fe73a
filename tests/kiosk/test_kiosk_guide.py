"""What there is to read of the hall, and its box, without a keyboard."""

from datetime import timedelta

import pytest
from sqlmodel import select
from textual.pilot import Pilot

from db.engine import reading, writing
from db.tables import Bulletin, Clerk, Role, Suggestion
from hall.open_hall import OpenHall
from kiosk.choice_button import ChoiceButton
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.guide.box_screens import AtCounterScreen, KindScreen, Opinion, SubjectScreen
from kiosk.guide.guide_pages import Paragraph, pages_of
from kiosk.guide.guide_screens import GuideScreen, ReadingScreen
from kiosk.kiosk_app import KioskApp
from tests.kiosk.fits import SIZES, assert_fits
from tests.kiosk.large_hall import LONG_ZH
from tests.kiosk.visitor import comes, groups_come, is_told, kiosk_of, until
from tests.screen_text import screen_text


def put_in(hall: OpenHall) -> list[tuple[str, str, int | None]]:
    with reading(hall.engine) as session:
        rows = session.exec(select(Suggestion)).all()
        return [(one.kind, one.subject, one.counter_id) for one in rows]


def is_box(button: ChoiceButton) -> bool:
    return button.choice is not None and button.choice.code == "box"


async def open_guide(pilot: Pilot[None]) -> None:
    await groups_come(pilot)
    await pilot.press("0")
    await comes(pilot, GuideScreen)
    await until(lambda: pilot.app.screen.query_one("#choice-1").display)
    await pilot.pause()


async def read_part(pilot: Pilot[None], digit: int) -> ReadingScreen:
    await open_guide(pilot)
    await pilot.press(f"{digit}")
    await comes(pilot, ReadingScreen)
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    await until(lambda: screen.guide is not None)
    await pilot.pause()
    return screen


async def test_what_the_hall_promises_can_be_read(kiosk: KioskApp) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await read_part(pilot, 1)
        text = screen_text(kiosk)
        assert "购买自住住房提取" in text and "承诺时限：1个工作日" in text
        await pilot.press("0")
        await comes(pilot, GuideScreen)
        await pilot.press("0")
        await comes(pilot, GroupsScreen)


async def test_who_works_here_is_told_without_who_has_left(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    with writing(open_hall.engine) as session:
        session.get_one(Clerk, 2).withdrawn = True
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await read_part(pilot, 2)
        text = screen_text(kiosk)
        with reading(open_hall.engine) as session:
            here, left = session.get_one(Clerk, 1).name, session.get_one(Clerk, 2).name
        assert here in text and left not in text and "1号窗口" in text


async def test_bulletins_in_force_are_read_as_text(kiosk: KioskApp, open_hall: OpenHall) -> None:
    now = open_hall.now()
    with writing(open_hall.engine) as session:
        for text, until_ in (("[red]今天下午停电[/red]", None), ("昨天的", now - timedelta(1))):
            session.add(Bulletin(hall_id=1, text={"zh": text}, until=until_, shown=True))
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await read_part(pilot, 3)
        assert "[red]今天下午停电[/red]" in screen_text(kiosk)
        assert "昨天的" not in screen_text(kiosk)


async def test_three_touches_put_an_opinion_into_the_box(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await open_guide(pilot)
        await pilot.press("4")
        await comes(pilot, KindScreen)
        screen = kiosk.screen
        assert isinstance(screen, KindScreen)
        await until(lambda: screen.opinion.counters != ())
        for digit, page in ((3, SubjectScreen), (2, AtCounterScreen)):
            await pilot.press(f"{digit}")
            await comes(pilot, page)
            await until(lambda: kiosk.screen.query_one("#choice-1").display)
        assert "2 号窗口" in screen_text(kiosk)
        await pilot.press("3")  # counter 2
        await is_told(pilot, "意见箱")
    assert put_in(open_hall) == [("criticism", "staff", 2)]


async def test_counters_that_are_read_late_are_offered_all_the_same(kiosk: KioskApp) -> None:
    async with kiosk.run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        assert kiosk.hall is not None
        page = AtCounterScreen(kiosk.visit, kiosk.offer, Opinion(kind="praise", subject="staff"))
        kiosk.switch_screen(page)
        await comes(pilot, AtCounterScreen)
        assert len(page.choices()) == 1
        kiosk.read_guide(kiosk.hall)
        await until(lambda: "3 号窗口" in screen_text(kiosk))
        assert (page.opinion.kind, page.opinion.subject) == ("praise", "staff")


async def test_a_box_that_is_full_says_so(kiosk: KioskApp, open_hall: OpenHall) -> None:
    open_hall.settings.hall.suggestions_an_hour = 1
    open_hall.read_rules_again()
    async with kiosk.run_test(size=(106, 33)) as pilot:
        for told in ("意见箱", "每小时"):
            await open_guide(pilot)
            await pilot.press("4")
            await comes(pilot, KindScreen)
            for digit, page in ((1, SubjectScreen), (1, AtCounterScreen)):
                await pilot.press(f"{digit}")
                await comes(pilot, page)
                await until(lambda: kiosk.screen.query_one("#choice-1").display)
            await pilot.press("1")
            await is_told(pilot, told)
            await pilot.press("1")
    assert put_in(open_hall) == [("praise", "waiting", None)]


def test_a_paragraph_stays_together_where_it_can() -> None:
    paragraphs = [
        Paragraph("甲", ("一", "二")),
        Paragraph("乙", ("三",)),
        Paragraph("丙", ("四",) * 9),
    ]
    pages = [[line.plain.strip() for line in page] for page in pages_of(paragraphs, 20, 6, 1)]
    assert pages == [["甲", "一", "二", "", "乙", "三"], ["丙", *("四",) * 5], ["四"] * 4]
    assert pages_of([], 20, 6, 1) == [[]]


@pytest.mark.usefixtures("large_hall")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("is_large", [False, True])
async def test_the_pages_fit_and_turn(
    open_hall: OpenHall, size: tuple[int, int], language: str, is_large: bool
) -> None:
    open_hall.settings.kiosk.settle_seconds = 0
    with writing(open_hall.engine) as session:
        clerk = session.get_one(Clerk, 1)
        clerk.name = clerk.department = clerk.title = LONG_ZH
        clerk.role = Role.LEAD
    async with KioskApp(lambda: open_hall, language).run_test(size=size) as pilot:
        app = kiosk_of(pilot)
        await groups_come(pilot)
        if is_large:
            await pilot.press("plus")
            await until(lambda: app.screen.has_class("-large-type"))
        for part in (1, 2):
            screen = await read_part(pilot, part)
            assert_fits(pilot)
            if screen.query_one("#next-page").visible:
                await pilot.press("minus")
                await until(lambda screen=screen: screen.page == 1)  # type: ignore[misc]
                assert_fits(pilot)
            await pilot.press("0")
            await comes(pilot, GuideScreen)
            assert_fits(pilot)
            await pilot.press("0")
        await open_guide(pilot)
        if not any(is_box(one) for one in app.screen.query(ChoiceButton)):
            await pilot.press("minus")
        await until(lambda: any(is_box(one) for one in app.screen.query(ChoiceButton)))
        (box,) = (one for one in app.screen.query(ChoiceButton) if is_box(one))
        await pilot.click(f"#{box.id}")
        await comes(pilot, KindScreen)
        assert_fits(pilot)
        for page in (SubjectScreen, AtCounterScreen):
            await pilot.press("1")
            await comes(pilot, page)
            await until(lambda: app.screen.query_one("#choice-1").display)
            assert_fits(pilot)
