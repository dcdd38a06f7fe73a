"""What everybody reads and hears, put up and taken down."""

from sqlmodel import Session, select
from textual.widgets import Input

from counter.supervisor.announce_dialog import AnnounceDialog
from counter.supervisor.bulletin_dialog import BulletinDialog
from counter.supervisor.hall_pages import HallPages
from db.engine import reading
from db.tables import (
    Announcement,
    Bulletin,
    Clerk,
)
from hall.announcing import bulletins
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import Clock, OtherProgram, comes, until, words
from tests.counter.supervisor.at_the_console import console, row, tells
from tests.screen_text import screen_text


async def test_a_bulletin_is_put_up_and_taken_down(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, screen):
        await pilot.press("b")
        await comes(pilot, BulletinDialog)
        pilot.app.screen.query_one("#zh", Input).value = "请排队"
        await pilot.press("enter", "enter", *"08:00", "enter")
        await until(pilot, lambda: "no time later today" in words(pilot.app, "#trouble"))
        pilot.app.screen.query_one("#until", Input).value = "12:30"
        await pilot.press("enter")
        await tells(pilot, "on the board")
        await pilot.press("x")
        await tells(pilot, "Choose what is taken down")
        await until(pilot, lambda: screen.query_one(HallPages).bulletin_id is not None)
        await pilot.press("x")
        await tells(pilot, "not on the board any more")
    assert [one.shown for one in other.rows(Bulletin)] == [False]


async def test_speaking_to_all_takes_two_keys_and_enter_is_not_the_second(
    hall: OpenHall, other: OtherProgram
) -> None:
    async with console(hall) as (pilot, _):
        await pilot.press("n")
        await comes(pilot, AnnounceDialog)
        await pilot.press("y")
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        assert other.rows(Announcement) == []
        await pilot.press("y")
        await tells(pilot, "again and again")
        await until(pilot, lambda: "said until it is taken down" in screen_text(pilot.app))
    (spoken,) = other.rows(Announcement)
    assert other.rows(Bulletin)[0].emergency == "evacuate"
    assert (spoken.priority, spoken.zone) == (0, "hall") and "安全出口" in spoken.content["text"][
        "zh"
    ]


async def test_own_words_are_spoken(hall: OpenHall, other: OtherProgram) -> None:
    async with console(hall) as (pilot, _):
        await pilot.press("n")
        await comes(pilot, AnnounceDialog)
        await pilot.press("end", "enter")
        pilot.app.screen.query_one("#zh", Input).value = "请稍候"
        await pilot.press("enter", "enter", "y")
        await tells(pilot, "spoken next")
    assert other.rows(Announcement)[0].content == {"text": {"zh": "请稍候"}}


async def test_an_urgent_text_that_stands_is_taken_down_from_its_page(
    hall: OpenHall, other: OtherProgram, clock: Clock
) -> None:
    def speak(session: Session, rules: HallRules, now) -> None:  # type: ignore[no-untyped-def]
        bulletins.speak_to_all(session, rules, {"zh": "请稍候"}, session.get_one(Clerk, 3), now)

    other.do(speak)
    async with console(hall) as (pilot, screen):
        await pilot.press("4")
        await until(pilot, lambda: screen.query_one(HallPages).bulletin_id == 1)
        assert "Spoken" in row(screen, "bulletins", "1")
        await pilot.press("x")
        await tells(pilot, "not on the board")
    with reading(hall.engine) as session:
        assert session.exec(select(Announcement)).one().state == "expired"


def test_the_list_of_usual_texts_names_each() -> None:
    from counter.supervisor.announce_dialog import TITLES
    from hall.announcing.prepared_texts import TEXTS

    assert list(TITLES) == list(TEXTS)
    assert all(text.keys() == {"zh", "en"} for text in TEXTS.values())
